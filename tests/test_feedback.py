"""Judgements are kept, damaged lines do no harm, and disliked questions become test cases."""

from __future__ import annotations

from pathlib import Path

import pytest

from qgraph.errors import QueryError
from qgraph.feedback import keep, read, to_questions


def test_kept_judgements_are_read_in_order(tmp_path: Path) -> None:
    path = tmp_path / "feedback.jsonl"
    keep(path, "甲？", "right", answer="1项")
    keep(path, "乙？", "wrong", answer="2项", note="应为3项", expected="3项", kind="number")
    assert [(r["question"], r["verdict"]) for r in read(path)] == [("甲？", "right"), ("乙？", "wrong")]


def test_damaged_line_is_passed_over_and_the_rest_kept(tmp_path: Path) -> None:
    path = tmp_path / "feedback.jsonl"
    keep(path, "甲？", "wrong")
    with path.open("a", encoding="utf-8") as handle:
        handle.write('{"question": "乙\n')
    keep(path, "丙？", "refused")
    assert [r["question"] for r in read(path)] == ["甲？", "丙？"]


def test_unknown_verdict_is_refused(tmp_path: Path) -> None:
    with pytest.raises(QueryError):
        keep(tmp_path / "f.jsonl", "甲？", "maybe")


def test_only_disliked_and_refused_questions_become_cases_and_the_last_judgement_counts() -> None:
    rows = [
        {"question": "甲？", "verdict": "wrong", "kind": "number", "expected": "3项"},
        {"question": "乙？", "verdict": "wrong", "kind": "list", "expected": "河北、北京"},
        {"question": "乙？", "verdict": "right"},
        {"question": "丙？", "verdict": "refused", "kind": "none", "expected": ""},
        {"question": "丁？", "verdict": "wrong", "kind": "list", "expected": "河北、北京"},
    ]
    made = to_questions(rows)
    assert [r["question"] for r in made] == ["甲？", "丙？", "丁？"]
    assert [r["answers"] for r in made] == [["3项"], [], [["河北"], ["北京"]]]
    assert made[1]["note"] == "请补上正确答案"
