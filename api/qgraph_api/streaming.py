"""Answers with the wording of a language model: in one piece, or as server-sent events.

A slow model may hold many requests for long; they wait in a lane of threads of their own, so that questions, searches
and pages never stand behind them.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from threading import Event
from typing import TYPE_CHECKING, TypeVar

import anyio
from anyio import to_thread
from fastapi.sse import format_sse_event
from pydantic import BaseModel

from qgraph.answering.writing import Worded, WordedSentence, WordingStarted
from qgraph.records import Answer
from qgraph_api.schemas import AnswerOut, CitationOut, WordedOut, WordedSentenceOut, WordingDoneOut, WordingStartedOut

if TYPE_CHECKING:
    from qgraph.engine import AskEvent, AskStream

log = logging.getLogger(__name__)

_AT_ONCE = 24
_lane = anyio.CapacityLimiter(_AT_ONCE)
_UNFORESEEN = "整理文字时出了问题，已记入日志。上面的回答不受影响。"

T = TypeVar("T")


async def in_lane(work: Callable[[], T]) -> T:
    """Runs what may wait for a language model. Does not wait for it when the request is cancelled."""
    return await to_thread.run_sync(work, limiter=_lane, abandon_on_cancel=True)


def taken_together(events: AskStream) -> AnswerOut:
    """The answer with all that the model makes of it."""
    answer: Answer | None = None
    worded: Worded | None = None
    for event in events:
        answer = event if isinstance(event, Answer) else answer
        worded = event if isinstance(event, Worded) else worded
    if answer is None:
        raise RuntimeError("a stream of an answer began without the answer")
    return AnswerOut.of(answer, worded)


async def sent_events(first: AskEvent, events: AskStream, stopped: Event) -> AsyncIterator[bytes]:
    """The events `answer`, `wording`, `sentence` … and `done` on the wire. When the client goes away, `stopped` is set,
    and the request to the model ends with the next piece of its text."""
    worded: WordedOut | None = None

    def step() -> AskEvent | None:
        event = next(events, None)
        if stopped.is_set():
            events.close()
        return event

    try:
        yield _sent(first)
        while (event := await in_lane(step)) is not None:
            if isinstance(event, Worded):
                worded = WordedOut.of(event)
            else:
                yield _sent(event)
    except Exception:
        log.exception("wording an answer")
        worded = WordedOut.failed(_UNFORESEEN)
    finally:
        stopped.set()
        with suppress(ValueError):  # a step that still runs closes them itself
            events.close()
    yield _event("done", WordingDoneOut(worded=worded))


def _sent(event: AskEvent) -> bytes:
    match event:
        case Answer():
            return _event("answer", AnswerOut.of(event))
        case WordingStarted():
            return _event("wording", WordingStartedOut(sources=[CitationOut.of(c) for c in event.sources]))
        case WordedSentence():
            return _event("sentence", WordedSentenceOut.of(event))
        case Worded():
            return _event("done", WordingDoneOut(worded=WordedOut.of(event)))


def _event(name: str, data: BaseModel) -> bytes:
    return format_sse_event(event=name, data_str=data.model_dump_json())
