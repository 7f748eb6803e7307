"""The documentation names what there is: terms of the ontology, files that the README points to."""

from __future__ import annotations

import re
from pathlib import Path

from rdflib import OWL, RDF, Graph

ROOT = Path(__file__).resolve().parents[1]
NS = "https://qgraph.example/ns#"


def test_every_term_of_the_ontology_is_documented() -> None:
    graph = Graph().parse(ROOT / "ontology/qgraph.ttl")
    text = (ROOT / "docs/ontology.md").read_text(encoding="utf-8")
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
    terms = {str(s).removeprefix(NS) for kind in kinds for s in graph.subjects(RDF.type, kind) if str(s).startswith(NS)}
    missing = sorted(term for term in terms if f"`qg:{term}`" not in text)
    assert len(terms) > 60 and not missing, f"docs/ontology.md does not tell of {missing}"


def test_readme_points_to_files_that_exist() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)#:]+)\)", readme)
    assert links and not [link for link in links if not (ROOT / link).exists()]


def test_changelog_has_the_version() -> None:
    version = re.search(r'__version__ = "([^"]+)"', (ROOT / "src/qgraph/__init__.py").read_text(encoding="utf-8"))
    assert version and f"## [{version[1]}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
