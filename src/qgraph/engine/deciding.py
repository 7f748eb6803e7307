"""What staff decide about the graph: the journal of it, and what there is to decide.

The extractors are loaded only when they are needed; answering does without them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from qgraph.engine.opening import OpenIndex
from qgraph.errors import DecisionError, NotFoundError
from qgraph.manifest import JOURNAL, read_manifest
from qgraph.ontology import read_patterns
from qgraph.records import Citation, DoubleView, Entity, ReviewItem, ReviewView
from qgraph.text import fold

if TYPE_CHECKING:
    from qgraph.extraction.journal import Journal
    from qgraph.extraction.journal_decision import Decision

_NAME = "entity"


class Deciding(OpenIndex):
    """Where decisions are kept, and what waits for one."""

    @property
    def entity_types(self) -> Sequence[str]:
        """The types that an entity can have."""
        types: list[str] = read_patterns("statements")["types"]
        return types

    def decisions(self) -> Journal:
        """The journal of staff decisions, with the lines of it that cannot be used."""
        from qgraph.extraction.journal import read_journal

        return read_journal(self.index / JOURNAL)

    def decisions_built(self) -> Journal:
        """The journal as it was when the index was built: what the graph takes account of."""
        from qgraph.extraction.journal import Journal

        count = int(read_manifest(self.index).get("decisions", 0))
        return Journal(self.decisions().decisions[:count])

    def decide(
        self,
        kind: str,
        target: str,
        who: str,
        *,
        others: Sequence[str] = (),
        names: Sequence[str] = (),
        name: str = "",
        type_: str = "",
        note: str = "",
    ) -> Decision:
        """Adds a decision to the journal; it takes effect at the next build. `target` and `others` are ids, or names
        of entities. Raises NotFoundError for what nobody knows, DecisionError for what cannot be."""
        from qgraph.extraction.journal import record_decision

        if kind == "undo":
            if target in self.decisions().undone():
                raise DecisionError(f"“{target}”已经取消过了。", log=f"{target} is undone already")
        else:
            target = self._known(target)
            others = [self._known(other, target.partition("/")[0]) for other in others]
            self._check(kind, target, others, type_)
        if kind == "merge":
            names = [self._name(other) for other in others]
        self._refuse_double(kind, target, (tuple(others), tuple(names), name.strip(), type_))
        with self._lock:
            return record_decision(
                self.index / JOURNAL,
                kind,
                target,
                who,
                others=others,
                names=names,
                name=name,
                type_=type_,
                known_as=() if kind == "undo" else self._known_as(target),
                note=note,
            )

    def _refuse_double(self, kind: str, target: str, rest: tuple[object, ...]) -> None:
        """Raises DecisionError for a decision that holds already."""
        for d in self.decisions().active():
            if (d.kind, d.target, (d.others, d.names, d.name, d.type)) == (kind, target, rest):
                raise DecisionError(f"这条决定已经有了（{d.id}，{d.who}）。", log=f"{target}: {d.id} says so")

    # ------------------------------------------------------------------------------------ what is decided about

    def _known(self, target: str, type_: str = "") -> str:
        """The id of an entity, fact or review item; of entities of one name rather the one of this type."""
        if target in self.knowledge.observations or target in self._statements or target in self.knowledge.review:
            return target
        ids = self.knowledge.entities_by_name.get(fold(target), ())
        same = [i for i in ids if i.startswith(f"{type_}/")]
        return same[0] if same else self.knowledge.entity(target).id

    @cached_property
    def _statements(self) -> dict[str, int]:
        return {s.id: n for n, s in enumerate(self.knowledge.statements)}

    def _check(self, kind: str, target: str, others: Sequence[str], type_: str) -> None:
        """Raises DecisionError for what could never be applied, rather than let the build say so."""
        entities, review = self.knowledge.entities, self.knowledge.review
        item = review.get(target)
        entity = entities.get(target)
        if kind == "retype" and type_ and type_ not in self.entity_types:
            raise DecisionError(f"没有“{type_}”这个类型。", log=f"unknown type {type_}")
        if item is not None and kind not in ("wrong", "retype"):
            raise DecisionError("待核条目只能标为有误，或定为某一类实体。", log=f"{kind} of review item {target}")
        if item is not None and kind == "retype" and item.kind != _NAME:
            raise DecisionError("这一条不是名称，不能定为实体。", log=f"{target} is no name")
        if item is None and entity is None and kind not in ("wrong", "confirmed"):
            raise DecisionError("关系和数据只能标为有误或确认。", log=f"{kind} of fact {target}")
        if kind == "retype" and entity is not None and entity.type == type_:
            raise DecisionError("现在就是这个类型。", log=f"{target} is {type_} already")
        for other in others:
            if other in review:
                self._check_name(entity, review[other])
            elif other == target:
                raise DecisionError("这是同一个实体。", log=f"{target} and itself")
            elif entity is None or other not in entities or entities[other].type != entity.type:
                raise DecisionError(
                    "两个实体的类型不同。可以先改类型，建库以后再合并。", log=f"{target}, {other}: types differ"
                )

    def _check_name(self, entity: Entity | None, item: ReviewItem) -> None:
        if entity is None or item.kind != _NAME:
            raise DecisionError("只有名称能并入实体。", log=f"{item.id} is no name")
        if all(m.evidence.report != item.evidence.report for m in entity.mentions):
            raise DecisionError(
                f"这份报告里没有提到“{entity.name}”。请改用“定为实体”，填写全称。",
                log=f"{entity.id} is not in {item.evidence.report}",
            )

    def _name(self, target: str) -> str:
        item = self.knowledge.review.get(target)
        return item.text if item else self.knowledge.entities[target].name

    def _known_as(self, target: str) -> tuple[str, ...]:
        """By what the target is found again should its id come to mean something else."""
        from qgraph.extraction.journal_facts import observation_names, statement_names
        from qgraph.extraction.journal_review import review_names

        entity = self.knowledge.entities.get(target)
        if entity is not None:
            return (entity.name, *entity.aliases)
        item = self.knowledge.review.get(target)
        if item is not None:
            return review_names(item, self._sentence(item.evidence.sentence))
        observation = self.knowledge.observations.get(target)
        if observation is not None:
            return observation_names(observation, self._sentence(observation.evidence.sentence))
        statement = self.knowledge.statements[self._statements[target]]
        return statement_names(statement, self.knowledge.entities, self._sentence(statement.evidence.sentence))

    def _sentence(self, sentence: str) -> str:
        known = self.knowledge.sentences.get(sentence)
        return known.text if known else ""

    # ------------------------------------------------------------------------------------ what waits for a decision

    def review(self, report: str = "") -> list[ReviewView]:
        """What fits no type or entity, of one report or of all; places with one text and reason together, in the
        order of the reports. Raises NotFoundError."""
        if report:
            self.knowledge.record(report)
        decided = self._decided_reviews()
        groups: dict[tuple[str, ...], list[ReviewItem]] = defaultdict(list)
        for item in self.knowledge.review.values():
            if report in ("", item.evidence.report):
                groups[*self._review_key(item), item.reason].append(item)
        return [
            ReviewView(tuple(items), self._places([i.evidence.sentence for i in items]), decided.get(key[:-1], ""))
            for key, items in groups.items()
        ]

    def _review_key(self, item: ReviewItem) -> tuple[str, ...]:
        from qgraph.extraction.journal_review import review_names

        return (item.evidence.report, *review_names(item, self._sentence(item.evidence.sentence)))

    def is_review(self, target: str) -> bool:
        """Whether a decision with this target is about an item of the review list."""
        from qgraph.extraction.journal_review import is_review

        return is_review(target)

    def _decided_reviews(self) -> dict[tuple[str, ...], str]:
        """Decisions about review items, by report and by what the item is found again."""
        found: dict[tuple[str, ...], str] = {}
        for decision in self.decisions().active():
            if self.is_review(decision.target):
                found[decision.target.partition("/")[0], *decision.known_as] = decision.id
            for other, name in zip(decision.others, decision.names, strict=False):
                if self.is_review(other):
                    found[other.partition("/")[0], name] = decision.id
        return found

    def _places(self, sentences: Sequence[str]) -> tuple[Citation, ...]:
        report_of = self.knowledge.report_of_sentence
        known = [s for s in dict.fromkeys(sentences) if s in report_of]
        return tuple(self._cite(report_of[s], s, n) for n, s in enumerate(known, 1))

    def doubles(self) -> list[DoubleView]:
        """Pairs of entities that may be one, those that staff told apart left out."""
        journal = self.decisions()
        apart = journal.apart()
        merged = {
            frozenset((d.target, other)): d.id for d in journal.active() if d.kind == "merge" for other in d.others
        }
        found = []
        for one, other in self._alike:
            pair = frozenset((one.id, other.id))
            if pair not in apart:
                places = (self._place_of(one), self._place_of(other))
                found.append(DoubleView((one, other), places, merged.get(pair, "")))
        return found

    @cached_property
    def _alike(self) -> list[tuple[Entity, Entity]]:
        from qgraph.extraction.across import OWNER
        from qgraph.extraction.identity import doubtful_pairs, named

        entities = sorted(self.knowledge.entities.values(), key=lambda e: (-len(e.mentions), e.id))
        pairs = doubtful_pairs([named(entity) for entity in entities])
        alike = [(entities[min(pair)], entities[max(pair)]) for pair in pairs]
        # the 教务处 of one college is never that of another
        return [(one, other) for one, other in alike if one.codes.get(OWNER) == other.codes.get(OWNER)]

    def _place_of(self, entity: Entity) -> Citation | None:
        """The first sentence that names an entity by its canonical name, else the first that names it."""
        mentions = sorted(entity.mentions, key=lambda m: fold(m.text) != fold(entity.name))
        places = self._places([m.evidence.sentence for m in mentions[:1]])
        return places[0] if places else None

    def separable_names(self, target: str) -> list[str]:
        """Further names of an entity that stand in the reports, and so can become a thing of their own."""
        entity = self.knowledge.entity(target)
        found = {fold(m.text): m.text for m in reversed(entity.mentions)}
        return [text for key, text in sorted(found.items()) if key != fold(entity.name)] if len(found) > 1 else []

    def judged(self) -> dict[str, str]:
        """Decisions that hold about statements and figures of the graph, by the id of the fact."""
        facts = {d.target: d for d in self.decisions().active() if d.kind in ("wrong", "confirmed")}
        return {
            target: d.id
            for target, d in facts.items()
            if (target in self._statements or target in self.knowledge.observations)
            and self._known_as(target) == d.known_as
        }

    def about(self, target: str) -> list[Decision]:
        """Decisions about an entity that hold, made by its id or by a name that it bore then, in their order."""
        entity = self.knowledge.entities.get(target)
        if entity is None:
            raise NotFoundError(f"没有编号为“{target}”的实体。", log=f"unknown entity {target}")
        name = fold(entity.name)

        def means(d: Decision) -> bool:
            type_ = d.type or d.target.partition("/")[0]
            return type_ == entity.type and name in {fold(n) for n in (*d.known_as[:1], d.name)}

        return [d for d in self.decisions().active() if target in (d.target, *d.others) or means(d)]
