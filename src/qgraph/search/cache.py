"""Vectors that were computed before: passages on disk by the hash of model and text, questions in memory.

A rebuild so encodes only what changed. The file may be deleted at any time; where it cannot be written
(a read-only model folder), everything is encoded as if it were not there.
"""

from __future__ import annotations

import hashlib
import logging
import sqlite3
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from qgraph.search.encoder import Encoder

log = logging.getLogger(__name__)

Array = NDArray[np.float32]
Progress = Callable[[int, int], None]

_QUERIES = 512
_KEPT_DAYS = 180
_DAY = 86_400
_SCHEMA = "CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, day INTEGER, vector BLOB) WITHOUT ROWID"
_ASKED_AT_ONCE = 500


class CachedEncoder:
    """An encoder that remembers. Vectors of passages are kept in half precision, and rounded to it even
    when they are fresh, so that a build gives the same index with and without the cache."""

    def __init__(self, inner: Encoder, file: Path) -> None:
        self._inner = inner
        self._file = file
        self._queries: OrderedDict[str, Array] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def id(self) -> str:
        return self._inner.id

    def warm_up(self) -> None:
        self._inner.warm_up()

    def encode_queries(self, texts: Sequence[str]) -> Array:
        with self._lock:
            known = {text: self._queries[text] for text in texts if text in self._queries}
        fresh = [text for text in dict.fromkeys(texts) if text not in known]
        if fresh:
            known |= dict(zip(fresh, self._inner.encode_queries(fresh), strict=True))
            with self._lock:
                for text in fresh:
                    self._queries[text] = known[text]
                while len(self._queries) > _QUERIES:
                    self._queries.popitem(last=False)
        return np.stack([known[text] for text in texts]) if texts else self._inner.encode_queries([])

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Array:
        keys = {text: hashlib.sha256(f"{self.id}\0{text}".encode()).digest()[:16] for text in texts}
        known = self._read([keys[text] for text in keys])
        fresh = [text for text in keys if keys[text] not in known]
        done = len(texts) - len(fresh)
        if progress and done:
            progress(done, len(texts))
        if fresh:
            tell = (lambda n, _: progress(done + n, len(texts))) if progress else None
            vectors = self._inner.encode_passages(fresh, tell).astype(np.float16)
            new = {keys[text]: vector for text, vector in zip(fresh, vectors, strict=True)}
            self._write(new)
            known |= new
        if not texts:
            return np.zeros((0, 0), np.float32)
        return np.stack([known[keys[text]] for text in texts]).astype(np.float32)

    def _read(self, keys: list[bytes]) -> dict[bytes, NDArray[np.float16]]:
        found: dict[bytes, NDArray[np.float16]] = {}
        today = int(time.time() / _DAY)
        with self._connection() as connection:
            if connection is None:
                return {}
            for start in range(0, len(keys), _ASKED_AT_ONCE):
                part = keys[start : start + _ASKED_AT_ONCE]
                marks = ",".join("?" * len(part))
                rows = connection.execute(f"SELECT key, vector FROM vectors WHERE key IN ({marks})", part)
                found |= {key: np.frombuffer(vector, np.float16) for key, vector in rows}
                connection.execute(
                    f"UPDATE vectors SET day = ? WHERE key IN ({marks}) AND day < ?", [today, *part, today]
                )
        return found

    def _write(self, vectors: dict[bytes, NDArray[np.float16]]) -> None:
        today = int(time.time() / _DAY)
        with self._connection() as connection:
            if connection is None:
                return
            connection.execute("DELETE FROM vectors WHERE day < ?", [today - _KEPT_DAYS])
            connection.executemany(
                "INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)",
                [(key, today, vector.tobytes()) for key, vector in vectors.items()],
            )

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection | None]:
        """A connection whose changes are committed at the end, or None where the file cannot be used."""
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(self._file, timeout=30)
            connection.execute(_SCHEMA)
        except (OSError, sqlite3.Error) as error:
            log.warning("no vector cache at %s: %s", self._file, error)
            yield None
            return
        try:
            yield connection
            connection.commit()
        except sqlite3.Error as error:
            log.warning("vector cache %s: %s", self._file, error)
        finally:
            connection.close()
