"""How headings stand to each other: their levels, and the path that cites each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qgraph.ontology import read_patterns
from qgraph.reading.lines import Block

# Where a heading stands: by its style, else by its family of numbers and the parts of its number.
Key = tuple[int, int]
_STYLED, _INSIDE = 10, 20  # what ranks below the styles, and below all families of numbers


def name_paths(blocks: Sequence[Block]) -> tuple[list[Block], list[str]]:
    """Blocks whose headings have level and path, and warnings for the reader of the report.

    The path of a decimal number is the number; any other numbered heading adds its count to the path of the
    heading above ("第二部分" > "一、" > "（三）" is 2.1.3); one without a number adds its title, by "·".
    Headings like 前言 stand beside the outermost numbered ones, others without a number below the
    heading before them.
    """
    headings = [block for block in blocks if block.kind == "heading"]
    styled = sum(block.level > 0 for block in headings) >= 0.5 * len(headings) > 0
    families = [entry["name"] for entry in read_patterns("layout")["heading"]]
    keys = {id(block): _key(block, styled, families) for block in headings}
    inside = _of_foreword(headings, families)
    keys |= {id(b): (keys[id(b)][0] + _INSIDE, keys[id(b)][1]) for b in inside}
    outermost = min(
        (keys[id(b)] for b in headings if b.family not in ("outer", "inner") and b not in inside), default=(0, 0)
    )
    out: list[Block] = []
    open_: list[tuple[Key, Block]] = []
    for block in blocks:
        if block.kind != "heading":
            out.append(block)
            continue
        key = outermost if block.family == "outer" else keys[id(block)]
        if block.family == "inner" and not block.level:
            while open_ and open_[-1][1].family == "inner":
                open_.pop()
            key = (open_[-1][0][0], open_[-1][0][1] + 1) if open_ else outermost
        else:
            parent = ".".join(str(value) for value in block.values[:-1])
            while open_ and _closes(open_[-1], block, key, parent):
                open_.pop()
        above = open_[-1][1] if open_ else None
        block = replace(block, level=len(open_) + 1, path=_path(block, above))
        open_.append((key, block))
        out.append(block)
    return out, [] if headings else ["没有识别出章节标题，全文按一个章节读取。"]


def _of_foreword(headings: Sequence[Block], families: list[str]) -> list[Block]:
    """Headings between a foreword and chapter 1 whose family occurs nowhere else (前言: 一、二、, then 1 1.1): parts of
    the foreword, wherever their family ranks elsewhere."""
    first = next((n for n, b in enumerate(headings) if b.family == "decimal" and list(b.values) == [1]), 0)
    outer = next((n for n in range(first - 1, -1, -1) if headings[n].family == "outer"), first)
    elsewhere = {b.family for b in (*headings[: outer + 1], *headings[first:])}
    return [b for b in headings[outer + 1 : first] if b.family in families and b.family not in elsewhere]


def _key(block: Block, styled: bool, families: list[str]) -> Key:
    if styled and block.level:
        return block.level, 0
    if block.family in families:
        return families.index(block.family) + (_STYLED if styled else 0), len(block.values)
    return (0, 0)


def _closes(last: tuple[Key, Block], block: Block, key: Key, parent: str) -> bool:
    """Whether a heading ends the one that is open. A decimal number stays below its own parent."""
    if last[1].family == "inner" and block.family != "inner":
        return True
    if len(block.values) > 1 and last[1].path == parent:
        return False
    return last[0] >= key


def _path(block: Block, above: Block | None) -> str:
    if block.family == "decimal" and len(block.values) > 1:
        return ".".join(str(value) for value in block.values)
    if block.values:
        if above is None:
            return str(block.values[0])
        return f"{above.path}{'.' if above.values else '·'}{block.values[0]}"
    name = block.number or block.title
    return f"{above.path}·{name}" if above else name
