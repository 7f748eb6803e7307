"""Measuring: runs the reference scorers over questions and over the exported graph.

The scorers are the plain scripts that come with the reference data (score_qa.py, score_extraction.py);
they are loaded from its folder, so a figure here is the figure that the script itself prints.
"""

from __future__ import annotations

import contextlib
import importlib.util
import io
import json
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from qgraph.calibration import area_under, as_rows, brier, calibration_error, point_at, reliability, risk_coverage
from qgraph.engine import Engine
from qgraph.errors import NotFoundError, QueryError
from qgraph.export import export_gold
from qgraph.records import Answer
from qgraph.text import squeeze
from qgraph.trials import run_trial, to_prediction

MODES = ("bm25", "vector", "fused")
LEAST = (0.5, 0.7, 0.8, 0.9, 0.95)
"""Confidences at which the risk of the answers given is told."""


@dataclass(frozen=True, slots=True)
class Prediction:
    """An answer in the format of score_qa.py, with the milliseconds that it took."""

    row: Mapping[str, object]
    milliseconds: float
    answer: Answer


def read_jsonl(path: Path) -> list[dict[str, Any]]:
    """Rows of a JSON-lines file. Raises NotFoundError or QueryError (naming the line)."""
    if not path.is_file():
        raise NotFoundError(f"找不到文件“{path}”。", log=f"no file {path}")
    rows = []
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), 1):
        if not line.strip():
            continue
        try:
            rows.append(json.loads(line))
        except json.JSONDecodeError as error:
            raise QueryError(f"{path.name} 第 {number} 行不是 JSON。", log=f"{path}:{number}: {error}") from error
    return rows


def predict(engine: Engine, questions: Sequence[Mapping[str, Any]]) -> list[Prediction]:
    """Answers every question (rows with "id" and "question"), each on its own."""
    trials = [run_trial(engine, row) for row in questions]
    return [Prediction(to_prediction(t.id, t.answer), t.milliseconds, t.answer) for t in trials]


def load_scorer(gold: Path, name: str) -> ModuleType:
    """One of the reference scorers, from the folder of the reference data. Raises NotFoundError."""
    path = gold / f"{name}.py"
    if not path.is_file():
        raise NotFoundError(f"“{gold}”里没有评分程序 {name}.py。", log=f"no scorer {path}")
    spec = importlib.util.spec_from_file_location(f"qgraph_gold_{name}", path)
    if spec is None or spec.loader is None:
        raise NotFoundError(f"评分程序 {name}.py 不能载入。", log=f"cannot load {path}")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def evaluate_answers(engine: Engine, gold: Path, questions: Path | None = None) -> dict[str, Any]:
    """Scores of the whole system on the questions: summary, per kind, failures with traces, latency (ms)."""
    scorer = load_scorer(gold, "score_qa")
    rows = [r for r in read_jsonl(questions or gold / "questions.jsonl") if r["answers"] or r["answer_kind"] == "none"]
    if rows:
        engine.ask(rows[0]["question"])  # warm: models and caches are loaded
    predictions = predict(engine, rows)
    summary, scored = scorer.evaluate(rows, [dict(p.row) for p in predictions])
    kinds: dict[str, list[dict[str, Any]]] = {}
    for row in scored:
        kinds.setdefault(row["type"], []).append(row)
    times = sorted(p.milliseconds for p in predictions)
    by_id = {str(p.row["id"]): p for p in predictions}
    return {
        "overall": summary["overall"],
        "summary": summary,
        "kinds": {
            kind: {
                "n": len(group),
                "score": _mean(r["score"] for r in group),
                "hit1": _mean(r["hit1"] for r in group if "hit1" in r),
                "hit5": _mean(r["hit5"] for r in group if "hit5" in r),
            }
            for kind, group in kinds.items()
        },
        "calibration": _calibration(scored, by_id),
        "latency_ms": {
            "median": statistics.median(times) if times else 0.0,
            "p95": times[max(0, round(0.95 * len(times)) - 1)] if times else 0.0,
        },
        "failures": [
            {
                "id": row["id"],
                "kind": row["kind"],
                "question": row["question"],
                "gold": row["gold"],
                "answer": row["answer"],
                "refused": row["refused"],
                "score": row["score"],
                "hit1": row.get("hit1"),
                "confidence": by_id[str(row["id"])].answer.confidence,
                "trace": [f"{s.name}：{s.detail}" for s in by_id[str(row["id"])].answer.trace],
            }
            for row in scored
            if row["score"] < 1 or row.get("hit1", 1) < 1
        ],
    }


