"""The ontology, the vocabularies and the lexicons agree with each other and with what is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest
from graph_samples import sample_record
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import OWL, RDF, RDFS, SKOS

from qgraph.graph.extraction_rdf import period_node
from qgraph.graph.lexicon_vocabulary import lexicon_triples
from qgraph.graph.namespaces import ID, NS, PREFIXES, node
from qgraph.graph.rdf import to_quads
from qgraph.graph.vocabulary import load_vocabulary, ontology_quads
from qgraph.ontology import ontology_dir, read_lexicon
from qgraph.passages import split_passages
from qgraph.records import Document, Extraction, Period, ReportRecord

QG = Namespace(NS)
ONTOLOGY = Graph().parse(ontology_dir() / "qgraph.ttl")
SHAPES = (ontology_dir() / "shapes.ttl").read_text(encoding="utf-8")
VOCABULARIES = sorted((ontology_dir() / "vocabulary").glob("*.ttl"))
OWN = (NS, PREFIXES["code"], PREFIXES["q"])
KINDS = {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, OWL.SymmetricProperty}
TERMS = sorted({s for kind in KINDS for s in ONTOLOGY.subjects(RDF.type, kind)})
ENTITY_TYPES = (
    "Enterprise College Department GovernmentBody Association Consortium Media Country Region Person Award "
    "Competition Project IndustryCollege Base Major Course Document Team"
).split()
RELATIONS = (
    "cooperatesWith coBuilds leads hosts wins participatesIn trainsFor employsGraduates locatedIn partnersCountry "
    "partOf issuedBy reportedBy heldAt"
).split()


def local(term: URIRef) -> str:
    return term.rpartition("/")[2]


@pytest.mark.parametrize("term", TERMS, ids=local)
def test_term_has_labels_and_comments_in_chinese_and_english(term: URIRef) -> None:
    for property_ in (RDFS.label, RDFS.comment):
        texts = [value for value in ONTOLOGY.objects(term, property_) if isinstance(value, Literal)]
        assert sorted(str(text.language) for text in texts) == ["en", "zh"]
        assert all(text.strip() for text in texts)


@pytest.mark.parametrize("term", TERMS, ids=local)
def test_superiors_domains_and_ranges_are_known(term: URIRef) -> None:
    for property_ in (RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range, QG.statementClass):
        for value in ONTOLOGY.objects(term, property_):
            if str(value).startswith(OWN):
                assert value in TERMS, f"{term} names {value}"
            else:
                assert str(value).startswith(tuple(PREFIXES.values()))


@pytest.mark.parametrize("name", ENTITY_TYPES)
def test_entity_types_are_classes_under_entity(name: str) -> None:
    assert QG.Entity in set(ONTOLOGY.transitive_objects(QG[name], RDFS.subClassOf))
    assert name in load_vocabulary().entity_types


@pytest.mark.parametrize("name", RELATIONS)
def test_relations_have_a_class_of_statements(name: str) -> None:
    classes = list(ONTOLOGY.objects(QG[name], QG.statementClass))
    assert len(classes) == 1
    assert (classes[0], RDFS.subClassOf, QG.Statement) in ONTOLOGY
    assert f"qg:{name}" in SHAPES


def test_only_cooperation_is_symmetric() -> None:
    assert set(ONTOLOGY.subjects(RDF.type, OWL.SymmetricProperty)) == {QG.cooperatesWith}


def test_established_vocabularies_are_reused() -> None:
    used = {str(o) for s, p, o in ONTOLOGY if p in (RDFS.subClassOf, RDFS.subPropertyOf)}
    for prefix in ("prov", "org", "skos", "schema", "oa", "qb", "qudt", "dcterms"):
        assert any(iri.startswith(PREFIXES[prefix]) for iri in used), prefix


def _undeclared(record: ReportRecord) -> Iterator[str]:
    declared = {str(term) for term in TERMS}
    for quad in to_quads(record):
        names = [quad.predicate.value]
        if quad.predicate.value == str(RDF.type):
            names.append(quad.object.value)
        yield from (name for name in names if name.startswith(OWN) and name not in declared)


def test_all_that_is_written_is_declared() -> None:
    assert set(_undeclared(sample_record())) == set()


def test_all_that_is_written_of_the_real_report_is_declared(document: Document, extraction: Extraction) -> None:
    assert set(_undeclared(ReportRecord(document, split_passages(document), extraction))) == set()


def test_all_that_is_declared_is_written_or_refers_to_vocabularies() -> None:
    abstract = {"Element", "Entity", "Organisation", "statementClass", "rank", *ENTITY_TYPES, *RELATIONS}
    abstract |= {"RoleStatement", "TalentStatement", "MembershipStatement"}
    abstract |= {"Indicator", "Unit", "Theme", "AwardLevel", "AwardGrade", "StandardSection", "AdministrativeDivision"}
    written = {q.predicate.value for q in to_quads(sample_record())} | {
        q.object.value for q in to_quads(sample_record()) if q.predicate.value == str(RDF.type)
    }
    own = {str(term).removeprefix(NS) for term in TERMS if str(term).startswith(NS + "")} - abstract
    unused = {name for name in own if NS + name not in written and not name.startswith("http")}
    assert unused <= {"rowSpan", "columnSpan", "parentSection", "sourceLine"}


# ---------------------------------------------------------------------------------------------- vocabularies


@pytest.mark.parametrize("path", VOCABULARIES, ids=lambda p: p.stem)
def test_concepts_have_a_scheme_and_one_chinese_label(path: Path) -> None:
    graph = Graph().parse(path)
    concepts = set(graph.subjects(SKOS.inScheme, None))
    assert concepts
    for concept in concepts:
        labels = [value for value in graph.objects(concept, SKOS.prefLabel) if getattr(value, "language", "") == "zh"]
        assert len(labels) == 1, concept
        assert str(concept).startswith(ID)
        assert (graph.value(concept, SKOS.inScheme), RDF.type, SKOS.ConceptScheme) in graph
        for broader in graph.objects(concept, SKOS.broader):
            assert broader in concepts, f"{concept} under {broader}"


def test_levels_and_grades_are_ranked() -> None:
    graph = Graph().parse(ontology_dir() / "vocabulary/awards.ttl")
    for concept in graph.subjects(SKOS.inScheme, None):
        assert graph.value(concept, QG["rank"]) is not None


def test_themes_are_those_of_the_lexicon() -> None:
    graph = Graph().parse(ontology_dir() / "vocabulary/themes.ttl")
    known = {str(concept) for concept in graph.subjects(RDF.type, QG.Theme)}
    assert {node("theme", row["theme"]).value for row in read_lexicon("themes")} <= known


def test_labels_of_one_vocabulary_name_one_concept() -> None:
    for path in VOCABULARIES:
        if path.stem != "indicators":
            graph = Graph().parse(path)
            names: dict[tuple[str, str], set[object]] = {}
            for property_ in (SKOS.prefLabel, SKOS.altLabel):
                for concept, name in graph.subject_objects(property_):
                    scheme = str(graph.value(concept, SKOS.inScheme))
                    names.setdefault((scheme, f"{name}@{getattr(name, 'language', '')}"), set()).add(concept)
            assert {name for name, concepts in names.items() if len(concepts) > 1} == set()


@pytest.mark.parametrize(
    ("kind", "label", "id_"),
    [
        ("level", "国家级", "national"),
        ("level", "省部级", "provincial"),
        ("level", "市级", "provincial"),
        ("grade", "一等奖", "first"),
        ("grade", "金牌", "gold"),
        ("section", "服务国家战略", "national-strategy"),
        ("unit", "%", "%"),
        ("unit", "万元", "万元"),
        ("region", "华北地区", "华北"),
    ],
)
def test_concepts_are_found_by_their_wordings(kind: str, label: str, id_: str) -> None:
    assert load_vocabulary().concept(kind, label) == node(kind, id_)


def test_concept_of_an_unknown_wording_is_none() -> None:
    assert load_vocabulary().concept("level", "宇宙级") is None
    assert load_vocabulary().concept("level", "") is None


def test_units_lead_to_qudt() -> None:
    links = {t.subject.value: t.object.value for t in lexicon_triples() if t.predicate.value == str(SKOS.exactMatch)}
    assert links[node("unit", "%").value] == "http://qudt.org/vocab/unit/PERCENT"
    assert links[node("unit", "平方米").value] == "http://qudt.org/vocab/unit/M2"


def test_ontology_graph_has_no_blank_nodes_and_no_doubles() -> None:
    quads = ontology_quads()
    assert not any(str(q.subject).startswith("_:") or str(q.object).startswith("_:") for q in quads)
    assert {q.graph_name.value for q in quads} == {"https://qgraph.example/ns"}


def test_one_period_is_one_node() -> None:
    names = [field.name for field in fields(Period)]
    assert names == ["label", "start", "end", "kind", "stated"]
    stated = Period("2024年", "2024-01-01", "2024-12-31", "calendar_year", True)
    assumed = Period("2024年", "2024-01-01", "2024-12-31", "calendar_year", False)
    other = Period("2023年", "2023-01-01", "2023-12-31", "calendar_year", True)
    assert period_node(stated) == period_node(assumed) != period_node(other)
