"""The process that evaluates queries: `python -m qgraph.graph.worker STORE DESCRIPTOR MEMORY`.

Oxigraph cannot stop an evaluation, so that a careless query would hold a core and memory for good; a process
can be ended. It opens the store read-only, answers over a socket, and ends with its parent.
"""

from __future__ import annotations

import contextlib
import os
import sys
import threading
import time
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from qgraph.graph.namespaces import PREFIXES
from qgraph.graph.results import Failure, QueryResult, Term, ask_json, select_json, shown


def evaluate(store: ox.Store, query: str, limit: int) -> QueryResult | Failure:
    """Runs a query over the default graph, which is the union of all; at most `limit` rows or triples are taken."""
    started = time.perf_counter()
    try:
        result = store.query(query, prefixes=PREFIXES)
        if isinstance(result, ox.QueryBoolean):
            made = QueryResult("ask", (), (), bool(result), ask_json(bool(result)), False, 0.0)
        elif isinstance(result, ox.QueryTriples):
            made = _construct(result, limit)
        else:
            made = _select(result, limit)
    except SyntaxError as error:
        return Failure("syntax", str(error))
    except (ValueError, OSError, RuntimeError) as error:
        return Failure("evaluation", str(error))
    return replace(made, milliseconds=(time.perf_counter() - started) * 1000)


def _construct(result: ox.QueryTriples, limit: int) -> QueryResult:
    triples, cut = _take(result, limit)
    body = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""
    return QueryResult("construct", (), (), None, body, cut, 0.0)


def _select(result: ox.QuerySolutions, limit: int) -> QueryResult:
    names = tuple(variable.value for variable in result.variables)
    solutions, cut = _take(result, limit)
    rows: list[list[Term | None]] = [[solution[name] for name in names] for solution in solutions]
    texts = tuple(tuple(shown(value) for value in row) for row in rows)
    return QueryResult("select", names, texts, None, select_json(names, rows), cut, 0.0)


def _take(results: ox.QuerySolutions | ox.QueryTriples, limit: int) -> tuple[list[Any], bool]:
    taken: list[Any] = []
    for result in results:
        if len(taken) == limit:
            return taken, True
        taken.append(result)
    return taken, False


def _end_with_parent(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(0)


def _bound_memory(size: int) -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (size, size))


def serve(store: Path, descriptor: int, memory: int) -> None:
    """Answers (query, limit) pairs with QueryResult or Failure until the other side hangs up. A query that needs
    more than `memory` bytes ends the process."""
    threading.Thread(target=_end_with_parent, args=(os.getppid(),), daemon=True).start()
    _bound_memory(memory)
    connection = Connection(descriptor)
    opened = ox.Store.read_only(str(store))
    connection.send(True)
    while True:
        try:
            query, limit = connection.recv()
        except EOFError:
            return
        connection.send(evaluate(opened, query, limit))


if __name__ == "__main__":
    serve(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
