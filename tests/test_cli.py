"""The command line: every command runs, `--json` is JSON and nothing else, errors are plain and have exit codes."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from qgraph.cli import app

ROOT = Path(__file__).resolve().parents[1]
runner = CliRunner()


def run(index: Path, *arguments: str) -> str:
    result = runner.invoke(app, [*arguments, "--index", str(index)])
    assert result.exit_code == 0, result.output
    return result.output


@pytest.mark.parametrize(
    "arguments",
    [
        ("ask", "2024年横向科研经费到账多少？"),
        ("search", "订单班"),
        ("cases", "产业学院"),
        ("entity", "天津科技大学"),
        ("sparql", "SELECT ?s WHERE { ?s a qg:Report }"),
        ("stats",),
        ("audit",),
    ],
)
def test_command_shows_text_for_people_and_json_for_programs(index: Path, arguments: tuple[str, ...]) -> None:
    assert run(index, *arguments).strip()
    assert json.loads(run(index, *arguments, "--json"))


def test_ask_shows_the_figure_and_its_source(index: Path) -> None:
    output = run(index, "ask", "2024年横向科研经费到账多少？", "--trace")
    assert "2656.82" in output and "[1]" in output and "2024年度报告" in output


def test_predict_writes_the_scorers_format(index: Path, tmp_path: Path) -> None:
    questions, predictions = tmp_path / "q.jsonl", tmp_path / "p.jsonl"
    questions.write_text('{"id": "a", "question": "专任教师有多少人？"}\n', encoding="utf-8")
    run(index, "predict", str(questions), str(predictions))
    (row,) = [json.loads(line) for line in predictions.read_text(encoding="utf-8").splitlines()]
    assert row["id"] == "a" and set(row) == {"id", "answer", "citations", "refused", "cases"}


@pytest.mark.parametrize("kind", ["gold", "nq", "ttl"])
def test_export_writes_files(index: Path, tmp_path: Path, kind: str) -> None:
    target = tmp_path / "out"
    run(index, "export", str(target), "--format", kind)
    files = sorted(target.iterdir()) if target.is_dir() else [target]
    assert files and all(f.stat().st_size for f in files)


def test_audit_mark_is_kept_and_can_be_taken_back(index: Path) -> None:
    first = json.loads(run(index, "audit", "--json"))[0]["id"]
    marked = json.loads(run(index, "audit", "--explain", first, "--note", "原件如此", "--json"))
    assert first not in [f["id"] for f in marked]
    shown = json.loads(run(index, "audit", "--all", "--json"))
    assert next(f for f in shown if f["id"] == first)["explained"] == "原件如此"
    back = json.loads(run(index, "audit", "--undo", first, "--json"))
    assert first in [f["id"] for f in back]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["ask", "你好", "--index", "missing"], 4),
        (["build", "--corpus", "missing", "--index", "missing"], 3),
    ],
)
def test_failure_is_one_plain_sentence_with_its_own_exit_code(tmp_path: Path, arguments: list[str], code: int) -> None:
    done = subprocess.run([sys.executable, "-m", "qgraph", *arguments], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == code
    assert re.search(r"错误：[\u4e00-\u9fff“]", done.stderr) and "Traceback" not in done.stderr


def test_readme_names_every_command() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for name in get_command(app).commands:  # type: ignore[attr-defined]
        assert f"qgraph {name}" in readme, f"README.md does not name `qgraph {name}`"
