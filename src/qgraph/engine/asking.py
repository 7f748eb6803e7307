"""Asking: the structured answer, which never waits for anyone, and the wording of a language model beside it."""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path
from typing import IO

from qgraph.answering import Context
from qgraph.config import Settings
from qgraph.engine.opening import OpenIndex, checked
from qgraph.graph import GraphStore
from qgraph.knowledge import Knowledge
from qgraph.records import Answer, Filters
from qgraph.search import Retriever

_SESSIONS = 500


class Asking(OpenIndex):
    """Questions and their conversations."""

    def __init__(
        self,
        index: Path,
        settings: Settings,
        store: GraphStore,
        knowledge: Knowledge,
        retriever: Retriever,
        held: IO[str],
    ) -> None:
        super().__init__(index, settings, store, knowledge, retriever, held)
        self._contexts: OrderedDict[str, Context] = OrderedDict()

    def ask(self, question: str, *, filters: Filters = Filters(), session: str = "") -> Answer:
        """Answers a question. With a session name, follow-ups (那银奖呢？) keep what was asked before."""
        return self._converse(question, filters, session)[0]

    def _converse(self, question: str, filters: Filters, session: str) -> tuple[Answer, Context]:
        question = checked(question, "问题")
        context = self._contexts.get(session) if session else None
        answer, context = self.answerer.converse(question, filters=filters, context=context)
        if session:
            with self._lock:
                self._contexts[session] = context
                self._contexts.move_to_end(session)
                while len(self._contexts) > _SESSIONS:
                    self._contexts.popitem(last=False)
        return answer, context
