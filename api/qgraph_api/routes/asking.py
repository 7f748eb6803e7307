"""Questions and answers, and what people think of the answers."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request

from qgraph_api.deps import EngineDep, changes_allowed
from qgraph_api.examples import answerable
from qgraph_api.schemas import AnswerOut, AskIn, DoneOut, ExamplesOut, FeedbackIn

router = APIRouter(tags=["提问"])


@router.post("/ask", summary="用日常中文提问，得到有出处的回答，或有理由的拒答")
def ask(asked: AskIn, engine: EngineDep) -> AnswerOut:
    return AnswerOut.of(engine.ask(asked.question, filters=asked.filters(), session=asked.session))


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
