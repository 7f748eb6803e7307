"""Document → Extraction: entities, statements, observations, cases."""

from __future__ import annotations

import importlib
import importlib.util
from typing import Any

from qgraph.extraction.cases import profile_cases
from qgraph.extraction.entities import extract_entities
from qgraph.language import parse
from qgraph.records import Document, Extraction

__all__ = ["extract"]


def extract(document: Document) -> Extraction:
    """All that the rules mine from one report."""
    docs = parse(document)
    entities, review = extract_entities(document, docs)
    statements: Any = ()
    observations: Any = ()
    if importlib.util.find_spec("qgraph.extraction.statements"):
        statements = importlib.import_module("qgraph.extraction.statements").extract_statements(
            document, docs, entities
        )
    if importlib.util.find_spec("qgraph.extraction.observations"):
        observations = importlib.import_module("qgraph.extraction.observations").extract_observations(
            document, docs, entities
        )
    cases = profile_cases(document, entities, observations)
    return Extraction(document.id, entities, statements, observations, cases, review)
