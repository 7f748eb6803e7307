"""All shapes that travel between modules: frozen records, no behaviour beyond looking things up.

Offsets are code-point offsets into `Document.text`, the reading text: the report with hard wraps and
page furniture removed, blocks separated by a newline, table cells by a tab. For every element
`document.text[element.start:element.end] == element.text`. `Document.origin` leads from there to the
offsets in the file as it was received.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

# ---------------------------------------------------------------------------------------------- document


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch copied unchanged: `text[start:start+length] == source[origin:origin+length]`."""

    start: int
    origin: int
    length: int


@dataclass(frozen=True, slots=True)
class PageStart:
    """From offset `start` on, the text stands on page `page` (the number printed in the report).

    `printed` is False where the number was counted on from the nearest printed one.
    """

    start: int
    page: int
    printed: bool


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter, section or subsection. `text` is its heading line; `end` closes its whole extent.

    `number` is as printed without trailing punctuation ("1.3.2.1", "第一部分", "（一）", "" if none);
    `path` is the dotted position used to cite it ("1.3.2.1"; for unnumbered ones "前言·编制过程").
    `level` counts from 1.
    """

    id: str
    number: str
    title: str
    path: str
    level: int
    text: str
    start: int
    heading_end: int
    end: int
    parent: str | None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with the wraps removed. `case` is the id of the case that it belongs to, if any."""

    id: str
    text: str
    start: int
    end: int
    section: str
    case: str | None


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell; `header` marks column headings, `stub` marks row labels. Rows and columns from 0."""

    text: str
    start: int
    end: int
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    header: bool = False
    stub: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table. `text` is the whole block: caption line, then rows (cells by tab), then the source line.

    `number` is as printed ("表 1-1"), `caption` the words after it, `source_line` e.g.
    "数据来源：学校教务处数据统计" ("" if none).
    """

    id: str
    number: str
    caption: str
    source_line: str
    text: str
    start: int
    end: int
    section: str
    case: str | None
    rows: int
    columns: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure, of which the text holds only the caption; `text` is the caption line."""

    id: str
    number: str
    caption: str
    source_line: str
    text: str
    start: int
    end: int
    section: str
    case: str | None


@dataclass(frozen=True, slots=True)
class Case:
    """A case (案例). `text` is title line and body, captions of its figures included."""

    id: str
    number: str
    title: str
    text: str
    start: int
    end: int
    section: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a paragraph, a heading, a caption, a case title, or a row of a table.

    `kind` is one of text, heading, caption, case_title, row, title.
    """

    id: str
    text: str
    start: int
    end: int
    section: str
    case: str | None
    table: str | None
    kind: str = "text"


