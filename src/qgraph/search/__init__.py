"""Search: passages for a question, by full text and by vectors."""

from __future__ import annotations

from qgraph.search.encoder import Encoder, HashEncoder, SentenceEncoder, load_encoder
from qgraph.search.retriever import Retriever, SentenceHit

__all__ = ["Encoder", "HashEncoder", "Retriever", "SentenceEncoder", "SentenceHit", "load_encoder"]
