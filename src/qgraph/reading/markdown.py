"""Markdown: headings, pipe tables, quotes and soft-wrapped paragraphs as lines; marks are left out."""

from __future__ import annotations

import re
from pathlib import Path

from qgraph.reading.labels import label_grid
from qgraph.reading.lines import GridCell, Line, Source, Stretch
from qgraph.reading.plain import decode

_HEADING = re.compile(r"^\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_RULE = re.compile(r"^\s*([-*_=])(?:\s*\1){2,}\s*$")
_QUOTE = re.compile(r"^\s{0,3}(?:>\s?)+")
_BULLET = re.compile(r"^\s*[-*+]\s+")
_ITEM = re.compile(r"^\s*\d+[.、)]\s")
_ROW = re.compile(r"^\s*\|.*\|\s*$|^[^|]+(\|[^|]+)+$")
_ROW_RULE = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?\s*$")
# What is not shown: emphasis marks, code marks, link targets, image marks, HTML tags and comments.
_MARKUP = re.compile(
    r"\*\*|__|`+|!\[|\]\([^)]*\)|\[(?=[^\]]*\]\()|<!--.*?-->|</?[A-Za-z][^>]*>"
    r"|\\(?=[\\`*_{}\[\]()#+.!|-])|\*(?=\S)|(?<=\S)\*"
)


def read_markdown(path: Path) -> Source:
    """The lines of a Markdown file. Raises ReportError."""
    return markdown_source(decode(path.read_bytes(), path.name))


def markdown_source(text: str) -> Source:
    """Lines of a Markdown text; offsets count in the text with its marks."""
    rows = [(match[0], match.start()) for match in re.finditer(r"[^\r\n]+|(?<=\n)(?=\r?\n)", text)]
    lines: list[Line] = []
    gap = 0
    i = _after_front_matter(rows)
    while i < len(rows):
        row, at = rows[i]
        if not _QUOTE.sub("", row).strip() or _RULE.match(row):
            gap, i = gap + 1, i + 1
            continue
        if _ROW.match(row) and i + 1 < len(rows) and _ROW_RULE.match(rows[i + 1][0]):
            end = i + 2
            while end < len(rows) and _ROW.match(rows[end][0]):
                end += 1
            lines.append(_table(text, [rows[i], *rows[i + 2 : end]], gap))
            gap, i = 0, end
            continue
        following = rows[i + 1][0] if i + 1 < len(rows) else ""
        line = _line(text, row, at, gap, following)
        if line:
            lines.append(line)
            gap = 0
        i += 1
    return Source(text, tuple(lines))


def _after_front_matter(rows: list[tuple[str, int]]) -> int:
    """Index of the first row after a block of settings between "---" lines at the top."""
    if rows and rows[0][0].strip() == "---":
        for i, (row, _) in enumerate(rows[1:40], 1):
            if row.strip() == "---":
                return i + 1
    return 0


def _line(text: str, row: str, at: int, gap: int, following: str) -> Line | None:
    kind, level, start = "", 0, 0
    heading, quote = _HEADING.match(row), _QUOTE.match(row)
    end = len(row)
    if heading:
        kind, level, start, end = "heading", len(heading[1]), heading.start(2), heading.end(2)
    elif quote:
        kind, start = "box", quote.end()
    bullet = None if heading else _BULLET.match(row[start:])
    if bullet:
        start += bullet.end()
    elif not kind and _ITEM.match(row):
        kind = "item"
    parts = visible(text, at + start, at + end)
    words = "".join(part.glue + text[part.origin : part.origin + part.length] for part in parts)
    if not words:
        return None
    goes_on = (
        not heading
        and not row.endswith("  ")
        and _QUOTE.sub("", following).strip() != ""
        and not _HEADING.match(following)
        and not _BULLET.match(following)
        and not _RULE.match(following)
        and not _ITEM.match(following)
        and bool(quote) == bool(_QUOTE.match(following))
        and not _ROW.match(following)
    )
    return Line(words, parts[0].origin, gap, 0, not goes_on, kind=kind, level=level, parts=parts)


def visible(text: str, start: int, end: int) -> tuple[Stretch, ...]:
    """Stretches of `text[start:end]` that a reader sees, without marks and outer white space."""
    parts: list[Stretch] = []
    at = start
    for match in _MARKUP.finditer(text, start, end):
        if match.start() > at:
            parts.append(Stretch(at, match.start() - at))
        at = match.end()
    if end > at:
        parts.append(Stretch(at, end - at))
    return trim(text, parts)


def trim(text: str, parts: list[Stretch]) -> tuple[Stretch, ...]:
    """The stretches without white space at either end of the whole."""
    parts = list(parts)
    while parts:
        first = parts[0]
        words = text[first.origin : first.origin + first.length]
        lead = len(words) - len(words.lstrip())
        if lead < len(words):
            parts[0] = Stretch(first.origin + lead, first.length - lead)
            break
        parts.pop(0)
    while parts:
        last = parts[-1]
        words = text[last.origin : last.origin + last.length]
        if words.rstrip():
            parts[-1] = Stretch(last.origin, len(words.rstrip()), last.glue)
            break
        parts.pop()
    return tuple(parts)


def _table(text: str, rows: list[tuple[str, int]], gap: int) -> Line:
    """One line that holds a whole pipe table."""
    cells = []
    for r, (row, at) in enumerate(rows):
        inner = re.search(r"^\s*\|?(.*?)\|?\s*$", row)
        start, body = (at + inner.start(1), inner[1]) if inner else (at, row)
        found = [m for m in re.finditer(r"(?:\\\||[^|])*(?:\||$)", body) if m.start() < len(body) or not body]
        for column, match in enumerate(found):
            stop = match.end() - (1 if match[0].endswith("|") else 0)
            parts = visible(text, start + match.start(), start + stop)
            cells.append(GridCell(parts, r, column, header=r == 0))
    return Line("\t", rows[0][1], gap, 0, True, kind="grid", grid=label_grid(text, cells))
