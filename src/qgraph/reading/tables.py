"""Tables that were flattened into lines: rows, columns and headings are found again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from qgraph.ontology import read_patterns
from qgraph.reading.aligned import align
from qgraph.reading.labels import mark_labels
from qgraph.reading.lines import Block, GridCell, Stretch
from qgraph.reading.stream import align_stream
from qgraph.reading.words import Word, is_value, join_spaced, join_words, numbered

Row = list["Token"]

# Share of words with the same ending from which columns are believed.
_ALIKE = 0.6


@dataclass(frozen=True, slots=True)
class Token:
    """Words of one line that stand together. `value` is True for figures; `alone` if its line has no other
    token, `closes` if it is the last of its line."""

    text: str
    stretches: tuple[Stretch, ...]
    value: bool
    alone: bool = False
    closes: bool = False


def recover_grid(blocks: Sequence[Block]) -> tuple[GridCell, ...]:
    """Cells of the table whose lines are `blocks`, in reading order; empty for no lines."""
    lines = [row_words(block) for block in blocks]
    laid = align(numbered(lines, [block.text for block in blocks]))
    if (laid is None or laid.unsure) and any(word.value for line in lines for word in line):
        shut = frozenset(n for n, block in enumerate(blocks) if block.lines[-1].ends)
        streamed = align_stream(lines, shut)
        if streamed is not None and (laid is None or streamed.unsure < laid.unsure):
            laid = streamed
    if laid is not None:
        return mark_labels(laid.cells, laid.values, laid.twin)
    rows = _merge_brackets([tokens(block) for block in blocks])
    rows = [[replace(t, alone=len(row) == 1, closes=t is row[-1]) for t in row] for row in rows if row]
    if not rows:
        return ()
    regular = _regular(rows)
    cells = _plain_cells(regular) if regular else _grouped_cells(rows)
    return mark_labels(cells, _values(rows))


def tokens(block: Block) -> Row:
    """The words of a line; numbers stay with the unit or the noun that they count ("2024 年度")."""
    rules = read_patterns("layout")["table"]
    spans = [match.span() for match in re.finditer(r"\S+", block.text)]
    merged: list[tuple[int, int]] = []
    for a, b in spans:
        if merged:
            before = block.text[merged[-1][0] : merged[-1][1]]
            after = block.text[a:b]
            number_first = re.fullmatch(r"[\d.]+", before) and re.match(rules["after_number"], after)
            number_last = re.search(rules["before_number"], before) and after[0].isdigit()
            if number_first or number_last or len(re.findall("[（(]", before)) > len(re.findall("[）)]", before)):
                merged[-1] = (merged[-1][0], b)
                continue
        merged.append((a, b))
    out = []
    for a, b in merged:
        text = block.text[a:b]
        out.append(Token(text, slice_stretches(block, a, b), re.match(rules["value"], text) is not None))
    return out


def row_words(block: Block) -> list[Word]:
    """The words of a line that is a row; what is parted by a space only for the eye is put together."""
    return join_spaced(
        [
            Word(match[0], slice_stretches(block, *match.span()), is_value(match[0]))
            for match in re.finditer(r"\S+", block.text)
        ]
    )


def slice_stretches(block: Block, a: int, b: int) -> tuple[Stretch, ...]:
    """Stretches of the source under `block.text[a:b]`."""
    out: list[Stretch] = []
    at = 0
    for stretch in block.stretches:
        at += len(stretch.glue)
        low, high = max(a, at), min(b, at + stretch.length)
        if low < high:
            out.append(Stretch(stretch.origin + low - at, high - low, stretch.glue if out else ""))
        at += stretch.length
    return tuple(out)


def _merge_brackets(rows: list[Row]) -> list[Row]:
    """Lines that hold only a bracketed addition go to the cell above them ("国家级" + "（26 项）")."""
    out: list[Row] = []
    for row in rows:
        if len(row) == 1 and out and len(out[-1]) == 1 and re.match(r"[（(]", row[0].text) and not out[-1][0].value:
            out[-1] = [_join([out[-1][0], row[0]])]
        else:
            out.append(row)
    return out


def _join(parts: Sequence[Token]) -> Token:
    return Token(
        "".join(part.text for part in parts),
        tuple(stretch for part in parts for stretch in part.stretches),
        False,
        parts[-1].alone,
        parts[-1].closes,
    )


def _values(rows: Sequence[Row]) -> frozenset[tuple[Stretch, ...]]:
    return frozenset(token.stretches for row in rows for token in row if token.value)


def _regular(rows: list[Row]) -> list[Row] | None:
    """The rows if they all have the same number of cells, two at least."""
    width = len(rows[0])
    return rows if width >= 2 and len(rows) >= 2 and all(len(row) == width for row in rows) else None


def _plain_cells(rows: list[Row]) -> list[GridCell]:
    return [GridCell(token.stretches, r, c, header=r == 0) for r, row in enumerate(rows) for c, token in enumerate(row)]


@dataclass(frozen=True, slots=True)
class _Unit:
    """One row of a table with figures: the words before its figures, and the figures."""

    labels: tuple[Token, ...]
    values: tuple[Token, ...]


def _grouped_cells(rows: list[Row]) -> list[GridCell]:
    """Cells of a table whose rows are spread over several lines or share a label with rows above."""
    units = _units([token for row in rows for token in row])
    if not units:
        return _ragged_cells(rows)
    figures = len(units[0].values)
    if any(len(unit.values) != figures for unit in units):
        return _whole_lines(rows)
    head, labels = _split_head(units, figures)
    first = units[0].labels
    units[0] = _Unit(first[head:], units[0].values)
    wide = [[t.text for t in unit.labels] for unit in units if len(unit.labels) == labels]
    cells = [GridCell(token.stretches, 0, c, header=True) for c, token in enumerate(first[:head])]
    body: list[GridCell] = []
    above: dict[int, int] = {}
    for r, unit in enumerate(units, 1 if head else 0):
        words = _fit(list(unit.labels), labels, wide)
        shift = labels - len(words)
        span = 1
        if shift and _is_total(words[0].text if words else "") and _ends_groups(units, unit):
            span, shift = shift + 1, 0
        for column in range(shift):
            if column in above:
                cell = body[above[column]]
                body[above[column]] = replace(cell, row_span=r - cell.row + 1)
        for n, token in enumerate(words):
            column = shift + n + (span - 1 if n else 0)
            above[column] = len(body)
            body.append(GridCell(token.stretches, r, column, column_span=span if n == 0 else 1))
        for n, token in enumerate(unit.values):
            body.append(GridCell(token.stretches, r, labels + n))
    return cells + body


def _units(stream: list[Token]) -> list[_Unit]:
    units: list[_Unit] = []
    labels: list[Token] = []
    values: list[Token] = []
    for token in stream:
        if token.value:
            values.append(token)
            continue
        if values:
            units.append(_Unit(tuple(labels), tuple(values)))
            labels, values = [], []
        labels.append(token)
    if values:
        units.append(_Unit(tuple(labels), tuple(values)))
    elif labels and units:
        return []
    return units


def _split_head(units: list[_Unit], figures: int) -> tuple[int, int]:
    """How many tokens the heading row has, and how many columns of words the table has.

    A heading has one token a column, ends with a line, and leaves the first row no more words than the
    other rows have.
    """
    first = units[0].labels
    counts = [len(unit.labels) for unit in units[1:]]
    best: tuple[float, int, int] | None = None
    for head in range(1, len(first) + 1):
        labels = head - figures
        rest = len(first) - head
        if labels < 1 or (head < len(first) and not first[head - 1].closes) or rest == 0:
            continue
        over = sum(count > labels for count in [rest, *counts])
        exact = sum(count == labels for count in [rest, *counts])
        cost = over * 3 - exact + labels * 0.01
        if best is None or cost < best[0]:
            best = (cost, head, labels)
    if best is None or best[0] > len(units):
        return 0, max([len(first), *counts])
    return best[1], best[2]


def _fit(words: list[Token], labels: int, wide: list[list[str]]) -> list[Token]:
    """Words joined until they fit the columns: words alone on their lines first, and so that the others
    stand under their like."""
    while len(words) > max(labels, 1):
        options = []
        for i in range(len(words) - 1):
            joined = [*words[:i], _join(words[i : i + 2]), *words[i + 2 :]]
            likeness = sum(
                any(column < len(row) and row[column] == token.text for row in wide)
                for column, token in enumerate(joined)
            )
            options.append((likeness, words[i].alone and words[i + 1].alone, -i, joined))
        words = max(options, key=lambda option: option[:3])[3]
    return words


def _whole_lines(rows: list[Row]) -> list[GridCell]:
    """Every line as one cell: which figure stands under which heading cannot be told."""
    width = max(2, max(len(row) for row in rows))
    lines = ([Word(t.text, t.stretches, t.value) for t in row] for row in rows)
    return [GridCell(join_words(line).stretches, r, 0, column_span=width) for r, line in enumerate(lines)]


def _is_total(text: str) -> bool:
    return re.match(read_patterns("layout")["table"]["total"], text) is not None


def _ends_groups(units: list[_Unit], unit: _Unit) -> bool:
    return unit is units[-1] or len(unit.labels) == 1


def _ragged_cells(rows: list[Row]) -> list[GridCell]:
    """Cells of a table of words alone: line by line, or where every cell has its own line, in as many
    columns as make the words below each other most alike."""
    words = [row[0] for row in rows if len(row) == 1]
    if len(words) == len(rows) >= 6:
        width = max(range(2, 8), key=lambda n: (_likeness(words, n), -n))
        if _likeness(words, width) >= _ALIKE:
            return [GridCell(token.stretches, *divmod(n, width), header=n < width) for n, token in enumerate(words)]
    return [
        GridCell(token.stretches, r, c, header=r == 0 and len(row) > 1)
        for r, row in enumerate(rows)
        for c, token in enumerate(row)
    ]


def _likeness(words: Sequence[Token], columns: int) -> float:
    """How alike the words of each column are below the heading: the share that ends as most of it does,
    on the mean; 0 if the words do not fill the rows."""
    if len(words) % columns or len(words) < 3 * columns:
        return 0.0
    shares = []
    for column in range(columns):
        ends = Counter(token.text[-1] for token in words[columns + column :: columns])
        shares.append(max(ends.values()) / sum(ends.values()))
    return sum(shares) / columns
