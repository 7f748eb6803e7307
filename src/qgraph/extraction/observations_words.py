"""The words and patterns of patterns/observations.toml, compiled once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from qgraph.ontology import read_patterns


def any_of(listed: Iterable[str]) -> str:
    """A pattern for any of the words, longer ones first."""
    return "|".join(re.escape(word) for word in sorted(set(listed), key=lambda w: (-len(w), w)))


@dataclass(frozen=True)
class Words:
    """Cue words for reading indicators. `data` is the content of observations.toml."""

    data: Mapping[str, Any]

    @cached_property
    def _measures(self) -> re.Pattern[str]:
        return re.compile(self.data["clause"]["measures"])

    @cached_property
    def leads(self) -> re.Pattern[str]:
        return re.compile(self.data["clause"]["leads"])

    @cached_property
    def own(self) -> re.Pattern[str]:
        return re.compile(self.data["clause"]["own"])

    @cached_property
    def verbs(self) -> re.Pattern[str]:
        """Verbs that are hardly ever nouns."""
        return re.compile(any_of(self.data["clause"]["verbs"].split()))

    @cached_property
    def governing(self) -> re.Pattern[str]:
        """All verbs that may govern at the head of a clause."""
        both = self.data["clause"]["verbs"] + " " + self.data["clause"]["soft_verbs"]
        return re.compile(f"(?:{any_of(both.split())})[了到出]?")

    @cached_property
    def light(self) -> re.Pattern[str]:
        listed = any_of(self.data["clause"]["light"].split())
        return re.compile(f"(?:{listed})了?|{self.data['clause']['light_alone']}")

    @cached_property
    def keep_place(self) -> re.Pattern[str]:
        return re.compile(self.data["clause"]["keep_place"])

    @cached_property
    def nouns(self) -> Mapping[str, str]:
        return dict(self.data["nouns"])

    @cached_property
    def prepositions(self) -> re.Pattern[str]:
        return re.compile(self.data["clause"]["prepositions"])

    @cached_property
    def predicates(self) -> re.Pattern[str]:
        return re.compile(self.data["clause"]["predicates"])

    def clause(self, name: str) -> re.Pattern[str]:
        """One of the patterns for clauses, labels or events that are used in one place only."""
        for part in ("clause", "label", "events", "parts", "weak"):
            if name in self.data[part]:
                return _compiled(self.data[part][name])
        raise KeyError(name)

    @cached_property
    def not_shared(self) -> frozenset[str]:
        return frozenset(self.data["clause"]["not_shared"].split())

    @cached_property
    def serves_as(self) -> re.Pattern[str]:
        return re.compile(self.data["clause"]["serves_as"])

    @cached_property
    def adjectives(self) -> frozenset[str]:
        return frozenset(self.data["clause"]["adjectives"].split())

    @cached_property
    def longest(self) -> int:
        return int(self.data["label"]["longest"])

    @cached_property
    def visited_noun(self) -> str:
        return str(self.data["label"]["visited_noun"])

    @cached_property
    def measured(self) -> re.Pattern[str]:
        return re.compile(self.data["label"]["measured"])

    @cached_property
    def share_measured(self) -> re.Pattern[str]:
        return re.compile(self.data["label"]["share_measured"])

    @cached_property
    def people(self) -> re.Pattern[str]:
        return re.compile(self.data["label"]["people"])

    @cached_property
    def members(self) -> re.Pattern[str]:
        return re.compile(self.data["label"]["members"])

    @cached_property
    def by_unit(self) -> Mapping[str, str]:
        return dict(self.data["label"]["by_unit"])

    @cached_property
    def by_kind(self) -> Mapping[str, str]:
        return dict(self.data["label"]["by_kind"])

    @cached_property
    def award_only(self) -> re.Pattern[str]:
        """A level and a grade, or one of them, or several grades joined by 、."""
        award = self.data["awards"]
        one = f"(?:{award['level']})?{award['grade']}"
        return re.compile(f"{one}(?:[、和]{one})*")

    @cached_property
    def award_tail(self) -> re.Pattern[str]:
        award = self.data["awards"]
        return re.compile(f"(?:{award['level']})?{award['grade']}(?:[、和](?:{award['level']})?{award['grade']})*$")

    @cached_property
    def won_at(self) -> re.Pattern[str]:
        """(在)some competition(中)获得 a prize."""
        won = "(?:中|上|里)?共?(?:获得|荣获|斩获|取得|夺得|摘得|捧回|揽获|获)"
        return re.compile(f"^(?:.*?[在于])?(?P<where>.+?){won}(?P<what>{self.award_only.pattern})$")

    @cached_property
    def grade(self) -> re.Pattern[str]:
        return re.compile(self.data["awards"]["grade"] + "$")

    @cached_property
    def level(self) -> re.Pattern[str]:
        return re.compile("^" + self.data["awards"]["level"])

    @cached_property
    def level_end(self) -> re.Pattern[str]:
        return re.compile(self.data["awards"]["level"] + "$")

    @cached_property
    def competition(self) -> re.Pattern[str]:
        return re.compile(self.data["awards"]["competition"])

    @cached_property
    def opens(self) -> re.Pattern[str]:
        return re.compile(self.data["awards"]["opens"])

    @cached_property
    def of_contest(self) -> re.Pattern[str]:
        return re.compile(self.data["awards"]["of_contest"])

    @cached_property
    def stages(self) -> re.Pattern[str]:
        return re.compile(self.data["awards"]["stages"])

    @cached_property
    def of_which(self) -> re.Pattern[str]:
        return re.compile(self.data["parts"]["of_which"])

    @cached_property
    def modifier(self) -> re.Pattern[str]:
        return re.compile("^" + self.data["parts"]["modifier"])

    @cached_property
    def weak_event(self) -> re.Pattern[str]:
        return re.compile(self.data["weak"]["of_event"])

    @cached_property
    def weak_thing(self) -> re.Pattern[str]:
        return re.compile(self.data["weak"]["of_thing"])

    @cached_property
    def status(self) -> re.Pattern[str]:
        return re.compile(self.data["weak"]["status"])

    @cached_property
    def qualifiers(self) -> re.Pattern[str]:
        return re.compile(any_of(self.data["qualifiers"]["words"].split()))

    @cached_property
    def planned(self) -> re.Pattern[str]:
        return re.compile(self.data["qualifiers"]["planned"])

    def table(self, name: str) -> re.Pattern[str]:
        """One of the patterns for tables."""
        return re.compile(self.data["tables"][name])

    def without_measures(self, text: str) -> str:
        """Without the words at the end that only lead to the number (共, 达到, 为)."""
        while True:
            shorter = self._measures.sub("", text).rstrip()
            if shorter == text:
                return text
            text = shorter

    def rises(self, before: str, behind: str) -> str:
        """The verb by which a figure goes over to the next one (由 89% 提升到 96.5%), or ""."""
        verb = self.clause("to_value").match(behind.rstrip())
        return verb["verb"] if verb and self.clause("from_value").search(before.rstrip()) else ""

    def verb_from(self, text: str, start: int) -> int | None:
        """Offset of the first verb or predicate at or behind `start`."""
        found = [m.start() for p in (self.governing, self.predicates) if (m := p.search(text, start))]
        return min(found) if found else None


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


@cache
def words() -> Words:
    """The words, loaded once. Raises OntologyError."""
    return Words(read_patterns("observations"))
