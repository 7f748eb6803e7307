"""The compiled clues of ontology/patterns/entities.toml."""

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
class QuotedClue:
    """What tells what stands in “…”, see [[quoted.clue]]."""

    type: str
    after: re.Pattern[str] | None
    inside: re.Pattern[str] | None
    before: re.Pattern[str] | None
    listed: re.Pattern[str] | None
    follow: re.Pattern[str] | None
    unless: re.Pattern[str] | None
    take: bool


@dataclass(frozen=True)
class SharedEnd:
    """The end that names of a type share in a list, see [shared]."""

    type: str
    end: re.Pattern[str]
    counted: re.Pattern[str]
    head: re.Pattern[str]
    general: frozenset[str]


@dataclass(frozen=True)
class RecognisedClue:
    """What the end of a name that the recogniser finds tells of its type, see [[recognised]]."""

    type: str
    labels: frozenset[str]
    ending: re.Pattern[str]
    never: re.Pattern[str]
    after: re.Pattern[str]


@dataclass(frozen=True)
class TitledClues:
    """What tells what stands in 《…》, see [titled]."""

    course_before: re.Pattern[str]
    course_after: re.Pattern[str]
    project_after: re.Pattern[str]
    work_before: re.Pattern[str]
    headline_after: re.Pattern[str]
    headline_by: re.Pattern[str]
    talk_before: re.Pattern[str]
    talk_after: re.Pattern[str]
    media: re.Pattern[str]
    document: re.Pattern[str]
    edition: re.Pattern[str]


@dataclass(frozen=True)
class AwardClues:
    """Verbs that confer, honours, grades, see [award]."""

    verbs: re.Pattern[str]
    honours: re.Pattern[str]
    merited: re.Pattern[str]
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
    making: frozenset[str]


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


@dataclass(frozen=True)
class PlaceClues:
    """How places are written, see [place]."""

    not_after: re.Pattern[str]
    ends: re.Pattern[str]
    called_division: re.Pattern[str]
    township: re.Pattern[str]
    village: re.Pattern[str]
    foreign_body: re.Pattern[str]
    unknown: re.Pattern[str]
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
def quoted_clues() -> tuple[re.Pattern[str], tuple[QuotedClue, ...]]:
    """The pattern of what is no name, and the clues of [quoted] in their order."""
    data = _data("quoted")

    def compiled(clue: dict[str, Any], key: str, form: str) -> re.Pattern[str] | None:
        return re.compile(form.format(clue[key])) if key in clue else None

    clues = tuple(
        QuotedClue(
            clue["type"],
            compiled(
                clue,
                "after",
                (data["between"].replace("{", "{{").replace("}", "}}") if clue.get("take") else "") + "{}",
            ),
            compiled(clue, "inside", "(?:{})(?:（[^（）]{{2,8}}）)?$"),
            compiled(clue, "before", "{}"),
            compiled(clue, "listed", "{}"),
            compiled(clue, "follow", "{}"),
            compiled(clue, "unless", "{}"),
            bool(clue.get("take")),
        )
        for clue in data["clue"]
    )
    return re.compile(data["never"]), clues


@lru_cache(maxsize=1)
def shared_clues() -> tuple[SharedEnd, ...]:
    """The ends of [shared]."""
    data = _data("shared")
    head, general = re.compile(data["head"]), frozenset(data["general"].split())
    return tuple(
        SharedEnd(
            row["type"],
            re.compile(row["end"]),
            re.compile(f"{data['count']}(?P<end>{row['counted']})"),
            head,
            general,
        )
        for row in data["name"]
    )


@lru_cache(maxsize=1)
def recognised_clues() -> tuple[RecognisedClue, ...]:
    """The clues of [[recognised]] in their order."""
    return tuple(
        RecognisedClue(
            row["type"],
            frozenset(row["labels"].split()),
            re.compile(f"(?:{row['ending']})$"),
            re.compile(row["never"]),
            re.compile(row["after"]),
        )
        for row in read_patterns("entities")["recognised"]
    )


@lru_cache(maxsize=1)
def titled_clues() -> TitledClues:
    """The clues of [titled]."""
    data = _data("titled")
    return TitledClues(**{f.name: re.compile(data[f.name]) for f in fields(TitledClues)})


@lru_cache(maxsize=1)
def award_clues() -> AwardClues:
    """The clues of [award]."""
    data = _data("award")
    return AwardClues(
        re.compile(f"{_longest_first(data['verbs']).pattern}|{data['attained']}"),
        re.compile(f"(?:{_longest_first(data['honours']).pattern})[”）]*$"),
        re.compile(f"{data['merit_level']}.*{data['merit']}(?:（[^（）]*）)?$"),
        re.compile(f"(?:{_longest_first(data['strong']).pattern})$"),
        re.compile(data["graded"]),
        re.compile(data["with_grade"]),
        re.compile(data["end"]),
        re.compile(data["marks"]),
        frozenset(data["generic"].split()),
        data["levels"],
        data["standing"],
        re.compile(data["named"]),
        re.compile(
            "(?P<head>.{2,}?)(?P<first>HONOUR)(?:JOINT)(?P<second>HONOUR)$".replace("JOINT", data["joined"]).replace(
                "HONOUR", _longest_first(data["honours"]).pattern
            )
        ),
        re.compile(data["crowd"]),
        frozenset(data["plain"].split()),
        re.compile(f"“(?P<inner>[^“”]{{4,}})”{data['stage']}$|^(?P<bare>.*(?:{data['staged']})){data['stage']}$"),
        re.compile(data["kind"]),
        re.compile(data["facility"]),
        frozenset(data["making"].split()),
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
    )


@lru_cache(maxsize=1)
def given_short_form() -> re.Pattern[str]:
    """X（以下简称“Y”）: group 1 is Y; to be matched right behind X."""
    return re.compile(_data("short")["given"])


def _longest_first(words: str) -> re.Pattern[str]:
    return re.compile("|".join(sorted(words.split("|"), key=lambda w: (-len(w), w))))
