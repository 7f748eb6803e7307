"""Yes or no: whether the best evidence bears out what the question asserts.

Figures decide claims of numbers and changes (claims.py); the rules here decide the others on sentences. Each rule
returns a verdict or None where it has nothing to say; the first that speaks decides, and where nothing contradicts
the best sentence, it bears the question out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from qgraph.answering.alternatives import find_alternative
from qgraph.answering.claims import by_figure
from qgraph.answering.figures import Ranked, measure
from qgraph.answering.known_names import missing_things
from qgraph.answering.lexical import Bm25, coverage
from qgraph.answering.numerals import shown
from qgraph.answering.question import Question, spoken_positions
from qgraph.answering.reader import Read
from qgraph.answering.roads import Found
from qgraph.answering.spans import ending_with, entity_spans
from qgraph.answering.values import by_unit, find_figure
from qgraph.citations import cite
from qgraph.knowledge import Knowledge
from qgraph.ontology import read_patterns
from qgraph.text import bigrams, fold, parse_number
from qgraph.words import NOUNS, VERBS

_FOCUS = 0.6  # a verdict stands on what is asked, not on what the question is about
_BESIDE = 0.25
_TOLD = 0.55
_LOOKED = 6
_THEME = 2  # words that must be left of a question when what it claims is taken away

ReadFor = Callable[[str], tuple[Question, Sequence[Read]]]
"""Understands another wording of the question and ranks the sentences for it."""


@dataclass(frozen=True, slots=True)
class _Case:
    """What the rules look at: the question, its sentences, the best first, and its figures."""

    question: Question
    knowledge: Knowledge
    index: Bm25
    reads: Sequence[Read]
    ranked: Sequence[Ranked]

    @property
    def best(self) -> Read:
        return self.reads[0]


def judge(
    question: Question,
    knowledge: Knowledge,
    index: Bm25,
    reads: Sequence[Read],
    ranked: Sequence[Ranked],
    read_for: ReadFor,
    known: str,
) -> Found | None:
    """The verdict by the first rule that speaks; 是 when nothing contradicts. `known` are the folded words of
    the reports that may answer."""
    if not reads:
        return None
    ordered = sorted(reads, key=lambda r: -(r.score + _FOCUS * r.focus))
    case = _Case(question, knowledge, index, ordered, ranked)
    for rule in (_nothing, _agreeing, _others, _alternative, _opposite, _sole, _full, _grade, _class):
        found = rule(case)
        if found is not None:
            return found
    return _other_thing(case, read_for) or _other_of_type(case) or _negated(case) or _borne_out(case, known)


def _verdict(text: str, read: Read, reason: str = "") -> Found:
    flaws = read.flaws if text == "是" else ()
    return Found(text, (read.place,), read.score, "判断", calculation=reason, flaws=flaws)


def _nothing(case: _Case) -> Found | None:
    """A clause with words of the question says that the number is 0."""
    pattern = read_patterns("asking")["verdict"]["nothing"]
    for read in case.reads[:2]:
        for clause in re.split("[，。；]", read.line.quote):
            if (
                re.search(pattern, clause)
                and not re.search(pattern, case.question.text)
                and sum(g in clause for g in case.question.weights if len(g) > 1) >= 2
            ):
                return _verdict("否", read, "报告给出的数是 0")
    return None


def _agreeing(case: _Case) -> Found | None:
    """Whether several places tell a figure in the same way (前后写得一致吗), by the figures themselves."""
    rules = read_patterns("asking")["verdict"]
    if not re.search(rules["agreeing"], case.question.text):
        return None
    figure = find_figure(case.knowledge, by_unit(case.ranked))
    if figure is None:
        return None
    asked = measure(case.ranked[0].figure.observation)
    near = [r for r in case.ranked[:_LOOKED] if measure(r.figure.observation) == asked]
    if len({r.figure.observation.value for r in near}) > 1:
        places = [cite(case.knowledge, *r.place, 1).place for r in near]
        values = [f"{r.figure.observation.period.label}{shown(r.figure.observation)}" for r in near]
        told = "；".join(f"{value}（{place}）" for value, place in zip(values, places, strict=True))
        figure = replace(figure, disagreement=(told,), places=tuple(r.place for r in near))
    agrees = not figure.disagreement
    holds = agrees != bool(re.search(rules["disagreeing"], case.question.text))
    told = "；".join(figure.disagreement) or f"各处都是{figure.text}"
    return replace(figure, text="是" if holds else "否", road="判断", calculation=told)


def _others(case: _Case) -> Found | None:
    """Others too, the question says (还有别的学校获奖吗); the sentence says that it is the only one."""
    rules = read_patterns("asking")["verdict"]
    if re.search(rules["others"], case.question.text) and re.search(rules["alone"], case.best.line.quote):
        return _verdict("否", case.best, "报告说是唯一的")
    return None


def _opposite(case: _Case) -> Found | None:
    """A sentence says the same word as the question (提高), or its opposite (下降)."""
    asked = case.question.text
    for one, other in read_patterns("asking")["verdict"]["opposites"]:
        for mine, theirs in ((one, other), (other, one)):
            if not re.search(mine, asked):
                continue
            for read in _naming(case):
                words = read.line.sentence.text
                # 停招 holds 招
                if re.search(mine, re.sub(theirs, "，", words)):
                    return _verdict("是", read)
                if re.search(theirs, words):
                    return _verdict("否", read, "报告的说法相反")
    return None


def _naming(case: _Case) -> Sequence[Read]:
    """The best sentences; those that name what the question names where any does."""
    best = case.reads[:_LOOKED]
    names = case.knowledge.names_of(case.question.named)
    return [r for r in best if any(name in r.line.sentence.text for name in names)] or best


def _sole(case: _Case) -> Found | None:
    """Only one, the question says; the sentence counts more."""
    rules = read_patterns("asking")["verdict"]
    if not re.search(rules["sole"], case.question.text):
        return None
    many = re.search(rules["many"], case.best.line.quote)
    number = parse_number(many[1]) if many else None
    return _verdict("否", case.best, f"共有{many[1]}个") if many and number is not None and number > 1 else None


def _full(case: _Case) -> Found | None:
    """All of it done, the question says; a rate tells, for what is said of all of them (都有效吗) that of the best
    sentence."""
    rules = read_patterns("asking")["verdict"]
    rates = [r for r in case.ranked[:_LOOKED] if r.figure.observation.unit == "%"]
    full = re.search(rules["full"], case.question.text)
    if not full:
        every = re.search(rules["every"], case.question.text)
        rates = [r for r in rates if every and r.figure.line == case.best.index]
    if not rates:
        return _of_plan(case) if full else None
    return by_figure(rates[0], rates[0].figure.observation.value >= Decimal(100), max(case.best.score, rates[0].score))


def _of_plan(case: _Case) -> Found | None:
    """What was done against what was planned, where one sentence tells both (计划3600人，录取3588人)."""
    rules = read_patterns("asking")["verdict"]
    for plan in case.ranked[:_LOOKED]:
        p = plan.figure.observation
        if not re.search(rules["planned"], p.indicator):
            continue
        beside = [r for r in case.ranked if r.figure.line == plan.figure.line and r.figure.observation.unit == p.unit]
        told = [(r, re.sub(rules["planned"], "", r.figure.observation.indicator)) for r in beside]
        done = [r for r, words in told if re.search(rules["done"], words)]
        if done:
            o = done[0].figure.observation
            found = by_figure(done[0], o.value >= p.value, max(case.best.score, done[0].score))
            return replace(found, calculation=f"{p.indicator}为{shown(p)}，{o.indicator}为{shown(o)}")
    return None


def _alternative(case: _Case) -> Found | None:
    """The sentence tells another of a row of which a thing has one than the question claims."""
    found = find_alternative(case.question, case.reads)
    return _verdict("否", found[0], f"报告说的是{'、'.join(found[1])}") if found else None


def _grade(case: _Case) -> Found | None:
    """A prize of that grade, and of that level, is not among those that the sentence names."""
    question, text = case.question, case.best.line.quote
    grades = [w for group in question.grades for w in group]
    levels = [w for group in question.levels for w in group]
    if not grades:
        return None
    if not any(w in text for w in grades):
        return _verdict("否", case.best, "获奖等级中没有这一项")
    parts = re.split("[，。；、]", text)
    if levels and not any(any(w in part for w in levels) and any(w in part for w in grades) for part in parts):
        return _verdict("否", case.best, "这一级别的获奖中没有这一等级")
    return None


def _class(case: _Case) -> Found | None:
    """The class by its letter (A类) that the sentence tells of what the question names, after its name there."""
    pattern = read_patterns("asking")["verdict"]["class"]
    asked = re.findall(pattern, case.question.text)
    if len(asked) != 1:
        return None
    behind = re.compile(f"[^，；。]*?({pattern})")
    for read in case.reads[:_LOOKED]:
        text = read.line.sentence.text
        names = {name for name in case.knowledge.names_of(case.question.named) if name in text}
        longest = sorted(names, key=lambda name: (-len(name), name))
        told = next(filter(None, (behind.match(text, text.rindex(name)) for name in longest)), None)
        if told:
            said = re.sub(r"\s", "", told[1])
            return _verdict("是" if fold(said) == fold(asked[0]) else "否", read, f"报告说的是{said}")
    return None


def _borne_out(case: _Case, known: str) -> Found:
    """Nothing contradicts; what is done to the thing (配齐, 开除) must be told, if only by its telling character
    (派出, where the report says 选派)."""
    text = case.question.text
    asking = re.compile(read_patterns("asking")["claims"]["particles"])
    bare = asking.sub("，", text)
    words = case.best.line.quote
    undone = [
        word
        for word in missing_things(bare, spoken_positions(bare), known, NOUNS | VERBS)
        if min(word, key=known.count) not in words
    ]
    found = _verdict("是", case.best)
    return replace(found, flaws=(*found.flaws, *(f"name:{word}" for word in undone)))


def _other_thing(case: _Case, read_for: ReadFor) -> Found | None:
    """The report tells another thing of that kind in the place of the one that the question claims.

    The question is asked again without the thing, lest the thing itself lead to sentences where it stands for
    something else.
    """
    text = re.sub("是不是", "是", re.sub("有没有|是否", "", case.question.text))
    match = re.search(read_patterns("asking")["claimed"]["pattern"], text)
    if match is None:
        return None
    thing = match["thing"]
    done = re.match(r"[一-鿿]*?(?=的?(?:吗|么|吧|[,，?？]|$))", match["rest"])
    question, reads = read_for(f"{text[: match.start('thing')]}哪个{_head(thing)}{done[0] if done else ''}")
    question = replace(question, text=case.question.text)
    theme = set(bigrams(text[: match.start()])) & question.weights.keys()
    if not reads or not question.types or len(theme) < _THEME:
        return None
    near = [r for r in reads[:_LOOKED] if r.score > reads[0].score - _BESIDE]
    for read in near:
        if fold(thing) in fold(read.line.quote):
            return _verdict("是", read)
    best = max(near, key=lambda r: r.score + _FOCUS * r.focus)
    if best.told < _TOLD:
        return None
    text = best.line.sentence.text
    others = entity_spans(question, case.knowledge, best.line) or (
        ending_with(_head(thing), text) if _head(thing) else []
    )
    if any(_alike(thing, other.text) for other in others):
        return None
    if not others:
        # the thing stands only where the report speaks of something else
        return replace(_verdict("是", best), flaws=(*best.flaws, f"name:{thing}"))
    clause = re.split("[，。；]", text[: others[0].end])[-1] + re.split("[，。；]", text[others[0].end :])[0]
    return _verdict("否", best, f"报告说的是“{clause.strip()}”")


def _head(thing: str) -> str:
    """What kind of thing a name names, by its last word (人工智能专业 → 专业)."""
    for row in read_patterns("asking")["types"]["rows"]:
        match = re.search(rf"(?:{row['ending']})$", thing) if row["ending"] else None
        if match:
            return match[0]
    return ""


def _alike(one: str, other: str) -> bool:
    a, b = set(bigrams(one)), set(bigrams(other))
    return len(a & b) >= 0.5 * min(len(a), len(b))


def _other_of_type(case: _Case) -> Found | None:
    """The sentence names another of the type in the place of a thing that the question names."""
    present = case.knowledge.entities_in.get(case.best.line.sentence.id, ())
    words = fold(case.best.line.quote)
    comparable = read_patterns("asking")["verdict"]["comparable"]
    for identifier in case.question.named:
        entity = case.knowledge.entities[identifier]
        names = [fold(n) for n in (entity.name, *entity.aliases)]
        if entity.type not in comparable or any(n in words for n in names):
            continue
        others = [
            case.knowledge.entities[e].name
            for e in present
            if case.knowledge.entities[e].type == entity.type and e not in case.question.named
        ]
        if others:
            return _verdict("否", case.best, f"报告说的是{'、'.join(others)}")
    return None


def _negated(case: _Case) -> Found | None:
    """The sentence denies what the question asserts."""
    pattern = read_patterns("asking")["verdict"]["negation"]
    text = case.best.line.quote
    for match in re.finditer(read_patterns("asking")["negated"]["told"], text):
        if set(bigrams(match["what"])) & case.question.weights.keys():
            return _verdict("否", case.best, f"报告说“{match[0]}”")
    if not re.search(pattern, text) or re.search(pattern, case.question.text):
        return None
    if coverage(case.question.weights, case.index, text) <= 0.5:
        return None
    return _verdict("否", case.best, "报告给出否定的说法")
