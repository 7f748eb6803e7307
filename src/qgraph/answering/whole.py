"""The road to whole cases and passages, ranked from their sentences."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from qgraph.answering.ground import Ground
from qgraph.answering.lexical import coverage
from qgraph.answering.question import Question
from qgraph.answering.roads import Found
from qgraph.knowledge import Knowledge

_SEEN, _COVERED = 80, 1.0
_LEAST = 0.3  # share of the question's words below which a passage is about something else


def find_case(
    question: Question,
    knowledge: Knowledge,
    ground: Ground,
    scores: npt.NDArray[np.float32],
    allowed: npt.NDArray[np.bool_],
) -> Found | None:
    """Cases ranked by their best sentences, their title, and the entities that the question names."""
    sums: dict[str, list[float]] = {}
    for i, line in enumerate(ground.lines):
        if line.sentence.case and allowed[i]:
            sums.setdefault(line.sentence.case, []).append(float(scores[i]))
    ranked = []
    for case_id, values in sums.items():
        profile = knowledge.cases[case_id][2]
        best = sorted(values, reverse=True)
        score = best[0] + 0.25 * sum(best[1:4])
        score += 0.4 * len(set(question.named) & set(profile.entities))
        ranked.append((score, case_id))
    ranked.sort(key=lambda row: (-row[0], row[1]))
    if not ranked:
        return None
    numbers = tuple(knowledge.cases[c][1].number for _, c in ranked[:5])
    places = []
    for _, case_id in ranked[:5]:
        document, case, _ = knowledge.cases[case_id]
        sentence = document.sentence_at(case.start)
        if sentence:
            places.append((document.id, sentence.id))
    titles = "；".join(f"{knowledge.cases[c][1].number} {knowledge.cases[c][1].title}" for _, c in ranked[:3])
    return Found(titles, tuple(places), ranked[0][0], "找案例", cases=numbers, whole=True)


def find_passage(
    question: Question,
    knowledge: Knowledge,
    ground: Ground,
    scores: npt.NDArray[np.float32],
    allowed: npt.NDArray[np.bool_],
) -> Found | None:
    """The passages that speak of the matter: those of the best section first, in the order of the report."""
    by_passage: dict[str, list[float]] = {}
    scores = scores + 0.6 * ground.by_context.scores(question.weights)
    for i, line in enumerate(ground.lines):
        passage = knowledge.passage_of_sentence.get(line.sentence.id)
        if passage is not None and allowed[i] and line.sentence.kind == "text":
            by_passage.setdefault(passage.id, []).append(float(scores[i]))
    strength = {p: sum(sorted(v, reverse=True)[:3]) / 3 + 0.3 * max(v) for p, v in by_passage.items()}
    if not strength:
        return None
    own = {g: w for g, w in question.weights.items() if len(g) > 1}
    covered = {}
    for passage_id in sorted(strength, key=lambda p: -strength[p])[:_SEEN]:
        passage = knowledge.passages[passage_id]
        context = ground.lines[ground.line_of[passage.sentences[0]]].context
        covered[passage_id] = coverage(own, ground.by_text, f"{context} {passage.text}")
        strength[passage_id] += _COVERED * covered[passage_id]
    sections: dict[str, list[float]] = {}
    for passage_id, value in strength.items():
        sections.setdefault(knowledge.passages[passage_id].section, []).append(value)
    best_section = max(
        sections, key=lambda s: (sum(sorted(sections[s], reverse=True)[:4]) / min(4, len(sections[s]) + 1), s)
    )
    inside = sorted((p for p in strength if knowledge.passages[p].section == best_section), key=lambda p: -strength[p])[
        :4
    ]
    outside = sorted((p for p in strength if knowledge.passages[p].section != best_section), key=lambda p: -strength[p])
    chosen = [*inside, *outside][:5]
    if max(covered.get(p, 0.0) for p in chosen) * (1 - question.strange) < _LEAST:
        return None
    places = tuple((knowledge.passages[p].report, knowledge.passages[p].sentences[0]) for p in chosen)
    text = knowledge.passages[chosen[0]].text
    return Found(text[:120], places, max(strength.values()), "读段落", whole=True)
