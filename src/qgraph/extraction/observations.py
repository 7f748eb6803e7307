"""Every figure of text and tables as an observation: what, how much, in which unit, when, for whom."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from qgraph.extraction.indicators import find_concept
from qgraph.extraction.observations_fragments import Fragment, fragments, sentence_spans
from qgraph.extraction.observations_labels import Label, Labeller, renamed, told_apart
from qgraph.extraction.observations_owners import Owned, find_owned
from qgraph.extraction.observations_parts import counts_names, find_totals, shared_names
from qgraph.extraction.observations_phrases import plain, without_periods
from qgraph.extraction.observations_subjects import Subjects
from qgraph.extraction.observations_tables import table_figures
from qgraph.extraction.observations_things import Thing
from qgraph.extraction.observations_words import words
from qgraph.extraction.periods import PeriodScope
from qgraph.language.quantities import Quantity, find_quantities
from qgraph.records import Document, Entity, Evidence, Observation, Paragraph, Period, Sentence
from qgraph.text import squeeze

_PLANNED = "计划"
# Who does what a clause tells, and is told as the figure's subject.
_AGENTS = frozenset(("Department", "Person"))


@dataclass(frozen=True)
class _Draft:
    """An observation before it has its number; `total` is the draft that it is part of."""

    observation: Observation
    start: int
    total: _Draft | None


def extract_observations(
    document: Document, docs: Sequence[Any], entities: Sequence[Entity]
) -> tuple[Observation, ...]:
    """The observations of a report in reading order, numbered `{report}/o1` … .

    `docs` are the spaCy Docs of `qgraph.language.parse`, whose quantities are used; without them the quantities
    are found anew.
    """
    found = {doc._.offset: doc._.quantities for doc in docs if doc._.has("quantities")}
    subjects = Subjects(document, entities)
    drafts: list[_Draft] = []
    openings: dict[str, Period] = {}
    for paragraph in document.paragraphs:
        quantities = found.get(paragraph.start)
        if quantities is None or any(q.end > len(paragraph.text) for q in quantities):
            quantities = find_quantities(paragraph.text)
        drafts.extend(_paragraph(document, paragraph, quantities, subjects, openings))
    for table in document.tables:
        for figure in table_figures(document, table, subjects):
            drafts.append(_Draft(figure, figure.evidence.start, None))
    return _numbered(document, sorted(drafts, key=lambda d: d.start))


def _numbered(document: Document, drafts: Sequence[_Draft]) -> tuple[Observation, ...]:
    """With ids in reading order; what one section tells twice in the same words is told once."""
    seen: dict[tuple[object, ...], str] = {}
    ids: dict[int, str] = {}
    result: list[Observation] = []
    for draft in drafts:
        o = draft.observation
        sentence = document.sentence_by_id[o.evidence.sentence]
        place = sentence.table or sentence.case or sentence.section
        words_told = o.evidence.start if sentence.table else squeeze(_told(document, o))
        same = (place, words_told, o.indicator, o.value, o.unit, o.period.label, o.subject)
        if same in seen:
            ids[id(draft)] = seen[same]
            continue
        new = f"{document.id}/o{len(result) + 1}"
        seen[same] = ids[id(draft)] = new
        part_of = ids.get(id(draft.total), "") if draft.total is not None else ""
        result.append(replace(o, id=new, part_of=part_of if part_of != new else ""))
    return tuple(result)


def _told(document: Document, o: Observation) -> str:
    return document.text[o.evidence.start : o.evidence.end]


def _paragraph(
    document: Document,
    paragraph: Paragraph,
    quantities: Sequence[Quantity],
    subjects: Subjects,
    openings: dict[str, Period],
) -> list[_Draft]:
    spans = sentence_spans(document, paragraph)
    scope = PeriodScope(paragraph.text, spans, document.year, openings.get(paragraph.section))
    if not quantities:
        # a paragraph that only opens a section may say of which year it speaks
        if len(spans) == 1 and scope.closing is not None:
            openings[paragraph.section] = scope.closing
        return []
    parts = fragments(paragraph.text, spans, quantities)
    totals = find_totals(paragraph.text, parts)
    spots = subjects.within(paragraph.start, paragraph.end)
    owned = find_owned(paragraph.text, parts, spots, paragraph.start)
    competitions = [
        (s.start - paragraph.start, s.end - paragraph.start, _without_edition(s.name, document.year))
        for s in spots
        if s.type == "Competition"
    ]
    agents = sorted({document.text[s.start : s.end] for s in spots if s.type in _AGENTS}, key=lambda a: (-len(a), a))
    things = [
        Thing(s.start - paragraph.start, s.end - paragraph.start, document.text[s.start : s.end], s.type) for s in spots
    ]
    labeller = Labeller(paragraph.text, document.year, _headings(document, paragraph), competitions, agents, things)
    named = _labels(labeller, parts, totals, owned)
    drafts: list[_Draft] = []
    firsts: list[_Draft | None] = []
    for i, (fragment, total, names) in enumerate(zip(parts, totals, named, strict=True)):
        whole = firsts[total] if total is not None else None
        first: _Draft | None = None
        for name in names:
            observation = _observation(document, paragraph, fragment, name, scope, subjects, whole)
            if observation is not None and not name.own and i and words().planned.search(parts[i - 1].before):
                # 力争由 87% 提高到 92%: what is aimed at is the second figure
                observation = replace(observation, qualifiers=(*observation.qualifiers, _PLANNED))
            if observation is not None and i in owned:
                observation = replace(observation, subject=owned[i].spot.id)
            if observation is not None:
                draft = _Draft(observation, observation.evidence.start, whole)
                drafts.append(draft)
                first = first or draft
        firsts.append(first)
    return drafts


def _without_edition(name: str, year: int) -> str:
    """A competition's name as it is every year."""
    return plain(without_periods(name, year), brackets=True)


