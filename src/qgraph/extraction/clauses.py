"""Who governs each clause of a report: the subject that is said, or the one that is understood.

A clause's governor is the name that opens it; where none does, a word that points back (团队, 活动), the
governor of the clause before it, in a case the one whom the case is about, and in the end the report's college.
The rules are in ontology/patterns/statements.toml, [clauses].
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from qgraph.extraction.clause_openings import (
    Governor,
    clause_head,
    clause_regex,
    clause_rules,
    homes_of,
    leaning,
    said,
    with_short_names,
)
from qgraph.extraction.coordination import Named, clause_at, clause_spans, names_by_sentence
from qgraph.extraction.name_patterns import encode
from qgraph.extraction.references import References
from qgraph.records import Document, Entity, Sentence


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence with its names, its clauses and who governs each of them.

    `encoded` is the text with signs in place of names (name_patterns.encode); `clauses` are spans, and
    `governors` has one tuple for each (empty: somebody whom the text does not name); `before` are the names of
    the same paragraph or case that stand before the sentence, in reading order, and `said_before` its sentences
    before this one, `section_before` the title, sentences and captions of the section before that; `homes` tells
    to whom a person named so far belongs; `inherited` governs where the sentence says nobody, `base` where nobody
    has been named since the paragraph or case began; `topic` is the event that the sentence before it was about,
    if this one says nobody; `own` is the report's college.
    """

    sentence: Sentence
    names: Sequence[Named]
    encoded: str
    clauses: Sequence[tuple[int, int]]
    governors: Sequence[tuple[Governor, ...]]
    before: Sequence[Named]
    said_before: Sequence[str]
    section_before: Sequence[str]
    homes: Mapping[str, Governor]
    inherited: tuple[Governor, ...]
    base: tuple[Governor, ...]
    topic: tuple[Governor, ...]
    about: Named | None
    own: str

    @property
    def text(self) -> str:
        return self.sentence.text

    def wording(self, name: Named) -> str:
        """A name as printed; the name itself where only a word stands for it."""
        return name.stands_for or self.text[name.start : name.end]

    def acts(self, name: Named) -> bool:
        """Whether a name before a verb can be who acts: not where a unit of it is meant that has no name of its own
        (某学院党总支), or its word (某局要求), or the people of a major, who act for its faculty."""
        keys = ["unit_behind", "asks_behind", *(["people_behind"] if name.type == "Major" else [])]
        return not any(clause_regex(key).match(self.text, name.end) for key in keys)

    def only_unit(self, name: Named) -> bool:
        """Whether a body is named only to tell which unit of it is meant (甲局某车务段, 甲集团旗下乙医院)."""
        units = (clause_regex(key) for key in ("nameless_unit", "owner"))
        return name.type in ("Enterprise", "GovernmentBody") and any(unit.match(self.text, name.end) for unit in units)

    def governors_at(self, position: int) -> tuple[Governor, ...]:
        """Who governs the clause that holds a position of the sentence."""
        for span, governors in zip(self.clauses, self.governors, strict=True):
            if position < span[1]:
                return governors
        return self.governors[-1] if self.governors else ()

    def subjects(self, position: int, types: Collection[str]) -> list[str]:
        """Ids of those of the given types who govern a clause, directly or as the topic of the sentence before."""
        governors = self.governors_at(position)
        if _passing(governors):
            governors = tuple(g for g in governors if g[1] in types) or self.inherited
        fitting = [entity for entity, kind in governors if kind in types]
        if not fitting:
            fitting = [self.homes[g][0] for g, _ in governors if g in self.homes and self.homes[g][1] in types]
        return fitting or [entity for entity, kind in self.topic if kind in types]

    def clause(self, position: int) -> tuple[int, int]:
        """Span of the clause that holds a position of the sentence."""
        return clause_at(self.clauses, position)

    def recent(self, types: Sequence[str], position: int) -> Named | None:
        """What a clause speaks of without naming it: the last name of these types before a position of the
        sentence, the types that come first before all others; else what the case is about; else the nearest
        earlier name of the paragraph."""
        here = [n for n in self.names if n.end <= position and n.type in types]
        if here:
            return min(reversed(here), key=lambda n: types.index(n.type))
        if self.about is not None and self.about.type in types:
            return self.about
        earlier = (n for n in reversed(self.before) if n.type in types)
        return next(earlier, None)


def _passing(governors: Sequence[Governor]) -> bool:
    return bool(governors) and all(kind in clause_rules()["passing"] for _, kind in governors)


