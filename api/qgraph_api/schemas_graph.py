"""Shapes about entities, reports, queries and audit findings. Built from `qgraph.records`."""

from __future__ import annotations

from pydantic import BaseModel, Field

from qgraph_api.schemas import CitationOut, EntityRef, Request, Shape


class EntityOut(EntityRef):
    """实体"""

    aliases: list[str] = Field(description="别名")
    mentions: int = Field(description="提到的次数")
    codes: dict[str, str] = Field(description="对应的标准代码，如 iso3166、gbt2260、major")


class EntitiesOut(BaseModel):
    """实体清单"""

    query: str = Field(description="名称里含有的字")
    entities: list[EntityOut] = Field(description="实体")


class StatementOut(Shape):
    """陈述：两个实体的关系"""

    subject: str = Field(description="主体")
    predicate: str = Field(description="关系")
    label: str = Field(description="关系的中文名")
    object: str = Field(description="客体")
    qualifiers: dict[str, str] = Field(description="级别、等级、数量等")
    citation: CitationOut = Field(description="依据")
    subject_link: str = Field(description="主体的实体页地址")
    object_link: str = Field(description="客体的实体页地址")
    id: str = Field(description="陈述的编号")


class ObservationOut(Shape):
    """指标值"""

    id: str = Field(description="指标值的编号")
    indicator: str = Field(description="指标")
    value: str = Field(description="数值（十进制，不丢精度）")
    source_value: str = Field(description="原文写法")
    unit: str = Field(description="单位")
    bound: str = Field(description="余、近、约、以上、以下、超过；空为确数")
    period: str = Field(description="时间")
    stated: bool = Field(description="时间是原文写明的（否则按报告年度）")
    qualifiers: list[str] = Field(description="限定，如 国家级、应届")
    citation: CitationOut = Field(description="依据")


class CaseRef(Shape):
    """案例的编号与地址"""

    id: str = Field(description="案例编号（全局）")
    number: str = Field(description="报告里的编号")
    title: str = Field(description="标题")
    link: str = Field(description="在报告原文中打开")


class FormerNameOut(BaseModel):
    """同一机构更名以前的名称"""

    name: str = Field(description="曾用名")
    until: str = Field(description="更名日期，照报告所写；报告没写为空")


class ChangeOut(BaseModel):
    """机构的一次变更：更名、合并、并入或改建"""

    kind: str = Field(description="renamed（更名）、merged（合并）、absorbed（并入）或 succeeded（升格、改制、前身）")
    label: str = Field(description="说法：更名为、合并为、并入、改建为")
    earlier: list[str] = Field(description="原机构")
    later: list[str] = Field(description="现机构")
    date: str = Field(description="日期，照报告所写；报告没写为空")
    citation: CitationOut = Field(description="出处")


class EntityViewOut(BaseModel):
    """报告里关于一个实体的全部内容"""

    entity: EntityOut = Field(description="实体")
    statements: list[StatementOut] = Field(description="陈述")
    observations: list[ObservationOut] = Field(description="指标值")
    cases: list[CaseRef] = Field(description="提到它的案例")
    mentions: list[CitationOut] = Field(description="提到它的原句")
    changes: list[ChangeOut] = Field(description="更名、合并、并入、改建")
    former_names: list[FormerNameOut] = Field(description="曾用名，最近的在前")


class ReportOut(Shape):
    """一份报告的概况"""

    report: str = Field(description="报告编号")
    title: str = Field(description="标题")
    college: str = Field(description="学校")
    year: int = Field(description="年度")
    characters: int = Field(description="字数")
    sections: int = Field(description="章节数")
    passages: int = Field(description="段落数")
    cases: int = Field(description="案例数")
    tables: int = Field(description="表数")
    entities: dict[str, int] = Field(description="各类实体数")
    statements: dict[str, int] = Field(description="各类陈述数")
    observations: int = Field(description="指标值数")
    review: int = Field(description="待核条目数")


class ReportsOut(BaseModel):
    """报告清单"""

    reports: list[ReportOut] = Field(description="报告，新的在前")


class SectionOut(Shape):
    """章节"""

    id: str = Field(description="章节编号（全局）")
    number: str = Field(description="原文编号")
    title: str = Field(description="标题")
    path: str = Field(description="位置")
    level: int = Field(description="层级，从 1 起")
    start: int = Field(description="起点（字符）")
    end: int = Field(description="终点（不含）")
    parent: str | None = Field(description="上级章节")


class TableOut(BaseModel):
    """表"""

    id: str = Field(description="表编号（全局）")
    number: str = Field(description="原文编号")
    caption: str = Field(description="表题")
    source_line: str = Field(description="数据来源")
    rows: list[list[str]] = Field(description="各行各格的文字")
    start: int = Field(description="起点（字符）")
    end: int = Field(description="终点（不含）")


class ReportDetailOut(BaseModel):
    """一份报告的结构与全文"""

    id: str = Field(description="报告编号")
    title: str = Field(description="标题")
    college: str = Field(description="学校")
    year: int = Field(description="年度")
    file_name: str = Field(description="文件名")
    sha256: str = Field(description="文件的 SHA-256")
    text: str = Field(description="阅读文本；各处的起点和终点都是它的字符位置")
    sections: list[SectionOut] = Field(description="章节")
    cases: list[CaseRef] = Field(description="案例")
    tables: list[TableOut] = Field(description="表")
    figures: list[str] = Field(description="图题")
    warnings: list[str] = Field(description="读取时的提醒")
    link: str = Field(description="阅读页的地址")


class StatsOut(BaseModel):
    """整个知识库的概况"""

    reports: list[ReportOut] = Field(description="各份报告")
    entities: dict[str, int] = Field(description="各类实体数")
    statements: dict[str, int] = Field(description="各类陈述数")
    observations: int = Field(description="指标值数")
    passages: int = Field(description="段落数")
    cases: int = Field(description="案例数")
    triples: int = Field(description="三元组数")
    version: str = Field(description="建库所用的版本")
    failed: dict[str, str] = Field(description="没有收入的文件及原因")
    seconds: dict[str, float] = Field(description="建库各步用时（秒）")


class QueryOut(BaseModel):
    """现成的 SPARQL 查询"""

    name: str = Field(description="名称")
    title: str = Field(description="用途")
    text: str = Field(description="查询")


class QueriesOut(BaseModel):
    """现成的 SPARQL 查询"""

    queries: list[QueryOut] = Field(description="查询")


class HealthOut(BaseModel):
    """服务状态"""

    ok: bool = Field(default=True, description="正常")
    version: str = Field(description="版本")
    reports: int = Field(description="报告数")
    passages: int = Field(description="段落数")
    allow_changes: bool = Field(description="是否接受反馈与核对标记")


class FindingOut(BaseModel):
    """核对项：发布之前应当看一看的地方"""

    id: str = Field(description="编号")
    report: str = Field(description="报告编号")
    kind: str = Field(description="类型")
    title: str = Field(description="类型的中文名")
    explanation: str = Field(description="说明")
    quotes: list[str] = Field(description="有关的词句")
    places: list[CitationOut] = Field(description="有关的各处原文")
    confidence: float = Field(description="把握，0 到 1")
    shown: bool = Field(description="默认显示")
    explained: str = Field(description="核对的说明；空为未核对")


class FindingsOut(BaseModel):
    """核对项清单"""

    findings: list[FindingOut] = Field(description="核对项")


class ExplainIn(Request):
    """把一个核对项标为已核对"""

    note: str = Field("", max_length=2000, description="说明")
    who: str = Field("", max_length=100, description="核对的人")
    undo: bool = Field(False, description="取消标记")
