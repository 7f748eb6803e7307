"""Entities in table cells, by the heading of their column."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from qgraph.extraction.candidates import Candidate, tidy
from qgraph.extraction.entities_majors import codes_of
from qgraph.extraction.entities_persons import is_chinese_name
from qgraph.ontology import read_lexicon, read_patterns
from qgraph.records import Document, Table

_SUM = re.compile(r"^(?:小计|合计|总计|共计|合 ?计|其他|其它|无|—|-|/|序号|\d[\d.,%‰ ]*)$")
_CONTEST = re.compile(r"赛(?:（[^（）]*）)?(?:总决赛|选拔赛|比赛|决赛)?(?:[\u4e00-\u9fff]{0,6}赛区比赛)?$")
_CONTEST_WORDS = re.compile(r"赛|杯|展演|运动会|马拉松|奥林匹克")
_LEAST = 2


@dataclass(frozen=True, slots=True)
class _Column:
    heading: re.Pattern[str]
    type: str


@lru_cache(maxsize=1)
def _columns() -> tuple[_Column, ...]:
    return tuple(_Column(re.compile(c["heading"]), c["type"]) for c in read_patterns("entities")["column"])


@lru_cache(maxsize=1)
def _countries() -> frozenset[str]:
    return frozenset(row["name"] for row in read_lexicon("countries"))


def find_in_tables(document: Document) -> Iterator[Candidate]:
    """Cells of columns whose heading says what they name."""
    for table in document.tables:
        for column, type_ in sorted(_typed_columns(table).items()):
            for cell in table.cells:
                if cell.header or cell.column != column or _SUM.match(cell.text.strip()) or len(cell.text) < _LEAST:
                    continue
                found = _typed(cell.text, type_)
                if found:
                    yield _candidate(cell.start, cell.end, found, cell.text)


def _typed_columns(table: Table) -> dict[int, str]:
    """Type of each column that its heading gives one."""
    headings: dict[int, str] = {}
    for cell in table.cells:
        if cell.header:
            headings[cell.column] = headings.get(cell.column, "") + tidy(cell.text)
    found = {}
    for column, heading in headings.items():
        match = next((c.type for c in _columns() if c.heading.search(heading)), None)
        if match:
            found[column] = match
    return found


def _typed(text: str, type_: str) -> str:
    name = tidy(text)
    if type_ == "Award" and _CONTEST.search(name):
        return "Competition"
    if type_ == "Competition" and not _CONTEST_WORDS.search(name):
        return "Project"
    if type_ == "Person" and not is_chinese_name(name):
        return ""
    if type_ == "Country" and name not in _countries():
        return ""
    return type_


def _candidate(start: int, end: int, type_: str, text: str) -> Candidate:
    name = tidy(text)
    others = (name + "专业",) if type_ == "Major" and not name.endswith("群") else ()
    codes = tuple(codes_of(name)) if type_ == "Major" else ()
    return Candidate(start, end, type_, name, "table", 5, others, codes)
