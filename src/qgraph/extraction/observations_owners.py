"""Figures in brackets behind the names of a list, which are theirs: 接收毕业生较多的企业为A（96人）、B（71人）."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qgraph.extraction.observations_fragments import Fragment
from qgraph.extraction.observations_subjects import Spot
from qgraph.extraction.observations_words import words

_OPEN, _CLOSE = "（(", "）)"


@dataclass(frozen=True, slots=True)
class Owned:
    """Whose a figure in brackets is. `head` says what the list is told for; it is "" for the later names, which share
    that of the first."""

    spot: Spot
    head: str


def find_owned(text: str, parts: Sequence[Fragment], spots: Sequence[Spot], offset: int) -> Mapping[int, Owned]:
    """The figures of a paragraph that stand alone in brackets right behind a name, by their index; `offset` is where
    the paragraph begins, from which the spots of its names are not counted."""
    ending = {s.end - offset: s for s in spots}
    owned: dict[int, Owned] = {}
    for i, fragment in enumerate(parts):
        spot = ending.get(_bracket(text, fragment))
        if spot is None:
            continue
        start = spot.start - offset
        listed = i - 1 in owned and text[parts[i - 1].quantity.end : start].strip(_CLOSE + "、和及与 ") == ""
        lead = text[max(fragment.start, fragment.sentence[0]) : start]
        told = words().clause("list_lead").search(lead)
        if listed:
            owned[i] = Owned(spot, "")
        elif told:
            owned[i] = Owned(spot, lead[: told.start()])
    return owned


def _bracket(text: str, fragment: Fragment) -> int:
    """Where the name ends behind which the figure stands alone in brackets; -1 if it does not."""
    quantity = fragment.quantity
    opened = text[: quantity.start].rstrip()
    closed = text[quantity.end :].lstrip()
    if opened[-1:] not in tuple(_OPEN) or closed[:1] not in tuple(_CLOSE):
        return -1
    return len(opened[:-1].rstrip())
