"""The store: whole reports in and out, in one transaction each, read by several at once."""

from __future__ import annotations

import random
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from graph_samples import COLLEGE, PINE, sample_record

from qgraph.errors import IndexFolderError, NotFoundError, OntologyError, QueryError
from qgraph.graph import GraphStore, vocabulary
from qgraph.graph import store as store_module
from qgraph.records import ReportRecord

HERE = Path(__file__).parent
OLD = sample_record("r2023-0000abcd", year=2023, income="10.5")
NEW = sample_record("r2024-0000abcd")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[GraphStore]:
    opened = GraphStore(tmp_path / "graph")
    yield opened
    opened.close()


def changed(record: ReportRecord) -> ReportRecord:
    document = replace(record.document, title="改过的标题", warnings=())
    extraction = replace(record.extraction, statements=record.extraction.statements[1:], review=())
    return ReportRecord(document, record.passages[:1], extraction)


def test_new_store_holds_no_report_but_the_ontology(store: GraphStore) -> None:
    assert store.report_ids() == []
    assert store.query("ASK { qg:Enterprise a owl:Class }").boolean


def test_reports_come_back_as_written(store: GraphStore) -> None:
    for record in (NEW, OLD):
        store.replace_report(record)
    assert store.report_ids() == ["r2023-0000abcd", "r2024-0000abcd"]
    assert [store.read_report(r) for r in store.report_ids()] == [OLD, NEW]


def test_replacing_leaves_nothing_of_the_old(store: GraphStore) -> None:
    store.replace_report(NEW)
    fresh = store.canonical()
    store.replace_report(changed(NEW))
    assert store.read_report(NEW.document.id) == changed(NEW)
    assert store.query("SELECT ?x { ?x a qg:ReviewItem }").rows == ()
    store.replace_report(NEW)
    assert store.canonical() == fresh


def test_replacing_by_the_same_writes_nothing(store: GraphStore, monkeypatch: pytest.MonkeyPatch) -> None:
    store.replace_report(NEW)
    before = store.canonical()
    monkeypatch.setattr(store, "_store", _ReadOnly(store._store))
    store.replace_report(NEW)
    assert store.canonical() == before


class _ReadOnly:
    """A store that cannot be written."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store

    def __getattr__(self, name: str) -> object:
        if name in ("update", "extend", "remove_graph", "load"):
            raise AssertionError(f"{name} called")
        return getattr(self._store, name)

    def __iter__(self) -> Iterator[ox.Quad]:
        return iter(self._store)


def test_what_two_reports_say_counts_once_and_stays_when_one_goes(store: GraphStore) -> None:
    for record in (OLD, NEW):
        store.replace_report(record)
    count = f"SELECT (COUNT(*) AS ?n) {{ <https://qgraph.example/id/{PINE}> qg:name ?name }}"
    assert store.query(count).rows == (("1",),)
    store.remove_report(OLD.document.id)
    assert store.query(count).rows == (("1",),)
    assert store.report_ids() == [NEW.document.id]
    store.remove_report(NEW.document.id)
    assert store.query(count).rows == (("0",),)


def test_removing_everything_leaves_the_ontology_alone(store: GraphStore) -> None:
    empty, size = store.canonical(), store.size()
    store.replace_report(NEW)
    assert store.size() > size
    store.remove_report(NEW.document.id)
    assert (store.canonical(), store.size()) == (empty, size)


@pytest.mark.parametrize("action", ["read_report", "remove_report", "quads"])
def test_unknown_report_is_named(store: GraphStore, action: str) -> None:
    with pytest.raises(NotFoundError, match="r1999-ffffffff"):
        getattr(store, action)("r1999-ffffffff")


def test_error_half_way_leaves_the_old_state(store: GraphStore, monkeypatch: pytest.MonkeyPatch) -> None:
    store.replace_report(NEW)
    before = store.canonical()
    made = store_module.to_quads

    def broken(record: ReportRecord) -> Iterator[ox.Quad]:
        for number, quad in enumerate(made(record)):
            if number == 200:
                raise RuntimeError("half-way")
            yield quad

    monkeypatch.setattr(store_module, "to_quads", broken)
    with pytest.raises(RuntimeError, match="half-way"):
        store.replace_report(changed(NEW))
    assert store.canonical() == before
    assert store.read_report(NEW.document.id) == NEW


def test_update_that_fails_leaves_the_old_state(store: GraphStore) -> None:
    store.replace_report(NEW)
    before = store.canonical()
    with pytest.raises(SyntaxError):
        store._store.update("DELETE WHERE { GRAPH ?g { ?s ?p ?o } }; INSERT DATA { <no iri> }")
    assert store.canonical() == before


_WRITER = """
    import sys
    from pathlib import Path
    from dataclasses import replace
    from graph_samples import sample_record
    from qgraph.graph import GraphStore

    store = GraphStore(Path(sys.argv[1]))
    one = sample_record("r2024-0000abcd")
    two = replace(one, document=replace(one.document, title="B", text=one.document.text * 50))
    print("writing", flush=True)
    while True:
        store.replace_report(two)
        store.replace_report(one)
