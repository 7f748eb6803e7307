"""Sums: over grades, levels, rows and things that the question names. The calculation is always shown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from qgraph.answering.comparable import alike, of_one_kind
from qgraph.answering.evidence import telling_places
from qgraph.answering.figures import Ranked
from qgraph.answering.numerals import plain_number, shown
from qgraph.answering.question import Question, groups_in
from qgraph.answering.roads import Found
from qgraph.knowledge import Knowledge
from qgraph.ontology import read_patterns
from qgraph.text import fold, parse_number

_SEEN = 6  # figures of a level among which one told with the others is looked for


def add_up(question: Question, ranked: Sequence[Ranked], knowledge: Knowledge) -> Found | None:
    """The sum that the question asks for; None where it asks for none, and where its parts are not told."""
    if len(question.grades) >= 2:
        return _grades(question, ranked, knowledge)
    if "sum" not in question.aggregates:
        return _over_grades(question, ranked, knowledge)
    if joined_levels(question):
        return _levels(question, ranked, knowledge)
    ways = (_over_grades, _sum_of_items, _sum_of_names, _sum_of_rows, _sum_of_those)
    return next(filter(None, (way(question, ranked, knowledge) for way in ways)), None)


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


def _over_grades(question: Question, ranked: Sequence[Ranked], knowledge: Knowledge) -> Found | None:
    """The sum over all grades where prizes are asked for without one and the best figure is told of one only
    (一等奖2项、二等奖3项): those of its sentence or row that are called the same but for their grade."""
    grades = read_patterns("asking")["grades"]["groups"]
    best = ranked[0]
    if question.grades or best.flaws or not groups_in(best.figure.observation.indicator, grades):
        return None
    pattern = "|".join(re.escape(word) for group in grades for word in group)

    def rest(ranked: Ranked) -> str:
        return fold(re.sub(rf"(?:{pattern})|奖?数$|[·（）、]", "", ranked.figure.observation.indicator))

    beside = [r for r in ranked if r.figure.line == best.figure.line and rest(r) == rest(best)]
    parts = [r for r in beside if groups_in(r.figure.observation.indicator, grades)]
    told = {groups_in(r.figure.observation.indicator, grades) for r in parts}
    whole = len(beside) > len(parts)  # a total is told with them
    return _sum(parts, knowledge) if len(told) == len(parts) > 1 and not whole else None


def items_of(question: Question) -> tuple[str, ...]:
    """What the question sets side by side by name to have it added up, each by the name of it that is known
    (跟天津大学、淡马锡理工联合带的)."""
    match = re.search(read_patterns("asking")["rows"]["items"], question.text)
    if match is None or "sum" not in question.aggregates:
        return ()
    named = ((item, [name for name in question.names if name in fold(item)]) for item in match["items"].split("、"))
    return tuple(max(names, key=len) if names else item for item, names in named)


def tells(ranked: Ranked, item: str) -> bool:
    """Whether a figure is told of an item."""
    return fold(item) in fold(ranked.figure.label + ranked.figure.local)


def _sum_of_items(question: Question, ranked: Sequence[Ranked], knowledge: Knowledge) -> Found | None:
    """The sum over the items that the question sets side by side, each by its best figure, all of one kind."""
    parts: list[Ranked] = []
    for item in items_of(question):
        told = next((r for r in ranked if "unit" not in r.flaws and tells(r, item) and r not in parts), None)
        if told is None or (parts and not of_one_kind(parts[0], told)):
            return None
        parts.append(told)
    units = {r.figure.observation.unit for r in parts}
    return _sum(parts, knowledge) if len(units) == 1 and units != {"%"} else None


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


def joined_levels(question: Question) -> bool:
    """Whether the question sets several levels side by side (国家级和省部级); other words for levels are parts of
    names (世校赛总决赛)."""
    words = "|".join(re.escape(word) for group in question.levels for word in sorted(group))
    between = read_patterns("asking")["levels"]["joined"]
    return len(question.levels) >= 2 and bool(re.search(f"(?:{words}){between}(?:{words})", question.text))


def _levels(question: Question, ranked: Sequence[Ranked], knowledge: Knowledge) -> Found | None:
    """The sum over the levels that the question names (国家级、省部级加起来), each by its best figure of one unit."""
    told = [
        [r for r in ranked if not r.flaws and any(word in r.figure.observation.indicator for word in group)]
        for group in question.levels
    ]
    if not all(told):
        return None
    # one sentence tells them in the same way, so where one tells them all, it tells them best
    lines = set.intersection(*({r.figure.line for r in row[:_SEEN]} for row in told))
    parts = [next((r for r in row if r.figure.line in lines), row[0]) for row in told]
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
