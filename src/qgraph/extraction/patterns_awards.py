"""The compiled clues of ontology/patterns/entities.toml for awards and honours."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from qgraph.ontology import read_patterns


@dataclass(frozen=True)
class AwardClues:
    """Verbs that confer, honours, grades, see [award]."""

    verbs: re.Pattern[str]
    honours: re.Pattern[str]
    merited: re.Pattern[str]
    conferred: re.Pattern[str]
    conferring: re.Pattern[str]
    of_contest: re.Pattern[str]
    strong: re.Pattern[str]
    graded: re.Pattern[str]
    with_grade: re.Pattern[str]
    end: re.Pattern[str]
    marks: re.Pattern[str]
    generic: frozenset[str]
    levels: str
    standing: str
    named: re.Pattern[str]
    coordinated: re.Pattern[str]
    crowd: re.Pattern[str]
    plain: frozenset[str]
    staged: re.Pattern[str]
    kind: re.Pattern[str]
    facility: re.Pattern[str]
    plan: re.Pattern[str]
    festival: re.Pattern[str]
    won_after: re.Pattern[str]
    making: frozenset[str]


@lru_cache(maxsize=1)
def award_clues() -> AwardClues:
    """The clues of [award]."""
    data = read_patterns("entities")["award"]
    honour = _longest_first(data["honours"])
    level, kind = data["merit_level"], f"(?:{data['merit_kind']})"
    single = (
        *("conferring", "of_contest", "graded", "with_grade", "end", "marks", "named", "crowd", "kind", "facility"),
        "plan",
        *("festival", "won_after"),
    )
    return AwardClues(
        verbs=re.compile(f"{_longest_first(data['verbs'])}|{data['attained']}"),
        honours=re.compile(f"(?:{honour})[”）]*$"),
        merited=re.compile(
            f"(?:{level}.*(?:{data['merit']})[^，。；]{{0,14}}?|{data['merit_first']}[^，。；]{{2,16}}?){kind}(?:（[^（）]*）)?$"
        ),
        conferred=re.compile(f"{level}[^，。；]{{2,16}}{kind}$"),
        strong=re.compile(f"(?:{_longest_first(data['strong'])})$"),
        coordinated=re.compile(f"(?P<head>.{{2,}}?)(?P<first>{honour})(?:{data['joined']})(?P<second>{honour})$"),
        staged=re.compile(
            f"“(?P<inner>[^“”]{{4,}})”{data['stage']}$|^(?P<bare>.*(?:{data['staged']})){data['stage']}$"
        ),
        generic=frozenset(data["generic"].split()),
        levels=data["levels"],
        standing=data["standing"],
        plain=frozenset(data["plain"].split()),
        making=frozenset(data["making"].split()),
        **{name: re.compile(data[name]) for name in single},
    )


def _longest_first(words: str) -> str:
    return "|".join(sorted(words.split("|"), key=lambda w: (-len(w), w)))
