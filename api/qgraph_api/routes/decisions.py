"""Staff decisions about what was found (merge, split, rename, retype, wrong, confirmed, distinct), taking them back,
and what waits for a decision.

They are lines of the journal beside the index and take effect at the next build.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from qgraph_api.deps import DecisionViewsDep, EngineDep, changes_allowed
from qgraph_api.schemas_decisions import DecisionIn, DecisionOut, DecisionsOut, ReviewOut

router = APIRouter(tags=["人工决定"])


@router.get("/decisions", summary="全部人工决定（合并、拆分、改名、改类型、有误、确认、不是同一个），按先后")
def decisions(views: DecisionViewsDep) -> DecisionsOut:
    return views.journal


@router.post(
    "/decisions",
    summary="记下一条人工决定，下次建库时生效",
    dependencies=[Depends(changes_allowed)],
    status_code=201,
)
def decide(given: DecisionIn, engine: EngineDep, views: DecisionViewsDep) -> DecisionOut:
    made = engine.decide(
        given.kind,
        given.target,
        given.who,
        others=given.others,
        names=given.names,
        name=given.name,
        type_=given.type,
        note=given.note,
    )
    return views.one(made, given.kind != "undo")


@router.get("/review", summary="等待人工决定的内容：归不进任何类型或实体的，可能是同一个的")
def review(
    views: DecisionViewsDep,
    report: Annotated[str, Query(max_length=100, description="报告编号；空为全部")] = "",
) -> ReviewOut:
    return views.waiting(report)
