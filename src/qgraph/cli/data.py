"""`stats` and `export`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from qgraph.cli.options import Index, Json, open_engine
from qgraph.cli.output import console, show_json, show_table
from qgraph.errors import QueryError
from qgraph.export import export_gold


def register(app: typer.Typer) -> None:
    """Adds these commands to the application."""
    app.command("stats", help="索引里有什么")(stats)
    app.command("export", help="导出图谱")(export)


def stats(index: Index = None, json: Json = False) -> None:
    with open_engine(index) as engine:
        content = engine.stats()
        reports = engine.reports()
    if json:
        show_json(content)
        return
    show_table(
        ["报告", "学校", "年度", "字数", "章节", "案例", "表", "实体", "陈述", "指标值"],
        [
            (r.title, r.college, r.year, r.characters, r.sections, r.cases, r.tables,
             sum(r.entities.values()), sum(r.statements.values()), r.observations)
            for r in reports
        ],
    )
    console.print(f"三元组 {content['triples']}，段落 {content['passages']}。", markup=False)


def export(
    target: Annotated[Path, typer.Argument(help="输出到的文件夹（gold）或文件")],
    kind: Annotated[str, typer.Option("--format", help="gold、nq、ttl、jsonld、xml")] = "gold",
    index: Index = None,
    json: Json = False,
) -> None:
    with open_engine(index) as engine:
        if kind == "gold":
            counts = export_gold(engine.knowledge, target)
        elif kind in ("nq", "ttl", "jsonld", "xml"):
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(engine.store.canonical() if kind == "nq" else engine.store.serialize(kind))
            counts = {"bytes": target.stat().st_size}
        else:
            raise QueryError(f"不认识的格式“{kind}”，可用 gold、nq、ttl、jsonld、xml。", log=f"format {kind}")
    if json:
        show_json(counts)
        return
    console.print("已导出：" + "，".join(f"{k} {v}" for k, v in counts.items()), markup=False)
