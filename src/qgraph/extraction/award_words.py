"""The vocabulary of awards: grades (一等奖), levels (国赛, 省部级), counts behind them, years before them."""

from __future__ import annotations

import re
from functools import lru_cache, partial
from typing import Any

from qgraph.ontology import read_lexicon, read_patterns, read_regex, split_aliases
from qgraph.text import parse_number

win_regex = partial(read_regex, "statements", "wins")
"""One expression of the section [wins] of the patterns, by its key."""


def win_rules() -> dict[str, Any]:
    """The section [wins] of the patterns."""
    rules: dict[str, Any] = read_patterns("statements")["wins"]
    return rules


@lru_cache(maxsize=1)
def grade_regex() -> re.Pattern[str]:
    """Every printing of a grade, longest first; 金奖第一名 is one grade, and so is 1 金 (group `metal`)."""
    words = {w for row in read_lexicon("award_grades") for w in (row["grade"], *split_aliases(row["aliases"]))}
    either = "|".join(sorted(map(re.escape, words), key=lambda w: (-len(w), w)))
    return re.compile(f"(?:{either})(?:第一名)?|{win_rules()['medal']}")


def grade_of(name: str) -> str:
    """The grade with which the name of an award ends (国家级教学成果二等奖), or ""."""
    found = [m for m in grade_regex().finditer(name) if m.end() == len(name.rstrip("”》’")) and not m["metal"]]
    return found[-1][0] if found and found[-1].start() > 0 else ""


@lru_cache(maxsize=1)
def _level_words() -> tuple[re.Pattern[str], dict[str, str]]:
    words = {w: row["level"] for row in read_lexicon("award_levels") for w in split_aliases(row["words"])}
    either = "|".join(sorted(map(re.escape, words), key=lambda w: (-len(w), w)))
    return re.compile(either), words


@lru_cache(maxsize=1)
def _provinces() -> re.Pattern[str]:
    rows = [row for row in read_lexicon("regions") if row["level"] == "province"]
    names = {n for row in rows for n in (row["name"], row["short"]) if len(n) > 1}
    return re.compile("|".join(sorted(map(re.escape, names), key=lambda n: (-len(n), n))))


def level_beside(text: str) -> str:
    """The last level printed in a stretch before a grade: as printed (市赛), or its name for 全国; "" if none.

    The name of a province right before the grade tells the level too (天津市一等奖).
    """
    regex, words = _level_words()
    found = [m[0] for m in regex.finditer(text)]
    tail = re.compile(read_patterns("statements")["wins"]["place_tail"])
    place = next((m for m in _provinces().finditer(text) if tail.match(text, m.end())), None)
    if place and (not found or text.rindex(found[-1]) < place.start()):
        return next(row["level"] for row in read_lexicon("award_levels") if row["places"])
    if not found:
        return ""
    return found[-1] if found[-1][-1] in "级赛" else words[found[-1]]


def level_of(name: str) -> str:
    """The level that the name of a competition or an award tells, or ""."""
    for row in read_lexicon("award_levels"):
        if any(word in name for word in split_aliases(row["names"])):
            return row["level"]
        if row["places"] and _provinces().search(name):
            return row["level"]
    return ""


def number(text: str | None) -> str:
    """A count in digits, or "" for none."""
    value = parse_number(text) if text else None
    return str(int(value)) if value is not None else ""


def year_of(name: str, before: str) -> str:
    """The year in a name, else the last one said before it, else ""."""
    inside = re.search(r"20\d\d", name)
    if inside:
        return inside[0]
    said = re.findall(read_patterns("statements")["wins"]["year"], before)
    return str(said[-1]) if said else ""
