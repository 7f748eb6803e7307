"""Made-up reports for tests of statements: sentences in which names are marked, [甲公司|Enterprise]."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from qgraph.extraction.statements import extract_statements
from qgraph.records import (
    Cell,
    Document,
    Entity,
    Evidence,
    Mention,
    Paragraph,
    Section,
    Sentence,
    Statement,
    Table,
)
from qgraph.text import sentence_spans

OWN = "云梦虚构职业学院"
_MARK = re.compile(r"\[([^\[\]|]+)\|([A-Za-z]+)(?:=([^\[\]]+))?\]")

Marked = tuple[str, list[tuple[int, int, str, str]]]


def unmark(text: str) -> Marked:
    """The text without marks, and each name's start, end, type and canonical name ([学校|College=甲学院])."""
    plain, names, position = "", [], 0
    for match in _MARK.finditer(text):
        plain += text[position : match.start()]
        names.append((len(plain), len(plain) + len(match[1]), match[2], match[3] or match[1]))
        plain += match[1]
        position = match.end()
    return plain + text[position:], names


def make_report(
    *paragraphs: str, case: bool = False, rows: Sequence[str] = (), heads: Sequence[str] = ()
) -> tuple[Document, list[Entity]]:
    """A report of one section with these paragraphs (of one case, if so) and one table; its entities.

    `heads` are the column headings, `rows` the rows with cells parted by |, in which ^ stands for a cell that
    goes on from the row above. 学校 in a mark means the report's college.
    """
    text, sentences, blocks, marks = "", [], [], []
    for paragraph in paragraphs:
        plain, names = unmark(paragraph)
        start = len(text)
        for a, b in sentence_spans(plain):
            sentences.append(
                _sentence(len(sentences), plain[a:b], start + a, "c1" if case else None, None, "text")
            )
        blocks.append(
            Paragraph(f"p{len(blocks)}", plain, start, start + len(plain), "s1", "c1" if case else None)
        )
        marks += [(start + a, start + b, kind, name) for a, b, kind, name in names]
        text += plain + "\n"
    tables: list[Table] = []
    if heads:
        text, table, lines, names = _table(text, heads, rows, len(sentences))
        tables, marks = [table], marks + names
        sentences += lines
    section = Section("s1", "1", "正文", "1", 1, "正文", 0, 0, len(text), None)
    document = Document(
        "r2023-test", "报告", OWN, 2023, "a.txt", "", text, (), (), (section,), tuple(blocks), tuple(tables), (), (),
        tuple(sentences),
    )  # fmt: skip
    return document, _entities(document, marks)


def _sentence(n: int, text: str, start: int, case: str | None, table: str | None, kind: str) -> Sentence:
    return Sentence(f"t{n}", text, start, start + len(text), "s1", case, table, kind)


def _table(
    text: str, heads: Sequence[str], rows: Sequence[str], first: int
) -> tuple[str, Table, list[Sentence], list[tuple[int, int, str, str]]]:
    start, cells, lines, marks = len(text), [], [], []
    spans: dict[int, int] = {}
    for r, row in enumerate(["|".join(heads), *rows]):
        line = len(text)
        # "|" parts cells, but also stands inside marks
        for c, cell in enumerate(re.split(r"\|(?![A-Za-z]+(?:=[^\[\]]+)?\])", row)):
            if cell == "^":
                old = cells[spans[c]]
                cells[spans[c]] = Cell(
                    old.text, old.start, old.end, old.row, old.column, old.row_span + 1, 1, old.header
                )
                continue
            plain, names = unmark(cell)
            if len(text) > line:
                text += "\t"
            marks += [(len(text) + a, len(text) + b, kind, name) for a, b, kind, name in names]
            spans[c] = len(cells)
            cells.append(Cell(plain, len(text), len(text) + len(plain), r, c, 1, 1, r == 0))
            text += plain
        lines.append(_sentence(first + r, text[line:], line, None, "tb1", "row"))
        text += "\n"
    table = Table(
        "tb1",
        "表1",
        "",
        "",
        text[start:],
        start,
        len(text),
        "s1",
        None,
        1 + len(rows),
        len(heads),
        tuple(cells),
    )
    return text, table, lines, marks


def _entities(document: Document, marks: Sequence[tuple[int, int, str, str]]) -> list[Entity]:
    found: dict[tuple[str, str], list[Mention]] = {("College", OWN): []}
    for start, end, kind, name in marks:
        key = (kind, OWN if name in ("学校", "学院", "我校") and kind == "College" else name)
        sentence = document.sentence_at(start)
        if sentence is None:
            raise ValueError(document.text[start:end])
        evidence = Evidence(document.id, sentence.id, start, end)
        found.setdefault(key, []).append(Mention(document.text[start:end], evidence, "test"))
    return [
        Entity(f"{kind}/{name}", kind, name, (), tuple(mentions)) for (kind, name), mentions in found.items()
    ]


def said(
    *paragraphs: str, case: bool = False, rows: Sequence[str] = (), heads: Sequence[str] = ()
) -> list[str]:
    """The statements of a made-up report as "甲 predicate 乙 grade=金奖", own college as 校, sorted."""
    document, entities = make_report(*paragraphs, case=case, rows=rows, heads=heads)
    return sorted({worded(s, entities) for s in extract_statements(document, entities)})


def worded(statement: Statement, entities: Sequence[Entity]) -> str:
    """One statement in words, its own college as 校."""
    names = {e.id: "校" if e.name == OWN else e.name for e in entities}
    qualifiers = "".join(f" {k}={v}" for k, v in statement.qualifiers.items())
    return f"{names[statement.subject]} {statement.predicate} {names[statement.object]}{qualifiers}"


def in_order(document: Document) -> bool:
    """Whether the sentences of a made-up report follow each other."""
    return all(a.end <= b.start for a, b in pairwise(document.sentences))
