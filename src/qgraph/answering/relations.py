"""The road over statements: lists that follow a relation of the graph (牵头了哪些共同体, 和哪些企业合作)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qgraph.answering.question import Question
from qgraph.answering.reader import Read
from qgraph.answering.roads import Found
from qgraph.answering.spans import overlap
from qgraph.knowledge import Knowledge
from qgraph.ontology import read_patterns
from qgraph.records import Statement

_KEEP = 0.7
_BONUS = 0.2


def find_related(question: Question, knowledge: Knowledge, reads: Sequence[Read]) -> list[Found]:
    """Names at the other end of the relations that the question speaks of.

    Of the statements whose sentence is among the best ones, those are kept that bear out nearly as many of the
    question's words as the best of them.
    """
    if not question.types:
        return []
    cues = read_patterns("asking")["predicates"]
    wanted = [name for name, pattern in cues.items() if re.search(pattern, question.text)]
    by_sentence = {read.line.sentence.id: read for read in reads}
    rows: list[tuple[float, Read, str]] = []
    for statement in knowledge.statements:
        read = by_sentence.get(statement.evidence.sentence)
        if statement.predicate not in wanted or read is None:
            continue
        name = _other_end(question, knowledge, statement)
        if name:
            rows.append((overlap(question, read.line.quote), read, name))
    if not rows:
        return []
    best = max(row[0] for row in rows)
    kept = _of_the_kind(question.noun, [row for row in rows if row[0] >= _KEEP * best])
    names = tuple(dict.fromkeys(name for _, _, name in kept))
    top = max((row[1] for row in kept), key=lambda r: r.score)
    places = tuple(dict.fromkeys([top.place, *(row[1].place for row in kept)]))
    bonus = _BONUS + (0.15 if question.expected == len(names) or len(names) >= 3 else 0.0)
    return [Found("、".join(names), places, top.score + bonus, "查关系", names, flaws=top.flaws)]


def _of_the_kind(noun: str, rows: list[tuple[float, Read, str]]) -> list[tuple[float, Read, str]]:
    """Those whose name ends as the noun that is asked for (共同体, not 联合体), where at least two do."""
    ending = [row for row in rows if len(noun) >= 3 and row[2].endswith(noun[-3:])]
    return ending if len({name for _, _, name in ending}) >= 2 else rows


def _other_end(question: Question, knowledge: Knowledge, statement: Statement) -> str:
    ends = (statement.subject, statement.object)
    named = set(question.named)
    if named and not named & set(ends):
        # the question names someone else than the two ends
        types = {knowledge.entities[i].type for i in named}
        if types & {"Consortium", "IndustryCollege", "Department", "Competition", "Base"}:
            return ""
    for end in reversed(ends):
        entity = knowledge.entities[end]
        own = {o.id for d in knowledge.documents if (o := knowledge.college_entity(d.id))}
        if entity.type in question.types and end not in named and end not in own:
            return entity.name
    return ""
