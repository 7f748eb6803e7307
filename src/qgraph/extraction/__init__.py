"""Document → Extraction: entities, statements, observations, cases."""

from __future__ import annotations

from qgraph.extraction.across import with_owner
from qgraph.extraction.cases import profile_cases
from qgraph.extraction.entities import extract_entities
from qgraph.extraction.observations import extract_observations
from qgraph.extraction.statements import extract_statements
from qgraph.language import parse
from qgraph.records import Document, Extraction

__all__ = ["extract"]


def extract(document: Document) -> Extraction:
    """All that the rules mine from one report."""
    docs = parse(document)
    found, review = extract_entities(document, docs)
    entities = with_owner(document, found)
    statements = extract_statements(document, entities)
    observations = extract_observations(document, docs, entities)
    cases = profile_cases(document, entities, observations)
    return Extraction(document.id, entities, statements, observations, cases, review)
