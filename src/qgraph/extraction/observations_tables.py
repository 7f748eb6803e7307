"""Figures of tables: every cell that holds a number, with its row and column headings as the indicator."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from qgraph.extraction.indicators import find_concept
from qgraph.extraction.observations_headings import NUMBER, Headings, Place
from qgraph.extraction.observations_phrases import joined, plain
from qgraph.extraction.observations_subjects import Subjects
from qgraph.extraction.observations_units import cell_unit, without_unit
from qgraph.extraction.observations_words import Words, words
from qgraph.language.quantities import find_quantities
from qgraph.language.quantities_grammar import units
from qgraph.records import Cell, Document, Evidence, Observation, ReviewItem, Sentence, Table
from qgraph.text import nfkc, parse_number

_UNALIGNED = "这一行的单元格与表头对不齐，其中的数字没有作为指标值收录，请核对原表。"
_NO_UNIT = "表中没有写明单位，这个数字没有作为指标值收录，请核对原表。"


# A list that only says what belongs to what the row is of (乡镇卫生院、社区门诊等|基层医疗机构).
_LISTED = re.compile(r"^[^，。；（）()]*、[^，。；（）()]*等(?![级奖次于])(?=[一-鿿]{4,}$)")


@dataclass(frozen=True, slots=True)
class _Told:
    """The figure of a cell as printed."""

    value: Decimal
    source: str
    unit: str
    bound: str


def table_figures(document: Document, table: Table, subjects: Subjects) -> Iterator[Observation]:
    """The observations of a table in reading order, without ids."""
    headings = Headings(document, table)
    for cell, sentence in _cells(document, headings):
        if cell.stub:
            yield from _stub_total(headings, cell, sentence, subjects, words())
            continue
        for told in _told(headings, cell):
            if told.unit:
                yield _figure(headings, cell, sentence, subjects, told)


def table_doubts(document: Document) -> tuple[ReviewItem, ...]:
    """Rows that cannot be aligned with their headings, and bare numbers without a unit: for staff to look at."""
    found: list[ReviewItem] = []
    for table in document.tables:
        headings = Headings(document, table)
        cells = [(cell, _UNALIGNED) for cell in table.cells if headings.unsure(cell)]
        cells += [
            (cell, _NO_UNIT) for cell, _ in _cells(document, headings)
            if not cell.stub and any(not told.unit for told in _told(headings, cell))
        ]  # fmt: skip
        for cell, reason in sorted(cells, key=lambda item: item[0].start):
            sentence = document.sentence_at(cell.start)
            if sentence is not None:
                place = Evidence(document.id, sentence.id, cell.start, cell.end)
                found.append(ReviewItem(f"{document.id}/review/t{len(found) + 1}", "table", cell.text, reason, place))
    return tuple(found)


def _cells(document: Document, headings: Headings) -> Iterator[tuple[Cell, Sentence]]:
    """The cells that may hold figures or totals."""
    not_figures = words().table("not_figures")
    for cell in headings.table.cells:
        sentence = document.sentence_at(cell.start)
        if sentence is None or cell.header or headings.unsure(cell):
            continue
        columns = headings.place(cell).columns if not cell.stub else ()
        if not any(not_figures.match(c.text.strip()) for c in columns):
            yield cell, sentence


def _told(headings: Headings, cell: Cell) -> Iterator[_Told]:
    text = nfkc(cell.text).strip()
    match = NUMBER.match(text)
    rest = text[match.end() :].strip() if match else ""
    if match and (not rest or rest in units()):
        number = match[0]
        value = parse_number(number.lstrip("-－+"))
        unit = units()[rest].normal if rest else cell_unit(headings, headings.place(cell), cell)
        if value is not None:
            yield _Told(-value if number[0] in "-－" else value, number, unit, "")
        return
    found = find_quantities(cell.text)
    for quantity in found:
        if quantity.start <= 1 or len(found) == 1:
            yield _Told(quantity.value, quantity.number, quantity.unit, quantity.bound)


def _figure(headings: Headings, cell: Cell, sentence: Sentence, subjects: Subjects, told: _Told) -> Observation:
    place = headings.place(cell)
    label, qualifiers = _label(headings, place, told.unit, words())
    holder = place.rows[-1] if place.rows else cell
    return Observation(
        id="",
        indicator=label,
        concept=find_concept(label, told.unit),
        value=told.value,
        source_value=told.source,
        unit=told.unit,
        bound=told.bound,
        period=headings.period(place),
        subject=subjects.in_cell(holder.start, holder.end),
        qualifiers=tuple(dict.fromkeys((*qualifiers, *headings.narrowing(cell)))),
        part_of="",
        evidence=Evidence(headings.document.id, sentence.id, cell.start, cell.end),
    )


def _label(headings: Headings, place: Place, unit: str, rules: Words) -> tuple[str, tuple[str, ...]]:
    """Row headings, then column headings, without years, units and headings that only say 指标 or 数量.

    Where all of them say only a level or 合计, the caption's words stand before them; where none says what is
    measured and the caption does, its measure stands behind them.
    """
    rows = [headings.words_of(c.text) for c in place.rows]
    columns = [
        headings.words_of(c.text) for c in place.columns if not rules.table("count_heading").match(plain(c.text))
    ]
    qualifiers = ["其中"] if any(r.startswith("其中") for r in rows) else []
    rows = [_LISTED.sub("", re.sub("^其中[：:]?", "", r)) for r in rows]
    columns = [c for c in columns if c and not any(c in r for r in rows)]
    if rows and rules.measured.search(rows[-1]):
        columns = [c for c in columns if not rules.table("amount_heading").match(c)]
    # a level in a column of its own narrows the row and does not name it
    levels = [r for r in rows[1:] if rules.level.fullmatch(r)]
    named = [r for r in rows if r and r not in levels]
    caption = rules.table("caption_end").sub("", headings.words_of(without_unit(headings.table.caption)))
    bare = all(rules.level.fullmatch(r) or rules.table("total").match(r) for r in named)
    if bare and not (columns and len(named) > 1):
        told = "".join(columns)
        if not named and told:
            whole = joined(rules.table("caption_start").sub("", caption), told)
            return (told if find_concept(told, unit) else whole), tuple(dict.fromkeys(qualifiers))
        side = headings.side(place.rows[0]) if place.rows else ""
        named.insert(0, side or rules.table("caption_start").sub("", caption))
    elif not columns and len(named) == 1:
        named = [_whole_name(headings, place.rows[0], named[0], unit, caption, rules)]
    elif columns and len(named) == 1 and rules.table("measure_row").fullmatch(named[0]):
        columns, named = named, columns  # 人数 in the row, 正高 in the column
    elif len(columns) == 1 and named and rules.level.fullmatch(columns[0]):
        columns, named = [], [*named[:-1], columns[0] + named[-1]]  # 国家级 in the column: 国家级课程
    label = "·".join(_graded([n for n in named if n], rules)) + "".join(columns)
    qualifiers += [m[0] for m in rules.qualifiers.finditer(label)] + levels
    return label, tuple(dict.fromkeys(qualifiers))


def _graded(named: list[str], rules: Words) -> list[str]:
    """A grade below what it is a grade of is one name with it: 职称结构, 副高级: 副高级职称."""
    if len(named) < 2 or not rules.table("grade_row").fullmatch(named[-1]):
        return named
    graded = rules.table("graded").match(named[-2])
    return [*named[:-2], named[-1] + graded["what"]] if graded else named


def _whole_name(headings: Headings, row: Cell, name: str, unit: str, caption: str, rules: Words) -> str:
    """A row heading so that it can be read alone: a part with its total, who was asked with what was asked."""
    parent = headings.parent(row)
    above = headings.words_of(parent.text) if parent is not None else ""
    if parent is not None and above and above not in name:
        alike = headings.row_unit(parent) == headings.row_unit(row)
        return name if alike and find_concept(name, unit) else f"{above}·{name}"
    if rules.measured.search(name) or find_concept(name, unit):
        return name
    measured = rules.table("measured_caption").search(caption)
    if measured and unit == "%" and measured[0] not in name:
        return joined(name, measured[0])
    counted = without_unit(headings.table.caption) != headings.table.caption
    return f"{caption}·{name}" if counted and caption and caption not in name else name


def _stub_total(
    headings: Headings, cell: Cell, sentence: Sentence, subjects: Subjects, rules: Words
) -> Iterator[Observation]:
    """A group's heading that states its total in brackets: 国家级（26 项）."""
    document, table = headings.document, headings.table
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
        period=headings.period(Place((), (cell,))),
        subject=subjects.college,
        qualifiers=tuple(dict.fromkeys(m[0] for m in rules.qualifiers.finditer(label))),
        part_of="",
        evidence=Evidence(document.id, sentence.id, cell.start, cell.end),
    )
