"""Figures of tables: every cell that holds a number, with its row and column headings as the indicator."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from qgraph.extraction.indicators import find_concept
from qgraph.extraction.observations_phrases import plain, without_periods
from qgraph.extraction.observations_subjects import Subjects
from qgraph.extraction.observations_words import Words, words
from qgraph.extraction.periods import find_periods, year_period
from qgraph.language.quantities import find_quantities
from qgraph.language.quantities_grammar import units
from qgraph.records import Cell, Document, Evidence, Observation, Period, Sentence, Table
from qgraph.text import nfkc, parse_number

_NUMBER = re.compile(r"[-－]?\d{1,3}(?:,\d{3})+(?:\.\d+)?|[-－]?\d+(?:\.\d+)?")
_UNIT_IN_HEADING = re.compile(r"[（(](?:单位[：:])?([^（()）]{1,8})[）)]")
_CAPTION_UNIT = re.compile(r"单位[：: ]*([^\s（()）]{1,6})")


@dataclass(frozen=True, slots=True)
class _Place:
    """What the headings say of one cell."""

    columns: tuple[Cell, ...]
    rows: tuple[Cell, ...]


def table_figures(document: Document, table: Table, subjects: Subjects) -> Iterator[Observation]:
    """The observations of a table in reading order, without ids."""
    rules = words()
    unit_columns = {c.column for c in table.cells if c.header and rules.table("unit_heading").match(c.text.strip())}
    for cell in table.cells:
        sentence = document.sentence_at(cell.start)
        if sentence is None or cell.header:
            continue
        place = _Place(_above(table, cell), _beside(table, cell, unit_columns))
        if cell.stub:
            yield from _stub_total(document, table, cell, sentence, subjects, rules)
        elif not any(rules.table("not_figures").match(c.text.strip()) for c in place.columns):
            yield from _cell(document, table, cell, place, sentence, subjects, rules, unit_columns)


def _cell(
    document: Document,
    table: Table,
    cell: Cell,
    place: _Place,
    sentence: Sentence,
    subjects: Subjects,
    rules: Words,
    unit_columns: set[int],
) -> Iterator[Observation]:
    text = nfkc(cell.text).strip()
    match = _NUMBER.match(text)
    found = find_quantities(cell.text)
    if match and (match.end() == len(text) or text[match.end() :].strip() in units()):
        number = match[0]
        value = parse_number(number.lstrip("-－"))
        printed = text[match.end() :].strip()
        unit = units()[printed].normal if printed else _unit(table, place, cell, rules, unit_columns)
        if value is not None:
            signed = -value if number[0] in "-－" else value
            yield _figure(document, table, cell, place, sentence, subjects, rules, signed, number, unit, "")
        return
    for quantity in found:
        if quantity.start <= 1 or len(found) == 1:
            yield _figure(
                document, table, cell, place, sentence, subjects, rules,
                quantity.value, quantity.number, quantity.unit, quantity.bound,
            )  # fmt: skip


def _figure(
    document: Document,
    table: Table,
    cell: Cell,
    place: _Place,
    sentence: Sentence,
    subjects: Subjects,
    rules: Words,
    value: Decimal,
    source: str,
    unit: str,
    bound: str,
) -> Observation:
    label, qualifiers = _label(document, table, place, rules)
    holder = place.rows[-1] if place.rows else cell
    return Observation(
        id="",
        indicator=label,
        concept=find_concept(label, unit),
        value=value,
        source_value=source,
        unit=unit,
        bound=bound,
        period=_period(document, table, place),
        subject=subjects.in_cell(holder.start, holder.end),
        qualifiers=qualifiers,
        part_of="",
        evidence=Evidence(document.id, sentence.id, cell.start, cell.end),
    )


def _label(document: Document, table: Table, place: _Place, rules: Words) -> tuple[str, tuple[str, ...]]:
    """Row headings, then column headings, without years, units and headings that only say 指标 or 数量.

    Where all of them say only a level or 合计, the caption's words stand before them.
    """
    rows = [_heading(document, c.text) for c in place.rows]
    columns = [
        _heading(document, c.text)
        for c in place.columns
        if not rules.table("year_heading").match(c.text) and not rules.table("count_heading").match(plain(c.text))
    ]
    qualifiers = ["其中"] if any(r.startswith("其中") for r in rows) else []
    rows = [re.sub("^其中[：:]?", "", r) for r in rows]
    columns = [c for c in columns if c and not any(c in r for r in rows)]
    # a level in a column of its own narrows the row and does not name it
    levels = [r for r in rows[1:] if rules.level.fullmatch(r)]
    named = [r for r in rows if r and r not in levels]
    bare = all(rules.level.fullmatch(r) or rules.table("total").match(r) for r in named)
    if bare and not (columns and len(named) > 1):
        caption = rules.table("caption_end").sub("", _heading(document, _CAPTION_UNIT.sub("", table.caption)))
        named.insert(0, re.sub("^[0-9—、和与年度]+", "", caption))
    label = "·".join(n for n in named if n) + "".join(columns)
    qualifiers += [m[0] for m in rules.qualifiers.finditer(label)] + levels
    return label, tuple(dict.fromkeys(qualifiers))


def _heading(document: Document, text: str) -> str:
    """A heading without what stands in brackets (units, totals) and without year."""
    return plain(without_periods(plain(text), document.year)).lstrip("的度")


def _unit(table: Table, place: _Place, cell: Cell, rules: Words, unit_columns: set[int]) -> str:
    """The unit of a bare number: from the headings' brackets, a column of units, the caption, or what is counted."""
    for heading in (*reversed(place.columns), *reversed(place.rows)):
        for match in _UNIT_IN_HEADING.finditer(heading.text):
            unit = _known(match[1].strip())
            if unit:
                return unit
    for other in table.cells:
        if other.column in unit_columns and _covers_row(other, cell.row) and not other.header:
            return _known(plain(other.text, brackets=True)) or plain(other.text, brackets=True)
    caption = _CAPTION_UNIT.search(table.text[: table.text.find("\n")] if "\n" in table.text else table.caption)
    if caption and _known(caption[1]):
        return _known(caption[1])
    headings = " ".join(c.text for c in (*place.columns, *place.rows))
    if rules.table("share").search(headings):
        return "%"
    if rules.table("people").search(headings):
        return "人"
    if rules.table("awards").search(headings + table.caption):
        return str(rules.data["tables"]["award_unit"])
    return str(rules.data["tables"]["no_unit"])


