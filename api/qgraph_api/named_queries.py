"""The ready-made queries in ontology/queries, for the SPARQL page and the API."""

from __future__ import annotations

from functools import cache

from qgraph.ontology import ontology_dir
from qgraph_api.schemas_graph import QueryOut


@cache
def named_queries() -> tuple[QueryOut, ...]:
    """All queries by file name. The first comment line of a file is its title."""
    found = []
    for path in sorted((ontology_dir() / "queries").glob("*.rq")):
        text = path.read_text(encoding="utf-8")
        comments = [line.lstrip("# ").strip() for line in text.splitlines() if line.startswith("#")]
        found.append(QueryOut(name=path.stem, title=comments[0] if comments else path.stem, text=text))
    return tuple(found)
