"""The real report laid out as other colleges do it: other numbers, wraps, footers and a table of contents."""

from __future__ import annotations

import re
from dataclasses import dataclass

from report_files import elements

from qgraph.records import Document, Figure, Paragraph, Section, Table

HAN = "零一二三四五六七八九十"


def han(n: int) -> str:
    """1 to 19 in Chinese numerals."""
    return HAN[n] if n <= 10 else "十" + HAN[n - 10]


@dataclass(frozen=True)
class Style:
    """How a college lays its report out. `numbers` are patterns of heading numbers by level, with {n} for
    digits and {h} for Chinese numerals; `width` is the wrap in columns, 0 for none; `case_width` that of
    cases; `indent` what a paragraph begins with; `gap` what stands between lines."""

    numbers: tuple[str, ...]
    case: str
    table: str
    figure: str
    width: int = 0
    case_width: int = 0
    indent: str = ""
    gap: str = "\n"
    footer: str = ""
    page_lines: int = 40
    contents: bool = False
    cells: str = "row"


STYLES = {
    "parts, wrapped, footers": Style(
        ("第{h}部分 ", "{h}、", "（{h}）", "{n}."), "【案例{n}】", "表{n} ", "图{n} ", 72, 72, "　　",
        footer="- {n} -", page_lines=44, contents=True,
    ),
    "chapters, unwrapped": Style(
        ("第{h}章 ", "第{h}节 ", "{h}、", "（{h}）"), "典型案例{n}：", "表 {n}：", "图 {n}：",
        footer="第 {n} 页 共 90 页", page_lines=12
    ),
    "han numerals, narrow cases, blank lines": Style(
        ("{h}、", "（{h}）", "{n}. ", "（{n}）"), "案例{n}  ", "表{n}  ", "图{n}  ", 64, 56, "", "\n\n", "", 44, True
    ),
    "decimals, one cell a line": Style(
        ("{n} ", "{p} ", "{p} ", "{p} "), "案例 {n}：", "表{n}. ", "图{n}. ", 80, 80, "    ",
        footer="·{n}·", page_lines=50, contents=True, cells="cell",
    ),
}


def restyle(document: Document, style: Style) -> tuple[str, dict[str, list[str]]]:
    """The report as text in that style, and what must be found in it: paths, cases, tables, figures."""
    lines: list[str] = []
    expected: dict[str, list[str]] = {"sections": [], "cases": [], "tables": [], "figures": [], "paragraphs": []}
    entries: list[str] = []
    counts: list[int] = []
    opened: set[str] = set()
    number = {"case": 0, "table": 0, "figure": 0}
    for element in elements(document):
        if isinstance(element, Section):
            if element.path == "标题":
                continue
            if re.match(r"\d", element.path):
                del counts[element.level :]
                counts.extend([0] * (element.level - len(counts)))
                counts[-1] += 1
                path = ".".join(map(str, counts))
                text = style.numbers[element.level - 1].format(n=counts[-1], h=han(counts[-1]), p=path)
                text += element.title.rstrip("。")
            else:
                path, text = element.path, element.text
            expected["sections"].append(path)
            entries.append(text)
            lines.append(text)
        elif isinstance(element, Paragraph):
            if element.case and element.case not in opened:
                opened.add(element.case)
                number["case"] += 1
                title = document.case_by_id[element.case].title
                expected["cases"].append(title)
                lines.append(style.case.format(n=number["case"]) + title)
            width = style.case_width if element.case else style.width
            lines.extend(wrap(element.text, width, style.indent))
            expected["paragraphs"].append(element.text)
        elif isinstance(element, Table):
            number["table"] += 1
            expected["tables"].append(f"{element.caption}|{element.rows}|{element.columns}")
            lines.append(style.table.format(n=number["table"]) + element.caption)
            for row in range(element.rows):
                cells = [cell.text for cell in element.cells if cell.row == row]
                lines.extend([" ".join(cells)] if style.cells == "row" else cells)
            lines.extend([element.source_line] if element.source_line else [])
        elif isinstance(element, Figure):
            number["figure"] += 1
            expected["figures"].append(element.caption)
            lines.extend([element.source_line] if element.source_line else [])
            lines.append(style.figure.format(n=number["figure"]) + element.caption)
    body: list[str] = []
    page = 0
    for i, line in enumerate(lines, 1):
        body.append(line)
        if style.footer and i % style.page_lines == 0:
            page += 1
            body.append(style.footer.format(n=page))
    front = ["虚构职业技术学院高等职业教育质量年度报告（2024年度）"]
    if style.contents:
        front += ["目录", *(f"{entry} {'.' * 20} {n // 3 + 1}" for n, entry in enumerate(entries))]
    return style.gap.join([*front, *body]) + "\n", expected


def wrap(text: str, width: int, indent: str) -> list[str]:
    """Lines of at most `width` columns; closing marks may stand one character further out."""
    if not width:
        return [indent + text]
    lines: list[str] = []
    line = indent
    for token in re.findall(r"[A-Za-z0-9.%+]+|.", text):
        if columns(line + token) > width and token not in "，。、；：”）》！？" and line.strip():
            lines.append(line.rstrip(" "))
            line, token = "", token.lstrip(" ")
        line += token
    return [*lines, line]


def columns(text: str) -> int:
    """Two columns for Han and full-width characters, one for the rest."""
    return sum(1 if ord(c) < 0x2E80 and c not in "“”‘’—…·" else 2 for c in text)
