"""What the engine returns, in the shapes that leave. The JSON API and the pages show the same views."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from qgraph.citations import citation_path, cite
from qgraph.ontology import read_patterns
from qgraph.records import (
    Case,
    CaseHit,
    Entity,
    EntityView,
    Finding,
    Hit,
    ObservationView,
    ReportRecord,
    ReportStats,
    StatementView,
    Table,
)
from qgraph_api.addresses import entity_path, report_path
from qgraph_api.schemas import CaseOut, CitationOut, EntityRef, PassageOut
from qgraph_api.schemas_graph import (
    CaseRef,
    ChangeOut,
    EntityOut,
    EntityViewOut,
    FindingOut,
    FormerNameOut,
    ObservationOut,
    ReportDetailOut,
    ReportOut,
    SectionOut,
    StatementOut,
    StatsOut,
    TableOut,
)

if TYPE_CHECKING:
    from qgraph.engine import Engine

_CHIPS = 12


class Views:
    """Makes shapes from records; knows the engine (for look-ups) and the Chinese labels."""

    def __init__(self, engine: Engine, labels: Mapping[str, str]) -> None:
        self.engine = engine
        self.labels = labels

    def label(self, name: str) -> str:
        """The Chinese name of a class or relation, or its own name when there is none."""
        return self.labels.get(name, name)

    # ------------------------------------------------------------------------------------ passages, cases

    def passage(self, hit: Hit) -> PassageOut:
        """A hit with its report, its best sentence and the entities that it names."""
        knowledge, passage = self.engine.knowledge, hit.passage
        document = knowledge.document(passage.report)
        sentence = knowledge.sentences.get(hit.sentence)
        source = cite(knowledge, passage.report, hit.sentence or passage.sentences[0], 1)
        ids = dict.fromkeys(e for s in passage.sentences for e in knowledge.entities_in.get(s, ()))
        return PassageOut(
            id=passage.id,
            report=passage.report,
            report_title=document.title,
            college=document.college,
            year=document.year,
            kind=passage.kind,
            heading=passage.heading,
            place=source.place,
            page=source.page,
            text=passage.text,
            start=passage.start,
            end=passage.end,
            sentence=hit.sentence,
            sentence_text=sentence.text if sentence else "",
            score=round(float(hit.score), 6),
            ranks=dict(hit.ranks),
            entities=[self.entity_ref(knowledge.entities[e]) for e in list(ids)[:_CHIPS]],
            link=citation_path(source),
        )

    def case(self, hit: CaseHit) -> CaseOut:
        """A case with the address that opens it in its report."""
        return CaseOut(
            id=hit.case.id,
            report=hit.report,
            report_title=hit.report_title,
            number=hit.case.number,
            title=hit.case.title,
            text=hit.case.text,
            place=hit.place,
            section_title=hit.section_title,
            page=hit.page,
            entities=list(hit.entities),
            themes=list(hit.themes),
            score=round(float(hit.score), 6),
            link=report_path(hit.report, hit.case.id),
        )

    def case_ref(self, report: str, case: Case) -> CaseRef:
        """A case by number and title."""
        return CaseRef(id=case.id, number=case.number, title=case.title, link=report_path(report, case.id))

    # ------------------------------------------------------------------------------------ entities

    def entity_ref(self, entity: Entity) -> EntityRef:
        """An entity by name."""
        return EntityRef(
            id=entity.id,
            type=entity.type,
            label=self.label(entity.type),
            name=entity.name,
            link=entity_path(entity.id),
        )

    def entity(self, entity: Entity) -> EntityOut:
        """An entity with its aliases and codes."""
        return EntityOut(
            **self.entity_ref(entity).model_dump(),
            aliases=list(entity.aliases),
            mentions=len(entity.mentions),
            codes=dict(entity.codes),
        )

    def entity_view(self, view: EntityView) -> EntityViewOut:
        """All that the reports say of one entity."""
        cases = [self.engine.knowledge.cases[case] for case in view.cases]
        return EntityViewOut(
            entity=self.entity(view.entity),
            statements=[self.statement(s) for s in view.statements],
            observations=[self.observation(o) for o in view.observations],
            cases=[self.case_ref(document.id, case) for document, case, _ in cases],
            mentions=[CitationOut.of(c) for c in view.mentions],
            changes=[
                ChangeOut(
                    kind=c.kind,
                    label=read_patterns("changes")["verbs"].get(c.kind, c.kind),
                    earlier=list(c.earlier),
                    later=list(c.later),
                    date=c.date,
                    citation=CitationOut.of(c.citation),
                )
                for c in view.changes
            ],
            former_names=[FormerNameOut(name=f.name, until=f.until) for f in view.former_names],
        )

    def statement(self, view: StatementView) -> StatementOut:
        """A statement with names and its source."""
        return StatementOut(
            subject=view.subject,
            predicate=view.predicate,
            label=self.label(view.predicate),
            object=view.object,
            qualifiers=dict(view.qualifiers),
            citation=CitationOut.of(view.citation),
            subject_link=entity_path(view.subject_id),
            object_link=entity_path(view.object_id),
            id=view.id,
        )

    def observation(self, view: ObservationView) -> ObservationOut:
        """A figure with its source; the value as text, so that nothing is rounded."""
        observation = view.observation
        return ObservationOut(
            id=observation.id,
            indicator=observation.indicator,
            value=str(observation.value),
            source_value=observation.source_value,
            unit=observation.unit,
            bound=observation.bound,
            period=observation.period.label,
            stated=observation.period.stated,
            qualifiers=list(observation.qualifiers),
            citation=CitationOut.of(view.citation),
        )

    # ------------------------------------------------------------------------------------ reports

    def report(self, stats: ReportStats) -> ReportOut:
        """Counts of one report."""
        return ReportOut.model_validate(stats)

    def report_detail(self, record: ReportRecord) -> ReportDetailOut:
        """Structure and text of one report."""
        document = record.document
        return ReportDetailOut(
            id=document.id,
            title=document.title,
            college=document.college,
            year=document.year,
            file_name=document.file_name,
            sha256=document.sha256,
            text=document.text,
            sections=[SectionOut.model_validate(s) for s in document.sections],
            cases=[self.case_ref(document.id, case) for case in document.cases],
            tables=[_table(t) for t in document.tables],
            figures=[f.text for f in document.figures],
            warnings=list(document.warnings),
            link=report_path(document.id),
        )

    def stats(self) -> StatsOut:
        """Counts over all reports."""
        found: dict[str, Any] = dict(self.engine.stats())
        found["reports"] = [self.report(r) for r in found["reports"]]
        found["version"] = str(found["version"] or "")
        return StatsOut(**found)

    # ------------------------------------------------------------------------------------ audit

    def finding(self, finding: Finding) -> FindingOut:
        """A finding with all its places."""
        return FindingOut(
            id=finding.id,
            report=finding.report,
            kind=finding.kind,
            title=finding.title,
            explanation=finding.explanation,
            quotes=list(finding.quotes),
            places=[CitationOut.of(c) for c in finding.places],
            confidence=finding.confidence,
            shown=finding.shown,
            explained=finding.explained,
        )


def _table(table: Table) -> TableOut:
    rows = [[""] * table.columns for _ in range(table.rows)]
    for cell in table.cells:
        rows[cell.row][cell.column] = cell.text
    return TableOut(
        id=table.id,
        number=table.number,
        caption=table.caption,
        source_line=table.source_line,
        rows=rows,
        start=table.start,
        end=table.end,
    )
