"""`predict` and `eval`."""

from __future__ import annotations

import json as jsonlib
from pathlib import Path
from typing import Annotated, Any

import typer

from qgraph.cli.options import Index, Json, open_engine
from qgraph.cli.output import console, show_json, show_table
from qgraph.evaluation import evaluate_answers, evaluate_extraction, evaluate_retrieval, predict, read_jsonl

GOLD = Path("bench/gold")
LAST = "last_eval.json"


def register(app: typer.Typer) -> None:
    """Adds these commands to the application."""
    app.command("predict", help="回答一个问题文件（JSON Lines），写出评分程序的格式")(predict_command)
    app.command("eval", help="在参考数据上测量问答、抽取与检索")(eval_command)


def predict_command(
    questions: Annotated[Path, typer.Argument(help="问题文件")],
    predictions: Annotated[Path, typer.Argument(help="写到这里")],
    index: Index = None,
) -> None:
    rows = read_jsonl(questions)
    with open_engine(index) as engine:
        answered = predict(engine, rows)
    lines = [jsonlib.dumps(p.row, ensure_ascii=False) + "\n" for p in answered]
    predictions.parent.mkdir(parents=True, exist_ok=True)
    predictions.write_text("".join(lines), encoding="utf-8")
    console.print(f"已回答 {len(answered)} 个问题。")


def eval_command(
    gold: Annotated[Path, typer.Option(help="参考数据文件夹")] = GOLD,
    questions: Annotated[Path | None, typer.Option(help="别的问题文件（如由反馈得来）", show_default=False)] = None,
    index: Index = None,
    json: Json = False,
) -> None:
    with open_engine(index) as engine:
        rows = read_jsonl(questions or gold / "questions.jsonl")
        result: dict[str, Any] = {
            "answers": evaluate_answers(engine, gold, questions),
            "retrieval": evaluate_retrieval(engine, rows),
            "extraction": evaluate_extraction(engine, gold),
        }
        last = engine.index / LAST
    before: dict[str, Any] = jsonlib.loads(last.read_text(encoding="utf-8")) if last.is_file() else {}
    last.write_text(jsonlib.dumps(result, ensure_ascii=False), encoding="utf-8")
    if json:
        show_json(result)
        return
    _show(result, before)


def _show(result: dict[str, Any], before: dict[str, Any]) -> None:
    answers, old = result["answers"], before.get("answers", {})

    def change(now: float, path: tuple[str, ...]) -> str:
        value: Any = old
        for key in path:
            value = value.get(key, {}) if isinstance(value, dict) else {}
        return f"{now - value:+.3f}" if isinstance(value, (int, float)) else ""

    show_table(
        ["类型", "题数", "得分", "较上次", "引用@1", "引用@5"],
        [
            (
                kind,
                row["n"],
                f"{row['score']:.3f}",
                change(row["score"], ("kinds", kind, "score")),
                f"{row['hit1']:.3f}",
                f"{row['hit5']:.3f}",
            )
            for kind, row in answers["kinds"].items()
        ],
        title=f"问答 {answers['overall']:.4f} {change(answers['overall'], ('overall',))}",
    )
    for failure in answers["failures"]:
        got = "（拒答）" if failure["refused"] else failure["answer"]
        console.print(f"  {failure['id']} {failure['question']} 应为 {failure['gold']}，答 {got}", markup=False)
    trust = answers["calibration"]
    show_table(
        ["把握", "题数", "平均把握", "答对"],
        [
            (f"{b['low']:.1f}–{b['high']:.1f}", b["n"], f"{b['confidence']:.3f}", f"{b['right']:.3f}")
            for b in trust["reliability"]
        ],
        title=f"把握可信吗：ECE {trust['ece']:.3f}，Brier {trust['brier']:.3f}，AURC {trust['aurc']:.3f}",
    )
    show_table(
        ["把握不低于", "作答", "其中答错"],
        [(f"{p['least']:.2f}", f"{p['coverage']:.1%}", f"{p['risk']:.1%}") for p in trust["risk_coverage"]],
    )
    latency = answers["latency_ms"]
    console.print(f"用时：中位 {latency['median']:.0f} 毫秒，95 分位 {latency['p95']:.0f} 毫秒")
    show_table(
        ["检索", "命中@1", "命中@5", "命中@10", "MRR", "毫秒"],
        [
            (
                mode,
                f"{r['hit@1']:.3f}",
                f"{r['hit@5']:.3f}",
                f"{r['hit@10']:.3f}",
                f"{r['mrr']:.3f}",
                f"{r['median_ms']:.1f}",
            )
            for mode, r in result["retrieval"].items()
        ],
    )
    console.print(result["extraction"]["report"], markup=False)
