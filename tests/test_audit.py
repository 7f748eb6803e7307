"""Each check of the audit finds what it is for in a small made-up report, and leaves good text alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from qgraph.audit import figures, names, numbering, wording
from qgraph.audit.draft import Draft
from qgraph.reading import read_report
from qgraph.records import Document

Read = Callable[[str], Document]
HEAD = "虚构市测试职业学院高等职业教育质量年度报告（2023年度）\n\n第一部分 人才培养\n\n"


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Reads a made-up report with these paragraphs."""

    def make(*paragraphs: str) -> Document:
        path = tmp_path / "虚构.txt"
        path.write_text(HEAD + "".join(f"　　{p}\n\n" for p in paragraphs), encoding="utf-8")
        return read_report(path)

    return make


def quotes(drafts: Iterator[Draft], kind: str) -> list[str]:
    return [spot.quote for draft in drafts if draft.kind == kind for spot in draft.spots]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("学院加强干部选拨任用。", ["选拨"]),
        ("截止2023年8月底，出版教材5本。", ["截止"]),
        ("满意度较去年相比有所提高。", ["较去年相比"]),
        ("报名截止后，学院加强干部选拔任用，截至2023年8月底出版教材5本。", []),
    ],
)
def test_typos(read: Read, text: str, wrong: list[str]) -> None:
    assert quotes(wording.check_typos(read(text)), "typo") == wrong


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("经有关部门联合联合评审，学院入选。", ["联合联合"]),
        ("学院获奖3项，，其中一等奖1项。", ["，，"]),
        ("职业教育教学改革稳步推进，学生常常参加活动。", []),
        ("学院重视德育教育教学，职业教育改革推进教育教学。", []),
    ],
)
def test_doubled_words_and_marks(read: Read, text: str, wrong: list[str]) -> None:
    assert quotes(wording.check_doubled(read(text)), "doubled") == wrong


def test_half_width_marks_between_chinese_characters(read: Read) -> None:
    assert quotes(wording.check_punctuation(read("按照要求,构建体系。比例为1:2。")), "punctuation")
    assert not quotes(wording.check_punctuation(read("按照要求，构建体系。比例为1:2。")), "punctuation")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("项目弥补了国内空白。", True),
        ("教学质量显著提升。", True),
        ("教学质量显著提升，满意度达99.1%。", False),
        ("学院成果获评省级教学成果一等奖，为全省首创。", False),
        ("学院将努力建成国内一流的高职院校。", False),
    ],
)
def test_claims_need_support(read: Read, text: str, found: bool) -> None:
    assert bool(quotes(wording.check_claims(read(text)), "claim")) is found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("联系电话13800001234。", ["13800001234"]),
        ("投入资金13800001234567元。", []),
        ("邮箱abc@example.cn。", ["abc@example.cn"]),
    ],
)
def test_private_numbers(read: Read, text: str, found: list[str]) -> None:
    assert quotes(wording.check_private(read(text), ()), "private") == found


def test_policy_title_that_differs_from_the_official_one(read: Read) -> None:
    wrong = read("落实《关于推进现代职业教育高质量发展的意见》。")
    right = read("落实《关于推动现代职业教育高质量发展的意见》和《虚构学院食堂管理办法》。")
    assert quotes(wording.check_policies(wrong), "policy_title") == ["《关于推进现代职业教育高质量发展的意见》"]
    assert not quotes(wording.check_policies(right), "policy_title")


def test_title_in_another_order_is_a_variant_and_another_kind_of_document_is_not(read: Read) -> None:
    swapped = read("制定《关于加强共同体和联合体管理的意见》。", "修订《关于加强联合体和共同体管理的意见》。")
    kinds = read("制定《虚构学院岗位聘任实施意见》和《虚构学院岗位聘任实施细则》。")
    assert len(quotes(names.check_names(swapped, ()), "name_variant")) == 2
    assert not quotes(names.check_names(kinds, ()), "name_variant")


def test_one_event_with_two_dates(read: Read) -> None:
    two = read("2023年5月1日，双方签署《星火合作备忘录》。", "2023年6月1日，双方签署《星火合作备忘录》。")
    one = read("2023年5月1日，双方签署《星火合作备忘录》。", "2023年5月1日，校领导签署《星火合作备忘录》。")
    assert len(quotes(figures.check_event_dates(two), "event_date")) == 2
    assert not quotes(figures.check_event_dates(one), "event_date")


def test_impossible_date_and_date_after_the_period(read: Read) -> None:
    drafts = list(figures.check_period(read("2023年2月30日开学。", "2026年3月1日揭牌。", "2023年3月1日揭牌。")))
    assert [d.spots[0].quote for d in drafts] == ["2023年2月30日", "2026年3月1日"]


def test_gap_and_double_in_case_numbers(tmp_path: Path) -> None:
    path = tmp_path / "虚构.txt"
    cases = "".join(
        f"【案例{n}】点亮第{n}盏灯\n　　学院开展活动{n}场，效果好，学生满意，家长也满意。\n" for n in (1, 2, 4)
    )
    path.write_text(HEAD + cases, encoding="utf-8")
    found = [d.explanation for d in numbering.check_numbering(read_report(path)) if d.kind == "numbering"]
    assert len(found) == 1 and "案例3" in found[0]


def test_figure_that_is_missing_and_figure_that_nobody_mentions(read: Read) -> None:
    document = read("学院举办运动会（见图2）。", "学院举办晚会。")
    assert quotes(numbering.check_numbering(document), "dangling") == ["（见图2）"]
