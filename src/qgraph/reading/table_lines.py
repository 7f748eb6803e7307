"""Tables whose every row stands on a line of its own: label, unit and figures, as in the Ministry's indicator tables.

Columns are known by the heading, rows by their figures, which stand side by side: `序号 指标 单位 2023年 2024年` over
`1 毕业生人数 人 4108 4287`. A label may be broken over lines, and a heading may be printed again on the next page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from qgraph.ontology import read_patterns
from qgraph.reading.lines import GridCell
from qgraph.reading.tokens import Row, Token, join_tokens


@dataclass(frozen=True, slots=True)
class _Columns:
    """The columns of a table: `labels` of words at the left (running numbers and units among them), `figures` beside
    them, `tail` of words at the right; whether the first counts the rows and the last of the labels tells units."""

    labels: int
    figures: int
    tail: int
    counted: bool
    united: bool


def line_grid(rows: Sequence[Row]) -> list[GridCell] | None:
    """The cells of such a table, the heading first; None where the lines are not of this form."""
    shapes = Counter(shape for row in rows if (shape := _shape(row)) is not None)
    if not shapes:
        return None
    (figures, tail), often = shapes.most_common(1)[0]
    if often < sum(shapes.values()):
        return None  # rows of several widths: cells are missing, and nobody can say which
    head = next(i for i, row in enumerate(rows) if _shape(row) is not None)
    rules = read_patterns("layout")["table"]
    above = next((i for i, row in enumerate(rows[:head]) if re.match(rules["counting_heading"], row[0].text)), 0)
    heading = [token for row in rows[above:head] for token in row]
    columns = _columns(heading, figures, tail)
    if columns is None:
        return None
    # what stands above the heading (名称：…) names no column
    cells = [GridCell(row[0].stretches, n, 0, header=True) for n, row in enumerate(rows[:above])]
    cells += [GridCell(token.stretches, above, n, header=True) for n, token in enumerate(heading)]
    printed = [token.text for token in heading]
    waiting: list[Token] = []
    number = above
    label: int | None = None
    for row in rows[head:]:
        if _shape(row) is None:
            if [token.text for token in row] != printed:
                waiting += row
            continue
        number += 1
        if waiting and (row[0].value or re.match(rules["part"], row[0].text)):
            # a row that has no figures itself, only its parts have (毕业生满意度 over 其中：应届毕业生满意度)
            cells += _bare_row(waiting, columns, number)
            label, waiting, number = None, [], number + 1
        inside = _row([*waiting, *row], columns, number)
        if inside is None:
            return None
        named = next((n for n, c in enumerate(inside) if c.column == int(columns.counted)), None)
        if named is not None and inside[named].column < columns.labels - int(columns.united):
            label = len(cells) + named
        elif label is not None:
            # a second unit of the same thing (教学计划内课程总数 门, 学时)
            cells[label] = replace(cells[label], row_span=number - cells[label].row + 1)
        cells += inside
        waiting = []
    return None if waiting else cells


def _shape(row: Row) -> tuple[int, int] | None:
    """How many figures stand side by side after the first words of a line, and how many words after them; None for a
    line without figures after words."""
    words = next((n for n, token in enumerate(row) if not token.value), None)
    if words is None:
        return None
    start = next((n for n in range(words, len(row)) if row[n].value), None)
    if start is None:
        return None
    end = next((n for n in range(start, len(row)) if not row[n].value), len(row))
    if any(token.value for token in row[end:]):
        return None
    return end - start, len(row) - end


def _columns(heading: Sequence[Token], figures: int, tail: int) -> _Columns | None:
    rules = read_patterns("layout")["table"]
    labels = len(heading) - figures - tail
    if labels < 1:
        return None
    counted = re.match(rules["counting_heading"], heading[0].text) is not None
    united = labels > 1 and re.match(rules["unit_heading"], heading[labels - 1].text) is not None
    if not (counted or united):
        return None  # other tables may share labels between rows
    return _Columns(labels, figures, tail, counted, united)


def _bare_row(tokens: Sequence[Token], columns: _Columns, number: int) -> list[GridCell]:
    """The cells of a row of words: its number, if it has one, and its label."""
    counts = columns.counted and tokens[0].value
    cells = [GridCell(tokens[0].stretches, number, 0)] if counts else []
    words = tokens[1:] if counts else tokens
    return [*cells, GridCell(join_tokens(words).stretches, number, int(columns.counted))] if words else cells


def _row(tokens: list[Token], columns: _Columns, number: int) -> list[GridCell] | None:
    """The cells of one row, or None where its words do not fit the columns."""
    end = len(tokens) - columns.tail
    start = end - columns.figures
    words, values, tail = tokens[:start], tokens[start:end], tokens[end:]
    cells = []
    first, last = 0, columns.labels
    if columns.counted:
        if words and words[0].value:
            cells.append(GridCell(words[0].stretches, number, 0))
            words = words[1:]
        first = 1
    unit: Token | None = None
    if columns.united:
        last -= 1
        unit, words = words[-1], words[:-1]
        if not words and number > 1 and not cells:
            first = last
    if len(words) < last - first or any(token.value for token in words):
        return None
    # what is more than the columns hold is a label that was broken over lines
    surplus = len(words) - (last - first) + 1
    if last > first:
        words = [join_tokens(words[:surplus]) if surplus > 1 else words[0], *words[surplus:]]
    cells += [GridCell(token.stretches, number, first + n) for n, token in enumerate(words)]
    if unit is not None:
        cells.append(GridCell(unit.stretches, number, last))
    return cells + [GridCell(token.stretches, number, columns.labels + n) for n, token in enumerate([*values, *tail])]
