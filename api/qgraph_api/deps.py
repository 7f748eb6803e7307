"""What routes are given: the engine, the settings, the bounds of a request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import Depends, Query, Request

from qgraph.config import Settings
from qgraph.records import Filters
from qgraph_api.failures import Refusal
from qgraph_api.views import Views
from qgraph_api.views_decisions import DecisionViews

if TYPE_CHECKING:
    from qgraph.engine import Engine


def engine_of(request: Request) -> Any:
    """The open engine that the application was made with."""
    return request.app.state.engine


def settings_of(request: Request) -> Settings:
    """The settings that the application was made with."""
    settings: Settings = request.app.state.settings
    return settings


def views_of(request: Request) -> Views:
    """The shaper of what leaves."""
    views: Views = request.app.state.views
    return views


def decision_views_of(request: Request) -> DecisionViews:
    """The shaper of decisions."""
    return DecisionViews(views_of(request))


def changes_allowed(request: Request) -> None:
    """Lets a request that writes pass only when the settings allow it and it comes from our own pages.

    A page of another site may make a browser send a request here; such a request names its own origin.
    """
    if not settings_of(request).allow_changes:
        raise Refusal(403, "本服务只供查阅，不接受修改（设置 allow_changes）。")
    origin = request.headers.get("origin", "")
    if origin and origin.split("://")[-1] != request.headers.get("host", ""):
        raise Refusal(403, "不接受从其他网站发来的修改。")


def filters_of(
    report: Annotated[list[str] | None, Query(description="只看这些报告（编号，可重复）")] = None,
    year: Annotated[list[int] | None, Query(description="只看这些年度（可重复）")] = None,
    college: Annotated[list[str] | None, Query(description="只看这些学校（可重复）")] = None,
    chapter: Annotated[list[str] | None, Query(description="只看这些章节，如 2 或 2.1（可重复）")] = None,
) -> Filters:
    """The bounds given in the address. They bind graph and passages alike."""
    return Filters(tuple(report or ()), tuple(year or ()), tuple(college or ()), tuple(chapter or ()))


if TYPE_CHECKING:
    EngineDep = Annotated[Engine, Depends(engine_of)]
else:
    # The engine's module loads the encoder's libraries; the routes need its methods, not its class.
    EngineDep = Annotated[Any, Depends(engine_of)]
SettingsDep = Annotated[Settings, Depends(settings_of)]
ViewsDep = Annotated[Views, Depends(views_of)]
DecisionViewsDep = Annotated[DecisionViews, Depends(decision_views_of)]
FiltersDep = Annotated[Filters, Depends(filters_of)]
