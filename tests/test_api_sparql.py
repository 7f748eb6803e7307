"""The SPARQL endpoint: the query operation of the SPARQL 1.1 Protocol, read-only."""

from __future__ import annotations

import csv
import io
import json

import pytest
from fastapi.testclient import TestClient
from qgraph_api import create_app
from rdflib import Graph
from small_engine import small_engine

from qgraph.config import Settings

SELECT = "SELECT ?name WHERE { ?e a qg:Media ; qg:name ?name }"
ASK = "ASK { ?e a qg:Media }"
CONSTRUCT = "CONSTRUCT { ?e rdfs:label ?name } WHERE { ?e a qg:Media ; qg:name ?name }"
FORM = "application/x-www-form-urlencoded"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    settings = Settings()
    return TestClient(create_app(small_engine(tmp_path_factory.mktemp("small"), settings), settings))


@pytest.mark.parametrize("way", ["get", "form", "direct"])
def test_select_by_each_way_of_the_protocol(client: TestClient, way: str) -> None:
    headers = {"Accept": "application/sparql-results+json"}
    if way == "get":
        response = client.get("/sparql", params={"query": SELECT}, headers=headers)
    elif way == "form":
        response = client.post("/sparql", data={"query": SELECT}, headers=headers)
    else:
        headers["Content-Type"] = "application/sparql-query"
        response = client.post("/sparql", content=SELECT.encode(), headers=headers)
    assert response.status_code == 200
    body = response.json()
    assert body["head"]["vars"] == ["name"]
    assert [row["name"]["value"] for row in body["results"]["bindings"]] == ["《云梦日报》"]


@pytest.mark.parametrize(
    ("query", "accept", "media"),
    [
        (SELECT, "", "application/sparql-results+json"),
        (SELECT, "*/*", "application/sparql-results+json"),
        (SELECT, "application/sparql-results+xml", "application/sparql-results+xml"),
        (SELECT, "text/csv", "text/csv; charset=utf-8"),
        (SELECT, "text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        (SELECT, "application/json", "application/json"),
        (SELECT, "text/csv;q=0.5, application/sparql-results+xml;q=0.9", "application/sparql-results+xml"),
        (ASK, "application/sparql-results+json", "application/sparql-results+json"),
        (ASK, "application/sparql-results+xml", "application/sparql-results+xml"),
        (CONSTRUCT, "", "text/turtle; charset=utf-8"),
        (CONSTRUCT, "application/n-triples", "application/n-triples"),
        (CONSTRUCT, "application/ld+json", "application/ld+json"),
        (CONSTRUCT, "application/rdf+xml", "application/rdf+xml"),
        (CONSTRUCT, "application/sparql-results+json, text/turtle;q=0.9", "text/turtle; charset=utf-8"),
    ],
)
def test_format_follows_accept(client: TestClient, query: str, accept: str, media: str) -> None:
    response = client.get("/sparql", params={"query": query}, headers={"Accept": accept})
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == media


@pytest.mark.parametrize("word", ["ttl", "nt", "jsonld", "xml"])
def test_constructed_triples_are_the_same_in_every_format(client: TestClient, word: str) -> None:
    response = client.get("/sparql", params={"query": CONSTRUCT, "format": word})
    graph = Graph()
    graph.parse(data=response.text, format={"ttl": "turtle", "nt": "nt", "jsonld": "json-ld", "xml": "xml"}[word])
    assert [str(o) for o in graph.objects()] == ["《云梦日报》"]


def test_csv_and_tsv_hold_the_rows(client: TestClient) -> None:
    text = client.get("/sparql", params={"query": SELECT, "format": "csv"}).text
    assert list(csv.reader(io.StringIO(text))) == [["name"], ["《云梦日报》"]]
    assert "?name\n" in client.get("/sparql", params={"query": SELECT, "format": "tsv"}).text


@pytest.mark.parametrize(
    ("status", "call"),
    [
        (406, {"params": {"query": SELECT}, "headers": {"Accept": "image/png"}}),
        (406, {"params": {"query": CONSTRUCT}, "headers": {"Accept": "text/csv"}}),
        (400, {"params": {"query": SELECT, "format": "doc"}}),
        (400, {"params": {"query": "SELECT ?x WHERE {"}}),
        (400, {"params": {"query": ""}}),
        (400, {"params": {"query": [SELECT, ASK]}}),
        (400, {"params": {"update": "CLEAR ALL"}}),
        (400, {"params": {"query": "DELETE WHERE { ?s ?p ?o }"}}),
        (400, {"params": {"query": "SELECT * { SERVICE <http://x.example/> { ?s ?p ?o } }"}}),
        (400, {"params": {"query": SELECT, "default-graph-uri": "http://x.example/"}}),
    ],
)
def test_get_is_refused(client: TestClient, status: int, call: dict[str, dict[str, object]]) -> None:
    response = client.get("/sparql", **call)
    assert response.status_code == status
    assert response.json()["status"] == status


@pytest.mark.parametrize(
    ("status", "media", "body"),
    [
        (400, "application/sparql-update", "CLEAR ALL"),
        (400, FORM, "update=CLEAR+ALL"),
        (400, FORM, "x=1"),
        (400, "application/sparql-query", "INSERT DATA { <urn:a> <urn:b> <urn:c> }"),
        (415, "text/plain", SELECT),
        (415, "application/json", json.dumps({"query": SELECT})),
    ],
)
def test_post_is_refused(client: TestClient, status: int, media: str, body: str) -> None:
    before = client.get("/api/stats").json()["triples"]
    response = client.post("/sparql", content=body, headers={"Content-Type": media})
    assert response.status_code == status
    assert response.json()["ok"] is False
    assert client.get("/api/stats").json()["triples"] == before


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods_are_refused(client: TestClient, method: str) -> None:
    assert client.request(method, "/sparql").status_code == 405


def test_without_query_a_program_gets_the_service_description(client: TestClient) -> None:
    response = client.get("/sparql", headers={"Accept": "text/turtle"})
    graph = Graph()
    graph.parse(data=response.text, format="turtle")
    described = {str(o) for o in graph.objects()}
    assert "http://www.w3.org/ns/sparql-service-description#SPARQL11Query" in described
    assert "http://testserver/sparql" in described


def test_a_browser_gets_the_page_with_its_query(client: TestClient) -> None:
    accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    response = client.get("/sparql", params={"query": "SELECT <x>"}, headers={"Accept": accept})
    assert response.headers["content-type"].startswith("text/html")
    assert "SELECT &lt;x&gt;" in response.text


def test_cut_results_say_so(client: TestClient) -> None:
    every = "SELECT ?s WHERE { ?s ?p ?o }"
    small = client.app.state.engine  # type: ignore[attr-defined]
    whole = client.get("/sparql", params={"query": SELECT})
    assert whole.headers["x-truncated"] == "false"
    small.settings = Settings(sparql_limit=5)
    try:
        cut = client.get("/sparql", params={"query": every})
    finally:
        small.settings = Settings()
    assert cut.headers["x-truncated"] == "true"
    assert len(cut.json()["results"]["bindings"]) == 5


def test_named_queries_all_run(client: TestClient) -> None:
    queries = client.get("/api/queries").json()["queries"]
    assert queries
    for query in queries:
        assert query["title"] != query["name"], f"{query['name']}.rq begins without a comment that says its purpose"
        response = client.post("/sparql", data={"query": query["text"]})
        assert response.status_code == 200, f"{query['name']}: {response.text}"
