"""The road over figures: which observation is asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from qgraph.answering.binding import EDITION_COST, missing_editions, missing_names, name_cost, one_of_many
from qgraph.answering.ground import Figure, Ground
from qgraph.answering.known_names import missing_things
from qgraph.answering.question import Question, groups_in, spoken_positions
from qgraph.knowledge import Knowledge
from qgraph.ontology import read_patterns
from qgraph.records import Observation
from qgraph.search import Tokens
from qgraph.text import bigrams, fold
from qgraph.words import pieces, word_class

_PEOPLE = frozenset(("人", "人次"))
_QUOTED = re.compile(r"“([^“”]{2,20})”")
_WHOLE = 0.4
_UNIT_COST = 0.8
_NAMED = 0.5  # for an indicator that the question names in so many words
_AMONG = 1.0  # for a figure of several, of which the question asks about one
_SPECIAL = 0.3  # for each name in quotation marks that the question does not hold
_PART = 1.2  # for telling of the part that is asked for
_EXCLUDED = 2.0  # for being called as what the question says that it does not mean
_LEFT_OUT = 2  # words of it from which on a figure is so called
_EXTREME = 0.4  # for being told as the greatest or the smallest where that is asked for
_BASE = 0.25  # share of the words for what changed that the question must hold
_TELLING = 6  # characters from which on a name of an indicator tells it from others
_SURE = 0.6  # how much of an indicator's name tells it for sure
_GRADED = 0.3  # for prizes of one grade where no grade is asked for
_PAST = 0.8  # for an earlier value where the past is asked for
_RELATIVE = 0.3  # for the year after the one that 去年 means for the newest report
_EARLIER = 0.2  # for an earlier period where no year is asked for
_CHANGE, _STATE = 0.8, 0.5  # for telling by how much something changed where that is asked for, and against the others
_EXACT = 0.2  # for the very classifier that is asked with
_COUNTED = 0.3  # for an indicator that is called as what is counted
_RATE = 0.4  # for a rate where a number is asked for (有多少, not 占多少)
_EACH = 0.7  # for what falls to each one where the whole is asked for
_EVENTS = frozenset(("次", "场", "场次", "期", "批"))
_COUNTABLE = frozenset(("人", "人次", "台（套）"))


@dataclass(frozen=True, slots=True)
class Ranked:
    """A figure with its score; `flaws` name the constraints of the question that it does not meet."""

    figure: Figure
    score: float
    flaws: tuple[str, ...]

    @property
    def place(self) -> tuple[str, str]:
        return self.figure.report, self.figure.observation.evidence.sentence


def rank_figures(
    question: Question,
    knowledge: Knowledge,
    ground: Ground,
    tokens: Tokens | None,
    lines: npt.NDArray[np.bool_],
    most: int = 30,
) -> list[Ranked]:
    """Figures that fit the question, of those in the sentences that are let through, best first."""
    scores = ground.figure_scores(question.weights, tokens, lines)
    if not len(scores):
        return []
    allowed = lines[ground.lines_of_figures]
    early: npt.NDArray[np.floating[Any]] = scores
    if question.units:
        # those of another unit leave their places to those that can answer
        fits = np.array([unit_fit(question, unit) for unit in ground.units], dtype=np.float64)
        early = scores - _UNIT_COST * (1 - fits[ground.units_of_figures])
    order = np.argsort(-np.where(allowed, early, -9.0), kind="stable")[: 4 * most]
    figures = [(ground.figures[i], float(scores[i])) for i in order if allowed[i]]
    named = _named(question, [figure for figure, _ in figures])
    ranked = [
        _judge(question, knowledge, ground, figure, score, named.get(_name(figure), 0.0)) for figure, score in figures
    ]
    if not question.years and "past" not in question.tenses:
        ranked = _latest_first(ranked)
    return sorted(ranked, key=lambda r: (-r.score, r.figure.observation.evidence.start))[:most]


def _latest_first(ranked: Sequence[Ranked]) -> list[Ranked]:
    """The figures, of which those of earlier periods stand behind the last one of the same indicator."""
    told = [((r.figure.report, *measure(r.figure.observation)), r.figure.observation.period.start[:4]) for r in ranked]
    last: dict[tuple[str, ...], str] = {}
    for (what, year), r in zip(told, ranked, strict=True):
        if "year" not in r.flaws:
            last[what] = max(last.get(what, ""), year)
    return [
        replace(r, score=r.score - _EARLIER) if year < last.get(what, "") else r
        for (what, year), r in zip(told, ranked, strict=True)
    ]


def measure(o: Observation) -> tuple[str, str, str]:
    """What an observation measures: its indicator, folded, its subject and its unit."""
    return fold(o.indicator), o.subject, o.unit


def _name(figure: Figure) -> tuple[str, str]:
    return figure.report, fold(figure.observation.indicator)


def _named(question: Question, figures: Sequence[Figure]) -> dict[tuple[str, str], float]:
    """Reports and indicators, folded, that the question names in so many words, with how much that says (通过率 says
    little); none that is only part of another such name in its report (省级科研项目数 names no 科研项目数)."""
    asked = fold(question.text)
    held = {name for name in map(_name, figures) if name[1] in asked}
    parts = {(r, n) for r, n in held for report, other in held if r == report and n != other and n in other}
    return {name: min(1.0, len(name[1]) / _TELLING) for name in held - parts}


def _judge(
    question: Question, knowledge: Knowledge, ground: Ground, figure: Figure, score: float, named: float
) -> Ranked:
    """The figure with its score and flaws; `named` is how much the question names its indicator."""
    o = figure.observation
    line = ground.lines[figure.line]
    flaws: list[str] = []
    rules = read_patterns("asking")
    score += _NAMED * named
    # a unit that the question does not tell but a noun suggests (奖学金是多少) yields to the name of the figure
    if question.units and (question.tells_unit or named < _SURE):
        fits = unit_fit(question, o.unit)
        score += (fits - 1) * _UNIT_COST if fits < 1 else _EXACT * (o.unit == question.counter)
        if fits == 0:
            flaws.append("unit")
    elif o.unit == "%" and not question.units and not re.search(rules["measuring"]["rate"], question.text):
        score -= _RATE
    each = re.compile(rules["measuring"]["each"])
    if each.search(o.indicator) and not each.search(question.text):
        score -= _EACH
        flaws.append("unit")
    if question.years and not year_fits(question.years, o, line.sentence.text):
        # who says 去年 may mean the year of the newest report
        if question.relative and o.period.start[:4] == str(knowledge.document(figure.report).year):
            score -= _RELATIVE
        else:
            score -= 0.7
            flaws.append("year")
    earlier = re.search(rules["past"]["replaced"], o.indicator) is not None
    if earlier and "past" not in question.tenses:
        score -= 0.7  # an earlier value (由71%提高到93%) that is not asked for
        flaws.append("year")
    elif earlier:
        score += _PAST
    if "change" in question.tenses:
        changes = rules["change"]
        # a rise of something else is no answer, however alike the words for rising
        base = set(bigrams(re.sub(changes["words"], " ", o.indicator)))
        asked = len(base & question.weights.keys()) >= _BASE * len(base)
        score += _CHANGE if asked and re.search(changes["told"], o.indicator) else -_STATE
        flaws += [] if asked else ["name:" + re.sub(changes["words"], "", o.indicator)]
    if _only_planned(question, knowledge, figure, line.sentence.text):
        score -= 0.7
        flaws.append("year")
    words = f"{figure.label} {figure.local}"
    told = f"{words} {line.quote} {line.context}"
    for groups, name, cost in ((question.grades, "grade", 0.7), (question.levels, "level", 0.15)):
        if groups and not any(word in words for group in groups for word in group):
            score -= cost
            if not any(word in line.quote + line.context for group in groups for word in group):
                flaws.append(name)
    if not question.grades and groups_in(o.indicator, rules["grades"]["groups"]):
        score -= _GRADED
    if question.levels and _of_another_level(question, o.indicator):
        score -= 0.5
    others = _other_people(question, f"{words} {' '.join(o.qualifiers)}")
    if others:
        score -= 0.3
        flaws.append(f"name:{others}")
    # the fewer words an indicator holds that nobody asked for, the better (专任教师数, not 专任教师中“双师型”教师数)
    label = set(bigrams(_summing().sub("", o.indicator)))
    left_out = [set(bigrams(words)) & label for words in question.excluded]
    if any(len(held) >= _LEFT_OUT for held in left_out):
        score -= _EXCLUDED * max(map(len, left_out)) / len(label)
    for extreme in question.aggregates & {"maximum", "minimum"}:
        score += _EXTREME * bool(re.search(rules["aggregate"][extreme], o.indicator))
    score += _WHOLE * len(label & question.weights.keys()) / max(1, len(label))
    for one, other in _contrasts():
        if one in question.text and other not in question.text and other in o.indicator and one not in o.indicator:
            score -= 0.6
            flaws.append(f"name:{one}")
    # what is told of one thing of a name is not told of all (黑龙江省“振兴杯”竞赛二等奖数, not 二等奖数)
    score -= _SPECIAL * sum(fold(name) not in fold(question.text) for name in _QUOTED.findall(o.indicator))
    if question.part:
        own = set(bigrams(question.part))
        score += _PART * len(own & set(bigrams(words))) / max(1, len(own))
        beside = fold(f"{words} {line.quote}")
        flaws += [f"name:{thing}" for thing in missing_things(question.part, spoken_positions(question.part), beside)]
    if question.counted and not question.part:
        own = set(bigrams(question.counted))
        score += _COUNTED * len(own & set(bigrams(o.indicator))) / max(1, len(own))
    if _belongs_to(question, o.indicator):
        score -= 0.3
        flaws.append("name:" + question.counted)
    for quote in re.findall(r"[“\"]([^“”\"]{2,20})[”\"]", question.text):
        if fold(quote) not in fold(told):
            score -= 0.3
            flaws.append(f"name:{quote}")
    missing = missing_names(question, knowledge, figure.report, line.sentence.id, told, o)
    score -= sum(name_cost(knowledge, name) for name in missing)
    editions = missing_editions(question, told)
    score -= EDITION_COST * len(editions)
    among = [] if missing else one_of_many(question, knowledge, line.sentence.id, o)
    score -= _AMONG * len(among)
    flaws += [f"name:{name}" for name in (*missing, *editions, *among)]
    return Ranked(figure, score, tuple(flaws))


def _of_another_level(question: Question, indicator: str) -> bool:
    """Whether an indicator is told of another level (国赛) than the one that is asked for (省赛)."""
    groups = read_patterns("asking")["levels"]["groups"]
    told = groups_in(indicator, groups)
    return bool(told) and not set(told) & set(question.levels)


def _only_planned(question: Question, knowledge: Knowledge, figure: Figure, sentence: str) -> bool:
    """Whether the figure is a goal (力争到2027年建成10个) that the question does not ask about."""
    rules = read_patterns("asking")["future"]
    period = figure.observation.period
    if question.years or "future" in question.tenses:
        return False
    if not period.stated:
        return re.search(rules["later"], sentence) is not None
    later = bool(period.start) and int(period.start[:4]) > knowledge.document(figure.report).year
    return later and re.search(rules["planned"], sentence) is not None


def unit_fit(question: Question, unit: str) -> float:
    """1 where the unit is one that was asked for, 0.7 for a near one, 0 for another."""
    plain = unit.removeprefix("万").removeprefix("亿") if unit not in question.units else unit
    if question.counter and unit != question.counter and {unit, question.counter} & _EVENTS:
        return 0.6
    if question.counter and not _classifies_alike(question.counter, unit):
        return 0.0
    if unit in question.units or plain in question.units:
        return 1.0
    if unit == "%" and set(question.units) == {"个百分点"} and "difference" in question.aggregates:
        return 1.0
    if question.counter and unit in _COUNTABLE:
        return 0.6
    if set(question.units) <= _PEOPLE and unit in ("个", "项", "名"):
        return 0.3
    return 0.0


def _classifies_alike(asked: str, told: str) -> bool:
    """Whether what is asked for with one classifier can be told with another (几块金牌: 3枚; 多少张病床 is no 1所)."""
    rules = read_patterns("asking")["counters"]
    loose = asked in rules["any"] or told in rules["any"] or told not in {*rules["group"], *_PEOPLE}
    return loose or asked == told or any({asked, told} <= set(row) for row in rules["alike"])


def one_kind(unit: str, other: str) -> bool:
    """Whether figures of two units can be compared: the same but for its scale, or both counts."""
    counts = (*read_patterns("asking")["counters"]["group"], "人", "名", "位")
    if unit in counts and other in counts:
        return True
    return unit.lstrip("万亿") == other.lstrip("万亿")


def year_fits(years: Sequence[int], o: Observation, sentence: str) -> bool:
    """Whether the observation holds in one of the years, or its own words name one."""
    if any(str(year) in o.period.label or str(year) in o.indicator for year in years):
        return True
    start, end = o.period.start[:4], o.period.end[:4]
    if start and end and any(int(start) <= year <= int(end) for year in years):
        return True
    return not (start or end) and any(str(year) in sentence for year in years)


@lru_cache(maxsize=1)
def _summing() -> re.Pattern[str]:
    return re.compile(read_patterns("asking")["measuring"]["summing"])


@lru_cache(maxsize=1)
def _contrasts() -> tuple[tuple[str, str], ...]:
    pairs = read_patterns("asking")["contrasts"]["pairs"]
    return tuple((a, b) for x, y in pairs for a, b in ((x, y), (y, x)))


def _belongs_to(question: Question, indicator: str) -> bool:
    """Whether what is counted is something of the thing that was asked for (党支部书记工作室建设单位, not 党支部)."""
    noun = question.counted
    if not noun or noun not in indicator:
        return False
    counting = read_patterns("asking")["measuring"]["counting"]
    after = [re.sub(counting, "", indicator[m.end() :]) for m in re.finditer(re.escape(noun), indicator)]
    heads = [pieces(rest)[:1] for rest in after]
    return all(head and len(head[0]) > 1 and word_class(head[0]) == "n" for head in heads)


def _other_people(question: Question, words: str) -> str:
    """The people that the question counts, where the figure counts others (干部, not 学生); "" where it does not."""
    rules = read_patterns("asking")["people"]
    match = re.search(rules["asked"], question.text)
    if match is None:
        return ""
    noun: str = match["noun"] or match["before"]
    own = [group for group in rules["groups"] if noun in group]
    if noun not in rules["general"] and noun not in words and any(g in words for g in rules["general"]):
        return noun  # 学生 are not 留学生
    if any(word in words for group in own for word in group):
        return ""
    return noun if any(word in words for group in rules["groups"] if group not in own for word in group) else ""
