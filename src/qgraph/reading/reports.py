"""One report file, of whatever format, → Document."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from qgraph.errors import ReportError
from qgraph.ontology import read_patterns
from qgraph.reading.assemble import Assembler, Frame
from qgraph.reading.furniture import strip_furniture
from qgraph.reading.grammar import classify, opening_kind
from qgraph.reading.identity import find_college, find_year, report_id
from qgraph.reading.lines import Block, PageMark, Source
from qgraph.reading.outline import name_paths
from qgraph.reading.markdown import read_markdown
from qgraph.reading.pdf import read_pdf
from qgraph.reading.plain import read_plain
from qgraph.reading.tables import is_row, recover_grid
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
    blocks = classify(join_lines(lines, [opening_kind(line) for line in lines]))
    blocks = gather_tables(blocks)
    blocks, title, cover = find_title(blocks, path)
    blocks, warnings = name_paths(blocks)
    return Assembler(_frame(path, source, marks, title, cover, warnings)).assemble(blocks)


def gather_tables(blocks: Sequence[Block]) -> list[Block]:
    """Blocks with the lines of each flattened table replaced by one block of kind "grid"."""
    out: list[Block] = []
    i = 0
    while i < len(blocks):
        out.append(blocks[i])
        i += 1
        if out[-1].kind != "table":
            continue
        rows = []
        while i < len(blocks) and blocks[i].kind == "text" and is_row(blocks[i]):
            rows.append(blocks[i])
            i += 1
        if rows:
            text = "\n".join(row.text for row in rows)
            lines = tuple(line for row in rows for line in row.lines)
            out.append(Block("grid", text, (), lines, grid=recover_grid(rows)))
    return out


def find_title(blocks: list[Block], path: Path) -> tuple[list[Block], str, list[str]]:
    """Blocks with the lines of the cover marked as title; the report's title; the lines of the cover."""
    rules = read_patterns("layout")["identity"]
    cover: list[int] = []
    for i, block in enumerate(blocks[:12]):
        if block.kind not in ("text", "marked") or len(block.text) > rules["title_longest"] or "。" in block.text:
            if block.kind == "heading" and i == 0 and re.search(rules["title"], block.text):
                cover.append(i)
                continue
            break
        cover.append(i)
    named = [i for i in cover if re.search(rules["title"], blocks[i].text)]
    if not named:
        cover = []
        title = path.stem
    else:
        cover = [i for i in cover if i <= named[-1] + 3]
        title = "".join(re.sub(r"\s+", " ", blocks[i].text) for i in cover if _in_title(blocks[i].text, rules, named, i))
    out = [replace(b, kind="title") if i in cover else b for i, b in enumerate(blocks)]
    return out, title, [blocks[i].text for i in cover]


def _in_title(text: str, rules: dict[str, str], named: list[int], index: int) -> bool:
    """Whether a line of the cover is part of the title: it names the report, or the college above it, or
    the year in brackets below it."""
    if index in named:
        return True
    if index < named[0]:
        return re.search(rules["college"], text) is not None
    return re.match(r"[（(]?\s*20\d\d", text) is not None and index == named[-1] + 1


def _frame(
    path: Path, source: Source, marks: tuple[PageMark, ...], title: str, cover: list[str], warnings: list[str]
) -> Frame:
    warnings = [*source.warnings, *warnings]
    college = find_college([title, *cover], source.text, path.stem)
    year = find_year([title, *cover, path.stem, source.text])
    if not college:
        warnings.append("没有找到学校名称，请检查报告标题。")
    if year is None:
        warnings.append("没有找到报告年度，请检查报告标题。")
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    return Frame(
        report_id(year or 0, college, title), title, college, year or 0, path.name, sha256, source.text, marks,
        tuple(warnings),
    )
