"""Queries: read-only, bounded in time, rows and memory, and refused in plain Chinese."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import rdflib
from graph_samples import sample_record

from qgraph.errors import IndexFolderError, QueryError
from qgraph.graph import GraphStore, QueryResult
from qgraph.graph.workers import Workers

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    folder = tmp_path_factory.mktemp("graph")
    GraphStore(folder).replace_report(sample_record())
    opened = GraphStore(folder, read_only=True)
    yield opened
    opened.close()


def test_prefixes_need_no_declaration(store: GraphStore) -> None:
    result = store.query("SELECT ?name { ?e a qg:Enterprise ; qg:name ?name ; rdfs:label ?l ; skos:prefLabel ?p }")
    assert result.kind == "select"
    assert result.variables == ("name",)
    assert result.rows == (("青松虚构科技有限公司",),)
    assert not result.truncated


def test_declared_prefix_wins(store: GraphStore) -> None:
    query = "PREFIX q: <https://qgraph.example/ns#> SELECT ?n { ?e a q:Media ; q:name ?n }"
    assert store.query(query).rows == (("云栖虚构日报",),)


def test_unbound_is_none(store: GraphStore) -> None:
    rows = store.query("SELECT ?name ?code { ?e qg:name ?name OPTIONAL { ?e code:iso3166 ?code } } ORDER BY ?name").rows
    assert ("哈萨克斯坦", "KZ") in rows
    assert ("云栖杯", None) in rows


def test_ask(store: GraphStore) -> None:
    result = store.query("ASK { ?s qg:wins ?o }")
    assert (result.kind, result.boolean) == ("ask", True)
    assert json.loads(result.serialize("json"))["boolean"] is True
    assert b"true" in result.serialize("xml")


@pytest.mark.parametrize("query", ["CONSTRUCT { ?a qg:wins ?b } WHERE { ?a qg:wins ?b }", "DESCRIBE id:College/c01"])
@pytest.mark.parametrize(("form", "parser"), [("ttl", "turtle"), ("nt", "nt"), ("jsonld", "json-ld"), ("xml", "xml")])
def test_graphs_in_all_forms(store: GraphStore, query: str, form: str, parser: str) -> None:
    result = store.query(query.replace("id:College/c01", "<https://qgraph.example/id/College/c01>"))
    assert result.kind == "construct"
    graph = rdflib.Graph().parse(data=result.serialize(form), format=parser)
    wins = rdflib.URIRef("https://qgraph.example/ns#wins")
    assert len(list(graph.triples((None, wins, None)))) == 1


def test_tables_in_all_forms(store: GraphStore) -> None:
    result = store.query("SELECT ?name ?page ?l { ?s qg:object/qg:name ?name ; qg:page ?page . qg:wins rdfs:label ?l }")
    body = json.loads(result.serialize("json"))
    assert body["head"]["vars"] == ["name", "page", "l"]
    assert body["results"]["bindings"][0]["page"]["datatype"].endswith("#integer")
    assert {b["l"]["xml:lang"] for b in body["results"]["bindings"]} == {"zh", "en"}
    assert result.serialize("csv").decode().splitlines()[0] == "name,page,l"
    assert result.serialize("tsv").decode().splitlines()[0] == "?name\t?page\t?l"
    assert "云栖杯" in result.serialize("xml").decode()


@pytest.mark.parametrize(("query", "form"), [("ASK {}", "ttl"), ("SELECT * {}", "docx"), ("DESCRIBE qg:wins", "csv")])
def test_form_that_does_not_fit_is_refused(store: GraphStore, query: str, form: str) -> None:
    with pytest.raises(QueryError, match=form):
        store.query(query).serialize(form)


def test_row_limit_cuts_and_says_so(store: GraphStore) -> None:
    result = store.query("SELECT ?s { ?s ?p ?o }", limit=3)
    assert (len(result.rows), result.truncated) == (3, True)
    whole = store.query("SELECT ?s { ?s qg:wins ?o }", limit=1)
    assert (len(whole.rows), whole.truncated) == (1, False)
    triples = store.query("CONSTRUCT WHERE { ?s ?p ?o }", limit=5)
    assert (triples.body.count(b"\n"), triples.truncated) == (5, True)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("INSERT DATA { <a:b> <a:c> <a:d> }", "只能查询"),
        ("prefix x: <http://x/>\ndelete where { ?s x:select ?o }", "只能查询"),
        ("DROP ALL", "只能查询"),
        ("LOAD <http://example.org/x>", "只能查询"),
        ("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }", "SERVICE"),
        ("SELECT * {\n service silent <http://example.org/> { ?s ?p ?o } }", "SERVICE"),
        ("", "空"),
        ("# 只有注释", "空"),
        ("SELEC ?x {}", "SELECT、ASK"),
        ("SELECT ?x {\n ?x qg:name ?y", "第 2 行"),
        ("SELECT ?x {\n ?x foo:name ?y }", "foo:"),
        ("SELECT ?x (COUNT(?y) AS ?n) { ?x a ?y }", "GROUP BY"),
        ("SELECT * { ?s ?p ?o } GROUP BY ?s", "SELECT *"),
        ("SELECT (1 AS ?x) { BIND(2 AS ?x) }", "换一个变量名"),
    ],
)
def test_bad_query_is_refused_in_plain_chinese(store: GraphStore, query: str, words: str) -> None:
    with pytest.raises(QueryError, match=words.replace("*", r"\*")) as caught:
        store.query(query)
    assert caught.value.status == 400
    assert caught.value.log


@pytest.mark.parametrize(
    "query",
    [
        'SELECT ?x { ?x qg:name "DELETE SERVICE" }',
        "SELECT ?service { ?service a <http://example.org/INSERT> } # SERVICE",
        'SELECT ?x { ?x schema:service \'it\\\'s\' ; qg:insert """a "SERVICE" b""" }',
    ],
)
def test_words_in_strings_names_and_comments_are_no_keywords(store: GraphStore, query: str) -> None:
    assert store.query(query).rows == ()


def test_update_through_a_query_cannot_reach_the_store(store: GraphStore) -> None:
    size = store.size()
    with pytest.raises(QueryError):
        store.query("SELECT ?s { ?s ?p ?o } ; DELETE WHERE { ?s ?p ?o }")
    assert store.size() == size


def test_slow_query_ends_in_time_and_leaves_no_process(store: GraphStore) -> None:
    started = time.monotonic()
    with pytest.raises(QueryError, match="1 秒"):
        store.query(ENDLESS, timeout=1)
    assert time.monotonic() - started < 5
    assert store._workers._idle == [] or all(w.process.poll() is None for w in store._workers._idle)
    assert store.query("ASK {}").boolean


def test_worker_that_dies_is_explained_and_replaced(store: GraphStore) -> None:
    store.query("ASK {}")
    worker = store._workers._idle[-1]
    worker.process.kill()
    worker.process.wait()
    with pytest.raises(QueryError, match="内存"):
        store.query("ASK {}")
    assert store.query("ASK {}").boolean


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="memory is bounded on Linux only")
def test_memory_is_bounded(store: GraphStore) -> None:
    workers = Workers(store._path, memory=400 << 20)
    grow = "SELECT ?s { ?s ?p ?o . ?a ?b ?c . ?d ?e ?f } ORDER BY ?o"
    with pytest.raises(QueryError, match="内存"):
        workers.run(grow, timeout=60, limit=1)
    assert workers.run("ASK {}", timeout=10, limit=1) is not None
    workers.close()


def test_queries_from_several_threads(store: GraphStore) -> None:
    results: list[QueryResult] = []
    threads = [
        threading.Thread(target=lambda: results.append(store.query("SELECT ?n { ?e qg:name ?n }"))) for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 6
    assert len({result.rows for result in results}) == 1


def test_query_sees_what_was_just_written(tmp_path: Path) -> None:
    store = GraphStore(tmp_path)
    count = "SELECT (COUNT(?r) AS ?n) { ?r a qg:Report }"
    assert store.query(count).rows == (("0",),)
    store.replace_report(sample_record())
    assert store.query(count).rows == (("1",),)
    store.remove_report("r2024-0000abcd")
    assert store.query(count).rows == (("0",),)
    store.close()


def test_workers_end_with_the_store(tmp_path: Path) -> None:
    store = GraphStore(tmp_path)
    store.query("ASK {}")
    pid = store._workers._idle[0].process.pid
    store.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_store_that_went_away_is_explained(tmp_path: Path) -> None:
    store = GraphStore(tmp_path / "graph")
    store._workers._store = tmp_path / "nothing"
    with pytest.raises(IndexFolderError, match="打不开"):
        store.query("ASK {}")
