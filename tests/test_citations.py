"""Citations are one: number, order, report, place, page, sentence and link are the same from the engine, the command
line, the API, the page and files; each link opens the report at the sentence; filters bind whatever is cited."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from browser import headless, needs_browser, served
from fastapi.testclient import TestClient
from qgraph_api import create_app
from typer.testing import CliRunner

from qgraph.citations import citation_path, cite, cite_all, sentence_anchor
from qgraph.cli import app
from qgraph.engine import Engine
from qgraph.errors import NotFoundError
from qgraph.records import Answer, Citation, Document, Filters

FIELDS = tuple(Citation.__dataclass_fields__)
# number, number told by both, table row, list, date, verdict, case, passage, refusal
QUESTIONS = [
    "2024年世界职业院校技能大赛总决赛争夺赛金奖多少项？",
    "有多少专任教师？",
    "2022年国际化课程标准有几门？",
    "毕业生主要签约云梦哪些企业？",
    "云梦丝路学院什么时候揭牌？",
    "学院专任教师超过400人吗？",
    "关于科技特派员的案例是哪个？",
    "有哪些举措推进思政教育？",
    "2019年的就业率是多少？",
]


@pytest.fixture(scope="module")
def client(together: Engine) -> TestClient:
    return TestClient(create_app(together, together.settings))


@pytest.fixture
def cli(together: Engine, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Runs a command on the open index, so that opening it again does not cost every test its time."""
    for module in ("asking", "measuring"):
        monkeypatch.setattr(f"qgraph.cli.{module}.open_engine", lambda _: contextlib.nullcontext(together))

    def run(*arguments: str) -> str:
        result = CliRunner().invoke(app, list(arguments))
        assert result.exit_code == 0, result.output
        return result.output

    return run


def shown(answer: Answer) -> tuple[Citation, ...]:
    """What an answer cites, or what a refusal shows nearby."""
    return answer.nearby if answer.refused else answer.citations


def rows(answer: dict[str, Any]) -> list[dict[str, Any]]:
    return list(answer["nearby"] if answer["refused"] else answer["citations"])


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def fields(citation: Citation) -> dict[str, Any]:
    return {name: getattr(citation, name) for name in FIELDS}


# ------------------------------------------------------------------------------------------- all doors tell the same


@pytest.mark.parametrize("question", QUESTIONS)
def test_citations_are_numbered_from_one_and_quote_the_report(together: Engine, question: str) -> None:
    citations = shown(together.ask(question))
    assert citations
    assert [c.number for c in citations] == list(range(1, len(citations) + 1))
    assert len({(c.report, c.sentence) for c in citations}) == len(citations)
    for c in citations:
        document = together.knowledge.document(c.report)
        sentence = document.sentence_by_id[c.sentence]
        assert (c.report_title, c.college, c.year) == (document.title, document.college, document.year)
        assert c.place == document.place(sentence)
        assert c.page == document.page(sentence.start)
        assert c.section_title == document.section_by_id[sentence.section].title
        assert c.start <= sentence.start < sentence.end <= c.end
        assert c.text.endswith(document.text[c.start : c.end])


@pytest.mark.parametrize("question", QUESTIONS)
def test_api_gives_the_citations_of_the_engine(together: Engine, client: TestClient, question: str) -> None:
    wanted = [{**fields(c), "link": citation_path(c)} for c in shown(together.ask(question))]
    assert rows(client.post("/api/ask", json={"question": question}).json()) == wanted


@pytest.mark.parametrize("question", QUESTIONS[:2])
def test_api_stream_gives_the_citations_of_the_api(client: TestClient, question: str) -> None:
    told = client.post("/api/ask/stream", json={"question": question}).text
    data = next(block for block in told.split("\n\n") if "event: answer" in block).partition("data: ")[2]
    assert rows(json.loads(data)) == rows(client.post("/api/ask", json={"question": question}).json())


