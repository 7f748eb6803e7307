"""Document → Extraction: entities, statements, observations, cases."""

from __future__ import annotations

from collections.abc import Callable

from qgraph.extraction.across import with_owner
from qgraph.extraction.cases import profile_cases
from qgraph.extraction.changes import extract_changes
from qgraph.extraction.entities import extract_entities
from qgraph.extraction.observations import extract_observations
from qgraph.extraction.observations_tables import table_doubts
from qgraph.extraction.statements import extract_statements
from qgraph.language import parse
from qgraph.records import Document, Extraction

__all__ = ["extract"]


def extract(document: Document, done: Callable[[str], None] = lambda stage: None) -> Extraction:
    """All that the rules mine from one report; `done` is called with the name of each stage when it is over."""
    docs = parse(document)
    done("language")
    found, review = extract_entities(document, docs)
    entities = with_owner(document, found)
    done("entities")
    statements = extract_statements(document, entities)
    done("statements")
    observations = extract_observations(document, docs, entities)
    done("observations")
    cases = profile_cases(document, entities, observations)
    done("cases")
    changes = extract_changes(document, entities)
    review = (*review, *table_doubts(document))
    return Extraction(document.id, entities, statements, observations, cases, review, changes)
