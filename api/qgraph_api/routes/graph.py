"""Entities, and all that the reports say of one."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from qgraph_api.deps import EngineDep, ViewsDep
from qgraph_api.schemas_graph import EntitiesOut, EntityViewOut

router = APIRouter(prefix="/entities", tags=["实体"])


@router.get("", summary="按名称或别名查实体")
def entities(
    engine: EngineDep,
    views: ViewsDep,
    q: Annotated[str, Query(max_length=200, description="名称里含有的字；空为全部")] = "",
    type: Annotated[str, Query(max_length=50, description="类型，如 Enterprise")] = "",
    limit: Annotated[int, Query(ge=1, le=1000, description="最多几个")] = 50,
) -> EntitiesOut:
    found = engine.entities(q, kind=type, limit=limit)
    return EntitiesOut(query=q, entities=[views.entity(e) for e in found])


@router.get("/{type}/{hash}", summary="关于一个实体的全部内容")
def entity(engine: EngineDep, views: ViewsDep, type: str, hash: str) -> EntityViewOut:
    return views.entity_view(engine.entity(f"{type}/{hash}"))
