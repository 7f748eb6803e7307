"""The application object: options common to all commands, error handling, exit codes."""

from __future__ import annotations

import logging
import sys
from typing import Annotated

import typer

from qgraph import __version__
from qgraph.cli import asking, data, deciding, measuring, serving
from qgraph.cli.output import errors
from qgraph.errors import QgraphError

app = typer.Typer(
    help="qgraph：高等职业教育质量年度报告的知识图谱与语义检索。",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
for module in (serving, asking, data, deciding, measuring):
    module.register(app)

log = logging.getLogger("qgraph")


def _version(value: bool) -> None:
    if value:
        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def common(
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="显示日志")] = False,
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="显示版本")] = False,
) -> None:
    """qgraph：高等职业教育质量年度报告的知识图谱与语义检索。"""
    logging.basicConfig(
        level=logging.INFO if verbose else logging.WARNING,
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
        stream=sys.stderr,
    )
    logging.getLogger("jieba").setLevel(logging.WARNING)


def main() -> None:
    """Runs the command line; a failure ends with its plain message and its own exit code."""
    try:
        app()
    except QgraphError as error:
        log.error("%s: %s", type(error).__name__, error.log)
        errors.print(f"错误：{error.message}", style="bold red", markup=False)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        sys.exit(0)
