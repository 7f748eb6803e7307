"""Reading of PDF, DOCX and Markdown: the same report in other clothes, and what each format has of its own."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from reading_checks import check_document, shape, squeezed
from report_files import LEFT, RIGHT, PdfMaker, document_to_docx, document_to_pdf

from qgraph.errors import ReportError
from qgraph.reading import read_report, source_text
from qgraph.reading.docx_numbers import format_count
from qgraph.records import Document


@pytest.fixture(scope="module")
def pdf(document: Document, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real report as PDF: header, page numbers, first lines set in, cases in smaller type."""
    path = tmp_path_factory.mktemp("pdf") / "report.pdf"
    document_to_pdf(document, path)
    return path


@pytest.fixture(scope="module")
def pdf_document(pdf: Path) -> Document:
    return read_report(pdf)


@pytest.mark.parametrize("part", ["who", "sections", "cases", "tables", "figures"])
def test_pdf_gives_what_the_text_gives(part: str, pdf_document: Document, document: Document) -> None:
    assert shape(pdf_document)[part] == shape(document)[part]


def test_pdf_paragraphs_are_those_of_the_text(pdf_document: Document, document: Document) -> None:
    assert [squeezed(p.text) for p in pdf_document.paragraphs] == [squeezed(p.text) for p in document.paragraphs]


def test_pdf_offsets_hold(pdf: Path, pdf_document: Document) -> None:
    check_document(pdf_document, source_text(pdf))


def test_pdf_pages_are_the_printed_ones(pdf_document: Document) -> None:
    assert [page.page for page in pdf_document.pages] == list(range(1, len(pdf_document.pages) + 1))
    assert all(page.printed for page in pdf_document.pages)


def test_pdf_case_ends_where_the_type_changes_back(tmp_path: Path) -> None:
    maker = PdfMaker()
    maker.centred("虚构职业学院2024年度质量报告", 20)
    for n in (1, 2):
        maker.paragraph(f"{'一二'[n - 1]}、第{n}章标题", 16, 0)
        maker.paragraph("学院坚持产教融合，持续深化校企合作，全年共建实训基地若干，服务区域产业发展。" * 3, 14)
        maker.paragraph(f"案例{n}：虚构的案例题目", 14, 0)
        maker.paragraph("案例正文第一段，讲述学生在企业实习的经历，得到企业和家长的一致好评。" * 3, 12)
        maker.paragraph("案例正文第二段，继续讲述。", 12)
        maker.paragraph("章节正文在案例之后继续，学院还开展了其他工作，取得良好成效。" * 3, 14)
    path = tmp_path / "r.pdf"
    maker.save(path)
    document = read_report(path)
    assert [case.text.split("\n")[-1] for case in document.cases] == ["案例正文第二段，继续讲述。"] * 2
    assert sum(p.text.startswith("章节正文在案例之后") and p.case is None for p in document.paragraphs) == 2


def test_pdf_table_cut_by_a_page_break_is_one(tmp_path: Path) -> None:
    maker = PdfMaker()
    maker.centred("虚构职业学院2024年度质量报告", 20)
    maker.paragraph("一、就业", 16, 0)
    maker.centred("表1 毕业去向", 11)
    _ruled(maker, [["去向", "人数"], ["直接就业", "20"]])
    maker.room(10_000)
    _ruled(maker, [["去向", "人数"], ["升学", "3"]])
    path = tmp_path / "r.pdf"
    maker.save(path)
    (table,) = read_report(path).tables
    assert [(c.row, c.column, c.text, c.header) for c in table.cells] == [
        (0, 0, "去向", True), (0, 1, "人数", True), (1, 0, "直接就业", False), (1, 1, "20", False),
        (2, 0, "升学", False), (2, 1, "3", False),
    ]


def _ruled(maker: PdfMaker, rows: list[list[str]]) -> None:
    maker.room(20.0 * len(rows) + 30)
    top = maker.y - 10
    step = (RIGHT - LEFT) / len(rows[0])
    for r in range(len(rows) + 1):
        maker.rule(LEFT, top - 20 * r, RIGHT, top - 20 * r)
    for c in range(len(rows[0]) + 1):
        maker.rule(LEFT + step * c, top, LEFT + step * c, top - 20 * len(rows))
    for r, row in enumerate(rows):
        for c, words in enumerate(row):
            maker.text(LEFT + step * c + 3, top - 20 * r - 14, 10.5, words)
    maker.y = top - 20 * len(rows)


