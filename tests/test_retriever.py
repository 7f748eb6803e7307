"""The retriever: building, filters, updates while it is searched, crashes, and quality on the real report."""

from __future__ import annotations

import shutil
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from qgraph.config import Settings
from qgraph.errors import IndexFolderError, ModelError, QueryError
from qgraph.passages import split_passages
from qgraph.records import Document, Passage
from qgraph.search import HashEncoder, Retriever, load_encoder
from qgraph.search.encoder import Array, Progress
from qgraph.search.generation import split_sentences

BODIES = {
    "r1": ["学校与星河眼科集团共建产业学院。订单班有学生四十人。",
           "横向技术服务到款额一千万元。立项八十项。", "图书馆全年开放。"],
    "r2": ["技能大赛在海州举行。学生获得金奖两项。", "图书馆新增座位三百个。夜间也开放。"],
    "r3": ["留学生来自三个国家。", "教师赴海外培训一百人次。"],
}  # fmt: skip


def passages_of(report: str, bodies: Sequence[str]) -> list[Passage]:
    made = []
    for number, text in enumerate(bodies, 1):
        count = text.count("。")
        names = tuple(f"{report}/s{number}-{n}" for n in range(count))
        kind, chapter = ("case", f"{report}/case1") if number == 2 else ("text", None)
        made.append(
            Passage(f"{report}/x{number}", report, kind, f"第{number}章", text, 0, len(text), f"{report}/sec{number}",
                    chapter, None, names)
        )  # fmt: skip
    return made


ALL = [p for report, bodies in BODIES.items() for p in passages_of(report, bodies)]


class BrokenEncoder(HashEncoder):
    """Fails whenever passages are encoded."""

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Array:
        raise ModelError("坏了")


@pytest.fixture
def retriever(tmp_path: Path) -> Retriever:
    return Retriever.build(ALL, tmp_path / "search", HashEncoder())


def ids(retriever: Retriever, query: str, **options: object) -> list[str]:
    return [hit.passage.id for hit in retriever.search(query, 10, **options)]  # type: ignore[arg-type]


@pytest.mark.parametrize("mode", ["fused", "bm25", "vector"])
@pytest.mark.parametrize(
    ("query", "first"), [("星河眼科产业学院", "r1/x1"), ("海州", "r2/x1"), ("留学生来自几个国家", "r3/x1")]
)
def test_question_finds_its_passage(retriever: Retriever, mode: str, query: str, first: str) -> None:
    assert ids(retriever, query, mode=mode)[0] == first


def test_ranks_and_scores_are_told_per_retriever(retriever: Retriever) -> None:
    hit = retriever.search("技能大赛在海州举行", 1)[0]
    assert dict(hit.ranks) == {"bm25": 1, "vector": 1}
    assert set(hit.scores) == {"bm25", "vector"}
    assert hit.score == pytest.approx(1.0)
    assert set(retriever.search("海州", 1, mode="bm25")[0].ranks) == {"bm25"}


def test_best_sentence_is_named(retriever: Retriever) -> None:
    assert retriever.search("获得几项金奖", 1)[0].sentence == "r2/s1-1"
    assert retriever.search("大赛在哪里举行", 1, mode="bm25")[0].sentence == "r2/s1-0"


def test_sentences_of_some_passages(retriever: Retriever) -> None:
    found = retriever.sentences("订单班有多少学生", ["r1/x1", "r2/x1", "unknown"])
    assert found[0].sentence == "r1/s1-1"
    assert found[0].text == "订单班有学生四十人。"
    assert {hit.passage.id for hit in found} == {"r1/x1", "r2/x1"}


@pytest.mark.parametrize("mode", ["fused", "bm25", "vector"])
@pytest.mark.parametrize(
    "accepts",
    [lambda p: p.report == "r2", lambda p: p.kind == "case", lambda p: p.section.endswith("sec3"), lambda p: False],
)
def test_filters_bind(retriever: Retriever, mode: str, accepts: Callable[[Passage], bool]) -> None:
    wanted = {p.id for p in ALL if accepts(p)}
    assert set(ids(retriever, "图书馆学生培训", mode=mode, filters=accepts)) <= wanted


def test_filter_reaches_what_ranks_far_below(tmp_path: Path) -> None:
    many = passages_of("r9", [f"图书馆全年开放，编号{n}。" for n in range(600)])
    retriever = Retriever.build([*many, *passages_of("r2", BODIES["r2"])], tmp_path, HashEncoder())
    for mode in ("fused", "bm25", "vector"):
        assert ids(retriever, "图书馆全年开放", mode=mode, filters=lambda p: p.report == "r2")[0] == "r2/x2"


