"""Plain text: decoding, lines with their offsets, and what trailing white space tells."""

from __future__ import annotations

import re
from pathlib import Path

from qgraph.errors import ReportError
from qgraph.reading.lines import Line, Source, columns

_LINE = re.compile(r"([^\r\n\f\v]*)(\r\n|[\r\n\f\v]|\Z)")
_ENCODINGS = ("utf-8-sig", "gb18030")


def decode(data: bytes, name: str) -> str:
    """Text of a file in UTF-8 (with or without BOM), UTF-16 with BOM, or GB 18030. Raises ReportError."""
    if not data.strip():
        raise ReportError(f"文件 {name} 是空的，没有可以读取的内容。", log=f"{name}: empty file")
    encodings = ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else _ENCODINGS
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise ReportError(
        f"文件 {name} 的文字编码无法识别，请另存为 UTF-8 编码的文本后重试。", log=f"{name}: no known encoding"
    )


def read_plain(path: Path) -> Source:
    """The lines of a text file. Raises ReportError."""
    return plain_source(decode(path.read_bytes(), path.name))


def plain_source(text: str) -> Source:
    """Lines of a plain text; form feeds start pages."""
    rows: list[tuple[str, int]] = []
    pages: list[int] = []
    for match in _LINE.finditer(text):
        rows.append((match[1], match.start()))
        if match[2] == "\f":
            if not pages:
                pages.append(0)
            pages.append(match.end())
        if match.end() == len(text):
            break
    ends = paragraph_ends([row for row, _ in rows])
    lines: list[Line] = []
    gap = 0
    for (row, origin), end in zip(rows, ends, strict=True):
        words = row.strip()
        if not words:
            gap += 1
            continue
        lead = row[: len(row) - len(row.lstrip())]
        lines.append(Line(words, origin + len(lead), gap, columns(lead), end))
        gap = 0
    return Source(text, tuple(lines), tuple(pages))


def paragraph_ends(rows: list[str]) -> list[bool | None]:
    """Whether each line closes its paragraph, where trailing white space says so.

    Word processors leave the paragraph mark as white space at the end of a paragraph's last line. The
    white space counts as such a mark when lines without it are nearly all filled to the margin.
    """
    filled = [row for row in rows if row.strip()]
    marked = [row for row in filled if row != row.rstrip()]
    bare = [row for row in filled if row == row.rstrip()]
    unknown: list[bool | None] = [None] * len(rows)
    if len(marked) < 3 or len(bare) < 5 or not 0.02 <= len(marked) / len(filled) <= 0.8:
        return unknown
    widths = sorted(columns(row.strip()) for row in bare)
    margin = widths[len(widths) // 2]
    if sum(width >= 0.8 * margin for width in widths) < 0.9 * len(widths):
        return unknown
    return [(row != row.rstrip()) if row.strip() else None for row in rows]
