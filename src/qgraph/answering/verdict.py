"""Yes or no: whether the best evidence bears out what the question asserts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from qgraph.answering.figures import Ranked
from qgraph.answering.lexical import Bm25, coverage
from qgraph.answering.question import Question
from qgraph.answering.reader import Read
from qgraph.answering.roads import Found
from qgraph.knowledge import Knowledge
from qgraph.ontology import read_patterns
from qgraph.text import fold, parse_number


def judge(
    question: Question, knowledge: Knowledge, index: Bm25, reads: Sequence[Read], ranked: Sequence[Ranked]
) -> Found | None:
    """The verdict on the best sentence, by the first rule that speaks; 是 when nothing contradicts."""
    if not reads:
        return None
    rules = read_patterns("asking")["verdict"]
    best = reads[0]
    text = best.line.quote
    asked = question.text
    verdict, reason = "是", ""
    if _nothing(question, text, rules["nothing"]):
        return Found("否", (best.place,), best.score, "判断", calculation="报告给出的数是 0")
    for pair in rules["opposites"]:
        for mine, theirs in ((pair[0], pair[1]), (pair[1], pair[0])):
            if not re.search(mine, asked):
                continue
            for read in reads[:6]:
                words = read.line.sentence.text
                if re.search(theirs, words) and not re.search(mine, words):
                    return Found("否", (read.place,), read.score, "判断", calculation="报告的说法相反")
                if re.search(mine, words):
                    return Found("是", (read.place,), read.score, "判断", flaws=read.flaws)
    if not reason and re.search(rules["sole"], asked):
        many = re.search(rules["many"], text)
        number = parse_number(many[1]) if many else None
        if number is not None and number > 1:
            verdict, reason = "否", f"共有{many[1] if many else ''}个"
    if not reason and re.search(rules["full"], asked):
        rate = next((r for r in ranked[:6] if r.figure.observation.unit == "%"), None)
        if rate is not None:
            full = rate.figure.observation.value >= Decimal(100)
            line = rate.figure.observation
            return Found(
                "是" if full else "否",
                ((rate.figure.report, line.evidence.sentence),),
                max(best.score, rate.score),
                "判断",
                calculation=f"{line.indicator}为{line.source_value}{line.unit}",
            )
    if not reason and question.grades:
        near = [w for group in question.grades for w in group]
        if not any(w in text for w in near):
            verdict, reason = "否", "获奖等级中没有这一项"
        elif question.levels and not _same_clause(text, near, [w for group in question.levels for w in group]):
            verdict, reason = "否", "这一级别的获奖中没有这一等级"
    if not reason:
        missing = _other_of_same_type(question, knowledge, best)
        if missing:
            verdict, reason = "否", f"报告说的是{missing}"
    if not reason and re.search(rules["negation"], text) and not re.search(rules["negation"], asked):
        covered = coverage(question.weights, index, text)
        if covered > 0.5:
            verdict, reason = "否", "报告给出否定的说法"
    return Found(
        verdict, (best.place,), best.score, "判断", calculation=reason, flaws=best.flaws if verdict == "是" else ()
    )


def _nothing(question: Question, text: str, pattern: str) -> bool:
    """Whether a clause with words of the question says that the number is 0."""
    return any(
        re.search(pattern, clause) and sum(g in clause for g in question.weights if len(g) > 1) >= 2
        for clause in re.split("[，。；]", text)
    )


def _same_clause(text: str, grades: Sequence[str], levels: Sequence[str]) -> bool:
    return any(
        any(level in part for level in levels) and any(grade in part for grade in grades)
        for part in re.split("[，。；、]", text)
    )


def _other_of_same_type(question: Question, knowledge: Knowledge, best: Read) -> str:
    """What the sentence names in the place of a thing that the question names but the sentence does not."""
    present = knowledge.entities_in.get(best.line.sentence.id, ())
    words = fold(best.line.quote)
    for identifier in question.named:
        entity = knowledge.entities[identifier]
        names = [fold(n) for n in (entity.name, *entity.aliases)]
        if entity.type not in ("Major", "Course", "Enterprise", "Person", "Country", "Region") or any(
            n in words for n in names
        ):
            continue
        others = [
            knowledge.entities[e].name
            for e in present
            if knowledge.entities[e].type == entity.type and e not in question.named
        ]
        if others:
            return "、".join(others)
    return ""
