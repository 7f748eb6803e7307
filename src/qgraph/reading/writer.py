"""The reading text as it grows, with the runs that lead back to the source."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from qgraph.reading.lines import PageMark, Stretch
from qgraph.records import PageStart, Run


@dataclass
class Writer:
    """`solid` is the offset after the last word written, separators not counted."""

    source: str
    parts: list[str] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    length: int = 0
    solid: int = 0

    def put(self, separator: str) -> None:
        """Add a separator that is not in the source."""
        self.parts.append(separator)
        self.length += len(separator)

    def copy(self, stretches: Sequence[Stretch]) -> tuple[int, int]:
        """Add words of the source; returns their start and end."""
        start = self.length
        for stretch in stretches:
            if stretch.glue and self.length > start:
                self.put(stretch.glue)
            if stretch.length:
                self.runs.append(Run(self.length, stretch.origin, stretch.length))
                self.put(self.source[stretch.origin : stretch.origin + stretch.length])
        if self.length > start:
            self.solid = self.length
        return start, self.length

    def since(self, start: int, end: int | None = None) -> str:
        """The text from `start`, near the end of what was written, up to `end`."""
        i, at = len(self.parts), self.length
        while at > start:
            i -= 1
            at -= len(self.parts[i])
        text = "".join(self.parts[i:])[start - at :]
        return text if end is None else text[: end - start]

    def text(self) -> str:
        """All that was written, without separators at the end."""
        return "".join(self.parts)[: self.solid]

    def page_starts(self, marks: Sequence[PageMark]) -> list[PageStart]:
        """Page starts in the reading text, from those in the source. A page without any words of the
        report gives none."""
        runs = sorted(self.runs, key=lambda run: run.origin)
        ends = [run.origin + run.length for run in runs]
        out: list[PageStart] = []
        for mark in marks:
            i = bisect_right(ends, mark.origin)
            if i == len(runs):
                continue
            start = runs[i].start + max(0, mark.origin - runs[i].origin)
            if out and start <= out[-1].start:
                out.pop()
            out.append(PageStart(start, mark.page, mark.printed))
        return out
