"""One confidence over all roads, and the doubt that speaks most against an answer.

What speaks for and against an answer is one small record, `Signs`; the confidence is a logistic function of it. Its
weights, and the confidence below which a question is refused, are fitted (`bench/calibrate.py`) and stand in
ontology/patterns/confidence.toml. The direction of every sign is fixed here, so that whatever the data, a further flaw
never raises the confidence.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict, dataclass
from types import MappingProxyType

from qgraph.answering.ground import Ground
from qgraph.answering.known_names import missing_things
from qgraph.answering.lexical import coverage
from qgraph.answering.question import Question, spoken_positions
from qgraph.answering.roads import Found
from qgraph.knowledge import Knowledge
from qgraph.ontology import read_patterns
from qgraph.search import Tokens
from qgraph.text import fold, nfkc

OPEN_KINDS = frozenset(("case", "passage", "text"))
DIRECTIONS: Mapping[str, int] = MappingProxyType(
    {
        "score": 1,
        "coverage": 1,
        "told": 1,
        "like": 1,
        "behind": -1,
        "rival": -1,
        "open": 0,
        "strange": -1,
        "foreign": -1,
        "absent": -1,
        "unknown": -1,
        "unsaid": -1,
        "year": -1,
        "unit": -1,
        "grade": -1,
        "level": -1,
        "name": -1,
        "other": -1,
    }
)
"""Of each sign: +1 where more of it may only raise the confidence, -1 where it may only lower it, 0 where either."""

_BEST = 1.1  # a score above it says no more
_OFFERED = 0.5
_NEAR = 0.55  # mean cosine of its tokens from which on a word is said in other words
_FLAWS = ("year", "unit", "grade", "level", "name")


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for and against an answer to a question.

    `score` of its road, at most 1.1; `coverage`, the share by rarity of the question's own words that stand in the
    evidence, and `told`, the same with what the evidence leans on; `like`, how near the evidence is in meaning;
    `behind`, how far it falls behind a sentence in which nothing could be read; `rival`, how close the best candidate
    with another answer comes;
    `open` is 1 for cases and passages, for which names and things need not all be said; `strange`, the share of words
    that no report knows, and `foreign`, what of it is above a half; `absent` and `unknown`, 1 where a name or a thing
    of the question is in no report; `unsaid`, things that the evidence does not speak of (up to 2); the others count
    constraints that the evidence does not meet.
    """

    score: float
    coverage: float = 0.0
    told: float = 0.0
    like: float = 0.0
    behind: float = 0.0
    rival: float = 0.0
    open: float = 0.0
    strange: float = 0.0
    foreign: float = 0.0
    absent: float = 0.0
    unknown: float = 0.0
    unsaid: float = 0.0
    year: float = 0.0
    unit: float = 0.0
    grade: float = 0.0
    level: float = 0.0
    name: float = 0.0
    other: float = 0.0

    def confidence(self, weights: Mapping[str, float]) -> float:
        """The logistic function of the signs under the weights ("bias" among them)."""
        logit = weights["bias"] + sum(weights.get(name, 0.0) * value for name, value in asdict(self).items())
        return 1 / (1 + math.exp(-max(-40.0, min(40.0, logit))))


@dataclass(frozen=True, slots=True)
class Weighed:
    """A candidate answer as it was weighed; without signs where nothing was found."""

    question: str
    found: Found | None
    signs: Signs | None
    confidence: float


_watching: ContextVar[list[Weighed] | None] = ContextVar("watching", default=None)


@contextmanager
def watched() -> Iterator[list[Weighed]]:
    """Collects what is weighed meanwhile, refused candidates too: for measuring and fitting."""
    seen: list[Weighed] = []
    token = _watching.set(seen)
    try:
        yield seen
    finally:
        _watching.reset(token)


def refuse_below(kind: str = "") -> float:
    """The confidence below which a question of the kind is refused. Cases are offered to choose from and quoted as they
    stand, so less is enough for them."""
    return float(read_patterns("confidence")["refuse_below"]) * (_OFFERED if kind == "case" else 1.0)


