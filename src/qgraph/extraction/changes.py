"""Renamed, merged and succeeded organisations, each with its date: 2012年6月，由原X更名为Y.

The patterns are data (ontology/patterns/changes.toml).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from qgraph.extraction.coordination import Named, names_by_sentence
from qgraph.extraction.name_patterns import NamePattern, compile_pattern, encode, types_of
from qgraph.ontology import read_patterns
from qgraph.records import Document, Entity, Evidence, OrganisationChange, Sentence
from qgraph.text import fold


@dataclass(frozen=True)
class _Rule:
    kind: str
    pattern: NamePattern
    dated: bool
    own: bool


@dataclass(frozen=True, slots=True)
class _Found:
    kind: str
    earlier: tuple[str, ...]
    later: tuple[str, ...]
    date: str
    start: int
    end: int


@lru_cache(maxsize=1)
def _rules() -> tuple[_Rule, ...]:
    data = read_patterns("changes")
    return tuple(
        _Rule(
            row["kind"],
            compile_pattern(row["pattern"].replace("LINK", data["link"])),
            not row.get("undated"),
            bool(row.get("own")),
        )
        for row in data["change"]
    )


@lru_cache(maxsize=1)
def _clues() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    data = read_patterns("changes")
    return re.compile(data["cue"]), re.compile(data["date"]), re.compile(data["not_date"])


def extract_changes(document: Document, entities: Sequence[Entity]) -> tuple[OrganisationChange, ...]:
    """All changes that a report tells of, in reading order; the same one is told once."""
    cue = _clues()[0]
    told = [s for s in document.sentences if s.kind == "text" and cue.search(s.text)]
    if not told:
        return ()
    reader = _Reader(document, entities)
    changes: dict[tuple[object, ...], OrganisationChange] = {}
    for _, sentences in groupby(told, key=lambda s: (s.section, s.case)):
        last = ""
        for sentence in sentences:
            for found in reader.read(sentence, last):
                last = found.later[-1]
                key = (found.kind, found.earlier, found.later)
                if key in changes and (changes[key].date or not found.date):
                    continue
                evidence = Evidence(document.id, sentence.id, sentence.start + found.start, sentence.start + found.end)
                changes[key] = OrganisationChange("", found.kind, found.earlier, found.later, found.date, evidence)
    ordered = sorted(changes.values(), key=lambda c: (c.evidence.start, c.evidence.end, c.kind, c.earlier, c.later))
    return tuple(
        OrganisationChange(f"{document.id}/oc{n}", c.kind, c.earlier, c.later, c.date, c.evidence)
        for n, c in enumerate(ordered, 1)
    )


class _Reader:
    """Reads the sentences of one report."""

    def __init__(self, document: Document, entities: Sequence[Entity]) -> None:
        organisations = [e for e in entities if e.type in types_of("org|GovernmentBody")]
        self.names = names_by_sentence(organisations, {s.id: s.start for s in document.sentences})
        self.own = fold(document.college)
        self.known = {e.id: frozenset(fold(n) for n in (e.name, *e.aliases)) for e in entities}

    def read(self, sentence: Sentence, last: str) -> Iterator[_Found]:
        """Changes of a sentence in reading order; `last` is what came of the one before it."""
        names = self.names.get(sentence.id, [])
        encoded = encode(sentence.text, names)
        taken: list[tuple[int, int]] = []
        found: list[_Found] = []
        for rule in _rules():
            for match in rule.pattern.regex.finditer(encoded):
                later = names[:1] if rule.own and self._is_own(names) else rule.pattern.names(match, "l", names)
                verb = match.span() if rule.own or not later else (later[0].start, later[0].end)
                if not later or any(a < verb[1] and verb[0] < b for a, b in taken):
                    continue
                said = [n for n in rule.pattern.names(match, "e", names) if self._is_named(sentence, n)]
                earlier = [n.entity for n in said] or self._understood(sentence, names, later[0], rule, found, last)
                earlier = [e for e in dict.fromkeys(earlier) if e != later[0].entity]
                if not earlier or (rule.kind == "merged" and len(earlier) < 2):
                    continue
                taken.append(verb)
                start = min([match.start(), *(n.start for n in said)])
                date = _date(sentence.text, match, [f.end for f in found]) if rule.dated else ""
                found.append(_Found(rule.kind, tuple(earlier), (later[0].entity,), date, start, match.end()))
        yield from sorted(found, key=lambda f: (f.start, f.end))

    def _is_own(self, names: Sequence[Named]) -> bool:
        """Whether the first organisation of a sentence is the report's college."""
        return bool(names) and names[0].type == "College" and self.own in self.known[names[0].entity]

    def _is_named(self, sentence: Sentence, name: Named) -> bool:
        """Whether a mention is a name and not a word that stands for one (学校)."""
        return fold(sentence.text[name.start : name.end]) in self.known[name.entity]

    def _understood(
        self, sentence: Sentence, names: Sequence[Named], later: Named, rule: _Rule, found: Sequence[_Found], last: str
    ) -> list[str]:
        """The organisation whose name changed where the sentence does not say it again."""
        if rule.kind not in ("renamed", "succeeded"):
            return []
        before = [n for n in names if n.end <= later.start and n.type == later.type and self._is_named(sentence, n)]
        if before:
            return [before[-1].entity]
        results = [f.later[-1] for f in found if f.end <= later.start]
        return results[-1:] or ([last] if last else [])


def _date(text: str, match: re.Match[str], ends: Sequence[int]) -> str:
    """The date said in the match, else the last one before it that no other change has."""
    _, date, not_date = _clues()
    floor = max([0, text.rfind("；", 0, match.start()) + 1, *(e for e in ends if e <= match.start())])
    for dates in (date.finditer(text, match.start(), match.end()), date.finditer(text, floor, match.start())):
        fitting = [d.group() for d in dates if not not_date.match(text[d.end() :])]
        if fitting:
            return re.sub(r"\s", "", fitting[-1])
    return ""
