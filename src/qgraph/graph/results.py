"""What a query brings: rows, a truth value or triples, and how they are written out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryResultsFormat,
    Triple,
    parse_query_results,
)

from qgraph.errors import QueryError
from qgraph.graph.namespaces import RDF, XSD

Term = NamedNode | BlankNode | Literal | Triple
_PLAIN = (XSD + "string", RDF + "langString")
_TABLES = {
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
}


@dataclass(frozen=True, slots=True)
class QueryResult:
    """The result of a query, whole in memory.

    `kind` is select, ask or construct (DESCRIBE too). For select `rows` holds, column by column as in
    `variables`, the values as text, None where unbound; for ask `boolean` is the answer. `body` is SPARQL
    1.1 JSON (select, ask) or N-Triples (construct). `truncated` says that the row limit cut the result.
    """

    kind: str
    variables: tuple[str, ...]
    rows: tuple[tuple[str | None, ...], ...]
    boolean: bool | None
    body: bytes
    truncated: bool
    milliseconds: float

    def serialize(self, form: str) -> bytes:
        """json, xml, csv or tsv for select and ask; ttl, nt, jsonld or xml for construct. Raises QueryError."""
        if self.kind == "construct":
            from qgraph.graph.exporting import GRAPH_FORMS, serialize_triples

            if form not in GRAPH_FORMS:
                raise _unknown(form)
            return serialize_triples(self.body, form)
        if form not in _TABLES:
            raise _unknown(form)
        return self.body if form == "json" else _convert(self.body, _TABLES[form])


@dataclass(frozen=True, slots=True)
class Failure:
    """What went wrong with a query: `kind` is syntax or evaluation, `message` Oxigraph's own words."""

    kind: str
    message: str


def _unknown(form: str) -> QueryError:
    return QueryError(f"这个查询的结果不能写成“{form}”格式。", log=f"format {form} does not fit the result")


def _convert(body: bytes, form: QueryResultsFormat) -> bytes:
    return parse_query_results(body, format=QueryResultsFormat.JSON).serialize(format=form) or b""


def select_json(names: Sequence[str], rows: Sequence[Sequence[Term | None]]) -> bytes:
    """The rows as SPARQL 1.1 Query Results JSON (https://www.w3.org/TR/sparql11-results-json/)."""
    bindings = [
        {name: _binding(value) for name, value in zip(names, row, strict=True) if value is not None} for row in rows
    ]
    content = {"head": {"vars": list(names)}, "results": {"bindings": bindings}}
    return json.dumps(content, ensure_ascii=False).encode()


def ask_json(answer: bool) -> bytes:
    """A truth value as SPARQL 1.1 Query Results JSON."""
    return json.dumps({"head": {}, "boolean": answer}).encode()


def shown(value: Term | None) -> str | None:
    """A term as text for a table: IRIs and literals without their marks."""
    return None if value is None else str(getattr(value, "value", value))


def _binding(value: Term) -> dict[str, object]:
    match value:
        case NamedNode():
            return {"type": "uri", "value": value.value}
        case BlankNode():
            return {"type": "bnode", "value": value.value}
        case Triple():
            parts = {"subject": value.subject, "predicate": value.predicate, "object": value.object}
            return {"type": "triple", "value": {name: _binding(part) for name, part in parts.items()}}
    row: dict[str, object] = {"type": "literal", "value": value.value}
    if value.language:
        row["xml:lang"] = value.language
    elif value.datatype.value not in _PLAIN:
        row["datatype"] = value.datatype.value
    return row
