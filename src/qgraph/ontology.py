"""The only road to the data files in ontology/: lexicons (TSV), patterns and rules (TOML), queries (.rq).

Lexicon files start with a header row; "#" begins a comment line. Aliases inside a cell are separated
by "|".
"""

from __future__ import annotations

import csv
import os
import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from qgraph.errors import OntologyError


def ontology_dir() -> Path:
    """Folder of the ontology: QGRAPH_ONTOLOGY, else beside the sources, else inside the installed package."""
    given = os.environ.get("QGRAPH_ONTOLOGY")
    if given:
        return Path(given)
    beside = Path(__file__).resolve().parents[2] / "ontology"
    return beside if beside.is_dir() else Path(__file__).resolve().parent / "_ontology"


def ontology_path(name: str) -> Path:
    """Path of one file, which must exist. Raises OntologyError."""
    path = ontology_dir() / name
    if not path.is_file():
        raise OntologyError(f"缺少知识文件 {name}，请检查 ontology 文件夹。", log=f"ontology file missing: {path}")
    return path


@cache
def read_lexicon(name: str) -> tuple[dict[str, str], ...]:
    """Rows of ontology/lexicon/{name}.tsv as dictionaries by column. Raises OntologyError."""
    path = ontology_path(f"lexicon/{name}.tsv")
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip() and line[0] != "#"]
    rows = []
    for number, row in enumerate(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE), 2):
        if None in row:
            raise OntologyError(
                f"知识文件 lexicon/{name}.tsv 第 {number} 行的列数不对。",
                log=f"{path}: too many columns in row {number}",
            )
        rows.append({key: (value or "").strip() for key, value in row.items()})
    return tuple(rows)


@cache
def read_patterns(name: str) -> dict[str, Any]:
    """Content of ontology/patterns/{name}.toml. Raises OntologyError."""
    path = ontology_path(f"patterns/{name}.toml")
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise OntologyError(f"知识文件 patterns/{name}.toml 格式有误：{error}", log=f"{path}: {error}") from error


@cache
def read_regex(name: str, section: str, key: str) -> re.Pattern[str]:
    """A regular expression of a section of ontology/patterns/{name}.toml. Raises OntologyError."""
    return re.compile(read_patterns(name)[section][key])


def read_query(name: str) -> str:
    """Text of ontology/queries/{name}.rq. Raises OntologyError."""
    return ontology_path(f"queries/{name}.rq").read_text(encoding="utf-8")


def split_aliases(cell: str) -> tuple[str, ...]:
    """Parts of a "|"-separated cell, empty ones dropped."""
    return tuple(part.strip() for part in cell.split("|") if part.strip())
