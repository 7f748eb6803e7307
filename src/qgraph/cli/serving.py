"""`build`, `index rebuild` and `serve`."""

from __future__ import annotations

from pathlib import Path
from threading import Thread
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from qgraph.cli.options import Index, Json
from qgraph.cli.output import console, errors, show_json
from qgraph.config import load_settings


class ProgressBars:
    """Progress on the terminal: one bar a stage, with the rate and the time left."""

    def __init__(self) -> None:
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(),
            console=errors,
        )
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> ProgressBars:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def __call__(self, stage: str, done: int, total: int) -> None:
        if stage not in self._tasks:
            self._tasks[stage] = self._progress.add_task(stage, total=total, rate="")
        task = self._tasks[stage]
        speed = self._progress.tasks[task].speed
        self._progress.update(task, completed=done, total=total, rate=f"{speed:.1f}/秒" if speed else "")


def register(app: typer.Typer) -> None:
    """Adds these commands to the application."""
    app.command("build", help="读取报告，建立图谱与索引（只重做有变化的部分）")(build_command)
    app.command("serve", help="启动网页与接口")(serve_command)
    index = typer.Typer(help="索引的维护")
    index.command("rebuild", help="由图谱重建全文索引与向量索引")(rebuild_command)
    app.add_typer(index, name="index")


def build_command(
    corpus: Annotated[
        Path | None, typer.Option("--corpus", help="报告文件夹（默认取设置）", show_default=False)
    ] = None,
    index: Index = None,
    json: Json = False,
) -> None:
    from qgraph.build import build  # loads the extractors, which the other commands do not need

    settings = load_settings(corpus=corpus, index=index)
    with ProgressBars() as bars:
        result = build(settings.corpus, settings.index, settings, bars)
    if json:
        show_json(result)
        return
    for path, reason in result.failed.items():
        errors.print(f"没有收入 {path}：{reason}", style="yellow", markup=False)
    if not result.built and not result.removed:
        console.print(f"索引已是最新（{len(result.kept)} 份报告）。")
        return
    seconds = sum(result.seconds.values())
    counts = f"新建或更新 {len(result.built)} 份，移除 {len(result.removed)} 份，未变 {len(result.kept)} 份"
    console.print(f"{counts}，用时 {seconds:.1f} 秒。")


def rebuild_command(index: Index = None) -> None:
    from qgraph.build import rebuild_index

    settings = load_settings(index=index)
    with ProgressBars() as bars:
        count = rebuild_index(settings.index, settings, bars)
    console.print(f"已由图谱重建索引：{count} 个段落。")


def serve_command(
    index: Index = None,
    host: Annotated[str | None, typer.Option(help="地址", show_default=False)] = None,
    port: Annotated[int | None, typer.Option(help="端口", show_default=False)] = None,
) -> None:
    import uvicorn
    from qgraph_api import create_app

    from qgraph.engine import Engine

    settings = load_settings(index=index, host=host, port=port)
    with Engine.open(settings.index, settings) as engine:
        # the first question need not wait for the encoder, nor the page for either
        Thread(target=engine.warm_up, name="warm-up", daemon=True).start()
        console.print(f"qgraph 已启动：http://{settings.host}:{settings.port} （按 Ctrl+C 停止）")
        uvicorn.run(create_app(engine, settings), host=settings.host, port=settings.port, log_level="warning")
