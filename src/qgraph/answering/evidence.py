"""Where an answer made of figures is best read up: sentences that tell all of them, before the places of each."""

from __future__ import annotations

from collections.abc import Sequence

from qgraph.answering.figures import Ranked
from qgraph.knowledge import Knowledge
from qgraph.records import Observation
from qgraph.text import bigrams

_SHARED = 0.6  # of the words of one indicator, for another to speak of the same matter


def telling_places(parts: Sequence[Ranked], knowledge: Knowledge) -> tuple[tuple[str, str], ...]:
    """The (report, sentence) pairs that bear out the parts, best first.

    First come sentences that tell all of the values of the same matter, running text before rows of tables, which
    only name what the text states; then the places of the parts themselves.
    """
    if not parts:
        return ()
    report = parts[0].figure.report
    observations = [r.figure.observation for r in parts]
    whole = []
    for sentence in knowledge.document(report).sentences:
        told = knowledge.observations_in.get(sentence.id, ())
        if told and all(any(_same(o, other) for other in told) for o in observations):
            whole.append((sentence.kind != "text", (report, sentence.id)))
    ordered = [place for _, place in sorted(whole, key=lambda w: w[0])]
    return tuple(dict.fromkeys([*ordered, *(r.place for r in parts)]))


def _same(one: Observation, other: Observation) -> bool:
    """Whether two observations give one value of one matter, if in other words."""
    if one.value != other.value or one.unit != other.unit or one.period.label != other.period.label:
        return False
    if one.indicator == other.indicator:
        return True
    a, b = set(bigrams(one.indicator)), set(bigrams(other.indicator))
    return len(a & b) >= _SHARED * min(len(a), len(b))
