"""Records to quads and back: nothing is lost, nothing depends on order or chance."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest
from graph_samples import PINE, sample_record
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qgraph.errors import IndexFolderError
from qgraph.graph import GraphStore
from qgraph.graph.namespaces import compact, escape, id_of, node, unescape
from qgraph.graph.rdf import from_quads, needed, to_quads
from qgraph.passages import split_passages
from qgraph.records import (
    CaseProfile,
    Document,
    Entity,
    Evidence,
    Extraction,
    Mention,
    Observation,
    OrganisationChange,
    Period,
    ReportRecord,
    ReviewItem,
    Statement,
)

REPORT = "r2024-0000abcd"

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
names = words.filter(bool)
ids = st.integers(1, 40).map(str)
counts = st.integers(0, 10**6)
sentences = ids.map(lambda n: f"{REPORT}/s{n}")
evidence = st.builds(Evidence, st.just(REPORT), sentences, counts, counts)
entity_ids = st.builds("{}/{}".format, st.sampled_from(["Enterprise", "Award", "Region"]), ids)
observation_ids = ids.map(lambda n: f"{REPORT}/o{n}")
maps = st.dictionaries(names, words, max_size=3)


@st.composite
def entities(draw: st.DrawFn, id_: str) -> Entity:
    mentions = draw(st.lists(st.builds(Mention, words, evidence, words), max_size=3))
    aliases = draw(st.lists(words, max_size=4))
    return Entity(id_, id_.split("/")[0], draw(names), tuple(aliases), tuple(mentions), draw(maps))


statements = st.builds(
    Statement,
    ids.map(lambda n: f"{REPORT}/st{n}"),
    entity_ids,
    st.sampled_from(["wins", "cooperatesWith", "locatedIn", "与…有关"]),
    entity_ids,
    maps,
    evidence,
    words,
    st.floats(0, 1),
)
periods = st.builds(
    Period, words, st.sampled_from(["", "2024-01-01", "2024-99-99", "2024"]), words, words, st.booleans()
)
observations = st.builds(
    Observation,
    observation_ids,
    words,
    words,
    st.decimals(allow_nan=False, allow_infinity=False, places=4) | st.sampled_from([Decimal("1E+3"), Decimal("0.10")]),
    words,
    words,
    words,
    periods,
    entity_ids | st.just(""),
    st.lists(words, max_size=3).map(tuple),
    observation_ids | st.just(""),
    evidence,
)
profiles = st.builds(
    CaseProfile,
    ids.map(lambda n: f"{REPORT}/case{n}"),
    st.lists(entity_ids, max_size=4).map(tuple),
    st.lists(names, max_size=3).map(tuple),
    st.lists(observation_ids, max_size=3).map(tuple),
)
changes = st.builds(
    OrganisationChange,
    ids.map(lambda n: f"{REPORT}/oc{n}"),
    st.sampled_from(["renamed", "merged"]),
    st.lists(entity_ids, min_size=1, max_size=3, unique=True).map(tuple),
    st.lists(entity_ids, min_size=1, max_size=2, unique=True).map(tuple),
    st.sampled_from(["", "2012年", "2012年6月", "2012年13月", "某年"]),
    evidence,
)
items = st.builds(ReviewItem, ids.map(lambda n: f"{REPORT}/rv{n}"), words, words, words, evidence)


@st.composite
def records(draw: st.DrawFn) -> ReportRecord:
    sample = sample_record(REPORT)
    things = draw(st.lists(entity_ids, unique=True, max_size=4))
    extraction = Extraction(
        report=REPORT,
        entities=tuple(draw(entities(thing)) for thing in things),
        statements=tuple(draw(st.lists(statements, unique_by=lambda s: s.id, max_size=3))),
        observations=tuple(draw(st.lists(observations, unique_by=lambda o: o.id, max_size=3))),
        cases=tuple(draw(st.lists(profiles, unique_by=lambda c: c.case, max_size=3))),
        review=tuple(draw(st.lists(items, unique_by=lambda r: r.id, max_size=3))),
        changes=tuple(draw(st.lists(changes, unique_by=lambda c: c.id, max_size=3))),
    )
    document = replace(
        sample.document,
        title=draw(words),
        file_name=draw(words),
        text=draw(words),
        warnings=tuple(draw(st.lists(words, max_size=3))),
        sentences=tuple(replace(s, text=draw(words)) for s in sample.document.sentences),
    )
    return ReportRecord(document, sample.passages, extraction)


def test_sample_comes_back_exactly() -> None:
    record = sample_record()
    assert from_quads(to_quads(record)) == record


def test_decimal_places_and_order_of_lists_come_back() -> None:
    back = from_quads(to_quads(sample_record(income="12.50"))).extraction
    assert str(back.observations[0].value) == "12.50"
    assert back.observations[0].qualifiers == ("校级", "其中")
    assert back.entities[0].aliases == ("学校", "云栖学院")


@settings(max_examples=150, deadline=None)
@given(records())
def test_any_record_comes_back_exactly(record: ReportRecord) -> None:
    assert from_quads(to_quads(record)) == record


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> GraphStore:
    return GraphStore(tmp_path_factory.mktemp("graph"))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(record=records())
def test_any_record_comes_back_exactly_through_the_store(store: GraphStore, record: ReportRecord) -> None:
    store.replace_report(record)
    assert store.read_report(REPORT) == record


def test_real_report_comes_back_exactly(document: Document) -> None:
    record = ReportRecord(document, split_passages(document), Extraction(document.id, (), (), (), (), ()))
    assert from_quads(to_quads(record)) == record


def test_real_extraction_comes_back_exactly(document: Document, extraction: Extraction) -> None:
    record = ReportRecord(document, split_passages(document), extraction)
    assert from_quads(to_quads(record)) == record


def test_reading_back_needs_no_shortcut() -> None:
    record = sample_record()
    assert from_quads(q for q in to_quads(record) if needed(q.predicate.value)) == record


def test_no_blank_nodes_and_one_graph() -> None:
    quads = list(to_quads(sample_record()))
    assert {q.graph_name.value for q in quads} == {"https://qgraph.example/id/report/r2024-0000abcd"}
    assert all(isinstance(q.subject, ox.NamedNode) for q in quads)
    assert not any(isinstance(q.object, ox.BlankNode) for q in quads)


def test_quads_do_not_depend_on_the_hash_seed() -> None:
    code = (
        "from graph_samples import sample_record; from qgraph.graph.rdf import to_quads;"
        "import hashlib; print(hashlib.sha256('\\n'.join(map(str, to_quads(sample_record()))).encode()).hexdigest())"
    )
    printed = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(p for p in sys.path if p), "PATH": "/usr/bin"},
            cwd=Path(__file__).parent,
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(printed) == 1


def test_statement_has_class_label_and_shortcut() -> None:
    quads = {(q.subject.value, q.predicate.value, q.object.value) for q in to_quads(sample_record())}
    statement = node("statement", f"{REPORT}/st1").value
    college, pine = node("", "College/c01").value, node("", PINE).value
    relation = "https://qgraph.example/ns#cooperatesWith"
    assert (
        statement,
        "http://www.w3.org/2000/01/rdf-schema#label",
        "云栖虚构职业学院 合作 青松虚构科技有限公司",
    ) in quads
    assert {(college, relation, pine), (pine, relation, college)} <= quads


def test_quads_without_a_report_are_refused() -> None:
    with pytest.raises(IndexFolderError, match="不完整"):
        from_quads(())


@given(words)
def test_ids_survive_in_iris(word: str) -> None:
    assert unescape(escape(word)) == word
    assert id_of("theme", node("theme", word).value) == word


def test_compact_names_the_narrowest_prefix() -> None:
    assert compact("https://qgraph.example/ns#wins") == "qg:wins"
    assert compact("https://qgraph.example/id/report/r1/s2") == "report:r1/s2"
    assert compact("http://example.org/x") == "http://example.org/x"
