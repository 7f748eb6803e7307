"""Names of a question that bind its answer: whether a place of a report bears them out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qgraph.answering.question import Question
from qgraph.divisions import lies_in
from qgraph.knowledge import Knowledge
from qgraph.ontology import read_patterns
from qgraph.records import Observation
from qgraph.text import bigrams, fold

EDITION_COST = 0.7
"""What it costs a place to be about another one of a row than the question means."""
_YEAR = re.compile(r"(?:19|20)\d\d年?")


def missing_names(
    question: Question, knowledge: Knowledge, report: str, sentence: str, words: str, o: Observation | None
) -> list[str]:
    """Names of the question that neither the words nor the entities of a place and its passage bear out."""
    passage = knowledge.passage_of_sentence.get(sentence)
    # a row of a table speaks for itself alone, its neighbours are other things
    wide = passage is not None and knowledge.sentences[sentence].table is None
    near = passage.sentences if passage and wide else (sentence,)
    folded = fold(f"{words} {passage.text if passage and wide else ''}")
    # labels leave the year of a competition's name to the period
    undated = _YEAR.sub("", folded)
    present = {e for s in near for e in knowledge.entities_in.get(s, ())}
    if o is not None:
        present.add(o.subject)
    missing: list[str] = []
    grams = set(bigrams(words))
    here = fold(words)
    other = o is not None and not wide and _of_other(question, knowledge, o)
    for name, ids in question.names.items():
        if other and ids:
            missing.append(name)
            continue
        if name not in here and _rival(knowledge, sentence, ids, question.named, here):
            missing.append(name)
            continue
        if _nearly(name, grams) or name in folded or _YEAR.sub("", name) in undated or present & set(ids):
            continue
        if any(fold(form) in folded for form in knowledge.names_of(ids)):
            continue
        if not ids and any(lies_in(knowledge.entities[e].codes.get("gbt2260", ""), name) for e in present):
            continue  # a place in the one that is named
        types = {knowledge.entities[i].type for i in ids}
        if types and types <= {"Region"} and _in_section(knowledge, report, sentence, name):
            continue
        missing.append(name)
    return missing


def missing_editions(question: Question, words: str) -> list[str]:
    """Which of a row the question means (首期, 第二届), where the words do not say so."""
    return [forms[0] for forms in question.editions if not any(fold(form) in fold(words) for form in forms)]


def one_of_many(question: Question, knowledge: Knowledge, sentence: str, o: Observation) -> list[str]:
    """Names of the question that stand before the figure as some of a row (来自老挝、泰国等17个国家的203人): what is
    told of all of them is not told of these."""
    text = knowledge.sentences[sentence].text
    before = text[: o.evidence.start - knowledge.sentences[sentence].start]
    if knowledge.sentences[sentence].table is not None or "、" not in before:
        return []
    rules = read_patterns("asking")["rows"]
    # what a figure is called by is not one of a row that it is told of
    names = [name for name in question.names if name not in fold(o.indicator)]
    found = []
    for match in re.finditer(rules["row"], before):
        if re.search(rules["each"], before[match.end() :]):
            continue
        items = [fold(item) for item in re.split(rules["between"], match["items"]) if item]
        asked = [name for name in names if any(name in item or item in name for item in items)]
        told = [item for item in items if not any(name in item or item in name for name in question.names)]
        if asked and told:
            found += asked
    return found


def _rival(knowledge: Knowledge, sentence: str, ids: Sequence[str], named: Sequence[str], words: str) -> bool:
    """Whether a sentence speaks of another in the place of the one that the question names: of its type, while its
    words hold none of its names."""
    comparable = set(read_patterns("asking")["verdict"]["rivals"])
    types = {knowledge.entities[i].type for i in ids} & comparable
    if not types or any(fold(form) in words for form in knowledge.names_of(ids)):
        return False
    present = (knowledge.entities[e] for e in knowledge.entities_in.get(sentence, ()) if e not in named)
    return any(e.type in types for e in present)


def _of_other(question: Question, knowledge: Knowledge, o: Observation) -> bool:
    """Whether a row of a table tells of an entity of a kind that the question does not speak of: an 产业学院, where
    the students of the school are asked for that stands beside it."""
    subject = knowledge.entities.get(o.subject)
    if subject is None or subject.id in question.named:
        return False
    kinds = read_patterns("asking")["verdict"]["kinds_of_rows"].get(subject.type, "")
    return bool(kinds) and re.search(kinds, question.text) is None


def _nearly(name: str, grams: set[str]) -> bool:
    """Whether a long name stands there in other order or with something left out; its numbers must all be there."""
    own = set(bigrams(name))
    if len(name) < 8 or any(g not in grams for g in own if g.isdigit()):
        return False
    return len(own & grams) >= 0.85 * len(own)


def _in_section(knowledge: Knowledge, report: str, sentence: str, name: str) -> bool:
    """Whether the section of the sentence names a place, which its later sentences then leave out."""
    document = knowledge.document(report)
    section = document.section_by_id[knowledge.sentences[sentence].section]
    return name in fold(document.text[section.start : section.end])


def name_cost(knowledge: Knowledge, name: str) -> float:
    """What it costs a place not to bear out a name of the question: little for places, which are often understood."""
    types = {knowledge.entities[i].type for i in knowledge.entities_by_name.get(name, ())}
    return 0.04 if types <= {"Region", "Country"} and "Region" in types else 0.15