def test_pdf_without_text_is_refused_as_a_scan(tmp_path: Path) -> None:
    maker = PdfMaker()
    maker.rule(LEFT, 100, RIGHT, 700)
    path = tmp_path / "scan.pdf"
    maker.pages_footer = lambda content, number: None  # type: ignore[method-assign]
    maker.save(path)
    with pytest.raises(ReportError, match="扫描件"):
        read_report(path)


def test_pdf_with_a_password_is_refused(tmp_path: Path) -> None:
    maker = PdfMaker()
    maker.paragraph("虚构学院2024年度质量报告")
    path = tmp_path / "locked.pdf"
    maker.save(path)
    key = "00" * 32
    lock = f"/Encrypt << /Filter /Standard /V 1 /R 2 /O <{key}> /U <{key}> /P -4 >> /ID [<00> <00>] >>\nstartxref"
    path.write_bytes(path.read_bytes().replace(b">>\nstartxref", lock.encode()))
    with pytest.raises(ReportError, match="密码"):
        read_report(path)


@pytest.mark.parametrize("dress", ["plain", "styled", "printed"])
def test_docx_gives_what_the_text_gives(dress: str, document: Document, tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    document_to_docx(document, path, dress=dress)
    other = read_report(path)
    check_document(other, source_text(path))
    assert shape(other) == shape(document)
    assert [squeezed(p.text) for p in other.paragraphs] == [squeezed(p.text) for p in document.paragraphs]


@pytest.mark.office
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("dress", ["plain", "printed"])
def test_pdf_made_by_libreoffice_gives_what_the_text_gives(dress: str, document: Document, tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    document_to_docx(document, path, dress=dress)
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf",
               "--outdir", str(tmp_path), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    other = read_report(path.with_suffix(".pdf"))
    check_document(other, source_text(path.with_suffix(".pdf")))
    assert shape(other) == shape(document)


def _word(*parts: Any) -> Any:
    """A DOCX whose body is these paragraphs (text, or text and style) and XML elements."""
    word = docx.Document()
    for part in parts:
        if isinstance(part, str):
            word.add_paragraph(part)
        elif isinstance(part, tuple):
            word.add_paragraph(part[0], style=part[1])
        else:
            word.element.body.insert(len(word.element.body) - 1, part)
    return word


TITLE = "虚构职业学院2024年度质量报告"


def test_docx_prints_automatic_numbers(tmp_path: Path) -> None:
    word = _word(TITLE)
    root = word.part.numbering_part.element
    root.insert(0, parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="chineseCounting"/><w:lvlText w:val="第%1部分"/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/>'
        '<w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl></w:abstractNum>'
    ))
    root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="91"><w:abstractNumId w:val="90"/></w:num>'))
    for words, level in (("学生发展", 0), ("招生", 1), ("就业", 1), ("产教融合", 0), ("共建", 1)):
        paragraph = word.add_paragraph(words)
        paragraph._p.get_or_add_pPr().append(parse_xml(
            f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="91"/></w:numPr>'
        ))
        word.add_paragraph(f"学院开展了{words}方面的工作，成效良好。")
    path = tmp_path / "r.docx"
    word.save(path)
    document = read_report(path)
    assert [(s.path, s.number, s.title) for s in document.sections[1:]] == [
        ("1", "第一部分", "学生发展"), ("1.1", "（一）", "招生"), ("1.2", "（二）", "就业"),
        ("2", "第二部分", "产教融合"), ("2.1", "（一）", "共建"),
    ]


@pytest.mark.parametrize(
    ("count", "form", "printed"),
    [(10, "chineseCounting", "十"), (12, "chineseCountingThousand", "十二"), (21, "japaneseCounting", "二十一"),
     (3, "decimal", "3"), (2, "decimalEnclosedCircle", "②"), (1, "upperLetter", "A"), (4, "lowerRoman", "4")],
)
def test_number_formats(count: int, form: str, printed: str) -> None:
    assert format_count(count, form) == printed


def test_docx_frame_ends_a_case(tmp_path: Path) -> None:
    word = _word(TITLE, "一、产教融合", "学院与企业共建基地 5 个。")
    frame = word.add_table(1, 1)
    frame.cell(0, 0).text = "案例1：框里的案例"
    frame.cell(0, 0).add_paragraph("案例正文，讲述一名学生的成长。")
    word.add_paragraph("学院还新建产业学院 2 个。")
    path = tmp_path / "r.docx"
    word.save(path)
    document = read_report(path)
    assert document.tables == ()
    assert document.cases[0].text == "案例1：框里的案例\n案例正文，讲述一名学生的成长。"
    assert document.paragraphs[-1].case is None


def test_docx_text_box_is_read_once(tmp_path: Path) -> None:
    box = parse_xml(
        f'<w:p {nsdecls("w")} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><w:r><mc:AlternateContent>'
        '<mc:Choice Requires="wps"><wps:txbx><w:txbxContent><w:p><w:r><w:t>案例2：文本框里的案例</w:t></w:r></w:p>'
        '<w:p><w:r><w:t>框内正文。</w:t></w:r></w:p></w:txbxContent></wps:txbx></mc:Choice><mc:Fallback><w:pict>'
        '<w:txbxContent><w:p><w:r><w:t>案例2：文本框里的案例</w:t></w:r></w:p></w:txbxContent></w:pict></mc:Fallback>'
        '</mc:AlternateContent></w:r></w:p>'
    )
    word = _word(TITLE, "一、产教融合", "学院与企业共建基地 5 个。", box, "学院还新建产业学院 2 个。")
    path = tmp_path / "r.docx"
    word.save(path)
    document = read_report(path)
    assert document.text.count("文本框里的案例") == 1
    assert document.cases[0].text == "案例2：文本框里的案例\n框内正文。"


def test_docx_contents_and_deleted_words_are_left_out(tmp_path: Path) -> None:
    deleted = parse_xml(
        f'<w:p {nsdecls("w")}><w:r><w:t>学院有教师</w:t></w:r><w:del w:id="1"><w:r><w:delText>90</w:delText></w:r>'
        '</w:del><w:r><w:t>100 人。</w:t></w:r></w:p>'
    )
    word = _word(TITLE, "目录", "一、概况\t1", "二、成效\t2", "一、概况", deleted, "二、成效", "学院获奖 3 项。")
    path = tmp_path / "r.docx"
    word.save(path)
    document = read_report(path)
    assert [s.path for s in document.sections] == ["标题", "1", "2"]
    assert "学院有教师100 人。" in document.text


def test_docx_merged_cells_and_page_breaks(tmp_path: Path) -> None:
    word = _word(TITLE, "一、成效", "表1 获奖情况")
    grid = word.add_table(4, 3)
    rows = [["级别", "奖项", "数量"], ["国家级", "一等奖", "1"], ["", "二等奖", "2"], ["合计", "", "3"]]
    for r, row in enumerate(rows):
        for c, words in enumerate(row):
            grid.cell(r, c).text = words
    grid.cell(1, 0).merge(grid.cell(2, 0)).text = "国家级"
    grid.cell(3, 0).merge(grid.cell(3, 1)).text = "合计"
    word.add_page_break()
    word.add_paragraph("第二页的文字。")
    path = tmp_path / "r.docx"
    word.save(path)
    document = read_report(path)
    (table,) = document.tables
    spans = {cell.text: (cell.row, cell.column, cell.row_span, cell.column_span) for cell in table.cells}
    assert spans["国家级"] == (1, 0, 2, 1)
    assert spans["合计"] == (3, 0, 1, 2)
    assert document.page(document.text.index("第二页")) == 2
    assert not document.pages[1].printed


def test_markdown_leaves_its_marks_out(tmp_path: Path) -> None:
    text = (
        "# 虚构职业学院2024年度质量报告\n\n## 一、概况\n\n学院有**教师** `100` 人，见[主页](http://example.org)。\n"
        "续写一行。\n\n- 要点一\n- 要点二\n\n<!-- 不显示 -->\n\n---\n\n### （一）规模 ###\n\n在校生 3000 人。\n"
    )
    path = tmp_path / "r.md"
    path.write_text(text, encoding="utf-8")
    document = read_report(path)
    check_document(document, source_text(path))
    assert [p.text for p in document.paragraphs] == [
        "学院有教师 100 人，见主页。续写一行。", "要点一", "要点二", "在校生 3000 人。"
    ]
    assert [(s.path, s.level) for s in document.sections] == [("标题", 1), ("1", 1), ("1.1", 2)]


def test_markdown_chapters_without_numbers(tmp_path: Path) -> None:
    text = (
        "# 虚构职业学院2024年度质量报告\n\n## 人才培养\n\n### 一、招生\n\n招生 10 人。\n\n"
        "### 二、就业\n\n就业 9 人。\n\n## 产教融合\n\n### 一、共建\n\n共建基地 2 个。\n"
    )
    path = tmp_path / "r.md"
    path.write_text(text, encoding="utf-8")
    document = read_report(path)
    assert [(s.path, s.level) for s in document.sections[1:]] == [
        ("人才培养", 1), ("人才培养·1", 2), ("人才培养·2", 2), ("产教融合", 1), ("产教融合·1", 2)
    ]
