"""Records inside reading/: the file as received, its lines, and the blocks that they make up."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from statistics import median_high

_WIDE = re.compile("[\u2e80-\U0010ffff“”‘’—…·]")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters `origin` to `origin + length` of the source; `glue` is put before them."""

    origin: int
    length: int
    glue: str = ""


@dataclass(frozen=True, slots=True)
class GridCell:
    """A table cell as the file gives it, or as it was recovered from flattened lines."""

    stretches: tuple[Stretch, ...]
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    header: bool = False
    stub: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the source without the white space around it.

    `gap` counts the blank lines before it, `indent` the columns of white space before it (a Han character
    is two columns). `ends` says whether a paragraph ends here, None if nothing tells. `kind` is what the
    format itself says: "" nothing, "heading" (with `level`), "box" (set apart from the text around it: a
    frame, a quotation), "item" (of a list), "row" (of a flattened table), "grid" (a whole table, in
    `grid`). `parts` are the stretches of the source that make up `text`, where that is not simply one. `look`
    names how the line is set (font, style), "" if unknown.
    """

    text: str
    origin: int
    gap: int = 0
    indent: int = 0
    ends: bool | None = None
    kind: str = ""
    level: int = 0
    grid: tuple[GridCell, ...] = ()
    parts: tuple[Stretch, ...] = ()
    look: str = ""

    def stretches(self, glue: str = "") -> tuple[Stretch, ...]:
        """Where the text of the line comes from, with `glue` before the first stretch."""
        parts = self.parts or (Stretch(self.origin, len(self.text)),)
        return (Stretch(parts[0].origin, parts[0].length, glue), *parts[1:])


@dataclass(frozen=True, slots=True)
class PageMark:
    """From `origin` on, the source stands on page `page`; `printed` as in records.PageStart."""

    origin: int
    page: int
    printed: bool


@dataclass(frozen=True)
class Source:
    """A report file as text. `text` is what offsets count in; `pages` are offsets of page starts."""

    text: str
    lines: tuple[Line, ...]
    pages: tuple[int, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Block:
    """A logical line: a paragraph, heading, caption … with its wraps removed.

    `kind` is text, title, heading, case, figure, table, source, grid, close (a line that ends a case) or
    resume (text after a case). `number` and `title` are the parts of a heading, case title or caption;
    `family` says how a heading is numbered (a name in layout.toml; outer, inner, marked or plain for none)
    and `values` are the counting parts of its number; `level` and `path` are as in records.Section.
    """

    kind: str
    text: str
    stretches: tuple[Stretch, ...]
    lines: tuple[Line, ...]
    number: str = ""
    title: str = ""
    level: int = 0
    path: str = ""
    family: str = ""
    values: tuple[int, ...] = ()
    grid: tuple[GridCell, ...] = field(default=())

    @cached_property
    def width(self) -> float:
        """Columns at which the lines of this block were wrapped, 0 for a single line.

        The middle line tells: the first may be set in, and Latin words leave ragged ends.
        """
        full = [columns(line.text) for line in self.lines[:-1]]
        return float(median_high(full[1:] or full)) if full else 0.0


@lru_cache(maxsize=1 << 14)
def columns(text: str) -> int:
    """Display width: two columns for a Han or full-width character, one for the others."""
    return len(text) + len(_WIDE.findall(text))
