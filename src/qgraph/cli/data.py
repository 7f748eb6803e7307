"""`stats`, `export`, `audit` and `feedback`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from qgraph.cli.options import Index, Json, open_engine, settings_for
from qgraph.cli.output import console, show_citations, show_json, show_table
from qgraph.engine import FEEDBACK
from qgraph.errors import QueryError
from qgraph.export import export_gold
from qgraph.feedback import read, to_questions
from qgraph.jsonable import to_json_line


def register(app: typer.Typer) -> None:
    """Adds these commands to the application."""
    app.command("stats", help="索引里有什么")(stats)
    app.command("export", help="导出图谱")(export)
    app.command("audit", help="发布前的核对：数据、描述与文本的一致性")(audit)
    app.command("feedback", help="把被拒答、被否定的问题写成 eval 能读的题目")(feedback)


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
            (
                r.title,
                r.college,
                r.year,
                r.characters,
                r.sections,
                r.cases,
                r.tables,
                sum(r.entities.values()),
                sum(r.statements.values()),
                r.observations,
            )
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


def audit(
    report: Annotated[str, typer.Argument(help="报告编号（可空，表示全部）")] = "",
    everything: Annotated[bool, typer.Option("--all", help="也列出把握不大的和已说明的")] = False,
    explain: Annotated[str, typer.Option(help="把这一条（编号）标为已说明")] = "",
    undo: Annotated[str, typer.Option(help="撤销这一条（编号）的说明")] = "",
    note: Annotated[str, typer.Option(help="说明的内容")] = "",
    who: Annotated[str, typer.Option(help="说明人")] = "",
    index: Index = None,
    json: Json = False,
) -> None:
    with open_engine(index) as engine:
        if explain or undo:
            engine.explain(explain or undo, note=note, who=who, undo=bool(undo))
        findings = engine.audit(report, everything=everything)
    if json:
        show_json(findings)
        return
    for number, finding in enumerate(findings, 1):
        mark = f"（已说明：{finding.explained}）" if finding.explained else ""
        console.print(f"{number}. [{finding.title}] {finding.explanation}{mark}", style="bold", markup=False)
        console.print(f"   编号 {finding.id}，把握 {finding.confidence:.2f}", style="dim", markup=False)
        show_citations(finding.places)
    console.print(f"共 {len(findings)} 条。")


def feedback(
    target: Annotated[Path, typer.Argument(help="写到这个文件")],
    index: Index = None,
) -> None:
    folder = settings_for(index).index
    rows = to_questions(read(folder / FEEDBACK))
    target.write_text("".join(to_json_line(row) + "\n" for row in rows), encoding="utf-8")
    console.print(f"已写出 {len(rows)} 个问题。")
