"""Measures the whole system and writes bench/results/latest.json and a table.

    python bench/run.py [--index index] [--gold bench/gold]

Build time and memory are taken from a fresh build in a temporary folder, in a process of its own. Speed of the
warm question is also given as a ratio to bigram BM25 retrieval alone, measured in the same run.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

from qgraph.config import load_settings
from qgraph.engine import Engine
from qgraph.evaluation import (
    evaluate_answers,
    evaluate_baselines,
    evaluate_extraction,
    evaluate_retrieval,
    read_jsonl,
)
from qgraph.extraction import extract
from qgraph.language.pipeline import blocks, load_pipeline
from qgraph.reading import read_report
from qgraph.records import Document

HERE = Path(__file__).resolve().parent


def measure_build(corpus: Path) -> dict[str, float]:
    """Seconds and peak memory (MiB) of a full build in a fresh process, the encoder already expanded."""
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "qgraph", "build", "--corpus", str(corpus), "--index", folder, "--json"],
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return {"seconds": round(seconds, 1), "peak_mib": round(peak)}


def measure_extraction(corpus: Path) -> dict[str, Any]:
    """Characters read and mined per second, without the encoder, and the share of each stage in the time.

    The pipeline is loaded beforehand. `of_language` are the shares of its components in the time of the language
    stage, measured one after the other.
    """
    path = sorted(corpus.glob("*.txt"))[0]
    extract(read_report(path))
    marks = [("", time.perf_counter())]
    document = read_report(path)
    marks.append(("reading", time.perf_counter()))
    extract(document, lambda stage: marks.append((stage, time.perf_counter())))
    total = marks[-1][1] - marks[0][1]
    return {
        "characters": len(document.text),
        "seconds": round(total, 2),
        "characters_per_second": round(len(document.text) / total),
        "shares": {
            name: round((at - before) / total, 3) for (_, before), (name, at) in pairwise(marks)
        },
        "of_language": _component_shares(document),
    }


def _component_shares(document: Document) -> dict[str, float]:
    nlp = load_pipeline()
    started = time.perf_counter()
    docs = [nlp.make_doc(document.text[start:end]) for start, end, _ in blocks(document)]
    spent = {"jieba": time.perf_counter() - started}
    for name, component in nlp.pipeline:
        started = time.perf_counter()
        docs = list(component.pipe(docs)) if hasattr(component, "pipe") else [component(doc) for doc in docs]
        spent[name] = time.perf_counter() - started
    return {name: round(seconds / sum(spent.values()), 3) for name, seconds in spent.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--index", type=Path)
    parser.add_argument("--corpus", type=Path, default=Path("corpus"))
    parser.add_argument("--gold", type=Path, default=HERE / "gold")
    options = parser.parse_args()
    settings = load_settings(index=options.index)
    questions = read_jsonl(options.gold / "questions.jsonl")
    result = {"build": measure_build(options.corpus), "extraction_speed": measure_extraction(options.corpus)}
    with Engine.open(settings.index, settings) as engine:
        result["retrieval"] = evaluate_retrieval(engine, questions)
        result["baselines"] = evaluate_baselines(engine, options.gold)
        result["answers"] = evaluate_answers(engine, options.gold)
        result["extraction"] = evaluate_extraction(engine, options.gold)
    bm25 = result["retrieval"]["bm25"]["median_ms"]
    result["latency_ratio"] = {"answer_to_bm25": round(result["answers"]["latency_ms"]["median"] / max(bm25, 0.01), 1)}
    target = HERE / "results" / "latest.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    answers = result["answers"]
    print(f"build {result['build']}  extraction {result['extraction_speed']}")
    for mode, row in result["retrieval"].items():
        print(
            f"retrieval {mode:<7} hit@1 {row['hit@1']:.3f} hit@5 {row['hit@5']:.3f} "
            f"mrr {row['mrr']:.3f} {row['median_ms']:.1f} ms"
        )
    for name, row in result["baselines"].items():
        print(
            f"system    {name:<7} overall {row['overall']:.4f} answer {row['answer']:.3f} "
            f"hit@1 {row['hit1']:.3f} hit@5 {row['hit5']:.3f}"
        )
    print(
        f"system    whole   overall {answers['overall']:.4f} answer {answers['summary']['answer']:.3f} "
        f"hit@1 {answers['summary']['hit1']:.3f} hit@5 {answers['summary']['hit5']:.3f} {answers['latency_ms']}"
    )
    for kind, row in answers["kinds"].items():
        print(f"  {kind:<9} {row['n']:>3} score {row['score']:.3f} hit@1 {row['hit1']:.3f} hit@5 {row['hit5']:.3f}")
    print(result["extraction"]["report"])


if __name__ == "__main__":
    main()
