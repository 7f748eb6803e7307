"""One report file, of whatever format, → Document."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from qgraph.errors import ReportError
from qgraph.reading.assemble import Frame, assemble
from qgraph.reading.attach import attach_sources, find_title, gather_tables, split_figures
from qgraph.reading.cases import end_cases
from qgraph.reading.extents import mark_tables
from qgraph.reading.furniture import strip_furniture
from qgraph.reading.grammar import classify, opening_kind
from qgraph.reading.identity import find_college, find_year, most_named_year, report_id
from qgraph.reading.lines import PageMark, Source
from qgraph.reading.markdown import read_markdown
from qgraph.reading.outline import name_paths
from qgraph.reading.pdf import read_pdf
from qgraph.reading.plain import read_plain
from qgraph.reading.word import read_word
from qgraph.reading.wraps import join_lines
from qgraph.records import Document

READERS: dict[str, Callable[[Path], Source]] = {
    ".docx": read_word,
    ".markdown": read_markdown,
    ".md": read_markdown,
    ".pdf": read_pdf,
    ".text": read_plain,
    ".txt": read_plain,
}


SUFFIXES = tuple(sorted(READERS))


def read_source(path: Path) -> Source:
    """The file as text and lines. Raises ReportError."""
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        known = "、".join(sorted(READERS))
        raise ReportError(
            f"不支持的文件格式：{path.name}。可以读取的格式有 {known}。", log=f"unknown suffix {path.suffix!r}"
        )
    if not path.is_file():
        raise ReportError(f"找不到文件 {path.name}。", log=f"no such file: {path}")
    return reader(path)


def source_text(path: Path) -> str:
    """The text that `Document.runs` and `Document.origin` count in."""
    return read_source(path).text


def read_report(path: Path) -> Document:
    """Read one report. Raises ReportError with a message in Chinese if it cannot be read."""
    path = Path(path)
    source = read_source(path)
    lines, marks = strip_furniture(source)
    if not lines:
        raise ReportError(f"文件 {path.name} 里没有可以读取的文字。", log=f"{path.name}: no text")
    marked = mark_tables(lines)
    blocks = classify(split_figures(join_lines(marked, [opening_kind(line) for line in marked])))
    blocks = attach_sources(gather_tables(blocks, source.text))
    blocks, title, cover = find_title(blocks, path.stem)
    blocks, warnings = name_paths(blocks)
    return assemble(_frame(path, source, marks, title, cover, warnings), end_cases(blocks))


def _frame(
    path: Path, source: Source, marks: tuple[PageMark, ...], title: str, cover: list[str], warnings: list[str]
) -> Frame:
    """What is known of the report as a whole; what could not be found becomes a warning."""
    warnings = [*source.warnings, *warnings]
    college = find_college([title, *cover], source.text, path.stem)
    year = find_year([title, *cover, path.stem]) or most_named_year(source.text)
    if not college:
        warnings.append("没有找到学校名称，请检查报告标题。")
    if year is None:
        warnings.append("没有找到报告年度，请检查报告标题。")
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    return Frame(
        report_id(year or 0, college, title),
        title,
        college,
        year or 0,
        path.name,
        sha256,
        source.text,
        marks,
        tuple(warnings),
    )
