"""The road over sentences: the best sentences, and dates, ordinals and definitions read from them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from qgraph.answering.binding import EDITION_COST, missing_editions, missing_names, name_cost
from qgraph.answering.ground import Ground, Hit, Line
from qgraph.answering.lexical import Focus
from qgraph.answering.question import Question
from qgraph.answering.roads import Found, Span
from qgraph.answering.spans import (
    dates,
    nearest,
)
from qgraph.knowledge import Knowledge
from qgraph.ontology import read_patterns
from qgraph.search import Tokens
from qgraph.text import bigrams

_DEPTH = 12
_NEIGHBOURS = 0.15
_TOLD, _FOCUS = 0.6, 0.6
_USUAL_TOLD, _USUAL_FOCUS = 0.5, 0.3  # where a sentence is neither helped nor hurt
_POOL = 24  # the sentences that compete, among which words set apart


@dataclass(frozen=True, slots=True)
class Read:
    """A sentence with its score; `flaws` as in figures.Ranked, `told` the share of the question that it tells
    with what it leans on, `focus` that of what sets the candidates apart; `hits` its words that the question means."""

    line: Line
    index: int
    score: float
    flaws: tuple[str, ...]
    told: float = 0.0
    focus: float = 0.0
    hits: tuple[Hit, ...] = ()

    @property
    def place(self) -> tuple[str, str]:
        return self.line.report, self.line.sentence.id


def rank_lines(
    question: Question,
    knowledge: Knowledge,
    ground: Ground,
    tokens: Tokens | None,
    allowed: npt.NDArray[np.bool_],
    most: int = 20,
) -> list[Read]:
    """Sentences that fit the question, best first. Headings alone say nothing and rank lower."""
    scores = ground.line_scores(question.weights, tokens, allowed)
    scores = scores + _NEIGHBOURS * ground.passage_best(scores)
    order = np.argsort(-np.where(allowed, scores, -1.0), kind="stable")[: 4 * most]
    focus = Focus(question.weights, [ground.lines[i].quote for i in order[:_POOL] if allowed[i]])
    ranked = []
    for i in order:
        if not allowed[i]:
            continue
        line = ground.lines[i]
        score = float(scores[i])
        flaws = []
        if line.sentence.kind in ("heading", "title", "case_title"):
            score -= 0.25
        elif line.sentence.kind == "caption":
            score -= 0.12
        words = f"{line.quote} {line.context}"
        told = ground.told(int(i), question.weights)
        apart = focus.share(line.quote) * told
        score += _TOLD * (told - _USUAL_TOLD) + _FOCUS * (apart - _USUAL_FOCUS)
        missing = missing_names(question, knowledge, line.report, line.sentence.id, words, None)
        editions = missing_editions(question, words)
        score -= sum(name_cost(knowledge, name) for name in missing) + EDITION_COST * len(editions)
        flaws += [f"name:{name}" for name in (*missing, *editions)]
        if question.years and not any(str(year) in words for year in question.years):
            if re.search(r"(?:19|20)\d\d", line.quote):
                score -= 0.1
            if knowledge.document(line.report).year not in question.years:
                flaws.append("year")
                score -= 0.1
        ranked.append(Read(line, int(i), score, tuple(flaws), told, apart))
    best = sorted(ranked, key=lambda r: (-r.score, r.index))[:most]
    if tokens is None:
        return best
    return [replace(r, hits=ground.hits(r.index, tokens)) if n < _DEPTH else r for n, r in enumerate(best)]


def behind(found: Found, reads: Sequence[Read]) -> float:
    """How far the first sentence of an answer falls behind the best one; 0 for one that is not among them."""
    own = next((read.score for read in reads if read.place == found.places[0]), reads[0].score)
    return max(0.0, reads[0].score - own)


def find_date(question: Question, reads: Sequence[Read]) -> list[Found]:
    """Dates of the best sentences, those nearest to the words of the question first."""
    found = []
    for rank, read in enumerate(reads[:_DEPTH]):
        spans = nearest(read.hits, read.line.sentence.text, dates(read.line.sentence.text))
        spans = _beside_event(question, read.line.sentence.text, spans)
        if re.search("哪[一几]?天|几号|几日|日期|展期", question.text):
            spans = [s for s in spans if "日" in s.text]
        elif re.search("几月|哪几?个月|月份", question.text):
            spans = [s for s in spans if "月" in s.text]
        if re.search(read_patterns("asking")["dates"]["range"], question.text):
            spans = [s for s in spans if re.search("至|到|—|－|-|–|~", s.text)] or spans
        if spans:
            found.append(
                Found(
                    _trim(question, spans[0].text), (read.place,), read.score - 0.03 * rank, "读日期", flaws=read.flaws
                )
            )
    return found


def _beside_event(question: Question, text: str, spans: list[Span]) -> list[Span]:
    """The dates, the one first that stands closest before or after what the question asks the time of."""
    rules = read_patterns("asking")["dates"]
    event = re.search(rules["before"], question.text) or re.search(rules["after"], question.text)
    if event is None or len(spans) < 2:
        return spans
    # with what reports write for what people say (改叫: 更名)
    grams = {*bigrams(event["what"]), *(g for g, weight in question.weights.items() if weight < 1)}
    told = [m.start() for gram in sorted(grams) for m in re.finditer(re.escape(gram), text)]
    if not told:
        return spans
    # a date stands before what happened then
    return sorted(spans, key=lambda s: min((t - s.end if t >= s.end else 2 * (s.start - t)) for t in told))


def _trim(question: Question, words: str) -> str:
    if re.search(read_patterns("asking")["dates"]["range"], question.text):
        return words if words.endswith(("年", "月", "日")) else f"{words}年"
    month = re.search("几月(?!几)|哪个?月|月份", question.text)
    if re.search("哪[一]?年", question.text) and not month:
        return words[:5]
    if month and "至" not in words:
        match = re.match(r"\d{4}年\d{1,2}月", words)
        return match[0] if match else words
    return words


def find_ordinal(question: Question, reads: Sequence[Read]) -> list[Found]:
    """Which one of a row something is (第七届), from the best sentences that say it."""
    match = re.search(read_patterns("asking")["ordinal"]["asks"], question.text)
    if match is None:
        return []
    found = []
    for rank, read in enumerate(reads[:_DEPTH]):
        text = read.line.sentence.text
        spans = [
            Span(m[0], m.start(), m.end())
            for m in re.finditer(rf"第\s*(?:\d+|[一二三四五六七八九十百]+)\s*{match['counter']}", text)
        ]
        if spans:
            best = nearest(read.hits, text, spans)[0]
            found.append(Found(best.text, (read.place,), read.score - 0.03 * rank, "读序数", flaws=read.flaws))
    return found


def find_definition(question: Question, reads: Sequence[Read]) -> list[Found]:
    """What a term stands for, where a sentence spells it out (“三品牌”：…)."""
    rules = read_patterns("asking")["definition"]
    match = re.search(rules["asks"], question.text)
    if match is None:
        return []
    term = match["quoted"] or match["term"] or match["named"]
    terms = [t for t in dict.fromkeys((term, term.split("的")[-1])) if len(t) > 1]
    found = []
    for rank, read in enumerate(reads[:_DEPTH]):
        told = next(
            (m for t in terms if (m := re.search(re.escape(t) + rules["tells"], read.line.sentence.text))), None
        )
        if told:
            words = told["told"].strip()
            items = tuple(filter(None, re.split("、|；|以及", words))) if question.kind == "list" else ()
            score = read.score + 0.5 - 0.03 * rank
            found.append(Found(words, (read.place,), score, "读释义", items, flaws=read.flaws))
    return found
