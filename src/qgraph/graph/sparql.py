"""Read-only SPARQL: prefixes are known, updates and federation are refused, time and rows are bounded."""

from __future__ import annotations

import re
import threading
import time
from dataclasses import dataclass

from pyoxigraph import QueryBoolean, QuerySolutions, QueryTriples, RdfFormat, Store, Triple, serialize
from rdflib import Graph

from qgraph.errors import QueryError
from qgraph.graph.namespaces import PREFIXES
from qgraph.graph.results import convert, select_json

_STRIP = re.compile(r'"""(?:.|\n)*?"""|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'|<[^<>\s]*>|#[^\n]*')
_UPDATE = re.compile(r"\b(?:INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|ADD|MOVE|COPY)\b", re.IGNORECASE)
_SERVICE = re.compile(r"\bSERVICE\b", re.IGNORECASE)
_POSITION = re.compile(r"(\d+):(\d+)")
_GRAPH = {"ttl": "turtle", "nt": "nt", "jsonld": "json-ld", "xml": "xml"}


@dataclass(frozen=True, slots=True)
class QueryResult:
    """The result of a query, whole in memory.

    `kind` is select, ask or construct (DESCRIBE too). For select, `variables` are the columns and each row
    of `rows` holds the values as text (None where unbound); for ask `boolean`; for construct `triples`.
    `truncated` says that the row limit cut the result; `table` is the SPARQL JSON of select and ask.
    """

    kind: str
    variables: tuple[str, ...]
    rows: tuple[tuple[str | None, ...], ...]
    boolean: bool | None
    triples: tuple[Triple, ...]
    truncated: bool
    milliseconds: float
    table: bytes

    def serialize(self, form: str) -> bytes:
        """json, xml, csv or tsv for select and ask; ttl, nt, jsonld or xml for construct. Raises QueryError."""
        if self.kind == "construct":
            return _serialize_triples(self.triples, form)
        return convert(self.table, form)


def run_query(store: Store, text: str, *, timeout: float, limit: int) -> QueryResult:
    """Runs a query over the union of all named graphs. `timeout` in seconds.

    Raises QueryError for syntax errors (with the line), updates, SERVICE, and when the time is up.
    """
    bare = _STRIP.sub(" ", text)
    if _UPDATE.search(bare) and not re.search(r"\b(?:SELECT|ASK|CONSTRUCT|DESCRIBE)\b", bare, re.IGNORECASE):
        raise QueryError("这里只能查询，不能修改图谱。", log="SPARQL update refused")
    if _SERVICE.search(bare):
        raise QueryError("不能使用 SERVICE 访问外部服务。", log="SPARQL SERVICE refused")
    box: list[QueryResult | BaseException] = []

    def work() -> None:
        try:
            box.append(_evaluate(store, text, time.monotonic() + timeout, timeout, limit))
        except BaseException as error:  # handed over to the caller's thread
            box.append(error)

    # Oxigraph offers no way to stop an evaluation that yields no rows: such a thread is left to end by itself
    thread = threading.Thread(target=work, daemon=True, name="sparql")
    thread.start()
    thread.join(timeout + 1)
    if not box:
        raise _too_slow(timeout)
    result = box[0]
    if isinstance(result, BaseException):
        raise result
    return result


def _too_slow(timeout: float) -> QueryError:
    return QueryError(f"查询超过了 {timeout:g} 秒的时限，请缩小范围。", log=f"SPARQL timeout after {timeout} s")


def _evaluate(store: Store, text: str, deadline: float, timeout: float, limit: int) -> QueryResult:
    started = time.perf_counter()
    try:
        result = store.query(text, prefixes=PREFIXES, use_default_graph_as_union=True)
        if isinstance(result, QueryBoolean):
            answer = bool(result)
            table = b'{"head":{},"boolean":%s}' % (b"true" if answer else b"false")
            return QueryResult("ask", (), (), answer, (), False, _since(started), table)
        if isinstance(result, QueryTriples):
            triples: list[Triple] = []
            for triple in result:
                _check(deadline, timeout)
                if len(triples) >= limit:
                    return QueryResult("construct", (), (), None, tuple(triples), True, _since(started), b"")
                triples.append(triple)
            return QueryResult("construct", (), (), None, tuple(triples), False, _since(started), b"")
        return _select(result, deadline, timeout, limit, started)
    except SyntaxError as error:
        place = _POSITION.search(str(error))
        where = f"第 {place[1]} 行第 {place[2]} 列附近" if place else "查询里"
        raise QueryError(
            f"查询语句有误：{where}不符合 SPARQL 语法。（{error}）", log=f"SPARQL syntax: {error}"
        ) from error
    except ValueError as error:
        raise QueryError(f"查询语句有误：{error}", log=f"SPARQL: {error}") from error


def _select(result: QuerySolutions, deadline: float, timeout: float, limit: int, started: float) -> QueryResult:
    names = tuple(variable.value for variable in result.variables)
    rows: list[tuple[str | None, ...]] = []
    terms = []
    truncated = False
    for solution in result:
        _check(deadline, timeout)
        if len(rows) >= limit:
            truncated = True
            break
        values = [solution[name] for name in names]
        terms.append(values)
        rows.append(tuple(None if value is None else _shown(value) for value in values))
    table = select_json(names, terms)
    return QueryResult("select", names, tuple(rows), None, (), truncated, _since(started), table)


def _shown(value: object) -> str:
    return str(getattr(value, "value", value))


def _check(deadline: float, timeout: float) -> None:
    if time.monotonic() > deadline:
        raise _too_slow(timeout)


def _since(started: float) -> float:
    return (time.perf_counter() - started) * 1000


def _serialize_triples(triples: tuple[Triple, ...], form: str) -> bytes:
    if form not in _GRAPH:
        raise QueryError(f"这个查询的结果不能写成“{form}”格式。", log=f"format {form} for construct")
    plain = serialize([Triple(t.subject, t.predicate, t.object) for t in triples], format=RdfFormat.N_TRIPLES)
    if form == "nt":
        return plain or b""
    graph = Graph()
    for prefix, iri in PREFIXES.items():
        graph.bind(prefix, iri, replace=True)
    graph.parse(data=plain or b"", format="nt")
    return graph.serialize(format=_GRAPH[form], encoding="utf-8")
