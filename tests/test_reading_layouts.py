"""Reading of made-up reports that are laid out in other ways than the real one."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading_checks import check_document, squeezed
from restyle import STYLES, restyle

from qgraph.reading import read_report, source_text
from qgraph.records import Document

LAYOUTS = Path(__file__).parent / "data" / "layouts"
SECOND = next((Path(__file__).parent / "data" / "second_report").glob("*.txt"))
EXPECTED: dict[str, Any] = tomllib.loads((LAYOUTS / "expected.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_layout_identity(name: str) -> None:
    document = read_report(LAYOUTS / name)
    expected = EXPECTED[name]
    assert (document.title, document.college, document.year) == (
        expected["title"],
        expected["college"],
        expected["year"],
    )


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_layout_sections(name: str) -> None:
    document = read_report(LAYOUTS / name)
    found = [f"{s.path}|{s.number}|{s.title}|{s.level}" for s in document.sections]
    assert found == EXPECTED[name]["sections"]


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_layout_cases(name: str) -> None:
    document = read_report(LAYOUTS / name)
    found = [[c.number, c.title, document.section_by_id[c.section].path] for c in document.cases]
    assert found == [case[:3] for case in EXPECTED[name]["cases"]]
    for case, (*_, end) in zip(document.cases, EXPECTED[name]["cases"], strict=True):
        assert case.text.endswith(end)


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_layout_tables(name: str) -> None:
    document = read_report(LAYOUTS / name)
    expected = EXPECTED[name]["tables"]
    assert [t.number for t in document.tables] == [t["number"] for t in expected]
    for table, wanted in zip(document.tables, expected, strict=True):
        assert (table.caption, table.source_line) == (wanted["caption"], wanted["source_line"])
        assert (table.rows, table.columns) == (wanted["rows"], wanted["columns"])
        cells = {f"{cell.row},{cell.column}": cell.text for cell in table.cells}
        assert {key: cells[key] for key in wanted["cells"]} == wanted["cells"]
        assert all(cell.header == (cell.row == 0) for cell in table.cells)


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_layout_figures(name: str) -> None:
    document = read_report(LAYOUTS / name)
    assert [f"{f.number}|{f.caption}|{f.source_line}" for f in document.figures] == EXPECTED[name]["figures"]


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_layout_pages(name: str) -> None:
    document = read_report(LAYOUTS / name)
    assert [page.page for page in document.pages] == EXPECTED[name]["pages"]


@pytest.mark.parametrize("path", [*sorted(LAYOUTS / name for name in EXPECTED), SECOND], ids=lambda p: p.name)
def test_layout_offsets_hold(path: Path) -> None:
    check_document(read_report(path), source_text(path))


def test_contents_make_no_sections() -> None:
    document = read_report(SECOND)
    titles = [s.text for s in document.sections]
    assert titles.count("第一部分 人才培养") == 1
    assert "……" not in document.text


def test_second_report_outline() -> None:
    document = read_report(SECOND)
    assert [(s.path, s.number, s.title) for s in document.sections[2:6]] == [
        ("1", "第一部分", "人才培养"),
        ("1.1", "一", "立德树人"),
        ("1.1.1", "（一）", "思政教育"),
        ("1.1.2", "（二）", "劳动教育"),
    ]
    assert [c.number for c in document.cases] == ["案例1", "案例2", "案例3"]
    assert document.college == "云梦市虚构职业技术学院"
    assert document.year == 2023


def test_second_report_table_stubs_span_their_rows() -> None:
    table = read_report(SECOND).tables[0]
    stubs = {cell.text: (cell.row, cell.row_span) for cell in table.cells if cell.column == 0 and not cell.header}
    assert stubs == {"国家级": (1, 3), "省级": (4, 3)}
    by_place = {(cell.row, cell.column): cell.text for cell in table.cells}
    assert [by_place[6, c] for c in (1, 2, 3, 4)] == ["小计", "5", "11", "19"]


def test_second_report_page_footers_name_their_pages() -> None:
    document = read_report(SECOND)
    assert [page.page for page in document.pages] == [1, 2, 3, 4, 5]
    assert all(page.printed for page in document.pages)
    assert document.page(document.text.index("毕业去向落实率为94.14%")) == 2
    assert document.page(document.text.index("第五部分 面临挑战")) == 5


def test_footers_leave_sentences_whole() -> None:
    text = read_report(SECOND).text
    assert "获省级奖项35项（见表1）。" in text
    assert "“双师型”教师236人，占比57.28%。" in text


def test_case_of_several_paragraphs_goes_to_the_next_heading() -> None:
    document = read_report(SECOND)
    case = document.cases[1]
    assert case.text.count("\n") == 2
    assert case.text.endswith("云梦省教学成果奖二等奖。")


def test_case_ends_where_the_wider_text_resumes() -> None:
    document = read_report(LAYOUTS / "narrow_cases.txt")
    resumed = next(p for p in document.paragraphs if p.text.startswith("在此基础上"))
    assert resumed.case is None
    assert resumed.start > document.cases[0].end


def test_parts_of_a_foreword_hold_no_chapters(tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    lines = ["海港渔业职业学院质量年度报告（2024年度）", "前  言", "一、学校概况", "学校建于1960年。", "二、年度要事"]
    lines += ["新船坞投入使用。", "1 人才培养", "1.1 立德树人", "培养船员300名。"]
    lines += ["2 服务贡献", "2.1 服务渔区", "修船20艘。"]
    report.write_text("\n".join(lines), encoding="utf-8")
    document = read_report(report)
    told = {s.title: s.parent for s in document.sections}
    titles = {s.id: s.title for s in document.sections}
    assert titles[told["年度要事"] or ""] == titles[told["学校概况"] or ""] == "前  言"
    assert told["人才培养"] is None and told["服务贡献"] is None


def test_running_titles_leave_the_cover_its_college(tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    header = ["海港渔业职业学院", "高等职业教育质量年度报告（2024年度）"]
    pages = [[f"1.{n} 第{n}项工作", f"学院全年培养船员{n}00名。", *header, f"- {n} -"] for n in range(1, 6)]
    cover = [*header, "学院对质量年报真实性的责任声明", "海港渔业职业学院对本报告及附件的真实性负责。"]
    body = ["单位名称（盖章）：海港渔业职业学院", "前言", "学院建于1960年。", "第一章 人才培养"]
    report.write_text("\n".join([*cover, *body, *(line for page in pages for line in page)]), encoding="utf-8")
    document = read_report(report)
    assert document.college == "海港渔业职业学院"
    assert document.title == "海港渔业职业学院高等职业教育质量年度报告（2024年度）"
    assert "责任声明" in document.sections[1].title
    assert document.text.count("海港渔业职业学院") == 3


def test_report_without_headings_is_read_with_a_warning() -> None:
    document = read_report(LAYOUTS / "no_headings.txt")
    assert any("章节" in warning for warning in document.warnings)
    assert len(document.paragraphs) == 3


LINES = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "第一部分 总述",
                "一、学生发展",
                "（一）招生",
                "1.招生",
                "1.1 就业",
                "1.1.1 去向",
                "案例1：甲乙",
                "【案例2】丙",
                "表1 人数",
                "图1 活动",
                "国家级 2 3",
                "小计 4 5",
                "数据来源：教务处",
                "- 3 -",
                "12",
                "前言",
                "附：指标表",
                "目录",
                "1.1 就业……3",
                "虚构学院质量年度报告（2024）",
                "",
                " ",
                "　　我院有学生 300 人，",
                "\f",
            ]
        ),
        st.text(alphabet="学校专业2024。，（）“”《》.、：- \t", max_size=40),
    ),
    min_size=1,
    max_size=30,
)


@settings(max_examples=60, deadline=None)
@given(LINES)
def test_any_text_keeps_its_offsets(tmp_path_factory: pytest.TempPathFactory, lines: list[str]) -> None:
    path = tmp_path_factory.mktemp("any") / "虚构.txt"
    path.write_text("虚构学院2024年度质量报告\n" + "\n".join(lines), encoding="utf-8", newline="")
    check_document(read_report(path), source_text(path))


@pytest.mark.parametrize("name", STYLES)
def test_real_report_in_another_layout(name: str, document: Document, tmp_path: Path) -> None:
    text, expected = restyle(document, STYLES[name])
    path = tmp_path / "虚构.txt"
    path.write_text(text, encoding="utf-8")
    other = read_report(path)
    check_document(other, text)
    assert [s.path for s in other.sections][1:] == expected["sections"]
    assert [squeezed(c.title) for c in other.cases] == [squeezed(title) for title in expected["cases"]]
    assert [squeezed(f"{t.caption}|{t.rows}|{t.columns}") for t in other.tables] == [
        squeezed(table) for table in expected["tables"]
    ]
    assert [squeezed(f.caption) for f in other.figures] == [squeezed(caption) for caption in expected["figures"]]
    found = [squeezed(p.text) for p in other.paragraphs]
    # Without indents, a full last line cannot be told from a broken one.
    assert sum(squeezed(p) in found for p in expected["paragraphs"]) >= 0.94 * len(expected["paragraphs"])
