"""The tokens of a text with their vectors, small enough to keep for every sentence of many reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_RANGE = 127


@dataclass(frozen=True, slots=True)
class Tokens:
    """Tokens of one text: `ids` (n,) in the vocabulary of the encoder, `spans` (n, 2), the characters of the text that
    each stands for, and `vectors` (n, dimensions) of unit length in 8 bits, each with its `scales` (n,)."""

    ids: NDArray[np.int32]
    spans: NDArray[np.int32]
    vectors: NDArray[np.int8]
    scales: NDArray[np.float32]

    @classmethod
    def pack(cls, ids: NDArray[np.int32], spans: NDArray[np.int32], vectors: NDArray[np.float32]) -> Tokens:
        """Tokens with vectors of any length, which are brought to unit length and rounded."""
        packed, scales = quantised(vectors)
        return cls(ids.astype(np.int32), spans.astype(np.int32), packed, scales)

    def floats(self) -> NDArray[np.float32]:
        """The vectors in single precision."""
        return self.vectors.astype(np.float32) * self.scales[:, None]

    def outside(self, stretches: Sequence[tuple[int, int]]) -> Tokens:
        """The tokens that do not lie in these stretches of the text; all where none would be left."""
        kept = np.ones(len(self.ids), bool)
        for start, end in stretches:
            kept &= (self.spans[:, 1] <= start) | (self.spans[:, 0] >= end)
        if not kept.any():
            return self
        return Tokens(self.ids[kept], self.spans[kept], self.vectors[kept], self.scales[kept])

    def to_bytes(self) -> bytes:
        """All of it in one piece, for keeping."""
        count = np.array([len(self.ids)], np.int32)
        return b"".join(part.tobytes() for part in (count, self.ids, self.spans, self.scales, self.vectors))

    @classmethod
    def from_bytes(cls, data: bytes) -> Tokens:
        """What `to_bytes` gave."""
        count = int(np.frombuffer(data, np.int32, 1)[0])
        whole = np.frombuffer(data, np.int32, 3 * count, 4)
        scales = np.frombuffer(data, np.float32, count, 4 + 12 * count)
        vectors = np.frombuffer(data, np.int8, offset=4 + 16 * count).reshape(count, -1)
        return cls(whole[:count], whole[count:].reshape(count, 2), vectors, scales)


def quantised(vectors: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Vectors (n, dimensions) at unit length in 8 bits, and the scale (n,) that gives each back."""
    lengths = np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    unit = vectors / lengths
    scales = np.maximum(np.abs(unit).max(axis=1, initial=0.0), 1e-9) / _RANGE
    return np.round(unit / scales[:, None]).astype(np.int8), scales.astype(np.float32)
