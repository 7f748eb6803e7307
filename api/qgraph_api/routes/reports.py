"""Reports, counts, and whether the service is well."""

from __future__ import annotations

from fastapi import APIRouter

from qgraph import __version__
from qgraph_api.deps import EngineDep, SettingsDep, ViewsDep
from qgraph_api.schemas_graph import HealthOut, ReportDetailOut, ReportsOut, StatsOut

router = APIRouter(tags=["报告"])


@router.get("/reports", summary="全部报告")
def reports(engine: EngineDep, views: ViewsDep) -> ReportsOut:
    return ReportsOut(reports=[views.report(r) for r in engine.reports()])


@router.get("/reports/{report}", summary="一份报告的结构与全文")
def report(engine: EngineDep, views: ViewsDep, report: str) -> ReportDetailOut:
    return views.report_detail(engine.report(report))


@router.get("/stats", summary="整个知识库的概况")
def stats(views: ViewsDep) -> StatsOut:
    return views.stats()


@router.get("/health", summary="服务状态")
def health(engine: EngineDep, settings: SettingsDep) -> HealthOut:
    return HealthOut(
        ok=True,
        version=__version__,
        reports=len(engine.knowledge.records),
        passages=len(engine.knowledge.passages),
        allow_changes=settings.allow_changes,
    )