def weigh(
    asked: Question, found: Found | None, knowledge: Knowledge, ground: Ground, tokens: Tokens
) -> tuple[float, str]:
    """The calibrated confidence in an answer to a question with these tokens, and the main doubt in Chinese ("" if
    none)."""
    watching = _watching.get()
    if found is None or not found.places:
        absent = (*asked.absent, *asked.unknown)
        if watching is not None:
            watching.append(Weighed(asked.text, found, None, 0.0))
        return 0.0, f"没有提到“{'、'.join(dict.fromkeys(absent))}”" if absent else "没有找到相关内容"
    lines = [ground.line_of[sentence] for sentence in _evidence(found, knowledge)]
    nearness = ground.nearness(lines, tokens)

    def unlike(words: Sequence[str]) -> tuple[str, ...]:
        """Those that the evidence does not say in other words either."""
        at = {word: asked.text.lower().find(word) for word in words}
        return tuple(w for w in words if nearness.of(at[w], at[w] + len(w)) < _NEAR)

    unsaid = () if asked.kind in OPEN_KINDS else unlike(_unsaid(asked, found, knowledge, ground))
    unknown = unlike(asked.unknown)
    signs = read_signs(asked, found, ground, lines, (unsaid, unknown), nearness.whole)
    confidence = signs.confidence(read_patterns("confidence")["weights"])
    if watching is not None:
        watching.append(Weighed(asked.text, found, signs, confidence))
    return confidence, _doubt(asked, found.flaws, unsaid)


def read_signs(
    asked: Question,
    found: Found,
    ground: Ground,
    lines: Sequence[int],
    missing: tuple[Sequence[str], Sequence[str]],
    like: float,
) -> Signs:
    """The signs of a candidate that rests on these lines; `missing` are the things that they do not speak of, and those
    that no report does; `like` is how near the lines are in meaning."""
    unsaid, unknown = missing
    words = " ".join(f"{ground.lines[at].quote} {ground.lines[at].context}" for at in lines)
    own = {g: w for g, w in asked.weights.items() if w == 1.0}
    flaws = [flaw.split(":")[0] for flaw in found.flaws]
    is_open = asked.kind in OPEN_KINDS
    return Signs(
        score=min(found.score, _BEST),
        coverage=coverage(own, ground.by_text, words),
        told=max(ground.told(at, asked.weights) for at in lines),
        like=like,
        behind=min(1.0, found.behind),
        rival=found.rival,
        open=float(is_open),
        strange=asked.strange,
        foreign=max(0.0, asked.strange - 0.5),
        absent=0.0 if asked.kind == "case" else min(1.0, len(asked.absent)),
        unknown=0.0 if is_open else min(1.0, len(unknown)),
        unsaid=min(2.0, len(unsaid)),
        other=float(sum(flaw not in _FLAWS for flaw in flaws)),
        **{flaw: float(flaws.count(flaw)) for flaw in _FLAWS},
    )


def _evidence(found: Found, knowledge: Knowledge) -> Sequence[str]:
    """The sentences that an answer rests on: of a case or passage, which is given whole, all of the first."""
    report, first = found.places[0]
    if not found.whole:
        return [sentence for _, sentence in found.places[:2]]
    case = knowledge.sentences[first].case
    if found.cases and case:
        return [sentence.id for sentence in knowledge.document(report).sentences_of_case(case)]
    passage = knowledge.passage_of_sentence.get(first)
    return passage.sentences if passage else [first]


def _unsaid(asked: Question, found: Found, knowledge: Knowledge, ground: Ground) -> tuple[str, ...]:
    """Things of the question that neither the evidence nor what stands around it speaks of."""
    told = []
    for _, sentence in found.places[:3]:
        line = ground.lines[ground.line_of[sentence]]
        passage = knowledge.passage_of_sentence.get(sentence)
        told.append(f"{line.quote} {line.context} {passage.text if passage else ''}")
    plain, folded = nfkc(asked.content), fold(" ".join(told))
    unsaid = missing_things(plain, spoken_positions(plain, folded), folded)
    # what the question word asks for (哪些媒体) need not be said
    asked_for = missing_things(nfkc(asked.text), spoken_positions(nfkc(asked.text), folded), folded)
    return tuple(word for word in unsaid if word in asked_for)


def _doubt(asked: Question, flaws: tuple[str, ...], unsaid: tuple[str, ...]) -> str:
    absent = (*asked.absent, *asked.unknown)
    if absent:
        return f"没有提到“{'、'.join(dict.fromkeys(absent))}”"
    if "year" in flaws:
        return "报告没有给出所问年份的情况"
    if "unit" in flaws:
        return "没有这种单位的数据"
    names = [f.split(":", 1)[1] for f in flaws if f.startswith("name:")] or list(unsaid)
    if names:
        return f"没有说到“{'、'.join(dict.fromkeys(names))}”的这一情况"
    return "所问的内容在报告中没有出现" if asked.strange > 0.3 else ""
