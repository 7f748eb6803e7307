"""The JSON API, used as a program would use it, over the small engine."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from qgraph_api import create_app
from qgraph_api.guards import MAX_BODY
from small_engine import small_engine

from qgraph.config import Settings
from qgraph.engine import FEEDBACK, Engine

QUESTION = "全日制在校生有多少人？"


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return small_engine(tmp_path_factory.mktemp("small"), Settings())


@pytest.fixture(scope="module")
def client(engine: Engine) -> TestClient:
    return TestClient(create_app(engine, engine.settings))


@pytest.fixture(scope="module")
def report(engine: Engine) -> str:
    return engine.knowledge.documents[0].id


def test_ask_gives_answer_with_its_source(client: TestClient, engine: Engine) -> None:
    answer = client.post("/api/ask", json={"question": QUESTION}).json()
    assert (answer["kind"], answer["text"], answer["refused"]) == ("number", "8650人", False)
    (citation,) = answer["citations"]
    document = engine.knowledge.document(citation["report"])
    assert document.text[citation["start"] : citation["end"]] == citation["text"]
    assert "8650" in citation["text"]
    assert answer["trace"][0]["name"] == "分析问题"


def test_ask_link_opens_the_report_at_the_highlighted_sentence(client: TestClient) -> None:
    citation = client.post("/api/ask", json={"question": QUESTION}).json()["citations"][0]
    page = client.get(citation["link"]).text
    anchor = citation["link"].partition("#")[2]
    assert page.count(f'<mark class="hit" id="{anchor}"') == 1
    assert "8650" in page.split(f'id="{anchor}"')[1].split("</p>")[0]


def test_ask_refuses_with_reason_and_what_is_known_nearby(client: TestClient) -> None:
    answer = client.post("/api/ask", json={"question": "食堂有几个？"}).json()
    assert answer["refused"] and answer["kind"] == "none"
    assert answer["reason"] and answer["nearby"] and answer["suggestions"]


@pytest.mark.parametrize(
    "bounds", [{"years": [2020]}, {"reports": ["r2020-00000000"]}, {"chapters": ["9"]}, {"colleges": ["别的学校"]}]
)
def test_ask_passes_the_bounds_on(client: TestClient, bounds: dict[str, object]) -> None:
    assert client.post("/api/ask", json={"question": QUESTION, **bounds}).json()["refused"]


def test_examples_are_questions_that_get_an_answer(client: TestClient) -> None:
    assert client.get("/api/examples").json() == {"questions": ["全日制在校生有多少人？"]}


def test_search_finds_passages_with_place_entities_and_link(client: TestClient) -> None:
    hits = client.get("/api/search", params={"q": "晨光助学金", "k": 3}).json()["hits"]
    assert 0 < len(hits) <= 3
    best = hits[0]
    assert "晨光助学金" in best["text"]
    assert best["place"] == "案例1"
    assert "云梦青禾慈善基金会" in [e["name"] for e in best["entities"]]
    assert client.get(best["link"]).status_code == 200


def test_search_filters_bind(client: TestClient) -> None:
    assert client.get("/api/search", params={"q": "助学金", "year": 2019}).json()["hits"] == []
    within = client.get("/api/search", params={"q": "学院", "chapter": "前言"}).json()["hits"]
    assert within and {hit["place"] for hit in within} == {"前言"}


def test_cases_lists_all_in_order_and_by_entity(client: TestClient) -> None:
    every = client.get("/api/cases").json()["cases"]
    assert [c["number"] for c in every] == ["案例1", "案例2", "案例3"]
    named = client.get("/api/cases", params={"entity": "云梦青禾慈善基金会"}).json()["cases"]
    assert [c["number"] for c in named] == ["案例1"]
    assert named[0]["title"] in named[0]["text"]


def test_entities_are_found_by_alias_and_type(client: TestClient) -> None:
    assert client.get("/api/entities", params={"q": "我院"}).json()["entities"][0]["name"] == "云梦市虚构职业技术学院"
    media = client.get("/api/entities", params={"type": "Media"}).json()["entities"]
    assert [(e["name"], e["label"]) for e in media] == [("《云梦日报》", "媒体")]


def test_entity_shows_statements_figures_cases_and_mentions(client: TestClient) -> None:
    college = client.get("/api/entities", params={"type": "College"}).json()["entities"][0]
    view = client.get(f"/api{college['link']}").json()
    (statement,) = view["statements"]
    assert (statement["predicate"], statement["object"]) == ("cooperatesWith", "云梦青禾慈善基金会")
    assert client.get(f"/api{statement['object_link']}").json()["entity"]["name"] == statement["object"]
    figure = view["observations"][0]
    assert (figure["indicator"], figure["value"], figure["unit"]) == ("全日制在校生数", "8650", "人")
    assert view["mentions"] and all(m["text"] for m in view["mentions"])


def test_reports_and_one_report(client: TestClient, report: str) -> None:
    (row,) = client.get("/api/reports").json()["reports"]
    assert (row["report"], row["year"], row["cases"]) == (report, 2023, 3)
    detail = client.get(f"/api/reports/{report}").json()
    for section in detail["sections"]:
        assert section["path"] == "标题" or section["title"] in detail["text"][section["start"] : section["end"]]
    assert detail["tables"][0]["rows"][0][0] == "级别"


def test_stats_and_health_agree(client: TestClient) -> None:
    stats, health = client.get("/api/stats").json(), client.get("/api/health").json()
    assert health["ok"] and health["reports"] == len(stats["reports"]) == 1
    assert stats["passages"] == health["passages"]
    assert stats["entities"]["College"] == 1


def test_feedback_is_kept_beside_the_index(client: TestClient, engine: Engine) -> None:
    body = {"question": QUESTION, "verdict": "wrong", "answer": "8650人", "expected": "8651人", "note": "见附表"}
    assert client.post("/api/feedback", json=body).status_code == 201
    row = json.loads((engine.index / FEEDBACK).read_text(encoding="utf-8").splitlines()[-1])
    assert {key: row[key] for key in body} == body


def test_audit_finding_is_marked_and_unmarked(client: TestClient) -> None:
    findings = client.get("/api/audit", params={"everything": True}).json()["findings"]
    assert findings, "the made-up report has something to check"
    one = findings[0]
    assert one["title"] and one["explanation"] and one["places"][0]["link"].startswith("/reports/")

    def explained() -> str:
        rows = client.get("/api/audit", params={"everything": True}).json()["findings"]
        return str(next(f["explained"] for f in rows if f["id"] == one["id"]))

    assert client.post(f"/api/audit/{one['id']}", json={"note": "口径不同"}).status_code == 200
    assert explained() == "口径不同"
    client.post(f"/api/audit/{one['id']}", json={"undo": True})
    assert explained() == ""


def test_decision_is_recorded_and_taken_back(client: TestClient, engine: Engine) -> None:
    media = engine.knowledge.entity("《云梦日报》")
    body = {"kind": "rename", "target": media.id, "who": "档案室", "name": "云梦日报"}
    made = client.post("/api/decisions", json=body)
    assert made.status_code == 201
    undo = {"kind": "undo", "target": made.json()["id"], "who": "档案室"}
    assert client.post("/api/decisions", json=undo).status_code == 201
    listed = client.get("/api/decisions").json()
    assert [(d["kind"], d["active"]) for d in listed["decisions"]] == [("rename", False), ("undo", False)]
    assert listed["decisions"][0]["name"] == "云梦日报"


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (404, {"kind": "wrong", "target": "Media/000000000000", "who": "某人"}),
        (409, {"kind": "rename", "target": "{media}", "who": "某人"}),
        (409, {"kind": "undo", "target": "d99", "who": "某人"}),
        (422, {"kind": "delete", "target": "{media}", "who": "某人"}),
        (422, {"kind": "wrong", "target": "{media}"}),
    ],
)
def test_decision_that_cannot_be_is_refused(
    client: TestClient, engine: Engine, status: int, body: dict[str, str]
) -> None:
    media = engine.knowledge.entity("《云梦日报》").id
    before = client.get("/api/decisions").json()
    response = client.post("/api/decisions", json={k: v.replace("{media}", media) for k, v in body.items()})
    assert response.status_code == status
    assert client.get("/api/decisions").json() == before


@pytest.mark.parametrize("path", ["/api/feedback", "/api/audit/x", "/api/decisions"])
def test_writing_is_refused_when_changes_are_off(engine: Engine, path: str) -> None:
    client = TestClient(create_app(engine, Settings(allow_changes=False)))
    response = client.post(path, json={"question": "问", "verdict": "right"} if "feedback" in path else {})
    assert response.status_code == 403


def test_writing_is_refused_to_pages_of_other_sites(client: TestClient) -> None:
    body = {"question": QUESTION, "verdict": "right"}
    foreign = client.post("/api/feedback", json=body, headers={"Origin": "https://elsewhere.example"})
    assert foreign.status_code == 403
    own = client.post("/api/feedback", json=body, headers={"Origin": "http://testserver"})
    assert own.status_code == 201


def test_writing_needs_a_json_content_type(client: TestClient) -> None:
    """A form of another site can be sent without asking; JSON cannot."""
    body = json.dumps({"question": QUESTION, "verdict": "right"})
    assert client.post("/api/feedback", content=body, headers={"Content-Type": "text/plain"}).status_code == 422


def test_no_answer_lets_other_sites_read(client: TestClient) -> None:
    response = client.get("/api/health", headers={"Origin": "https://elsewhere.example"})
    assert "access-control-allow-origin" not in response.headers


@pytest.mark.parametrize("path", ["/", "/api/health", "/static/css/base.css", "/nowhere"])
def test_every_answer_keeps_foreign_code_off(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert "script-src 'self'" in headers["content-security-policy"]
    assert "unsafe-inline" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"


def test_body_limit_holds_when_no_length_is_declared(client: TestClient) -> None:
    def chunks():
        for _ in range(MAX_BODY // 1000 + 2):
            yield b"x" * 1000

    response = client.post("/api/ask", content=chunks(), headers={"Content-Type": "application/json"})
    assert response.status_code == 413


def test_openapi_describes_every_operation_in_chinese(client: TestClient) -> None:
    openapi = client.get("/api/openapi.json").json()
    for path, methods in openapi["paths"].items():
        for method, operation in methods.items():
            assert any("一" <= c <= "鿿" for c in operation["summary"]), f"{method} {path}"
            for parameter in operation.get("parameters", []):
                assert parameter.get("description") or parameter["in"] == "path", f"{path} {parameter['name']}"
    for name, schema in openapi["components"]["schemas"].items():
        for field, shape in schema.get("properties", {}).items():
            described = "$ref" in shape or shape.get("description")
            assert described or name.startswith(("HTTP", "Validation")), f"{name}.{field}"


def test_every_operation_is_described_in_the_docs(client: TestClient) -> None:
    text = (Path(__file__).parents[1] / "docs" / "api.md").read_text(encoding="utf-8")
    for path, methods in client.get("/api/openapi.json").json()["paths"].items():
        for method in methods:
            assert f"`{method.upper()} {path}`" in text, f"docs/api.md does not describe {method.upper()} {path}"
