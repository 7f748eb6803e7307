"""Shapes of staff decisions and of what waits for one."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

from qgraph_api.schemas import CitationOut, Request, Word, Words
from qgraph_api.schemas_graph import EntityOut


class DecisionIn(Request):
    """一条人工决定"""

    kind: Literal["merge", "split", "rename", "retype", "wrong", "confirmed", "distinct", "undo"] = Field(
        description="merge 合并，split 拆分，rename 改名，retype 改类型，wrong 有误，confirmed 确认，"
        "distinct 不是同一个，undo 取消一条人工决定；对待核条目：wrong 不再列出，retype 定为某类实体，merge 并入实体"
    )
    target: Word = Field(min_length=1, description="实体、陈述、指标值或待核条目的编号；undo 时为人工决定的编号")
    who: str = Field(min_length=1, max_length=100, description="作决定的人")
    others: Words = Field([], description="merge：并入的实体或待核条目；distinct：另一个实体")
    names: Words = Field([], description="split：分出去的别名")
    name: str = Field("", max_length=200, description="rename、待核条目的 retype：名称；split：分出去的实体的名称")
    type: str = Field("", max_length=50, description="retype：新类型")
    note: str = Field("", max_length=2000, description="说明")


class DecisionOut(BaseModel):
    """一条人工决定"""

    id: str = Field(description="人工决定的编号")
    kind: str = Field(description="种类")
    who: str = Field(description="作决定的人")
    when: str = Field(description="时间")
    target: str = Field(description="实体、陈述、指标值、待核条目或人工决定的编号")
    others: list[str] = Field(description="并入的（distinct：不是同一个的）实体或待核条目")
    names: list[str] = Field(description="split：分出去的别名；merge：并入的名称")
    name: str = Field(description="新名称")
    type: str = Field(description="新类型")
    note: str = Field(description="说明")
    active: bool = Field(description="有效（没有被取消）")
    applied: bool = Field(description="当前的图谱是按这条有效建的")
    text: str = Field(description="用一句话说的人工决定")
    link: str = Field(description="所涉及的实体或原文的地址；空为已不在图谱里")


class DecisionsOut(BaseModel):
    """全部人工决定"""

    decisions: list[DecisionOut] = Field(description="人工决定，按先后")
    damaged: list[str] = Field(description="读不懂的行")


class ReviewItemOut(BaseModel):
    """待核条目：同一份报告里、同一原因、同样文字的各处"""

    id: str = Field(description="编号（各处中第一处的）")
    report: str = Field(description="报告编号")
    kind: str = Field(description="entity 名称，table 表格的单元格，model 语言模型的提议，其余为被人工决定移出的内容")
    text: str = Field(description="文字")
    reason: str = Field(description="原因")
    citations: list[CitationOut] = Field(description="所在的各句原文")
    decision: str = Field(description="已作决定的编号；空为还没有")
    origin: str = Field(description="由哪条人工决定移出图谱；空为不是")


class DoubleOut(BaseModel):
    """可能是同一个的两个实体"""

    entities: list[EntityOut] = Field(description="两个实体，提到次数多的在前")
    citations: list[CitationOut | None] = Field(description="各自的一句原文")
    decision: str = Field(description="已作决定的编号；空为还没有")


class ReviewOut(BaseModel):
    """等待人工决定的内容"""

    items: list[ReviewItemOut] = Field(description="归不进任何类型或实体的内容")
    doubles: list[DoubleOut] = Field(description="可能是同一个的实体")
