"""`ask`, `search`, `cases`, `entity` and `sparql`."""

from __future__ import annotations

import sys
from typing import Annotated, Any

import typer

from qgraph.answering.writing import Worded, WordedSentence, WordingStarted
from qgraph.citations import citation_path
from qgraph.cli.options import Chapter, College, Index, Json, Report, Year, filters_of, open_engine
from qgraph.cli.output import console, errors, show_citations, show_json, show_table, source_line
from qgraph.jsonable import to_jsonable
from qgraph.records import Answer


def register(app: typer.Typer) -> None:
    """Adds these commands to the application."""
    app.command("ask", help="用日常中文提问，得到带出处的回答")(ask)
    app.command("search", help="查找段落")(search)
    app.command("cases", help="查找案例")(cases)
    app.command("entity", help="查看一个实体：关系、指标、案例、出处")(entity)
    app.command("sparql", help="运行 SPARQL 查询（“-”表示从标准输入读取）")(sparql)


def _linked(answer: Answer) -> dict[str, Any]:
    """The answer as JSON, each citation with the address of its sentence in the web page."""
    row: dict[str, Any] = to_jsonable(answer)
    for name in ("citations", "nearby"):
        for cited, source in zip(row[name], getattr(answer, name), strict=True):
            cited["link"] = citation_path(source)
    return row


def ask(
    question: Annotated[str, typer.Argument(help="问题")],
    index: Index = None,
    report: Report = None,
    year: Year = None,
    college: College = None,
    chapter: Chapter = None,
    word: Annotated[bool, typer.Option("--word", help="再请语言模型组织文字（需要设置 llm_url）")] = False,
    trace: Annotated[bool, typer.Option("--trace", help="显示怎样找到的")] = False,
    json: Json = False,
) -> None:
    filters = filters_of(report, year, college, chapter)
    with open_engine(index) as engine:
        if word and not engine.words_answers:
            errors.print("没有设置语言模型（llm_url），只给出回答。", style="yellow", markup=False)
        events = engine.ask_stream(question, filters=filters) if word else iter([engine.ask(question, filters=filters)])
        if json:
            answer, *rest = events
            worded = {"worded": rest[-1] if rest else None} if word else {}
            show_json({**_linked(answer), **worded} if isinstance(answer, Answer) else worded)
            return
        headed = False
        for event in events:
            match event:
                case Answer():
                    show_answer(event, trace)
                case WordingStarted():
                    errors.print("语言模型正在组织文字……", style="dim")
                case WordedSentence():
                    if event.supported and not headed:
                        console.print("\n由语言模型组织文字，已逐句核对：", style="bold")
                        headed = True
                    if event.supported:
                        console.print(f"  {event.marked}", markup=False)
                case Worded():
                    show_wording(event, trace)


def show_answer(answer: Answer, trace: bool) -> None:
    """Prints an answer or a refusal with its sources."""
    if answer.refused:
        console.print(answer.reason, style="bold yellow", markup=False)
        if answer.nearby:
            console.print("报告中相近的内容：")
            show_citations(answer.nearby)
    else:
        console.print(answer.text, style="bold green", markup=False)
        if answer.statement and answer.statement != answer.text:
            console.print(answer.statement, markup=False)
        if answer.calculation:
            console.print(f"计算：{answer.calculation}", markup=False)
        for other in answer.disagreement:
            console.print(f"注意，报告中另有说法：{other}", style="yellow", markup=False)
        show_citations(answer.citations)
    if trace:
        for step in answer.trace:
            console.print(f"  · {step.name}（{step.milliseconds:.0f} 毫秒）：{step.detail}", markup=False, style="dim")


def show_wording(worded: Worded, trace: bool) -> None:
    """Prints what the sentences of a language model rest on, and what was taken away."""
    cited = [c for sentence in worded.sentences for c in sentence.citations]
    show_citations(sorted(dict.fromkeys(cited), key=lambda c: c.number))
    if worded.note:
        console.print(worded.note, style="yellow", markup=False)
    if trace:
        for sentence in worded.removed:
            console.print(f"  × {sentence.text}（{'；'.join(sentence.problems)}）", markup=False, style="dim")


