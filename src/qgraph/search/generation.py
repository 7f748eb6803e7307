"""One state of the search index on disk, and the step from one state to the next.

    FOLDER/current             name of the generation that is valid
    FOLDER/g12/state.json      format, encoder, digest of every report's passages
    FOLDER/g12/passages.jsonl  the passages, in order
    FOLDER/g12/text/           tantivy
    FOLDER/g12/vectors/        FAISS, one vector a passage
    FOLDER/g12/sentences.npy   one vector a sentence (half precision), in order of the passages
    FOLDER/g12/starts.npy      first row of each passage in sentences.npy, and the number of rows

A generation is never changed. A new one is written beside it, `current` is replaced, the old one goes; a
crash at any moment leaves one whole generation valid, and readers that hold the old one keep reading it.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qgraph.errors import IndexFolderError
from qgraph.records import Passage
from qgraph.search.encoder import Encoder
from qgraph.search.fulltext import FullText, write_fulltext
from qgraph.search.vectors import VectorIndex, load_matrix, save_matrix
from qgraph.text import sentence_spans

Progress = Callable[[int, int], None]

_FORMAT = 1  # counts up when passages are cut, weighed or stored differently
_CURRENT = "current"
_DELETED_SHARE = 0.1


@dataclass(frozen=True)
class Generation:
    """An open generation; everything in it is only read."""

    name: str
    encoder: str
    reports: Mapping[str, str]
    passages: tuple[Passage, ...]
    text: FullText
    vectors: VectorIndex
    sentences: NDArray[np.float16]
    starts: NDArray[np.int64]

    @cached_property
    def rows(self) -> Mapping[str, int]:
        """Row of each passage by its id."""
        return {passage.id: row for row, passage in enumerate(self.passages)}


def split_sentences(passage: Passage) -> list[tuple[str, str]]:
    """(sentence id, text) of a passage. Where the text does not fall into as many sentences as the passage
    names, the whole text stands for its first sentence."""
    if passage.kind == "table":
        texts = [line for line in passage.text.split("\n") if line.strip()]
    else:
        texts = [passage.text[start:end] for start, end in sentence_spans(passage.text)]
    if len(texts) != len(passage.sentences):
        return [(passage.sentences[0] if passage.sentences else "", passage.text)]
    return list(zip(passage.sentences, texts, strict=True))


def open_generation(folder: Path) -> Generation:
    """The valid generation. Raises IndexFolderError when there is none or it is damaged."""
    while True:
        name = _current(folder)
        try:
            return _open(folder / name, name)
        except IndexFolderError:
            if _current(folder) == name:  # else another process has just replaced it
                raise


def write_generation(
    folder: Path, passages: Iterable[Passage], encoder: Encoder, progress: Progress | None = None
) -> Generation:
    """Brings the folder to hold exactly these passages; only reports that changed are indexed again.

    Raises IndexFolderError, ModelError; the old generation then stays valid.
    """
    ordered = tuple(passages)
    reports = _digests(ordered)
    old = _readable(folder)
    if old and old.reports == reports and old.encoder == encoder.id and old.passages == ordered:
        return old
    name = f"g{int(old.name[1:]) + 1 if old else 1}"
    target = folder / name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir()
        _write_text(target / "text", ordered, reports, old, folder)
        _write_vectors(target, ordered, encoder, progress)
        with (target / "passages.jsonl").open("w", encoding="utf-8") as file:
            for passage in ordered:
                file.write(json.dumps(asdict(passage), ensure_ascii=False) + "\n")
        state = {"format": _FORMAT, "encoder": encoder.id, "reports": reports}
        (target / "state.json").write_text(json.dumps(state, ensure_ascii=False, indent=2), encoding="utf-8")
        new = folder / f"{_CURRENT}.new"
        new.write_text(name, encoding="utf-8")
        new.replace(folder / _CURRENT)
    except OSError as error:
        raise IndexFolderError(f"检索索引“{folder}”不能写入：{error}", log=f"writing {target}: {error}") from error
    for other in folder.glob("g*"):
        if other.name != name:
            shutil.rmtree(other, ignore_errors=True)
    return _open(target, name)


def _write_text(
    target: Path, passages: Sequence[Passage], reports: Mapping[str, str], old: Generation | None, folder: Path
) -> None:
    """Full text: changed reports out of the old index and in again, or all anew where much has changed,
    since passages taken out still count in the frequencies of words."""
    before = old.reports if old else {}
    changed = {report for report, digest in reports.items() if before.get(report) != digest}
    gone = {report for report, digest in before.items() if reports.get(report) != digest}
    if old and sum(p.report in gone for p in old.passages) <= _DELETED_SHARE * len(old.passages):
        _link(folder / old.name / "text", target)
        write_fulltext(target, [p for p in passages if p.report in changed], sorted(gone))
    else:
        write_fulltext(target, passages)


def _write_vectors(target: Path, passages: Sequence[Passage], encoder: Encoder, progress: Progress | None) -> None:
    sentences = [[text for _, text in split_sentences(passage)] for passage in passages]
    whole = [f"{passage.heading}\n{passage.text}" for passage in passages]
    parts = [text for texts in sentences for text in texts]
    matrix = encoder.encode_passages([*whole, *parts], progress)
    VectorIndex.build(matrix[: len(whole)], encoder.id).save(target / "vectors")
    save_matrix(target / "sentences.npy", matrix[len(whole) :].astype(np.float16))
    save_matrix(target / "starts.npy", np.cumsum([0, *map(len, sentences)], dtype=np.int64))


def _link(source: Path, target: Path) -> None:
    """A copy of a full-text folder; segments, which never change, are shared where the disk can do that."""
    target.mkdir()
    for path in sorted(source.iterdir()):
        if path.name.endswith(".lock"):
            continue
        if path.suffix == ".json":
            shutil.copyfile(path, target / path.name)
            continue
        try:
            os.link(path, target / path.name)
        except OSError:
            shutil.copyfile(path, target / path.name)


def _digests(passages: Sequence[Passage]) -> dict[str, str]:
    digests: dict[str, Any] = {}
    for passage in passages:
        digest = digests.setdefault(passage.report, hashlib.sha256())
        digest.update(json.dumps(asdict(passage), ensure_ascii=False).encode())
    return {report: digest.hexdigest() for report, digest in sorted(digests.items())}


def _current(folder: Path) -> str:
    try:
        return (folder / _CURRENT).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise IndexFolderError(
            f"“{folder}”里没有检索索引，请先运行 qgraph build。", log=f"no search index in {folder}"
        ) from error


def _readable(folder: Path) -> Generation | None:
    """The valid generation if it can be built on, else None."""
    try:
        return open_generation(folder)
    except IndexFolderError:
        return None


def _open(folder: Path, name: str) -> Generation:
    try:
        state = json.loads((folder / "state.json").read_text(encoding="utf-8"))
        if state["format"] != _FORMAT:
            raise IndexFolderError(
                "检索索引由另一版本的 qgraph 建立，请运行 qgraph index rebuild。",
                log=f"search index format {state['format']}, wanted {_FORMAT}",
            )
        lines = (folder / "passages.jsonl").read_text(encoding="utf-8").splitlines()
        passages = tuple(_passage(json.loads(line)) for line in lines)
        sentences, starts = load_matrix(folder / "sentences.npy"), load_matrix(folder / "starts.npy")
        encoder, reports = str(state["encoder"]), dict(state["reports"])
    except (OSError, EOFError, ValueError, KeyError, TypeError) as error:
        raise _damaged(folder, str(error)) from error
    text, vectors = FullText(folder / "text"), VectorIndex.load(folder / "vectors")
    held = (text.count, vectors.meta.count, len(starts) - 1)
    if held != (len(passages),) * 3:
        raise _damaged(folder, f"{len(passages)} passages, but {held} in text, vectors, sentences")
    return Generation(name, encoder, reports, passages, text, vectors, sentences, starts)


def _passage(row: dict[str, Any]) -> Passage:
    return Passage(**{**row, "sentences": tuple(row["sentences"])})


def _damaged(folder: Path, reason: str) -> IndexFolderError:
    return IndexFolderError(
        "检索索引缺失或已损坏，请运行 qgraph index rebuild。", log=f"search index {folder}: {reason}"
    )
