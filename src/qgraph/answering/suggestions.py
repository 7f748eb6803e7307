"""Next questions that can really be answered: each is asked of the figures first, and kept when it finds its own."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from qgraph.answering.figures import rank_figures
from qgraph.answering.ground import Ground
from qgraph.answering.question import Question, analyse
from qgraph.knowledge import Knowledge

_MOST = 3
_TRIED = 6


def suggest(
    question: Question, knowledge: Knowledge, ground: Ground, places: Sequence[tuple[str, str]]
) -> tuple[str, ...]:
    """Up to three questions on figures that stand near the answer's source."""
    if not places or not ground.figures:
        return ()
    at = ground.line_of[places[0][1]]
    near = sorted(
        (f for f in ground.figures if f.report == places[0][0] and abs(f.line - at) <= 8),
        key=lambda f: (abs(f.line - at), f.observation.evidence.start),
    )
    everything = np.ones(len(ground.lines), dtype=bool)
    found: list[str] = []
    for figure in near[:_TRIED]:
        o = figure.observation
        text = f"{o.indicator}是多少？"
        if len(o.indicator) < 4 or o.indicator in question.text or text in found:
            continue
        asked = analyse(text, knowledge, ground.knows)
        best = rank_figures(asked, knowledge, ground, None, everything, most=1)
        if best and best[0].figure.observation.value == o.value and best[0].figure.observation.unit == o.unit:
            found.append(text)
        if len(found) == _MOST:
            break
    return tuple(found)
