"""The columns of a flattened table, and a line laid into them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from qgraph.ontology import read_patterns
from qgraph.reading.words import RowWords, Word, join_words, looks_empty, unit_like, with_units


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table: which hold figures, which the serial number and which the units (None: none), and
    the words that stand in each."""

    values: tuple[bool, ...]
    serial: bool
    unit: int | None
    words: tuple[frozenset[str], ...]

    @property
    def labels(self) -> int:
        """How many columns stand before the first figure, the serial number left out."""
        return self.values.index(True) - self.serial


def one_each(line: RowWords, columns: Columns) -> dict[int, Word] | None:
    """The words by column where the line has one for each, of the kind that the column has."""
    words = list(line.words)
    if columns.serial and line.serial is None:
        words = [Word("", (), False), *words]
    if len(words) == len(columns.values):
        fit = all(
            word.value == value or looks_empty(word.text) or not word.text
            for word, value in zip(words, columns.values, strict=True)
        )
        unit_fits = columns.unit is None or not words[columns.unit].value or looks_empty(words[columns.unit].text)
        return {c: word for c, word in enumerate(words) if word.text} if fit and unit_fits else None
    joined = with_units(words) if columns.unit is None else words
    if len(joined) < len(words) and len(joined) == len(columns.values):
        return one_each(replace(line, words=tuple(joined)), columns)
    return _by_runs(words, columns)


def _by_runs(words: list[Word], columns: Columns) -> dict[int, Word] | None:
    """Aligned by the turns from words to figures, where the words of a single column hold spaces."""
    start = 1 if columns.serial else 0
    ours = _runs([word.value for word in words[start:]])
    theirs = _runs(list(columns.values[start:]))
    if len(ours) != len(theirs) or [value for value, _ in ours] != [value for value, _ in theirs]:
        return None
    cells = {0: words[0]} if start and words[0].text else {}
    at, column = start, start
    for (value, have), (_, want) in zip(ours, theirs, strict=True):
        run = words[at : at + have]
        if have != want:
            fitted = None if value else _fitted(run, want, columns, column)
            if fitted is None:
                return None
            run = fitted
        cells.update({column + n: word for n, word in enumerate(run)})
        at, column = at + have, column + want
    return cells


def _fitted(run: list[Word], want: int, columns: Columns, column: int) -> list[Word] | None:
    """Words joined so that they fill `want` columns: only where it is plain which belong together."""
    unit = columns.unit is not None and column <= columns.unit < column + want
    if len(run) < want:
        return None
    if want == 1:
        return [join_words(run)]
    tail = run[len(run) - want + 1 :]
    if all(word.text in columns.words[column + n] for n, word in enumerate(tail, 1)):
        # What other rows have in these columns (省级) is a cell of its own.
        return [join_words(run[: -len(tail)]), *tail]
    if unit and want == 2 and columns.unit == column + 1 and unit_like(run[-1].text):
        return [join_words(run[:-1]), run[-1]]
    return None


def is_twin(headings: Sequence[str], values: Sequence[bool]) -> bool:
    """Whether two tables stand side by side: the second half has the columns of the first, and like headings."""
    half = len(values) // 2
    if len(headings) != len(values) or half < 2 or 2 * half != len(values):
        return False
    if list(values[:half]) != list(values[half:]) or values[0] or True not in values[:half]:
        return False
    alike = int(read_patterns("layout")["table"]["twin_heading"])
    return any(a[-alike:] == b[-alike:] for a, b in zip(headings[:half], headings[half:], strict=True))


def _runs(kinds: Sequence[bool]) -> list[tuple[bool, int]]:
    out: list[tuple[bool, int]] = []
    for kind in kinds:
        if out and out[-1][0] == kind:
            out[-1] = (kind, out[-1][1] + 1)
        else:
            out.append((kind, 1))
    return out
