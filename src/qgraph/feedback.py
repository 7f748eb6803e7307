"""Judgements on answers, kept as JSON lines beside the index, and the test cases that they make."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from qgraph.errors import QueryError

VERDICTS = ("right", "wrong", "refused")
_MOST = 2000


def keep(
    path: Path,
    question: str,
    verdict: str,
    *,
    kind: str = "",
    answer: str = "",
    expected: str = "",
    note: str = "",
    who: str = "",
) -> None:
    """Appends one judgement. `expected` is the answer that would have been right, if the person knows it.

    Raises QueryError for an unknown verdict.
    """
    if verdict not in VERDICTS:
        raise QueryError("评价只能是 right、wrong 或 refused。", log=f"bad verdict {verdict!r}")
    row = {
        "time": datetime.now(UTC).isoformat(timespec="seconds"),
        "question": question,
        "verdict": verdict,
        "kind": kind,
        "answer": answer[:_MOST],
        "expected": expected[:_MOST],
        "note": note[:_MOST],
        "who": who[:100],
    }
    with path.open("a", encoding="utf-8") as handle:
        handle.write(json.dumps(row, ensure_ascii=False) + "\n")


def read(path: Path) -> list[dict[str, Any]]:
    """All judgements, oldest first; damaged lines are passed over."""
    rows = []
    if path.is_file():
        for line in path.read_text(encoding="utf-8").splitlines():
            try:
                row = json.loads(line)
            except json.JSONDecodeError:
                continue
            if isinstance(row, dict) and row.get("question"):
                rows.append(row)
    return rows


def to_questions(rows: list[dict[str, Any]]) -> list[Mapping[str, object]]:
    """Refused and disliked questions as rows that `qgraph eval --questions` reads.

    The last judgement on a question counts. Where the right answer is not known yet, `answers` is empty and
    `note` asks for it; such rows are listed but not scored.
    """
    last = {row["question"]: row for row in rows}
    listed: list[Mapping[str, object]] = []
    for number, row in enumerate((r for r in last.values() if r.get("verdict") != "right"), 1):
        expected = row.get("expected", "")
        kind = row.get("kind") or "text"
        listed.append(
            {
                "id": f"f{number:03d}",
                "type": kind,
                "question": row["question"],
                "answers": [[item] for item in expected.split("、")]
                if kind == "list" and expected
                else [expected]
                if expected
                else [],
                "answer_kind": kind,
                "evidence": [],
                "section": "",
                "note": row.get("note") or ("" if expected else "请补上正确答案"),
            }
        )
    return listed
