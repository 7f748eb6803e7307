"""The page of staff decisions: what waits for one, and the journal of those that were made."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from qgraph_api.deps import DecisionViewsDep, EngineDep
from qgraph_api.pages import Word, page

router = APIRouter(include_in_schema=False, default_response_class=Response)

_STEP = 100
# Why something waits, in the order in which the page shows it: a kind of review item, a title, what to do about it.
_GROUPS = (
    ("entity", "归不进类型的名称", "是实体的，定为某一类，或并入已有的实体；不是的，点“不是实体”。"),
    ("model", "语言模型提议而原文依据不足的", "看过以后点“不再列出”。"),
    ("table", "没有对齐的表格单元格", "这些数没有收入数据。请对照原文；看过以后点“不再列出”。"),
    ("other", "因人工决定移出图谱的", "决定有误的，可以撤销。"),
)


@router.get("/decisions")
def decisions(
    request: Request,
    engine: EngineDep,
    views: DecisionViewsDep,
    report: Word = "",
    k: Annotated[int, Query(ge=1, le=10_000)] = _STEP,
) -> Response:
    journal = views.journal
    waiting = views.waiting(report)
    groups: dict[str, list[Any]] = {kind: [] for kind, _, _ in _GROUPS}
    for item in waiting.items:
        groups["other" if item.origin or item.kind not in groups else item.kind].append(item)
    newest = journal.decisions[::-1]
    more = "?" + request.url.include_query_params(k=k + _STEP).query
    return page(
        request,
        "decisions.html",
        report=report,
        reports=engine.knowledge.documents,
        journal=journal,
        newest=newest,
        most=k,
        more=more,
        pending=sum(d.kind != "undo" and d.active != d.applied for d in journal.decisions),
        undoing={d.target: d.id for d in journal.decisions if d.kind == "undo"},
        groups=[(kind, title, advice, groups[kind]) for kind, title, advice in _GROUPS if groups[kind]],
        doubles=waiting.doubles,
        told={d.id: d for d in journal.decisions},
        types=engine.entity_types,
    )
