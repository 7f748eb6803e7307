"""Made-up reports as records, small and clearly fictional, for the tests of the graph."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from qgraph.records import (
    Case,
    CaseProfile,
    Cell,
    Document,
    Entity,
    Evidence,
    Extraction,
    Figure,
    Mention,
    Observation,
    OrganisationChange,
    PageStart,
    Paragraph,
    Passage,
    Period,
    ReportRecord,
    ReviewItem,
    Run,
    Section,
    Sentence,
    Statement,
    Table,
)


@dataclass
class _Sheet:
    """Text that grows block by block; each block gives its span."""

    text: str = ""
    spans: list[tuple[int, int]] = field(default_factory=list)

    def add(self, block: str) -> tuple[int, int]:
        start = len(self.text)
        self.text += block + "\n"
        self.spans.append((start, start + len(block)))
        return self.spans[-1]


COLLEGE = "College/c01"
PINE = "Enterprise/e01"
LUBAN = "IndustryCollege/i01"
CUP = "Award/a01"
PAPER = "Media/m01"
CITY = "Region/g01"
COUNTRY = "Country/k01"


def sample_record(
    report: str = "r2024-0000abcd",
    *,
    year: int = 2024,
    income: str = "12.50",
    college: str = "云栖虚构职业学院",
    bare: bool = False,
) -> ReportRecord:
    """A report of a made-up college with one case, one table, and one thing of each kind; `bare` leaves out all
    that was mined but one document and one role."""
    sheet = _Sheet()
    title = sheet.add(f"云栖虚构职业学院质量年度报告（{year}）")
    chapter = sheet.add("2.产教融合")
    cooperation = "学校与青松虚构科技有限公司共建云栖产业学院。"
    figures = f"{year}年横向科研经费到账{income}万元，《云栖虚构日报》作了报道。"
    body = sheet.add(cooperation + figures)
    case_title = sheet.add("案例 2-1 青松在云栖")
    case_body = sheet.add("学院在哈萨克斯坦获云栖杯国家级一等奖2项，应届生\\u4e00“满意”。")
    caption = sheet.add("表 2-1 获奖情况")
    head = sheet.add("奖项\t数量")
    row = sheet.add("云栖杯\t2")
    text = sheet.text
    end = len(text)

    def sentence(number: int, span: tuple[int, int], kind: str, case: str | None = None) -> Sentence:
        table = f"{report}/t1" if kind in ("row", "caption") else None
        section = "" if kind == "title" else f"{report}/sec1"
        return Sentence(f"{report}/s{number}", text[slice(*span)], *span, section, case, table, kind)

    middle = body[0] + len(cooperation)
    case_id = f"{report}/case1"
    sentences = (
        sentence(1, title, "title"),
        sentence(2, chapter, "heading"),
        sentence(3, (body[0], middle), "text"),
        sentence(4, (middle, body[1]), "text"),
        sentence(5, case_title, "case_title", case_id),
        sentence(6, case_body, "text", case_id),
        sentence(7, caption, "caption"),
        sentence(8, head, "row"),
        sentence(9, row, "row"),
        sentence(10, row, "row"),
    )
    where = {"section": f"{report}/sec1"}
    table_span = (caption[0], row[1])
    cells = tuple(
        Cell(value, start, start + len(value), r, c, header=r == 0, stub=r == 1 and c == 0)
        for r, (line, span) in enumerate((("奖项\t数量", head), ("云栖杯\t2", row)))
        for c, value in enumerate(line.split("\t"))
        for start in [span[0] + (line.index("\t") + 1) * c]
    )
    document = Document(
        id=report,
        title=text[slice(*title)],
        college=college,
        year=year,
        file_name="虚构 报告.txt",
        sha256="0" * 64,
        text=text,
        runs=(Run(0, 0, 10), Run(10, 12, end - 10)),
        pages=(PageStart(0, 1, False), PageStart(case_title[0], 2, True)),
        sections=(
            Section(
                f"{report}/sec1", "2", "产教融合", "2", 1, text[slice(*chapter)], chapter[0], chapter[1], end, None
            ),
        ),
        paragraphs=(
            Paragraph(f"{report}/p1", text[slice(*body)], *body, case=None, **where),
            Paragraph(f"{report}/p2", text[slice(*case_body)], *case_body, case=case_id, **where),
        ),
        tables=(
            Table(
                f"{report}/t1",
                "表 2-1",
                "获奖情况",
                "",
                text[slice(*table_span)],
                *table_span,
                case=None,
                rows=2,
                columns=2,
                cells=cells,
                **where,
            ),
        ),
        figures=(Figure(f"{report}/f1", "图 2-1", "云栖", "", text[slice(*caption)], *caption, case=case_id, **where),),
        cases=(
            Case(
                case_id,
                "案例 2-1",
                "青松在云栖",
                text[case_title[0] : case_body[1]],
                case_title[0],
                case_body[1],
                **where,
            ),
        ),
        sentences=sentences,
        warnings=("第二条", "第一条"),
    )
    passages = (
        Passage(
            f"{report}/x1", report, "text", "2.产教融合", text[slice(*body)], *body,
            case=None, table=None, sentences=(f"{report}/s3", f"{report}/s4"), **where,
        ),
        Passage(
            f"{report}/x2", report, "table", "表 2-1 获奖情况", text[slice(*table_span)], *table_span, case=None,
            table=f"{report}/t1", sentences=(f"{report}/s9", f"{report}/s10"), **where,
        ),
    )  # fmt: skip
    extraction = _bare(document) if bare else _extraction(document, income)
    return ReportRecord(document, passages, extraction)


def _evidence(document: Document, words: str) -> Evidence:
    start = document.text.index(words)
    sentence = document.sentence_at(start)
    assert sentence is not None
    return Evidence(document.id, sentence.id, start, start + len(words))


def _bare(document: Document) -> Extraction:
    entities = (
        Entity("Document/d01", "Document", "虚构标准", (), ()),
        Entity(COLLEGE, "College", "云栖虚构职业学院", (), ()),
        Entity(CUP, "Award", "云栖杯", (), ()),
    )
    place = _evidence(document, "云栖杯国家级")
    role = Statement(f"{document.id}/st1", COLLEGE, "hosts", CUP, {"role": "主办"}, place)
    return Extraction(document.id, entities, (role,), (), (), ())


def _extraction(document: Document, income: str) -> Extraction:
    report = document.id

    def evidence(words: str) -> Evidence:
        return _evidence(document, words)

    def entity(id_: str, name: str, *words: str, aliases: tuple[str, ...] = (), **codes: str) -> Entity:
        mentions = tuple(Mention(w, evidence(w), "lexicon") for w in words)
        return Entity(id_, id_.split("/")[0], name, aliases, mentions, codes)

    entities = (
        entity(COLLEGE, "云栖虚构职业学院", "学校", aliases=("学校", "云栖学院")),
        entity(PINE, "青松虚构科技有限公司", "青松虚构科技有限公司", "青松", aliases=("青松",)),
        entity(LUBAN, "云栖产业学院", "云栖产业学院"),
        entity(CUP, "云栖杯", "云栖杯"),
        entity(PAPER, "云栖虚构日报", "云栖虚构日报"),
        entity(CITY, "天津市", gbt2260="120000"),
        entity(COUNTRY, "哈萨克斯坦", "哈萨克斯坦", iso3166="KZ"),
    )
    won = {"level": "国家级", "grade": "一等奖", "count": "2", "year": f"{document.year}年"}
    built = evidence("学校与青松虚构科技有限公司共建云栖产业学院")
    statements = (
        Statement(f"{report}/st1", COLLEGE, "cooperatesWith", PINE, {}, built),
        Statement(f"{report}/st2", COLLEGE, "coBuilds", LUBAN, {"role": "共建"}, built, "rule", 0.5),
        Statement(f"{report}/st3", COLLEGE, "wins", CUP, won, evidence("获云栖杯国家级一等奖2项"), "table", 0.87),
        Statement(f"{report}/st4", COLLEGE, "reportedBy", PAPER, {}, evidence("《云栖虚构日报》作了报道")),
        Statement(f"{report}/st5", PINE, "locatedIn", CITY, {}, built, "journal"),
    )
    money = evidence(f"横向科研经费到账{income}万元")
    period = Period(f"{document.year}年", f"{document.year}-01-01", f"{document.year}-12-31", "calendar_year", True)
    observations = (
        Observation(
            f"{report}/o1", "横向科研经费到账", "research-income", Decimal(income), income, "万元", "", period, COLLEGE,
            ("校级", "其中"), "", money,
        ),
        Observation(
            f"{report}/o2", "其中云栖杯", "", Decimal(2), "2", "项", "约", Period("", "", "", "as_of", False), "", (),
            f"{report}/o1", evidence("2项"),
        ),
    )  # fmt: skip
    profile = CaseProfile(f"{report}/case1", (PINE, COUNTRY, CUP), ("技能竞赛", "国际合作"), (f"{report}/o2",))
    review = (ReviewItem(f"{report}/rv1", "name", "满意", "不知归入哪一类", evidence("满意")),)
    changes = (OrganisationChange(f"{report}/oc1", "renamed", (PINE, LUBAN), (COLLEGE,), "2012年6月", built),)
    return Extraction(report, entities, statements, observations, (profile,), review, changes)
