"""Vectors that were computed before: of passages on disk by the hash of model and text, of questions in memory.

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
from typing import TYPE_CHECKING, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from qgraph.search.tokens import Tokens

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

T = TypeVar("T")


class _Recent(Generic[T]):
    """What was made of the last texts, in memory."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, T] = OrderedDict()
        self._lock = threading.Lock()

    def all(self, texts: Sequence[str], make: Callable[[list[str]], list[T]]) -> list[T]:
        """One for each text; what is not known is made."""
        with self._lock:
            known = {text: self._known[text] for text in texts if text in self._known}
        fresh = [text for text in dict.fromkeys(texts) if text not in known]
        if fresh:
            made = dict(zip(fresh, make(fresh), strict=True))
            known |= made
            with self._lock:
                self._known |= made
                while len(self._known) > _QUERIES:
                    self._known.popitem(last=False)
        return [known[text] for text in texts]


class CachedEncoder:
    """An encoder that remembers. Vectors of passages are kept in half precision, and rounded to it even
    when they are fresh, so that a build gives the same index with and without the cache."""

    def __init__(self, inner: Encoder, file: Path) -> None:
        self._inner = inner
        self._file = file
        self._queries: _Recent[Array] = _Recent()
        self._query_tokens: _Recent[Tokens] = _Recent()

    @property
    def id(self) -> str:
        return self._inner.id

    def warm_up(self) -> None:
        self._inner.warm_up()

    def encode_queries(self, texts: Sequence[str]) -> Array:
        found = self._queries.all(texts, lambda fresh: list(self._inner.encode_queries(fresh)))
        return np.stack(found) if found else self._inner.encode_queries([])

    def query_tokens(self, texts: Sequence[str]) -> list[Tokens]:
        return self._query_tokens.all(texts, self._inner.query_tokens)

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Array:
        def encode(fresh: Sequence[str], tell: Progress | None) -> list[bytes]:
            return [vector.astype(np.float16).tobytes() for vector in self._inner.encode_passages(fresh, tell)]

        kept = self._kept("", texts, encode, progress)
        if not kept:
            return np.zeros((0, 0), np.float32)
        return np.stack([np.frombuffer(vector, np.float16) for vector in kept]).astype(np.float32)

    def passage_tokens(self, texts: Sequence[str], progress: Progress | None = None) -> list[Tokens]:
        def encode(fresh: Sequence[str], tell: Progress | None) -> list[bytes]:
            return [tokens.to_bytes() for tokens in self._inner.passage_tokens(fresh, tell)]

        return [Tokens.from_bytes(data) for data in self._kept("tokens", texts, encode, progress)]

    def _kept(
        self,
        what: str,
        texts: Sequence[str],
        encode: Callable[[Sequence[str], Progress | None], list[bytes]],
        progress: Progress | None,
    ) -> list[bytes]:
        """What is kept for each text; what is not yet is made first."""
        keys = {text: hashlib.sha256(f"{self.id}{what}\0{text}".encode()).digest()[:16] for text in texts}
        known = self._read(list(keys.values()))
        fresh = [text for text in keys if keys[text] not in known]
        done = len(texts) - len(fresh)
        if progress and done:
            progress(done, len(texts))
        if fresh:
            tell = (lambda n, _: progress(done + n, len(texts))) if progress else None
            new = dict(zip([keys[text] for text in fresh], encode(fresh, tell), strict=True))
            self._write(new)
            known |= new
        return [known[keys[text]] for text in texts]

    def _read(self, keys: list[bytes]) -> dict[bytes, bytes]:
        found: dict[bytes, bytes] = {}
        today = int(time.time() / _DAY)
        with self._connection() as connection:
            if connection is None:
                return {}
            for start in range(0, len(keys), _ASKED_AT_ONCE):
                part = keys[start : start + _ASKED_AT_ONCE]
                marks = ",".join("?" * len(part))
                found |= dict(connection.execute(f"SELECT key, vector FROM vectors WHERE key IN ({marks})", part))
                connection.execute(
                    f"UPDATE vectors SET day = ? WHERE key IN ({marks}) AND day < ?", [today, *part, today]
                )
        return found

    def _write(self, vectors: dict[bytes, bytes]) -> None:
        today = int(time.time() / _DAY)
        with self._connection() as connection:
            if connection is None:
                return
            connection.execute("DELETE FROM vectors WHERE day < ?", [today - _KEPT_DAYS])
            connection.executemany(
                "INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)",
                [(key, today, vector) for key, vector in vectors.items()],
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
