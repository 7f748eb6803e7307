"""The heading of a flattened table: one line or several, and groups over more than one column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from qgraph.ontology import read_patterns
from qgraph.reading.lines import GridCell
from qgraph.reading.words import RowWords, Word, join_words


@dataclass(frozen=True, slots=True)
class Header:
    """Lines of headings, each as words with the column at which they begin. `serial` says that the first
    column counts the rows."""

    lines: tuple[tuple[tuple[int, Word], ...], ...]
    serial: bool

    @property
    def rows(self) -> int:
        """How many lines it has."""
        return len(self.lines)

    def cells(self) -> list[GridCell]:
        """Its cells; a heading with nothing below it goes down to the last line."""
        out = []
        for r, line in enumerate(self.lines):
            below = {column for later in self.lines[r + 1 :] for column, _ in later}
            for column, word in line:
                covered = any(column <= c < column + word.span for c in below)
                out.append(
                    GridCell(
                        word.stretches,
                        r,
                        column,
                        row_span=1 if covered else self.rows - r,
                        column_span=word.span,
                        header=True,
                    )
                )
        return out


def find_header(lines: Sequence[RowWords], values: Sequence[bool], serial: bool) -> Header | None:
    """The heading that names every column once; None where the lines do not tell one surely."""
    unit = re.compile(read_patterns("layout")["caption"]["unit"])
    kept = [line for line in lines if not unit.match(line.text)]
    width = len(values)
    if not kept:
        return None
    if len(kept) == 1 and len(kept[0].words) == width:
        return _single(kept[0].words, serial)
    if len(kept) == 2:
        return _grouped(kept[0].words, kept[1].words, values, serial) or _run_on(kept, width, serial)
    return _run_on(kept, width, serial)


def _single(words: Sequence[Word], serial: bool) -> Header:
    return Header((tuple(enumerate(words)),), serial)


def _run_on(lines: Sequence[RowWords], width: int, serial: bool) -> Header | None:
    """A heading that was broken over lines, one after the other."""
    words = [word for line in lines for word in line.words]
    if len(words) == width and not any(word.text[:1] in "（(" for word in words):
        return _single(words, serial)
    return None


def _grouped(upper: Sequence[Word], lower: Sequence[Word], values: Sequence[bool], serial: bool) -> Header | None:
    """Headings over groups of columns: 项目 2023 年 2024 年 / 人数 占比 人数 占比.

    Which columns a group covers is sure where the lower headings repeat from group to group, or where the groups
    are equal and all lower headings differ.
    """
    first = list(values).index(True)
    figures = len(values) - first
    if not all(values[first:]):
        return None
    if len(lower) == figures and all(word.text[:1] in "（(" for word in lower) and len(upper) == len(values):
        joined = [join_words([a, b], glue="") for a, b in zip(upper[first:], lower, strict=True)]
        return _single([*upper[:first], *joined], serial)
    groups = len(upper) - first
    if len(lower) != figures or groups < 1 or figures % groups:
        return None
    each = figures // groups
    names = [word.text for word in lower]
    repeated = all(names[k : k + each] == names[:each] for k in range(0, figures, each))
    if each < 2 or not (repeated or len(set(names)) == figures) or (groups > 1 and not repeated and each != 2):
        return None
    top = [(n, word) for n, word in enumerate(upper[:first])]
    top += [(first + n * each, replace(word, span=each)) for n, word in enumerate(upper[first:])]
    return Header((tuple(top), tuple((first + n, word) for n, word in enumerate(lower))), serial)
