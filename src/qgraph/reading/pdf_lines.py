"""Characters of a PDF page with their places, and the lines that they stand in."""

from __future__ import annotations

import ctypes
import unicodedata
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median_high, median_low
from typing import Any

import pypdfium2.raw as pdfium


@dataclass(frozen=True, slots=True)
class Char:
    """A printed character; the box is in points from the lower left corner of the page."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    font: str = ""

    @property
    def x(self) -> float:
        """Middle from left to right."""
        return (self.x0 + self.x1) / 2

    @property
    def y(self) -> float:
        """Middle from bottom to top."""
        return (self.y0 + self.y1) / 2


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line of print, without white space around it."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    font: str = ""


def page_chars(page: Any) -> list[Char]:
    """Characters of a page in the order of its content; spaces are among them."""
    textpage = page.get_textpage()
    raw = textpage.raw
    box = pdfium.FS_RECTF()
    chars: list[Char] = []
    high = 0
    for i in range(textpage.count_chars()):
        code = pdfium.FPDFText_GetUnicode(raw, i)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000 and high:
            code, high = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00), 0
        if code in (0, 10, 13) or pdfium.FPDFText_IsGenerated(raw, i) == 1:
            continue
        text = chr(code)
        if unicodedata.category(text) in ("Cc", "Cn", "Co", "Cs", "Cf"):
            continue
        # The loose box has the height of the line and the advance of the character, whatever its ink.
        pdfium.FPDFText_GetLooseCharBox(raw, i, ctypes.byref(box))
        size = float(pdfium.FPDFText_GetFontSize(raw, i))
        font = _font(raw, i)
        chars.append(Char(_plain(text), box.left, box.bottom, box.right, box.top, size, font))
    textpage.close()
    return _loosen(chars)


def _font(raw: Any, index: int) -> str:
    """Name of a character's font without the tag of an embedded subset ("ABCDEF+")."""
    buffer = ctypes.create_string_buffer(96)
    flags = ctypes.c_int()
    length = pdfium.FPDFText_GetFontInfo(raw, index, buffer, 96, ctypes.byref(flags))
    name = buffer.raw[: max(0, min(length, 96) - 1)].decode("utf-8", "replace")
    return name.rpartition("+")[2]


def _plain(text: str) -> str:
    """Radicals and compatibility forms that PDF fonts give for plain characters ("⼀" for "一")."""
    if 0x2E80 <= ord(text) <= 0x2FDF or 0xF900 <= ord(text) <= 0xFAFF:
        return unicodedata.normalize("NFKC", text)
    return " " if text.isspace() else text


def _loosen(chars: list[Char]) -> list[Char]:
    """Characters with a size; some producers give a font size of 1 and scale the page."""
    out = []
    for c in chars:
        height = c.y1 - c.y0
        size = c.size if c.size >= 4 else max(height * 1.15, 4.0)
        out.append(replace(c, size=size))
    return out


def page_lines(chars: list[Char]) -> list[PageLine]:
    """Lines from top to bottom. Characters whose middles lie at nearly the same height share a line."""
    rows: list[list[Char]] = []
    levels: list[float] = []
    for c in sorted((c for c in chars if not c.text.isspace()), key=lambda c: (-c.y, c.x0)):
        for k in range(len(rows) - 1, max(-1, len(rows) - 4), -1):
            if abs(levels[k] - c.y) <= 0.45 * c.size:
                rows[k].append(c)
                break
        else:
            rows.append([c])
            levels.append(c.y)
    spaces = [c for c in chars if c.text.isspace()]
    return [_line(row, spaces) for row in rows]


def _line(row: list[Char], spaces: list[Char]) -> PageLine:
    row.sort(key=lambda c: c.x0)
    size = sorted(c.size for c in row)[len(row) // 2]
    # Characters of another font stand off the line of the others: the middle ones tell its height.
    top, bottom = median_high(c.y1 for c in row), median_low(c.y0 for c in row)
    gaps = [after.x0 - before.x1 for before, after in pairwise(row)]
    # Justified lines have all their characters a little apart; a space is what exceeds that.
    usual = max(0.0, median_low(gaps)) if gaps else 0.0
    text = row[0].text
    for gap, before, after in zip(gaps, row, row[1:], strict=False):
        printed = gap > 0.05 * size and any(
            before.x1 - 0.1 * size <= s.x <= after.x0 + 0.1 * size and bottom - size <= s.y <= top + size
            for s in spaces
        )
        # Word processors set Han and Latin a little apart where no space was written.
        limit = 0.2 if before.text.isascii() == after.text.isascii() else 0.6
        text += (" " if printed or gap - usual > limit * size else "") + after.text
    font = Counter(c.font for c in row).most_common(1)[0][0]
    return PageLine(text, row[0].x0, max(c.x1 for c in row), top, bottom, size, font)
