"""Fixtures that several test files share; the heavy ones are made once a run."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from qgraph.config import Settings
from qgraph.records import Document, Extraction

ROOT = Path(__file__).resolve().parents[1]
REPORT = next((ROOT / "corpus").glob("*.txt"))
SECOND = next((ROOT / "tests/data/second_report").glob("*.txt"))


@pytest.fixture(scope="session")
def document() -> Document:
    """The real report, read."""
    from qgraph.reading import read_report

    return read_report(REPORT)


@pytest.fixture(scope="session")
def extraction(document: Document) -> Extraction:
    """What is mined from the real report."""
    from qgraph.extraction import extract

    return extract(document)


@pytest.fixture(scope="session")
def settings() -> Settings:
    """Settings with the project's own model folder, so that the encoder is expanded once."""
    return Settings(models=ROOT / ".models")


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> Path:
    """An index of the real report, built as a user would."""
    from qgraph.build import build

    folder = tmp_path_factory.mktemp("index")
    build(ROOT / "corpus", folder, settings)
    return folder


@pytest.fixture(scope="session")
def engine(index: Path, settings: Settings) -> Iterator[Any]:
    """The engine on that index."""
    from qgraph.engine import Engine

    with Engine.open(index, settings) as opened:
        yield opened


@pytest.fixture(scope="session")
def alone(tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> Iterator[Any]:
    """The engine on the made-up second report."""
    from qgraph.build import build
    from qgraph.engine import Engine

    folder = tmp_path_factory.mktemp("alone")
    build(SECOND.parent, folder, settings)
    with Engine.open(folder, settings) as opened:
        yield opened


@pytest.fixture(scope="session")
def together(tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> Iterator[Any]:
    """The engine on both reports, built as one."""
    from qgraph.build import build
    from qgraph.engine import Engine

    folder = tmp_path_factory.mktemp("together")
    shutil.copytree(ROOT / "corpus", folder / "corpus")
    shutil.copy(SECOND, folder / "corpus")
    build(folder / "corpus", folder / "index", settings)
    with Engine.open(folder / "index", settings) as opened:
        yield opened


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """A headless browser."""
    from browser import headless

    with headless() as browser:
        yield browser


@pytest.fixture
def tab(chromium: Any) -> Iterator[Any]:
    """A tab that fails the test when a page has a script error, breaks its content policy or loads from outside."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    page = context.new_page()
    page.set_default_timeout(20_000)
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(f"script: {error}"))
    page.on("console", lambda m: troubles.append(f"console: {m.text}") if m.type == "error" else None)
    page.on(
        "request",
        lambda r: None if r.url.startswith(("http://127.0.0.1", "data:", "blob:")) else troubles.append(r.url),
    )
    yield page
    context.close()
    assert not troubles
