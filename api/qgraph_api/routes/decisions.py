"""Staff decisions about what was found (merge, split, rename, retype, wrong, confirmed), and taking them back.

They are lines of the journal beside the index and take effect at the next build.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Depends

from qgraph.errors import NotFoundError
from qgraph_api.deps import EngineDep, changes_allowed
from qgraph_api.schemas_graph import DecisionIn, DecisionOut, DecisionsOut

if TYPE_CHECKING:
    from qgraph.engine import Engine

router = APIRouter(prefix="/decisions", tags=["校订"])


@router.get("", summary="全部校订（合并、拆分、改名、改类型、有误、确认），按先后")
def decisions(engine: EngineDep) -> DecisionsOut:
    journal, path = _journal(engine)
    found = journal.read_journal(path)
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
    knowledge = engine.knowledge
    known_as: tuple[str, ...] = ()
    if given.kind != "undo":
        for target in (given.target, *given.others):
            if target in knowledge.entities:
                continue
            if target not in knowledge.observations and all(s.id != target for s in knowledge.statements):
                raise NotFoundError(f"没有编号为“{target}”的实体、陈述或指标值。", log=f"decision on unknown {target}")
    if given.target in knowledge.entities:
        entity = knowledge.entities[given.target]
        known_as = (entity.name, *entity.aliases)
    journal, path = _journal(engine)
    made = journal.record_decision(
        path,
        given.kind,
        given.target,
        given.who,
        others=given.others,
        names=given.names,
        name=given.name,
        type_=given.type,
        known_as=known_as,
        note=given.note,
    )
    return _shown(made, given.kind != "undo")


def _journal(engine: Engine) -> tuple[Any, Any]:
    """The journal's module and file. Imported here: it stands beside the extractors, whose libraries a server that
    only answers does not need."""
    from qgraph.build import JOURNAL
    from qgraph.extraction import journal

    return journal, engine.index / JOURNAL


def _shown(decision: Any, active: bool) -> DecisionOut:
    names = [name for name in DecisionOut.model_fields if name != "active"]
    return DecisionOut.model_validate({"active": active, **{name: getattr(decision, name) for name in names}})
