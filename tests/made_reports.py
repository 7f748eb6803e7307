"""An engine over reports that a test makes up."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from qgraph.build import build
from qgraph.config import Settings
from qgraph.engine import Engine


@contextmanager
def engine_on(folder: Path, settings: Settings, *reports: str) -> Iterator[Engine]:
    """The engine on an index of these reports, built in the folder as a user would."""
    (folder / "corpus").mkdir()
    for number, report in enumerate(reports, 1):
        (folder / "corpus" / f"report{number}.txt").write_text(report, encoding="utf-8")
    build(folder / "corpus", folder / "index", settings)
    with Engine.open(folder / "index", settings) as engine:
        yield engine
