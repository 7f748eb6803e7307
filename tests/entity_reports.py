"""A made-up report around the sentences of a test, and the names that are found in it."""

from __future__ import annotations

from pathlib import Path

from qgraph.extraction.entities import extract_entities
from qgraph.language import parse
from qgraph.reading import read_report
from qgraph.records import Document, Entity, ReviewItem
from qgraph.text import fold

HEAD = "云岭市星湖职业技术学院高等职业教育质量年度报告（2031年度）\n\n1.人才培养\n\n"


def entities_of(folder: Path, body: str) -> tuple[Document, tuple[Entity, ...], tuple[ReviewItem, ...]]:
    """Reads a made-up report with the given paragraphs and extracts its entities."""
    path = folder / "report.txt"
    path.write_text(HEAD + body + "\n", encoding="utf-8")
    document = read_report(path)
    return (document, *extract_entities(document, parse(document)))


def names(entities: tuple[Entity, ...], type_: str) -> set[str]:
    """The folded names of all entities of a type."""
    return {fold(n) for e in entities if e.type == type_ for n in (e.name, *e.aliases)}
