"""Passages: they cover the report, keep to sections, cases and tables, and have a searchable size."""

from __future__ import annotations

from pathlib import Path

import pytest

from qgraph.passages import CASE_LONGEST, LONGEST, SHORTEST, split_passages
from qgraph.reading import read_report
from qgraph.records import Document, Passage

SECOND = next((Path(__file__).parent / "data" / "second_report").glob("*.txt"))


@pytest.fixture(scope="module")
def passages(document: Document) -> tuple[Passage, ...]:
    return split_passages(document)


def test_passages_stand_at_their_offsets(document: Document, passages: tuple[Passage, ...]) -> None:
    for passage in passages:
        assert document.text[passage.start : passage.end] == passage.text
        assert passage.report == document.id
    assert len({passage.id for passage in passages}) == len(passages)


def test_every_sentence_but_headings_is_in_one_passage(document: Document, passages: tuple[Passage, ...]) -> None:
    held = [sentence for passage in passages for sentence in passage.sentences]
    assert len(held) == len(set(held))
    left_out = [s for s in document.sentences if s.id not in set(held)]
    assert {s.kind for s in left_out} <= {"heading"}


def test_headings_are_carried_by_what_follows(document: Document, passages: tuple[Passage, ...]) -> None:
    headings = " ".join(passage.heading for passage in passages)
    assert all(section.text in headings for section in document.sections)


def test_passages_keep_to_one_section_case_and_table(document: Document, passages: tuple[Passage, ...]) -> None:
    for passage in passages:
        sentences = [document.sentence_by_id[i] for i in passage.sentences]
        assert {s.section for s in sentences} == {passage.section}
        assert {s.case for s in sentences} == {passage.case}
        assert {s.table for s in sentences} == {passage.table}


def test_text_passages_have_a_searchable_size(passages: tuple[Passage, ...]) -> None:
    text = [p for p in passages if p.kind == "text"]
    assert all(len(p.text) <= LONGEST + SHORTEST // 2 for p in text if len(p.sentences) > 1)
    assert sum(len(p.text) >= SHORTEST for p in text) >= 0.9 * len(text)


def test_cases_are_whole_if_they_fit(document: Document, passages: tuple[Passage, ...]) -> None:
    for case in document.cases:
        own = [p for p in passages if p.case == case.id]
        assert own[0].text.startswith(case.number)
        assert own[-1].end == case.end
        assert all(p.kind == "case" for p in own)
        if case.end - case.start <= CASE_LONGEST:
            assert len(own) == 1
            assert own[0].text == case.text


def test_case_heading_holds_number_and_title(passages: tuple[Passage, ...]) -> None:
    first = next(p for p in passages if p.kind == "case")
    assert first.heading == (
        "1.人才培养 > 1.1立德树人 > 1.1.1 三全育人 > 案例 1-1 以生为本润物无声 扎实开展资助育人工作"
    )


def test_table_is_one_passage_with_the_sentence_that_introduces_it(
    document: Document, passages: tuple[Passage, ...]
) -> None:
    tables = {p.table: p for p in passages if p.kind == "table"}
    assert set(tables) == {table.id for table in document.tables}
    first = tables[document.tables[0].id]
    assert first.text == document.tables[0].text
    assert "表 1-1 学生大赛获奖汇总表" in first.heading
    assert first.heading.endswith("（见表 1-1）。")


def test_long_case_is_divided_between_sentences(tmp_path: Path) -> None:
    body = "学生在企业实习期间表现突出，得到企业师傅的一致好评，被评为优秀实习生。" * 30
    path = tmp_path / "r.txt"
    text = f"虚构学院2024年度质量报告\n一、概况\n案例1：很长的案例\n{body}\n二、成效\n获奖 1 项。\n"
    path.write_text(text, encoding="utf-8")
    document = read_report(path)
    own = [p for p in split_passages(document) if p.kind == "case"]
    assert len(own) > 1
    assert all(len(p.text) <= CASE_LONGEST + SHORTEST // 2 for p in own)
    assert all("案例1 很长的案例" in p.heading for p in own)


def test_short_paragraphs_of_a_section_are_put_together() -> None:
    passages = split_passages(read_report(SECOND))
    challenge = [p for p in passages if "一、挑战与对策" in p.heading]
    assert len(challenge) == 1
    assert challenge[0].text.startswith("挑战：") and challenge[0].text.endswith("在职博士。")


def test_lonely_headings_are_not_lost(tmp_path: Path) -> None:
    path = tmp_path / "r.txt"
    path.write_text("虚构学院2024年度质量报告\n一、概况\n学院有教师 90 人。\n二、成效\n", encoding="utf-8")
    document = read_report(path)
    passages = split_passages(document)
    assert [p.text for p in passages] == ["虚构学院2024年度质量报告", "学院有教师 90 人。", "二、成效"]
