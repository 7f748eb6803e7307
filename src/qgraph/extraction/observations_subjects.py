"""Whose figure it is: the entity that is the grammatical subject of its clause, else the report's college."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from qgraph.extraction.identity import entity_id
from qgraph.extraction.observations_words import words
from qgraph.extraction.periods import find_periods
from qgraph.records import Document, Entity
from qgraph.text import fold

_TYPES = frozenset(
    (
        "Consortium",
        "IndustryCollege",
        "Department",
        "Base",
        "Team",
        "Enterprise",
        "Major",
        "Person",
        "Competition",
        "College",
        "Association",
        "Project",
    )
)
_MARKS = re.compile("[，；：]")
_KIND = re.compile("^(?:专业群?|创业团队|团队|同学|老师|教授)")


@dataclass(frozen=True, slots=True)
class Spot:
    """A mention of an entity: offsets in the document, type, id and name."""

    start: int
    end: int
    type: str
    id: str
    name: str


class Subjects:
    """The mentions of a document, ready to be asked."""

    def __init__(self, document: Document, entities: Sequence[Entity]) -> None:
        self._document = document
        spots = [Spot(m.evidence.start, m.evidence.end, e.type, e.id, e.name) for e in entities for m in e.mentions]
        self._spots = sorted(spots, key=lambda s: (s.start, -s.end, s.id))
        self._starts = [spot.start for spot in self._spots]
        self.college = _college(document, entities)

    def within(self, start: int, end: int) -> list[Spot]:
        """The mentions that begin in a stretch of the document and end in it."""
        i = bisect_left(self._starts, start)
        found = []
        while i < len(self._spots) and self._spots[i].start < end:
            if self._spots[i].end <= end:
                found.append(self._spots[i])
            i += 1
        return found

    def subject(self, sentence_start: int, quantity_start: int) -> str:
        """Id of the entity that governs a figure: from its own clause back to the first of the sentence, the
        first whose words begin with an entity."""
        text = self._document.text
        marks = _MARKS.finditer(text, sentence_start, quantity_start)
        clauses = [sentence_start, *(mark.end() for mark in marks)]
        rules = words()
        for n, start in enumerate(reversed(clauses)):
            end = clauses[len(clauses) - n] if n else quantity_start
            clause = text[start:end]
            rest = clause.lstrip()
            opening = find_periods(rest, self._document.year)
            if opening and opening[0].start == 0 and not opening[0].named:
                rest = rest[opening[0].end :].lstrip("，度 ")
            head = rules.leads.sub("", rest).lstrip()
            if rules.own.match(head):
                return self.college
            at = start + len(clause) - len(head)
            for spot in self.within(at, max(quantity_start, end)):
                if spot.start > at:
                    break
                if spot.type in _TYPES and _acts(text[spot.end : quantity_start + 1], spot.type):
                    return spot.id
            if not head:
                continue
        return self.college

    def in_cell(self, start: int, end: int) -> str:
        """Id of the entity that a row's heading is, if its words are little else than the entity's name."""
        for spot in self.within(start, end):
            if spot.type in _TYPES - {"Competition"} and 2 * (spot.end - spot.start) > end - start:
                return spot.id
        return self.college


def _acts(behind: str, type_: str) -> bool:
    """Whether the words behind a name make it the subject: a verb, an adverb, a comma, or the figure itself."""
    behind = _KIND.sub("", behind.lstrip())
    rules = words()
    if not behind or behind[0] in "，：":
        return True
    if behind[0].isdigit():
        return type_ not in ("Project", "Competition", "Major")
    if behind[0] in "与和及、":
        return type_ in ("Team", "Person", "Consortium", "IndustryCollege")
    return any(p.match(behind) for p in (rules.verbs, rules.leads, rules.prepositions, rules.predicates))


def _college(document: Document, entities: Sequence[Entity]) -> str:
    wanted = fold(document.college)
    for entity in entities:
        if entity.type == "College" and wanted in {fold(n) for n in (entity.name, *entity.aliases)}:
            return entity.id
    return entity_id("College", document.college)
