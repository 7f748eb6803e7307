"""Answers in tables: the cell whose column heading says what is asked for, and the cell that names a row."""

from __future__ import annotations

import re

from qgraph.answering.ground import Line
from qgraph.answering.question import Question
from qgraph.answering.roads import Span
from qgraph.knowledge import Knowledge
from qgraph.records import Cell, Table
from qgraph.text import bigrams, fold, parse_number

_ASKED = 0.5  # share of a heading's words that the question must hold


def column_spans(question: Question, knowledge: Knowledge, line: Line) -> list[Span]:
    """The cell of a table's row under the heading that the question asks for (哪个产业 → 对接的区域产业).

    None where the line is no row, or where no heading is asked for more than the others.
    """
    found = row_of(knowledge, line)
    if found is None:
        return []
    table, row = found
    asked = fold(question.text)
    names = [c for c in row if c.text and parse_number(c.text) is None and fold(c.text) not in asked]
    headings = [(c, set(bigrams(_heading(table, c.column)))) for c in names]
    scored = sorted(
        ((len(words & question.weights.keys()) / len(words), c) for c, words in headings if words), key=lambda s: -s[0]
    )
    suiting = [c for c in names if question.ending and re.search(rf"(?:{question.ending})$", c.text)]
    if scored and scored[0][0] >= _ASKED and (len(scored) == 1 or scored[1][0] < scored[0][0]):
        cell = scored[0][1]
    elif len(suiting) == 1 and len(names) < len(row):
        cell = suiting[0]  # the only one that is called as what is asked for (哪个二级学院)
    else:
        return []
    start = cell.start - line.sentence.start
    return [Span(cell.text, start, start + len(cell.text))]


def row_name(knowledge: Knowledge, line: Line) -> str:
    """What a row of a table is about: its first cell that is no number; "" for other lines."""
    found = row_of(knowledge, line)
    if found is None:
        return ""
    return next((c.text for c in found[1] if c.text and parse_number(c.text) is None), "")


def row_of(knowledge: Knowledge, line: Line) -> tuple[Table, list[Cell]] | None:
    """The table of a line and the cells of its row, from left to right, with those that reach into it from above."""
    sentence = line.sentence
    if sentence.table is None or sentence.kind != "row":
        return None
    table = knowledge.document(line.report).table_by_id[sentence.table]
    own = next((c for c in table.cells if not c.header and sentence.start <= c.start < sentence.end), None)
    if own is None:
        return None
    cells = [c for c in table.cells if not c.header and c.row <= own.row < c.row + c.row_span]
    return table, sorted(cells, key=lambda c: c.column)


def _heading(table: Table, column: int) -> str:
    spans = (c for c in table.cells if c.header and c.column <= column < c.column + c.column_span)
    return " ".join(c.text for c in sorted(spans, key=lambda c: c.row))
