"""The vector index: kinds by size, recall against brute force, files."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from qgraph.errors import IndexFolderError
from qgraph.search.vectors import CELL_ROWS, EXACT_ROWS, VectorIndex, index_kind

DIM = 32
KINDS = {"flat": (10_000, 20_000), "ivf": (100, 20_000), "ivfpq": (100, 200)}


def clustered(rows: int, seed: int = 0) -> NDArray[np.float32]:
    """Unit vectors in clusters, as vectors of texts are."""
    random = np.random.default_rng(seed)
    centres = np.random.default_rng(99).normal(size=(60, DIM))
    points = centres[random.integers(0, 60, rows)] + 0.6 * random.normal(size=(rows, DIM))
    return (points / np.linalg.norm(points, axis=1, keepdims=True)).astype(np.float32)


@pytest.fixture(scope="module")
def matrix() -> NDArray[np.float32]:
    return clustered(6_000)


@pytest.fixture(scope="module")
def built(matrix: NDArray[np.float32]) -> dict[str, VectorIndex]:
    """One index of each kind over the same matrix."""
    return {
        kind: VectorIndex.build(matrix, "model of the test", exact=exact, cells=cells)
        for kind, (exact, cells) in KINDS.items()
    }


@pytest.mark.parametrize(
    ("rows", "kind"),
    [(0, "flat"), (1, "flat"), (EXACT_ROWS, "flat"), (EXACT_ROWS + 1, "ivf"), (CELL_ROWS, "ivf"), (10**7, "ivfpq")],
)
def test_kind_follows_size(rows: int, kind: str) -> None:
    assert index_kind(rows) == kind


@pytest.mark.parametrize(("kind", "recall"), [("flat", 1.0), ("ivf", 0.9), ("ivfpq", 0.9)])
def test_recall_against_brute_force(
    matrix: NDArray[np.float32], built: dict[str, VectorIndex], kind: str, recall: float
) -> None:
    index = built[kind]
    assert index.meta.kind == kind
    queries = clustered(50, seed=1)
    truth = np.argsort(-(queries @ matrix.T), axis=1)[:, :10]
    hits = sum(len(set(index.search(q, 10)[0]) & set(t)) for q, t in zip(queries, truth, strict=True))
    assert hits / truth.size >= recall


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_cosines_are_exact_and_fall(
    matrix: NDArray[np.float32], built: dict[str, VectorIndex], kind: str
) -> None:
    query = clustered(1, seed=2)[0]
    rows, cosines = built[kind].search(query, 20)
    assert cosines == pytest.approx(matrix[rows] @ query, abs=1e-5)
    assert list(cosines) == sorted(cosines, reverse=True)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_saved_index_finds_the_same(built: dict[str, VectorIndex], tmp_path: Path, kind: str) -> None:
    index = built[kind]
    index.save(tmp_path)
    loaded = VectorIndex.load(tmp_path)
    query = clustered(1, seed=3)[0]
    assert np.array_equal(loaded.search(query, 10)[0], index.search(query, 10)[0])
    assert loaded.meta == index.meta
    assert (loaded.meta.model, loaded.meta.dim, loaded.meta.count) == ("model of the test", DIM, 6_000)


def test_two_builds_give_the_same_files(matrix: NDArray[np.float32], tmp_path: Path) -> None:
    for name in "ab":
        VectorIndex.build(matrix, "m", exact=100).save(tmp_path / name)
    for file in (tmp_path / "a").iterdir():
        assert file.read_bytes() == (tmp_path / "b" / file.name).read_bytes(), file.name


def test_more_asked_than_there_is() -> None:
    rows, _ = VectorIndex.build(clustered(3), "m").search(clustered(1)[0], 10)
    assert sorted(rows) == [0, 1, 2]


@pytest.mark.parametrize("k", [0, -1])
def test_none_asked(k: int) -> None:
    assert VectorIndex.build(clustered(3), "m").search(clustered(1)[0], k)[0].size == 0


def test_empty_index(tmp_path: Path) -> None:
    VectorIndex.build(np.zeros((0, 0), np.float32), "m").save(tmp_path)
    assert VectorIndex.load(tmp_path).search(clustered(1)[0], 5)[0].size == 0


def test_equal_vectors_stand_in_the_order_of_rows() -> None:
    rows, _ = VectorIndex.build(np.repeat(clustered(1), 5, axis=0), "m").search(clustered(1)[0], 5)
    assert list(rows) == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("name", ["index.faiss", "matrix.npy", "vectors.json"])
@pytest.mark.parametrize("damage", ["missing", "empty", "cut"])
def test_damaged_file_is_explained(tmp_path: Path, name: str, damage: str) -> None:
    VectorIndex.build(clustered(50), "m").save(tmp_path)
    path = tmp_path / name
    content = path.read_bytes()
    path.unlink()
    if damage != "missing":
        path.write_bytes(b"" if damage == "empty" else content[: len(content) // 2])
    with pytest.raises(IndexFolderError, match="rebuild"):
        VectorIndex.load(tmp_path)


def test_files_of_two_indexes_do_not_mix(tmp_path: Path) -> None:
    VectorIndex.build(clustered(50), "m").save(tmp_path / "a")
    VectorIndex.build(clustered(60), "m").save(tmp_path / "b")
    (tmp_path / "a" / "index.faiss").replace(tmp_path / "b" / "index.faiss")
    with pytest.raises(IndexFolderError):
        VectorIndex.load(tmp_path / "b")


def test_saving_leaves_no_unfinished_files(tmp_path: Path) -> None:
    VectorIndex.build(clustered(5), "m").save(tmp_path)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["index.faiss", "matrix.npy", "vectors.json"]
