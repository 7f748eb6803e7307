"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from qgraph.config import Settings, load_settings
from qgraph.engine import Engine
from qgraph.records import Filters

Index = Annotated[Path | None, typer.Option("--index", help="索引文件夹（默认取设置）", show_default=False)]
Json = Annotated[bool, typer.Option("--json", help="输出 JSON")]
Report = Annotated[list[str] | None, typer.Option("--report", help="只看这份报告（编号，可重复）", show_default=False)]
Year = Annotated[list[int] | None, typer.Option("--year", help="只看这一年度（可重复）", show_default=False)]
College = Annotated[list[str] | None, typer.Option("--college", help="只看这所学校（可重复）", show_default=False)]
Chapter = Annotated[
    list[str] | None,
    typer.Option("--chapter", help="只看这一章节，如 2 或 2.1（可重复）", show_default=False),
]


def settings_for(index: Path | None) -> Settings:
    """Settings with the index folder given on the command line, if any."""
    return load_settings(index=index)


def open_engine(index: Path | None) -> Engine:
    """The engine on the index that was asked for. Raises IndexFolderError."""
    settings = settings_for(index)
    return Engine.open(settings.index, settings)


def filters_of(
    report: list[str] | None, year: list[int] | None, college: list[str] | None, chapter: list[str] | None
) -> Filters:
    """The bounds given on the command line."""
    return Filters(tuple(report or ()), tuple(year or ()), tuple(college or ()), tuple(chapter or ()))
