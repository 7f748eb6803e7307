"""The second pass accepts what the text bears out word for word and nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qgraph.extraction.model_pass import extend_with_model
from qgraph.reading import read_report
from qgraph.records import Document, Extraction

TEXT = """虚构市测试职业学院高等职业教育质量年度报告（2023年度）

第一部分 产教融合

　　学院与远山机器人有限公司共建远山产业学院。学院参加了星火论坛。
"""
SENTENCE = "学院与远山机器人有限公司共建远山产业学院。"


@pytest.fixture
def document(tmp_path: Path) -> Document:
    path = tmp_path / "虚构.txt"
    path.write_text(TEXT, encoding="utf-8")
    return read_report(path)


def run(document: Document, answer: str) -> Extraction:
    return extend_with_model(document, Extraction(document.id, (), (), (), (), ()), lambda prompt: answer)


def row(**changes: str) -> dict[str, str]:
    return {
        "subject": "远山机器人有限公司",
        "subject_type": "Enterprise",
        "predicate": "coBuilds",
        "object": "远山产业学院",
        "object_type": "IndustryCollege",
        "evidence": SENTENCE,
    } | changes


def test_proposal_with_verbatim_evidence_is_accepted_and_marked(document: Document) -> None:
    result = run(document, "好的：\n" + json.dumps([row()], ensure_ascii=False))
    (statement,) = result.statements
    assert statement.origin == "model"
    assert document.text[statement.evidence.start : statement.evidence.end] == SENTENCE
    for entity in result.entities:
        (mention,) = entity.mentions
        assert document.text[mention.evidence.start : mention.evidence.end] == entity.name


@pytest.mark.parametrize(
    "changes",
    [
        {"evidence": "学院与远山机器人有限公司签约。"},
        {"subject": "近海机器人有限公司"},
        {"predicate": "owns"},
        {"object_type": "Palace"},
    ],
)
def test_proposal_that_the_text_does_not_bear_out_goes_to_review(document: Document, changes: dict[str, str]) -> None:
    result = run(document, json.dumps([row(**changes)], ensure_ascii=False))
    assert not result.statements and not result.entities
    assert len(result.review) == 1 and result.review[0].reason


@pytest.mark.parametrize("answer", ["", "没有", "[", "[1, 2]", '[{"subject": "远山"}]', '{"subject": 1}'])
def test_malformed_answer_adds_nothing(document: Document, answer: str) -> None:
    result = run(document, answer)
    assert not result.statements and not result.entities and not result.review


def test_same_proposal_twice_counts_once(document: Document) -> None:
    assert len(run(document, json.dumps([row(), row()], ensure_ascii=False)).statements) == 1