def _known(printed: str) -> str:
    printed = nfkc(printed).replace("(", "（").replace(")", "）")
    unit = units().get(printed)
    if unit is not None:
        return unit.normal
    if printed[:1] in ("万", "亿") and printed[1:] in units():
        return printed[0] + units()[printed[1:]].normal
    return ""


def _period(document: Document, table: Table, place: _Place) -> Period:
    """The year of the column's heading, else of the row's, else of the caption, else the report's own."""
    for texts in ([c.text for c in reversed(place.columns)], [c.text for c in reversed(place.rows)], [table.caption]):
        for text in texts:
            found = [m.period for m in find_periods(text.strip(), document.year)]
            years = [p for p in found if p.kind != "edition"] or found
            if len({p.label for p in years}) == 1:
                return years[0]
            bare = words().table("year_heading").match(text)
            if bare:
                return year_period(int(bare[1]))
    return year_period(document.year, stated=False)


def _stub_total(
    document: Document, table: Table, cell: Cell, sentence: Sentence, subjects: Subjects, rules: Words
) -> Iterator[Observation]:
    """A group's heading that states its total in brackets: 国家级（26 项）."""
    match = re.search(r"[（(](?:共|合计|共计)?([^（()）]+)[）)]$", cell.text.strip())
    found = find_quantities(match[1]) if match else ()
    if match is None or len(found) != 1 or found[0].start > 1 or found[0].end < len(match[1].rstrip()):
        return
    quantity = found[0]
    awards = rules.table("awards").search(table.caption + "".join(c.text for c in table.cells if c.header))
    noun = "奖项" if quantity.unit == rules.data["tables"]["award_unit"] and awards else ""
    label = plain(cell.text) + noun + "合计"
    yield Observation(
        id="",
        indicator=label,
        concept=find_concept(label, quantity.unit),
        value=quantity.value,
        source_value=quantity.number,
        unit=quantity.unit,
        bound=quantity.bound,
        period=_period(document, table, _Place((), (cell,))),
        subject=subjects.college,
        qualifiers=tuple(dict.fromkeys(m[0] for m in rules.qualifiers.finditer(label))),
        part_of="",
        evidence=Evidence(document.id, sentence.id, cell.start, cell.end),
    )


def _covers_row(cell: Cell, row: int) -> bool:
    return cell.row <= row < cell.row + cell.row_span


def _above(table: Table, cell: Cell) -> tuple[Cell, ...]:
    """The column headings above a cell, from the top."""
    found: Sequence[Cell] = [
        c for c in table.cells if c.header and c.column <= cell.column < c.column + c.column_span and c.row < cell.row
    ]
    return tuple(sorted(found, key=lambda c: c.row))


def _beside(table: Table, cell: Cell, unit_columns: set[int]) -> tuple[Cell, ...]:
    """The row headings of a cell, from the left; columns of units and running numbers are none."""
    skipped = set(unit_columns)
    skipped |= {c.column for c in table.cells if c.header and re.fullmatch("序号|编号", plain(c.text))}
    found = [
        c
        for c in table.cells
        if not c.header and c.column < cell.column and _covers_row(c, cell.row) and c.column not in skipped
        and (c.stub or not _NUMBER.match(nfkc(c.text).strip()))
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda c: c.column))