class _Reader:
    """Walks the sentences of one report and remembers who governed."""

    def __init__(self, document: Document, entities: Sequence[Entity], own: str) -> None:
        self.document = document
        self.own = own
        self.by_id: Mapping[str, Entity] = {e.id: e for e in entities}
        self.names = names_by_sentence(entities, {s.id: s.start for s in document.sentences})
        self.paragraph_starts = [p.start for p in document.paragraphs]
        self.default: tuple[Governor, ...] = ((own, "College"),) if own else ()
        self.carried: tuple[Governor, ...] = ()
        self.topic: tuple[Governor, ...] = ()
        self.base: tuple[Governor, ...] = self.default
        self.before: list[Named] = []
        self.said_before: list[str] = []
        self.section_before: list[str] = []
        self.section = ""
        self.homes: dict[str, Governor] = {}
        self.references = References(document, self.by_id, self.names, own)
        self.block: tuple[str, str] = ("", "")
        self.of_case: dict[str, tuple[Governor, ...]] = {}

    def scenes(self) -> Iterator[Scene]:
        for sentence in self.document.sentences:
            if sentence.section != self.section:
                heading = self.document.section_by_id[sentence.section]
                self.section, self.section_before = sentence.section, [heading.title]
            if sentence.kind not in ("text", "caption"):
                continue
            printed = with_short_names(sentence.text, self.names.get(sentence.id, []))
            self._enter(sentence)
            spans = clause_spans(sentence.text, printed)
            heads = [clause_head(sentence.text, span) for span in spans]
            names = self.references.find(sentence.text, printed, heads, sentence.case)
            inherited, topic = self._inherited(sentence), self.topic
            governors = self._governors(sentence, names, spans)
            self.homes.update(homes_of(sentence.text, names))
            yield Scene(
                sentence,
                names,
                encode(sentence.text, names),
                spans,
                governors,
                tuple(self.before),
                tuple(self.said_before),
                tuple(self.section_before),
                self.homes,
                inherited,
                self.base,
                topic,
                self.references.about(sentence.case),
                self.own,
            )
            if sentence.kind == "text":
                self._leave(sentence, names)
            else:
                self.section_before.append(sentence.text)

    def _enter(self, sentence: Sentence) -> None:
        """Forgets what governed when a new paragraph or case begins, or behind a heading inside the text."""
        self.base = self.of_case.get(sentence.case or "", self.default)
        paragraph = bisect_right(self.paragraph_starts, sentence.start)
        block = (sentence.section, sentence.case or str(paragraph))
        if sentence.kind == "text" and block != self.block:
            self.references.enter(block[0] == self.block[0])
            self.section_before.extend(self.said_before if block[0] == self.block[0] else ())
            self.block, self.before, self.carried, self.topic = block, [], (), ()
            self.said_before = []

    def _leave(self, sentence: Sentence, names: Sequence[Named]) -> None:
        self.before.extend(names)
        self.references.leave(sentence.text, names)
        self.said_before.append(sentence.text)
        if len(sentence.text) <= clause_rules()["heading"] and not names:
            self.carried = ()

    def _inherited(self, sentence: Sentence) -> tuple[Governor, ...]:
        if sentence.kind == "caption":
            return self.base
        return self.carried or self.base

    def _governors(
        self, sentence: Sentence, names: Sequence[Named], spans: Sequence[tuple[int, int]]
    ) -> list[tuple[Governor, ...]]:
        text = sentence.text
        told = [said(text, names, span, self.base) for span in spans]
        result: list[tuple[Governor, ...]] = []
        current, explicit = self._inherited(sentence), False
        for i, (start, end) in enumerate(spans):
            found = told[i]
            if found is None and not explicit and clause_regex("fronted").match(text[start:end]):
                ahead = next((s for s in told[i + 1 :] if s is not None and not _passing(s)), None)
                result.append(leaning(text, names, (start, end)) or ahead or current)
                continue
            unit = leaning(text, names, (start, end)) if found is None else ()
            if unit:
                result.append(unit)
                continue
            if found is not None:
                current, explicit = found, True
            result.append(current)
        if sentence.kind == "text":
            self._remember(sentence, names, told)
        return result

    def _remember(
        self, sentence: Sentence, names: Sequence[Named], said: Sequence[tuple[Governor, ...] | None]
    ) -> None:
        explicit = [s for s in said if s is not None]
        self.topic = tuple(g for g in (explicit[0] if explicit else ()) if g[1] in clause_rules()["events"])
        if sentence.case and sentence.case not in self.of_case:
            lasting = tuple(g for g in (explicit[0] if explicit else ()) if g[1] in clause_rules()["carried"])
            self.of_case[sentence.case] = lasting or self.default
        if not explicit:
            return
        topic = explicit[0]
        rules = clause_rules()
        passing = () if sentence.case else rules["carried_in_case"]
        stays = all(kind in rules["carried"] and kind not in passing for _, kind in topic)
        # of several whom the sentence tells of none goes on, if they are persons
        said_of = {governor for governors in explicit for governor in governors}
        stays = stays and (len(said_of) == 1 or all(kind != "Person" for _, kind in topic))
        self.carried = topic if stays and not self._in_office(sentence.text, names, topic) else ()

    def _in_office(self, text: str, names: Sequence[Named], topic: Sequence[Governor]) -> bool:
        """Whether one of them is a person whom the sentence names with an office (校党委书记某 …)."""
        persons = {entity for entity, kind in topic if kind == "Person"}
        printed = [n for n in names if n.entity in persons]
        office = clause_regex("office")
        return any(office.search(text[: n.start]) or office.search(text[n.start : n.end]) for n in printed)


def read_scenes(document: Document, entities: Sequence[Entity], own: str) -> Iterator[Scene]:
    """The sentences of text and the captions of a report in reading order, each with its governors."""
    return _Reader(document, entities, own).scenes()
