"""The answer that a figure gives: alone, told in several places, or one a report; and where places disagree."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from qgraph.answering.evidence import telling_places
from qgraph.answering.figures import Ranked
from qgraph.answering.numerals import shown
from qgraph.answering.roads import Found, rivalry
from qgraph.citations import cite
from qgraph.knowledge import Knowledge
from qgraph.records import Observation
from qgraph.text import bigrams, fold

_OTHER = 0.9  # figures of another report this close to the best one tell of the same
_FAR = 1.2  # figures this far behind one of another unit do not tell what is asked for
_SAME = 0.35  # figures this close to the best one tell of the same
_TELLING = 4  # digits from which on equal values are no coincidence


def by_unit(ranked: Sequence[Ranked]) -> list[Ranked]:
    """The figures, those of the unit that is asked for first; but where a figure of another unit fits far better, what
    is asked for is not told in that unit."""
    fitting = [r for r in ranked if "unit" not in r.flaws]
    if not fitting or fitting[0].score < ranked[0].score - _FAR:
        return list(ranked)
    return fitting + [r for r in ranked if "unit" in r.flaws]


def find_figure(knowledge: Knowledge, ranked: Sequence[Ranked]) -> Found | None:
    """The first figure; where several reports give one and the question names none of them, each report's."""
    if not ranked:
        return None
    best = ranked[0]
    per_report: dict[str, Ranked] = {}
    for r in ranked:
        if r.score > best.score - _OTHER and r.flaws == best.flaws and _of_one_measure(best, r):
            per_report.setdefault(r.figure.report, r)
    if len(per_report) > 1:
        return _each_report(knowledge, list(per_report.values()))
    o = best.figure.observation
    near = [r for r in ranked[:10] if r.figure.observation.unit == o.unit and r.score > best.score - _SAME]
    same = [r for r in near if r.figure.observation.value == o.value]
    told = [
        f"{shown(r.figure.observation)}（{r.figure.observation.period.label}，{_place(knowledge, r)}）"
        for r in near
        if _contradicts(best, r)
    ]
    told += [_other_period(knowledge, best, r) for r in ranked[:30] if _tells_another_period(best, r)]
    # running text says what the figure is; a table row only names it
    told_in = telling_places([best], knowledge)
    told_in += tuple(r.place for r in same)
    ordered = sorted(dict.fromkeys(told_in), key=lambda place: knowledge.sentences[place[1]].kind != "text")
    return Found(
        shown(o),
        tuple(ordered),
        best.score,
        "查指标",
        disagreement=tuple(dict.fromkeys(told)),
        flaws=best.flaws,
        about=about(o),
        rival=rivalry(best.score, (r.score for r in ranked if r.figure.observation.value != o.value)),
    )


def _of_one_measure(one: Ranked, other: Ranked) -> bool:
    """Whether two figures, in the words of two reports, measure the same."""
    if one is other:
        return True
    a, b = one.figure.observation, other.figure.observation
    x, y = set(bigrams(a.indicator)), set(bigrams(b.indicator))
    return a.unit == b.unit and len(x & y) >= 0.6 * max(len(x), len(y))


def about(o: Observation) -> str:
    """What a figure is, in words: its period, where the report tells one, and its indicator."""
    label = o.period.label if o.period.stated and o.period.label not in o.indicator else ""
    return f"{label}{o.indicator}"


def _each_report(knowledge: Knowledge, rows: Sequence[Ranked]) -> Found:
    items = []
    for r in rows:
        document = knowledge.document(r.figure.report)
        items.append(f"{document.college}{document.year}年度：{shown(r.figure.observation)}")
    places = tuple(r.place for r in rows)
    return Found(
        "；".join(items),
        places,
        rows[0].score,
        "查指标",
        tuple(items),
        flaws=rows[0].flaws,
        about=rows[0].figure.observation.indicator,
    )


def _place(knowledge: Knowledge, ranked: Ranked) -> str:
    return cite(knowledge, *ranked.place, 1).place


def _contradicts(best: Ranked, other: Ranked) -> bool:
    """Whether another place gives another value for the same indicator and period."""
    a, b = best.figure.observation, other.figure.observation
    return (
        a.value != b.value
        and not other.flaws
        and fold(a.indicator) == fold(b.indicator)
        and a.period.label == b.period.label
        and a.subject == b.subject
        and best.figure.line != other.figure.line
    )


def _tells_another_period(best: Ranked, other: Ranked) -> bool:
    """Whether another place tells the very same value of another period: one of the two is likely wrong."""
    a, b = best.figure.observation, other.figure.observation
    return (
        a.value == b.value
        and a.unit == b.unit
        and a.value != a.value.to_integral_value(rounding="ROUND_DOWN") + Decimal(0)
        and len(re.sub(r"\D", "", a.source_value)) >= _TELLING
        and a.unit != "%"
        and best.figure.report == other.figure.report
        and a.period.label != b.period.label
    )


def _other_period(knowledge: Knowledge, best: Ranked, other: Ranked) -> str:
    o = other.figure.observation
    stated = o.period.label if o.period.stated else "没有写明年份（按报告年度理解）"
    mine = best.figure.observation.period
    own = mine.label if mine.stated else "没有写明年份（按报告年度理解）"
    return f"同一数值{shown(o)}：{_place(knowledge, best)}{_of(own)}，{_place(knowledge, other)}{_of(stated)}"


def _of(label: str) -> str:
    return label if label.startswith("没有") else f"说的是{label}"