def evaluate_baselines(engine: Engine, gold: Path) -> dict[str, dict[str, float]]:
    """What retrieval alone would score on the questions: the best sentence as answer, five passages cited."""
    scorer = load_scorer(gold, "score_qa")
    rows = read_jsonl(gold / "questions.jsonl")
    table = {}
    for mode in MODES:
        predictions = []
        for row in rows:
            hits = engine.search(row["question"], 10, mode=mode)
            cases = [engine.knowledge.cases[h.passage.case][1].number for h in hits if h.passage.case]
            best = engine.knowledge.sentences[hits[0].sentence].text if hits and hits[0].sentence else ""
            predictions.append(
                {
                    "id": row["id"],
                    "answer": best,
                    "citations": [{"text": h.passage.text} for h in hits[:5]],
                    "refused": not hits,
                    "cases": list(dict.fromkeys(cases)),
                }
            )
        summary, _ = scorer.evaluate(rows, predictions)
        table[mode] = {key: summary[key] for key in ("overall", "answer", "hit1", "hit5")}
    return table


def _calibration(scored: Sequence[Mapping[str, Any]], by_id: Mapping[str, Prediction]) -> dict[str, Any]:
    """How far the confidences can be trusted, over the answers given; cases and passages are quoted, not judged."""
    rows = [(by_id[str(r["id"])].answer, float(r["score"])) for r in scored if r["kind"] not in ("case", "passage")]
    given = [(answer.confidence, score) for answer, score in rows if not answer.refused]
    confidences, outcomes = [c for c, _ in given], [s for _, s in given]
    curve = risk_coverage(confidences, outcomes)
    return {
        "reliability": as_rows(reliability(confidences, outcomes, 5)),
        "ece": calibration_error(confidences, outcomes),
        "brier": brier(confidences, outcomes),
        "aurc": area_under(curve),
        "risk_coverage": as_rows([point_at(curve, least) for least in LEAST]),
    }


def evaluate_extraction(engine: Engine, gold: Path, chapters: Iterable[int] = (0, 1, 2)) -> dict[str, Any]:
    """Precision, recall and F of entities and relations per type, of observations, and the cases found."""
    scorer = load_scorer(gold, "score_extraction")
    wanted = set(chapters)
    with tempfile.TemporaryDirectory() as name:
        export_gold(engine.knowledge, Path(name))
        load = scorer.load
        gold_entities, found_entities = load(gold, "entities"), load(name, "entities")
        entities = scorer.score_entities(gold_entities, found_entities, wanted, False)
        relations = scorer.score_relations(
            load(gold, "relations"), load(name, "relations"), gold_entities, wanted, False
        )
        observations = scorer.score_observations(load(gold, "observations"), load(name, "observations"), wanted, False)
        output = io.StringIO()
        arguments, sys.argv = sys.argv, ["score_extraction.py", str(gold), name]
        try:
            with contextlib.redirect_stdout(output):
                scorer.main()
        finally:
            sys.argv = arguments
    right, found, known, named, dated = observations
    return {
        "entities": {kind: _prf(*counts) for kind, counts in sorted(entities.items())} | {"all": _prf(*_sum(entities))},
        "relations": {kind: _prf(*counts) for kind, counts in sorted(relations.items())}
        | {"all": _prf(*_sum(relations))},
        "observations": {
            "precision": right / found if found else 0.0,
            "recall": right / known if known else 0.0,
            "indicator": named / known if known else 0.0,
            "period": dated / known if known else 0.0,
            "n": known,
        },
        "report": output.getvalue(),
        "overall": float(found_overall[1])
        if (found_overall := re.search(r"overall ([\d.]+)", output.getvalue()))
        else 0.0,
    }


def evaluate_retrieval(engine: Engine, questions: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, float]]:
    """hit@1, hit@5, hit@10 and MRR of each retriever: a passage counts when it holds an evidence snippet."""
    answerable = [q for q in questions if q.get("evidence")]
    table = {}
    for mode in MODES:
        ranks, elapsed = [], []
        for question in answerable:
            started = time.perf_counter()
            hits = engine.search(question["question"], 10, mode=mode)
            elapsed.append((time.perf_counter() - started) * 1000)
            snippets = [squeeze(e) for e in question["evidence"]]
            texts = [squeeze(h.passage.heading + h.passage.text) for h in hits]
            ranks.append(next((n for n, t in enumerate(texts, 1) if any(s in t for s in snippets)), 0))
        table[mode] = {
            **{f"hit@{k}": _mean(float(0 < r <= k) for r in ranks) for k in (1, 5, 10)},
            "mrr": _mean(1 / r if r else 0.0 for r in ranks),
            "median_ms": statistics.median(elapsed) if elapsed else 0.0,
            "n": len(ranks),
        }
    return table


def _sum(counts: Mapping[str, Sequence[int]]) -> tuple[int, int, int]:
    tp, fp, fn = (sum(c[i] for c in counts.values()) for i in range(3))
    return tp, fp, fn


def _prf(tp: int, fp: int, fn: int) -> dict[str, float]:
    precision = tp / (tp + fp) if tp + fp else 0.0
    recall = tp / (tp + fn) if tp + fn else 0.0
    f = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"precision": precision, "recall": recall, "f": f, "right": tp, "extra": fp, "missed": fn}


def _mean(values: Iterable[float]) -> float:
    numbers = list(values)
    return sum(numbers) / len(numbers) if numbers else 0.0
