"""Fits the weights of the confidence and chooses the threshold of refusal; one command, the same result each time.

    python bench/calibrate.py [--index index] [--write]

Asks the reference questions, further ones, those on the made-up reports of other colleges, and questions made up from
the first two (made_questions.py), each also with half of the ways of speaking withheld that the lexicon knows (its rows
were made for questions like these; the words of new ones are often in none), looks at the answer that each would get
were nothing refused, fits a logistic function of its signs with their directions fixed, and judges it on held-out
questions, asked plainly: folds are of whole families, a question with all that was made from it. With --write the
weights go to ontology/patterns/confidence.toml. The table goes to bench/results/confidence.json in any case.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

HERE = Path(__file__).resolve().parent
DATA = HERE.parent / "tests/data"
sys.path.insert(0, str(HERE))

from weighed_rows import NAMES, Row, collect, collect_of_college  # noqa: E402

from qgraph.answering.weighing import DIRECTIONS  # noqa: E402
from qgraph.build import build  # noqa: E402
from qgraph.calibration import (  # noqa: E402
    Array,
    area_under,
    brier,
    calibration_error,
    fit_logistic,
    log_loss,
    logistic,
    risk_coverage,
)
from qgraph.config import load_settings  # noqa: E402
from qgraph.engine import Engine  # noqa: E402
from qgraph.ontology import ontology_dir  # noqa: E402

RIDGES = (0.0001, 0.0003, 0.001, 0.003, 0.01)
FOLDS = 10
REPEATS = 5
SHARE_UNANSWERABLE = 0.2  # what made-up questions without an answer are weighted to, of all
SHARE_MADE = 0.5  # what made-up questions with an answer weigh, of the real ones with an answer
# at most, of the questions that have a right answer; a little less than the 3 % that users would bear
REFUSED_WRONGLY = 0.025
HAND = {  # the weights that were set by hand, which the fit has to beat
    "bias": -3.2, "score": 4.5, "coverage": 1.5, "told": 0.0, "like": 0.0, "behind": 0.0, "rival": -1.0, "open": 2.5,
    "strange": -5.0, "foreign": -8.0, "absent": -8.0, "unknown": -3.0, "unsaid": -1.2, "year": -6.0, "unit": -8.0,
    "grade": -1.5, "level": -0.5, "name": -4.0, "other": -1.0,
}  # fmt: skip
HAND_THRESHOLD = 0.31
# what a flaw weighs at least, however near the evidence is otherwise: another year, unit or name is another fact
GRAVE = {"unknown": -1.5, "grade": -4.0, "absent": -7.0, "name": -7.0, "year": -6.0, "unit": -8.0}


def weigh_rows(rows: Sequence[Row]) -> Array:
    """Real questions count 1; made-up ones share what SHARE_MADE and SHARE_UNANSWERABLE give them."""
    real = [r for r in rows if r.way == "real"]
    answerable = sum(r.answerable for r in real)
    unanswerable = len(real) - answerable
    made_answerable = SHARE_MADE * answerable
    without = SHARE_UNANSWERABLE / (1 - SHARE_UNANSWERABLE) * (answerable + made_answerable) - unanswerable
    n_with = sum(r.answerable for r in rows if r.way != "real")
    n_without = sum(not r.answerable for r in rows if r.way != "real")
    each = {True: made_answerable / max(1, n_with), False: max(0.0, without) / max(1, n_without)}
    return np.array([1.0 if r.way == "real" else each[r.answerable] for r in rows])


def logits(rows: Sequence[Row], weights: Mapping[str, float]) -> Array:
    x = np.array([r.signs for r in rows])
    return np.asarray(weights["bias"] + x @ np.array([weights[name] for name in NAMES]), dtype=np.float64)


def fit(rows: Sequence[Row], ridge: float, prior: Mapping[str, float] | None = None) -> dict[str, float]:
    """Weights by name, "bias" first."""
    found = fit_logistic(
        np.array([r.signs for r in rows]),
        [r.outcome for r in rows],
        [DIRECTIONS[name] for name in NAMES],
        weights=weigh_rows(rows).tolist(),
        ridge=ridge,
        prior=None if prior is None else [prior[name] for name in NAMES],
    )
    weights = dict(zip(("bias", *NAMES), (float(w) for w in found), strict=True))
    return weights | {name: min(weights[name], least) for name, least in GRAVE.items()}


def rescale(rows: Sequence[Row], weights: Mapping[str, float]) -> tuple[float, float]:
    """Platt's two parameters for the logit under given weights: shift and slope."""
    x = logits(rows, weights)[:, None]
    shift, slope = fit_logistic(
        x, [r.outcome for r in rows], [1], weights=weigh_rows(rows).tolist(), ridge=1e-4, prior=[1.0]
    )
    return float(shift), float(slope)


