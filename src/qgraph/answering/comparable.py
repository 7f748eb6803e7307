"""Which figures can be set side by side, and which side of a question a figure is of."""

from __future__ import annotations

from collections.abc import Sequence

from qgraph.answering.figures import Ranked
from qgraph.answering.question import Question
from qgraph.text import bigrams, fold

_LINES, _ROWS = 6, 15  # how far apart what is set side by side may stand
_PEOPLE = frozenset(("人", "名", "位", "人次"))


def of_one_kind(one: Ranked, other: Ranked) -> bool:
    """Whether two figures measure one kind of thing, as their names tell; others are not set against each other."""
    a, b = (set(bigrams(r.figure.observation.indicator)) for r in (one, other))
    if (one.figure.observation.unit in _PEOPLE) != (other.figure.observation.unit in _PEOPLE):
        return False
    ends = {fold(r.figure.observation.indicator)[-2:] for r in (one, other)}
    return len(ends) == 1 or len(a & b) >= 0.4 * min(len(a), len(b))


def alike(best: Ranked, pool: Sequence[Ranked]) -> list[Ranked]:
    """Figures of one kind, set side by side: the same unit, section and ending of the indicator; of a table those of a
    column, whose rows call it by its heading behind their own names (升学占比, 直接就业占比)."""
    o = best.figure.observation
    column = _in_row(best)
    ending = fold(o.indicator)[-2 if column else -4 :]
    return [
        r
        for r in pool
        if r.figure.observation.unit == o.unit
        and fold(r.figure.observation.indicator).endswith(ending)
        and r.figure.report == best.figure.report
        and abs(r.figure.line - best.figure.line) <= (_ROWS if column else _LINES)
        and (not column or (_in_row(r) and r.figure.observation.period.label == o.period.label))
    ]


def _in_row(ranked: Ranked) -> bool:
    """Whether a figure stands in a row of a table, whose words are those of its indicator."""
    return ranked.figure.local == ranked.figure.observation.indicator


def fit(side: str, ranked: Ranked, question: Question) -> float:
    """How far a figure is told of a side of a question: the share of its words that say what the figure is."""
    return share_told(side, ranked.figure.label + ranked.figure.local, question)


def share_told(side: str, text: str, question: Question) -> float:
    """The share of the words of a side, if possible of those that reports know, that stand in a text."""
    want = set(bigrams(side)) & question.weights.keys() or set(bigrams(side))
    return len(want & set(bigrams(text))) / max(1, len(want))
