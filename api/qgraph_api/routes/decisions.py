"""Staff decisions about what was found (merge, split, rename, retype, wrong, confirmed), and taking them back.

They are lines of the journal beside the index and take effect at the next build.
"""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Depends

from qgraph_api.deps import EngineDep, changes_allowed
from qgraph_api.schemas_graph import DecisionIn, DecisionOut, DecisionsOut

router = APIRouter(prefix="/decisions", tags=["校订"])


@router.get("", summary="全部校订（合并、拆分、改名、改类型、有误、确认），按先后")
def decisions(engine: EngineDep) -> DecisionsOut:
    found = engine.decisions()
    active = {d.id for d in found.active()}
    return DecisionsOut(
        decisions=[_shown(d, d.id in active) for d in found.decisions],
        damaged=[f"第 {line.number} 行：{line.reason}" for line in found.bad],
    )


@router.post(
    "",
    summary="记下一条校订，下次建库时生效",
    dependencies=[Depends(changes_allowed)],
    status_code=201,
)
def decide(given: DecisionIn, engine: EngineDep) -> DecisionOut:
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
    return _shown(made, given.kind != "undo")


def _shown(decision: Any, active: bool) -> DecisionOut:
    names = [name for name in DecisionOut.model_fields if name != "active"]
    return DecisionOut.model_validate({"active": active, **{name: getattr(decision, name) for name in names}})
