"""Asking: the structured answer, which never waits for anyone, and the wording of a language model beside it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Generator
from contextlib import closing
from functools import cached_property
from pathlib import Path
from threading import Event
from typing import IO

from qgraph.answering import Context
from qgraph.answering.writing import Worded, WordedSentence, Wording, WordingStarted, Writer, is_open
from qgraph.config import Settings
from qgraph.engine.opening import OpenIndex, checked
from qgraph.errors import ModelError
from qgraph.graph import GraphStore
from qgraph.knowledge import Knowledge
from qgraph.llm import load_language_model
from qgraph.records import Answer, Filters
from qgraph.search import Retriever

_SESSIONS = 500

AskEvent = Answer | WordingStarted | WordedSentence | Worded
AskStream = Generator[AskEvent, None, None]
"""What a stream of an answer is made of: the answer, then what a language model makes of it."""


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

    # ------------------------------------------------------------------------------------ wording

    @property
    def words_answers(self) -> bool:
        """Whether a language model is set."""
        return bool(self.settings.llm_url.strip())

    def ask_stream(
        self, question: str, *, filters: Filters = Filters(), session: str = "", stopped: Event | None = None
    ) -> AskStream:
        """The answer at once, as `ask` gives it; then, where a language model is set and the question is an open one,
        what the model is given, its sentences as they come, each checked, and at last the whole with what was
        taken away. Closing the iterator ends the request to the model, and so does another thread that sets
        `stopped`. Raises QueryError, never ModelError."""
        answer, context = self._converse(question, filters, session)
        yield answer
        with closing(self.word_stream(answer, question=context.question, filters=filters, stopped=stopped)) as events:
            yield from events

    def word_stream(
        self, answer: Answer, *, question: str = "", filters: Filters = Filters(), stopped: Event | None = None
    ) -> Wording:
        """The same for an answer that was given before. `question` is the question in full where the answer's own is
        a follow-up. Nothing comes where no model is set or the answer is not an open one."""
        question = question or answer.question
        if not self.words_answers or not is_open(answer, question):
            return
        try:
            writer = self._writer
        except ModelError as error:
            yield Worded("", (), (), (), error.message, False, answer.refused, 0.0)
            return
        with closing(writer.write(answer, question, filters, stopped or Event())) as events:
            yield from events

    def word(self, answer: Answer, *, question: str = "", filters: Filters = Filters()) -> Worded | None:
        """An answer worded by the language model, or None where none is set or the answer is not an open one. Waits
        for the model, at most as long as the settings say; a failure of the model is told in the note."""
        last: Worded | None = None
        for event in self.word_stream(answer, question=question, filters=filters):
            last = event if isinstance(event, Worded) else last
        return last

    @cached_property
    def _writer(self) -> Writer:
        model = load_language_model(self.settings)
        if model is None:
            raise ModelError("没有设置语言模型（llm_url）。", log="llm_url is empty")
        return Writer(model, self.knowledge, self.retriever)

    def close(self) -> None:
        """Releases the index, so that it can be built again, and the connections to the language model."""
        if "_writer" in self.__dict__:
            self._writer.model.close()
        super().close()
