"""Search: passages for a question, by full text and by vectors."""

from __future__ import annotations

import os

# torch and faiss read this when they are first imported: threads that wait by spinning slow each other
# down tenfold where other processes want the same cores
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

from qgraph.search.encoder import Encoder, HashEncoder, SentenceEncoder, load_encoder
from qgraph.search.late import LateIndex
from qgraph.search.retriever import Retriever, SentenceHit
from qgraph.search.tokens import Tokens

__all__ = [
    "Encoder",
    "HashEncoder",
    "LateIndex",
    "Retriever",
    "SentenceEncoder",
    "SentenceHit",
    "Tokens",
    "load_encoder",
]
