"""Shapes of requests and answers about questions, passages and cases. Built from `qgraph.records`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from qgraph.answering.writing import Worded, WordedSentence
from qgraph.citations import citation_path
from qgraph.records import Answer, Citation, Filters, Step

Word = Annotated[str, Field(max_length=200)]
Words = Annotated[list[Word], Field(max_length=20)]


class Shape(BaseModel):
    """Root of the shapes that leave: made from records, frozen."""

    model_config = ConfigDict(from_attributes=True, frozen=True)


class Request(BaseModel):
    """Root of the shapes that come in: unknown fields are refused, so that a slip is noticed."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class FailureOut(BaseModel):
    """失败时的回复"""

    ok: Literal[False] = Field(default=False, description="总是 false")
    error: str = Field(description="出了什么问题（中文）")
    status: int = Field(description="HTTP 状态码")


class DoneOut(BaseModel):
    """写入成功时的回复"""

    ok: Literal[True] = Field(default=True, description="总是 true")


class CitationOut(Shape):
    """引用：一句原文和它的出处"""

    number: int = Field(description="序号，从 1 起")
    report: str = Field(description="报告编号")
    report_title: str = Field(description="报告标题")
    college: str = Field(description="学校")
    year: int = Field(description="年度")
    place: str = Field(description="位置，如 1.3.2.4、案例 2-1、表 1-1")
    section_title: str = Field(description="所在章节的标题")
    page: int | None = Field(description="页码；原文没有页码时为空")
    sentence: str = Field(description="句子编号")
    text: str = Field(description="原句")
    start: int = Field(description="在报告阅读文本中的起点（字符）")
    end: int = Field(description="终点（不含）")
    link: str = Field(description="打开报告原文并标出这句话的地址")

    @classmethod
    def of(cls, citation: Citation) -> CitationOut:
        fields = {name: getattr(citation, name) for name in citation.__dataclass_fields__}
        return cls(**fields, link=citation_path(citation))


class StepOut(Shape):
    """寻找答案的一步"""

    name: str = Field(description="做了什么")
    detail: str = Field(description="得到什么")
    milliseconds: float = Field(description="用时（毫秒）")

    @classmethod
    def of(cls, step: Step) -> StepOut:
        return cls.model_validate(step)


class QuestionIn(Request):
    """问题和它的范围"""

    question: str = Field(min_length=1, max_length=500, description="问题", examples=["就业率是多少？"])
    session: str = Field("", max_length=64, description="会话编号；同一会话里可以追问（那银奖呢？），空为不追问")
    reports: Words = Field([], description="只看这些报告（编号）")
    years: list[int] = Field([], max_length=20, description="只看这些年度")
    colleges: Words = Field([], description="只看这些学校")
    chapters: Words = Field([], description="只看这些章节，如 2 或 2.1")

    def filters(self) -> Filters:
        """The bounds of the question."""
        return Filters(tuple(self.reports), tuple(self.years), tuple(self.colleges), tuple(self.chapters))


class AskIn(QuestionIn):
    """提问"""

    word: bool = Field(False, description="是否请语言模型组织文字；要等它写完，宜用 /api/ask/stream")


class WordedSentenceOut(Shape):
    """语言模型写的一句话"""

    text: str = Field(description="这句话")
    supported: bool = Field(description="数字、名称、日期都有出处；否则不应展示")
    citations: list[CitationOut] = Field(description="支持它的原句，序号为材料的序号")
    problems: list[str] = Field(description="哪里没有依据")

    @classmethod
    def of(cls, sentence: WordedSentence) -> WordedSentenceOut:
        return cls(
            text=sentence.text,
            supported=sentence.supported,
            citations=[CitationOut.of(c) for c in sentence.citations],
            problems=list(sentence.problems),
        )


class WordedOut(Shape):
    """语言模型组织的文字，已逐句核对"""

    text: str = Field(description="有依据的各句，句末有材料的序号；没有为空")
    sentences: list[WordedSentenceOut] = Field(description="有依据的各句")
    removed: list[WordedSentenceOut] = Field(description="没有依据、已去掉的各句，不应展示")
    sources: list[CitationOut] = Field(description="给语言模型的材料")
    note: str = Field(description="出了什么问题，去掉了什么；没有为空")
    complete: bool = Field(description="语言模型写完了")
    refused: bool = Field(description="问题仍然没有得到回答")
    seconds: float = Field(description="用时（秒）")

    @classmethod
    def of(cls, worded: Worded) -> WordedOut:
        plain = ("text", "note", "complete", "refused", "seconds")
        return cls(
            **{name: getattr(worded, name) for name in plain},
            sentences=[WordedSentenceOut.of(s) for s in worded.sentences],
            removed=[WordedSentenceOut.of(s) for s in worded.removed],
            sources=[CitationOut.of(c) for c in worded.sources],
        )

    @classmethod
    def failed(cls, note: str) -> WordedOut:
        """Nothing came of it."""
        return cls(text="", sentences=[], removed=[], sources=[], note=note, complete=False, refused=True, seconds=0.0)


