"""Which lines belong to flattened tables: they look like headings, lists and prose, and are none of it.

A table is known by its caption, or without one by a heading with serial numbers (序号) or by rows that all have the
same words and figures. Its lines go on to what is no row: prose, the source line, a heading, the next caption.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qgraph.ontology import read_patterns
from qgraph.reading.grammar import is_caption, opening_kind
from qgraph.reading.lines import Line, columns
from qgraph.reading.words import is_value, is_year, serial_number, unit_like
from qgraph.reading.wraps import first_word, margin

# Lines in which a broken label must reach its figures, and in which prose that begins must reach its first full stop.
_REACH, _PROSE_REACH = 4, 8
# Serial numbers that may be missing between two rows; lines over which a heading with serial numbers may be broken.
_SKIPPED, _HEADING = 3, 16
# Share of the width of the text from which a line is taken to go from edge to edge; columns that a text is wide at
# least.
_FULL, _NARROW = 0.85, 40


def mark_tables(lines: Sequence[Line]) -> list[Line]:
    """The lines with those of flattened tables as kind "row"."""
    return _Marker(lines).run()


class _Marker:
    """Goes through the lines of a report."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._width = margin(lines)
        rules = read_patterns("layout")
        self._table = rules["table"]
        self._caption = rules["caption"]
        self._above = re.compile(f"{rules['caption']['unit']}|{rules['caption']['filled']}")

    def run(self) -> list[Line]:
        """All lines, marked."""
        out = list(self._lines)
        i = 0
        while i < len(out):
            first = self._below_caption(i)
            rows = self._rows(first, i) if first is not None else self._uncaptioned(i)
            for k in rows:
                out[k] = replace(out[k], kind="row")
            i = max(rows, default=i) + 1
        return out

    def _below_caption(self, i: int) -> int | None:
        """Index of the first line below the caption that begins with line `i`; None where none does."""
        line = self._lines[i]
        bare = re.match(self._caption["bare"], line.text) is not None and opening_kind(line) in ("", "table")
        if line.grid or line.kind or not (is_caption(line.text, "table") or (bare and "表" in line.text)):
            return None
        if self._begins_prose(i):
            return None
        i += 1
        if i < len(self._lines) and (bare or self._goes_on(line, self._lines[i])):
            i += 1
        while i < len(self._lines) and self._above.match(self._lines[i].text):
            i += 1
        return i

    def _goes_on(self, caption: Line, below: Line) -> bool:
        """Whether a caption goes on in the line below it."""
        if caption.ends is not None or not self._width or " " in below.text or opening_kind(below):
            return caption.ends is False
        return columns(caption.text) + columns(first_word(below.text)) > self._width

    def _rows(self, first: int, caption: int) -> list[int]:
        """Indices of the rows below a caption."""
        rows: list[int] = []
        expected = 1
        headed = False
        for k in range(first, len(self._lines)):
            line = self._lines[k]
            if self._repeats_caption(k, caption) or (rows and self._above.match(line.text)):
                continue
            headed = headed or self._is_serial_heading(k)
            number = self._serial(k, expected) if headed else None
            figures = max(map(self._figures, rows), default=0)
            if number is not None and figures and not self._figures(k) and not self._reaches(k, number + 1):
                number = None
            if number is None and not self._may_be_row(k, figures):
                break
            expected = number + 1 if number is not None else expected
            rows.append(k)
        return rows

    def _uncaptioned(self, i: int) -> list[int]:
        """Indices of the lines of a table without caption that begins with line `i`."""
        start = self._first_number(i) if self._is_serial_heading(i) else None
        if start is None:
            return []
        rows = list(range(i, start))
        expected = 1
        for k in range(start, len(self._lines)):
            number = self._serial(k, expected)
            again = self._lines[k].text == self._lines[i].text or self._repeats_caption(k, i)
            if number is not None:
                expected = number + 1
            elif not again and not self._plain_row(k) and not self._reaches(k, expected) and not self._tail(k):
                break
            if not self._repeats_caption(k, i):
                rows.append(k)
        figures = any(is_value(word) for k in rows for word in self._lines[k].text.split()[1:])
        return rows if figures else []

    # ------------------------------------------------------------------------------------- what a line can be

    def _is_words(self, k: int) -> bool:
        """Whether a line holds nothing that a row never does."""
        line = self._lines[k]
        short = len(line.text) <= self._table["longest_line"]
        return not line.grid and not line.kind and short and not re.search(self._table["prose"], line.text)

    def _may_be_row(self, k: int, figures: int) -> bool:
        """Whether a line below a caption can be a row, or a part of one; a row has up to so many figures."""
        if not self._is_words(k) or self._begins_prose(k):
            return False
        kind = opening_kind(self._lines[k])
        if kind != "item" or self._figures(k):
            return kind in ("", "item")
        below = k + 1 < len(self._lines) and self._is_words(k + 1) and not self._begins_prose(k + 1)
        return below and (is_value(self._lines[k + 1].text) or 0 < self._figures(k + 1) == figures)

    def _begins_prose(self, k: int) -> bool:
        """Whether a line begins a paragraph: it goes from edge to edge, as the next ones do up to a full stop."""
        line = self._lines[k]
        words = line.text.split()
        if self._width < _NARROW or line.grid or line.kind or is_value(words[-1]):
            return False
        if len(words) > 1 and not re.search("[，、“《]", line.text):
            return False
        for below in self._lines[k : k + _PROSE_REACH]:
            if below.grid or below.kind:
                return False
            if re.search(self._table["prose"], below.text):
                return below is not line
            if columns(below.text) + below.indent < _FULL * self._width:
                return False
        return False

    def _figures(self, k: int) -> int:
        """How many figures stand behind the first word of a line."""
        return sum(map(is_value, self._lines[k].text.split()[1:]))

    def _serial(self, k: int, expected: int) -> int | None:
        """The serial number with which a line begins; None where it has none that may come next."""
        words = self._lines[k].text.split()
        number = serial_number(words[0])
        follows = number is not None and expected <= number < expected + _SKIPPED
        if not follows or not self._is_words(k) or (len(words) > 1 and is_value(words[1]) and number != 1):
            return None
        return number

    def _plain_row(self, k: int) -> bool:
        """Whether a line is a row without number that has its figures, or a cell with one of them."""
        told = self._figures(k) > 0 or is_value(self._lines[k].text)
        return told and self._is_words(k) and opening_kind(self._lines[k]) in ("", "item")

    def _reaches(self, k: int, expected: int) -> bool:
        """Whether a line without figures begins a label whose figures stand a few lines below."""
        for n in range(k, min(k + _REACH, len(self._lines))):
            if not self._is_words(n) or self._begins_prose(n):
                return False
            if n > k and (self._plain_row(n) or self._serial(n, expected) is not None):
                return True
            if opening_kind(self._lines[n]) and (n > k or self._serial(n, expected - 1) is None):
                return False
        return False

    def _tail(self, k: int) -> bool:
        """Whether a line is the end of a label whose beginning stands above its figures."""
        words = self._lines[k - 1].text.split()
        words = words[1:] if serial_number(words[0]) is not None else words
        names = [word for word in words if not is_value(word)]
        bare = self._figures(k - 1) > 0 and (not names or (len(names) == 1 and unit_like(names[0])))
        return bare and self._is_words(k) and not opening_kind(self._lines[k])

    # ------------------------------------------------------------------------------------- headings

    def _is_serial_heading(self, k: int) -> bool:
        """Whether a heading begins with line `k` that has a column of serial numbers, be it broken over lines."""
        words = self._lines[k].text.split()
        heading = self._table["serial_heading"]
        if self._lines[k].grid or self._lines[k].kind or not re.fullmatch(heading, words[0]):
            return False
        return len(words) >= 3 or self._first_number(k) is not None

    def _first_number(self, k: int) -> int | None:
        """Index of the line with serial number 1 below the heading that begins with line `k`."""
        words = 0
        for n in range(k, min(k + _HEADING, len(self._lines))):
            parts = self._lines[n].text.split()
            if n > k and serial_number(parts[0]) == 1:
                return n if words >= 3 else None
            if not self._is_words(n) or any(is_value(part) and not is_year(part) for part in parts):
                return None
            words += len(parts)
        return None

    def _repeats_caption(self, k: int, first: int) -> bool:
        """Whether a line is the caption of the table again, above its rows on the next page."""
        text = self._lines[k].text
        if not re.match(self._caption["table"], text):
            return re.match(self._caption["bare"], text) is not None and text.startswith("续")
        marked = re.match(self._caption["continued"], text) or re.search(self._caption["continued"], text)
        return (
            marked is not None
            or text == self._lines[first].text
            or any(line.text == self._lines[first].text for line in self._lines[k + 1 : k + 3])
        )
