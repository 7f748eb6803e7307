"""Countries and regions."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from qgraph.divisions import Division, division_by_code, divisions, lineage, resolve
from qgraph.extraction.candidates import Candidate, candidate
from qgraph.extraction.own_college import OwnCollege
from qgraph.extraction.patterns import place_clues
from qgraph.language import Block, NameSpan
from qgraph.ontology import read_lexicon, split_aliases

_DIRECTION = 2
_COUNTIES = "县市"


@lru_cache(maxsize=1)
def _countries() -> dict[str, str]:
    return {row["name"]: row["alpha2"] for row in read_lexicon("countries")}


@lru_cache(maxsize=1)
def _directions() -> frozenset[str]:
    """Groups of provinces that two characters name, which are said of mere direction too (东部, 华东); a part of a
    province (闽南) is no direction."""
    groups = (r for r in read_lexicon("region_groups") if r["members"].endswith("0000"))
    names = (n for r in groups for n in (r["name"], *split_aliases(r["aliases"])))
    return frozenset(n for n in names if len(n) <= _DIRECTION)


@lru_cache(maxsize=64)
def _counties_of(place: str) -> dict[str, Division]:
    """The counties of a province or city as people call them for short (德化): too often other words elsewhere."""
    inside = (d for d in division_by_code().values() if d.level == "county" and place and place in lineage(d.code))
    return {d.name[:-1]: d for d in inside if d.name[-1] in _COUNTIES and len(d.name) > _DIRECTION}


@lru_cache(maxsize=1)
def _cities() -> dict[str, str]:
    return {row["name"]: row["country"] for row in read_lexicon("world_cities")}


def find_places(block: Block, own: OwnCollege) -> Iterator[Candidate]:
    """Countries and regions; names of divisions that follow one another (河南南阳淅川县) are one place."""
    regions = sorted((s for s in block.spans if s.label == "Region"), key=lambda s: (s.start, -s.end))
    chains: list[list[NameSpan]] = []
    for span in regions:
        if chains and chains[-1][-1].end == span.start and span.source == "lexicon":
            if _may_hold(chains[-1][-1], span):
                chains[-1].append(span)
            elif not place_clues().part.match(block.text, span.end):
                chains.append([span])
        elif not chains or span.start >= chains[-1][-1].end:
            chains.append([span])
    for chain in chains:
        yield from _region(block, chain, own)
        yield from _below(block, chain)
    known = [(c[0].start, c[-1].end) for c in chains]
    for span in block.spans:
        text = block.text[span.start : span.end]
        if span.label == "LOC" and not any(a < span.end and span.start < b for a, b in known):
            if place_clues().called_division.fullmatch(text):
                yield candidate(block, span.start, span.end, "Region", "lac")
            elif county := _counties_of(own.region_code).get(text):
                yield _division(block, span.start, span.end, county)
        elif (
            span.label == "RegionGroup" and text not in _directions() and not _is_part(block.text, span.start, span.end)
        ):
            yield candidate(block, span.start, span.end, "Region", "lexicon", name=span.name)
        elif span.label == "City" and not place_clues().not_after.match(block.text, span.end):
            codes = [("iso3166", _cities()[span.name])]
            yield candidate(block, span.start, span.end, "Region", "lexicon", name=span.name, codes=codes)
        elif span.label == "Country" and not place_clues().not_after.match(block.text, span.end):
            codes = [("iso3166", _countries()[span.name])]
            yield candidate(block, span.start, span.end, "Country", "lexicon", name=span.name, codes=codes)


def _may_hold(outer: NameSpan, inner: NameSpan) -> bool:
    """Whether a division of the one name lies in one of the other (黄山 is no part of 邹平市, but its 黄山街道)."""
    above = {d.code for d in divisions().get(outer.name, ())}
    return any(above & set(lineage(d.code)) for d in divisions().get(inner.name, ()))


def _region(block: Block, chain: list[NameSpan], own: OwnCollege) -> Iterator[Candidate]:
    start, end = chain[0].start, chain[-1].end
    if len(chain) == 1 and place_clues().common.fullmatch(block.text[start:end]):
        return
    if len(chain) == 1 and chain[0].source == "ending":
        yield candidate(block, start, end, "Region", "ending")
        return
    division = resolve([s.name for s in chain if s.source == "lexicon"], own.region_code)
    if division and not own.region_code and own.region[:2] == division.name[:2]:
        yield candidate(block, start, end, "Region", "lac")
        return
    if division is None or _is_part(block.text, start, end):
        return
    yield _division(block, start, end, division)


def _division(block: Block, start: int, end: int, division: Division) -> Candidate:
    full = "".join(division_by_code()[c].name for c in reversed(lineage(division.code)))
    name = division.name if division.level != "county" else full.removeprefix(_province_of_city(division))
    return candidate(
        block,
        start,
        end,
        "Region",
        "lexicon",
        name=name,
        others=[n for n in (division.name, division.short if division.level != "county" else "", full) if n],
        codes=[("gbt2260", division.code)],
    )


def _below(block: Block, chain: list[NameSpan]) -> Iterator[Candidate]:
    """The township and the village named behind a division (宝坻区朝霞街道小北台村): the township with the division,
    the village by itself."""
    start, edge = chain[0].start, chain[-1].end
    if chain[-1].source != "lexicon":
        return
    edges = {b for _, b in block.words}
    township = place_clues().township.match(block.text, edge)
    if township and township.end() in edges:
        yield candidate(block, start, township.end(), "Region", "pattern", rank=2)
        edge = township.end()
    village = place_clues().village.match(block.text, edge)
    if village and village.end() in edges and not any(w in village.group() for w in ("乡", "农")):
        yield candidate(block, edge, village.end(), "Region", "pattern")


def _province_of_city(division: Division) -> str:
    """Name of the province where a county's city stands between them, so that names stay short."""
    above = lineage(division.code)
    return division_by_code()[above[-1]].name if len(above) > 2 else ""


def _is_part(text: str, start: int, end: int) -> bool:
    """Whether a short name is part of another word (天津港); a name that says what it is is none (天津市)."""
    called = place_clues().ends.search(text[start:end])
    return bool(place_clues().not_after.match(text, end) and not called)
