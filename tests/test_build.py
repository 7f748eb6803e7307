"""Builds: the same bytes twice, only what changed, bad files named and not lost, interrupted builds finished."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from qgraph.build import build, rebuild_index
from qgraph.config import Settings
from qgraph.engine import Engine
from qgraph.errors import CorpusError, IndexFolderError, ReportError
from qgraph.graph import GraphStore
from qgraph.manifest import exclusive, read_manifest, write_manifest

ROOT = Path(__file__).resolve().parents[1]
SECOND = next((ROOT / "tests/data/second_report").glob("*.txt"))
SMALL = "虚构市测试职业学院高等职业教育质量年度报告（{year}年度）\n\n第一部分 人才培养\n\n　　学院共有在校生{n}人。\n"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "2022.txt").write_text(SMALL.format(year=2022, n=8100), encoding="utf-8")
    (folder / "2023.txt").write_text(SMALL.format(year=2023, n=8300), encoding="utf-8")
    return folder


def canonical(index: Path) -> bytes:
    return GraphStore(index / "graph", read_only=True).canonical()


def test_two_builds_give_the_same_graph_byte_for_byte(tmp_path: Path, settings: Settings) -> None:
    for name in ("one", "two"):
        build(SECOND.parent, tmp_path / name, settings)
    first = canonical(tmp_path / "one")
    assert first and first == canonical(tmp_path / "two")


def test_second_build_keeps_what_has_not_changed(corpus: Path, tmp_path: Path, settings: Settings) -> None:
    index = tmp_path / "index"
    first = build(corpus, index, settings)
    assert len(first.built) == 2
    again = build(corpus, index, settings)
    assert not again.built and set(again.kept) == set(first.built)
    (corpus / "2023.txt").write_text(SMALL.format(year=2023, n=8400), encoding="utf-8")
    changed = build(corpus, index, settings)
    assert len(changed.built) == 1 and len(changed.kept) == 1


def test_report_taken_out_of_the_corpus_leaves_the_index(corpus: Path, tmp_path: Path, settings: Settings) -> None:
    index = tmp_path / "index"
    build(corpus, index, settings)
    (corpus / "2022.txt").unlink()
    assert len(build(corpus, index, settings).removed) == 1
    with Engine.open(index, settings) as engine:
        assert [d.year for d in engine.knowledge.documents] == [2023]
        assert all(h.passage.report == engine.knowledge.documents[0].id for h in engine.search("在校生"))


def test_unreadable_file_is_named_and_the_rest_is_built(corpus: Path, tmp_path: Path, settings: Settings) -> None:
    (corpus / "空.txt").write_text("", encoding="utf-8")
    result = build(corpus, tmp_path / "index", settings)
    assert len(result.built) == 2
    ((path, reason),) = result.failed.items()
    assert path.endswith("空.txt") and reason
    again = build(corpus, tmp_path / "index", settings)
    assert not again.built and again.failed == result.failed


def test_same_report_twice_is_taken_once(corpus: Path, tmp_path: Path, settings: Settings) -> None:
    shutil.copy(corpus / "2023.txt", corpus / "又一份.txt")
    result = build(corpus, tmp_path / "index", settings)
    assert len(result.built) == 2 and len(result.failed) == 1


def test_empty_and_missing_corpus_are_refused(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "empty").mkdir()
    for folder in ("empty", "missing"):
        with pytest.raises(CorpusError):
            build(tmp_path / folder, tmp_path / "index", settings)


def test_corpus_of_unreadable_files_only_is_refused(tmp_path: Path, settings: Settings) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "空.txt").write_text("", encoding="utf-8")
    with pytest.raises(ReportError):
        build(folder, tmp_path / "index", settings)


def test_interrupted_build_is_refused_for_reading_and_finished_by_the_next(
    corpus: Path, tmp_path: Path, settings: Settings
) -> None:
    index = tmp_path / "index"
    build(corpus, index, settings)
    whole = canonical(index)
    write_manifest(index, {**read_manifest(index), "complete": False})
    with pytest.raises(IndexFolderError):
        Engine.open(index, settings)
    build(corpus, index, settings)
    assert canonical(index) == whole
    Engine.open(index, settings).close()


def test_build_waits_for_nobody_but_says_that_the_index_is_in_use(
    corpus: Path, tmp_path: Path, settings: Settings
) -> None:
    index = tmp_path / "index"
    build(corpus, index, settings)
    with Engine.open(index, settings), pytest.raises(IndexFolderError, match="正被"):
        build(corpus, index, settings)
    with exclusive(index), pytest.raises(IndexFolderError, match="正被"):
        Engine.open(index, settings)


def test_derived_indexes_are_rebuilt_from_the_graph_alone(corpus: Path, tmp_path: Path, settings: Settings) -> None:
    index = tmp_path / "index"
    build(corpus, index, settings)
    shutil.rmtree(index / "search")
    assert rebuild_index(index, settings) > 0
    with Engine.open(index, settings) as engine:
        assert engine.search("在校生")


def test_manifest_says_how_the_index_was_made(corpus: Path, tmp_path: Path, settings: Settings) -> None:
    build(corpus, tmp_path / "index", settings)
    manifest = json.loads((tmp_path / "index" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["complete"] and manifest["fingerprint"] and len(manifest["files"]) == 2


def test_decision_about_the_review_list_is_in_the_next_graph(corpus: Path, tmp_path: Path, settings: Settings) -> None:
    path, index = corpus / "2023.txt", tmp_path / "index"
    title = "长江"
    path.write_text(SMALL.format(year=2023, n=8300) + f"　　代表团游览{title}。\n", encoding="utf-8")
    build(corpus, index, settings)
    with Engine.open(index, settings) as engine:
        view = next(v for v in engine.review() if v.items[0].text == title)
        engine.decide("retype", view.items[0].id, "李老师", type_="Base", name="长江研学点")
        assert engine.decisions_built().decisions == ()
    assert build(corpus, index, settings).built
    with Engine.open(index, settings) as engine:
        entity = engine.entity("长江研学点").entity
        assert (entity.type, entity.aliases) == ("Base", (title,))
        assert all(v.items[0].text != title for v in engine.review()) and not engine.store.validate()
        assert engine.decisions_built() == engine.decisions()
        assert [d.id for d in engine.about(entity.id)] == ["d1"]
        engine.decide("undo", "d1", "李老师")
    build(corpus, index, settings)
    with Engine.open(index, settings) as engine:
        assert any(v.items[0].text == title for v in engine.review()) and not engine.entities("长江研学点")
