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
        return single_heading(kept[0].words, serial)
    if len(kept) == 2:
        return group_headings(kept[0].words, kept[1].words, values, serial) or _run_on(kept, width, serial)
    return _run_on(kept, width, serial)


def single_heading(words: Sequence[Word], serial: bool) -> Header:
    """A heading of one line, with a word for each column."""
    return Header((tuple(enumerate(words)),), serial)


def _run_on(lines: Sequence[RowWords], width: int, serial: bool) -> Header | None:
    """A heading that was broken over lines, one after the other."""
    words = [word for line in lines for word in line.words]
    if len(words) == width and not any(word.text[:1] in "（(" for word in words):
        return single_heading(words, serial)
    return None


def group_headings(upper: Sequence[Word], lower: Sequence[Word], values: Sequence[bool], serial: bool) -> Header | None:
    """Headings over groups of columns: 项目 2023 年 2024 年 / 人数 占比 人数 占比.

    Which columns a group covers is sure where the lower headings repeat from group to group, or where the groups
    are equal and all lower headings differ. Beside groups that repeat, a column may stand alone (增长率).
    """
    if True not in values:
        return None
    first, behind = list(values).index(True), list(reversed(values)).index(True)
    figures = len(values) - first - behind
    if not all(values[first : first + figures]):
        return None
    if len(lower) == figures and all(word.text[:1] in "（(" for word in lower) and len(upper) == len(values):
        joined = [join_words([a, b], glue="") for a, b in zip(upper[first:], lower, strict=False)]
        return single_heading([*upper[:first], *joined, *upper[first + figures :]], serial)
    over, alone = upper[first : len(upper) - behind], figures - len(lower)
    groups = len(over) - alone
    if alone < 0 or groups < 1 or len(lower) % groups:
        return None
    each = len(lower) // groups
    names = [word.text for word in lower]
    repeated = groups > 1 and all(names[k : k + each] == names[:each] for k in range(0, len(names), each))
    differ = len(set(names)) == len(names) and (groups == 1 or each == 2)
    begin = _where_alike(over, groups) if alone else 0
    if each < 2 or begin is None or not (repeated or (differ and not alone)):
        return None
    top, bottom, column = list(enumerate(upper[:first])), list[tuple[int, Word]](), first
    for n, word in enumerate(over):
        span = each if begin <= n < begin + groups else 1
        top.append((column, replace(word, span=span)))
        if span > 1:
            bottom += [(column + k, lower[len(bottom) + k]) for k in range(each)]
        column += span
    top += [(column + n, word) for n, word in enumerate(upper[len(upper) - behind :] if behind else ())]
    return Header((tuple(top), tuple(bottom)), serial)


def _where_alike(words: Sequence[Word], count: int) -> int | None:
    """Where the only run of so many words begins that differ in nothing but their numbers."""
    bare = [re.sub(r"\d", "", word.text) for word in words]
    found = [n for n in range(len(words) - count + 1) if len(set(bare[n : n + count])) == 1]
    return found[0] if len(found) == 1 and count > 1 else None