def search(
    query: Annotated[str, typer.Argument(help="搜索词")],
    k: Annotated[int, typer.Option("-k", min=1, max=100, help="结果数")] = 10,
    mode: Annotated[str, typer.Option(help="fused、bm25 或 vector")] = "fused",
    index: Index = None,
    report: Report = None,
    year: Year = None,
    college: College = None,
    chapter: Chapter = None,
    json: Json = False,
) -> None:
    with open_engine(index) as engine:
        hits = engine.search(query, k, filters=filters_of(report, year, college, chapter), mode=mode)
    if json:
        show_json(hits)
        return
    for number, hit in enumerate(hits, 1):
        console.print(f"[{number}] {hit.passage.heading}", style="bold", markup=False)
        console.print(f"    {hit.passage.text}", markup=False)


def cases(
    query: Annotated[str, typer.Argument(help="需要什么样的案例（可空）")] = "",
    k: Annotated[int, typer.Option("-k", min=1, max=200, help="结果数")] = 10,
    entity: Annotated[str, typer.Option(help="涉及的实体")] = "",
    theme: Annotated[str, typer.Option(help="主题")] = "",
    index: Index = None,
    report: Report = None,
    year: Year = None,
    college: College = None,
    chapter: Chapter = None,
    json: Json = False,
) -> None:
    with open_engine(index) as engine:
        found = engine.cases(query, k, filters=filters_of(report, year, college, chapter), entity=entity, theme=theme)
    if json:
        show_json(found)
        return
    for hit in found:
        page = f"，第{hit.page}页" if hit.page else ""
        console.print(f"{hit.case.number} {hit.case.title}", style="bold", markup=False)
        console.print(f"  {hit.report_title}，{hit.place} {hit.section_title}{page}", style="dim", markup=False)
        if hit.entities:
            console.print(f"  涉及：{'、'.join(hit.entities)}", markup=False)


def entity(
    name: Annotated[str, typer.Argument(help="名称、别名或编号")],
    index: Index = None,
    json: Json = False,
) -> None:
    with open_engine(index) as engine:
        view = engine.entity(name)
    if json:
        show_json(view)
        return
    console.print(f"{view.entity.name}（{view.entity.type}）", style="bold", markup=False)
    if view.entity.aliases:
        console.print(f"又称：{'、'.join(view.entity.aliases)}", markup=False)
    for former in view.former_names:
        console.print(f"曾用名：{former.name}{f'（{former.until}更名）' if former.until else ''}", markup=False)
    if view.changes:
        show_table(
            ["日期", "原机构", "现机构", "出处"],
            [(c.date, "、".join(c.earlier), "、".join(c.later), source_line(c.citation)) for c in view.changes],
            title="沿革",
        )
    show_table(
        ["主体", "关系", "对象", "出处"],
        [(s.subject, s.predicate, s.object, source_line(s.citation)) for s in view.statements],
        title="关系",
    )
    show_table(
        ["指标", "数值", "时间", "出处"],
        [
            (
                o.observation.indicator,
                f"{o.observation.source_value}{o.observation.unit}",
                o.observation.period.label,
                source_line(o.citation),
            )
            for o in view.observations
        ],
        title="指标",
    )
    console.print("出处：")
    show_citations(view.mentions)


def sparql(
    query: Annotated[str, typer.Argument(help="查询，或“-”")],
    index: Index = None,
    json: Json = False,
) -> None:
    text = sys.stdin.read() if query == "-" else query
    with open_engine(index) as engine:
        result = engine.sparql(text)
    sys.stdout.write(result.serialize("json" if json else "tsv").decode("utf-8"))
    sys.stdout.write("\n")