@pytest.mark.parametrize("question", QUESTIONS)
def test_command_line_json_gives_the_citations_of_the_engine(together: Engine, cli: Any, question: str) -> None:
    told = rows(json.loads(cli("ask", question, "--json")))
    assert [{name: row[name] for name in FIELDS} for row in told] == [fields(c) for c in shown(together.ask(question))]


def test_command_line_json_gives_the_link(together: Engine, cli: Any) -> None:
    told = rows(json.loads(cli("ask", QUESTIONS[0], "--json")))
    assert [row.get("link") for row in told] == [citation_path(c) for c in shown(together.ask(QUESTIONS[0]))]


@pytest.mark.parametrize("question", QUESTIONS)
def test_command_line_prints_number_sentence_and_source_in_order(together: Engine, cli: Any, question: str) -> None:
    output = bare(cli("ask", question))
    at = 0
    for c in shown(together.ask(question)):
        at = output.find(bare(f"[{c.number}] {c.text}"), at)
        assert at >= 0, c
        source = output[at:].partition("——")[2][:160]
        assert source.startswith(bare(f"{c.college} {c.year}年度报告"))
        assert bare(c.place) in source and (c.page is None or f"第{c.page}页" in source)


def test_file_of_predictions_holds_the_citations_of_the_engine(together: Engine, cli: Any, tmp_path: Path) -> None:
    asked, told = tmp_path / "q.jsonl", tmp_path / "p.jsonl"
    asked.write_text(
        "".join(json.dumps({"id": str(n), "question": q}) + "\n" for n, q in enumerate(QUESTIONS)), encoding="utf-8"
    )
    cli("predict", str(asked), str(told))
    for line, question in zip(told.read_text(encoding="utf-8").splitlines(), QUESTIONS, strict=True):
        answer = together.ask(question)
        row = json.loads(line)
        assert [(c["text"], c["section"]) for c in row["citations"]] == [(c.text, c.place) for c in answer.citations]
        assert row["refused"] is answer.refused


def test_same_question_is_cited_the_same_twice(together: Engine) -> None:
    for question in QUESTIONS:
        assert shown(together.ask(question)) == shown(together.ask(question))


@pytest.mark.parametrize(
    ("question", "place", "page"),
    [
        ("学院有多少专任教师？", "1", 1),
        ("晨光助学金发放了多少钱？", "案例1", 1),
        ("自主创业的毕业生有多少人？", "表2", 2),
        ("联合体有多少家成员单位？", "2.1.1", 3),
        ("双师型教师占比是多少？", "2.2", 3),  # the sentence begins there
        ("横向科研经费到账多少？", "3.1", 4),
        ("2022年留学生有多少人？", "表3", 4),
        ("专任教师赴国（境）外指导时间是多少？", "表3", 5),
        ("博士学位教师占专任教师的比例是多少？", "5.1", 5),
    ],
)
def test_place_and_page_are_those_printed(alone: Engine, question: str, place: str, page: int) -> None:
    best = alone.ask(question).citations[0]
    assert (best.place, best.page) == (place, page)


# ------------------------------------------------------------------------------------------- links


def highlighted(page: str) -> str:
    """The marked text of a reading page."""
    return "".join(re.sub("<[^>]+>", "", m) for m in re.findall(r'<mark class="hit".*?</mark>', page, re.DOTALL))


@pytest.mark.parametrize("question", QUESTIONS)
def test_link_opens_the_report_at_the_marked_sentence(together: Engine, client: TestClient, question: str) -> None:
    for c in shown(together.ask(question)):
        page = client.get(citation_path(c), headers={"Accept": "text/html"}).text
        if together.knowledge.sentences[c.sentence].kind == "title":
            continue
        document = together.knowledge.document(c.report)
        assert bare(unescape(highlighted(page))) == bare(document.text[c.start : c.end])
        anchor = citation_path(c).partition("#")[2]
        assert page.count(f'<mark class="hit" id="{anchor}"') == 1
        assert page.index('<mark class="hit"') == page.index(f'<mark class="hit" id="{anchor}"')


