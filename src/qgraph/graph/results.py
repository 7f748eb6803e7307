"""Bodies of SELECT results: SPARQL 1.1 JSON made here, the other forms made from it by Oxigraph."""

from __future__ import annotations

import json
from collections.abc import Sequence

from pyoxigraph import BlankNode, Literal, NamedNode, QueryResultsFormat, Triple, parse_query_results

from qgraph.errors import QueryError
from qgraph.graph.namespaces import PREFIXES

Term = NamedNode | BlankNode | Literal | Triple
_STRING = PREFIXES["xsd"] + "string"
_LANG = PREFIXES["rdf"] + "langString"
FORMS = {
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
}


def select_json(names: Sequence[str], rows: Sequence[Sequence[Term | None]]) -> bytes:
    """The rows as SPARQL 1.1 Query Results JSON (https://www.w3.org/TR/sparql11-results-json/)."""
    bindings = [
        {name: _binding(value) for name, value in zip(names, row, strict=True) if value is not None} for row in rows
    ]
    return json.dumps({"head": {"vars": list(names)}, "results": {"bindings": bindings}}, ensure_ascii=False).encode()


def convert(body: bytes, form: str) -> bytes:
    """A SELECT or ASK body in JSON as json, xml, csv or tsv. Raises QueryError for another form."""
    if form not in FORMS:
        raise QueryError(f"这个查询的结果不能写成“{form}”格式。", log=f"format {form} for a table")
    if form == "json":
        return body
    result = parse_query_results(body, format=QueryResultsFormat.JSON)
    return result.serialize(format=FORMS[form]) or b""


def _binding(value: Term) -> dict[str, object]:
    if isinstance(value, NamedNode):
        return {"type": "uri", "value": value.value}
    if isinstance(value, BlankNode):
        return {"type": "bnode", "value": value.value}
    if isinstance(value, Triple):
        parts = {"subject": value.subject, "predicate": value.predicate, "object": value.object}
        return {"type": "triple", "value": {name: _binding(part) for name, part in parts.items()}}
    row: dict[str, object] = {"type": "literal", "value": value.value}
    if value.language:
        row["xml:lang"] = value.language
    elif value.datatype.value not in (_STRING, _LANG):
        row["datatype"] = value.datatype.value
    return row
