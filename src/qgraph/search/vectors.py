"""Nearest vectors by cosine, with FAISS. Rows are numbered from 0, as in the matrix that was indexed.

By the size of the matrix:

| rows | index | search |
|---|---|---|
| up to 50,000 | Flat | exact |
| up to 1,000,000 | IVF, cells found by an HNSW graph over their centres | 1/16 of the cells, exact within |
| more | the same, vectors packed by product quantisation (384 floats in 96 bytes) | ten times as many
  candidates, ranked again by the exact vectors |
"""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from qgraph.errors import IndexFolderError

Array = NDArray[np.float32]
Rows = NDArray[np.int64]

EXACT_ROWS = 50_000
CELL_ROWS = 1_000_000
_PROBED = 16  # one cell in so many is searched
_OVERSAMPLED = 10
_TRAINED_PER_CELL = 64
_FLOATS_PER_BYTE = 4
_VERSION = 1


@dataclass(frozen=True, slots=True)
class VectorMeta:
    """What the vectors are: model that made them, length of a vector, number of rows, kind of index."""

    model: str
    dim: int
    count: int
    kind: str
    version: int = _VERSION


def index_kind(rows: int, exact: int = EXACT_ROWS, cells: int = CELL_ROWS) -> str:
    """ "flat", "ivf" or "ivfpq"."""
    return "flat" if rows <= exact else "ivf" if rows <= cells else "ivfpq"


def _factory(kind: str, rows: int, dim: int) -> str:
    if kind == "flat":
        return "Flat"
    cells = max(1, 2 ** round(math.log2(4 * math.sqrt(rows))))
    if kind == "ivf":
        return f"IVF{cells}_HNSW32,Flat"
    parts = max(p for p in range(1, dim + 1) if dim % p == 0 and p <= max(1, dim // _FLOATS_PER_BYTE))
    return f"IVF{cells}_HNSW32,PQ{parts}"


class VectorIndex:
    """An index in memory over a matrix of unit rows (which may be mapped from disk)."""

    def __init__(self, index: Any, matrix: NDArray[Any], meta: VectorMeta) -> None:
        self._index = index
        self.matrix = matrix
        self.meta = meta

    @classmethod
    def build(cls, matrix: Array, model: str, *, exact: int = EXACT_ROWS, cells: int = CELL_ROWS) -> VectorIndex:
        """Index of the kind that the size asks for. `exact` and `cells` are the bounds of the table above."""
        rows, dim = matrix.shape
        kind = index_kind(rows, exact, cells)
        index: Any = None
        if rows:
            index = faiss.index_factory(dim, _factory(kind, rows, dim), faiss.METRIC_INNER_PRODUCT)
            if kind != "flat":
                index.train(_sample(matrix, index.nlist * _TRAINED_PER_CELL))
                index.nprobe = max(1, index.nlist // _PROBED)
                centres: Any = faiss.downcast_index(index.quantizer)
                centres.hnsw.efSearch = max(64, 2 * index.nprobe)
            index.add(np.ascontiguousarray(matrix, np.float32))
        return cls(index, matrix, VectorMeta(model, dim, rows, kind))

    def search(self, query: Array, k: int) -> tuple[Rows, Array]:
        """Rows nearest to one vector and their cosines, best first; at most `k`."""
        k = min(k, self.meta.count)
        if k < 1:
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        faiss.omp_set_num_threads(1)  # one query is too little work to share; counts for this thread only
        wanted = min(self.meta.count, k * _OVERSAMPLED) if self.meta.kind == "ivfpq" else k
        scores, rows = self._index.search(np.ascontiguousarray(query, np.float32).reshape(1, -1), wanted)
        found = rows[0] >= 0
        near, cosines = rows[0][found].astype(np.int64), scores[0][found]
        if self.meta.kind == "ivfpq":
            cosines = self.cosines(query, near)
        order = np.lexsort((near, -cosines))[:k]
        return near[order], np.asarray(cosines[order], np.float32)

    def cosines(self, query: Array, rows: Rows) -> Array:
        """Exact cosines of one vector with some rows."""
        return np.asarray(self.matrix[rows] @ query.astype(np.float32), np.float32)

    def save(self, folder: Path) -> None:
        """Writes index, matrix and, last of all, the description, each by renaming a finished file."""
        folder.mkdir(parents=True, exist_ok=True)
        try:
            if self._index is not None:
                faiss.write_index(self._index, str(folder / "index.faiss.new"))
                (folder / "index.faiss.new").replace(folder / "index.faiss")
            save_matrix(folder / "matrix.npy", self.matrix)
            description = folder / "vectors.json.new"
            description.write_text(json.dumps(asdict(self.meta), ensure_ascii=False, indent=2), encoding="utf-8")
            description.replace(folder / "vectors.json")
        except (OSError, RuntimeError) as error:
            raise IndexFolderError(
                f"向量索引“{folder}”不能写入：{error}", log=f"writing vectors in {folder}: {error}"
            ) from error

    @classmethod
    def load(cls, folder: Path) -> VectorIndex:
        """The saved index, its matrix mapped from disk. Raises IndexFolderError."""
        try:
            meta = VectorMeta(**json.loads((folder / "vectors.json").read_text(encoding="utf-8")))
            matrix = load_matrix(folder / "matrix.npy")
            index = faiss.read_index(str(folder / "index.faiss")) if meta.count else None
        except (OSError, EOFError, ValueError, TypeError, RuntimeError) as error:
            raise _damaged(folder, str(error)) from error
        held = (matrix.shape[0], matrix.shape[1], 0 if index is None else index.ntotal)
        if meta.version != _VERSION or held != (meta.count, meta.dim, meta.count):
            raise _damaged(folder, f"description {meta} does not fit {held}")
        return cls(index, matrix, meta)


def save_matrix(path: Path, matrix: NDArray[Any]) -> None:
    """Writes a matrix by renaming a finished file."""
    new = path.with_name(path.name + ".new")
    with new.open("wb") as file:
        np.save(file, matrix)
    new.replace(path)


def load_matrix(path: Path) -> NDArray[Any]:
    """The matrix, mapped from disk."""
    matrix: NDArray[Any] = np.load(path, mmap_mode="r" if path.stat().st_size > 128 else None, allow_pickle=False)
    return matrix


def _sample(matrix: Array, size: int) -> Array:
    """At most `size` rows spread evenly over the matrix."""
    step = max(1, len(matrix) // max(1, size))
    return np.ascontiguousarray(matrix[::step][:size], np.float32)


def _damaged(folder: Path, reason: str) -> IndexFolderError:
    return IndexFolderError("向量索引缺失或已损坏，请运行 qgraph index rebuild。", log=f"vectors in {folder}: {reason}")
