"""The compiled clues of ontology/patterns/entities.toml for lists, schools, places and persons."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any

from qgraph.ontology import read_patterns


@dataclass(frozen=True)
class ListClues:
    """What closes a list of names, see [list]."""

    enterprise: re.Pattern[str]
    industry_college: re.Pattern[str]
    crossed: re.Pattern[str]
    media: re.Pattern[str]
    media_item: re.Pattern[str]
    media_more: re.Pattern[str]
    course: re.Pattern[str]
    course_before: re.Pattern[str]
    ordinary: frozenset[str]
    kind: re.Pattern[str]
    major: re.Pattern[str]
    major_list: re.Pattern[str]
    major_opened: re.Pattern[str]
    major_group: re.Pattern[str]
    major_group_before: re.Pattern[str]


@dataclass(frozen=True)
class SharedEnd:
    """The end that names of a type share in a list, see [shared]."""

    type: str
    end: re.Pattern[str]
    counted: re.Pattern[str]
    head: re.Pattern[str]
    never: re.Pattern[str]
    general: frozenset[str]


@dataclass(frozen=True)
class CollegeClues:
    """What tells colleges, departments and industry colleges apart, see [college]."""

    school: re.Pattern[str]
    place: re.Pattern[str]
    pronoun: re.Pattern[str]
    pronoun_college: re.Pattern[str]
    built: re.Pattern[str]
    partner: re.Pattern[str]
    unit_not_after: re.Pattern[str]
    departments: re.Pattern[str]
    abroad: re.Pattern[str]


@dataclass(frozen=True)
class PlaceClues:
    """How places are written, see [place]."""

    not_after: re.Pattern[str]
    ends: re.Pattern[str]
    called_division: re.Pattern[str]
    township: re.Pattern[str]
    village: re.Pattern[str]
    foreign_body: re.Pattern[str]
    branch: re.Pattern[str]
    unknown: re.Pattern[str]
    common: re.Pattern[str]
    part: re.Pattern[str]
    not_lone: frozenset[str]


@dataclass(frozen=True)
class PersonClues:
    """What stands around names of persons, see [person]."""

    foreign: frozenset[str]
    not_before: re.Pattern[str]
    acts: re.Pattern[str]
    opens: frozenset[str]
    sent: re.Pattern[str]
    verbs: frozenset[str]
    trade: re.Pattern[str]
    unsure: frozenset[str]
    subject_after: frozenset[str]
    team: re.Pattern[str]
    other_words: re.Pattern[str]


def _data(table: str) -> dict[str, Any]:
    data = read_patterns("entities")[table]
    return dict(data)


@lru_cache(maxsize=1)
def list_clues() -> ListClues:
    """The clues of [list]; patterns of heads begin with 等."""
    data = _data("list")
    chain, between = data["chain"], data["between"]

    def head(words: str) -> re.Pattern[str]:
        return re.compile(f"等{chain}{between}{words}")

    return ListClues(
        head(data["enterprise"]),
        head(data["industry_college"]),
        re.compile(data["crossed"]),
        head(data["media"]),
        re.compile(data["media_item"]),
        re.compile(data["media_more"]),
        re.compile("等" + data["course"]),
        re.compile(data["course_before"]),
        frozenset(data["ordinary"].split()),
        re.compile(data["kind"]),
        re.compile(data["major"]),
        re.compile(data["major_item"] + data["major"]),
        re.compile(data["major_opened"]),
        re.compile(
            r"(?P<list>(?:[^，。；：、“”《》\s（）]{2,20}、)+[^，。；：、“”《》\s（）]{2,30}?)" + data["major_group"]
        ),
        re.compile(data["major_group_before"]),
    )


@lru_cache(maxsize=1)
def shared_clues() -> tuple[SharedEnd, ...]:
    """The ends of [shared]."""
    data = _data("shared")
    head, never, general = re.compile(data["head"]), re.compile(data["never"]), frozenset(data["general"].split())
    return tuple(
        SharedEnd(
            row["type"],
            re.compile(row["end"]),
            re.compile(f"{data['count']}(?P<end>{row['counted']})"),
            head,
            never,
            general,
        )
        for row in data["name"]
    )


@lru_cache(maxsize=1)
def college_clues() -> CollegeClues:
    """The clues of [college]."""
    data = _data("college")
    return CollegeClues(**{f.name: re.compile(data[f.name]) for f in fields(CollegeClues)})


@lru_cache(maxsize=1)
def place_clues() -> PlaceClues:
    """The clues of [place]."""
    data = _data("place")
    patterns = {f.name: re.compile(data[f.name]) for f in fields(PlaceClues) if f.name != "not_lone"}
    return PlaceClues(not_lone=frozenset(data["not_lone"]), **patterns)


@lru_cache(maxsize=1)
def person_clues() -> PersonClues:
    """The clues of [person]."""
    data = _data("person")
    return PersonClues(
        frozenset(data["foreign"]),
        re.compile(data["not_before"]),
        re.compile(rf"(?:{data['acts']}|\s|$|。|；)"),
        frozenset(data["opens"]),
        re.compile(data["sent"]),
        frozenset(data["verbs"]),
        re.compile(data["trade"]),
        frozenset(data["unsure"]),
        frozenset(data["subject_after"].split()),
        re.compile(data["team"]),
        re.compile(data["other_words"]),
    )


@lru_cache(maxsize=1)
def given_short_form() -> re.Pattern[str]:
    """X（以下简称“Y”）: group 1 is Y; to be matched right behind X."""
    return re.compile(_data("short")["given"])
