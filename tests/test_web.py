"""The pages: each renders and escapes; and a person's walk from question to highlighted source in a browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from browser import needs_browser, served
from fastapi.testclient import TestClient
from qgraph_api import create_app
from small_engine import small_engine

from qgraph.config import Settings
from qgraph.engine import Engine

EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"
HTML = {"Accept": "text/html"}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return small_engine(tmp_path_factory.mktemp("small"), Settings())


@pytest.fixture(scope="module")
def client(small: Engine) -> TestClient:
    return TestClient(create_app(small, small.settings))


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/", "想了解年报里的什么"),
        ("/search", "检索原文段落"),
        ("/search?q=晨光助学金", "查看原文"),
        ("/search?q=晨光助学金&report=&year=&chapter=", "查看原文"),
        ("/search?q=晨光助学金&year=2019", "没有找到"),
        ("/cases", "案例1"),
        ("/cases?q=助学金&k=1", "再多看一些"),
        ("/cases?entity=没有的单位", "报告里没有提到“没有的单位”"),
        ("/entities", "云梦市虚构职业技术学院"),
        ("/entities?q=没有的名称", "没有找到"),
        ("/reports", "已收录的报告"),
        ("/audit?everything=true", "标为已核对"),
        ("/decisions", "还没有人作过决定"),
        ("/sparql", "现成的查询"),
        ("/api/docs", "/api/ask"),
    ],
)
def test_page_renders(client: TestClient, path: str, words: str) -> None:
    response = client.get(path, headers=HTML)
    assert response.status_code == 200
    assert words in response.text
    assert '<html lang="zh-CN">' in response.text
    assert len(re.findall(r"<h1[ >]", response.text)) == 1


def test_entity_page_shows_relations_figures_and_quotes(client: TestClient, small: Engine) -> None:
    college = small.knowledge.entity("我院")
    page = client.get(f"/entities/{college.id}", headers=HTML).text
    for words in ("云梦青禾慈善基金会", "全日制在校生数", "8650人", "按报告年度", "案例1"):
        assert words in page


def test_reading_page_has_contents_that_lead_to_headings(client: TestClient, small: Engine) -> None:
    document = small.knowledge.documents[0]
    page = client.get(f"/reports/{document.id}", headers=HTML).text
    targets = re.findall(r'<li class="level\d"><a href="#([^"]+)"', page)
    assert len(targets) > 5
    for target in targets:
        assert f'id="{target}"' in page


def test_pages_run_no_inline_script_and_load_nothing_from_outside(client: TestClient, small: Engine) -> None:
    report = small.knowledge.documents[0].id
    for path in ("/", "/search?q=学院", "/cases", f"/reports/{report}", "/audit", "/decisions", "/sparql", "/api/docs"):
        page = client.get(path, headers=HTML).text
        assert not re.search(r"<script(?![^>]*\bsrc=)", page), path
        assert not re.search(r"\son\w+=|style=", page), path
        assert not re.search(r'(?:src|href)="(?:https?:)?//', page), path


@pytest.mark.parametrize("path", ["/search?q={}", "/cases?q={}&entity={}", "/entities?q={}", "/sparql?query={}", "/{}"])
def test_what_is_typed_is_shown_as_text(client: TestClient, path: str) -> None:
    from urllib.parse import quote

    page = client.get(path.replace("{}", quote(EVIL)), headers=HTML).text
    assert "<script>alert" not in page
    assert "<img src=x" not in page


def test_pages_offer_no_changes_when_they_are_off(small: Engine) -> None:
    client = TestClient(create_app(small, Settings(allow_changes=False)))
    assert 'data-feedback="no"' in client.get("/", headers=HTML).text
    assert "标为已核对</button>" not in client.get("/audit?everything=true", headers=HTML).text


# ---------------------------------------------------------------------------------------------- in a browser


@pytest.fixture(scope="module")
def small_site(small: Engine) -> Iterator[str]:
    with served(small) as address:
        yield address


@pytest.fixture(scope="module")
def real_site(engine: Engine) -> Iterator[str]:
    with served(engine) as address:
        yield address


def in_view(tab: Any, selector: str) -> bool:
    box = tab.locator(selector).bounding_box()
    return box is not None and 0 <= box["y"] <= tab.viewport_size["height"]


@pytest.mark.browser
@needs_browser
def test_from_question_to_highlighted_source(tab: Any, real_site: str) -> None:
    tab.goto(real_site)
    tab.fill("#question", "2024年横向科研经费到账多少？")
    tab.keyboard.press("Enter")
    tab.wait_for_selector(".answer .big")
    assert "2656.82" in tab.inner_text(".answer .big")
    quote = tab.inner_text(".cites li:first-child .quote")
    assert "2656.82" in quote
    tab.click(".cites li:first-child a.open")
    tab.wait_for_function("() => document.activeElement.matches('mark.hit')")
    assert in_view(tab, "mark.hit >> nth=0")
    marked = "".join(tab.locator("mark.hit").all_inner_texts())
    assert re.sub(r"\s", "", marked) == re.sub(r"\s", "", quote)
    tab.go_back()
    tab.wait_for_selector(".answer .big")
    assert "2656.82" in tab.inner_text(".answer .big")


@pytest.mark.browser
@needs_browser
def test_refusal_is_plain_and_shows_what_is_known(tab: Any, real_site: str) -> None:
    tab.goto(real_site)
    tab.fill("#question", "2019年的就业率是多少？")
    tab.click("text=提问 >> nth=-1")
    tab.wait_for_selector(".answer.refused")
    assert tab.inner_text(".refused .verdict") == "报告里没有说"
    assert tab.inner_text(".refused .sentence")
    assert tab.locator(".answer .big").count() == 0


@pytest.mark.browser
@needs_browser
def test_answers_take_feedback_and_earlier_ones_stay(tab: Any, small_site: str, small: Engine) -> None:
    from qgraph import feedback
    from qgraph.engine import FEEDBACK

    tab.goto(small_site)
    tab.click("#examples button")
    tab.wait_for_selector(".answer .big")
    tab.click("text=不正确")
    tab.fill(".judge-form input >> nth=0", "8651人")
    tab.click("text=提交")
    tab.wait_for_selector("text=已记下")
    assert feedback.read(small.index / FEEDBACK)[-1]["expected"] == "8651人"
    tab.click(".suggestions button")
    tab.wait_for_selector(".answer.refused")
    assert "8650人" in tab.inner_text(".earlier summary")


@pytest.mark.browser
@needs_browser
def test_sparql_page_runs_a_ready_made_query(tab: Any, real_site: str) -> None:
    tab.goto(f"{real_site}/sparql")
    tab.wait_for_selector(".yasqe .CodeMirror")
    tab.click("#named button:has-text('企业被多少个案例')")
    tab.wait_for_selector("#result tbody tr")
    assert tab.locator("#result tbody tr").count() > 10
    assert "行" in tab.inner_text("#sparql-status")
    assert tab.locator(".parseErrorIcon").count() == 0


@pytest.mark.browser
@needs_browser
def test_audit_page_marks_a_finding(tab: Any, small_site: str, small: Engine) -> None:
    tab.goto(f"{small_site}/audit?everything=true")
    tab.click("[data-explain] >> nth=0")
    tab.fill(".note-form:not([hidden]) input", "口径不同")
    tab.keyboard.press("Enter")
    tab.wait_for_selector(".mark-status:has-text('已标为')")
    assert [f.explained for f in small.audit(everything=True) if f.explained] == ["口径不同"]


@pytest.mark.browser
@needs_browser
@pytest.mark.parametrize(
    "path", ["/", "/search?q=学院", "/cases", "/entities", "/reports", "/audit", "/decisions", "/sparql"]
)
def test_pages_fit_a_phone(tab: Any, small_site: str, path: str) -> None:
    tab.set_viewport_size({"width": 390, "height": 800})
    tab.goto(small_site + path)
    tab.wait_for_load_state("networkidle")
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390
