"""Looking things up: passages, cases, entities, SPARQL, reports, counts."""

from __future__ import annotations

from collections import Counter

from qgraph.engine.opening import OpenIndex, checked
from qgraph.errors import NotFoundError, QueryError
from qgraph.graph import QueryResult
from qgraph.manifest import read_manifest
from qgraph.records import (
    CaseHit,
    ChangeView,
    Entity,
    EntityView,
    Filters,
    Hit,
    ObservationView,
    ReportRecord,
    ReportStats,
    StatementView,
)
from qgraph.text import fold

_MENTIONS_SHOWN = 50


class Looking(OpenIndex):
    """What the reports hold."""

    def search(self, query: str, k: int = 10, *, filters: Filters = Filters(), mode: str = "fused") -> list[Hit]:
        """The k best passages within the filters."""
        query = checked(query, "搜索词")
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
                checked(query, "搜索词"),
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
                s.id,
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
        changes = [
            ChangeView(
                c.kind,
                tuple(knowledge.entities[e].name for e in c.earlier),
                tuple(knowledge.entities[e].name for e in c.later),
                c.date,
                self._cite(c.evidence.report, c.evidence.sentence, n),
            )
            for n, c in enumerate(knowledge.history(entity.id), 1)
        ]
        former = knowledge.former_names(entity.id)
        return EntityView(
            entity, tuple(statements), tuple(observations), tuple(cases), tuple(mentions), tuple(changes), former
        )

    def sparql(self, query: str) -> QueryResult:
        """Runs a read-only query over all reports. Raises QueryError."""
        if not query.strip():
            raise QueryError("查询是空的。", log="empty SPARQL query")
        return self.store.query(query, timeout=self.settings.sparql_timeout, limit=self.settings.sparql_limit)

    def reports(self) -> list[ReportStats]:
        """Counts for each report, newest first."""
        return [_counts(record) for record in self.knowledge.records.values()]

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


def _counts(record: ReportRecord) -> ReportStats:
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
