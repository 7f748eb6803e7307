"""Questions and answers, and what people think of the answers."""

from __future__ import annotations

from threading import Event
from typing import Any

from fastapi import APIRouter, Depends, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse

from qgraph_api.deps import EngineDep, changes_allowed
from qgraph_api.examples import answerable
from qgraph_api.schemas import AnswerOut, AskIn, DoneOut, ExamplesOut, FeedbackIn, QuestionIn
from qgraph_api.streaming import in_lane, sent_events, taken_together

router = APIRouter(tags=["提问"])

_STREAM: dict[int | str, dict[str, Any]] = {
    200: {
        "description": (
            "事件流。answer：回答（与 /api/ask 相同），总是最先；"
            "wording：开始请语言模型组织文字（sources 为给它的原文）；"
            "sentence：一句已经核对的文字（supported 为否的不应展示）；"
            "done：结束（worded 为全文和被去掉的句子，没有请语言模型时为空）。"
        ),
        "content": {
            "text/event-stream": {
                "schema": {"type": "string"},
                "example": 'event: answer\ndata: {"question": "……", "text": "……"}\n\n'
                'event: sentence\ndata: {"text": "……。", "supported": true, "citations": []}\n\n'
                'event: done\ndata: {"worded": {"text": "……[1]。", "note": ""}}\n\n',
            }
        },
    }
}


@router.post("/ask", summary="用日常中文提问，得到有出处的回答，或有理由的拒答")
async def ask(asked: AskIn, engine: EngineDep) -> AnswerOut:
    question, filters, session = asked.question, asked.filters(), asked.session
    if asked.word:
        return await in_lane(lambda: taken_together(engine.ask_stream(question, filters=filters, session=session)))
    return AnswerOut.of(await run_in_threadpool(engine.ask, question, filters=filters, session=session))


@router.post(
    "/ask/stream",
    summary="同上，回答立即给出，语言模型组织的文字随后逐句给出（Server-Sent Events）",
    response_class=StreamingResponse,
    responses=_STREAM,
)
async def ask_stream(asked: QuestionIn, engine: EngineDep) -> StreamingResponse:
    stopped = Event()
    events = engine.ask_stream(asked.question, filters=asked.filters(), session=asked.session, stopped=stopped)
    first = await run_in_threadpool(next, events)
    return StreamingResponse(
        sent_events(first, events, stopped),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


@router.get("/examples", summary="这些报告能够回答的示例问题")
def examples(request: Request, engine: EngineDep) -> ExamplesOut:
    return ExamplesOut(questions=answerable(request.app.state, engine))


@router.post(
    "/feedback",
    summary="评价一个回答（对、不对、不该拒答）",
    dependencies=[Depends(changes_allowed)],
    status_code=201,
)
def feedback(judged: FeedbackIn, engine: EngineDep) -> DoneOut:
    engine.feedback(
        judged.question,
        judged.verdict,
        kind=judged.kind,
        answer=judged.answer,
        expected=judged.expected,
        note=judged.note,
        who=judged.who,
    )
    return DoneOut()