def _labels(
    labeller: Labeller, parts: Sequence[Fragment], totals: Sequence[int | None], owned: Mapping[int, Owned]
) -> list[list[Label]]:
    """The labels of each figure of a paragraph."""
    dealt = shared_names(parts)
    idle = counts_names(parts)
    labels: list[Label] = []
    result: list[list[Label]] = []
    for i, fragment in enumerate(parts):
        total = totals[i]
        previous = labels[_told_of(i, parts, totals)] if i and parts[i - 1].sentence == fragment.sentence else None
        names = labeller.label(fragment, previous, labels[total] if total is not None else None)
        if i in dealt:
            names = [_dealt(dealt[i], labels, names[0])]
        if i in owned:
            names = [labeller.of_list(fragment, owned[i].head) if owned[i].head else labels[i - 1]]
        labels.append(names[-1])
        result.append([] if i in idle else names)
    apart = told_apart(labels, parts, labeller)
    return [[label] if len(names) == 1 else names for names, label in zip(result, apart, strict=True)]


def _told_of(i: int, parts: Sequence[Fragment], totals: Sequence[int | None]) -> int:
    """The figure that the clause of figure `i` goes on about: the one before, or for money the whole of which that is
    a part (立项课题 74 项，其中国家级 1 项，到账经费 218 万元)."""
    whole = totals[i - 1]
    goes_on = parts[i].quantity.kind == "money" and totals[i] is None and "，" in parts[i].clause
    return whole if goes_on and whole is not None and parts[whole].sentence == parts[i].sentence else i - 1


def _dealt(name: str, labels: Sequence[Label], label: Label) -> Label:
    back = re.match(r"#(\d+)(.*)$", name)
    if back is None:
        measured = words().measured.search(name) and not label.text.endswith("）")
        return replace(label, core=name, text=name) if measured else renamed(label, name)
    return renamed(label, labels[-int(back[1])].core + back[2]) if int(back[1]) <= len(labels) else label


def _observation(
    document: Document,
    paragraph: Paragraph,
    fragment: Fragment,
    label: Label,
    scope: PeriodScope,
    subjects: Subjects,
    whole: _Draft | None,
) -> Observation | None:
    quantity, offset = fragment.quantity, paragraph.start
    sentence = document.sentence_at(offset + quantity.start)
    if sentence is None:
        return None
    period = _period(fragment, scope, whole)
    evidence = _evidence(document, sentence, offset + fragment.start, offset + max(fragment.end, quantity.end))
    return Observation(
        id="",
        indicator=label.text,
        # a case tells of something special, whose figures are not the college's indicators
        concept="" if paragraph.case else find_concept(label.text, quantity.unit),
        value=quantity.value if quantity.value else Decimal(0),
        source_value=quantity.number,
        unit=quantity.unit,
        bound=quantity.bound,
        period=period,
        subject=subjects.subject(sentence.start, offset + quantity.start),
        qualifiers=_qualifiers(fragment, label, whole is not None),
        part_of="",
        evidence=evidence,
    )


def _period(fragment: Fragment, scope: PeriodScope, whole: _Draft | None) -> Period:
    """A part holds when its total does, unless its own clause says another time as such."""
    quantity = fragment.quantity
    if whole is not None:
        mention = scope.mention_at(quantity.start, quantity.end)
        if mention is None or mention.named or mention.end < fragment.start:
            return whole.observation.period
    return scope.at(quantity.start, quantity.end)


def _qualifiers(fragment: Fragment, label: Label, part: bool) -> tuple[str, ...]:
    rules = words()
    found = [m[0] for m in rules.qualifiers.finditer(label.text)]
    found += [m[0] for m in rules.qualifiers.finditer(fragment.before)]
    if part or fragment.of_which:
        found.insert(0, "其中")
    if rules.planned.search(fragment.before) and not rules.rises(fragment.before, fragment.behind):
        found.append(_PLANNED)
    return tuple(dict.fromkeys(found))


def _evidence(document: Document, sentence: Sentence, start: int, end: int) -> Evidence:
    start, end = max(start, sentence.start), min(end, sentence.end)
    while start < end and document.text[start] in " ，；：、）)":
        start += 1
    while end > start and document.text[end - 1] in " ，；：、（(":
        end -= 1
    return Evidence(document.id, sentence.id, start, end)


def _headings(document: Document, paragraph: Paragraph) -> list[str]:
    """Titles above a paragraph, nearest first: of its case, its section and those around it."""
    titles = [document.case_by_id[paragraph.case].title] if paragraph.case else []
    section: str | None = paragraph.section
    while section is not None:
        titles.append(document.section_by_id[section].title)
        section = document.section_by_id[section].parent
    return titles