def test_link_of_every_tenth_sentence_opens_its_own_report(together: Engine, client: TestClient) -> None:
    for document in together.knowledge.documents:
        page = client.get(f"/reports/{document.id}", headers={"Accept": "text/html"}).text
        for sentence in [s for s in document.sentences if s.kind != "title"][::10]:
            path = citation_path(cite(together.knowledge, document.id, sentence.id, 1))
            assert path.startswith(f"/reports/{document.id}?start={sentence.start}&end={sentence.end}#")
            assert page.count(f'id="{sentence_anchor(sentence.id)}"') == 1


def test_sentences_are_cited_once_each_in_the_order_given(together: Engine) -> None:
    document: Document = together.knowledge.documents[1]
    one, other = document.sentences[20].id, document.sentences[5].id
    cited = cite_all(together.knowledge, [(document.id, one), (document.id, other), (document.id, one)])
    assert [(c.number, c.sentence) for c in cited] == [(1, one), (2, other)]


def test_table_row_is_cited_with_caption_and_headings(together: Engine) -> None:
    document = next(d for d in together.knowledge.documents if d.year == 2023)
    row = next(s for s in document.sentences if s.kind == "row" and "自主创业" in s.text)
    text = cite(together.knowledge, document.id, row.id, 1).text
    assert text.splitlines() == ["表2 2023届毕业生去向", "去向\t人数（人）\t占比（%）", "自主创业\t39\t1.39"]


@pytest.mark.parametrize(("report", "sentence"), [("r1999-00000000", "x"), (None, "没有的句子")])
def test_citing_what_is_not_there_is_an_error(together: Engine, report: str | None, sentence: str) -> None:
    with pytest.raises(NotFoundError):
        cite(together.knowledge, report or together.knowledge.documents[0].id, sentence, 1)


# ------------------------------------------------------------------------------------------- filters

# every kind of question; each could be answered, or nearly, by either report
BOUND = [
    "横向科研经费到账多少？",
    "有多少专任教师？",
    "2023年毕业去向落实率是多少？",
    "有多少个案例？",
    "一等奖、二等奖、三等奖一共多少项？",
    "毕业生满意度和用人单位满意度相差多少个百分点？",
    "产教联合体是哪个？",
    "哪些企业共建了产业学院？",
    "年报编制工作会什么时候召开？",
    "“双师型”教师超过300人吗？",
    "学院与老挝合作吗？",
    "产业学院的案例有哪些？",
    "有哪些举措推进产教融合？",
    "面临哪些挑战？",
    "学校有鲁班工坊吗？",
    "科技特派员是谁？",
    "学校的食堂有几个？",
]


@pytest.mark.parametrize("kind", ["reports", "years", "colleges"])
@pytest.mark.parametrize("question", BOUND)
def test_filter_on_one_report_never_cites_the_other(together: Engine, question: str, kind: str) -> None:
    for document in together.knowledge.documents:
        other = next(d for d in together.knowledge.documents if d is not document)
        value: Any = {"reports": document.id, "years": document.year, "colleges": document.college}[kind]
        answer = together.ask(question, filters=Filters(**{kind: (value,)}))
        assert {c.report for c in (*answer.citations, *answer.nearby)} == {document.id}
        told = "".join((answer.text, answer.statement, answer.calculation, *answer.items, *answer.disagreement))
        assert other.college not in told


@pytest.mark.parametrize("chapter", ["1", "2", "2.1", "3.1"])
@pytest.mark.parametrize("question", BOUND[::2])
def test_filter_on_a_chapter_binds_all_that_is_cited(alone: Engine, question: str, chapter: str) -> None:
    answer = alone.ask(question, filters=Filters(chapters=(chapter,)))
    assert shown(answer)
    for c in (*answer.citations, *answer.nearby):
        section = alone.knowledge.sentences[c.sentence].section
        path = [s.path for s in alone.knowledge.section_path(alone.knowledge.document(c.report), section)]
        assert any(p == chapter or p.startswith(f"{chapter}.") for p in path), c


