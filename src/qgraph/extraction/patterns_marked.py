"""The compiled clues of ontology/patterns/entities.toml for names in marks and names of the recogniser."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any

from qgraph.ontology import read_patterns


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
    placed: bool


@dataclass(frozen=True)
class RecognisedClue:
    """What the end of a name that the recogniser finds tells of its type, see [[recognised]]."""

    type: str
    labels: frozenset[str]
    ending: re.Pattern[str]
    never: re.Pattern[str]
    after: re.Pattern[str]
    before: re.Pattern[str] | None


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
    media_after: re.Pattern[str]
    column_after: re.Pattern[str]
    document: re.Pattern[str]
    edition: re.Pattern[str]


@lru_cache(maxsize=1)
def quoted_clues() -> tuple[re.Pattern[str], re.Pattern[str], tuple[QuotedClue, ...]]:
    """The patterns of what is no name and of what says so behind it, and the clues of [quoted] in their order."""
    data = read_patterns("entities")["quoted"]

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
            bool(clue.get("placed")),
        )
        for clue in data["clue"]
    )
    return re.compile(data["never"]), re.compile(data["thought"]), clues


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
            re.compile(row["before"]) if "before" in row else None,
        )
        for row in read_patterns("entities")["recognised"]
    )


@lru_cache(maxsize=1)
def titled_clues() -> TitledClues:
    """The clues of [titled]."""
    data = read_patterns("entities")["titled"]
    return TitledClues(**{f.name: re.compile(data[f.name]) for f in fields(TitledClues)})