@dataclass(frozen=True)
class Document:
    """One report, read. `id` is deterministic: year and a hash of college and title."""

    id: str
    title: str
    college: str
    year: int
    file_name: str
    sha256: str
    text: str
    runs: tuple[Run, ...]
    pages: tuple[PageStart, ...]
    sections: tuple[Section, ...]
    paragraphs: tuple[Paragraph, ...]
    tables: tuple[Table, ...]
    figures: tuple[Figure, ...]
    cases: tuple[Case, ...]
    sentences: tuple[Sentence, ...]
    warnings: tuple[str, ...] = ()

    @cached_property
    def _run_starts(self) -> list[int]:
        return [run.start for run in self.runs]

    @cached_property
    def _page_starts(self) -> list[int]:
        return [page.start for page in self.pages]

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    @cached_property
    def section_by_id(self) -> Mapping[str, Section]:
        return {section.id: section for section in self.sections}

    @cached_property
    def case_by_id(self) -> Mapping[str, Case]:
        return {case.id: case for case in self.cases}

    def sentences_of_case(self, case: str) -> tuple[Sentence, ...]:
        """The sentences of a case, its title among them, in reading order."""
        return tuple(sentence for sentence in self.sentences if sentence.case == case)

    @cached_property
    def table_by_id(self) -> Mapping[str, Table]:
        return {table.id: table for table in self.tables}

    @cached_property
    def sentence_by_id(self) -> Mapping[str, Sentence]:
        return {sentence.id: sentence for sentence in self.sentences}

    def origin(self, offset: int) -> int:
        """Offset in the received file of the character at `offset`; inserted separators map to the
        character before them."""
        i = max(0, bisect_right(self._run_starts, offset) - 1)
        run = self.runs[i]
        return run.origin + min(offset - run.start, run.length - 1)

    def page(self, offset: int) -> int | None:
        """Page on which the character at `offset` stands, or None before the first known page."""
        i = bisect_right(self._page_starts, offset) - 1
        return self.pages[i].page if i >= 0 else None

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence that holds `offset`, or None between sentences."""
        i = bisect_right(self._sentence_starts, offset) - 1
        if i < 0 or offset >= self.sentences[i].end:
            return None
        return self.sentences[i]

    def place(self, sentence: Sentence) -> str:
        """How the report itself would name the place: "案例 2-1", "表 1-1", "1.3.2.4" or "前言·编制过程"."""
        if sentence.table:
            return self.table_by_id[sentence.table].number or self.section_by_id[sentence.section].path
        if sentence.case:
            return self.case_by_id[sentence.case].number
        if sentence.kind == "title":
            return "标题"
        return self.section_by_id[sentence.section].path


@dataclass(frozen=True, slots=True)
class Passage:
    """A retrieval unit: some consecutive sentences of one section, case or table.

    `kind` is text, case or table. `heading` is the path of titles ("1.人才培养 > 1.4招生与就业 > …"), for
    a case its number and title, for a table its caption and the sentence that introduces it; it is
    searched and embedded with the text but is not part of it. `sentences` are ids in reading order.
    """

    id: str
    report: str
    kind: str
    heading: str
    text: str
    start: int
    end: int
    section: str
    case: str | None
    table: str | None
    sentences: tuple[str, ...]


# ---------------------------------------------------------------------------------------------- knowledge


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where something is said: report, sentence and exact span in `Document.text`."""

    report: str
    sentence: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of text that names an entity. `source` says what found it (lexicon, lac, pattern …)."""

    text: str
    evidence: Evidence
    source: str


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing that reports speak of.

    `id` is "{type}/{hash of type and canonical name}"; `type` is a class of ontology/qgraph.ttl
    (Enterprise, College, Department, GovernmentBody, Association, Consortium, Media, Country, Region,
    Person, Award, Competition, Project, IndustryCollege, Base, Major, Course, Document, Team);
    `codes` hold links such as {"iso3166": "KZ", "gbt2260": "120000", "major": "460609"}.
    """

    id: str
    type: str
    name: str
    aliases: tuple[str, ...]
    mentions: tuple[Mention, ...]
    codes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Statement:
    """subject –predicate→ object, with what the relation itself has (level, grade, count, year, role).

    `subject` and `object` are entity ids; `origin` is rule, table, journal or model.
    """

    id: str
    subject: str
    predicate: str
    object: str
    qualifiers: Mapping[str, str]
    evidence: Evidence
    origin: str = "rule"
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Period:
    """When an observation holds.

    `label` as people say it ("2024年", "2023—2024学年", "截至2024年8月31日"), `start` and `end` as ISO
    dates or "" if open, `kind` one of calendar_year, school_year, financial_year, as_of, cohort (2024届),
    span, edition (第六届), `stated` False where the report's own year was assumed.
    """

    label: str
    start: str
    end: str
    kind: str
    stated: bool


