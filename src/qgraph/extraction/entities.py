"""Entities of one report: find candidates, choose between overlapping ones, put names of one thing together."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from qgraph.extraction.candidates import Candidate, candidate, tidy
from qgraph.extraction.entities_awards import find_awards, find_honours, sort_festivals
from qgraph.extraction.entities_bodies import find_bodies
from qgraph.extraction.entities_build import build_entities
from qgraph.extraction.entities_choice import choose
from qgraph.extraction.entities_elsewhere import as_elsewhere
from qgraph.extraction.entities_lists import find_beside, find_courses, find_listed
from qgraph.extraction.entities_majors import find_majors, find_named_groups
from qgraph.extraction.entities_marked import find_own_title, find_quoted, find_titled
from qgraph.extraction.entities_offices import find_counted, find_offices
from qgraph.extraction.entities_persons import find_persons
from qgraph.extraction.entities_places import find_places
from qgraph.extraction.entities_recognised import find_recognised
from qgraph.extraction.entities_shared import find_shared
from qgraph.extraction.entities_tables import find_in_tables
from qgraph.extraction.entities_units import find_units, name_units, sort_colleges
from qgraph.extraction.own_college import OwnCollege, find_own_college, own_college
from qgraph.extraction.patterns import given_short_form, list_clues
from qgraph.language import Block, Doc, NameSpan, read_blocks
from qgraph.language.ending_rules import boundary, ending_rules
from qgraph.ontology import read_lexicon
from qgraph.records import Document, Entity, ReviewItem

# Labels of lexicon spans that need no further look at what stands around them.
_PLAIN = frozenset(
    ("College", "GovernmentBody", "Association", "Media", "Enterprise", "Competition", "Project", "Base")
)
_LAC_LABELS = frozenset(("ORG", "PER", "LOC"))
_LEFT_OVER = {"ORG": "organisation", "PER": "person", "LOC": "place"}


def extract_entities(document: Document, docs: Sequence[Doc]) -> tuple[tuple[Entity, ...], tuple[ReviewItem, ...]]:
    """All entities of a report in the order of first mention, and what was found but fits no type."""
    own = own_college(document)
    blocks = read_blocks(docs)
    found = [c for block in blocks for c in _find(block, own, document.title)]
    found = [c for c in found if not (c.type == "College" and c.source == "lexicon" and c.name in own.names)]
    found = as_elsewhere(found, document.text)
    found += find_own_college(own, blocks)
    found += find_in_tables(document)
    chosen = choose(sort_colleges(found, document.text, own, _place_names()))
    named = [_vouched(document, c, own) for c in name_units(sort_festivals(chosen, document.text))]
    return build_entities(document, [*_by_short_form(named), *_left_over(blocks, chosen)], own.region_code)


def _find(block: Block, own: OwnCollege, title: str) -> Iterator[Candidate]:
    for span in block.spans:
        if span.source == "ending" and span.label not in ("Region", "Major") and not _quotes_known(block, span):
            yield candidate(
                block,
                span.start,
                span.end,
                span.label,
                "ending",
                rank=1,
                others=_parts(block, span.start, span.end, span.label),
            )
        elif span.label in _PLAIN and _is_sure(block, span) and not _spoiled(block.text, span):
            yield candidate(block, span.start, span.end, span.label, "lexicon", name=span.name, rank=1)
            yield from _of_edition(block, span)
            if span.label == "Media" and (more := list_clues().media_more.match(block.text, span.end)):
                yield candidate(block, span.start, more.end(), "Media", "pattern", rank=2)
    yield from find_named_groups(block)
    yield from find_titled(block)
    yield from find_own_title(block, title)
    yield from find_quoted(block)
    yield from find_listed(block)
    yield from find_shared(block)
    yield from find_courses(block)
    yield from find_beside(block)
    yield from find_majors(block)
    yield from find_places(block, own)
    yield from find_bodies(block, own)
    yield from find_units(block, own)
    yield from find_offices(block, own)
    yield from find_counted(block)
    yield from find_persons(block)
    yield from find_recognised(block)
    yield from find_awards(block)
    yield from find_honours(block)


def _quotes_known(block: Block, span: NameSpan) -> bool:
    """Whether what is quoted at the head of a name is known as something else (“学习强国”学习平台)."""
    close = block.text.find("”", span.start, span.end)
    return block.text[span.start] == "“" and any(
        (s.start, s.end) == (span.start + 1, close) and s.source == "lexicon" and s.label != span.label
        for s in block.spans
    )


def _is_sure(block: Block, span: NameSpan) -> bool:
    """Whether a name of the lexicon counts on its own: a weak one only where the recogniser takes it for an
    organisation too."""
    if span.source != "weak":
        return span.source == "lexicon"
    recognised = any(s.label == "ORG" and (s.start, s.end) == (span.start, span.end) for s in block.spans)
    return recognised and not block.text[span.start].isdigit()


def _of_edition(block: Block, span: NameSpan) -> Iterator[Candidate]:
    """A known contest with the year or number right before it (第48届世界技能大赛)."""
    edition = boundary().edition.search(block.text[: span.start]) if span.label == "Competition" else None
    if edition and edition.group().strip():
        yield candidate(block, edition.start(), span.end, span.label, "edition", rank=1, others=[span.name])


def _parts(block: Block, start: int, end: int, type_: str) -> list[str]:
    """Further names that a found name carries: without the bracket behind it, from its quotation on, and for
    events and platforms what is quoted at its head."""
    text = block.text[start:end]
    found = []
    if _EDITION_BRACKET.search(text) and type_ in _WITH_BRACKET:
        found.append(text[: max(text.rfind("（"), text.rfind("("))])
    quote = text.find("“")
    if quote > 0 and type_ in ("Project", "Team") and not text.endswith("”"):
        found.append(text[quote:])
    head = re.match(r"“([^“”]{3,24})”[^“”]{2,10}$", text)
    if head and type_ in ("Project", "Base"):
        found.append(f"“{head[1]}”")
    return [tidy(name) for name in found]


# What in brackets only says which edition or stage is meant; an organisation in brackets makes another thing.
_EDITION_BRACKET = re.compile(
    r"[（(][^（）()]*(?:20\d\d|试行|暂行|第.|赛区|站|组|[试一二三四五六七八九十]期|级)[^（）()]*[）)]$"
)
_WITH_BRACKET = frozenset(("Competition", "Project", "Base", "Document"))


def _vouched(document: Document, c: Candidate, own: OwnCollege) -> Candidate:
    """A candidate with the short form that the text gives right behind it (以下简称…), and without names that mean
    the own college (“天职”品牌培训项目 is not called 天职)."""
    others = c.others if c.type == "College" else tuple(o for o in c.others if o.strip("“”") not in own.names)
    given = given_short_form().match(document.text[c.end : c.end + 60])
    return replace(c, others=(*others, tidy(given[1])) if given and c.type else others)


def _by_short_form(found: Sequence[Candidate]) -> list[Candidate]:
    """What bears the short form that the text gives to a school is that school (以下简称“青禾学院”)."""
    schools = {o: c.name for c in found if c.type == "College" for o in c.others if o != c.name}
    return [
        replace(c, type="College", name=schools[c.name]) if c.type == "Department" and c.name in schools else c
        for c in found
    ]


def _left_over(blocks: Sequence[Block], chosen: Sequence[Candidate]) -> Iterator[Candidate]:
    """What the recogniser takes for a name and no finder could place, once for each text, for review."""
    taken = sorted((c.start, c.end) for c in chosen)
    starts = [a for a, _ in taken]
    longest = max((b - a for a, b in taken), default=0)
    seen = {name for c in chosen for name in (c.name, *c.others)}
    for block in blocks:
        for span in block.spans:
            start, end = block.offset + span.start, block.offset + span.end
            near = taken[bisect_left(starts, start - longest) : bisect_left(starts, end)]
            text = block.text[span.start : span.end]
            if span.label in _LAC_LABELS and text not in seen and len(text) > 1 and not any(b > start for _, b in near):
                seen.add(text)
                yield candidate(block, span.start, span.end, "", _LEFT_OVER[span.label])


def _spoiled(text: str, span: NameSpan) -> bool:
    """Whether what follows makes the end of the name part of another word (天津大学生, 北大核心). Of other things than
    schools only the words behind the ending that the name has count: 三下乡 is no 培训."""
    rules = [r for r in ending_rules() if r.type == span.label and r.after and r.after.match(text, span.end)]
    return any(
        span.label == "College" or any(m.end() == span.end for m in r.ending.finditer(text, span.start, span.end))
        for r in rules
    )


@lru_cache(maxsize=1)
def _place_names() -> tuple[str, ...]:
    regions = {row[c] for row in read_lexicon("regions") for c in ("name", "short") if row[c]}
    abroad = {row["name"] for lexicon in ("countries", "world_cities") for row in read_lexicon(lexicon)}
    return tuple(sorted(regions | abroad))
