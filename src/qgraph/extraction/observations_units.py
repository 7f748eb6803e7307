"""The unit of a bare number in a table: from the headings' brackets, a column of units, the caption, or what is
counted."""

from __future__ import annotations

import re

from qgraph.extraction.observations_headings import Headings, Place, covers_row
from qgraph.extraction.observations_phrases import plain
from qgraph.extraction.observations_words import Words, words
from qgraph.language.quantities_grammar import units
from qgraph.records import Cell
from qgraph.text import nfkc

_IN_HEADING = re.compile(r"[（(](?:单位[：:])?([^（()）]{1,8})[）)]")
_IN_CAPTION = re.compile(r"单位[：: ]*([^\s（()）]{1,6})")
_BEHIND_CAPTION = re.compile(r"[（(]([^（()）]{1,6})[）)]\s*$")


# The last character before 数 where it is a counter, and not the end of a word for what is counted (学生数, 团队数).
_COUNTER = re.compile(r"(?:^|[一-鿿])([期场次门项家件篇册部户趟辆间座株本])数$")
_COUNTING = frozenset(("count", "events"))


def without_unit(caption: str) -> str:
    """A caption without the unit that it gives for the whole table (单位：人; 通过率（%）)."""
    bare = _BEHIND_CAPTION.search(caption)
    return caption[: bare.start()] if bare and _known(bare[1]) else _IN_CAPTION.sub("", caption)


def cell_unit(headings: Headings, place: Place, cell: Cell) -> str:
    """The unit of a bare number; "" where nothing tells it."""
    rules, table = words(), headings.table
    row = " ".join(c.text for c in place.rows)
    for heading in (*reversed(place.columns), *reversed(place.rows)):
        for match in _IN_HEADING.finditer(heading.text):
            unit = _known(match[1].strip()) or _one_of(match[1], row, rules)
            if unit:
                return unit
    own = _of_headings(headings, place, rules)
    if own is not None:
        return own or _by_words(Place(place.columns, ()), "", rules)
    for other in table.cells:
        if other.column in headings.unit_columns and covers_row(other, cell.row) and not other.header:
            printed = plain(other.text, brackets=True)
            if printed or other.text.strip():
                return _of_column(printed or other.text.strip(), row, rules)
    line = table.text[: table.text.find("\n")] if "\n" in table.text else table.caption
    caption = _IN_CAPTION.search(line) or _BEHIND_CAPTION.search(table.caption)
    if caption and (unit := _known(caption[1]) or _one_of(caption[1], row, rules)):
        return unit
    unit = _by_words(place, table.caption, rules) or _counter(headings, place, cell, rules)
    parent = headings.parent(place.rows[0]) if place.rows and not unit else None
    return _by_words(Place((), (parent,)), "", rules) if parent is not None else unit


def _of_headings(headings: Headings, place: Place, rules: Words) -> str | None:
    """The unit that the words above a column name, "" where they measure something of their own; None where the
    column holds the figures of the row itself, as those of years do."""
    if not headings.unit_columns:
        return None
    names = [name for c in place.columns if (name := headings.words_of(c.text))]
    names = [name for name in names if not rules.table("count_heading").match(name)]
    if not names or rules.table("difference").search(names[-1]):
        return None
    return _of_heading(names[-1], rules)


def _of_heading(heading: str, rules: Words) -> str:
    """The unit that the last words of a heading name: one of those listed, or the counter before 数 (期数)."""
    patterns: dict[str, str] = rules.data["tables"]["heading_unit"]
    own = next((unit for unit, pattern in patterns.items() if re.search(pattern, heading)), "")
    counted = _COUNTER.search(heading) if not own else None
    unit = units().get(counted[1]) if counted else None
    return own or (unit.normal if unit is not None and unit.kind in _COUNTING else "")


def _of_column(printed: str, row: str, rules: Words) -> str:
    if rules.table("ratio_marks").match(printed):
        return str(rules.data["tables"]["ratio_unit"])
    return _known(printed) or _one_of(printed, row, rules) or printed


def _by_words(place: Place, caption: str, rules: Words) -> str:
    """The unit that the words of the headings imply."""
    names = [plain(c.text) for c in (*place.columns, *place.rows)]
    headings = " ".join(c.text for c in (*place.columns, *place.rows))
    tables = rules.data["tables"]
    last = plain(place.columns[-1].text) if place.columns else ""
    if own := _of_heading(last, rules):
        return own
    if rules.table("share").search(headings):
        return "%"
    if rules.table("people").search(headings):
        return "人"
    if rules.table("awards").search(headings + caption):
        return str(tables["award_unit"])
    if any(rules.table("ratio").search(name) for name in names):
        return str(tables["ratio_unit"])
    if any(rules.people.search(rules.table("counting").sub("", name)) for name in names):
        return "人"
    return str(tables["counted_unit"]) if any(rules.table("counted").search(name) for name in names) else ""


def _counter(headings: Headings, place: Place, cell: Cell, rules: Words) -> str:
    """The counter of what a row names, for a whole number whose column is but a year, a level or a total."""
    names = [name for c in place.columns if (name := headings.words_of(c.text))]
    bare = ("count_heading", "total")
    plainly = all(rules.level.fullmatch(n) or any(rules.table(b).match(n) for b in bare) for n in names)
    if not plainly or not place.rows or not cell.text.strip().isdigit():
        return ""
    row = headings.words_of(place.rows[-1].text)
    counters: dict[str, str] = rules.data["tables"]["counters"]
    return next((unit for unit, pattern in counters.items() if re.search(pattern, row)), "")


def _known(printed: str) -> str:
    printed = nfkc(printed).replace("(", "（").replace(")", "）")
    unit = units().get(printed)
    if unit is not None:
        return unit.normal
    if printed[:1] in ("万", "亿") and printed[1:] in units():
        return printed[0] + units()[printed[1:]].normal
    return ""


def _one_of(printed: str, row: str, rules: Words) -> str:
    """Of several units (人/家) the one that the row's words ask for; all of them where none does."""
    options = [_known(part.strip()) for part in re.split("[/／、或]", printed)]
    if len(options) < 2 or not all(options):
        return ""
    fitting = {unit: pattern for unit, pattern in rules.data["tables"]["unit_of"].items() if unit in options}
    return next((unit for unit, pattern in fitting.items() if re.search(pattern, row)), "/".join(options))
