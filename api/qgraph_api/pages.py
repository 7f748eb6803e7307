"""The web pages: rendered here from the same views that the JSON API gives."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response
from fastapi.templating import Jinja2Templates
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from qgraph.graph.namespaces import PREFIXES
from qgraph.ontology import read_patterns
from qgraph.records import Filters
from qgraph_api import addresses
from qgraph_api.deps import DecisionViewsDep, EngineDep, ViewsDep
from qgraph_api.failures import Refusal
from qgraph_api.guide import guide
from qgraph_api.highlight import around, marked, marked_names
from qgraph_api.named_queries import named_queries
from qgraph_api.reading_view import TITLE, ReadingView

FOLDER = Path(__file__).parent
router = APIRouter(include_in_schema=False, default_response_class=Response)

_STEP = 20
_MOST = 100
Word = Annotated[str, Query(max_length=200)]


def make_templates() -> Jinja2Templates:
    """The templates; everything is escaped, and an unknown name is an error, not an empty string."""
    environment = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        marked=marked,
        around=around,
        marked_names=marked_names,
        report_path=addresses.report_path,
        entity_path=addresses.entity_path,
    )
    environment.filters["cells"] = lambda text: text.replace("\t", " ｜ ")
    environment.filters["moment"] = _moment
    environment.filters["thousands"] = lambda number: f"{number:,}"
    return Jinja2Templates(env=environment)


def page(request: Request, template: str, **context: Any) -> Response:
    """A page with what all pages need: the labels and whether changes are allowed."""
    state = request.app.state
    shared = {"views": state.views, "settings": state.settings}
    response: Response = state.templates.TemplateResponse(request, template, {**shared, **context})
    return response


@router.get("/")
def home(request: Request, engine: EngineDep) -> Response:
    return page(request, "home.html", choices=_choices(engine))


@router.get("/search")
def search(
    request: Request,
    engine: EngineDep,
    views: ViewsDep,
    q: Annotated[str, Query(max_length=500)] = "",
    k: Annotated[int, Query(ge=1, le=_MOST)] = _STEP,
) -> Response:
    filters = _filters(request)
    hits = [views.passage(h) for h in engine.search(q, k, filters=filters)] if q.strip() else []
    more = _more(request, min(_MOST, k + _STEP)) if len(hits) == k < _MOST else None
    return page(request, "search.html", q=q, hits=hits, more=more, chosen=filters, choices=_choices(engine))


@router.get("/cases")
def cases(
    request: Request,
    engine: EngineDep,
    views: ViewsDep,
    q: Annotated[str, Query(max_length=500)] = "",
    entity: Word = "",
    theme: Word = "",
    k: Annotated[int, Query(ge=1, le=500)] = _STEP,
) -> Response:
    filters = _filters(request)
    known = not entity.strip() or bool(engine.entities(entity, limit=1))
    found = engine.cases(q, k + 1, filters=filters, entity=entity.strip(), theme=theme) if known else []
    more = _more(request, k + _STEP) if len(found) > k and k + _STEP <= 500 else None
    themes = sorted({t for _, _, profile in engine.knowledge.cases.values() for t in profile.themes})
    return page(
        request,
        "cases.html",
        q=q,
        entity=entity,
        theme=theme,
        themes=themes,
        known=known,
        cases=[views.case(c) for c in found[:k]],
        more=more,
        chosen=filters,
        choices=_choices(engine),
    )


@router.get("/entities")
def entities(request: Request, engine: EngineDep, views: ViewsDep, q: Word = "", type: Word = "") -> Response:
    counts = dict(sorted(Counter(e.type for e in engine.knowledge.entities.values()).items()))
    found = [views.entity(e) for e in engine.entities(q, kind=type, limit=300)]
    return page(request, "entities.html", q=q, type=type, counts=counts, entities=found)


@router.get("/entities/{type}/{hash}")
def entity(
    request: Request, engine: EngineDep, views: ViewsDep, decisions: DecisionViewsDep, type: str, hash: str
) -> Response:
    view = views.entity_view(engine.entity(f"{type}/{hash}"))
    relations: dict[str, list[Any]] = {}
    for statement in view.statements:
        relations.setdefault(statement.label, []).append(statement)
    ordered = sorted(relations.items(), key=lambda group: -len(group[1]))
    return page(
        request,
        "entity.html",
        view=view,
        relations=ordered,
        types=engine.entity_types,
        separable=engine.separable_names(view.entity.id),
        decided=decisions.about(view.entity.id),
        judged=decisions.judged(),
    )


@router.get("/reports")
def reports(request: Request, views: ViewsDep) -> Response:
    return page(request, "reports.html", stats=views.stats())


@router.get("/stats")
def stats() -> Response:
    return RedirectResponse("/reports")


@router.get("/reports/{report}")
def report(
    request: Request, engine: EngineDep, report: str, start: int | None = None, end: int | None = None
) -> Response:
    record = engine.report(report)
    view = ReadingView(record, start, end)
    names = {e.id: e for e in record.extraction.entities}
    return page(request, "report.html", view=view, blocks=view.blocks(), document=record.document, names=names)


@router.get("/audit")
def audit(
    request: Request,
    engine: EngineDep,
    views: ViewsDep,
    report: Word = "",
    everything: bool = False,
) -> Response:
    findings = [views.finding(f) for f in engine.audit(report, everything=everything)]
    kinds: dict[str, list[Any]] = {}
    order = {kind: place for place, kind in enumerate(read_patterns("audit")["kinds"])}
    for finding in sorted(findings, key=lambda f: order[f.kind]):
        kinds.setdefault(finding.title, []).append(finding)
    return page(
        request,
        "audit.html",
        report=report,
        everything=everything,
        count=len(findings),
        kinds=kinds,
        choices=_choices(engine),
    )


@router.get("/api/docs")
def api_guide(request: Request) -> Response:
    return page(request, "api.html", sections=guide(request.app.openapi()))


def sparql_page(request: Request, query: str) -> Response:
    """The query page, with a query to begin with."""
    return page(request, "sparql.html", query=query, queries=named_queries(), prefixes=PREFIXES)


def _moment(when: str) -> str:
    """An ISO time as people write it, in the time of the server; as it is where it is none."""
    try:
        return datetime.fromisoformat(when).astimezone().strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return when


def _choices(engine: EngineDep) -> dict[str, Any]:
    """What the filters offer: reports, years, and the chapters of all reports by their path."""
    documents = engine.knowledge.documents
    chapters: dict[str, str] = {}
    for document in documents:
        for section in document.sections:
            if section.level == 1 and section.path != TITLE:
                chapters.setdefault(section.path, section.title)
    years = sorted({d.year for d in documents}, reverse=True)
    return {"reports": documents, "years": years, "chapters": chapters}


def _more(request: Request, count: int) -> str:
    """This page with more results. Relative, so that it holds behind a proxy too."""
    return "?" + request.url.include_query_params(k=count).query


def _filters(request: Request) -> Filters:
    """The bounds in a form's address; a form also sends what was left open, as an empty string."""
    given = {name: [v for v in request.query_params.getlist(name) if v] for name in ("report", "year", "chapter")}
    if any(not year.isdigit() for year in given["year"]):
        raise Refusal(422, "年度应当是整数。")
    return Filters(
        reports=tuple(given["report"]),
        years=tuple(int(year) for year in given["year"]),
        chapters=tuple(given["chapter"]),
    )