@pytest.mark.parametrize("query", ["", "  ", "\n"])
def test_empty_query_finds_nothing(retriever: Retriever, query: str) -> None:
    assert retriever.search(query, 5) == []


@pytest.mark.parametrize("query", ["馆", "？", "AND (", "🙂", "a" * 10_000])
@pytest.mark.parametrize("mode", ["fused", "bm25", "vector"])
def test_odd_queries_do_no_harm(retriever: Retriever, query: str, mode: str) -> None:
    assert set(ids(retriever, query, mode=mode)) <= {p.id for p in ALL}


@pytest.mark.parametrize(("k", "count"), [(0, 0), (-3, 0), (1, 1), (500, 7)])
def test_number_of_hits(retriever: Retriever, k: int, count: int) -> None:
    assert len(retriever.search("图书馆", k, mode="vector")) == count


def test_unknown_mode_is_refused(retriever: Retriever) -> None:
    with pytest.raises(QueryError, match="fused"):
        retriever.search("图书馆", 5, mode="magic")


def test_opened_index_answers_as_the_built_one(retriever: Retriever) -> None:
    again = Retriever.open(retriever.folder, HashEncoder())
    for query in ("图书馆", "星河", "国家"):
        assert again.search(query, 5) == retriever.search(query, 5)


def test_two_builds_answer_alike(tmp_path: Path) -> None:
    one, two = (Retriever.build(ALL, tmp_path / name, HashEncoder()) for name in "ab")
    assert one.search("图书馆开放", 7) == two.search("图书馆开放", 7)


def test_no_passages_at_all(tmp_path: Path) -> None:
    Retriever.build([], tmp_path, HashEncoder())
    assert Retriever.open(tmp_path, HashEncoder()).search("图书馆", 5) == []


def test_update_replaces_one_report(retriever: Retriever) -> None:
    retriever.update("r2", passages_of("r2", ["食堂开放到夜里。"]))
    assert ids(retriever, "食堂")[0] == "r2/x1"
    assert "r2/x2" not in ids(retriever, "图书馆座位")
    assert ids(Retriever.open(retriever.folder, HashEncoder()), "食堂")[0] == "r2/x1"


def test_update_removes_and_adds_reports(retriever: Retriever) -> None:
    retriever.update("r1", [])
    retriever.update("r4", passages_of("r4", ["校史馆开馆。"]))
    assert {p.report for p in retriever.passages} == {"r2", "r3", "r4"}
    assert ids(retriever, "校史馆")[0] == "r4/x1"


def test_update_in_a_large_index_keeps_the_rest_of_the_text(tmp_path: Path) -> None:
    many = [p for n in range(30) for p in passages_of(f"m{n}", [f"第{n}号报告说图书馆。", "第二段。"])]
    retriever = Retriever.build(many, tmp_path, HashEncoder())
    retriever.update("m7", passages_of("m7", ["第七号报告说食堂。"]))
    assert ids(retriever, "食堂", mode="bm25") == ["m7/x1"] or ids(retriever, "食堂", mode="bm25")[0] == "m7/x1"
    assert "m7/x2" not in {p.id for p in retriever.passages}
    assert len(retriever.search("图书馆", 100, mode="bm25")) == 29


def test_update_refuses_passages_of_another_report(retriever: Retriever) -> None:
    with pytest.raises(QueryError):
        retriever.update("r1", passages_of("r2", BODIES["r2"]))


def test_building_the_same_again_writes_nothing(retriever: Retriever) -> None:
    before = (retriever.folder / "current").stat().st_mtime_ns
    Retriever.build(ALL, retriever.folder, BrokenEncoder())
    assert (retriever.folder / "current").stat().st_mtime_ns == before


def test_failed_build_leaves_the_old_index(retriever: Retriever) -> None:
    with pytest.raises(ModelError):
        Retriever.build(ALL[:2], retriever.folder, BrokenEncoder())
    assert len(Retriever.open(retriever.folder, HashEncoder()).passages) == len(ALL)


def test_left_overs_of_a_crash_are_cleared(retriever: Retriever) -> None:
    (retriever.folder / "g2").mkdir()
    (retriever.folder / "g2" / "passages.jsonl").write_text("half", encoding="utf-8")
    rebuilt = Retriever.build(ALL[:3], retriever.folder, HashEncoder())
    assert len(rebuilt.passages) == 3
    assert sorted(p.name for p in retriever.folder.iterdir()) == ["current", "g2"]


