"""The page of staff decisions and the controls on the page of an entity, over the API and in a browser."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from browser import needs_browser, served
from fastapi.testclient import TestClient
from qgraph_api import create_app
from small_engine import small_engine, undecided_record

from qgraph.config import Settings
from qgraph.engine import Engine
from qgraph.extraction.across import OWNER
from qgraph.manifest import JOURNAL, write_manifest

HTML = {"Accept": "text/html"}
WHO = "李老师"


@pytest.fixture
def small(tmp_path: Path) -> Engine:
    return small_engine(tmp_path, Settings(), undecided_record())


@pytest.fixture
def client(small: Engine) -> TestClient:
    return TestClient(create_app(small, small.settings))


def decide(client: TestClient, kind: str, target: str, **more: Any) -> Any:
    return client.post("/api/decisions", json={"kind": kind, "target": target, "who": WHO, **more})


def item(client: TestClient, kind: str) -> Any:
    return next(i for i in client.get("/api/review").json()["items"] if i["kind"] == kind)


def company(small: Engine) -> Any:
    return small.knowledge.entity("青禾智能科技股份有限公司")


def page(client: TestClient, path: str = "/decisions") -> str:
    response = client.get(path, headers=HTML)
    assert response.status_code == 200
    return response.text


def test_review_list_has_its_sentence_and_place(client: TestClient) -> None:
    name = item(client, "entity")
    assert name["text"] == "白鹭" and name["text"] in name["citations"][0]["text"]
    assert name["citations"][0]["link"].startswith("/reports/")
    shown = page(client)
    for words in ("白鹭", "看不出属于哪一类", name["citations"][0]["link"].replace("&", "&amp;"), "没有对齐"):
        assert words in shown


def test_pairs_that_may_be_one_are_offered_until_they_are_told_apart(client: TestClient, small: Engine) -> None:
    (pair,) = client.get("/api/review").json()["doubles"]
    assert {e["name"] for e in pair["entities"]} == {"青禾智能科技股份有限公司", "青禾"}
    one, other = (e["id"] for e in pair["entities"])
    assert decide(client, "distinct", one, others=[other]).status_code == 201
    assert client.get("/api/review").json()["doubles"] == []
    decide(client, "undo", "d1")
    assert len(client.get("/api/review").json()["doubles"]) == 1


def test_offices_of_two_colleges_are_no_pair(tmp_path: Path) -> None:
    record = undecided_record()
    one, other = (e for e in record.extraction.entities if e.name.startswith("青禾"))
    owned = [replace(e, codes={OWNER: college}) for e, college in ((one, "甲学院"), (other, "乙学院"))]
    rest = [e for e in record.extraction.entities if e not in (one, other)]
    record = replace(record, extraction=replace(record.extraction, entities=(*rest, *owned)))
    assert small_engine(tmp_path, Settings(), record).doubles() == []


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("wrong", {}),
        ("retype", {"type": "Enterprise", "name": "白鹭酒店管理集团"}),
    ],
)
def test_review_item_is_decided_and_says_so(client: TestClient, kind: str, more: dict[str, str]) -> None:
    made = decide(client, kind, item(client, "entity")["id"], **more)
    assert made.status_code == 201 and "白鹭" in made.json()["text"]
    assert item(client, "entity")["decision"] == made.json()["id"]
    shown = page(client)
    assert f"已决定：{made.json()['text']}" in shown and "下次建库时生效" in shown


def test_review_item_becomes_a_name_of_an_entity_of_its_report(client: TestClient, small: Engine) -> None:
    made = decide(client, "merge", "青禾", others=[item(client, "entity")["id"]]).json()
    assert made["names"] == ["白鹭"] and item(client, "entity")["decision"] == made["id"]


@pytest.mark.parametrize(
    ("kind", "target", "more", "why"),
    [
        ("retype", "青禾", {"type": "Nothing"}, "没有“Nothing”这个类型"),
        ("retype", "青禾", {"type": "Enterprise"}, "现在就是这个类型"),
        ("merge", "青禾", {"others": ["青禾"]}, "同一个实体"),
        ("merge", "青禾", {"others": ["《云梦日报》"]}, "类型不同"),
        ("distinct", "青禾", {}, "缺少"),
        ("rename", "{name}", {"name": "白鹭"}, "只能标为有误"),
        ("retype", "{cell}", {"type": "Base"}, "不是名称"),
        ("merge", "青禾", {"others": ["{cell}"]}, "只有名称"),
        ("rename", "{fact}", {"name": "合作"}, "只能标为有误或确认"),
    ],
)
def test_what_could_never_be_applied_is_refused_at_once(
    client: TestClient, small: Engine, kind: str, target: str, more: dict[str, Any], why: str
) -> None:
    ids = {
        "{name}": item(client, "entity")["id"],
        "{cell}": item(client, "table")["id"],
        "{fact}": small.knowledge.statements[0].id,
    }
    more = {k: [ids.get(x, x) for x in v] if isinstance(v, list) else v for k, v in more.items()}
    response = decide(client, kind, ids.get(target, target), **more)
    assert response.status_code == 409 and why in response.json()["error"]
    assert small.decisions().decisions == ()


def test_decision_that_holds_already_or_is_gone_already_is_refused(client: TestClient) -> None:
    decide(client, "rename", "青禾", name="青禾集团")
    assert "已经有了（d1，李老师）" in decide(client, "rename", "青禾", name="青禾集团").json()["error"]
    decide(client, "undo", "d1")
    assert "已经取消过了" in decide(client, "undo", "d1").json()["error"]
    assert decide(client, "rename", "青禾", name="青禾集团").status_code == 201


def test_journal_tells_who_when_what_and_whether_the_graph_has_it(client: TestClient, small: Engine) -> None:
    decide(client, "rename", company(small).id, name="青禾科技", note="<b>全称</b>")
    decide(client, "confirmed", "《云梦日报》")
    write_manifest(small.index, {"complete": True, "decisions": 1})
    decide(client, "undo", "d1")
    listed = client.get("/api/decisions").json()["decisions"]
    assert [(d["active"], d["applied"]) for d in listed] == [(False, True), (True, False), (False, False)]
    shown = page(client)
    for words in (
        "“青禾智能科技股份有限公司”改名为“青禾科技”",
        "确认“《云梦日报》”无误",
        "取消 d1",
        "已撤销，下次建库后恢复",
        "有效，下次建库时生效",
        "有 2 条决定还没有用到图谱里",
        "&lt;b&gt;全称&lt;/b&gt;",
        WHO,
    ):
        assert words in shown


def test_long_lists_are_shown_piece_by_piece(client: TestClient) -> None:
    decide(client, "confirmed", "青禾")
    decide(client, "confirmed", "《云梦日报》")
    shown = page(client, "/decisions?k=1")
    assert "k=101#journal" in shown and "确认“《云梦日报》”无误" in shown and "确认“青禾”无误" not in shown
    assert "看更早的" not in page(client)


def test_lines_that_cannot_be_read_are_shown(client: TestClient, small: Engine) -> None:
    (small.index / JOURNAL).write_text("{不是 JSON\n", encoding="utf-8")
    assert "第 1 行" in page(client)


def test_entity_page_tells_what_was_decided_about_it(client: TestClient, small: Engine) -> None:
    path = f"/entities/{company(small).id}"
    assert "人工决定：" not in page(client, path)
    decide(client, "rename", company(small).id, name="青禾科技")
    assert "改名为“青禾科技”" in page(client, path)
    decide(client, "undo", "d1")
    assert "改名为“青禾科技”" not in page(client, path)


def test_entity_page_offers_every_decision(client: TestClient, small: Engine) -> None:
    shown = page(client, f"/entities/{small.knowledge.entity('我院').id}")
    for kind in ("rename", "retype", "merge", "split", "wrong", "confirmed"):
        assert f'data-kind="{kind}"' in shown
    assert f'data-fact="{small.knowledge.statements[0].id}"' in shown


def test_fact_marked_wrong_says_so_on_the_page(client: TestClient, small: Engine) -> None:
    made = decide(client, "wrong", small.knowledge.statements[0].id).json()
    assert made["text"] == "“云梦市虚构职业技术学院 合作 云梦青禾慈善基金会”有误"
    assert "已标为有误（李老师）" in page(client, f"/entities/{small.knowledge.entity('我院').id}")


def test_pages_only_show_where_changes_are_off(small: Engine) -> None:
    client = TestClient(create_app(small, Settings(allow_changes=False)))
    for path in ("/decisions", f"/entities/{company(small).id}"):
        shown = page(client, path)
        assert "data-kind=" not in shown and 'id="who"' not in shown
    assert "白鹭" in page(client)


# ---------------------------------------------------------------------------------------------- in a browser


@pytest.fixture
def site(small: Engine) -> Iterator[str]:
    with served(small) as address:
        yield address


@pytest.mark.browser
@needs_browser
def test_decisions_are_made_and_taken_back_with_the_keyboard(tab: Any, site: str, small: Engine) -> None:
    tab.goto(f"{site}/decisions")
    row = tab.locator("li.finding", has_text="像机构名")
    row.locator("text=不是实体").press("Enter")
    assert "请先填写" in row.locator(".mark-status").inner_text()
    tab.keyboard.type(WHO)
    row.locator("text=不是实体").press("Enter")
    tab.wait_for_selector(".mark-status:has-text('下次建库时生效')")
    assert [(d.kind, d.who) for d in small.decisions().active()] == [("wrong", WHO)]
    tab.keyboard.press("Enter")  # the focus is on the button that takes it back
    tab.wait_for_selector(".mark-status:has-text('已撤销')")
    assert small.decisions().active() == ()
    row.locator("text=定为实体…").press("Enter")
    row.locator("select").select_option("Enterprise")
    row.locator("input[name=name]").fill("白鹭酒店管理集团")
    tab.keyboard.press("Enter")
    tab.wait_for_selector(".mark-status:has-text('定为企业')")
    tab.goto(f"{site}/decisions")
    tab.click("#d3 button[data-kind]")
    tab.wait_for_selector("#d3 .mark-status:has-text('取消 d3')")
    assert small.decisions().active() == ()


@pytest.mark.browser
@needs_browser
def test_entity_is_merged_and_a_fact_marked_wrong(tab: Any, site: str, small: Engine) -> None:
    tab.goto(f"{site}/entities/{company(small).id}")
    tab.fill("#who", WHO)
    tab.fill("input[name=others]", "青禾")
    tab.wait_for_selector("datalist option", state="attached")
    tab.keyboard.press("Enter")
    tab.wait_for_selector(".mark-status:has-text('并入')")
    tab.goto(f"{site}/entities/{small.knowledge.entity('我院').id}")
    assert tab.input_value("#who") == WHO
    tab.check("#each-fact")
    tab.click("#statements .decide-cell button:has-text('有误')")
    tab.wait_for_selector("#statements .mark-status:has-text('已记下')")
    assert [d.kind for d in small.decisions().active()] == ["merge", "wrong"]


@pytest.mark.browser
@needs_browser
def test_pages_of_decisions_fit_a_phone(tab: Any, site: str, small: Engine) -> None:
    small.decide("confirmed", "青禾", WHO)
    tab.set_viewport_size({"width": 390, "height": 800})
    for path in ("/decisions", f"/entities/{company(small).id}"):
        tab.goto(site + path)
        tab.wait_for_load_state("networkidle")
        assert tab.evaluate("document.documentElement.scrollWidth") <= 390
