"""Staff decisions: written, read back, applied, undone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qgraph.errors import DecisionError
from qgraph.extraction.identity import entity_id
from qgraph.extraction.journal import Journal, apply_decisions, read_journal, record_decision
from qgraph.records import CaseProfile, Document, Entity, Evidence, Extraction, Mention, Statement

TEXT = "云岭学院与星河公司共建实训室。星河电子参加活动。张小明荣获奖励。"


def _mention(text: str, sentence: int) -> Mention:
    start = TEXT.index(text)
    return Mention(text, Evidence("r", f"r/s{sentence}", start, start + len(text)), "test")


def _entity(type_: str, name: str, *mentions: Mention, aliases: tuple[str, ...] = ()) -> Entity:
    return Entity(entity_id(type_, name), type_, name, aliases, mentions)


COLLEGE = _entity("College", "云岭学院", _mention("云岭学院", 1))
COMPANY = _entity("Enterprise", "星河公司", _mention("星河公司", 1), _mention("星河电子", 2), aliases=("星河电子",))
PERSON = _entity("Person", "张小明", _mention("张小明", 3))


@pytest.fixture
def extraction() -> Extraction:
    statement = Statement(
        "r/f1", COLLEGE.id, "cooperatesWith", COMPANY.id, {}, Evidence("r", "r/s1", 0, 15), confidence=0.5
    )
    case = CaseProfile("r/c1", (COLLEGE.id, COMPANY.id), (), ())
    return Extraction("r", (COLLEGE, COMPANY, PERSON), (statement,), (), (case,), ())


@pytest.fixture
def document() -> Document:
    return Document("r", "题", "云岭学院", 2031, "a.txt", "0", TEXT, (), (), (), (), (), (), (), ())


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "decisions.jsonl"


def names(extraction: Extraction) -> list[str]:
    return [e.name for e in extraction.entities]


def test_journal_missing_file_is_empty(path: Path) -> None:
    assert read_journal(path) == Journal()


def test_journal_decision_is_read_back_as_written(path: Path) -> None:
    made = record_decision(
        path, "rename", COMPANY.id, "李老师", name="星河有限公司", note="全称", when="2031-01-02T03:04:05"
    )
    assert read_journal(path).decisions == (made,)
    assert made.id == "d1" and made.who == "李老师"


def test_journal_rename_is_followed_by_statements_and_cases(
    path: Path, document: Document, extraction: Extraction
) -> None:
    record_decision(path, "rename", COMPANY.id, "李老师", name="星河有限公司")
    after = apply_decisions(document, extraction, read_journal(path))
    new = entity_id("Enterprise", "星河有限公司")
    assert names(after) == ["云岭学院", "星河有限公司", "张小明"]
    assert after.statements[0].object == new and new in after.cases[0].entities
    assert "星河公司" in after.entities[1].aliases


def test_journal_what_is_a_colleges_own_keeps_its_college(
    path: Path, document: Document, extraction: Extraction
) -> None:
    mentions = (_mention("星河公司", 1), _mention("星河电子", 2))
    own = Entity("Department/1", "Department", "星河公司", ("星河电子",), mentions, {"of": "云岭学院"})
    record_decision(path, "split", own.id, "李老师", names=["星河电子"])
    after = apply_decisions(document, Extraction("r", (own,), (), (), (), ()), read_journal(path))
    assert after.entities[1].id == entity_id("Department", "云岭学院/星河电子")
    assert after.entities[1].codes == {"of": "云岭学院"}


def test_journal_retype_changes_the_id(path: Path, document: Document, extraction: Extraction) -> None:
    record_decision(path, "retype", COLLEGE.id, "李老师", type_="Department")
    after = apply_decisions(document, extraction, read_journal(path))
    assert after.entities[0].type == "Department"
    assert after.entities[0].id.startswith("Department/") and after.statements[0].subject == after.entities[0].id


def test_journal_merge_puts_mentions_together(path: Path, document: Document, extraction: Extraction) -> None:
    other = _entity("Enterprise", "星河集团", _mention("星河", 1))
    more = Extraction("r", (*extraction.entities, other), (), (), (), ())
    record_decision(path, "merge", COMPANY.id, "李老师", others=[other.id])
    after = apply_decisions(document, more, read_journal(path))
    assert names(after) == ["云岭学院", "星河公司", "张小明"]
    assert "星河集团" in after.entities[1].aliases and len(after.entities[1].mentions) == 3


def test_journal_merge_of_two_types_is_refused_and_listed(
    path: Path, document: Document, extraction: Extraction
) -> None:
    record_decision(path, "merge", COMPANY.id, "李老师", others=[PERSON.id])
    after = apply_decisions(document, extraction, read_journal(path))
    assert names(after) == names(extraction)
    assert "类型不同" in after.review[0].reason


def test_journal_split_makes_an_entity_of_its_own(path: Path, document: Document, extraction: Extraction) -> None:
    record_decision(path, "split", COMPANY.id, "李老师", names=["星河电子"])
    after = apply_decisions(document, extraction, read_journal(path))
    assert names(after) == ["云岭学院", "星河公司", "星河电子", "张小明"]
    assert [len(e.mentions) for e in after.entities[1:3]] == [1, 1]


def test_journal_wrong_entity_leaves_with_its_statements(
    path: Path, document: Document, extraction: Extraction
) -> None:
    record_decision(path, "wrong", COMPANY.id, "李老师", when="2031-01-02T03:04:05")
    after = apply_decisions(document, extraction, read_journal(path))
    assert names(after) == ["云岭学院", "张小明"] and not after.statements
    assert [r.kind for r in after.review] == ["entity", "statement"]
    assert "李老师于2031-01-02" in after.review[0].reason


def test_journal_wrong_statement_leaves_alone(path: Path, document: Document, extraction: Extraction) -> None:
    record_decision(path, "wrong", "r/f1", "李老师")
    after = apply_decisions(document, extraction, read_journal(path))
    assert not after.statements and names(after) == names(extraction)


def test_journal_confirmed_statement_is_sure(path: Path, document: Document, extraction: Extraction) -> None:
    record_decision(path, "confirmed", "r/f1", "李老师")
    assert apply_decisions(document, extraction, read_journal(path)).statements[0].confidence == 1.0


def test_journal_undo_takes_back_and_can_be_undone(path: Path, document: Document, extraction: Extraction) -> None:
    first = record_decision(path, "rename", COMPANY.id, "李老师", name="星河有限公司")
    second = record_decision(path, "undo", first.id, "王老师")
    assert apply_decisions(document, extraction, read_journal(path)) == extraction
    record_decision(path, "undo", second.id, "李老师")
    assert "星河有限公司" in names(apply_decisions(document, extraction, read_journal(path)))


def test_journal_target_is_found_by_name_when_its_id_changed(
    path: Path, document: Document, extraction: Extraction
) -> None:
    record_decision(path, "rename", "Enterprise/000000000000", "李老师", name="星河有限公司", known_as=["星河电子"])
    assert "星河有限公司" in names(apply_decisions(document, extraction, read_journal(path)))


def test_journal_target_of_another_report_changes_nothing(
    path: Path, document: Document, extraction: Extraction
) -> None:
    record_decision(path, "wrong", "Enterprise/000000000000", "李老师")
    assert apply_decisions(document, extraction, read_journal(path)) == extraction


def test_journal_bad_lines_are_reported_and_kept(path: Path) -> None:
    good = {"id": "d1", "kind": "wrong", "who": "李老师", "when": "2031-01-01", "target": "Person/1"}
    lines = ["{不是 JSON", json.dumps(good, ensure_ascii=False), json.dumps({**good, "id": "d9", "kind": "删除"})]
    path.write_text("\n".join(lines), encoding="utf-8")
    journal = read_journal(path)
    assert [d.id for d in journal.decisions] == ["d1"]
    assert [b.number for b in journal.bad] == [1, 3] and "删除" in journal.bad[1].reason
    record_decision(path, "undo", "d1", "李老师")
    assert path.read_text(encoding="utf-8").splitlines()[:3] == lines


@pytest.mark.parametrize(
    ("kind", "target", "fields"),
    [
        ("merge", "Person/1", {}),
        ("rename", "Person/1", {"name": " "}),
        ("undo", "d7", {}),
        ("delete", "Person/1", {}),
        ("wrong", "", {}),
    ],
)
def test_journal_refuses_what_cannot_be_applied(path: Path, kind: str, target: str, fields: dict[str, str]) -> None:
    with pytest.raises(DecisionError):
        record_decision(path, kind, target, "李老师", **fields)
    assert not path.exists() or path.read_text(encoding="utf-8") == ""


def test_journal_needs_a_name_of_who_decided(path: Path) -> None:
    with pytest.raises(DecisionError, match="who"):
        record_decision(path, "wrong", "Person/1", " ")
