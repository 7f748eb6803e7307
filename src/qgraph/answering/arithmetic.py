"""Values that are computed: differences, rests, counts. The calculation is always shown."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qgraph.answering.comparable import alike, fit, of_one_kind, share_told
from qgraph.answering.evidence import telling_places
from qgraph.answering.figures import Ranked, measure
from qgraph.answering.numerals import plain_number, shown
from qgraph.answering.question import Question
from qgraph.answering.roads import Found
from qgraph.answering.sums import add_up, items_of, joined_levels, tells
from qgraph.knowledge import Knowledge
from qgraph.ontology import read_patterns
from qgraph.records import Case, Filters
from qgraph.text import bigrams, fold

_SEEN = 12
_NEAR = 0.6  # figures this close to the best one may be the one whose change is asked for
_LEAST = 0.15  # share of a side's words that its figure must hold
_BOTH = 0.5  # the same where one figure is told of several sides, and for those who did


def compute(question: Question, knowledge: Knowledge, ranked: Sequence[Ranked], filters: Filters) -> Found | None:
    """The computed answer that the question asks for, or None where it asks for a plain figure."""
    wanted = question.aggregates
    if "count_cases" in wanted:
        return _count_cases(knowledge, filters)
    if not ranked:
        return None
    if "difference" in wanted:
        return _difference(question, knowledge, ranked)
    if "rest" in wanted:
        return _rest(ranked, knowledge)
    return add_up(question, ranked, knowledge)


def answers_plainly(question: Question, ranked: Sequence[Ranked], knowledge: Knowledge) -> bool:
    """Whether a plain figure may answer: where a sum, a mean or a difference is asked for, only one that is called
    so, or that is told of both sides at once; where those are counted who did not, only one of such; where a change
    is asked for, only one that tells a change."""
    rules = read_patterns("asking")
    if not ranked:
        return True
    o = ranked[0].figure.observation
    if re.search(rules["negated"]["counted"], question.text):
        return bool(re.search(rules["negated"]["says"], o.indicator))
    if "change" in question.tenses:
        return bool(re.search(rules["change"]["told"], o.indicator + o.unit))
    items = items_of(question)
    if items and not all(tells(ranked[0], item) for item in items):
        return _told_together(question, items, ranked, knowledge)
    strict = re.search(rules["computed"]["strict"], question.text) is not None
    several = "sum" in question.aggregates and joined_levels(question)
    several |= len(question.years) > 1 and (strict or "sum" in question.aggregates)
    if not (several or strict):
        return True
    if re.search(rules["computed"]["told"], o.indicator + o.unit):
        return True
    subtracts = "difference" in question.aggregates or "相减" in question.text
    sides = re.split("加上?|和|与|跟|、", re.split("[，,？?]", question.text)[0])
    return not several and not subtracts and _told_together(question, sides, ranked, knowledge)


def _told_together(question: Question, sides: Sequence[str], ranked: Sequence[Ranked], knowledge: Knowledge) -> bool:
    """Whether the best figure is told of all sides that the question would have added (A、B共办141场): its sentence
    speaks of each of them, and no other figure there is told of one alone."""
    best = ranked[0]
    if len(sides) < 2 or "unit" in best.flaws:
        return False
    sentence = knowledge.sentences[best.figure.observation.evidence.sentence]

    def spoken_of(side: str) -> bool:
        told = max(fit(side, best, question), share_told(side, sentence.text, question))
        return not bigrams(side) or told >= _BOTH  # nothing is told everywhere

    beside = [r for r in ranked if r.figure.line == best.figure.line and r is not best and of_one_kind(r, best)]
    apart = any(fit(side, r, question) >= _BOTH > fit(side, best, question) for r in beside for side in sides)
    return not apart and sentence.table is None and all(map(spoken_of, sides))


def complement(question: Question, ranked: Sequence[Ranked], knowledge: Knowledge) -> Found | None:
    """The number of those who did not, as the whole less those who did (录取的学生里没来报到的); None for other
    questions, and where the report tells it itself or does not tell both."""
    rules = read_patterns("asking")["negated"]
    match = re.search(rules["counted"], question.text)
    if match is None or not ranked or re.search(rules["says"], ranked[0].figure.observation.indicator):
        return None
    whole = question.text[: match.start()]
    parts = [r for r in ranked[:8] if not r.flaws and fit(match["what"], r, question) >= _BOTH]
    for part in sorted(parts, key=lambda r: -fit(match["what"], r, question)):
        a = part.figure.observation
        totals = [
            r
            for r in ranked
            if r.figure.line == part.figure.line
            and r.figure.observation.unit == a.unit
            and r.figure.observation.value > a.value
            and fit(whole, r, question) >= _LEAST
        ]
        if totals:
            return _less(max(totals, key=lambda r: fit(whole, r, question)), part, knowledge)
    return None


def _count_cases(knowledge: Knowledge, filters: Filters) -> Found | None:
    cases = [(d, c) for d, c, _ in knowledge.cases.values() if knowledge.allows(filters, d.id, c.section)]
    if not cases:
        return None
    by_report: dict[str, list[Case]] = {}
    for document, case in cases:
        by_report.setdefault(document.id, []).append(case)
    counts, items, places = [], [], []
    for report, numbered in by_report.items():
        document = knowledge.document(report)
        counts.append(f"{document.college}{document.year}年度 {len(numbered)} 个")
        items.append(f"{document.college}{document.year}年度：{len(numbered)}个")
        sentence = document.sentence_at(numbered[0].start)
        if sentence:
            places.append((report, sentence.id))
    told = "；".join(counts)
    if len(by_report) > 1:
        return Found("；".join(items), tuple(places), 1.5, "计数", tuple(items), calculation=told)
    numbers = [case.number for _, case in cases]
    calculation = f"按编号逐个数：{numbers[0]} … {numbers[-1]}（{told}）"
    return Found(f"{len(numbers)}个", tuple(places), 1.5, "计数", calculation=calculation)


def _difference(question: Question, knowledge: Knowledge, ranked: Sequence[Ranked]) -> Found | None:
    """The difference of the two figures that the question sets side by side."""
    if {"maximum", "minimum"} <= question.aggregates:
        return _range(ranked, knowledge)
    best = next((r for r in ranked if "unit" not in r.flaws), ranked[0])
    unit = best.figure.observation.unit
    if set(question.units) == {"个百分点"} or unit == "个百分点":
        pool = [r for r in ranked if r.figure.observation.unit == "%"]
    else:
        pool = [r for r in ranked if r.figure.observation.unit == unit or (question.counter and "unit" not in r.flaws)]
    pair = _pair(question, pool)
    if pair is None:
        return None
    one, other = sorted(pair, key=lambda r: -r.figure.observation.value)
    a, b = one.figure.observation, other.figure.observation
    value = a.value - b.value
    unit = "个百分点" if a.unit == "%" else a.unit
    told = [f"{shown(o)}（{o.indicator}，{o.period.label}）" for o in (a, b)]
    calculation = f"{told[0]} － {told[1]} ＝ {plain_number(value)}{unit}"
    return Found(
        f"{plain_number(value)}{unit}",
        telling_places((one, other), knowledge),
        min(one.score, other.score),
        "相减",
        calculation=calculation,
    )


def _range(ranked: Sequence[Ranked], knowledge: Knowledge) -> Found | None:
    """The greatest of figures that are set side by side less the smallest (最多的比最少的多多少)."""
    totals = read_patterns("asking")["measuring"]["total"]
    for best in ranked[:4]:
        row = [r for r in alike(best, ranked) if not re.search(totals, r.figure.observation.indicator)]
        if len(row) > 2 and not best.flaws:
            ordered = sorted(row, key=lambda r: r.figure.observation.value)
            return _less(ordered[-1], ordered[0], knowledge)
    return None


def _pair(question: Question, pool: Sequence[Ranked]) -> tuple[Ranked, Ranked] | None:
    if len(question.years) == 2:
        first, second = ([r for r in pool if str(year) in r.figure.observation.period.label] for year in question.years)
        # one indicator in both years
        pairs = [
            (one, other)
            for one in first
            for other in second
            if fold(one.figure.observation.indicator) == fold(other.figure.observation.indicator)
            and one.figure.observation.subject == other.figure.observation.subject
            and one is not other
        ]
        # one report tells both years in the same way; where none does, those of two years are set side by side
        return max(
            pairs, key=lambda p: (p[0].figure.report == p[1].figure.report, p[0].score + p[1].score), default=None
        )
    ranks = re.findall(r"第([一二三四五])名?", question.text)
    if len(ranks) == 2 and pool:
        row = sorted(alike(pool[0], pool), key=lambda r: -r.figure.observation.value)
        order = ["一二三四五".index(x) for x in ranks]
        return (row[order[0]], row[order[1]]) if len(row) > max(order) else None
    if re.search(read_patterns("asking")["change"]["yearly"], question.text):
        return _of_two_years(question, pool)
    if question.years:
        return None  # one year is named, and the other is not told
    sides = re.split(r"比|和|与|跟|，|,", question.text)
    if len(sides) < 2 or not pool:
        return None
    best_pair: tuple[float, Ranked, Ranked] | None = None
    for one in pool[:12]:
        for other in pool[:12]:
            if one is other or one.figure.observation.value == other.figure.observation.value:
                continue
            fits = fit(sides[0], one, question), fit("".join(sides[1:]), other, question)
            if not of_one_kind(one, other) or min(fits) < _LEAST:
                continue
            score = sum(fits) + 0.3 * (one.figure.line == other.figure.line) + 0.3 * (one.score + other.score)
            if best_pair is None or score > best_pair[0]:
                best_pair = (score, one, other)
    return best_pair[1:] if best_pair else None


def _of_two_years(question: Question, pool: Sequence[Ranked]) -> tuple[Ranked, Ranked] | None:
    """One indicator in the last two years that are told of it; in the year asked for, if any, and the one before."""
    pairs = []
    for later in pool[:_SEEN]:
        o = later.figure.observation
        year = int(o.period.start[:4] or 0)
        if later.score < pool[0].score - _NEAR or (question.years and year not in question.years):
            continue
        for earlier in pool:
            e = earlier.figure.observation
            if e.period.start[:4] == str(year - 1) and measure(e) == measure(o):
                pairs.append((later, earlier))
    return max(pairs, key=lambda p: (p[0].figure.observation.period.start[:4], p[0].score), default=None)


def _rest(ranked: Sequence[Ranked], knowledge: Knowledge) -> Found | None:
    """Total minus the part that the question leaves out."""
    for part in ranked[:8]:
        total = next(
            (
                r
                for r in ranked
                if r.figure.observation.id == part.figure.observation.part_of
                or (
                    r.figure.line == part.figure.line
                    and r.figure.observation.unit == part.figure.observation.unit
                    and r.figure.observation.value > part.figure.observation.value
                    and r.figure.observation.evidence.start < part.figure.observation.evidence.start
                )
            ),
            None,
        )
        if total is None or "unit" in part.flaws:
            continue
        return _less(total, part, knowledge)
    return None


def _less(total: Ranked, part: Ranked, knowledge: Knowledge) -> Found:
    a, b = total.figure.observation, part.figure.observation
    value = a.value - b.value
    calculation = f"{shown(a)}（{a.indicator}）－ {shown(b)}（{b.indicator}）＝ {plain_number(value)}{a.unit}"
    places = telling_places((total, part), knowledge)
    return Found(f"{plain_number(value)}{a.unit}", places, part.score, "相减", calculation=calculation)
