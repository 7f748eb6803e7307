"""Lists that the rows of a table give: those that hold what the question sets as a bound (哪几个是2022年成立的)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qgraph.answering.cells import row_name
from qgraph.answering.ground import Ground, Line
from qgraph.answering.question import Question
from qgraph.answering.reader import Read
from qgraph.answering.roads import Found
from qgraph.answering.spans import entity_spans
from qgraph.knowledge import Knowledge
from qgraph.ontology import read_patterns
from qgraph.text import fold

_DEPTH = 6
_BONUS = 0.45  # against what enumerations of single sentences gain


def find_rows(question: Question, knowledge: Knowledge, ground: Ground, reads: Sequence[Read]) -> list[Found]:
    """The names of the rows, of the best table among the sentences, that hold the year or level of the question, where
    others of that table do not."""
    bounds = [[str(year) for year in question.years]] if question.years else []
    bounds += [sorted(group) for group in question.levels]
    if not bounds:
        return []
    best = next((r for r in reads[:_DEPTH] if r.line.sentence.table and r.line.sentence.kind == "row"), None)
    if best is None:
        return []
    total = read_patterns("asking")["measuring"]["total"]
    sentences = knowledge.document(best.line.report).sentences
    rows = [
        ground.lines[ground.line_of[s.id]]
        for s in sentences
        if s.table == best.line.sentence.table and s.kind == "row" and not re.search(total, s.text)
    ]
    told = [line for line in rows if all(any(word in line.sentence.text for word in bound) for bound in bounds)]
    named = {_name(question, knowledge, line): line for line in told}
    named.pop("", None)
    if not named or len(told) == len(rows):
        return []
    places = tuple((line.report, line.sentence.id) for line in named.values())
    source = next((r for r in reads if r.place in places), best)
    return [Found("、".join(named), places, source.score + _BONUS, "读表格", tuple(named), flaws=source.flaws)]


def _name(question: Question, knowledge: Knowledge, line: Line) -> str:
    """What a row is called: its name of the wanted type, else the first of its cells that is no number."""
    typed = entity_spans(question, knowledge, line)
    name = typed[0].text if typed else row_name(knowledge, line)
    return name if fold(name) not in fold(question.text) else ""