Model = Callable[[Sequence[Row]], Callable[[Sequence[Row]], Array]]
"""From training rows to what gives confidences."""


def models() -> dict[str, Model]:
    """What is compared, by name."""

    def hand(_: Sequence[Row]) -> Callable[[Sequence[Row]], Array]:
        return lambda rows: logistic(logits(rows, HAND))

    def scaled(train: Sequence[Row]) -> Callable[[Sequence[Row]], Array]:
        shift, slope = rescale(train, HAND)
        return lambda rows: logistic(shift + slope * logits(rows, HAND))

    def fitted(ridge: float, prior: Mapping[str, float] | None = None) -> Model:
        def model(train: Sequence[Row]) -> Callable[[Sequence[Row]], Array]:
            weights = fit(train, ridge, prior)
            return lambda rows: logistic(logits(rows, weights))

        return model

    return {
        "hand": hand,
        "hand, rescaled (Platt)": scaled,
        **{f"fitted, ridge {ridge:g}": fitted(ridge) for ridge in RIDGES},
        **{f"fitted around hand, ridge {ridge:g}": fitted(ridge, HAND) for ridge in RIDGES},
    }


def folds(rows: Sequence[Row], repeat: int) -> Array:
    """Fold of each row; a family is in one fold. Drawn by a hash, so that a new question moves no other."""
    return np.array(
        [int(hashlib.sha256(f"{repeat}:{r.family}".encode()).hexdigest(), 16) % FOLDS for r in rows], dtype=np.float64
    )


def held_out(rows: Sequence[Row], model: Model) -> list[Array]:
    """Confidences of every row by models that saw nothing of its family, once a repeat."""
    results = []
    for repeat in range(REPEATS):
        at = folds(rows, repeat)
        confidence = np.zeros(len(rows))
        for fold in range(FOLDS):
            test = np.flatnonzero(at == fold)
            if len(test):
                use = model([rows[i] for i in np.flatnonzero(at != fold)])
                confidence[test] = use([rows[i] for i in test])
        results.append(confidence)
    return results


def judge(rows: Sequence[Row], confidences: Sequence[Array]) -> dict[str, float]:
    """Means over repeats of log loss, Brier, ECE and AURC, weighted for all and plain for the real questions."""
    w, y = weigh_rows(rows), np.array([r.outcome for r in rows])
    real = np.array([r.way == "real" for r in rows])
    found: dict[str, list[float]] = {}
    for p in confidences:
        for name, at, share in (("all", np.ones(len(rows), bool), w), ("real", real, np.ones(len(rows)))):
            a, b, c = p[at].tolist(), y[at].tolist(), share[at].tolist()
            found.setdefault(f"{name} log loss", []).append(log_loss(a, b, c))
            found.setdefault(f"{name} Brier", []).append(brier(a, b, c))
            found.setdefault(f"{name} ECE", []).append(calibration_error(a, b, c))
            found.setdefault(f"{name} AURC", []).append(area_under(risk_coverage(a, b, c)))
    return {name: float(np.mean(values)) for name, values in found.items()}


def best_threshold(rows: Sequence[Row], confidence: Array) -> float:
    """The confidence below which to refuse: of those that wrongly refuse at most REFUSED_WRONGLY of the questions whose
    candidate is right, real ones and all alike, the highest; rounded down to a hundredth."""
    worth, w = np.array([r.outcome for r in rows]), weigh_rows(rows)
    real = np.array([r.way == "real" for r in rows])
    allowed = 0.0
    for least in np.arange(1, 100) / 100:
        lost = (confidence < least) & (worth >= 0.5)
        if all(
            (lost * share)[at].sum() <= REFUSED_WRONGLY * ((worth >= 0.5) * share)[at].sum()
            for at, share in ((real, np.ones(len(rows))), (np.ones(len(rows), bool), w))
        ):
            allowed = float(least)
    return allowed


