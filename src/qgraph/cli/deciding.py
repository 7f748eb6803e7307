"""`decide` and `decisions`: the journal of staff decisions on what was found."""

from __future__ import annotations

from typing import Annotated

import typer

from qgraph.cli.options import Index, Json, open_engine
from qgraph.cli.output import console, errors, show_json, show_table


def register(app: typer.Typer) -> None:
    """Adds these commands to the application."""
    app.command(
        "decide",
        help="人工决定：merge、split、rename、retype、wrong、confirmed、distinct、undo（下次建库生效）",
    )(decide)
    app.command("decisions", help="列出全部人工决定")(decisions)


def decide(
    kind: Annotated[
        str, typer.Argument(help="merge、split、rename、retype、wrong、confirmed、distinct（不是同一个）或 undo")
    ],
    target: Annotated[str, typer.Argument(help="实体（编号或名称）、陈述、指标值；undo 时为人工决定的编号")],
    who: Annotated[str, typer.Option(help="谁作的决定")],
    other: Annotated[
        list[str] | None, typer.Option(help="merge：并入的实体；distinct：另一个实体（可重复）", show_default=False)
    ] = None,
    alias: Annotated[list[str] | None, typer.Option(help="split：拆出的名称（可重复）", show_default=False)] = None,
    name: Annotated[str, typer.Option(help="rename、split：新的名称")] = "",
    new_type: Annotated[str, typer.Option("--type", help="retype：新的类型")] = "",
    note: Annotated[str, typer.Option(help="说明")] = "",
    index: Index = None,
    json: Json = False,
) -> None:
    with open_engine(index) as engine:
        made = engine.decide(
            kind, target, who, others=other or (), names=alias or (), name=name, type_=new_type, note=note
        )
    if json:
        show_json(made)
        return
    console.print(f"已记下 {made.id}，下次运行 qgraph build 时生效。")


def decisions(index: Index = None, json: Json = False) -> None:
    with open_engine(index) as engine:
        journal = engine.decisions()
    if json:
        show_json(journal)
        return
    active = {d.id for d in journal.active()}
    show_table(
        ["编号", "人工决定", "对象", "谁", "何时", "有效"],
        [
            (d.id, d.kind, "、".join(d.known_as[:1]) or d.target, d.who, d.when, "是" if d.id in active else "否")
            for d in journal.decisions
        ],
    )
    for line in journal.bad:
        errors.print(f"第 {line.number} 行不能用：{line.reason}", style="yellow", markup=False)
