"""Blocks that belong together: rows of flattened tables, tables over page breaks, source lines, titles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qgraph.ontology import read_patterns
from qgraph.reading.labels import grid_text, label_grid
from qgraph.reading.lines import Block, GridCell
from qgraph.reading.tables import recover_grid, slice_stretches
from qgraph.text import fold


def gather_tables(blocks: Sequence[Block], source: str) -> list[Block]:
    """Blocks with the lines of each flattened table replaced by one block of kind "grid", and a table that
    a page break cut put together again."""
    rules = read_patterns("layout")["caption"]
    out: list[Block] = []
    i = 0
    while i < len(blocks):
        block = blocks[i]
        i += 1
        if block.kind == "grid" and out and out[-1].kind == "grid":
            joined = _continue(out[-1].grid, block.grid, source)
            if joined:
                out[-1] = replace(out[-1], grid=joined)
                continue
        if block.kind == "table" and block.text.startswith("续") and out and out[-1].kind in ("grid", "source"):
            # The caption that a cut table repeats on the next page.
            continue
        if block.kind == "text" and block.lines[0].kind == "row":
            # A table with serial numbers that has no caption of its own.
            i, grid = _flattened(blocks, i - 1, None)
            out.append(grid or block)
            continue
        out.append(block)
        if block.kind != "table":
            continue
        while i < len(blocks) and re.match(f"{rules['unit']}|{rules['filled']}", blocks[i].text):
            out[-1] = _with_line(out[-1], blocks[i], titled=bool(re.match(rules["unit"], blocks[i].text)))
            i += 1
        i, grid = _flattened(blocks, i, block)
        out.extend([grid] if grid else [])
    return out


def _flattened(blocks: Sequence[Block], i: int, caption: Block | None) -> tuple[int, Block | None]:
    """The flattened table whose rows begin with block `i`, and the index of the first block behind it."""
    rows: list[Block] = []
    while i < len(blocks):
        if blocks[i].kind == "text" and blocks[i].lines[0].kind == "row":
            rows.append(blocks[i])
        elif not rows or caption is None or not _repeats(caption, blocks[i]):
            break
        i += 1
    if not rows:
        return i, None
    text = "\n".join(row.text for row in rows)
    lines = tuple(line for row in rows for line in row.lines)
    return i, Block("grid", text, (), lines, grid=recover_grid(rows))


def _repeats(caption: Block, block: Block) -> bool:
    """Whether a block is the caption of a table again, above the rows that stand on the next page."""
    rules = read_patterns("layout")["caption"]
    if re.match(rules["bare"], block.text):
        return fold(block.text) == "续" + fold(caption.number)
    if block.kind != "table":
        return False
    pattern = rules["continued"]
    marked = re.match(pattern, block.text) or re.search(pattern, block.text)
    same = fold(block.number).removeprefix("续") == fold(caption.number)
    return same and (marked is not None or fold(block.title) == fold(caption.title))


def _with_line(caption: Block, below: Block, *, titled: bool) -> Block:
    """The caption with a line below it; the unit of the whole table is part of its title."""
    first, *rest = below.stretches
    return replace(
        caption,
        text=f"{caption.text} {below.text}",
        title=f"{caption.title} {below.text}" if titled else caption.title,
        stretches=(*caption.stretches, replace(first, glue=" "), *rest),
        lines=(*caption.lines, *below.lines),
    )


def split_figures(blocks: Sequence[Block]) -> list[Block]:
    """Blocks with the captions of pictures that stand side by side parted."""
    rules = read_patterns("layout")["caption"]
    out: list[Block] = []
    for block in blocks:
        if block.kind != "text" or block.grid or not re.match(rules["figure"], block.text):
            out.append(block)
            continue
        cuts = [(m.start(), m.end()) for m in re.finditer(rules["next_figure"], block.text)]
        starts, ends = [0, *(b for _, b in cuts)], [*(a for a, _ in cuts), len(block.text)]
        out.extend(
            replace(block, text=block.text[a:b], stretches=slice_stretches(block, a, b))
            for a, b in zip(starts, ends, strict=True)
        )
    return out


def _continue(first: Sequence[GridCell], second: Sequence[GridCell], source: str) -> tuple[GridCell, ...] | None:
    """The two grids as one if they have the same columns; a heading that is repeated is left out."""
    width = max((cell.column + cell.column_span for cell in first), default=0)
    if not width or width != max((cell.column + cell.column_span for cell in second), default=0):
        return None
    rows = max(cell.row + cell.row_span for cell in first)
    head = [grid_text(source, cell) for cell in first if cell.header]
    repeated = [grid_text(source, cell) for cell in second if cell.header] == head and head != []
    skip = max((cell.row + cell.row_span for cell in second if cell.header), default=0) if repeated else 0
    rest = [replace(cell, row=cell.row + rows - skip, header=False) for cell in second if cell.row >= skip]
    return label_grid(source, _heal(list(first), rest, rows))


def _heal(upper: list[GridCell], lower: list[GridCell], row: int) -> tuple[GridCell, ...]:
    """Both halves of a table, where a page break may have cut the cells that span rows.

    The cut is seen by an empty cell in the first row below it: that cell, and all to the left of it, belong
    to the cells above.
    """
    empty = [cell.column for cell in lower if cell.row == row and not cell.stretches]
    last = max(empty, default=-1)
    out = upper
    for cell in lower:
        above = (
            next(
                (
                    k
                    for k, c in enumerate(out)
                    if not c.header and c.column == cell.column and c.row + c.row_span == row
                ),
                None,
            )
            if cell.row == row and cell.column <= last
            else None
        )
        if above is None:
            out.append(cell)
            continue
        joined = out[above]
        out[above] = replace(
            joined, stretches=(*joined.stretches, *cell.stretches), row_span=joined.row_span + cell.row_span
        )
    return tuple(out)


def attach_sources(blocks: Sequence[Block]) -> list[Block]:
    """Blocks with each source line next to what it is the source of: after a table, and before the
    caption of a figure. A report puts the lines of its figures either above or below the captions."""
    above = below = 0
    for i, block in enumerate(blocks):
        if block.kind != "source":
            continue
        before = blocks[i - 1].kind if i else ""
        after = blocks[i + 1].kind if i + 1 < len(blocks) else ""
        above += after == "figure" and before != "figure" and before != "grid"
        below += before == "figure" and after != "figure"
    out: list[Block] = []
    for block in blocks:
        if block.kind == "source" and out and out[-1].kind == "figure" and below > above:
            out.insert(len(out) - 1, block)
            continue
        out.append(block)
    return out


def find_title(blocks: Sequence[Block], fallback: str) -> tuple[list[Block], str, list[str]]:
    """Blocks with the lines of the cover marked as title; the report's title; the lines of the cover.

    The cover is the short lines before the first heading and paragraph, as far as they name the report.
    Without such a line the title is `fallback`.
    """
    rules = read_patterns("layout")["identity"]
    cover: list[int] = []
    for i, block in enumerate(blocks[:12]):
        short = len(block.text) <= rules["title_longest"] and "。" not in block.text
        styled = block.kind == "heading" and block.family == "marked" and re.search(rules["title"], block.text)
        if not short or (block.kind != "text" and not styled):
            break
        cover.append(i)
    named = [i for i in cover if re.search(rules["title"], blocks[i].text)]
    if not named:
        return list(blocks), fallback, []
    cover = [i for i in cover if i <= named[-1] + 3]
    parts = [re.sub(r"\s+", " ", blocks[i].text) for i in cover if _in_title(blocks[i].text, rules, named, i)]
    # The cover and the first page may both name the report; the fuller line says it all.
    title = "".join(
        a
        for n, a in enumerate(parts)
        if not any(fold(a) in fold(b) and (m < n or fold(a) != fold(b)) for m, b in enumerate(parts) if m != n)
    )
    out = [replace(block, kind="title") if i in cover else block for i, block in enumerate(blocks)]
    return out, title, [blocks[i].text for i in cover]


def _in_title(text: str, rules: dict[str, str], named: list[int], index: int) -> bool:
    """Whether a line of the cover is part of the title: it names the report, or the college above it, or
    the year below it."""
    if index in named:
        return True
    if index < named[0]:
        return re.search(rules["college"], text) is not None
    return index == named[-1] + 1 and re.match(rules["title_year"], text) is not None
