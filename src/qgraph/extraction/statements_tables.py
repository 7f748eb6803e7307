"""Tables whose columns say what belongs together: groups and their majors, industry colleges and their partners."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from qgraph.extraction.coordination import Named, names_by_sentence
from qgraph.extraction.name_patterns import types_of
from qgraph.extraction.statements_rules import Raw, triples
from qgraph.ontology import read_patterns
from qgraph.records import Cell, Document, Entity, Sentence, Table


class Rows:
    """The rows of a table: cells by column, with those that span several rows in each of them."""

    def __init__(self, document: Document, table: Table, names: Mapping[str, Sequence[Named]]) -> None:
        self.document = document
        self.table = table
        self.names = names
        self.heads = {c.column: c.text for c in table.cells if c.header}

    def column(self, words: str, *, but: Sequence[int] = ()) -> int | None:
        """The first column whose heading fits, apart from some."""
        fitting = (c for c, text in sorted(self.heads.items()) if c not in but and re.search(words, text))
        return next(fitting, None)

    def __iter__(self) -> Iterator[tuple[Sentence, dict[int, Cell]]]:
        """Each row below the headings with its sentence."""
        for row in range(self.table.rows):
            cells = {c.column: c for c in self.table.cells if not c.header and c.row <= row < c.row + c.row_span}
            here = [c.start for c in cells.values() if c.row == row]
            sentence = self.document.sentence_at(min(here)) if here else None
            if sentence is not None:
                yield sentence, cells

    def entities(self, cell: Cell | None, types: frozenset[str]) -> list[str]:
        """Entities of these types that a cell names."""
        sentence = self.document.sentence_at(cell.start) if cell else None
        if cell is None or sentence is None:
            return []
        start, end = cell.start - sentence.start, cell.end - sentence.start
        inside = (n for n in self.names.get(sentence.id, ()) if start <= n.start and n.end <= end)
        return list(dict.fromkeys(n.entity for n in inside if n.type in types))


def read_tables(document: Document, entities: Sequence[Entity], own: str) -> Iterator[tuple[Sentence, Raw]]:
    """Statements of all tables that fit an entry of [[columns]]."""
    starts = {s.id: s.start for s in document.sentences}
    names = names_by_sentence(entities, starts)
    for table in document.tables:
        rows = Rows(document, table, names)
        for rule in read_patterns("statements")["columns"]:
            yield from _read(rows, rule, own)


def _read(rows: Rows, rule: Mapping[str, Any], own: str) -> Iterator[tuple[Sentence, Raw]]:
    x = rows.column(rule["x"])
    y = rows.column(rule["y"], but=() if x is None else (x,))
    if x is None or y is None:
        return
    y_types = types_of(rule["y_types"]) if rule["y_types"] else frozenset()
    for sentence, cells in rows:
        first = rows.entities(cells.get(x), types_of(rule["x_types"]))
        second = rows.entities(cells.get(y), y_types) if y_types else [""]
        for who in ({"own": own, "x": a, "y": b} for a in first for b in second):
            for subject, predicate, target in triples(rule["make"]):
                if who[subject] and who[target] and who[subject] != who[target]:
                    raw = Raw(who[subject], predicate, who[target], 0, len(sentence.text), {}, "table")
                    yield sentence, raw
