"""Claims that a yes-or-no question makes and that figures can decide: a number (超过500人吗) or a change (下降了吗)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from qgraph.answering.figures import Ranked, measure, one_kind
from qgraph.answering.numerals import shown
from qgraph.answering.question import Question
from qgraph.answering.reader import Read
from qgraph.answering.roads import Found
from qgraph.language.quantities import find_quantities
from qgraph.ontology import read_patterns
from qgraph.text import nfkc

_NEAR = 0.9  # figures this close to the best one may tell of the change
_SEEN = 14

_HOLDS: dict[str, Callable[[Decimal, Decimal], bool]] = {
    ">": lambda told, claimed: told > claimed,
    ">=": lambda told, claimed: told >= claimed,
    "<": lambda told, claimed: told < claimed,
    "<=": lambda told, claimed: told <= claimed,
    "=": lambda told, claimed: told == claimed,
    "~": lambda told, claimed: abs(told - claimed) <= claimed / 10,
}


@dataclass(frozen=True, slots=True)
class Claim:
    """A number that a question asserts. `question` asks for the figure instead; `relation` is one of
    > >= < <= = ~ (about)."""

    question: str
    relation: str
    value: Decimal
    unit: str


def read_claim(text: str) -> Claim | None:
    """The number that the question asserts, or None. Numbers that only describe (毕业三年内) assert nothing."""
    rules = read_patterns("asking")["claims"]
    plain = nfkc(text).strip()
    for pattern, written in rules["shares"].items():
        plain = re.sub(pattern, written, plain)
    found = [q for q in find_quantities(plain) if q.unit]
    for quantity in reversed(found):
        before = plain[: quantity.number_start]
        after = plain[quantity.end :]
        relation, start = "", quantity.start
        matches = [(re.search(f"(?:{row['pattern']})$", before), row["relation"]) for row in rules["before"]]
        # the longest decides: 没有达到 is no 达到
        longest = max(matches, key=lambda m: len(m[0][0]) if m[0] else 0)
        if longest[0]:
            relation, start = longest[1], min(start, longest[0].start())
        tail = re.match(rules["after"]["pattern"], after)
        if tail and tail[0]:
            relation = rules["after"]["relations"][tail[0]]
        elif quantity.bound in rules["bounds"] and relation in ("", "="):
            relation = rules["bounds"][quantity.bound]
        if not relation and re.match(rules["after"]["end"], after):
            relation = "="
        if not relation:
            continue
        rest = after[tail.end() :] if tail else after
        asked = re.sub(rules["particles"], "", plain[:start]) + f"多少{quantity.unit}" + rest
        return Claim(re.sub(rules["particles"], "", asked), relation, quantity.value, quantity.unit)
    return None


def judge_claim(claim: Claim, ranked: Sequence[Ranked], reads: Sequence[Read]) -> Found | None:
    """The verdict on a claimed number by the best figure of its unit, else by a sentence that says the same number;
    None where neither is told: a claim that no figure decides is not borne out by words alike."""
    best = next((r for r in ranked[:_SEEN] if one_kind(r.figure.observation.unit, claim.unit)), None)
    if best is not None and best.score < ranked[0].score - _NEAR:
        best = None
    if best is None:
        read = next((r for r in reads[:3] if _says(claim, r.line.quote)), None)
        return Found("是", (read.place,), read.score, "判断", flaws=read.flaws) if read else None
    o = best.figure.observation
    told, claimed = _comparable(o.value, o.unit, claim.value, claim.unit)
    holds = _HOLDS[claim.relation](told, claimed)
    if told == claimed and claim.relation == ">" and o.bound in read_patterns("asking")["claims"]["more"]:
        holds = True
    return by_figure(best, holds, best.score, best.flaws)


def judge_share(claim: Claim, share: Found) -> Found:
    """The verdict on a claimed share by one that was computed; its text is the share."""
    told = find_quantities(share.text)[0].value
    return replace(share, text="是" if _HOLDS[claim.relation](told, claim.value) else "否", road="判断")


def by_figure(ranked: Ranked, holds: bool, score: float, flaws: tuple[str, ...] = ()) -> Found:
    """The verdict that a figure gives, with the figure."""
    o = ranked.figure.observation
    told = f"{o.indicator}为{shown(o)}"
    return Found("是" if holds else "否", (ranked.place,), score, "判断", calculation=told, flaws=flaws)


def _says(claim: Claim, text: str) -> bool:
    return any(q.value == claim.value and q.unit == claim.unit for q in find_quantities(text))


def _comparable(value: Decimal, unit: str, claimed: Decimal, claimed_unit: str) -> tuple[Decimal, Decimal]:
    """Both numbers in one scale: money and areas keep the 万 or 亿 of their unit."""
    scales = {"万": Decimal(10**4), "亿": Decimal(10**8)}
    return value * scales.get(unit[:1], Decimal(1)), claimed * scales.get(claimed_unit[:1], Decimal(1))


def judge_change(question: Question, ranked: Sequence[Ranked]) -> Found | None:
    """The verdict on a rise or fall by the values of one indicator in two periods; None where none are told."""
    rules = read_patterns("asking")["claims"]["change"]
    rises, falls = re.search(rules["rise"], question.text), re.search(rules["fall"], question.text)
    if bool(rises) == bool(falls) or not ranked:
        return None
    for later in ranked[:_SEEN]:
        if later.score < ranked[0].score - _NEAR or "unit" in later.flaws:
            continue
        earlier = _before(later, ranked)
        if earlier is None:
            continue
        a, b = earlier.figure.observation, later.figure.observation
        moved = b.value - a.value
        holds = moved > 0 if rises else moved < 0
        told = f"{b.indicator}由{a.period.label}的{shown(a)}变为{b.period.label}的{shown(b)}"
        places = tuple(dict.fromkeys((later.place, earlier.place)))
        return Found("是" if holds else "否", places, later.score, "判断", calculation=told)
    return None


def _before(later: Ranked, ranked: Sequence[Ranked]) -> Ranked | None:
    """The same measure in the last period before."""
    o = later.figure.observation
    rows = [
        r
        for r in ranked
        if r.figure.observation.period.start < o.period.start and measure(r.figure.observation) == measure(o)
    ]
    return max(rows, key=lambda r: r.figure.observation.period.start, default=None)
