"""Texts → vectors. `Encoder` is the seam; `SentenceEncoder` does the work, `HashEncoder` is its public fake.

Vectors are float32 of unit length, one row a text, so that a dot product is a cosine. torch and
sentence-transformers take seconds to import: they are imported when the first text is encoded.
"""

from __future__ import annotations

import hashlib
import logging
import os
import threading
from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from qgraph.config import Settings
from qgraph.errors import ModelError
from qgraph.search import e5
from qgraph.search.cache import CachedEncoder
from qgraph.search.tokens import Tokens
from qgraph.text import bigrams

log = logging.getLogger(__name__)

Array = NDArray[np.float32]
Progress = Callable[[int, int], None]
"""Called with the number of texts done and of all texts."""

HASH = "hash"
_CHUNK = 64
_FEW = 8
# the last layer is bent to the one vector of the whole text; single tokens are told apart best by the one before it
_LAYER = -2

T = TypeVar("T")


class Encoder(Protocol):
    """What search needs of an encoder. `id` changes whenever the vectors of passages would."""

    @property
    def id(self) -> str: ...

    def encode_queries(self, texts: Sequence[str]) -> Array: ...

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Array: ...

    def query_tokens(self, texts: Sequence[str]) -> list[Tokens]: ...

    def passage_tokens(self, texts: Sequence[str], progress: Progress | None = None) -> list[Tokens]: ...

    def warm_up(self) -> None:
        """Loads what the first query would have to wait for."""


class SentenceEncoder:
    """Any sentence-transformers model, by folder or by a name that is in the local Hugging Face cache.

    `folder` "" means the built-in model, which is expanded below `models` on first use. Encoding is
    serialised by a lock: the fast tokenizers are not safe to share between threads.
    """

    def __init__(self, name: str, models: Path, query_prefix: str, passage_prefix: str) -> None:
        self._name = name
        self._models = models
        self._query_prefix = query_prefix
        self._passage_prefix = passage_prefix
        self._lock = threading.RLock()
        self._loaded: Any = None
        self._threads = 1

    @property
    def id(self) -> str:
        if not self._name:
            mark = f"{e5.NAME} {sorted(e5.stamp().items())}"
        elif Path(self._name).is_dir():
            mark = f"{Path(self._name).name} {_folder_mark(Path(self._name))}"
        else:
            mark = self._name
        return f"{mark} {self._passage_prefix!r}"

    def warm_up(self) -> None:
        self.query_tokens(["你好"])

    def encode_queries(self, texts: Sequence[str]) -> Array:
        """Vectors of questions. Raises ModelError."""
        return self._encode([self._query_prefix + text for text in texts], None)

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Array:
        """Vectors of passages. Raises ModelError."""
        return self._encode([self._passage_prefix + text for text in texts], progress)

    def query_tokens(self, texts: Sequence[str]) -> list[Tokens]:
        """Tokens of questions. Raises ModelError."""
        return self._tokens(self._query_prefix, texts, None)

    def passage_tokens(self, texts: Sequence[str], progress: Progress | None = None) -> list[Tokens]:
        """Tokens of passages. Raises ModelError."""
        return self._tokens(self._passage_prefix, texts, progress)

    def _encode(self, texts: list[str], progress: Progress | None) -> Array:
        def encode(model: Any, chunk: list[str]) -> list[Array]:
            return list(model.encode(chunk, normalize_embeddings=True, show_progress_bar=False))

        rows = self._in_chunks(texts, encode, progress)
        return np.stack(rows).astype(np.float32) if rows else np.zeros((0, 0), np.float32)

    def _tokens(self, prefix: str, texts: Sequence[str], progress: Progress | None) -> list[Tokens]:
        return self._in_chunks([prefix + text for text in texts], partial(_read_tokens, len(prefix)), progress)

    def _in_chunks(
        self, texts: Sequence[str], encode: Callable[[Any, list[str]], list[T]], progress: Progress | None
    ) -> list[T]:
        """What the model makes of the texts, in their order; the longest are encoded first to keep batches full."""
        found: dict[int, T] = {}
        with self._lock:
            model = self._model()
            _use_threads(1 if len(texts) <= _FEW else self._threads)
            order = sorted(range(len(texts)), key=lambda i: (-len(texts[i]), i))
            for start in range(0, len(order), _CHUNK):
                chunk = order[start : start + _CHUNK]
                try:
                    found |= dict(zip(chunk, encode(model, [texts[i] for i in chunk]), strict=True))
                except (RuntimeError, ValueError, IndexError, MemoryError) as error:
                    raise ModelError(
                        "编码模型在计算向量时出错，请检查内存和模型。", log=f"encoding failed: {error}"
                    ) from error
                if progress:
                    progress(min(start + _CHUNK, len(order)), len(order))
        return [found[i] for i in range(len(texts))]

    def _model(self) -> Any:
        if self._loaded is None:
            self._loaded = self._load()
        return self._loaded

    def _load(self) -> Any:
        source = self._name or str(e5.expand(self._models / e5.NAME))
        # no look-up on the network, unless the person who runs this asks for it
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        os.environ.setdefault("TRANSFORMERS_OFFLINE", "1")
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        try:
            import torch
            from sentence_transformers import SentenceTransformer
            from transformers.utils import logging as transformers_logging

            transformers_logging.disable_progress_bar()
            self._threads = torch.get_num_threads()
            return SentenceTransformer(source).float().eval()
        except Exception as error:  # the libraries raise whatever their own parts raise
            raise ModelError(
                f"编码模型“{source}”不能载入；请检查设置 encoder，或清空它以使用内置模型。",
                log=f"cannot load encoder {source}: {type(error).__name__}: {error}",
            ) from error


