"""Staff decisions: written, read back, applied, undone."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from qgraph.errors import DecisionError
from qgraph.extraction.identity import doubtful_pairs, entity_id, merge_reports, named
from qgraph.extraction.journal import Journal, apply_decisions, read_journal, record_decision
from qgraph.records import (
    CaseProfile,
    Document,
    Entity,
    Evidence,
    Extraction,
    Mention,
    ReviewItem,
    Sentence,
    Statement,
)

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


# ---------------------------------------------------------------------------------------------- the review list


def _doubt(id_: str, text: str, sentence: int, kind: str = "entity") -> ReviewItem:
    return ReviewItem(id_, kind, text, "看不出属于哪一类。", _mention(text, sentence).evidence)


@pytest.fixture
def sentences(document: Document) -> Document:
    """The document with its sentences."""
    parts = [f"{part}。" for part in TEXT.split("。")[:-1]]
    rows = [
        Sentence(f"r/s{n}", part, "r/h1", "p", None, TEXT.index(part), TEXT.index(part) + len(part))
        for n, part in enumerate(parts, 1)
    ]
    return replace(document, sentences=tuple(rows))


@pytest.fixture
def doubts(extraction: Extraction) -> Extraction:
    return replace(extraction, review=(_doubt("r/review/e1", "实训室", 1), _doubt("r/review/e2", "活动", 2)))


def test_review_item_becomes_an_entity_of_the_given_type(path: Path, document: Document, doubts: Extraction) -> None:
    record_decision(path, "retype", "r/review/e1", "李老师", type_="Base", name="星河实训室", known_as=["实训室"])
    after = apply_decisions(document, doubts, read_journal(path))
    new = next(e for e in after.entities if e.type == "Base")
    assert (new.id, new.name, new.aliases) == (entity_id("Base", "星河实训室"), "星河实训室", ("实训室",))
    assert [m.text for m in new.mentions] == ["实训室"] and [i.id for i in after.review] == ["r/review/e2"]


def test_review_item_that_is_a_colleges_own_keeps_its_college(
    path: Path, document: Document, doubts: Extraction
) -> None:
    record_decision(path, "retype", "r/review/e1", "李老师", type_="Team", known_as=["实训室"])
    after = apply_decisions(document, doubts, read_journal(path))
    assert after.entities[-1].id == entity_id("Team", "云岭学院/实训室")


def test_review_item_becomes_a_name_of_an_entity(path: Path, document: Document, doubts: Extraction) -> None:
    record_decision(path, "merge", COMPANY.id, "李老师", others=["r/review/e2"], names=["活动"])
    after = apply_decisions(document, doubts, read_journal(path))
    assert "活动" in after.entities[1].aliases and len(after.entities[1].mentions) == 3
    assert [i.id for i in after.review] == ["r/review/e1"]


def test_review_item_is_taken_off_the_list_whatever_its_number_is_now(
    path: Path, document: Document, doubts: Extraction
) -> None:
    record_decision(path, "wrong", "r/review/e9", "李老师", known_as=["活动"])
    after = apply_decisions(document, doubts, read_journal(path))
    assert [i.text for i in after.review] == ["实训室"] and after.entities == doubts.entities


def test_review_item_of_another_report_stays(path: Path, document: Document, doubts: Extraction) -> None:
    record_decision(path, "wrong", "r2/review/e2", "李老师", known_as=["活动"])
    assert apply_decisions(document, doubts, read_journal(path)) == doubts


def test_review_item_that_is_no_name_is_found_by_its_sentence(
    path: Path, sentences: Document, extraction: Extraction
) -> None:
    cells = replace(
        extraction, review=(_doubt("r/review/t1", "星河", 1, "table"), _doubt("r/review/t2", "星河", 2, "table"))
    )
    record_decision(path, "wrong", "r/review/t1", "李老师", known_as=["星河", "星河电子参加活动。"])
    assert [i.id for i in apply_decisions(sentences, cells, read_journal(path)).review] == ["r/review/t1"]


# ---------------------------------------------------------------------------------------------- facts, pairs


def test_wrong_fact_is_found_by_what_it_says_not_by_its_number(
    path: Path, sentences: Document, extraction: Extraction
) -> None:
    said = ["云岭学院", "cooperatesWith", "星河公司", sentences.sentences[0].text]
    record_decision(path, "wrong", "r/f7", "李老师", known_as=said)
    assert not apply_decisions(sentences, extraction, read_journal(path)).statements


def test_number_that_means_another_fact_now_is_left_alone(
    path: Path, sentences: Document, extraction: Extraction
) -> None:
    said = ["云岭学院", "builds", "星河公司", sentences.sentences[0].text]
    record_decision(path, "wrong", "r/f1", "李老师", known_as=said)
    assert apply_decisions(sentences, extraction, read_journal(path)) == extraction


def test_merge_reaches_into_a_report_that_names_only_the_other(
    path: Path, document: Document, extraction: Extraction
) -> None:
    target = entity_id("Enterprise", "银河集团")
    record_decision(path, "merge", target, "李老师", others=[COMPANY.id], names=["星河公司"], known_as=["银河集团"])
    after = apply_decisions(document, extraction, read_journal(path))
    assert (after.entities[1].id, after.entities[1].name) == (target, "银河集团")
    assert "星河公司" in after.entities[1].aliases and after.statements[0].object == target


def test_pair_told_apart_is_not_joined_across_reports(path: Path) -> None:
    one, other = _entity("Enterprise", "星河"), _entity("Enterprise", "星河电子有限公司")
    assert len(merge_reports([[one], [other]]).entities) == 1
    record_decision(path, "distinct", one.id, "李老师", others=[other.id])
    journal = read_journal(path)
    assert len(merge_reports([[one], [other]], apart=journal.apart()).entities) == 2
    record_decision(path, "undo", "d1", "李老师")
    assert read_journal(path).apart() == frozenset()


def test_pairs_that_only_some_names_make_one_are_offered() -> None:
    known = [_entity("Enterprise", name) for name in ("星河", "银河船舶", "星河电子有限公司")]
    assert doubtful_pairs([named(e) for e in known]) == [(0, 2)]
