"""Passages and cases."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query

from qgraph_api.deps import EngineDep, FiltersDep, ViewsDep
from qgraph_api.schemas import CasesOut, SearchOut

router = APIRouter(tags=["检索"])

Text = Annotated[str, Query(max_length=500, description="检索词")]
Count = Annotated[int, Query(ge=1, le=100, description="最多几条")]
Mode = Annotated[
    Literal["fused", "bm25", "vector"],
    Query(description="fused 综合，bm25 字词，vector 语义"),
]


@router.get("/search", summary="检索段落")
def search(
    engine: EngineDep,
    views: ViewsDep,
    filters: FiltersDep,
    q: Annotated[str, Query(min_length=1, max_length=500, description="检索词")],
    k: Count = 10,
    mode: Mode = "fused",
) -> SearchOut:
    return SearchOut(query=q, hits=[views.passage(hit) for hit in engine.search(q, k, filters=filters, mode=mode)])


@router.get("/cases", summary="按需要、章节、主题或机构找案例")
def cases(
    engine: EngineDep,
    views: ViewsDep,
    filters: FiltersDep,
    q: Text = "",
    k: Count = 10,
    entity: Annotated[str, Query(max_length=200, description="提到这个实体的案例")] = "",
    theme: Annotated[str, Query(max_length=200, description="这个主题的案例")] = "",
) -> CasesOut:
    found = engine.cases(q, k, filters=filters, entity=entity, theme=theme)
    return CasesOut(query=q, cases=[views.case(hit) for hit in found])