def _read_tokens(skipped: int, model: Any, texts: list[str]) -> list[Tokens]:
    """Tokens of texts, of which the first characters, the prefix that the model wants, do not count."""
    import torch

    features = model.tokenizer(
        texts,
        padding=True,
        truncation=True,
        max_length=model.max_seq_length,
        return_tensors="pt",
        return_offsets_mapping=True,
    )
    spans = features.pop("offset_mapping").numpy() - skipped
    with torch.inference_mode():
        layers = model[0].auto_model(**features, output_hidden_states=True).hidden_states
    vectors = layers[_LAYER].float().numpy()
    kept = features["attention_mask"].numpy().astype(bool)
    own = kept & (spans[:, :, 1] > np.maximum(spans[:, :, 0], 0))
    own |= kept & ~own.any(axis=1, keepdims=True)  # an empty text keeps what the model puts around it
    ids = features["input_ids"].numpy()
    return [Tokens.pack(ids[i][own[i]], np.maximum(spans[i][own[i]], 0), vectors[i][own[i]]) for i in range(len(texts))]


class HashEncoder:
    """A fake without a model, for tests and for trying things out: character bigrams hashed into `dim`
    cells. Deterministic; texts that share bigrams are near each other."""

    def __init__(self, dim: int = 256) -> None:
        self._dim = dim

    @property
    def id(self) -> str:
        return f"{HASH} {self._dim}"

    def warm_up(self) -> None:
        """Nothing to load."""

    def encode_queries(self, texts: Sequence[str]) -> Array:
        vectors = np.zeros((len(texts), self._dim), np.float32)
        for row, text in enumerate(texts):
            for gram in bigrams(text) or [text]:
                digest = hashlib.blake2b(gram.encode(), digest_size=4).digest()
                vectors[row, int.from_bytes(digest, "little") % self._dim] += 1
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / np.maximum(lengths, 1e-9), np.float32)

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Array:
        vectors = self.encode_queries(texts)
        if progress and texts:
            progress(len(texts), len(texts))
        return vectors

    def query_tokens(self, texts: Sequence[str]) -> list[Tokens]:
        return [self._cells(text) for text in texts]

    def passage_tokens(self, texts: Sequence[str], progress: Progress | None = None) -> list[Tokens]:
        if progress and texts:
            progress(len(texts), len(texts))
        return self.query_tokens(texts)

    def _cells(self, text: str) -> Tokens:
        """A token for every pair of characters."""
        pairs = [(at, text[at : at + 2]) for at in range(max(1, len(text) - 1))]
        vectors = np.concatenate([self.encode_queries([pair]) for _, pair in pairs])
        return Tokens.pack(
            vectors.argmax(axis=1).astype(np.int32), np.array([[at, at + len(p)] for at, p in pairs], np.int32), vectors
        )


def _use_threads(number: int) -> None:
    """A question is encoded as fast by one thread on an idle machine, and many times faster on a busy one."""
    import torch

    if torch.get_num_threads() != number:
        torch.set_num_threads(number)


def _folder_mark(folder: Path) -> str:
    """Short hash of names, sizes and times of the files of a model folder."""
    digest = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        status = path.stat()
        digest.update(f"{path.relative_to(folder)} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()[:16]


def load_encoder(settings: Settings) -> Encoder:
    """The encoder of the settings; nothing is loaded before it is used. The same settings give the same
    object, so that a model is in memory once. `settings.encoder` "hash" gives the fake."""
    if settings.encoder == HASH:
        return HashEncoder()
    return _shared(settings.encoder, settings.models, settings.query_prefix, settings.passage_prefix)


@lru_cache(maxsize=4)
def _shared(name: str, models: Path, query_prefix: str, passage_prefix: str) -> Encoder:
    inner = SentenceEncoder(name, models, query_prefix, passage_prefix)
    return CachedEncoder(inner, models / "vectors.sqlite")
