"""The rules for names by their endings, as ontology/patterns/endings.toml states them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from qgraph.ontology import read_patterns


@dataclass(frozen=True, eq=False)
class EndingRule:
    """One [[ending]] table; the file explains its fields."""

    type: str
    ending: re.Pattern[str]
    after: re.Pattern[str] | None
    never: re.Pattern[str] | None
    generic: frozenset[str]
    least: int
    strict: str
    edition: bool
    joining: bool
    dash: bool
    slash: bool
    quotes: bool
    brackets: bool
    opened: bool
    adjacent: bool
    past: bool
    place: bool
    founded: bool
    unknown: bool
    agreed: bool
    majors: bool
    verbs: re.Pattern[str]


@dataclass(frozen=True)
class Boundary:
    """The [boundary] table: words that bound names, and words that do not begin one."""

    stops: frozenset[str]
    verbs: frozenset[str]
    joining: frozenset[str]
    paired: frozenset[str]
    former: str
    leading: frozenset[str]
    agents: frozenset[str]
    subjects: frozenset[str]
    behind: frozenset[str]
    edition: re.Pattern[str]
    opening: re.Pattern[str]
    founding: re.Pattern[str]
    levels: re.Pattern[str]
    second: re.Pattern[str]
    event: re.Pattern[str]
    solemn: re.Pattern[str]
    people: re.Pattern[str]
    held: frozenset[str]
    uncut: tuple[str, ...]
    whole: tuple[str, ...]
    kinds: frozenset[str]
    outside: frozenset[str]
    inner: frozenset[str]
    complements: frozenset[str]
    suffixes: frozenset[str]
    before: re.Pattern[str]


@lru_cache(maxsize=1)
def boundary() -> Boundary:
    """The words that bound names."""
    data = read_patterns("endings")["boundary"]
    return Boundary(
        frozenset(data["function"].split()) | frozenset(data["verbs"].split()),
        frozenset(data["verbs"].split()),
        frozenset(data["joining"].split()),
        frozenset(data["paired"].split()),
        data["former"],
        frozenset(data["leading"].split()),
        frozenset(data["agents"].split()),
        frozenset(data["subjects"].split("|")),
        frozenset(data["behind"].split()),
        re.compile(f"(?:{data['edition']} ?)+$"),
        re.compile(f"(?:{data['opening']})了?"),
        re.compile(f"(?:{data['founding']})了?$"),
        re.compile(data["levels"]),
        re.compile(data["second"]),
        re.compile(data["event"]),
        re.compile(data["solemn"]),
        re.compile(data["people"]),
        frozenset(data["held"].split()),
        tuple(data["uncut"].split()),
        tuple(data["whole"].split()),
        frozenset(data["kinds"].split()),
        frozenset(data["outside"].split()),
        frozenset(data["inner"].split()),
        frozenset(data["complements"]),
        frozenset(data["suffixes"]),
        re.compile(data["before"]),
    )


@lru_cache(maxsize=1)
def boundary_words() -> tuple[str, ...]:
    """All words of the boundary lists, which the segmentation must know."""
    bounds = boundary()
    return tuple(sorted(bounds.stops | bounds.leading | frozenset(bounds.whole)))


@lru_cache(maxsize=1)
def ending_rules() -> tuple[EndingRule, ...]:
    """The rules in the order of the file."""
    return tuple(_rule(data) for data in read_patterns("endings")["ending"])


def _rule(data: dict[str, Any]) -> EndingRule:
    endings = sorted(data["endings"], key=lambda e: (-len(e), e))
    inside = data.get("inside", "").split()
    return EndingRule(
        data["type"],
        re.compile("|".join(map(re.escape, endings))),
        re.compile(data["after"]) if data.get("after") else None,
        re.compile(data["never"]) if data.get("never") else None,
        frozenset(data["generic"].split()),
        int(data["least"]),
        data.get("strict", ""),
        data.get("keep") == "edition",
        "joining" in inside,
        "dash" in inside,
        "slash" in inside,
        "quotes" in inside,
        bool(data.get("brackets")),
        bool(data.get("opened")),
        bool(data.get("adjacent")),
        bool(data.get("past")),
        bool(data.get("place")),
        bool(data.get("founded")),
        bool(data.get("unknown")),
        bool(data.get("agreed")),
        bool(data.get("majors")),
        re.compile(f"(?:{data['verbs']})了?") if "verbs" in data else boundary().opening,
    )
