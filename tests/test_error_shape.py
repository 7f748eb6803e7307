"""The contract of failures: whatever goes wrong, the API answers {"ok": false, "error": 中文, "status": n} with
that status, and never with a trace. One test per road by which a failure can leave."""

from __future__ import annotations

import re
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx import Response
from qgraph_api import create_app
from qgraph_api.guards import MAX_BODY
from small_engine import small_engine

from qgraph import errors
from qgraph.config import Settings
from qgraph.engine import Engine


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return small_engine(tmp_path_factory.mktemp("small"), Settings())


@pytest.fixture(scope="module")
def client(engine: Engine) -> TestClient:
    return TestClient(create_app(engine, engine.settings), raise_server_exceptions=False)


def assert_failure(response: Response, status: int, words: str = "") -> None:
    assert response.status_code == status
    assert response.headers["content-type"] == "application/json"
    body = response.json()
    assert body["ok"] is False
    assert body["status"] == status
    assert re.search("[一-鿿]", body["error"]), "the message is in Chinese"
    assert words in body["error"]
    assert "Traceback" not in response.text
    assert set(body) == {"ok", "error", "status"}


def test_unknown_address(client: TestClient) -> None:
    assert_failure(client.get("/api/nothing"), 404)


def test_wrong_method(client: TestClient) -> None:
    response = client.get("/api/ask")
    assert_failure(response, 405)
    assert response.headers["allow"] == "POST"


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/api/reports/r1999-00000000", "r1999-00000000"),
        ("/api/entities/Enterprise/000000000000", "Enterprise/000000000000"),
        ("/api/audit?report=r1999-00000000", "r1999-00000000"),
        ("/api/cases?entity=没有的单位", "没有的单位"),
    ],
)
def test_unknown_thing(client: TestClient, path: str, words: str) -> None:
    assert_failure(client.get(path), 404, words)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({}, "question 必须填写"),
        ({"question": 5}, "question 应当是文字"),
        ({"question": ""}, "question 不能为空"),
        ({"question": "问" * 501}, "question 太长（最多 500）"),
        ({"question": "问", "years": ["去年"]}, "years.0 应当是整数"),
        ({"question": "问", "yaers": [2024]}, "yaers 是不认识的项"),
        ([], "请求内容"),
    ],
)
def test_body_that_does_not_fit(client: TestClient, body: Any, words: str) -> None:
    assert_failure(client.post("/api/ask", json=body), 422, words)


def test_body_that_is_not_json(client: TestClient) -> None:
    response = client.post("/api/ask", content="{", headers={"Content-Type": "application/json"})
    assert_failure(response, 422, "不是有效的 JSON")


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/api/search", "q 必须填写"),
        ("/api/search?q=x&k=0", "k 太小（最小 1）"),
        ("/api/search?q=x&k=1000", "k 太大（最大 100）"),
        ("/api/search?q=x&k=many", "k 应当是整数"),
        ("/api/search?q=x&mode=magic", "mode 不在可选的值之内（fused、bm25"),
        ("/api/search?q=x&year=去年", "year.0 应当是整数"),
    ],
)
def test_address_that_does_not_fit(client: TestClient, path: str, words: str) -> None:
    assert_failure(client.get(path), 422, words)


def test_blank_question(client: TestClient) -> None:
    assert_failure(client.post("/api/ask", json={"question": "  "}), 400, "问题是空的")


def test_too_large_a_body(client: TestClient) -> None:
    assert_failure(client.post("/api/ask", json={"question": "问" * MAX_BODY}), 413)


def test_sparql_syntax(client: TestClient) -> None:
    assert_failure(client.get("/sparql", params={"query": "SELECT"}), 400)


def test_nothing_acceptable(client: TestClient) -> None:
    response = client.get("/sparql", params={"query": "ASK {}"}, headers={"Accept": "image/png"})
    assert_failure(response, 406)


def test_unsupported_content_type(client: TestClient) -> None:
    assert_failure(client.post("/sparql", content="x", headers={"Content-Type": "text/plain"}), 415)


def test_changes_not_allowed(engine: Engine) -> None:
    client = TestClient(create_app(engine, Settings(allow_changes=False)))
    assert_failure(client.post("/api/feedback", json={"question": "问", "verdict": "right"}), 403)


@pytest.mark.parametrize(
    "kind", [c for c in vars(errors).values() if isinstance(c, type) and issubclass(c, errors.QgraphError)]
)
def test_every_error_of_the_tree(
    client: TestClient, engine: Engine, monkeypatch: pytest.MonkeyPatch, kind: type[errors.QgraphError]
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise kind("出了一点问题。", log="secret detail")

    monkeypatch.setattr(engine, "ask", fail)
    response = client.post("/api/ask", json={"question": "问"})
    assert_failure(response, kind.status, "出了一点问题。")
    assert "secret" not in response.text


def test_the_unforeseen(client: TestClient, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(engine, "ask", fail)
    response = client.post("/api/ask", json={"question": "问"})
    assert_failure(response, 500)
    assert "secret" not in response.text
    assert "content-security-policy" in response.headers


def test_a_person_gets_a_page_instead(client: TestClient) -> None:
    response = client.get("/reports/r1999-00000000", headers={"Accept": "text/html,*/*;q=0.8"})
    assert response.status_code == 404
    assert response.headers["content-type"].startswith("text/html")
    assert "没有编号为“r1999-00000000”的报告。" in response.text


def test_a_program_that_asks_for_a_page_address_gets_json(client: TestClient) -> None:
    assert_failure(client.get("/reports/r1999-00000000", headers={"Accept": "application/json"}), 404)


def test_missing_static_file(client: TestClient) -> None:
    assert_failure(client.get("/static/nothing.js"), 404)
