"""The road over changes of organisations: what they were called before, and when they were renamed or merged."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qgraph.answering.question import Question
from qgraph.answering.roads import Found
from qgraph.knowledge import Knowledge
from qgraph.ontology import read_patterns
from qgraph.records import Filters, OrganisationChange

_SURE = 1.4  # the score of what the graph states as such


def find_former(question: Question, knowledge: Knowledge, filters: Filters) -> list[Found]:
    """The former names, or the date of the change, of the organisation that the question names, else of the reports'
    own colleges; nothing for questions that do not ask for that."""
    rules = read_patterns("asking")["renamed"]
    if question.kind == "date" and re.search(rules["when"], question.text):
        dated = [c for c in _changes(question, knowledge, filters) if c.date]
        asked = [c for c in dated if re.search(rules["kinds"].get(c.kind, "$^"), question.text)]
        return [Found(c.date, (_place(c),), _SURE, "查变更") for c in (asked or dated)[-1:]]
    if question.kind in ("entity", "list") and re.search(rules["former"], question.text):
        last = [c for c in _changes(question, knowledge, filters) if c.earlier][-1:]
        names = [tuple(knowledge.entities[e].name for e in c.earlier if e in knowledge.entities) for c in last]
        return [
            Found("、".join(earlier), (_place(c),), _SURE, "查变更", earlier if len(earlier) > 1 else ())
            for c, earlier in zip(last, names, strict=True)
            if earlier
        ]
    return []


def _changes(question: Question, knowledge: Knowledge, filters: Filters) -> Iterator[OrganisationChange]:
    own = [e.id for d in knowledge.documents if (e := knowledge.college_entity(d.id))]
    organisations = [i for i in question.named if i not in own and knowledge.changes_of.get(i)] or own
    for organisation in dict.fromkeys(organisations):
        for change in knowledge.history(organisation):
            if knowledge.allows(filters, change.evidence.report):
                yield change


def _place(change: OrganisationChange) -> tuple[str, str]:
    return change.evidence.report, change.evidence.sentence
