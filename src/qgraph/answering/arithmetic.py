"""Values that are computed: sums, differences, rests, counts, rankings. The calculation is always shown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from qgraph.answering.evidence import telling_places
from qgraph.answering.figures import Ranked, measure, one_kind, plain_number, shown
from qgraph.answering.question import Question
from qgraph.answering.roads import Found
from qgraph.knowledge import Knowledge
from qgraph.ontology import read_patterns
from qgraph.records import Case, Filters
from qgraph.text import bigrams, fold, parse_number

_PEOPLE = frozenset(("人", "名", "位", "人次"))
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
    if len(question.grades) >= 2:
        return _grades(question, ranked, knowledge)
    if "sum" in wanted and _joined_levels(question):
        return _levels(question, ranked, knowledge)
    if "sum" in wanted:
        return (
            _sum_of_names(question, ranked, knowledge)
            or _sum_of_rows(question, ranked, knowledge)
            or _sum_of_those(question, ranked, knowledge)
        )
    return None


def answers_plainly(question: Question, ranked: Sequence[Ranked]) -> bool:
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
    several = "sum" in question.aggregates and (len(question.years) > 1 or _joined_levels(question))
    if not (several or re.search(rules["computed"]["strict"], question.text)):
        return True
    if re.search(rules["computed"]["told"], o.indicator + o.unit):
        return True
    subtracts = "difference" in question.aggregates or "相减" in question.text
    return not several and not subtracts and _told_of_both(question, ranked[0])


def _told_of_both(question: Question, ranked: Ranked) -> bool:
    """Whether one figure is told of all sides that the question would have added (A、B共办141场)."""
    sides = re.split("加上?|和|与|跟|、", re.split("[，,？?]", question.text)[0])
    return len(sides) > 1 and all(_fit(side, ranked, question) >= _BOTH for side in sides)


def complement(question: Question, ranked: Sequence[Ranked], knowledge: Knowledge) -> Found | None:
    """The number of those who did not, as the whole less those who did (录取的学生里没来报到的); None for other
    questions, and where the report tells it itself or does not tell both."""
    rules = read_patterns("asking")["negated"]
    match = re.search(rules["counted"], question.text)
    if match is None or not ranked or re.search(rules["says"], ranked[0].figure.observation.indicator):
        return None
    whole = question.text[: match.start()]
    parts = [r for r in ranked[:8] if not r.flaws and _fit(match["what"], r, question) >= _BOTH]
    for part in sorted(parts, key=lambda r: -_fit(match["what"], r, question)):
        a = part.figure.observation
        totals = [
            r
            for r in ranked
            if r.figure.line == part.figure.line
            and r.figure.observation.unit == a.unit
            and r.figure.observation.value > a.value
            and _fit(whole, r, question) >= _LEAST
        ]
        if totals:
            return _less(max(totals, key=lambda r: _fit(whole, r, question)), part, knowledge)
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
            fits = _fit(sides[0], one, question), _fit("".join(sides[1:]), other, question)
            if not _of_one_kind(one, other) or min(fits) < _LEAST:
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


def _of_one_kind(one: Ranked, other: Ranked) -> bool:
    """Whether two figures measure one kind of thing, as their names tell; others are not set against each other."""
    a, b = (set(bigrams(r.figure.observation.indicator)) for r in (one, other))
    if (one.figure.observation.unit in _PEOPLE) != (other.figure.observation.unit in _PEOPLE):
        return False
    ends = {fold(r.figure.observation.indicator)[-2:] for r in (one, other)}
    return len(ends) == 1 or len(a & b) >= 0.4 * min(len(a), len(b))


def alike(best: Ranked, pool: Sequence[Ranked]) -> list[Ranked]:
    """Figures of one kind, set side by side: the same unit, section and ending of the indicator."""
    o = best.figure.observation
    ending = fold(o.indicator)[-4:]
    return [
        r
        for r in pool
        if r.figure.observation.unit == o.unit
        and fold(r.figure.observation.indicator).endswith(ending)
        and r.figure.report == best.figure.report
        and abs(r.figure.line - best.figure.line) <= 6
    ]


def _fit(side: str, ranked: Ranked, question: Question) -> float:
    want = set(bigrams(side)) & question.weights.keys() or set(bigrams(side))
    have = set(bigrams(ranked.figure.label + ranked.figure.local))
    return len(want & have) / max(1, len(want))


def share(question: Question, ranked: Sequence[Ranked], knowledge: Knowledge) -> Found | None:
    """The share of a part in its total, where the report gives both and no rate that fits as well.

    `ranked` are figures of all units.
    """
    match = re.search(read_patterns("asking")["share"]["pattern"], question.text)
    told = next((r for r in ranked if r.figure.observation.unit == "%" and not r.flaws), None)
    parts = [r for r in ranked if not r.flaws and r.figure.observation.unit != "%"]
    if match is None or not parts or (told is not None and told.score > parts[0].score):
        return None
    return _quotient(question, match["part"], match["whole"], parts, knowledge)


def share_of(question: Question, ranked: Sequence[Ranked], knowledge: Knowledge) -> Found | None:
    """The share of the part that the question names in its total (教材里校企合作的), as in `share`."""
    parts = [r for r in ranked if not r.flaws and r.figure.observation.unit != "%"]
    if not question.part or not parts:
        return None
    return _quotient(question, question.part, question.text.partition(question.part)[0], parts, knowledge)


def _quotient(
    question: Question, part_words: str, whole_words: str, parts: Sequence[Ranked], knowledge: Knowledge
) -> Found | None:
    part = max(
        parts[:6],
        key=lambda r: r.score + _fit(part_words, r, question) + (r.figure.observation.unit in whole_words),
    )
    a = part.figure.observation
    totals = [
        r
        for r in parts
        if one_kind(r.figure.observation.unit, a.unit)
        and r.figure.observation.value > a.value
        and r.figure.observation.period.label == a.period.label
        and (r.figure.observation.id == a.part_of or r.figure.line == part.figure.line)
    ]
    if not totals:
        return None
    total = max(
        totals, key=lambda r: (r.figure.observation.id == a.part_of, _fit(whole_words or part_words, r, question))
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


def _grades(question: Question, ranked: Sequence[Ranked], knowledge: Knowledge) -> Found | None:
    """The sum over the grades that the question names (金银铜牌总共几块), all in one place."""
    words = [word for group in question.grades for word in group]
    groups: dict[tuple[str, str], list[Ranked]] = {}
    for r in ranked:
        o = r.figure.observation
        rest = fold(re.sub("|".join(map(re.escape, words)) + "|奖数?|[·（）]", "", o.indicator))
        groups.setdefault((r.figure.report, rest), []).append(r)
    for rows in groups.values():
        parts: list[Ranked] = []
        for group in question.grades:
            match = next(
                (r for r in rows if any(w in r.figure.observation.indicator for w in group) and r not in parts), None
            )
            if match:
                parts.append(match)
        if len(parts) == len(question.grades):
            return _sum(parts, knowledge)
    return None


def _sum_of_names(question: Question, ranked: Sequence[Ranked], knowledge: Knowledge) -> Found | None:
    """The sum over figures whose own words hold a name quoted in the question, when there are several of one unit."""
    quotes = re.findall(r"[“\"「]([^“”\"」]{3,40})[”\"」]", question.text)
    if not quotes:
        return None
    name = fold(quotes[0])
    best = ranked[0]
    section = best.figure.observation.evidence.report
    rows = [
        r
        for r in ranked
        if name in fold(r.figure.observation.indicator + r.figure.local)
        and r.figure.observation.unit == best.figure.observation.unit
        and r.figure.report == section
        and r.figure.line == best.figure.line
    ]
    return _sum(rows, knowledge) if len(rows) >= 2 else None


def _joined_levels(question: Question) -> bool:
    """Whether the question sets several levels side by side (国家级和省部级); other words for levels are parts of
    names (世校赛总决赛)."""
    words = "|".join(re.escape(word) for group in question.levels for word in sorted(group))
    between = read_patterns("asking")["levels"]["joined"]
    return len(question.levels) >= 2 and bool(re.search(f"(?:{words}){between}(?:{words})", question.text))


def _levels(question: Question, ranked: Sequence[Ranked], knowledge: Knowledge) -> Found | None:
    """The sum over the levels that the question names (国家级、省部级加起来), each by its best figure of one unit."""
    parts = []
    for group in question.levels:
        told = [r for r in ranked if any(word in r.figure.observation.indicator for word in group)]
        if not told or told[0].flaws:
            return None
        parts.append(told[0])
    units = {r.figure.observation.unit for r in parts}
    places = {r.figure.observation.id for r in parts}
    return _sum(parts, knowledge) if len(units) == 1 and len(places) == len(parts) else None


def _sum_of_rows(question: Question, ranked: Sequence[Ranked], knowledge: Knowledge) -> Found | None:
    """The sum over the rows of a table that the question counts (五个产业学院加起来), if as many as it says."""
    match = re.search(read_patterns("asking")["rows"]["counted"], question.text)
    number = parse_number(match["number"]) if match else None
    if number is None:
        return None
    for best in ranked[:4]:
        sentence = knowledge.sentences[best.figure.observation.evidence.sentence]
        if sentence.table is None or best.flaws:
            continue
        told = [(r, knowledge.sentences[r.figure.observation.evidence.sentence]) for r in alike(best, ranked)]
        rows = [
            r
            for r, s in told
            if s.table == sentence.table and all(any(w in s.text for w in group) for group in question.levels)
        ]
        if len(rows) == number:
            return _sum(rows, knowledge)
    return None


def _sum_of_those(question: Question, ranked: Sequence[Ranked], knowledge: Knowledge) -> Found | None:
    """The sum over all figures of what the question speaks of as several (那几笔利息一共), told in one sentence."""
    match = re.search(read_patterns("asking")["rows"]["those"], question.text)
    if match is None:
        return None
    for best in ranked[:4]:
        rows = [r for r in alike(best, ranked) if r.figure.line == best.figure.line]
        if len(rows) > 1 and not best.flaws and best.figure.observation.indicator.endswith(match["noun"]):
            return _sum(rows, knowledge)
    return None


def _sum(parts: Sequence[Ranked], knowledge: Knowledge) -> Found:
    ordered = sorted(parts, key=lambda r: r.figure.observation.evidence.start)
    total = sum((r.figure.observation.value for r in ordered), Decimal(0))
    unit = ordered[0].figure.observation.unit
    terms = " ＋ ".join(f"{shown(r.figure.observation)}（{r.figure.observation.indicator}）" for r in ordered)
    return Found(
        f"{plain_number(total)}{unit}",
        telling_places(ordered, knowledge),
        max(r.score for r in ordered),
        "相加",
        calculation=f"{terms} ＝ {plain_number(total)}{unit}",
    )