"""


def test_killed_writer_leaves_the_old_or_the_new(tmp_path: Path) -> None:
    one = sample_record("r2024-0000abcd")
    two = replace(one, document=replace(one.document, title="B", text=one.document.text * 50))
    GraphStore(tmp_path).replace_report(one)
    chance = random.Random(7)
    for _ in range(4):
        writer = subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(_WRITER), str(tmp_path)], cwd=HERE, stdout=subprocess.PIPE
        )
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"writing\n"
        time.sleep(chance.uniform(0.02, 0.2))
        writer.kill()
        writer.wait()
        writer.stdout.close()
        store = GraphStore(tmp_path)
        assert store.read_report(one.document.id) in (one, two)
        merged = {q.triple for q in store._store.quads_for_pattern(None, None, None, ox.DefaultGraph())}
        assert merged == {q.triple for q in store._store if q.graph_name != ox.DefaultGraph()}
        del store


def test_two_builds_give_the_same_bytes_in_any_order(tmp_path: Path) -> None:
    built = []
    for name, records in (("a", (OLD, NEW)), ("b", (NEW, changed(OLD), OLD))):
        store = GraphStore(tmp_path / name)
        for record in records:
            store.replace_report(record)
        built.append(store.canonical())
    assert built[0] == built[1]
    lines = built[0].splitlines()
    assert lines == sorted(set(lines))
    assert b"_:" not in b"".join(line.split(b'"')[0] for line in lines)


def test_several_read_while_one_holds_it_open(tmp_path: Path) -> None:
    GraphStore(tmp_path).replace_report(NEW)
    readers = [GraphStore(tmp_path, read_only=True) for _ in range(3)]
    code = "import sys; from pathlib import Path; from qgraph.graph import GraphStore;"
    code += "print(GraphStore(Path(sys.argv[1]), read_only=True).read_report('r2024-0000abcd').document.year)"
    other = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, check=True)
    assert other.stdout == b"2024\n"
    assert all(reader.read_report(NEW.document.id) == NEW for reader in readers)


def test_second_writer_is_refused(store: GraphStore, tmp_path: Path) -> None:
    with pytest.raises(IndexFolderError, match="打不开"):
        GraphStore(tmp_path / "graph")


def test_missing_store_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(IndexFolderError, match="qgraph build"):
        GraphStore(tmp_path / "nothing", read_only=True)


def test_packing_changes_nothing(store: GraphStore) -> None:
    store.replace_report(NEW)
    before = store.canonical()
    store.optimise()
    assert store.canonical() == before


@pytest.mark.parametrize(("form", "parser"), [("ttl", "turtle"), ("jsonld", "json-ld"), ("xml", "xml"), ("nt", "nt")])
def test_export_is_read_by_others(store: GraphStore, form: str, parser: str) -> None:
    store.replace_report(NEW)
    graph = rdflib.Graph().parse(data=store.serialize(form), format=parser)
    college = rdflib.URIRef(f"https://qgraph.example/id/{COLLEGE}")
    assert (college, rdflib.URIRef("https://qgraph.example/ns#name"), rdflib.Literal("云栖虚构职业学院")) in graph
    assert len(graph) == store.size()


def test_unknown_export_format_is_refused(store: GraphStore) -> None:
    with pytest.raises(QueryError, match="docx"):
        store.serialize("docx")


def test_ontology_with_blank_nodes_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.ttl"
    path.write_text("<http://example.org/a> <http://example.org/b> [] .")
    with pytest.raises(OntologyError, match="空白节点"):
        vocabulary.parse_turtle(path)


def test_broken_turtle_is_named(tmp_path: Path) -> None:
    path = tmp_path / "words.ttl"
    path.write_text("@prefix : <")
    with pytest.raises(OntologyError, match=r"words\.ttl"):
        vocabulary.parse_turtle(path)
