"""Entities of one report: find candidates, choose between overlapping ones, put names of one thing together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from qgraph.extraction.candidates import Candidate, candidate
from qgraph.extraction.entities_awards import find_awards, find_honours
from qgraph.extraction.entities_build import build_entities
from qgraph.extraction.entities_choice import choose
from qgraph.extraction.entities_lists import find_listed, find_majors
from qgraph.extraction.entities_marked import find_quoted, find_titled
from qgraph.extraction.entities_persons import find_persons
from qgraph.extraction.entities_places import find_bodies, find_places
from qgraph.extraction.entities_tables import find_in_tables
from qgraph.extraction.entities_units import find_units, sort_colleges
from qgraph.extraction.own_college import OwnCollege, find_own_college, own_college
from qgraph.language import Block, Doc, read_blocks
from qgraph.language.ending_rules import ending_rules
from qgraph.ontology import read_lexicon
from qgraph.records import Document, Entity, ReviewItem

# Labels of lexicon spans that need no further look at what stands around them.
_PLAIN_LABELS = frozenset(("College", "GovernmentBody", "Media", "Enterprise", "Competition", "Project", "Base"))
_BY_ENDING = frozenset(rule.type for rule in ending_rules())


def extract_entities(
    document: Document, docs: Sequence[Doc]
) -> tuple[tuple[Entity, ...], tuple[ReviewItem, ...]]:
    """All entities of a report in the order of first mention, and what was found but fits no type."""
    own = own_college(document)
    blocks = read_blocks(docs)
    found = [c for block in blocks for c in _find(block, own)]
    found += find_own_college(own, blocks)
    found += find_in_tables(document)
    chosen = choose(sort_colleges(found, document.text, own, _place_names()))
    return build_entities(document, chosen)


def _find(block: Block, own: OwnCollege) -> Iterator[Candidate]:
    for span in block.spans:
        if span.source == "lexicon" and span.label in _PLAIN_LABELS and not _spoiled(block.text, span.end, span.label):
            yield candidate(block, span.start, span.end, span.label, "lexicon", name=span.name, rank=1)
        elif span.source == "ending" and span.label != "Region":
            yield candidate(block, span.start, span.end, span.label, "ending", rank=1)
    yield from find_titled(block)
    yield from find_quoted(block)
    yield from find_listed(block)
    yield from find_majors(block)
    yield from find_places(block, own)
    yield from find_bodies(block, own)
    yield from find_units(block, own)
    yield from find_persons(block)
    yield from find_awards(block)
    yield from find_honours(block)


def _spoiled(text: str, end: int, label: str) -> bool:
    """Whether what follows makes the name part of another word (天津大学生)."""
    return any(r.after.match(text, end) for r in ending_rules() if r.type == label and r.after)


@lru_cache(maxsize=1)
def _place_names() -> tuple[str, ...]:
    regions = {row[c] for row in read_lexicon("regions") for c in ("name", "short") if row[c]}
    countries = {row["name"] for row in read_lexicon("countries")}
    return tuple(sorted(regions | countries))
