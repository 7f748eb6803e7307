"""What a language model is given to word an answer from: passages and cases under the numbers of their citations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from qgraph.citations import cite
from qgraph.grounding import Source, source_of
from qgraph.grounding.figures import read_numbers
from qgraph.knowledge import Knowledge
from qgraph.ontology import read_patterns
from qgraph.records import Answer, Citation, Filters, Sentence
from qgraph.search import Retriever
from qgraph.text import bigrams

_FIGURE = 1.0  # what a figure in common counts, beside the share of bigrams in common


@dataclass(frozen=True, slots=True)
class Material:
    """A passage or a case, with the citation that leads to it and the sentences that it is made of."""

    citation: Citation
    text: str
    sentences: tuple[Sentence, ...]

    @property
    def source(self) -> Source:
        """What a sentence that cites this is held against."""
        return replace(source_of(self.citation), text=self.text)


def gather(
    answer: Answer, question: str, filters: Filters, knowledge: Knowledge, retriever: Retriever
) -> tuple[Material, ...]:
    """The whole passages or cases around the citations of an answer, under the same numbers. Where the answer is a
    refusal, or no passage or case itself, its citations are single sentences; then what stands around them, and the
    passages nearest to the question, are numbered on, so that no number means two things."""
    rules = read_patterns("asking")["wording"]
    given = answer.nearby if answer.refused else answer.citations
    found = [_around(citation, knowledge) for citation in given]
    if not answer.refused and answer.kind in rules["kinds"]:
        return tuple(_within(found, rules["passages"], rules["characters"]))
    # what the question names (a college, a year) has already bound what is near
    within = replace(filters, reports=tuple(dict.fromkeys(c.report for c in given))) if given else filters
    hits = retriever.search(
        question, rules["passages"], filters=lambda p: knowledge.allows(within, p.report, p.section)
    )
    places = [(hit.passage.report, hit.sentence or hit.passage.sentences[0]) for hit in hits]
    found += [_around(cite(knowledge, report, sentence, 0), knowledge) for report, sentence in places]
    after = max((citation.number for citation in given), default=0) + 1
    kept = _within(found, rules["passages"], rules["characters"])
    return tuple(replace(m, citation=replace(m.citation, number=n)) for n, m in enumerate(kept, after))


def closest(text: str, materials: Sequence[Material], knowledge: Knowledge) -> tuple[Citation, float] | None:
    """The one sentence of the materials that says most of what the text says, cited under the number of its material,
    and how near it is."""
    grams = set(bigrams(text))
    figures = {(f.value, f.unit) for f in read_numbers(text).figures}
    best: tuple[float, Material, Sentence] | None = None
    for material in materials:
        for sentence in material.sentences:
            shared = len(grams & set(bigrams(sentence.text))) / max(1, len(grams))
            held = {(f.value, f.unit) for f in read_numbers(sentence.text).figures} if figures else set()
            score = shared + _FIGURE * len(figures & held)
            if best is None or score > best[0]:
                best = (score, material, sentence)
    if best is None:
        return None
    score, material, sentence = best
    return cite(knowledge, material.citation.report, sentence.id, material.citation.number), score


def _around(citation: Citation, knowledge: Knowledge) -> Material:
    document = knowledge.document(citation.report)
    sentence = document.sentence_by_id[citation.sentence]
    if sentence.case is not None:
        case = knowledge.cases[sentence.case][1]
        return Material(citation, case.text, document.sentences_of_case(sentence.case))
    passage = knowledge.passage_of_sentence.get(citation.sentence)
    if passage is None:
        return Material(citation, citation.text, (sentence,))
    return Material(citation, passage.text, tuple(document.sentence_by_id[s] for s in passage.sentences))


def _within(found: Iterable[Material], most: int, characters: int) -> list[Material]:
    """Each passage or case once, as many as there is room for; the first in any case."""
    kept: list[Material] = []
    for material in found:
        room = characters - sum(len(m.text) for m in kept)
        known = {m.sentences[0].id for m in kept}
        if material.sentences[0].id not in known and len(kept) < most and (not kept or len(material.text) <= room):
            kept.append(material)
    return kept
