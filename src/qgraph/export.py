"""Files out: the graph in the format of the reference data (entities, relations, observations, cases)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from qgraph.knowledge import Knowledge
from qgraph.language.quantities_grammar import any_of, grammar
from qgraph.records import Document, Evidence, Observation, Statement
from qgraph.text import fold

# The number of a case or table that begins with its chapter: 案例 2-1, 表 1.3.
_CHAPTERED = re.compile(r"\d\s*[-－—–.．]\s*\d")


def export_gold(knowledge: Knowledge, folder: Path) -> dict[str, int]:
    """Writes entities.jsonl, relations.jsonl, observations.jsonl and cases.jsonl; returns the counts.

    Each row names the place of its evidence as the report itself would ("1.3.2.4", "案例 2-1", "表 1-1"); where the
    number of a case or table tells no chapter, its section stands before it ("2.3 表 3").
    """
    folder.mkdir(parents=True, exist_ok=True)
    tables = {
        "entities": list(_entities(knowledge)),
        "relations": list(_relations(knowledge)),
        "observations": list(_observations(knowledge)),
        "cases": list(_cases(knowledge)),
    }
    for name, rows in tables.items():
        lines = [json.dumps(row, ensure_ascii=False) for row in rows]
        (folder / f"{name}.jsonl").write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    return {name: len(rows) for name, rows in tables.items()}


def _document(knowledge: Knowledge, evidence: Evidence) -> Document:
    return knowledge.document(evidence.report)


def _place(knowledge: Knowledge, evidence: Evidence) -> str:
    document = _document(knowledge, evidence)
    sentence = knowledge.sentences[evidence.sentence]
    label = document.place(sentence)
    section = document.section_by_id[sentence.section].path
    if not (sentence.table or sentence.case) or _CHAPTERED.search(label) or label.startswith(section):
        return label
    return f"{section} {label}"


def _quote(knowledge: Knowledge, evidence: Evidence) -> str:
    return _document(knowledge, evidence).text[evidence.start : evidence.end]


def _entities(knowledge: Knowledge) -> Iterable[Mapping[str, object]]:
    for entity in knowledge.entities.values():
        sections = dict.fromkeys(_place(knowledge, m.evidence) for m in entity.mentions)
        yield {
            "id": entity.id,
            "type": entity.type,
            "name": entity.name,
            "aliases": list(entity.aliases),
            "sections": list(sections),
            "reports": list(dict.fromkeys(m.evidence.report for m in entity.mentions)),
        }


def _relations(knowledge: Knowledge) -> Iterable[Mapping[str, object]]:
    for statement in knowledge.statements:
        yield {
            "s": _named(knowledge, statement.subject, statement.evidence.report),
            "p": statement.predicate,
            "o": _target(knowledge, statement),
            **statement.qualifiers,
            "evidence": _quote(knowledge, statement.evidence),
            "section": _place(knowledge, statement.evidence),
            "report": statement.evidence.report,
        }


def _target(knowledge: Knowledge, statement: Statement) -> str:
    """The object's name; those who take on graduates have the cohort as object in the reference data."""
    cohort = statement.qualifiers.get("cohort")
    return (
        f"{cohort.removesuffix('届')}届毕业生"
        if cohort
        else _named(knowledge, statement.object, statement.evidence.report)
    )


def _named(knowledge: Knowledge, entity_id: str, report: str) -> str:
    """An entity's name as the report knows it: the canonical one, if the report prints it, else its fullest form.

    A lexicon may know a fuller name (一汽-大众汽车有限公司) than the report ever prints (一汽-大众).
    """
    entity = knowledge.entities[entity_id]
    printed = {m.text.strip("《》“”") for m in entity.mentions if m.evidence.report == report}
    if not printed or fold(entity.name) in {fold(text) for text in printed}:
        return entity.name
    return max(sorted(printed & set(entity.aliases)), key=len, default=entity.name)


def unit_label(observation: Observation, quote: str = "") -> str:
    """Unit with the bound behind it, as the reference data writes it: "人次（余）"; in the word of the report where its
    text is given (逾, 多, 不低于)."""
    if not observation.bound:
        return observation.unit
    return f"{observation.unit}（{_printed_bound(observation, quote) or observation.bound}）"


def _printed_bound(observation: Observation, quote: str) -> str:
    """The word before or behind the number that says that it is not exact, as printed; "" if the text has none."""
    number = re.escape(observation.source_value)
    before, after = grammar().before, grammar().after
    leading = re.search(rf"({any_of(before)}) *{number}", quote)
    behind = re.search(rf"{number} *[百千万亿]* *([余多]|[^，。；\d]{{1,4}}?({any_of(after)}))", quote)
    told = re.search("[余多]", observation.source_value)
    found = [m[0] if m is told else m[1] for m in (told, leading) if m]
    found += [behind[2] or behind[1]] if behind else []
    stored = {**before, **after, "余": "余", "多": "余"}
    return next((word for word in found if stored.get(word) == observation.bound), "")


def _observations(knowledge: Knowledge) -> Iterable[Mapping[str, object]]:
    for observation in knowledge.observations.values():
        subject = knowledge.entities.get(observation.subject)
        yield {
            "indicator": observation.indicator,
            "value": float(observation.value),
            "unit": unit_label(observation, _quote(knowledge, observation.evidence)),
            "period": observation.period.label,
            "periodStated": observation.period.stated,
            "subject": subject.name if subject else "",
            "qualifiers": list(observation.qualifiers),
            "evidence": _quote(knowledge, observation.evidence),
            "section": _place(knowledge, observation.evidence),
            "report": observation.evidence.report,
        }


def _cases(knowledge: Knowledge) -> Iterable[Mapping[str, object]]:
    for document, case, profile in knowledge.cases.values():
        yield {
            "id": case.number,
            "title": case.title,
            "section": document.section_by_id[case.section].path,
            "organisations": [
                knowledge.entities[e].name for e in profile.entities if knowledge.entities[e].type in _ORGANISATIONS
            ],
            "themes": list(profile.themes),
            "report": document.id,
        }


_ORGANISATIONS = frozenset(
    (
        "Enterprise",
        "College",
        "Department",
        "GovernmentBody",
        "Association",
        "Consortium",
        "Media",
        "IndustryCollege",
    )
)
