"""Shares that are computed: of a part in its total. The calculation is always shown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from qgraph.answering.comparable import fit
from qgraph.answering.evidence import telling_places
from qgraph.answering.figures import Ranked, measure, one_kind
from qgraph.answering.numerals import plain_number, shown
from qgraph.answering.question import Question
from qgraph.answering.roads import Found
from qgraph.knowledge import Knowledge
from qgraph.ontology import read_patterns


def share(question: Question, ranked: Sequence[Ranked], knowledge: Knowledge) -> Found | None:
    """The share of a part in its total, where the report gives both and no rate that fits as well.

    `ranked` are figures of all units.
    """
    match = re.search(read_patterns("asking")["share"]["pattern"], question.text)
    told = next((r for r in ranked if r.figure.observation.unit == "%" and not r.flaws), None)
    parts = [r for r in ranked if not r.flaws and r.figure.observation.unit != "%"]
    if match is None or not parts or (told is not None and told.score > parts[0].score):
        return None
    found = _quotient(question, match["part"], match["whole"], parts, knowledge)
    told_so = found is not None and any(shown(r.figure.observation) == found.text for r in ranked)
    return None if told_so else found


def share_of(question: Question, ranked: Sequence[Ranked], knowledge: Knowledge) -> Found | None:
    """The share of the part that the question names in its total (教材里校企合作的), as in `share`."""
    parts = [r for r in ranked if not r.flaws and r.figure.observation.unit != "%"]
    if not question.part or not parts:
        return None
    return _quotient(question, question.part, question.text.partition(question.part)[0], parts, knowledge)


def _quotient(
    question: Question, part_words: str, whole_words: str, parts: Sequence[Ranked], knowledge: Knowledge
) -> Found | None:
    ordered = sorted(
        parts[:6],
        key=lambda r: -(r.score + fit(part_words, r, question) + (r.figure.observation.unit in whole_words)),
    )
    # one place may tell the part alone, another with its total
    same = [r for r in ordered if measure(r.figure.observation) == measure(ordered[0].figure.observation)]
    part, totals = next(((r, found) for r in same if (found := _totals(r, parts))), (None, []))
    if part is None:
        return None
    a = part.figure.observation
    total = max(
        totals, key=lambda r: (r.figure.observation.id == a.part_of, fit(whole_words or part_words, r, question))
    )
    b = total.figure.observation
    value = (a.value * 100 / b.value).quantize(Decimal("0.01"))
    calculation = f"{shown(a)}（{a.indicator}）÷ {shown(b)}（{b.indicator}）≈ {plain_number(value)}%"
    return Found(
        f"{plain_number(value)}%",
        telling_places((part, total), knowledge),
        part.score + 0.8,
        "求占比",
        calculation=calculation,
    )


def _totals(part: Ranked, figures: Sequence[Ranked]) -> list[Ranked]:
    """The figures of which a part may be a part: told with it, of its unit and period, and greater."""
    a = part.figure.observation
    return [
        r
        for r in figures
        if one_kind(r.figure.observation.unit, a.unit)
        and r.figure.observation.value > a.value
        and r.figure.observation.period.label == a.period.label
        and (r.figure.observation.id == a.part_of or r.figure.line == part.figure.line)
    ]
