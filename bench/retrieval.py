"""Measures retrieval: each retriever alone and fused.

    python bench/retrieval.py --index index --questions bench/gold/questions.jsonl
    python bench/retrieval.py --passages PAIRS.jsonl [--encoder hash]

The first form asks the questions of the reference data over a built index: a passage is right when it
holds one of the question's evidence snippets. The second form is for any collection of unrelated passages
(such as CMRC 2018): rows {"question": ..., "passage": ...}, or {"question": ..., "passage_id": ...} with
rows {"passage_id": ..., "passage": ...}; a passage is right when it is the question's own. Optional in both:
"heading". Every passage of the file is in the pool.

Prints a table; --json FILE writes the same figures.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from qgraph.config import load_settings
from qgraph.evaluation import read_jsonl
from qgraph.records import Passage
from qgraph.search import Retriever, load_encoder
from qgraph.search.fulltext import GRAMS_ONLY, WORDS_ONLY, FullText
from qgraph.search.fusion import STRATEGIES
from qgraph.text import sentence_spans, squeeze

DEPTH = 50
Right = Callable[[Passage], bool]


def methods(retriever: Retriever, text: FullText, every_strategy: bool) -> dict[str, Callable[[str], list[Passage]]]:
    """Name of each method → question → passages, best first."""
    by_id = {passage.id: passage for passage in retriever.passages}

    def lexical(weights: dict[str, float]) -> Callable[[str], list[Passage]]:
        return lambda question: [by_id[name] for name in text.search(question, DEPTH, weights)]

    def searched(**options: str) -> Callable[[str], list[Passage]]:
        return lambda question: [hit.passage for hit in retriever.search(question, DEPTH, **options)]

    found = {
        "bm25 bigrams": lexical(dict(GRAMS_ONLY)),
        "bm25 words": lexical(dict(WORDS_ONLY)),
        "bm25": searched(mode="bm25"),
        "vectors": searched(mode="vector"),
        "fused": searched(),
    }
    if every_strategy:
        found |= {f"fused by {name}": searched(strategy=name) for name in sorted(STRATEGIES)}
    return found


def measure(
    retriever: Retriever, asked: Sequence[tuple[str, Right]], every_strategy: bool = False
) -> list[dict[str, Any]]:
    """hit@1, hit@5, hit@10, MRR (to rank 50) and milliseconds a question (median, warm) of each method.

    A question is encoded once for all methods that need its vector: "encoding" tells that time apart.
    """
    text = FullText(next(retriever.folder.glob("g*")) / "text")
    retriever.encoder.warm_up()
    encoding = []
    for question, _ in asked:
        started = time.perf_counter()
        retriever.encoder.encode_queries([question])
        encoding.append((time.perf_counter() - started) * 1000)
    rows = []
    for name, method in methods(retriever, text, every_strategy).items():
        ranks, elapsed = [], []
        for question, right in asked:
            started = time.perf_counter()
            found = method(question)
            elapsed.append((time.perf_counter() - started) * 1000)
            ranks.append(next((rank for rank, passage in enumerate(found, 1) if right(passage)), 0))
        encoded = name == "vectors" or name.startswith("fused")
        rows.append(
            {
                "method": name,
                "questions": len(asked),
                "passages": len(retriever.passages),
                **{f"hit@{k}": _mean(0 < rank <= k for rank in ranks) for k in (1, 5, 10)},
                "mrr": _mean(1 / rank if rank else 0.0 for rank in ranks),
                "ms": statistics.median(elapsed) + (statistics.median(encoding) if encoded else 0.0),
            }
        )
    return rows


def measure_report(retriever: Retriever, questions: Path, every_strategy: bool = False) -> list[dict[str, Any]]:
    """The questions of the reference data that have evidence, over an index of the report."""
    texts = {passage.id: squeeze(passage.text) for passage in retriever.passages}

    def holds(snippets: Sequence[str]) -> Right:
        return lambda passage: any(snippet in texts[passage.id] for snippet in snippets)

    asked = [
        (row["question"], holds([squeeze(e) for e in row["evidence"]]))
        for row in read_jsonl(questions)
        if row.get("evidence")
    ]
    return measure(retriever, asked, every_strategy)


def measure_pairs(file: Path, encoder_name: str | None, every_strategy: bool = False) -> list[dict[str, Any]]:
    """Questions with their own passages, in a pool of all passages of the file."""
    rows = read_jsonl(file)
    texts: dict[str, tuple[str, str]] = {}
    for row in rows:
        if "passage" in row:
            texts.setdefault(str(row.get("passage_id", row["passage"])), (row.get("heading", ""), row["passage"]))
    passages = {key: _passage(number, *pair) for number, (key, pair) in enumerate(texts.items())}
    wanted = [(r["question"], passages[str(r.get("passage_id", r.get("passage")))].id) for r in rows if "question" in r]
    asked: list[tuple[str, Right]] = [(q, lambda p, name=name: p.id == name) for q, name in wanted]  # type: ignore[misc]
    with tempfile.TemporaryDirectory() as folder:
        encoder = load_encoder(load_settings(encoder=encoder_name))
        retriever = Retriever.build(passages.values(), Path(folder), encoder)
        return measure(retriever, asked, every_strategy)


def show(rows: Sequence[dict[str, Any]]) -> None:
    print(f"{rows[0]['questions']} questions, {rows[0]['passages']} passages")
    print(f"{'method':<20}{'hit@1':>8}{'hit@5':>8}{'hit@10':>8}{'MRR':>8}{'ms':>8}")
    for row in rows:
        figures = "".join(f"{row[key]:8.3f}" for key in ("hit@1", "hit@5", "hit@10", "mrr"))
        print(f"{row['method']:<20}{figures}{row['ms']:8.1f}")


def _passage(number: int, heading: str, text: str) -> Passage:
    names = tuple(f"s{number}-{n}" for n in range(len(sentence_spans(text))))
    return Passage(f"p{number:07d}", "bench", "text", heading, text, 0, len(text), "bench", None, None, names)


def _mean(values: Iterable[float]) -> float:
    return statistics.fmean(values)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--index", type=Path)
    parser.add_argument("--questions", type=Path, default=Path(__file__).parent / "gold" / "questions.jsonl")
    parser.add_argument("--passages", type=Path, help="measure on this file of questions with passages instead")
    parser.add_argument("--encoder", help="another encoder than the settings name")
    parser.add_argument("--strategies", action="store_true", help="every fusion strategy")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    options = parser.parse_args()
    if options.passages:
        rows = measure_pairs(options.passages, options.encoder, options.strategies)
    else:
        settings = load_settings(index=options.index, encoder=options.encoder)
        retriever = Retriever.open(settings.index / "search", load_encoder(settings))
        rows = measure_report(retriever, options.questions, options.strategies)
    show(rows)
    if options.json:
        options.json.write_text(json.dumps(rows, ensure_ascii=False, indent=2), encoding="utf-8")


if __name__ == "__main__":
    main()
