"""The read-only view of all reports in memory, with the look-ups that answering, auditing and pages need.

It is made from the graph alone (`GraphStore.read_report`), so what it shows is what SPARQL shows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from qgraph.errors import NotFoundError
from qgraph.records import (
    Case,
    CaseProfile,
    Document,
    Entity,
    Filters,
    FormerName,
    Observation,
    OrganisationChange,
    Passage,
    ReportRecord,
    ReviewItem,
    Section,
    Sentence,
    Statement,
)
from qgraph.text import fold


class Knowledge:
    """All reports, read-only. Entities with one id are one thing, whichever reports name it."""

    def __init__(self, records: Iterable[ReportRecord]) -> None:
        ordered = sorted(records, key=lambda r: (-r.document.year, r.document.college, r.document.id))
        self.records: Mapping[str, ReportRecord] = {r.document.id: r for r in ordered}

    # ------------------------------------------------------------------------------------ documents

    @property
    def documents(self) -> list[Document]:
        """Newest report first."""
        return [record.document for record in self.records.values()]

    def record(self, report: str) -> ReportRecord:
        """The record of one report. Raises NotFoundError."""
        if report not in self.records:
            raise NotFoundError(f"没有编号为“{report}”的报告。", log=f"unknown report {report}")
        return self.records[report]

    def document(self, report: str) -> Document:
        """The document of one report. Raises NotFoundError."""
        return self.record(report).document

    @cached_property
    def passages(self) -> Mapping[str, Passage]:
        """All passages by id."""
        return {p.id: p for r in self.records.values() for p in r.passages}

    @cached_property
    def passage_of_sentence(self) -> Mapping[str, Passage]:
        """The passage that a sentence stands in; of several the first."""
        found: dict[str, Passage] = {}
        for passage in self.passages.values():
            for sentence in passage.sentences:
                found.setdefault(sentence, passage)
        return found

    @cached_property
    def sentences(self) -> Mapping[str, Sentence]:
        """All sentences by id."""
        return {s.id: s for d in self.documents for s in d.sentences}

    @cached_property
    def report_of_sentence(self) -> Mapping[str, str]:
        """The report of each sentence."""
        return {s.id: d.id for d in self.documents for s in d.sentences}

    @cached_property
    def cases(self) -> Mapping[str, tuple[Document, Case, CaseProfile]]:
        """All cases by id, with their document and profile."""
        found = {}
        for record in self.records.values():
            profiles = {p.case: p for p in record.extraction.cases}
            for case in record.document.cases:
                profile = profiles.get(case.id, CaseProfile(case.id, (), (), ()))
                found[case.id] = (record.document, case, profile)
        return found

    def section_path(self, document: Document, section: str) -> tuple[Section, ...]:
        """The section and those above it, from the chapter down."""
        path: list[Section] = []
        current: str | None = section
        while current is not None:
            node = document.section_by_id[current]
            path.append(node)
            current = node.parent
        return tuple(reversed(path))

    def allows(self, filters: Filters, report: str, section: str | None = None) -> bool:
        """Whether the filters let through this report and, where a chapter is wanted, this section."""
        document = self.document(report)
        if filters.reports and report not in filters.reports:
            return False
        if filters.years and document.year not in filters.years:
            return False
        if filters.colleges and not any(fold(c) in fold(document.college + document.title) for c in filters.colleges):
            return False
        if filters.chapters:
            if section is None:
                return False
            path = [s.path for s in self.section_path(document, section)]
            return any(p == c or p.startswith((c + ".", c + "·")) for c in filters.chapters for p in path)
        return True

    # ------------------------------------------------------------------------------------ entities

    def names_of(self, ids: Iterable[str]) -> Iterator[str]:
        """Names and aliases of these entities."""
        return (name for i in ids for name in (self.entities[i].name, *self.entities[i].aliases))

    @cached_property
    def entities(self) -> Mapping[str, Entity]:
        """All entities by id; aliases, mentions and codes of all reports are put together."""
        merged: dict[str, Entity] = {}
        for record in self.records.values():
            for entity in record.extraction.entities:
                known = merged.get(entity.id)
                if known is None:
                    merged[entity.id] = entity
                    continue
                merged[entity.id] = replace(
                    known,
                    aliases=tuple(dict.fromkeys((*known.aliases, *entity.aliases))),
                    mentions=(*known.mentions, *entity.mentions),
                    codes={**entity.codes, **known.codes},
                )
        return merged

    @cached_property
    def entities_by_name(self) -> Mapping[str, tuple[str, ...]]:
        """Ids of the entities that bear a name or alias, by the folded name; most mentioned first."""
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for entity in sorted(self.entities.values(), key=lambda e: (-len(e.mentions), e.id)):
            for name in (entity.name, *entity.aliases):
                found[fold(name)][entity.id] = None
        for entity in self.entities.values():  # a former name means the organisation that bears another now
            for former in self.former_names(entity.id):
                found[fold(former.name)][entity.id] = None
        return {name: tuple(ids) for name, ids in found.items() if name}

    def entity(self, id_or_name: str) -> Entity:
        """An entity by id, or by name or alias (the most mentioned one). Raises NotFoundError."""
        if id_or_name in self.entities:
            return self.entities[id_or_name]
        ids = self.entities_by_name.get(fold(id_or_name), ())
        if not ids:
            raise NotFoundError(f"报告中没有找到“{id_or_name}”。", log=f"unknown entity {id_or_name}")
        return self.entities[ids[0]]

    def college_entity(self, report: str) -> Entity | None:
        """The entity of the college whose report it is."""
        ids = self.entities_by_name.get(fold(self.document(report).college), ())
        colleges = [i for i in ids if self.entities[i].type == "College"]
        return self.entities[colleges[0]] if colleges else None

    @cached_property
    def own_names(self) -> Mapping[str, frozenset[str]]:
        """By report, the folded words with which it speaks of its own college (学校, 我院, the name)."""
        found = {}
        for document in self.documents:
            own = self.college_entity(document.id)
            words = [own.name, *own.aliases, *(m.text for m in own.mentions)] if own else []
            found[document.id] = frozenset(fold(word) for word in words)
        return found

    # ------------------------------------------------------------------------------------ facts

    @cached_property
    def changes_of(self) -> Mapping[str, tuple[OrganisationChange, ...]]:
        """Changes in which an organisation is one of the earlier or later ones, by entity id."""
        found: dict[str, list[OrganisationChange]] = defaultdict(list)
        for change in (c for r in self.records.values() for c in r.extraction.changes):
            for end in dict.fromkeys((*change.earlier, *change.later)):
                found[end].append(change)
        return {key: tuple(rows) for key, rows in found.items()}

    def former_names(self, entity: str) -> tuple[FormerName, ...]:
        """Names that an organisation bore before it was renamed, the latest first; not those of organisations that
        were merged into it or that it took the place of."""
        bearers = self._bearers(entity)
        return tuple(FormerName(self.entities[e].name, date) for e, date in bearers.items() if e != entity)

    def history(self, entity: str) -> tuple[OrganisationChange, ...]:
        """Changes of an organisation under all names that it bore, in the order of the reports and of reading."""
        bearers = self._bearers(entity)
        found = {c.id: c for bearer in bearers for c in self.changes_of.get(bearer, ())}
        return tuple(sorted(found.values(), key=lambda c: (c.evidence.report, c.evidence.start, c.id)))

    def _bearers(self, entity: str) -> dict[str, str]:
        """An organisation and the entities that are its former names, with the date until which each was."""
        found = {entity: ""}
        waiting = [entity]
        for bearer in waiting:
            for change in self.changes_of.get(bearer, ()):
                for former in change.earlier if change.kind == "renamed" and bearer in change.later else ():
                    if former in self.entities and former not in found:
                        found[former] = change.date
                        waiting.append(former)
        return found

    @cached_property
    def statements(self) -> Sequence[Statement]:
        """All statements, in the order of the reports and of reading."""
        return [s for r in self.records.values() for s in r.extraction.statements]

    @cached_property
    def observations(self) -> Mapping[str, Observation]:
        """All observations by id, in the order of the reports and of reading."""
        return {o.id: o for r in self.records.values() for o in r.extraction.observations}

    @cached_property
    def review(self) -> Mapping[str, ReviewItem]:
        """What was kept for staff, by id, in the order of the reports."""
        return {i.id: i for r in self.records.values() for i in r.extraction.review}

    @cached_property
    def statements_of(self) -> Mapping[str, tuple[Statement, ...]]:
        """Statements in which an entity is subject or object, by entity id."""
        found: dict[str, list[Statement]] = defaultdict(list)
        for statement in self.statements:
            for end in dict.fromkeys((statement.subject, statement.object)):
                found[end].append(statement)
        return {key: tuple(rows) for key, rows in found.items()}

    @cached_property
    def observations_of(self) -> Mapping[str, tuple[Observation, ...]]:
        """Observations by the id of their subject."""
        found: dict[str, list[Observation]] = defaultdict(list)
        for observation in self.observations.values():
            found[observation.subject].append(observation)
        return {key: tuple(rows) for key, rows in found.items()}

    @cached_property
    def observations_in(self) -> Mapping[str, tuple[Observation, ...]]:
        """Observations by the id of their sentence."""
        found: dict[str, list[Observation]] = defaultdict(list)
        for observation in self.observations.values():
            found[observation.evidence.sentence].append(observation)
        return {key: tuple(rows) for key, rows in found.items()}

    @cached_property
    def entities_in(self) -> Mapping[str, tuple[str, ...]]:
        """Ids of the entities mentioned in a sentence, in reading order, by sentence id."""
        found: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for entity in self.entities.values():
            for mention in entity.mentions:
                found[mention.evidence.sentence].append((mention.evidence.start, entity.id))
        return {key: tuple(dict.fromkeys(i for _, i in sorted(rows))) for key, rows in found.items()}
