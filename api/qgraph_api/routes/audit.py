"""What to check before a report goes out."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from qgraph_api.deps import EngineDep, ViewsDep, changes_allowed
from qgraph_api.schemas import DoneOut
from qgraph_api.schemas_graph import ExplainIn, FindingsOut

router = APIRouter(prefix="/audit", tags=["核对"])


@router.get("", summary="核对项：前后不一致、合计不符、编号有误、提法缺少依据等")
def audit(
    engine: EngineDep,
    views: ViewsDep,
    report: Annotated[str, Query(max_length=100, description="报告编号；空为全部")] = "",
    everything: Annotated[bool, Query(description="把握不大的和已核对的也列出")] = False,
) -> FindingsOut:
    return FindingsOut(findings=[views.finding(f) for f in engine.audit(report, everything=everything)])


@router.post("/{finding}", summary="把一个核对项标为已核对，或取消", dependencies=[Depends(changes_allowed)])
def explain(finding: str, given: ExplainIn, engine: EngineDep) -> DoneOut:
    engine.explain(finding, note=given.note, who=given.who, undo=given.undo)
    return DoneOut()
