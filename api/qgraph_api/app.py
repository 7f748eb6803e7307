"""The application: an open engine and settings in, a FastAPI app out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi import FastAPI
from fastapi.middleware.gzip import GZipMiddleware
from fastapi.staticfiles import StaticFiles

from qgraph import __version__
from qgraph.config import Settings
from qgraph_api import pages, pages_decisions
from qgraph_api.failures import install_failures
from qgraph_api.guards import HEADERS, BodyLimit, SecurityHeaders
from qgraph_api.labels import read_labels
from qgraph_api.routes import asking, audit, decisions, graph, reports, searching, sparql
from qgraph_api.schemas import FailureOut
from qgraph_api.views import Views

if TYPE_CHECKING:
    from qgraph.engine import Engine

_DESCRIPTION = "高等职业教育质量年度报告的知识图谱与语义检索。每个回答、每条陈述都注明出处。失败时总是回复同一种 JSON。"
_FAILURES: dict[int | str, dict[str, Any]] = {
    "4XX": {"model": FailureOut, "description": "请求有误"},
    "5XX": {"model": FailureOut, "description": "服务有误"},
}


def create_app(engine: Engine, settings: Settings) -> FastAPI:
    """The application over an open engine. The caller closes the engine when the application has ended."""
    app = FastAPI(
        title="qgraph",
        version=__version__,
        description=_DESCRIPTION,
        openapi_url="/api/openapi.json",
        docs_url=None,  # their pages load scripts from outside; ours is pages.api_guide
        redoc_url=None,
        responses=_FAILURES,
    )
    app.state.engine = engine
    app.state.settings = settings
    app.state.templates = pages.make_templates()
    app.state.views = Views(engine, read_labels(engine))
    install_failures(app, HEADERS)
    for part in (asking, searching, graph, reports, audit, decisions):
        app.include_router(part.router, prefix="/api")
    app.include_router(sparql.named, prefix="/api")
    app.include_router(sparql.router)
    app.include_router(pages.router)
    app.include_router(pages_decisions.router)
    app.mount("/static", StaticFiles(directory=pages.FOLDER / "static"), name="static")
    app.add_middleware(BodyLimit)
    app.add_middleware(GZipMiddleware, minimum_size=2000)
    app.add_middleware(SecurityHeaders)
    return app
