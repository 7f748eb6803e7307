"""The read side: opens an index and answers. Every door (command line, API, page) goes through `Engine`."""

from __future__ import annotations

import threading
from collections import Counter, OrderedDict
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING

from qgraph.answering import Answerer, Context
from qgraph.audit import audit_report, find_finding, mark_explained
from qgraph.citations import cite
from qgraph.config import Settings
from qgraph.errors import IndexFolderError, NotFoundError, QueryError
from qgraph.feedback import keep
from qgraph.graph import GraphStore, QueryResult
from qgraph.knowledge import Knowledge
from qgraph.manifest import JOURNAL, MANIFEST, read_manifest, shared
from qgraph.records import (
    Answer,
    CaseHit,
    Citation,
    Entity,
    EntityView,
    Filters,
    Finding,
    Hit,
    ObservationView,
    ReportRecord,
    ReportStats,
    StatementView,
)
from qgraph.search import Retriever, load_encoder
from qgraph.text import fold

if TYPE_CHECKING:
    from qgraph.extraction.journal import Decision, Journal

FEEDBACK = "feedback.jsonl"
EXPLAINED = "explained.jsonl"
_SESSIONS = 500
_MAX_QUESTION = 500
_MENTIONS_SHOWN = 50


class Engine:
    """An open index. Safe to use from several threads; close it (or use `with`) to release the index."""

    def __init__(
        self,
        index: Path,
        settings: Settings,
        store: GraphStore,
        knowledge: Knowledge,
        retriever: Retriever,
        held: IO[str],
    ) -> None:
        self.index = index
        self.settings = settings
        self.store = store
        self.knowledge = knowledge
        self.retriever = retriever
        self.answerer = Answerer(knowledge, retriever, settings)
        self._contexts: OrderedDict[str, Context] = OrderedDict()
        self._lock = threading.Lock()
        self._held = held

    @classmethod
    def open(cls, index: Path, settings: Settings) -> Engine:
        """Opens an index for reading. Raises IndexFolderError when there is none or it is unfinished."""
        manifest = read_manifest(index)
        if not manifest:
            raise IndexFolderError(f"“{index}”里没有索引，请先运行 qgraph build。", log=f"no {MANIFEST} in {index}")
        if not manifest.get("complete"):
            raise IndexFolderError(
                f"索引“{index}”没有建完，请再运行一次 qgraph build。", log=f"unfinished index {index}"
            )
        if manifest.get("encoder") != settings.encoder:
            raise IndexFolderError(
                "索引是用另一个编码模型建的，请再运行一次 qgraph build。",
                log="encoder differs from the index's",
            )
        held = shared(index)
        store = GraphStore(index / "graph", read_only=True)
        knowledge = Knowledge(store.read_report(report) for report in store.report_ids())
        retriever = Retriever.open(index / "search", load_encoder(settings))
        return cls(index, settings, store, knowledge, retriever, held)

    def close(self) -> None:
        """Releases the index, so that it can be built again."""
        self.store.close()
        self._held.close()

    def __enter__(self) -> Engine:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # ------------------------------------------------------------------------------------ asking

    def ask(self, question: str, *, filters: Filters = Filters(), session: str = "") -> Answer:
        """Answers a question. With a session name, follow-ups (那银奖呢？) keep what was asked before."""
        question = _checked(question, "问题")
        context = self._contexts.get(session) if session else None
        answer, context = self.answerer.converse(question, filters=filters, context=context)
        if session:
            with self._lock:
                self._contexts[session] = context
                self._contexts.move_to_end(session)
                while len(self._contexts) > _SESSIONS:
                    self._contexts.popitem(last=False)
        return answer

    def search(self, query: str, k: int = 10, *, filters: Filters = Filters(), mode: str = "fused") -> list[Hit]:
        """The k best passages within the filters."""
        query = _checked(query, "搜索词")
        return self.retriever.search(
            query, k, filters=lambda p: self.knowledge.allows(filters, p.report, p.section), mode=mode
        )

    def cases(
        self,
        query: str = "",
        k: int = 10,
        *,
        filters: Filters = Filters(),
        entity: str = "",
        theme: str = "",
    ) -> list[CaseHit]:
        """Cases for a need; without a query all cases within the filters, in the order of the report."""
        wanted = set(self.knowledge.entities_by_name.get(fold(entity), ())) if entity else None
        if entity and not wanted:
            raise NotFoundError(f"报告中没有找到“{entity}”。", log=f"unknown entity {entity}")
        scores: dict[str, float] = {}
        if query.strip():
            hits = self.retriever.search(
                _checked(query, "搜索词"),
                max(50, 5 * k),
                filters=lambda p: p.case is not None and self.knowledge.allows(filters, p.report, p.section),
                mode="fused",
            )
            for hit in hits:
                if hit.passage.case:
                    scores.setdefault(hit.passage.case, hit.score)
        found = []
        for case_id in scores or self.knowledge.cases:
            document, case, profile = self.knowledge.cases[case_id]
            if not self.knowledge.allows(filters, document.id, case.section):
                continue
            if wanted is not None and not wanted & set(profile.entities):
                continue
            if theme and theme not in profile.themes:
                continue
            section = document.section_by_id[case.section]
            names = tuple(self.knowledge.entities[e].name for e in profile.entities)
            found.append(
                CaseHit(
                    document.id,
                    document.title,
                    case,
                    section.path,
                    section.title,
                    document.page(case.start),
                    names,
                    profile.themes,
                    scores.get(case_id, 0.0),
                )
            )
        return found[:k]

    # ------------------------------------------------------------------------------------ the graph

    def entities(self, query: str = "", *, kind: str = "", limit: int = 50) -> list[Entity]:
        """Entities whose name or alias holds the query, exact names first, then the most mentioned."""
        key = fold(query)
        rows = []
        for entity in self.knowledge.entities.values():
            names = [fold(n) for n in (entity.name, *entity.aliases)]
            if (not kind or entity.type == kind) and (not key or any(key in n for n in names)):
                rows.append((key not in names, -len(entity.mentions), entity.id, entity))
        return [row[-1] for row in sorted(rows, key=lambda r: r[:3])[:limit]]

    def entity(self, id_or_name: str) -> EntityView:
        """All that the reports say of one entity. Raises NotFoundError."""
        knowledge = self.knowledge
        entity = knowledge.entity(id_or_name)
        statements = [
            StatementView(
                knowledge.entities[s.subject].name,
                s.predicate,
                knowledge.entities[s.object].name,
                s.qualifiers,
                self._cite(s.evidence.report, s.evidence.sentence, n),
                s.subject,
                s.object,
            )
            for n, s in enumerate(knowledge.statements_of.get(entity.id, ()), 1)
        ]
        observations = [
            ObservationView(o, self._cite(o.evidence.report, o.evidence.sentence, n))
            for n, o in enumerate(knowledge.observations_of.get(entity.id, ()), 1)
        ]
        cases = [c for c, (_, _, profile) in knowledge.cases.items() if entity.id in profile.entities]
        places = dict.fromkeys((m.evidence.report, m.evidence.sentence) for m in entity.mentions)
        mentions = [self._cite(r, s, n) for n, (r, s) in enumerate(list(places)[:_MENTIONS_SHOWN], 1)]
        return EntityView(entity, tuple(statements), tuple(observations), tuple(cases), tuple(mentions))

    def sparql(self, query: str) -> QueryResult:
        """Runs a read-only query over all reports. Raises QueryError."""
        if not query.strip():
            raise QueryError("查询是空的。", log="empty SPARQL query")
        return self.store.query(query, timeout=self.settings.sparql_timeout, limit=self.settings.sparql_limit)

    # ------------------------------------------------------------------------------------ reports

    def reports(self) -> list[ReportStats]:
        """Counts for each report, newest first."""
        return [_stats(record) for record in self.knowledge.records.values()]

    def report(self, report: str) -> ReportRecord:
        """One report with all its elements. Raises NotFoundError."""
        return self.knowledge.record(report)

    def stats(self) -> dict[str, object]:
        """Counts over the whole index and how it was built."""
        manifest = read_manifest(self.index)
        return {
            "reports": self.reports(),
            "entities": dict(sorted(Counter(e.type for e in self.knowledge.entities.values()).items())),
            "statements": dict(sorted(Counter(s.predicate for s in self.knowledge.statements).items())),
            "observations": len(self.knowledge.observations),
            "passages": len(self.knowledge.passages),
            "cases": len(self.knowledge.cases),
            "triples": self.store.size(),
            "version": manifest.get("version"),
            "failed": {p: e["reason"] for p, e in manifest.get("files", {}).items() if e["reason"]},
            "seconds": manifest.get("seconds", {}),
        }

    # ------------------------------------------------------------------------------------ feedback

    def feedback(
        self,
        question: str,
        verdict: str,
        *,
        kind: str = "",
        answer: str = "",
        expected: str = "",
        note: str = "",
        who: str = "",
    ) -> None:
        """Keeps a judgement on an answer ("right", "wrong" or "refused"). Raises QueryError."""
        with self._lock:
            keep(
                self.index / FEEDBACK,
                _checked(question, "问题"),
                verdict,
                kind=kind,
                answer=answer,
                expected=expected,
                note=note,
                who=who,
            )

    # ------------------------------------------------------------------------------------ audit

    def audit(self, report: str = "", *, everything: bool = False) -> list[Finding]:
        """What to check before a report goes out; of one report or of all. `everything` also lists findings
        of low confidence and those marked as explained. Raises NotFoundError."""
        reports = [report] if report else list(self.knowledge.records)
        findings = [f for r in reports for f in audit_report(self.knowledge, r, self.index / EXPLAINED)]
        return [f for f in findings if f.shown or everything]

    def explain(self, finding: str, *, note: str = "", who: str = "", undo: bool = False) -> None:
        """Marks a finding as explained, or takes the mark back. Raises NotFoundError."""
        row = find_finding(self.audit(everything=True), finding)
        with self._lock:
            mark_explained(self.index / EXPLAINED, row, note=note, who=who, undo=undo)

    # ------------------------------------------------------------------------------------ decisions

    def decisions(self) -> Journal:
        """The journal of staff decisions, with the lines of it that cannot be used."""
        from qgraph.extraction.journal import read_journal  # loads the extractors, which answering does not need

        return read_journal(self.index / JOURNAL)

    def decide(
        self,
        kind: str,
        target: str,
        who: str,
        *,
        others: Sequence[str] = (),
        names: Sequence[str] = (),
        name: str = "",
        type_: str = "",
        note: str = "",
    ) -> Decision:
        """Adds a decision to the journal; it takes effect at the next build. `target` and `others` are ids, or names
        of entities. Raises NotFoundError for what nobody knows, DecisionError for what cannot be."""
        from qgraph.extraction.journal import record_decision

        if kind != "undo":
            target, *found = (self._known(t) for t in (target, *others))
            others = tuple(found)
        entity = self.knowledge.entities.get(target)
        with self._lock:
            return record_decision(
                self.index / JOURNAL,
                kind,
                target,
                who,
                others=others,
                names=names,
                name=name,
                type_=type_,
                known_as=(entity.name, *entity.aliases) if entity else (),
                note=note,
            )

    def _known(self, target: str) -> str:
        if target in self.knowledge.observations or any(s.id == target for s in self.knowledge.statements):
            return target
        return self.knowledge.entity(target).id

    def _cite(self, report: str, sentence: str, number: int) -> Citation:
        return cite(self.knowledge, report, sentence, number)


def _checked(text: str, what: str) -> str:
    text = text.strip()
    if not text:
        raise QueryError(f"{what}是空的。", log="empty request")
    if len(text) > _MAX_QUESTION:
        raise QueryError(f"{what}太长（最多 {_MAX_QUESTION} 字）。", log="request too long")
    return text


def _stats(record: ReportRecord) -> ReportStats:
    document, extraction = record.document, record.extraction
    return ReportStats(
        document.id,
        document.title,
        document.college,
        document.year,
        len(document.text),
        len(document.sections),
        len(record.passages),
        len(document.cases),
        len(document.tables),
        dict(sorted(Counter(e.type for e in extraction.entities).items())),
        dict(sorted(Counter(s.predicate for s in extraction.statements).items())),
        len(extraction.observations),
        len(extraction.review),
    )