class WordingStartedOut(BaseModel):
    """事件 wording：开始请语言模型组织文字"""

    sources: list[CitationOut] = Field(description="给语言模型的材料")


class WordingDoneOut(BaseModel):
    """事件 done：结束"""

    worded: WordedOut | None = Field(description="全文；没有请语言模型时为空")


class AnswerOut(Shape):
    """回答，或者有理由的拒答"""

    question: str = Field(description="问题")
    kind: str = Field(description="number、entity、list、date、yesno、case、passage 或 none")
    text: str = Field(description="简短的回答")
    statement: str = Field(description="完整的一句话")
    items: list[str] = Field(description="清单的各项")
    cases: list[str] = Field(description="案例编号，最合适的在前")
    citations: list[CitationOut] = Field(description="依据的原句，最有力的在前")
    refused: bool = Field(description="报告里没有说，所以不回答")
    reason: str = Field(description="为什么不回答")
    nearby: list[CitationOut] = Field(description="不回答时，报告里相近的内容")
    calculation: str = Field(description="计算过程")
    disagreement: list[str] = Field(description="报告里其他不一致的说法")
    confidence: float = Field(description="把握，0 到 1")
    suggestions: list[str] = Field(description="还可以问什么")
    trace: list[StepOut] = Field(description="怎样找到的")
    worded: WordedOut | None = Field(None, description="语言模型组织的文字；没有要求、没有设置或不适用时为空")

    @classmethod
    def of(cls, answer: Answer, worded: Worded | None = None) -> AnswerOut:
        plain = ("question", "kind", "text", "statement", "refused", "reason", "calculation", "confidence")
        return cls(
            **{name: getattr(answer, name) for name in plain},
            items=list(answer.items),
            cases=list(answer.cases),
            citations=[CitationOut.of(c) for c in answer.citations],
            nearby=[CitationOut.of(c) for c in answer.nearby],
            disagreement=list(answer.disagreement),
            suggestions=list(answer.suggestions),
            trace=[StepOut.of(s) for s in answer.trace],
            worded=WordedOut.of(worded) if worded else None,
        )


class ExamplesOut(BaseModel):
    """能够回答的示例问题"""

    questions: list[str] = Field(description="问题")


class FeedbackIn(Request):
    """对一个回答的评价"""

    question: str = Field(min_length=1, max_length=500, description="问题")
    verdict: Literal["right", "wrong", "refused"] = Field(description="right 对，wrong 不对，refused 不该拒答")
    kind: str = Field("", max_length=20, description="回答的类型")
    answer: str = Field("", max_length=2000, description="得到的回答")
    expected: str = Field("", max_length=2000, description="应有的回答")
    note: str = Field("", max_length=2000, description="说明")
    who: str = Field("", max_length=100, description="评价的人")


class EntityRef(Shape):
    """实体的名称与地址"""

    id: str = Field(description="实体编号")
    type: str = Field(description="类型")
    label: str = Field(description="类型的中文名")
    name: str = Field(description="名称")
    link: str = Field(description="实体页的地址")


class PassageOut(Shape):
    """检索到的段落"""

    id: str = Field(description="段落编号")
    report: str = Field(description="报告编号")
    report_title: str = Field(description="报告标题")
    college: str = Field(description="学校")
    year: int = Field(description="年度")
    kind: str = Field(description="text 正文，case 案例，table 表")
    heading: str = Field(description="所在章节、案例或表的标题")
    place: str = Field(description="位置")
    page: int | None = Field(description="页码")
    text: str = Field(description="段落原文")
    start: int = Field(description="起点（字符）")
    end: int = Field(description="终点（不含）")
    sentence: str = Field(description="最相关的一句的编号")
    sentence_text: str = Field(description="最相关的一句")
    score: float = Field(description="得分")
    ranks: dict[str, int] = Field(description="在各种检索中的名次")
    entities: list[EntityRef] = Field(description="段落里提到的实体")
    link: str = Field(description="打开报告原文并标出这一处的地址")


class SearchOut(BaseModel):
    """检索结果"""

    query: str = Field(description="检索词")
    hits: list[PassageOut] = Field(description="段落，最相关的在前")


class CaseOut(Shape):
    """案例"""

    id: str = Field(description="案例编号（全局）")
    report: str = Field(description="报告编号")
    report_title: str = Field(description="报告标题")
    number: str = Field(description="报告里的编号，如 案例 2-1")
    title: str = Field(description="标题")
    text: str = Field(description="全文")
    place: str = Field(description="所在章节")
    section_title: str = Field(description="章节标题")
    page: int | None = Field(description="页码")
    entities: list[str] = Field(description="提到的实体")
    themes: list[str] = Field(description="主题")
    score: float = Field(description="得分")
    link: str = Field(description="在报告原文中打开")


class CasesOut(BaseModel):
    """案例清单"""

    query: str = Field(description="检索词")
    cases: list[CaseOut] = Field(description="案例")