@pytest.mark.parametrize("question", BOUND[::3])
@pytest.mark.parametrize(
    "filters",
    [
        Filters(reports=("r1999-00000000",)),
        Filters(years=(1999,)),
        Filters(colleges=("没有的学院",)),
        Filters(chapters=("99",)),
    ],
)
def test_filter_that_lets_nothing_through_refuses_and_cites_nothing(
    together: Engine, question: str, filters: Filters
) -> None:
    answer = together.ask(question, filters=filters)
    assert answer.refused and answer.reason
    assert answer.citations == () == answer.nearby


@pytest.mark.parametrize(("year", "figure"), [(2023, "1234.56万元"), (2024, "2656.82万元")])
def test_filters_bind_alike_at_every_door(
    together: Engine, client: TestClient, cli: Any, year: int, figure: str
) -> None:
    question = "横向经费到账多少？"
    answer = together.ask(question, filters=Filters(years=(year,)))
    by_api = client.post("/api/ask", json={"question": question, "years": [year]}).json()
    by_cli = json.loads(cli("ask", question, "--year", str(year), "--json"))
    assert answer.text == by_api["text"] == by_cli["text"] == figure
    sentences = [c.sentence for c in answer.citations]
    assert sentences == [c["sentence"] for c in by_api["citations"]] == [c["sentence"] for c in by_cli["citations"]]
    assert {c.year for c in answer.citations} == {year}


def test_figure_outside_the_chapter_is_not_told(alone: Engine) -> None:
    question = "横向科研经费到账多少？"
    assert alone.ask(question, filters=Filters(chapters=("3",))).text == "1234.56万元"
    assert alone.ask(question, filters=Filters(chapters=("1",))).refused


def test_follow_up_is_bound_by_its_own_filter(together: Engine) -> None:
    one, other = together.knowledge.documents
    together.ask("横向经费到账多少？", filters=Filters(reports=(one.id,)), session="bound")
    answer = together.ask("那纵向呢？", filters=Filters(reports=(other.id,)), session="bound")
    assert {c.report for c in shown(answer)} == {other.id}


# ------------------------------------------------------------------------------------------- the page


@pytest.fixture(scope="module")
def site(together: Engine) -> Iterator[str]:
    with served(together) as address:
        yield address


@pytest.mark.browser
@needs_browser
def test_page_and_its_copy_show_the_citations_of_the_engine(together: Engine, site: str) -> None:
    with headless() as browser:
        page = browser.new_page()
        page.set_default_timeout(20_000)
        page.add_init_script(
            "Object.defineProperty(navigator, 'clipboard',"
            " {value: {writeText: (text) => { window.copied = text; return Promise.resolve(); }}})"
        )
        for question in (QUESTIONS[1], QUESTIONS[2], QUESTIONS[4]):
            citations = shown(together.ask(question))
            page.goto(site)
            page.fill("#question", question)
            page.keyboard.press("Enter")
            page.wait_for_selector(".answer .cites")
            items = page.locator(".answer .cites li").all()
            assert len(items) == len(citations)
            for item, c in zip(items, citations, strict=True):
                assert item.locator(".no").text_content() == str(c.number)
                quote = item.locator(".quote, .quote-table").first.text_content()
                assert bare(c.text) == bare(quote)
                assert {a.get_attribute("href") for a in item.locator("a").all()} == {citation_path(c)}
                source = bare(item.locator(".source").text_content())
                assert source.startswith(bare(f"{c.college}{c.year}年度报告{c.place}"))
                assert c.page is None or f"第{c.page}页" in source
            page.click("text=复制回答和出处")
            copied = page.evaluate("window.copied")
            at = 0
            for c in citations:
                at = copied.find(f"[{c.number}] {c.text}（{c.college} {c.year}年度报告", at)
                assert at >= 0, copied
