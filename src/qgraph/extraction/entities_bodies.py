"""Regional government bodies, and unions and federations: 天津市教委, 市教委, 北辰区人民政府 → their full names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from qgraph.divisions import Division, division_by_code, lineage, resolve
from qgraph.extraction.candidates import Candidate, candidate
from qgraph.extraction.own_college import OwnCollege
from qgraph.extraction.patterns import place_clues
from qgraph.language import Block, NameSpan
from qgraph.language.ending_rules import boundary
from qgraph.ontology import read_lexicon, split_aliases

# Levels of division that a lone letter can mean: 市教委 in a municipality is the province's.
_LEVELS = {"市": ("city", "province"), "省": ("province",), "区": ("county",), "县": ("county",)}
_LEVEL_OF_LETTER = {"省": "province", "区": "county", "县": "county"}
_LONGEST_DIVISION = 5
_LEAST_DIVISION = 3
_LEAST_BODY = 2
_BODY = "GovernmentBody"
# Bodies that have branches in parts of their town.
_PARTED = ("局", "法院", "检察院", "队")


@dataclass(frozen=True)
class BodyTemplate:
    """A regional body: the template of its full name and the parts that stand behind the region's name."""

    name: str
    type: str
    tails: tuple[tuple[str, str], ...]
    where: frozenset[str]


@lru_cache(maxsize=1)
def _bodies() -> tuple[re.Pattern[str], dict[tuple[str, str], tuple[BodyTemplate, ...]]]:
    """Pattern of what stands behind the region, and the templates by what stands before and behind."""
    found: dict[tuple[str, str], list[BodyTemplate]] = {}
    for row in read_lexicon("government"):
        if row["level"] != "regional":
            continue
        tails = []
        for wording in (row["name"], *split_aliases(row["aliases"])):
            before, _, behind = wording.partition("{region}")
            tails.append((before, behind))
        where = frozenset(w for w in row["where"].split("|") if w)
        template = BodyTemplate(row["name"], row["type"] or _BODY, tuple(tails), where)
        for before, behind in template.tails:
            found.setdefault((before, behind), []).append(template)
    all_behind = sorted({b for _, b in found}, key=lambda b: (-len(b), b))
    return re.compile("|".join(map(re.escape, all_behind))), {k: tuple(v) for k, v in found.items()}


@dataclass(frozen=True, slots=True)
class BodyPlace:
    """Where the region of a body begins and which it is; `lone` when only 市, 省, 区, 县 stands there."""

    start: int
    division: Division
    lone: bool = False


def find_bodies(block: Block, own: OwnCollege) -> Iterator[Candidate]:
    """Regional government bodies with the full names that their short forms stand for."""
    pattern, templates = _bodies()
    regions = {s.end: s for s in block.spans if s.label == "Region" and s.source == "lexicon"}
    for match in pattern.finditer(block.text):
        place = _place_before(block, match.start(), regions, own)
        found = _body(block, match, place, templates) if place else None
        if found:
            yield found
    for span in block.spans:
        if span.label == "Country" and (foreign := place_clues().foreign_body.match(block.text, span.end)):
            yield candidate(block, span.start, foreign.end(), _BODY, "pattern", rank=2)


def _body(
    block: Block, match: re.Match[str], place: BodyPlace, templates: dict[tuple[str, str], tuple[BodyTemplate, ...]]
) -> Candidate | None:
    """The body that a region and what stands behind it name."""
    division = place.division
    befores = sorted({before for before, behind in templates if behind == match.group()}, key=lambda b: (-len(b), b))
    for before in befores:
        fitting = [
            t
            for t in templates[before, match.group()]
            if not t.where or not division.code or division.code[:2] in t.where
        ]
        alone = len(match.group()) < _LEAST_BODY and not before
        if not fitting or alone or not block.text[: place.start].endswith(before):
            continue
        start = place.start - len(before)
        full = fitting[0].name.replace("{region}", _with_parent(division))
        codes = [("gbt2260", division.code)] if division.code else []
        others = [fitting[0].name.replace("{region}", division.name)]
        rank, end = 1 if place.lone else 2, match.end()
        if (branch := place_clues().branch.match(block.text, end)) and match.group().endswith(_PARTED):
            end = branch.end()
            full, others = full + branch.group(), [o + branch.group() for o in others]
        return candidate(
            block, start, end, fitting[0].type, "lexicon", name=full, others=others, rank=rank, codes=codes
        )
    return None


def _with_parent(division: Division) -> str:
    """A county carries the name of the province or city above it, as documents write it (天津市北辰区)."""
    parent = division_by_code().get(division.parent)
    return parent.name + division.name if parent and division.level == "county" else division.name


def _place_before(block: Block, edge: int, regions: dict[int, NameSpan], own: OwnCollege) -> BodyPlace | None:
    span = regions.get(edge)
    if span is not None:
        chain = [span]
        while chain[0].start in regions:
            chain.insert(0, regions[chain[0].start])
        division = resolve([s.name for s in chain], own.region_code)
        return BodyPlace(chain[0].start, division) if division else None
    return _unknown_before(block, edge, own) or _lone_letter(block, edge, own)


def _lone_letter(block: Block, edge: int, own: OwnCollege) -> BodyPlace | None:
    """市, 省, 区 or 县 alone means the division of that level in which the report's college lies."""
    letter = block.text[edge - 1 : edge]
    before = block.text[edge - 2 : edge - 1] if edge > 1 else ""
    begins = edge - 1 in {a for a, _ in block.words} | {a for a, _, _ in block.tags}  # 获省|教育厅, 获|省|教育厅
    if letter not in _LEVELS or before in place_clues().not_lone or not begins:
        return None
    for code in lineage(own.region_code):
        division = division_by_code().get(code)
        if division and division.level in _LEVELS[letter] and division.name.endswith(letter):
            return BodyPlace(edge - 1, division, lone=True)
    if not own.region_code and own.region.endswith(letter):
        return BodyPlace(edge - 1, _uncoded(own.region), lone=True)
    return None


def _unknown_before(block: Block, edge: int, own: OwnCollege) -> BodyPlace | None:
    """A division that no lexicon has: two or three characters and 省, 市, 县 from a word's edge on."""
    for start in (a for a, _ in reversed(block.words) if edge - _LONGEST_DIVISION <= a <= edge - _LEAST_DIVISION):
        name = block.text[start:edge]
        words = [block.text[a:b] for a, b in block.words if start <= a and b < edge]
        if any(w in boundary().stops for w in words) or not place_clues().unknown.fullmatch(name):
            continue
        before = block.text[start - 1 : start]
        bounds = boundary().stops | boundary().joining
        free = not before.isalnum() or any(b == start and block.text[a:b] in bounds for a, b in block.words)
        if free or name == own.region:
            return BodyPlace(start, _uncoded(name))
    return None


def _uncoded(name: str) -> Division:
    return Division("", name, _LEVEL_OF_LETTER.get(name[-1], "city"), "", name[:-1])
