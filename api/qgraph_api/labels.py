"""Chinese names of classes and relations, as the ontology in the graph gives them."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import TYPE_CHECKING

from qgraph.errors import QgraphError

if TYPE_CHECKING:
    from qgraph.engine import Engine

log = logging.getLogger(__name__)

_QUERY = """
SELECT ?term ?label WHERE {
  ?term rdfs:label ?label
  FILTER(LANG(?label) = "zh" && STRSTARTS(STR(?term), STR(qg:)))
}
ORDER BY ?term ?label
"""


def read_labels(engine: Engine) -> Mapping[str, str]:
    """Label by local name: {"Enterprise": "企业", "cooperatesWith": "合作"}; empty when the graph has none."""
    try:
        rows = engine.sparql(_QUERY).rows
    except QgraphError as error:
        log.warning("no labels: %s", error.log)
        return {}
    found: dict[str, str] = {}
    for term, label in rows:
        if term and label:
            found.setdefault(term.rpartition("#")[2], label)
    return found
