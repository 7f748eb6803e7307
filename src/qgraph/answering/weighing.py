"""One confidence over all roads, and the doubt that speaks most against an answer."""

from __future__ import annotations

import math

from qgraph.answering.ground import Ground
from qgraph.answering.known_names import missing_things
from qgraph.answering.lexical import coverage
from qgraph.answering.question import Question, spoken_positions
from qgraph.answering.roads import Found
from qgraph.knowledge import Knowledge
from qgraph.ontology import read_patterns
from qgraph.text import fold, nfkc

OPEN_KINDS = frozenset(("case", "passage", "text"))


def weigh(asked: Question, found: Found | None, knowledge: Knowledge, ground: Ground) -> tuple[float, str]:
    """A calibrated confidence from score, coverage and flaws, with the main doubt in Chinese ("" if none).

    The weights of the logistic function are in [choosing] of ontology/patterns/asking.toml.
    """
    if found is None or not found.places:
        absent = (*asked.absent, *asked.unknown)
        return 0.0, f"没有提到“{'、'.join(absent)}”" if absent else "没有找到相关内容"
    weights = read_patterns("asking")["choosing"]["weights"]
    words = " ".join(
        f"{line.quote} {line.context}" for line in (ground.lines[ground.line_of[s]] for _, s in found.places[:2])
    )
    own = {g: w for g, w in asked.weights.items() if w == 1.0}
    logit = weights["bias"] + weights["score"] * min(found.score, 1.1)
    logit += weights["coverage"] * coverage(own, ground.by_text, words)
    logit -= weights["strange"] * asked.strange + weights["foreign"] * max(0.0, asked.strange - 0.5)
    logit -= weights["absent"] * min(1, len(asked.absent))
    unsaid: tuple[str, ...] = ()
    if asked.kind in OPEN_KINDS:
        logit += weights["open"]
    else:
        unsaid = _unsaid(asked, found, knowledge, ground)
        logit -= weights["unknown"] * min(1, len(asked.unknown)) + weights["unsaid"] * min(2, len(unsaid))
    for flaw in found.flaws:
        logit -= weights["flaws"].get(flaw.split(":")[0], 1.0)
    return 1 / (1 + math.exp(-logit)), _doubt(asked, found.flaws, unsaid)


def _unsaid(asked: Question, found: Found, knowledge: Knowledge, ground: Ground) -> tuple[str, ...]:
    """Things of the question that neither the evidence nor what stands around it speaks of."""
    told = []
    for _, sentence in found.places[:3]:
        line = ground.lines[ground.line_of[sentence]]
        passage = knowledge.passage_of_sentence.get(sentence)
        told.append(f"{line.quote} {line.context} {passage.text if passage else ''}")
    plain = nfkc(asked.text)
    return missing_things(plain, spoken_positions(plain), fold(" ".join(told)))


def _doubt(asked: Question, flaws: tuple[str, ...], unsaid: tuple[str, ...]) -> str:
    absent = (*asked.absent, *asked.unknown)
    if absent:
        return f"没有提到“{'、'.join(absent)}”"
    if "year" in flaws:
        return "报告没有给出所问年份的情况"
    if "unit" in flaws:
        return "没有这种单位的数据"
    names = [f.split(":", 1)[1] for f in flaws if f.startswith("name:")] or list(unsaid)
    if names:
        return f"没有说到“{'、'.join(names)}”的这一情况"
    return "所问的内容在报告中没有出现" if asked.strange > 0.3 else ""