def at_threshold(rows: Sequence[Row], confidence: Array, least: float) -> dict[str, Any]:
    """What a threshold does: right answers refused, unanswerable questions refused, by the way they were made."""
    table: dict[str, Any] = {}
    for way in dict.fromkeys(r.way for r in rows):
        for answerable in (True, False):
            inside = [i for i, r in enumerate(rows) if r.way == way and r.answerable == answerable]
            if not inside:
                continue
            right = [i for i in inside if rows[i].outcome >= 0.5]
            kept = [i for i in inside if confidence[i] >= least]
            table[f"{way} {'with' if answerable else 'without'} answer"] = {
                "n": len(inside),
                "answered": len(kept),
                "right_refused": sum(confidence[i] < least for i in right) if answerable else 0,
                "wrong_answered": float(sum(1 - rows[i].outcome for i in kept)),
            }
    return table


def toml(weights: Mapping[str, float], least: float, note: Sequence[str]) -> str:
    """The file of weights."""
    lines = [f"# {line}".rstrip() for line in note]
    lines += [f"refuse_below = {least:.2f}", "", "[weights]"]
    return "\n".join([*lines, *(f"{name} = {weights[name] + 0.0:.3f}" for name in ("bias", *NAMES))]) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--index", type=Path)
    parser.add_argument("--gold", type=Path, default=HERE / "gold")
    further = [DATA / f"questions_{name}.jsonl" for name in ("extra", "staff", "strangers", "second", "third")]
    parser.add_argument("--further", type=Path, nargs="*", default=further)
    colleges = sorted(path.parent for path in (HERE / "colleges").glob("*/questions.jsonl"))
    parser.add_argument("--colleges", type=Path, nargs="*", default=colleges)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", action="store_true", help="write ontology/patterns/confidence.toml")
    parser.add_argument("--rows", type=Path, help="also write the collected rows here, as JSON lines")
    options = parser.parse_args()
    settings = load_settings(index=options.index)
    with Engine.open(settings.index, settings) as engine:
        rows = collect(engine, options.gold, [options.gold / "questions.jsonl", *options.further], options.seed)
    for college in options.colleges:
        rows += asked_of(college, options.gold)
    if options.rows:
        options.rows.write_text(
            "".join(json.dumps({s: getattr(r, s) for s in Row.__slots__}, ensure_ascii=False) + "\n" for r in rows),
            encoding="utf-8",
        )
    report(rows, options.write)


def asked_of(college: Path, gold: Path) -> list[Row]:
    """The questions on the report of another college, asked of an index of it alone."""
    with tempfile.TemporaryDirectory() as folder:
        settings = load_settings(index=Path(folder))
        build(college / "corpus", settings.index, settings)
        with Engine.open(settings.index, settings) as engine:
            return collect_of_college(engine, gold, college)


def report(rows: Sequence[Row], write: bool) -> None:
    """Compares, prints, and writes what was found."""
    plain = [i for i, r in enumerate(rows) if not r.withheld]
    asked = [rows[i] for i in plain]
    confidences = {name: [found[plain] for found in held_out(rows, model)] for name, model in models().items()}
    table = {name: judge(asked, found) for name, found in confidences.items()}
    columns = list(next(iter(table.values())))
    print(f"{'held-out':<34}" + "".join(f"{c:>15}" for c in columns))
    for name, row in table.items():
        print(f"{name:<34}" + "".join(f"{row[c]:15.4f}" for c in columns))
    # flaws that the questions hardly hold (another unit, an unheard name) keep the weight that was set by hand
    best = min((n for n in table if n.startswith("fitted around hand")), key=lambda n: table[n]["all log loss"])
    mean = np.mean(confidences[best], axis=0)
    least = best_threshold(asked, mean)
    weights = fit(rows, float(best.split()[-1]), HAND)
    print(f"\nbest: {best}; refused below {least:.2f}")
    for name, confidence, threshold in (
        ("hand", confidences["hand"][0], HAND_THRESHOLD),
        (best, mean, least),
    ):
        print(f"-- {name} at {threshold}")
        for way, row in at_threshold(asked, confidence, threshold).items():
            print(f"   {way:<34}" + "  ".join(f"{k} {v:g}" for k, v in row.items()))
    target = HERE / "results" / "confidence.json"
    target.parent.mkdir(exist_ok=True)
    result = {"rows": len(asked), "held_out": table, "chosen": best, "refuse_below": least, "weights": weights}
    target.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if write:
        note = [
            "The confidence in an answer: a logistic function of the signs in qgraph.answering.weighing.",
            f"Written by bench/calibrate.py --write: {best}, on {len(asked)} questions, asked twice.",
        ]
        (ontology_dir() / "patterns" / "confidence.toml").write_text(toml(weights, least, note), encoding="utf-8")


if __name__ == "__main__":
    main()
