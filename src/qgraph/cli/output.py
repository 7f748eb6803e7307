"""How the command line shows things: tables and citations for people, JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

from qgraph.jsonable import to_jsonable
from qgraph.records import Citation

console = Console(highlight=False, soft_wrap=True)
errors = Console(stderr=True, highlight=False, soft_wrap=True)


def show_json(value: Any) -> None:
    """Prints a record as indented JSON, Chinese left readable, and nothing else."""
    print(json.dumps(to_jsonable(value), ensure_ascii=False, indent=2))


def show_table(headers: Sequence[str], rows: Iterable[Sequence[object]], *, title: str = "") -> None:
    """Prints rows as a table."""
    table = Table(*headers, title=title or None, title_justify="left")
    for row in rows:
        table.add_row(*("" if cell is None else str(cell) for cell in row))
    console.print(table)


def source_line(citation: Citation) -> str:
    """One line that says where a citation stands: college, year, place, page."""
    page = f"第{citation.page}页" if citation.page else ""
    parts = [f"{citation.college} {citation.year}年度报告", citation.place, citation.section_title, page]
    return " · ".join(dict.fromkeys(p for p in parts if p))


def show_citations(citations: Sequence[Citation]) -> None:
    """Prints numbered sources with their sentences."""
    for citation in citations:
        console.print(f"  [{citation.number}] {citation.text}", markup=False)
        console.print(f"      —— {source_line(citation)}", markup=False, style="dim")