@dataclass(frozen=True, slots=True)
class Observation:
    """A figure: what is counted, how much, in which unit, when, for whom.

    `value` is exact; `source_value` is the string as printed ("1.50", "三", "8万余"); `unit` is the
    normalised unit (万元, 人次, %, 个百分点 …), after resolving 万/亿 only where the unit is not money
    (8万余人次 is value 80000, unit 人次; 2656.82万元 stays 2656.82, 万元).
    `bound` is "" for exact, or one of 余 (more than), 近 (nearly), 约 (about), 以上, 以下, 超过.
    `indicator` is the label, `concept` the id of the SKOS concept ("" if none fits),
    `subject` an entity id, `qualifiers` words that narrow the scope (局级以上, 应届, 国家级, 其中),
    `part_of` the id of the observation that this is a part of ("" if none),
    `table` cells carry their row and column headings in the indicator.
    """

    id: str
    indicator: str
    concept: str
    value: Decimal
    source_value: str
    unit: str
    bound: str
    period: Period
    subject: str
    qualifiers: tuple[str, ...]
    part_of: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class CaseProfile:
    """What a case is about: ids of entities it names, themes from the vocabulary, its observations."""

    case: str
    entities: tuple[str, ...]
    themes: tuple[str, ...]
    observations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """Something found that fits no type or no entity, kept for staff with its sentence."""

    id: str
    kind: str
    text: str
    reason: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class OrganisationChange:
    """Organisations that were renamed, merged or succeeded by another, and when.

    `kind` is renamed (the same organisation under another name), merged (several became a new one), absorbed
    (taken in by one that goes on) or succeeded (a new one in place of an old one: 升格, 转设, 前身); `earlier` and
    `later` are entity ids; `date` is as printed without spaces ("2012年6月"), "" where the report says none.
    """

    id: str
    kind: str
    earlier: tuple[str, ...]
    later: tuple[str, ...]
    date: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was mined from one report."""

    report: str
    entities: tuple[Entity, ...]
    statements: tuple[Statement, ...]
    observations: tuple[Observation, ...]
    cases: tuple[CaseProfile, ...]
    review: tuple[ReviewItem, ...]
    changes: tuple[OrganisationChange, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportRecord:
    """One report as the graph holds it: the document, its passages and what was mined from it."""

    document: Document
    passages: tuple[Passage, ...]
    extraction: Extraction


# ---------------------------------------------------------------------------------------------- search, answers


@dataclass(frozen=True, slots=True)
class Filters:
    """Bounds of a search or question; they bind graph and passages alike. Empty means all."""

    reports: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    colleges: tuple[str, ...] = ()
    chapters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found. `ranks` give its place per retriever (from 1), `sentence` the best sentence id,
    `scores` what each retriever gave: "bm25" the sum of BM25, "vector" a cosine. `score` ranks the hits
    of one search; only the cosine means the same in two searches."""

    passage: Passage
    score: float
    ranks: Mapping[str, int]
    sentence: str = ""
    scores: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Citation:
    """One numbered source of an answer, ready to show. `text` is the exact sentence (or table row with
    its caption); `start` and `end` are its offsets in `Document.text`; `place` as in Document.place."""

    number: int
    report: str
    report_title: str
    college: str
    year: int
    place: str
    section_title: str
    page: int | None
    sentence: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a trace: what was done, with what result."""

    name: str
    detail: str
    milliseconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What qgraph says to a question.

    `kind` is number, entity, list, date, yesno, case, passage or none; `text` the short answer (items of
    a list joined by 、); `statement` a full Chinese sentence around it; `items` the list; `cases` ranked
    case numbers; `refused` with `reason` in Chinese and `nearby` citations of what is known instead;
    `calculation` shows how a computed value came about; `disagreement` lists other values that the
    reports give; `confidence` is calibrated, in [0, 1].
    """

    question: str
    kind: str
    text: str
    statement: str
    items: tuple[str, ...]
    cases: tuple[str, ...]
    citations: tuple[Citation, ...]
    refused: bool
    reason: str
    nearby: tuple[Citation, ...]
    calculation: str
    disagreement: tuple[str, ...]
    confidence: float
    suggestions: tuple[str, ...]
    trace: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class CaseHit:
    """A case found for a writer: the case, its place in the report, what it names, and why it was found."""

    report: str
    report_title: str
    case: Case
    place: str
    section_title: str
    page: int | None
    entities: tuple[str, ...]
    themes: tuple[str, ...]
    score: float


@dataclass(frozen=True, slots=True)
class StatementView:
    """A statement with names in place of ids, and its source."""

    subject: str
    predicate: str
    object: str
    qualifiers: Mapping[str, str]
    citation: Citation
    subject_id: str = ""
    object_id: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class ReviewView:
    """Places of one report that were kept for staff for one reason with one text, and the id of the decision that was
    made about them since ("" if none)."""

    items: tuple[ReviewItem, ...]
    citations: tuple[Citation, ...]
    decision: str


@dataclass(frozen=True, slots=True)
class DoubleView:
    """Two entities that may be one, the one mentioned more often first, each with a sentence that names it."""

    entities: tuple[Entity, Entity]
    citations: tuple[Citation | None, Citation | None]
    decision: str


@dataclass(frozen=True, slots=True)
class ObservationView:
    """An observation with its source."""

    observation: Observation
    citation: Citation


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A change of organisations with names in place of ids, and its source."""

    kind: str
    earlier: tuple[str, ...]
    later: tuple[str, ...]
    date: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class FormerName:
    """A name that an organisation bore, and the date, as printed, since which it bears another ("" if unknown)."""

    name: str
    until: str


@dataclass(frozen=True, slots=True)
class EntityView:
    """All that the reports say of one entity."""

    entity: Entity
    statements: tuple[StatementView, ...]
    observations: tuple[ObservationView, ...]
    cases: tuple[str, ...]
    mentions: tuple[Citation, ...]
    changes: tuple[ChangeView, ...] = ()
    former_names: tuple[FormerName, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportStats:
    """What one report holds, in counts."""

    report: str
    title: str
    college: str
    year: int
    characters: int
    sections: int
    passages: int
    cases: int
    tables: int
    entities: Mapping[str, int]
    statements: Mapping[str, int]
    observations: int
    review: int


@dataclass(frozen=True, slots=True)
class Finding:
    """A place that the writing office should look at before the report goes out.

    `id` depends on the kind and the quoted words, not on offsets, so that a mark survives a rebuild;
    `kind` is a key of ontology/patterns/audit.toml; `places` quotes every sentence concerned;
    `confidence` in [0, 1]; `shown` says whether it is shown unasked; `explained` is the note of the person
    who marked it as explained ("" if nobody did).
    """

    id: str
    report: str
    kind: str
    title: str
    explanation: str
    quotes: tuple[str, ...]
    places: tuple[Citation, ...]
    confidence: float
    shown: bool
    explained: str = ""
