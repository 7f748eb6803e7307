"""Lines that are rows of a table with serial numbers: they look like headings and lists, and are neither.

The Ministry's tables begin with a column 序号. Their lines are known by the heading line and by the numbers that
count up below it; rows that are a part of another (其中) have none, and long labels go over several lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qgraph.ontology import read_patterns
from qgraph.reading.grammar import opening_kind
from qgraph.reading.lines import Line
from qgraph.reading.words import is_value, unit_like

# Lines in which a broken label must reach its figures.
_REACH = 4
# Serial numbers that may be missing between two rows.
_SKIPPED = 3


def mark_rows(lines: Sequence[Line]) -> list[Line]:
    """The lines with those of tables with serial numbers as kind "row"."""
    out = list(lines)
    i = 0
    while i < len(lines):
        if not _is_heading(lines[i]):
            i += 1
            continue
        rows = _rows_below(lines, i)
        for k in (i, *rows) if rows else ():
            out[k] = replace(lines[k], kind="row")
        i = max(rows, default=i) + 1
    return out


def _is_heading(line: Line) -> bool:
    """Whether a line heads a table with serial numbers: 序号 指标 单位 …"""
    words = line.text.split()
    heading = read_patterns("layout")["table"]["serial_heading"]
    return not line.grid and not line.kind and len(words) >= 3 and re.fullmatch(heading, words[0]) is not None


def _rows_below(lines: Sequence[Line], heading: int) -> list[int]:
    """Indices of the rows below a heading line."""
    rows: list[int] = []
    expected = 1
    i = heading + 1
    while i < len(lines):
        line = lines[i]
        if line.grid or line.kind:
            break
        number = _serial(line.text)
        if line.text == lines[heading].text or _repeats_caption(lines, i, heading):
            pass
        elif number is not None and expected <= number < expected + _SKIPPED:
            expected = number + 1
            rows.append(i)
        elif _plain_row(line) or _reaches(lines, i, expected) or (rows and _tail(lines, i)):
            rows.append(i)
        else:
            break
        if line.text == lines[heading].text:
            rows.append(i)
        i += 1
    return rows if any(_figures(lines[k].text) for k in rows) else []


def _serial(text: str) -> int | None:
    match = re.match(read_patterns("layout")["table"]["serial"] + r"(?:\s|$)", text)
    return int(match["number"]) if match else None


def _figures(text: str) -> int:
    """How many figures a line ends with, the words of a last column left out."""
    words = text.split()[1:]
    return sum(is_value(word) for word in words)


def _words_only(line: Line) -> bool:
    rules = read_patterns("layout")["table"]
    return not re.search(rules["prose"], line.text) and len(line.text) <= rules["longest_line"]


def _plain_row(line: Line) -> bool:
    """A row without a number that has its figures."""
    return _words_only(line) and _figures(line.text) > 0 and opening_kind(line) in ("", "item")


def _reaches(lines: Sequence[Line], i: int, expected: int) -> bool:
    """Whether a line without figures begins a label whose figures stand a few lines below."""
    for k in range(i, min(i + _REACH, len(lines))):
        line = lines[k]
        if line.grid or line.kind or not _words_only(line):
            return False
        number = _serial(line.text)
        if k > i and (_plain_row(line) or (number is not None and expected <= number < expected + _SKIPPED)):
            return True
        if opening_kind(line):
            return False
    return False


def _tail(lines: Sequence[Line], i: int) -> bool:
    """Whether a line is the end of a label whose beginning stands above its figures."""
    words = lines[i - 1].text.split()
    words = words[1:] if _serial(lines[i - 1].text) is not None else words
    names = [word for word in words if not is_value(word)]
    bare = _figures(lines[i - 1].text) > 0 and (not names or (len(names) == 1 and unit_like(names[0])))
    return bare and _words_only(lines[i]) and not opening_kind(lines[i])


def _repeats_caption(lines: Sequence[Line], i: int, heading: int) -> bool:
    """Whether a line is the caption of the table again, above its heading on the next page."""
    again = any(line.text == lines[heading].text for line in lines[i + 1 : i + 3])
    return again and re.match(read_patterns("layout")["caption"]["table"], lines[i].text) is not None
