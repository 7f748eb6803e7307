"""The real engine over the made-up report, with small parts in the place of the encoder and the answering:
quick to start, and its answers are known."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any
from unittest.mock import patch

from qgraph.answering import Context
from qgraph.citations import cite
from qgraph.config import Settings
from qgraph.engine import Engine
from qgraph.extraction.identity import entity_id
from qgraph.graph import GraphStore
from qgraph.knowledge import Knowledge
from qgraph.passages import split_passages
from qgraph.reading import read_report
from qgraph.records import (
    Answer,
    CaseProfile,
    Document,
    Entity,
    Evidence,
    Extraction,
    Filters,
    Hit,
    Mention,
    Observation,
    Passage,
    Period,
    ReportRecord,
    ReviewItem,
    Statement,
    Step,
)
from qgraph.text import bigrams

REPORT = next((Path(__file__).parent / "data" / "second_report").glob("*.txt"))
NAMES = {
    "College": ("云梦市虚构职业技术学院", ("学院", "我院")),
    "Association": ("云梦青禾慈善基金会", ("基金会",)),
    "Media": ("《云梦日报》", ()),
    "Competition": ("云梦省职业院校技能大赛", ()),
}


def small_record() -> ReportRecord:
    """The made-up report with a handful of hand-made facts, one of them at odds with another."""
    document = read_report(REPORT)
    entities = tuple(_entity(document, kind, name, aliases) for kind, (name, aliases) in NAMES.items())
    college, foundation = entities[0].id, entities[1].id
    help_place = _evidence(document, "晨光助学金")
    pupils = _evidence(document, "在校生8650人")
    period = Period("2023年", "2023-01-01", "2023-12-31", "calendar_year", False)
    statement = Statement("st1", college, "cooperatesWith", foundation, {"year": "2023"}, help_place)
    observation = Observation(
        "ob1", "全日制在校生数", "", Decimal("8650"), "8650", "人", "", period, college, (), "", pupils
    )
    contradiction = replace(
        observation,
        id="ob2",
        value=Decimal("3120"),
        source_value="3120",
        evidence=_evidence(document, "新生3120人"),
    )
    cases = tuple(CaseProfile(c.id, tuple(e.id for e in entities if e.name in c.text), (), ()) for c in document.cases)
    extraction = Extraction(
        document.id,
        entities,
        (_renamed(statement, document.id),),
        (_renamed(observation, document.id), _renamed(contradiction, document.id)),
        cases,
        (),
    )
    return ReportRecord(document, split_passages(document), extraction)


def undecided_record() -> ReportRecord:
    """The same with what staff are to decide: two names that may be one, a name of no type, a cell out of line."""
    record = small_record()
    document, extraction = record.document, record.extraction
    alike = tuple(_entity(document, "Enterprise", name, ()) for name in ("青禾智能科技股份有限公司", "青禾"))
    review = [
        ReviewItem(f"{document.id}/review/{id_}", kind, text, reason, replace(place, end=place.start + len(text)))
        for id_, kind, text, reason in (
            ("e1", "entity", "白鹭", "像机构名，但看不出属于哪一类。"),
            ("t1", "table", "5600", "这一行与栏目没有对齐。"),
        )
        for place in [_evidence(document, text)]
    ]
    more = replace(extraction, entities=(*extraction.entities, *alike), review=tuple(review))
    return replace(record, extraction=more)


def small_engine(folder: Path, settings: Settings, record: ReportRecord | None = None) -> Engine:
    """The engine over that report (or another), its graph in `folder`."""
    record = record or small_record()
    store = GraphStore(folder / "graph")
    store.replace_report(record)
    knowledge = Knowledge([record])
    retriever: Any = SmallRetriever(record.passages)
    with patch("qgraph.engine.opening.Answerer", lambda knowledge, *_: SmallAnswerer(knowledge)):
        return Engine(folder, settings, store, knowledge, retriever, io.StringIO())


class SmallRetriever:
    """Passages by the number of bigrams that they share with the query."""

    def __init__(self, passages: tuple[Passage, ...]) -> None:
        self.passages = passages

    def search(
        self, query: str, k: int, *, filters: Callable[[Passage], bool] | None = None, mode: str = "fused"
    ) -> list[Hit]:
        wanted = set(bigrams(query))
        rows = []
        for passage in self.passages:
            score = len(wanted & set(bigrams(passage.heading + passage.text)))
            if score and (filters is None or filters(passage)):
                rows.append(Hit(passage, float(score), {"bm25": 1}, passage.sentences[0]))
        return sorted(rows, key=lambda h: (-h.score, h.passage.id))[:k]


class SmallAnswerer:
    """Knows the number of students, and nothing else."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge

    def converse(self, question: str, *, filters: Filters, context: object) -> tuple[Answer, Context]:
        document = self.knowledge.documents[0]
        place = _evidence(document, "在校生8650人")
        citation = cite(self.knowledge, document.id, place.sentence, 1)
        trace = (Step("分析问题", question, 1.25),)
        known = "在校生" in question and self.knowledge.allows(filters, document.id, _section(document, place))
        base = {"question": question, "items": (), "cases": (), "calculation": "", "trace": trace}
        if not known:
            reason = "收录的报告里没有关于这个问题的内容。"
            more: Mapping[str, Any] = {
                "kind": "none",
                "text": "",
                "statement": "",
                "citations": (),
                "refused": True,
                "reason": reason,
                "nearby": (citation,),
                "disagreement": (),
                "confidence": 0.1,
                "suggestions": ("全日制在校生有多少人？",),
            }
        else:
            more = {
                "kind": "number",
                "text": "8650人",
                "statement": "2023年，学院全日制在校生8650人。",
                "citations": (citation,),
                "refused": False,
                "reason": "",
                "nearby": (),
                "disagreement": ("8640人（附表）",),
                "confidence": 0.93,
                "suggestions": ("专任教师有多少人？",),
            }
        return Answer(**base, **more), Context(question)


def _entity(document: Document, kind: str, name: str, aliases: tuple[str, ...]) -> Entity:
    mentions = []
    for word in (name, *aliases):
        at = document.text.find(word)
        while at >= 0:
            sentence = document.sentence_at(at)
            if sentence is not None:
                mentions.append(Mention(word, Evidence(document.id, sentence.id, at, at + len(word)), "test"))
            at = document.text.find(word, at + 1)
    return Entity(entity_id(kind, name), kind, name, aliases, tuple(mentions))


def _evidence(document: Document, words: str) -> Evidence:
    at = document.text.index(words)
    sentence = document.sentence_at(at)
    assert sentence is not None
    return Evidence(document.id, sentence.id, at, at + len(words))


def _section(document: Document, evidence: Evidence) -> str:
    return document.sentence_by_id[evidence.sentence].section


def _renamed(fact: Any, report: str) -> Any:
    return replace(fact, id=f"{report}/{fact.id}")
