"""Read-only SPARQL: what is refused, and errors in plain words."""

from __future__ import annotations

import re

from qgraph.errors import QueryError
from qgraph.graph.namespaces import PREFIXES
from qgraph.graph.results import Failure, QueryResult
from qgraph.graph.workers import Workers

# strings, IRIs, comments, variables and prefixed names: in none of them is a word a keyword
_NOT_KEYWORDS = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""'
    r"|'''(?:[^'\\]|\\.|'(?!''))*'''"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'(?:\\.|[^'\\\n])*'"
    r"|<[^<>\"{}|^`\\\s]*>|#[^\n]*|[?$]\w+|[\w\-]*:[\w\-.]*",
    re.DOTALL,
)
_WORDS = re.compile(r"[A-Za-z]+")
_READING = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})
_WRITING = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY"})
_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_TOKEN = re.compile(r"[\w\-]*:[\w\-.]*|[?$]?[\w\-]+|\S")
_UNKNOWN_PREFIX = "Prefix not found"
_EXPECTED = re.compile(r"expected (?:one of )?(.*)", re.DOTALL)
_MARKS = re.compile(r'"([.,;{}()])"')
_ADVICE = {
    "variable that is unbound": "SELECT 里的变量要在 WHERE 里出现；用了 COUNT、SUM 等时，其余变量都要写进 GROUP BY。",
    "overrides an existing variable": "AS 后面的变量已经用过，请换一个变量名。",
    "SELECT * is not authorized": "用了 GROUP BY 就不能写 SELECT *，请列出要的变量。",
}


def run_query(workers: Workers, query: str, *, timeout: float, limit: int) -> QueryResult:
    """Runs a query over the union of all graphs; `timeout` in seconds, at most `limit` rows.

    Raises QueryError for syntax errors (with line and column), updates, SERVICE, and when the time is up.
    """
    _refuse(query)
    answer = workers.run(query, timeout=timeout, limit=limit)
    if isinstance(answer, Failure):
        raise _explained(query, answer)
    return answer


def _refuse(query: str) -> None:
    words = [word.upper() for word in _WORDS.findall(_NOT_KEYWORDS.sub(" ", query))]
    if not words:
        raise QueryError("查询是空的。", log="empty SPARQL query")
    first = next((word for word in words if word in _READING | _WRITING), "")
    if first in _WRITING:
        raise QueryError("这里只能查询，不能修改图谱。", log="SPARQL update refused")
    if not _READING & set(words):
        raise QueryError(
            "查询应当以 SELECT、ASK、CONSTRUCT 或 DESCRIBE 开始。", log="SPARQL query without a query form"
        )
    if "SERVICE" in words:
        raise QueryError("不能用 SERVICE 访问外部服务。", log="SPARQL SERVICE refused")


def _explained(query: str, failure: Failure) -> QueryError:
    place = _PLACE.search(failure.message)
    if failure.kind != "syntax":
        return QueryError(f"查询不能执行：{failure.message}", log=f"SPARQL evaluation: {failure.message}")
    if place is None:
        return QueryError(f"查询有误：{failure.message}", log=f"SPARQL syntax: {failure.message}")
    line, column = int(place[1]), int(place[2])
    lines = query.split("\n")
    rest = lines[line - 1][column - 1 :] if line <= len(lines) else ""
    found = _TOKEN.search(rest)
    if _UNKNOWN_PREFIX in place[3]:
        return _unknown_prefix(lines[line - 1], column, line, failure)
    near = f"“{found[0]}”" if found else "末尾"
    for sign, advice in _ADVICE.items():
        if sign in place[3]:
            return QueryError(f"查询有误：{advice}", log=f"SPARQL: {failure.message}")
    marks = _marks(place[3])
    hint = f"，这里可以写 {' '.join(marks)}" if marks else ""
    return QueryError(
        f"查询第 {line} 行第 {column} 列（{near}处）不合 SPARQL 语法{hint}。",
        log=f"SPARQL syntax: {failure.message}",
    )


def _unknown_prefix(line: str, column: int, number: int, failure: Failure) -> QueryError:
    names = [m for m in re.finditer(r"([\w\-]*):[\w\-.]*", line) if m[1] not in PREFIXES]
    near = min(names, key=lambda m: abs(m.start() - column + 1), default=None)
    named = f"“{near[1]}:”" if near else ""
    return QueryError(
        f"查询第 {number} 行用了没有声明的前缀{named}；可直接用的前缀有 {'、'.join(PREFIXES)}。",
        log=f"SPARQL unknown prefix: {failure.message}",
    )


def _marks(expected: str) -> list[str]:
    match = _EXPECTED.search(expected)
    return list(dict.fromkeys(_MARKS.findall(match[1]))) if match else []
