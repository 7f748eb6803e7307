"""Reading of the real report: structure, tables, cases, pages and offsets."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from pathlib import Path

import pytest
from reading_checks import check_document, shape

from qgraph.errors import ReportError
from qgraph.reading import read_report, source_text
from qgraph.records import Document, Table

CORPUS = sorted((Path(__file__).resolve().parents[1] / "corpus").glob("*.txt"))
REPORT = CORPUS[0]


def paths(document: Document) -> list[str]:
    return [section.path for section in document.sections]


def rows(table: Table) -> list[list[str]]:
    """Cell texts by row and column; a cell that spans rows is repeated in each."""
    grid = [["" for _ in range(table.columns)] for _ in range(table.rows)]
    for cell in table.cells:
        for row in range(cell.row, cell.row + cell.row_span):
            for column in range(cell.column, cell.column + cell.column_span):
                grid[row][column] = cell.text
    return grid


@pytest.mark.parametrize("path", CORPUS, ids=lambda p: p.stem)
def test_every_element_stands_at_its_offsets(path: Path) -> None:
    check_document(read_report(path), source_text(path))


def test_reading_twice_gives_the_same(document: Document) -> None:
    assert read_report(REPORT) == document


def test_identity(document: Document) -> None:
    assert document.title == "天津市职业大学高等职业教育质量年度报告(2024年度)"
    assert document.college == "天津市职业大学"
    assert document.year == 2024
    assert re.fullmatch(r"r2024-[0-9a-f]{8}", document.id)
    assert document.warnings == ()


def test_outline_has_all_levels(document: Document) -> None:
    found = paths(document)
    assert found[:6] == ["标题", "前言", "前言·编制目的", "前言·编制过程", "前言·年度亮点", "1"]
    assert [path for path in found if re.fullmatch(r"\d", path)] == list("1234567")
    assert found[-1] == "附"
    assert Counter(section.level for section in document.sections) == {1: 10, 2: 27, 3: 68, 4: 15}
    assert len(set(found)) == len(found)


def test_glued_and_wrapped_headings(document: Document) -> None:
    by_path = {section.path: section for section in document.sections}
    assert (by_path["1.2"].title, by_path["1.2"].text) == ("多样成长", "1.2多样成长")
    assert by_path["1.3.1.1"].title == "承办技能大赛"
    assert by_path["6.1.4"].number == "6.1.4"
    assert by_path["7.1"].title == "挑战 1：现代职教体系建设对学校现有办学模式提出挑战"
    assert by_path["7.1"].parent == by_path["7"].id


def test_sections_close_where_the_next_begins(document: Document) -> None:
    by_path = {section.path: section for section in document.sections}
    assert by_path["1"].end < by_path["2"].start
    assert by_path["1.4"].end == by_path["1"].end
    assert by_path["附"].end == len(document.text)


def test_numbered_highlights_are_paragraphs(document: Document) -> None:
    highlights = next(s for s in document.sections if s.path == "前言·年度亮点")
    found = [p.text[:6] for p in document.paragraphs if p.section == highlights.id]
    assert found == ["1.世界职教", "2.“双高计", "3.师资队伍", "4.培训基地", "5.技术研发", "6.国际合作", "7.技能大赛",
                     "8.创新创业"]


def test_furniture_is_gone_and_sentences_are_whole(document: Document) -> None:
    assert "质量年度报告（2024）\n" not in document.text
    assert "融汇形成数字资源蓄水池，服务学生达到 8万余人次。" in document.text
    assert "结合哈萨克斯坦当地" in document.text
    assert "经济发展需求和专业建设急需" in document.text


def test_paragraph_with_a_break_in_mid_sentence_is_joined(document: Document) -> None:
    assert "共 5437 人，其中毕业生5335人。" in document.text


def test_spaces_inside_lines_stay(document: Document) -> None:
    assert "2024年 12 月 10日，学校召开" in document.text


def test_paragraphs_end_as_sentences_do(document: Document) -> None:
    assert [p.text for p in document.paragraphs if not p.text.endswith("。")] == []


def test_cases(document: Document) -> None:
    assert len(document.cases) == 25
    numbers = [case.number for case in document.cases]
    assert numbers[0] == "案例 1-1"
    assert Counter(number[3] for number in numbers) == {"1": 7, "2": 6, "3": 3, "4": 3, "5": 3, "6": 3}
    assert document.cases[12].title == "“双线螺旋同频共升”模式下的教学团队建设"


def test_cases_end_with_their_text_or_figures(document: Document) -> None:
    by_number = {case.number: case for case in document.cases}
    assert by_number["案例 1-1"].text.endswith("图 1-2 学校开展资助育人宣传大使选拔赛")
    assert by_number["案例 2-2"].text.endswith("学生在全国“互联网+”大赛中获得金奖 3 项。")
    assert by_number["案例 3-2"].text.endswith("图 3-6 定制旋转窑炉\n图 3-7 定型催化剂材料")
    for case in document.cases:
        assert sum(p.case == case.id for p in document.paragraphs) == 1


def test_figures(document: Document) -> None:
    assert len(document.figures) == 53
    by_number = {figure.number: figure for figure in document.figures}
    assert by_number["图 1-4"].caption == "“时代交响 美育校园”交响美育百场普及活动"
    assert by_number["图 1-15"].source_line == "数据来源：学校招生就业处招生数据统计"
    assert by_number["图 2-3"].caption.endswith("林肯(中国)天津技术培训中心")
    assert by_number["图 1-2"].case == document.cases[0].id


def test_tables_of_the_annex_have_no_rows(document: Document) -> None:
    annex = [table for table in document.tables if table.rows == 0]
    assert [table.number.replace(" ", "") for table in annex] == [f"表{n}" for n in range(1, 7)]
    assert {document.section_by_id[table.section].path for table in annex} == {"附"}


def test_table_with_wrapped_heading_and_group_labels(document: Document) -> None:
    table = document.tables[0]
    assert (table.number, table.caption) == ("表 1-1", "学生大赛获奖汇总表")
    assert table.source_line == "数据来源：学校教务处大赛获奖数据统计"
    national, provincial = "国家级（26 项）", "省部级（93 项）"
    assert rows(table) == [
        ["级别", "大赛名称", "一等奖（金奖）", "二等奖（银奖）", "三等奖（优胜奖）（铜奖）"],
        [national, "2024 年世界职业院校技能大赛总决赛争夺赛", "2", "4", "10"],
        [national, "2024 年全国乡村振兴职业技能大赛", "1", "0", "1"],
        [national, "2023 年全国行业职业技能竞赛", "5", "2", "1"],
        [national, "小计", "8", "6", "12"],
        [provincial, "2023 年天津市职业院校技能大赛", "12", "25", "31"],
        [provincial, "2024 年“海河工匠杯”技能大赛", "3", "6", "15"],
        [provincial, "华北五省计算机应用大赛", "0", "0", "1"],
        [provincial, "小计", "15", "31", "47"],
    ]


def test_table_with_rows_over_several_lines(document: Document) -> None:
    table = document.tables[1]
    world, regional = "中国国际大学生创新大赛（2024）总决赛", "中国国际大学生创新大赛（2024）天津赛区比赛"
    wings, commerce = "第六届“中国创翼”创业创新大赛天津市选拔赛", "“天开杯”大学生电商直播就业创业大赛"
    assert rows(table) == [
        ["奖项名称", "获奖级别", "获奖等级", "获奖数量"],
        [world, "国家级", "银奖", "1"],
        [world, "国家级", "铜奖", "1"],
        ["“天开杯”创聚津门全国大学生智能科技创新创业挑战赛", "国家级", "三等奖", "2"],
        ["全国创业培训讲师大赛", "国家级", "三等奖", "1"],
        [regional, "省部级", "金奖", "4"],
        [regional, "省部级", "银奖", "17"],
        [regional, "省部级", "铜奖", "8"],
        [wings, "省部级", "二等奖", "1"],
        [wings, "省部级", "三等奖", "1"],
        ["全国创业培训讲师大赛天津市选拔赛", "省部级", "一等奖", "1"],
        [commerce, "省部级", "一等奖", "1"],
        [commerce, "省部级", "二等奖", "3"],
        [commerce, "省部级", "三等奖", "3"],
        ["第三届天津市大学生新媒体创新创业大赛", "省部级", "三等奖", "1"],
    ]
    assert all(cell.stub == (cell.column < 3) for cell in table.cells if not cell.header)


def test_regular_tables(document: Document) -> None:
    assert rows(document.tables[2]) == [
        ["毕业去向", "就业人数（人）", "占比（%）"],
        ["直接就业", "4406", "81.04"],
        ["自由职业", "44", "0.81"],
        ["国内外升学", "557", "10.24"],
        ["自主创业", "44", "0.81"],
    ]
    assert rows(document.tables[3]) == [
        ["指标", "2023 年度", "2024 年度"],
        ["毕业生满意度", "96.73%", "99.00%"],
        ["其中：应届毕业生满意度", "98.82%", "99.19%"],
        ["毕业三年内毕业生满意度", "94.63%", "98.80%"],
    ]


def test_table_of_words(document: Document) -> None:
    table = document.tables[4]
    assert (table.rows, table.columns) == (11, 3)
    assert rows(table)[0] == ["专业群名称", "对接的区域产业", "核心专业名称"]
    assert rows(table)[7] == ["智慧康养专业群", "养老服务产业", "智慧健康养老服务与管理"]
    assert [cell.column for cell in table.cells if cell.stub] == [0] * 10


def test_table_text_is_caption_rows_and_source(document: Document) -> None:
    lines = document.tables[2].text.split("\n")
    assert lines[0] == "表 1-3 毕业去向类别落实率"
    assert lines[2] == "直接就业\t4406\t81.04"
    assert lines[-1] == "数据来源：学校招生就业处就业数据统计"


def test_sentence_kinds(document: Document) -> None:
    kinds = Counter(sentence.kind for sentence in document.sentences)
    assert kinds["title"] == 1
    assert kinds["heading"] == 119
    assert kinds["case_title"] == 25
    assert kinds["row"] == 44
    assert kinds["caption"] == 53 + 2 + 11 + 5


def test_printed_pages(document: Document) -> None:
    printed = {page.page: document.text[page.start : page.start + 8] for page in document.pages if page.printed}
    assert printed == {
        5: "案例 1-1 以", 13: "数字资源蓄水池，", 56: "了清洁生产，还有", 62: "需求和专业建设急",
        87: "好服务国家战略和",
    }


def test_pages_between_printed_ones_are_counted(document: Document) -> None:
    assert [page.page for page in document.pages] == list(range(1, len(document.pages) + 1))
    assert document.page(0) == 1
    assert document.page(document.text.index("2.产教融合")) == 30


def test_place_names_sections_cases_and_tables(document: Document) -> None:
    places = {document.place(sentence) for sentence in document.sentences}
    assert {"标题", "前言·编制过程", "1.3.2.4", "案例 2-1", "表 1-1", "附"} <= places


VARIANTS = {
    "without trailing spaces": lambda text: "\n".join(line.rstrip() for line in text.split("\n")),
    "without blank lines": lambda text: "\n".join(line.strip() for line in text.split("\n") if line.strip()),
    "with Windows line ends": lambda text: text.replace("\n", "\r\n"),
}


@pytest.mark.parametrize("name", VARIANTS)
def test_structure_survives_other_white_space(name: str, document: Document, tmp_path: Path) -> None:
    path = tmp_path / REPORT.name
    path.write_text(VARIANTS[name](REPORT.read_text(encoding="utf-8")), encoding="utf-8", newline="")
    other = read_report(path)
    check_document(other, source_text(path))
    assert shape(other) == shape(document)


@pytest.mark.parametrize("separator", ["\n", "\n\n"])
def test_structure_survives_unwrapped_lines(separator: str, document: Document, tmp_path: Path) -> None:
    path = tmp_path / REPORT.name
    path.write_text(document.text.replace("\t", " ").replace("\n", separator), encoding="utf-8")
    assert shape(read_report(path)) == shape(document)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_encodings(encoding: str, tmp_path: Path) -> None:
    text = "虚构学院2024年度质量报告\n一、概况\n学院在校生 100 人。\n二、成效\n获奖 2 项。\n"
    path = tmp_path / "报告.txt"
    path.write_bytes(text.encode(encoding))
    assert read_report(path).text == text.strip()


def test_removed_heading_after_a_case_leaves_its_end(document: Document, tmp_path: Path) -> None:
    kept = [line for line in REPORT.read_text(encoding="utf-8").split("\n") if not line.startswith("1.1.2 五育并举")]
    path = tmp_path / REPORT.name
    path.write_text("\n".join(kept), encoding="utf-8")
    other = read_report(path)
    assert "1.1.2" not in paths(other)
    assert other.cases[0].text == document.cases[0].text


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("空.txt", b"", "是空的"),
        ("空白.txt", b" \n\t\n ", "是空的"),
        ("图片.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\xff\xfe", "编码"),
        ("旧.txt", codecs.BOM_UTF16_LE + b"\xff", "编码"),
        ("表格.xlsx", b"PK", "不支持的文件格式"),
        ("无后缀", "一、概况".encode(), "不支持的文件格式"),
        ("坏.docx", b"not a zip", "DOCX"),
        ("空.docx", b"", "是空的"),
        ("坏.pdf", b"%PDF-1.4 broken", "PDF"),
        ("空.pdf", b"", "是空的"),
        ("空白.md", "﻿ \n".encode(), "没有可以读取的文字"),
    ],
)
def test_unreadable_files_say_why(name: str, data: bytes, message: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(ReportError) as caught:
        read_report(path)
    assert message in caught.value.message
    assert caught.value.log


def test_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match="找不到"):
        read_report(tmp_path / "没有.txt")
