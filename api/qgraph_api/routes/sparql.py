"""The read-only SPARQL endpoint (SPARQL 1.1 Protocol, query operation), and the ready-made queries.

A browser that opens the address gets the query page; a program that asks without a query gets the service
description.
"""

from __future__ import annotations

from typing import Annotated
from urllib.parse import parse_qs

from fastapi import APIRouter, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response

from qgraph_api.deps import EngineDep
from qgraph_api.failures import Refusal
from qgraph_api.named_queries import named_queries
from qgraph_api.negotiation import choose, choose_format
from qgraph_api.pages import sparql_page
from qgraph_api.schemas_graph import QueriesOut

router = APIRouter(tags=["SPARQL"])
named = APIRouter(tags=["SPARQL"])

TABLES = {
    "application/sparql-results+json": "json",
    "application/json": "json",
    "application/sparql-results+xml": "xml",
    "application/xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
}
GRAPHS = {
    "text/turtle": "ttl",
    "application/n-triples": "nt",
    "text/plain": "nt",
    "application/ld+json": "jsonld",
    "application/json": "jsonld",
    "application/rdf+xml": "xml",
    "application/xml": "xml",
}
_DESCRIPTION = """@prefix sd: <http://www.w3.org/ns/sparql-service-description#> .
@prefix formats: <http://www.w3.org/ns/formats/> .

[] a sd:Service ;
    sd:endpoint <{address}> ;
    sd:supportedLanguage sd:SPARQL11Query ;
    sd:feature sd:UnionDefaultGraph ;
    sd:resultFormat formats:SPARQL_Results_JSON, formats:SPARQL_Results_XML, formats:SPARQL_Results_CSV,
        formats:SPARQL_Results_TSV, formats:Turtle, formats:N-Triples, formats:JSON-LD, formats:RDF_XML .
"""
_QUERY = Query(description="SPARQL 查询", max_length=50_000)
_FORMAT = Query(description="json、xml、csv、tsv（SELECT、ASK）或 ttl、nt、jsonld、xml（CONSTRUCT）；空则按 Accept")


@named.get("/queries", summary="现成的 SPARQL 查询")
def queries() -> QueriesOut:
    return QueriesOut(queries=list(named_queries()))


@router.get("/sparql", summary="SPARQL 查询（只读），结果格式由 Accept 或 format 决定")
def by_get(
    request: Request,
    engine: EngineDep,
    query: Annotated[str | None, _QUERY] = None,
    format: Annotated[str, _FORMAT] = "",
) -> Response:
    if "update" in request.query_params:
        raise Refusal(400, "这里只能查询，不能修改图谱。")
    if len(request.query_params.getlist("query")) > 1:
        raise Refusal(400, "一次只能有一个 query。")
    wants_page = choose(request.headers.get("accept", ""), [*TABLES, *GRAPHS, "text/html"]) == "text/html"
    if wants_page and not format:
        return sparql_page(request, query or "")
    if query is None:
        description = _DESCRIPTION.format(address=str(request.url_for("by_get")))
        return Response(description, media_type="text/turtle")
    _refuse_datasets(set(request.query_params))
    return _answer(request, engine, query, format)


@router.post("/sparql", summary="SPARQL 查询（只读），以表单或 application/sparql-query 提交")
async def by_post(request: Request, engine: EngineDep) -> Response:
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    body = await request.body()
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refusal(400, "查询应当以 UTF-8 编码。") from error
    word = request.query_params.get("format", "")
    if media == "application/sparql-query":
        _refuse_datasets(set(request.query_params))
        return await _run(request, engine, text, word)
    if media == "application/sparql-update":
        raise Refusal(400, "这里只能查询，不能修改图谱。")
    if media == "application/x-www-form-urlencoded":
        form = parse_qs(text, keep_blank_values=True)
        if "update" in form:
            raise Refusal(400, "这里只能查询，不能修改图谱。")
        if len(form.get("query", ())) != 1:
            raise Refusal(400, "表单里应当有一个 query。")
        _refuse_datasets(set(form) | set(request.query_params))
        return await _run(request, engine, form["query"][0], word or form.get("format", [""])[0])
    raise Refusal(415, "请以 application/x-www-form-urlencoded 或 application/sparql-query 提交查询。")


async def _run(request: Request, engine: EngineDep, query: str, word: str) -> Response:
    return await run_in_threadpool(_answer, request, engine, query, word)


def _answer(request: Request, engine: EngineDep, query: str, word: str) -> Response:
    result = engine.sparql(query)
    formats = GRAPHS if result.kind == "construct" else TABLES
    chosen, media = choose_format(request.headers.get("accept", ""), word, formats)
    headers = {"X-Truncated": "true" if result.truncated else "false", "Vary": "Accept"}
    return Response(result.serialize(chosen), media_type=media, headers=headers)


def _refuse_datasets(names: set[str]) -> None:
    """The protocol's dataset parameters would change the meaning of a query; silence would be a wrong answer."""
    if names & {"default-graph-uri", "named-graph-uri"}:
        raise Refusal(400, "不支持 default-graph-uri 和 named-graph-uri；请在查询里用 FROM 或 GRAPH。")
