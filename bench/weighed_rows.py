"""The questions that the confidence is fitted on, each with what its answer was weighed by and what it was worth."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from made_questions import make_questions

from qgraph.answering.question import without_ways_of_speaking
from qgraph.answering.weighing import DIRECTIONS
from qgraph.engine import Engine
from qgraph.evaluation import load_scorer, read_jsonl
from qgraph.trials import candidate_scores, run_trial

NAMES = tuple(DIRECTIONS)


@dataclass(frozen=True, slots=True)
class Row:
    """A weighed candidate: signs in the order of NAMES, score of the answer, family and way of its question; `withheld`
    where ways of speaking were."""

    id: str
    question: str
    signs: tuple[float, ...]
    outcome: float
    answerable: bool
    family: str
    way: str
    source: str
    withheld: bool


def collect(engine: Engine, gold: Path, files: Sequence[Path], seed: int) -> list[Row]:
    """A row for each question, and for each that is made up from them, for which anything was found; the others are
    refused whatever the weights."""
    real = [q for path in files for q in _questions(path, path.stem)]
    made = make_questions(real, read_jsonl(gold / "observations.jsonl"), engine.knowledge, seed)
    return _weighed(engine, gold, [(q, str(q["id"]), "real") for q in real] + [(m.row, m.base, m.way) for m in made])


def collect_of_college(engine: Engine, gold: Path, college: Path) -> list[Row]:
    """The same for the questions on the report of another college. Those for cases are left out: the scorer knows the
    numbers of one way of numbering them."""
    rows = [q for q in _questions(college / "questions.jsonl", college.name) if q["answer_kind"] != "case"]
    return _weighed(engine, gold, [(q, str(q["id"]), "real") for q in rows])


def _questions(path: Path, source: str) -> list[dict[str, Any]]:
    """The questions of a file that can be scored, with ids that say their source and that no other file has."""
    rows = [q for q in read_jsonl(path) if q["answers"] or q["answer_kind"] == "none"]
    return [{**q, "id": f"{source}/{q['id']}"} for q in rows]


def _weighed(engine: Engine, gold: Path, asked: Sequence[tuple[dict[str, Any], str, str]]) -> list[Row]:
    scorer = load_scorer(gold, "score_qa")
    found = []
    for withheld in (False, True):
        trials = []
        for question, _, _ in asked:
            with without_ways_of_speaking(partial(_drawn, question["question"]) if withheld else lambda _: False):
                trials.append(run_trial(engine, question))
        found += [(*row, withheld) for row in zip(asked, trials, candidate_scores(trials, scorer), strict=True)]
    return [
        Row(
            trial.id,
            trial.question["question"],
            tuple(getattr(trial.signs, name) for name in NAMES),
            outcome,
            question["answer_kind"] != "none",
            family,
            way,
            trial.id.split("/")[0] if way == "real" else "made",
            withheld,
        )
        for (question, family, way), trial, outcome, withheld in found
        if trial.signs is not None
    ]


def _drawn(question: str, number: int) -> bool:
    """Whether a row of the lexicon is withheld from a question: one in two, drawn by a hash."""
    return hashlib.sha256(f"{number}:{question}".encode()).digest()[0] % 2 == 0
