"""Tables that were flattened into lines: rows, columns and headings are found again."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qgraph.reading.aligned import align
from qgraph.reading.labels import mark_labels
from qgraph.reading.laid import Laid, lay_whole
from qgraph.reading.lines import Block, GridCell, Stretch
from qgraph.reading.stream import align_stream
from qgraph.reading.word_tables import lay_ragged, lay_regular
from qgraph.reading.words import Word, is_value, join_spaced, join_years, numbered


def recover_grid(blocks: Sequence[Block]) -> tuple[GridCell, ...]:
    """Cells of the table whose lines are `blocks`, in reading order; empty for no lines."""
    if not blocks:
        return ()
    lines = join_years([row_words(block) for block in blocks])
    laid = align(numbered(lines, [block.text for block in blocks]))
    if laid is None or laid.unsure:
        # Behind these lines the file says that a cell ends.
        shut = frozenset(n for n, block in enumerate(blocks) if block.lines[-1].ends)
        laid = _surer(laid, _lay(lines, shut))
    return mark_labels(laid.cells, laid.values, laid.twin)


def _lay(lines: Sequence[Sequence[Word]], shut: frozenset[int]) -> Laid:
    """The table where its lines are not rows."""
    figures = any(word.value for line in lines for word in line)
    laid = None if figures else lay_regular(lines)
    return laid or align_stream(lines, shut) or (lay_whole(lines) if figures else lay_ragged(lines))


def _surer(first: Laid | None, second: Laid) -> Laid:
    """Of two readings of a table the one that leaves fewer rows unaligned."""
    return second if first is None or second.unsure < first.unsure else first


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