def test_another_encoder_is_noticed(retriever: Retriever) -> None:
    with pytest.raises(IndexFolderError, match="编码模型"):
        Retriever.open(retriever.folder, HashEncoder(64))


def test_missing_index_is_explained(tmp_path: Path) -> None:
    with pytest.raises(IndexFolderError, match="qgraph build"):
        Retriever.open(tmp_path, HashEncoder())


@pytest.mark.parametrize("name", ["state.json", "passages.jsonl", "sentences.npy", "starts.npy", "text", "vectors"])
def test_damaged_index_is_explained_and_rebuilt(retriever: Retriever, name: str) -> None:
    path = next(retriever.folder.glob("g*")) / name
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.write_bytes(path.read_bytes()[:20])
    with pytest.raises(IndexFolderError, match="rebuild"):
        Retriever.open(retriever.folder, HashEncoder())
    assert len(Retriever.build(ALL, retriever.folder, HashEncoder()).passages) == len(ALL)


def test_reload_takes_over_what_another_built(retriever: Retriever) -> None:
    Retriever.build(passages_of("r5", ["新报告说校车。"]), retriever.folder, HashEncoder())
    assert retriever.search("星河", 1)[0].passage.report == "r1"
    retriever.reload()
    assert {p.report for p in retriever.passages} == {"r5"}


def test_searches_while_the_index_changes(retriever: Retriever) -> None:
    failures: list[BaseException] = []
    stop = threading.Event()

    def ask() -> None:
        while not stop.is_set():
            try:
                found = ids(retriever, "图书馆开放")
                assert found and found[0] in ("r1/x3", "r2/x2")
            except BaseException as error:
                failures.append(error)
                return

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for n in range(6):
        retriever.update("r3", passages_of("r3", [f"第{n}次更换。"]))
    stop.set()
    for thread in threads:
        thread.join()
    assert failures == []


def test_progress_is_told(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    Retriever.build(ALL, tmp_path, HashEncoder(), progress=lambda done, total: seen.append((done, total)))
    assert seen[-1][0] == seen[-1][1] == len(ALL) + sum(len(p.sentences) for p in ALL)


def test_sentences_that_do_not_fit_give_the_whole_text() -> None:
    assert split_sentences(replace(ALL[0], sentences=("only",))) == [("only", ALL[0].text)]
    assert split_sentences(replace(ALL[0], sentences=())) == [("", ALL[0].text)]


def test_sentences_of_passages_are_those_of_the_report(document: Document) -> None:
    for passage in split_passages(document):
        pairs = split_sentences(passage)
        assert [text for _, text in pairs] == [document.sentence_by_id[name].text.strip() for name, _ in pairs]
        assert len(pairs) == len(passage.sentences)


def test_searching_full_text_needs_no_model(retriever: Retriever, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retriever.encoder, "encode_queries", None)
    assert retriever.search("海州", 1, mode="bm25")


@pytest.fixture(scope="module")
def real(document: Document, settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Retriever:
    """The real report, with the built-in encoder."""
    return Retriever.build(split_passages(document), tmp_path_factory.mktemp("real"), load_encoder(settings))


@pytest.mark.parametrize("query", ["爱尔", "天津", "鲁班", "比亚迪"])
@pytest.mark.parametrize("mode", ["fused", "bm25"])
def test_short_names_are_found_in_the_real_report(real: Retriever, query: str, mode: str) -> None:
    best = real.search(query, 5, mode=mode)[0].passage
    assert query in best.heading + best.text


def test_table_is_found_by_its_caption_and_header(real: Retriever, document: Document) -> None:
    for table in document.tables:
        if len(table.caption) > 6:
            hits = real.search(table.caption, 3)
            assert any(hit.passage.table == table.id for hit in hits), table.caption


def test_fused_beats_its_parts_on_the_questions(real: Retriever) -> None:
    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "bench"))
    try:
        from retrieval import measure_report  # type: ignore[import-not-found]
    finally:
        sys.path.pop(0)
    gold = Path(__file__).resolve().parents[1] / "bench" / "gold" / "questions.jsonl"
    rows = {row["method"]: row for row in measure_report(real, gold)}
    parts = [row["mrr"] for name, row in rows.items() if name != "fused"]
    assert rows["fused"]["mrr"] > max(parts)
    assert rows["fused"]["hit@5"] >= 0.95


def test_vectors_of_the_real_report_have_unit_length(real: Retriever) -> None:
    vectors = np.load(next(real.folder.glob("g*")) / "vectors" / "matrix.npy")
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(len(vectors)), abs=2e-3)
