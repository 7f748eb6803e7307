"""Prizes and honours in tables, told by what the columns are headed, not by the number of the table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from qgraph.extraction.award_words import grade_regex, level_of, number, year_of
from qgraph.extraction.coordination import names_by_sentence
from qgraph.extraction.statements_rules import Raw
from qgraph.extraction.statements_tables import Rows
from qgraph.ontology import read_patterns
from qgraph.records import Cell, Document, Entity, Sentence
from qgraph.text import parse_number

_PRIZES = frozenset({"Competition", "Award"})
_WINNERS = frozenset({"Person", "Team", "Department"})
_GIVERS = frozenset({"GovernmentBody", "Association", "College", "Enterprise", "Media"})


def read_award_tables(document: Document, entities: Sequence[Entity], own: str) -> Iterator[tuple[Sentence, Raw]]:
    """Prizes of all tables: a column for each grade, or a column of grades, or a column of honours."""
    starts = {s.id: s.start for s in document.sentences}
    names = names_by_sentence(entities, starts)
    for table in document.tables:
        rows = Rows(document, table, names)
        rules = read_patterns("statements")["tables"]
        what = rows.column(rules["competition"])
        if what is None:
            what = rows.column(rules["award"])
        if what is not None:
            for sentence, cells in rows:
                yield from _row(rows, rules, what, sentence, cells, own)


def _row(
    rows: Rows, rules: Mapping[str, Any], what: int, sentence: Sentence, cells: Mapping[int, Cell], own: str
) -> Iterator[tuple[Sentence, Raw]]:
    stub = cells.get(what)
    prizes = rows.entities(stub, _PRIZES)
    if stub is None or len(prizes) != 1:
        return
    base = _base(rows, rules, cells, stub.text)
    winner = rows.column(rules["winner"])
    winners = rows.entities(cells.get(winner), _WINNERS) if winner is not None else []
    for qualifiers in _prizes(rows, rules, cells):
        for subject in winners or [own]:
            raw = Raw(subject, "wins", prizes[0], 0, len(sentence.text), {**base, **qualifiers}, "table")
            if subject:
                yield sentence, raw
    giver = rows.column(rules["giver"])
    for body in rows.entities(cells.get(giver), _GIVERS) if giver is not None else ():
        yield sentence, Raw(prizes[0], "issuedBy", body, 0, len(sentence.text), {}, "table")


def _base(rows: Rows, rules: Mapping[str, Any], cells: Mapping[int, Cell], name: str) -> dict[str, str]:
    """Level and year of a row, from their columns, else from the name."""
    level = re.sub(r"[（(].*", "", _text(cells, rows.column(rules["level"]))).strip() or level_of(name)
    year = year_of(name, "") or year_of(_text(cells, rows.column(rules["year"])), "")
    return {**({"level": level} if level else {}), **({"year": year} if year else {})}


def _text(cells: Mapping[int, Cell], column: int | None) -> str:
    return cells[column].text if column is not None and column in cells else ""


def _prizes(rows: Rows, rules: Mapping[str, Any], cells: Mapping[int, Cell]) -> Iterator[dict[str, str]]:
    """Grade and count of each prize of a row."""
    regex = grade_regex()
    graded = {c: m[0] for c, text in sorted(rows.heads.items()) if (m := regex.match(text.strip()))}
    if graded:
        for column, grade in graded.items():
            value = parse_number(cells[column].text.strip()) if column in cells else None
            if value:
                yield {"grade": grade, "count": str(int(value))}
        return
    grade_column, count_column = rows.column(rules["grade"]), rows.column(rules["count"])
    count = number(_text(cells, count_column).strip())
    printed = regex.search(_text(cells, grade_column))
    if grade_column is not None and printed is None:
        return
    if count_column is not None and count in ("", "0"):
        return
    yield {**({"grade": printed[0]} if printed else {}), **({"count": count} if count else {})}
