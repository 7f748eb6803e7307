"""Grades and counts behind the name of a competition or an award: 市赛金奖 5 项、银奖 1 项，国赛铜奖 4 项."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from qgraph.extraction.award_words import (
    grade_of,
    grade_regex,
    level_beside,
    level_of,
    number,
    win_regex,
    win_rules,
    year_of,
)
from qgraph.extraction.clauses import Scene
from qgraph.extraction.name_patterns import INSIDE


@dataclass(slots=True)
class Prize:
    """A prize while its words are read; `start` and `end` are offsets in the sentence."""

    entity: str
    start: int
    end: int
    qualifiers: dict[str, str] = field(default_factory=dict)


def read_grades(scene: Scene, entity: str, start: int, end: int, first: int, level: str = "") -> list[Prize]:
    """The chain of grades from `start` on, each with its count and the level that was last said: `level` before."""
    prizes: list[Prize] = []
    position, reach = start, int(win_rules()["grade_reach"])
    for match in grade_regex().finditer(scene.encoded, start, end):
        piece = scene.text[position : match.start()]
        # a name between them may be long
        length = len(INSIDE.sub("", scene.encoded[position : match.start()]))
        if length > reach or win_regex("barrier").search(scene.encoded, position, match.start()):
            break
        if win_regex("any_winner").match(scene.text, match.end()):
            break
        level = level_beside(piece) or level
        qualifiers = {"grade": win_rules()["medals"][match["metal"]] if match["metal"] else match[0]}
        if level:
            qualifiers["level"] = level
        group = win_regex("group").search(win_regex("verb").split(piece)[-1])
        if group:
            qualifiers["group"] = group[1].strip()
        position = _count(scene, match, piece, qualifiers, prizes)
        prizes.append(Prize(entity, first, position, qualifiers))
        reach = int(win_rules()["next_grade_reach"])
    return prizes


def _count(scene: Scene, match: re.Match[str], piece: str, qualifiers: dict[str, str], chain: Sequence[Prize]) -> int:
    """Sets the count of a grade (and of the chain before it, for 各); returns where reading goes on."""
    if match["metal"]:
        if match["number"]:
            qualifiers["count"] = number(match["number"])
        return match.end()
    behind = win_regex("count").match(scene.text, match.end())
    before = win_regex("before_grade").search(piece)
    if behind:
        qualifiers["count"] = number(behind["count"])
        if behind["each"]:
            for prize in chain:
                prize.qualifiers.setdefault("count", qualifiers["count"])
        return behind.end()
    if before:
        qualifiers["count"] = number(before["count"])
    return match.end()


def complete(prize: Prize, name: str, before: str) -> None:
    """Level and year by the name, where the words beside the prize did not tell them."""
    level, year = level_of(name), year_of(name, before)
    if level:
        prize.qualifiers.setdefault("level", level)
    if year:
        prize.qualifiers.setdefault("year", year)


def read_honour(scene: Scene, prize: Prize, text: str, chain: Sequence[Prize]) -> int:
    """Reads the grade and the count right behind an award; returns where reading goes on.

    `chain` are the awards named before it: 各 1 项 counts them too.
    """
    behind = grade_regex().match(scene.encoded, prize.end)
    grade = behind[0] if behind and not behind["metal"] else grade_of(text)
    if grade:
        prize.qualifiers["grade"] = grade
    prize.end = behind.end() if behind and not behind["metal"] else prize.end
    count = win_regex("count").match(scene.text, prize.end)
    if count:
        for counted in (prize, *chain) if count["each"] else (prize,):
            counted.qualifiers.setdefault("count", number(count["count"]))
        prize.end = count.end()
    return prize.end


def joined(gap: str) -> bool:
    """Whether what stands between two awards keeps them one enumeration: few words besides counts and grades."""
    rest = win_regex("count").sub("", grade_regex().sub("", gap))
    return len(re.findall(r"[一-鿿]", rest)) <= int(win_rules()["between"])
