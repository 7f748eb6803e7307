"""Staff decisions, and what waits for one, in the shapes that leave."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any

from qgraph.citations import citation_path, cite
from qgraph.records import DoubleView, ReviewView
from qgraph.text import fold
from qgraph_api.addresses import entity_path
from qgraph_api.schemas import CitationOut
from qgraph_api.schemas_decisions import DecisionOut, DecisionsOut, DoubleOut, ReviewItemOut, ReviewOut
from qgraph_api.views import Views

if TYPE_CHECKING:
    from qgraph.engine import Engine

_ORIGIN = re.compile(r"/review/(d\d+)-\d+$")
_FIELDS = [name for name in DecisionOut.model_fields if name not in ("active", "applied", "text", "link")]


class DecisionViews:
    """Makes shapes of decisions; what a decision is about is told by name."""

    def __init__(self, views: Views) -> None:
        self.views = views
        self.engine: Engine = views.engine

    @cached_property
    def journal(self) -> DecisionsOut:
        """The journal, as it is when a request first asks for it."""
        journal, built = self.engine.decisions(), self.engine.decisions_built()
        now, then = {d.id for d in journal.active()}, {d.id for d in built.active()}
        return DecisionsOut(
            decisions=[self.one(d, d.id in now, d.id in then) for d in journal.decisions],
            damaged=[f"第 {line.number} 行：{line.reason}" for line in journal.bad],
        )

    def one(self, decision: Any, active: bool, applied: bool = False) -> DecisionOut:
        """A decision with a sentence that tells it."""
        given = {name: getattr(decision, name) for name in _FIELDS}
        return DecisionOut.model_validate(
            {**given, "active": active, "applied": applied, "text": self._told(decision), "link": self._link(decision)}
        )

    def about(self, entity: str) -> list[DecisionOut]:
        """Decisions that hold about an entity."""
        ids = {d.id for d in self.engine.about(entity)}
        return [d for d in self.journal.decisions if d.id in ids]

    def judged(self) -> dict[str, DecisionOut]:
        """Decisions that hold about statements and figures, by the id of the fact."""
        made = {d.id: d for d in self.journal.decisions}
        return {fact: made[decision] for fact, decision in self.engine.judged().items()}

    def waiting(self, report: str = "") -> ReviewOut:
        """What waits for a decision."""
        return ReviewOut(
            items=[self.item(view) for view in self.engine.review(report)],
            doubles=[self.double(view) for view in self.engine.doubles()],
        )

    def item(self, view: ReviewView) -> ReviewItemOut:
        """Review items of one text."""
        item = view.items[0]
        origin = _ORIGIN.search(item.id)
        return ReviewItemOut(
            id=item.id,
            report=item.evidence.report,
            kind=item.kind,
            text=item.text,
            reason=item.reason,
            citations=[CitationOut.of(c) for c in view.citations],
            decision=view.decision,
            origin=origin.group(1) if origin else "",
        )

    def double(self, view: DoubleView) -> DoubleOut:
        """Two entities that may be one."""
        return DoubleOut(
            entities=[self.views.entity(e) for e in view.entities],
            citations=[CitationOut.of(c) if c else None for c in view.citations],
            decision=view.decision,
        )

    # ------------------------------------------------------------------------------------ telling

    def _told(self, d: Any) -> str:
        name = self._name(d)
        others = "、".join(f"“{n}”" for n in (d.names or tuple(self._entity_name(o) for o in d.others)))
        match d.kind:
            case "merge":
                return f"{others}并入“{name}”"
            case "split":
                return f"从“{name}”拆出{others}" + (f"，称“{d.name}”" if d.name else "")
            case "rename":
                return f"“{name}”改名为“{d.name}”"
            case "retype" if _is_entity(d.target):
                return f"“{name}”的类型改为{self.views.label(d.type)}"
            case "retype":
                shown = f"，称“{d.name}”" if d.name not in ("", name) else ""
                return f"“{name}”定为{self.views.label(d.type)}{shown}"
            case "wrong" if self.engine.is_review(d.target):
                return f"“{name}”不再列为待核"
            case "wrong":
                return f"“{name}”有误"
            case "confirmed":
                return f"确认“{name}”无误"
            case "distinct":
                return f"“{name}”与{others}不是同一个"
            case _:
                return f"取消 {d.target}"

    def _name(self, d: Any) -> str:
        """What is decided about, as it was called then."""
        if d.kind == "undo" or not d.known_as:
            return self._entity_name(d.target)
        known: tuple[str, ...] = d.known_as
        if _is_entity(d.target) or self.engine.is_review(d.target):
            return known[0]
        if len(known) == 4:
            return f"{known[0]} {self.views.label(known[1])} {known[2]}"
        return " ".join(known[:2])

    def _entity_name(self, target: str) -> str:
        entity = self.engine.knowledge.entities.get(target)
        return entity.name if entity else target

    def _link(self, d: Any) -> str:
        """The page of the entity, also where its id changed since; the place of a fact or review item."""
        knowledge = self.engine.knowledge
        if d.kind == "undo":
            return ""
        kind = d.type if d.kind == "retype" else d.target.partition("/")[0]
        if d.target in knowledge.entities:
            return entity_path(d.target)
        for name in (d.name, *d.known_as[:1]):
            ids = [i for i in knowledge.entities_by_name.get(fold(name), ()) if name and i.startswith(f"{kind}/")]
            if ids:
                return entity_path(ids[0])
        return self._place(d)

    def _place(self, d: Any) -> str:
        knowledge = self.engine.knowledge
        found: Any = knowledge.review.get(d.target) or knowledge.observations.get(d.target)
        if found is None:
            found = next((s for s in knowledge.statements if s.id == d.target), None)
        if found is None or found.evidence.sentence not in knowledge.report_of_sentence:
            return ""
        return citation_path(cite(knowledge, found.evidence.report, found.evidence.sentence, 1))


def _is_entity(target: str) -> bool:
    """Whether an id is one of an entity: its type stands first."""
    return target[:1].isupper()
