"""Trials of the confidence: for each question the answer that would be given were nothing refused, what speaks for
and against it, and its score."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import ModuleType
from typing import Any

from qgraph.answering.weighing import Signs, Weighed, watched
from qgraph.citations import cite_all, widened
from qgraph.engine import Engine
from qgraph.errors import QueryError
from qgraph.records import Answer


@dataclass(frozen=True, slots=True)
class Trial:
    """A question's answer with the milliseconds that it took; `candidate` is the same answer, or for a refusal the
    one that was held back (None where nothing was found); `signs` are what it was weighed by."""

    question: Mapping[str, Any]
    answer: Answer
    candidate: Answer | None
    signs: Signs | None
    milliseconds: float

    @property
    def id(self) -> str:
        """The question's id."""
        return str(self.question["id"])


def run_trial(engine: Engine, question: Mapping[str, Any]) -> Trial:
    """Asks one question (a row with "id" and "question") on its own. Raises QueryError."""
    if not isinstance(question.get("question"), str) or "id" not in question:
        raise QueryError("问题文件的每一行都要有 id 和 question。", log="question row without id or question")
    started = time.perf_counter()
    with watched() as seen:
        answer = engine.ask(question["question"])
    elapsed = (time.perf_counter() - started) * 1000
    if not answer.refused:
        # of an answer put together of parts, the part that its confidence was taken from
        near = min(seen, key=lambda w: abs(w.confidence - answer.confidence), default=None)
        return Trial(question, answer, answer, near.signs if near else None, elapsed)
    held = seen[-1] if seen else None
    return Trial(question, answer, _held_back(engine, answer, held), held.signs if held else None, elapsed)


def _held_back(engine: Engine, answer: Answer, held: Weighed | None) -> Answer | None:
    if held is None or held.found is None or held.signs is None:
        return None
    citations = cite_all(engine.knowledge, held.found.places)
    if held.found.whole:
        citations = tuple(widened(engine.knowledge, c) for c in citations)
    return replace(
        answer,
        text=held.found.text,
        items=held.found.items,
        cases=held.found.cases,
        citations=citations,
        refused=False,
        reason="",
        confidence=round(held.confidence, 3),
    )


def to_prediction(identifier: str, answer: Answer) -> dict[str, object]:
    """An answer in the format of score_qa.py."""
    return {
        "id": identifier,
        "answer": answer.text,
        "citations": [{"text": c.text, "section": c.place} for c in answer.citations],
        "refused": answer.refused,
        "cases": list(answer.cases),
    }


def candidate_scores(trials: Sequence[Trial], scorer: ModuleType) -> list[float]:
    """What each candidate would score if it were given: 0 for unanswerable questions and where nothing was found."""
    rows = [dict(t.question) for t in trials]
    predictions = [to_prediction(t.id, t.candidate or t.answer) for t in trials]
    _, scored = scorer.evaluate(rows, predictions)
    score = {str(row["id"]): float(row["score"]) for row in scored}
    return [0.0 if t.candidate is None or t.question["answer_kind"] == "none" else score[t.id] for t in trials]
