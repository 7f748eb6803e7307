"""The index folder as a whole: its manifest, and the lock that keeps writers and readers apart."""

from __future__ import annotations

import fcntl
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from qgraph.errors import IndexFolderError

MANIFEST = "manifest.json"
JOURNAL = "decisions.jsonl"
_LOCK = ".lock"


def read_manifest(index: Path) -> dict[str, Any]:
    """The manifest of an index; empty when there is none or it is damaged."""
    try:
        content = json.loads((index / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, json.JSONDecodeError):
        return {}
    return content if isinstance(content, dict) else {}


def write_manifest(index: Path, content: dict[str, Any]) -> None:
    """Replaces the manifest in one step."""
    temporary = index / (MANIFEST + ".tmp")
    temporary.write_text(json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True), encoding="utf-8")
    temporary.replace(index / MANIFEST)


@contextmanager
def exclusive(index: Path) -> Iterator[None]:
    """Keeps two builds, or a build and a server, from working on one index. Raises IndexFolderError."""
    index.mkdir(parents=True, exist_ok=True)
    with (index / _LOCK).open("a") as handle:
        _lock(handle, fcntl.LOCK_EX, index)
        yield


def shared(index: Path) -> IO[str]:
    """A handle that keeps builds away while it is open. Raises IndexFolderError when one is running."""
    handle = (index / _LOCK).open("a")
    _lock(handle, fcntl.LOCK_SH, index)
    return handle


def _lock(handle: IO[str], kind: int, index: Path) -> None:
    try:
        fcntl.flock(handle, kind | fcntl.LOCK_NB)
    except BlockingIOError as error:
        handle.close()
        raise IndexFolderError(
            f"索引“{index}”正被另一个 qgraph 使用，请先停止它，或用 --index 指定别的文件夹。",
            log=f"index {index} is locked",
        ) from error
