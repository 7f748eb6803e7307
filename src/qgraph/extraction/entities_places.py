"""Countries, regions and government bodies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from qgraph.extraction.candidates import Candidate, candidate
from qgraph.extraction.own_college import OwnCollege
from qgraph.language import Block, NameSpan
from qgraph.language.ending_rules import boundary
from qgraph.ontology import read_lexicon, split_aliases

_LEVELS = {"市": ("city", "province"), "省": ("province",), "区": ("county",), "县": ("county",), "自治区": ("province",)}
# 市, 区 … after one of these is not a division of its own (全市, 各区, 市区).
_NOT_BEFORE_LETTER = "全各省市县区级本外"
_REGION_ENDS = re.compile(r"(?:自治区|[省市区县州旗盟]|[街镇乡村]|街道|新区)$")
# A place name followed by one of these is part of another name or an adjective (中国式现代化, 天津港).
_NOT_AFTER = re.compile(r"(?:式|梦|港|话|人|籍|菜|味|画|风|路|道)")


# A place that only the recogniser knows, when it is called a division.
_UNKNOWN = re.compile(r"[\u4e00-\u9fff]{2,5}(?:省|市|县|(?<!地)(?<!华)(?<!社)(?<!园)区|旗|(?<!亚)(?<!欧)(?<!美)(?<!非)(?<!神)州|镇|乡|村|街道)")
_UNKNOWN_AT_END = re.compile(r"[\u4e00-\u9fff]{2,3}(?:省|市|县|区|州|自治区)$")


@dataclass(frozen=True, slots=True)
class Division:
    """An administrative division of China (GB/T 2260)."""

    code: str
    name: str
    level: str
    parent: str
    short: str


@lru_cache(maxsize=1)
def divisions() -> dict[str, tuple[Division, ...]]:
    """Divisions by name and short name."""
    found: dict[str, list[Division]] = {}
    for row in read_lexicon("regions"):
        division = Division(row["code"], row["name"], row["level"], row["parent"], row["short"])
        colloquial = row["short"] + "州" if row["name"].endswith("自治州") else ""
        for name in dict.fromkeys(n for n in (row["name"], row["short"], colloquial) if n):
            found.setdefault(name, []).append(division)
    return {name: tuple(rows) for name, rows in found.items()}


@lru_cache(maxsize=1)
def division_by_code() -> dict[str, Division]:
    """Divisions by code."""
    return {d.code: d for rows in divisions().values() for d in rows}


@lru_cache(maxsize=1)
def _countries() -> dict[str, str]:
    return {row["name"]: row["alpha2"] for row in read_lexicon("countries")}


def lineage(code: str) -> tuple[str, ...]:
    """Codes of a division and of those above it."""
    found = []
    while code:
        found.append(code)
        division = division_by_code().get(code)
        code = division.parent if division else ""
    return tuple(found)


def find_places(block: Block, own: OwnCollege) -> Iterator[Candidate]:
    """Countries and regions; names of divisions that follow one another (河南南阳淅川县) are one place."""
    regions = sorted((s for s in block.spans if s.label == "Region"), key=lambda s: (s.start, -s.end))
    chains: list[list[NameSpan]] = []
    for span in regions:
        if chains and chains[-1][-1].end == span.start and span.source == "lexicon":
            chains[-1].append(span)
        elif not chains or span.start >= chains[-1][-1].end:
            chains.append([span])
    for chain in chains:
        yield from _region(block, chain, own)
    known = [(c[0].start, c[-1].end) for c in chains]
    for span in block.spans:
        if span.label == "LOC" and _UNKNOWN.fullmatch(block.text[span.start : span.end]):
            if not any(a < span.end and span.start < b for a, b in known):
                yield candidate(block, span.start, span.end, "Region", "lac")
        if span.label == "Country":
            code = _countries()[span.name]
            if not _NOT_AFTER.match(block.text, span.end):
                yield candidate(
                    block, span.start, span.end, "Country", "lexicon", name=span.name, codes=[("iso3166", code)]
                )


def _region(block: Block, chain: list[NameSpan], own: OwnCollege) -> Iterator[Candidate]:
    start, end = chain[0].start, chain[-1].end
    if len(chain) == 1 and chain[0].source == "ending":
        yield candidate(block, start, end, "Region", "ending")
        return
    division = _resolve([s.name for s in chain if s.source == "lexicon"], own)
    if division and not own.region_code and own.region[:2] == division.name[:2]:
        yield candidate(block, start, end, "Region", "lac")
        return
    if division is None or _NOT_AFTER.match(block.text, end) and not _REGION_ENDS.search(block.text[start:end]):
        return
    full = "".join(division_by_code()[c].name for c in reversed(lineage(division.code)))
    name = division.name if division.level != "county" else full.removeprefix(_province_of_city(division))
    yield candidate(
        block,
        start,
        end,
        "Region",
        "lexicon",
        name=name,
        others=[n for n in (division.name, division.short if division.level != "county" else "", full) if n],
        codes=[("gbt2260", division.code)],
    )


def _province_of_city(division: Division) -> str:
    """Name of the province where a county's city stands between them, so that names stay short."""
    above = lineage(division.code)
    return division_by_code()[above[-1]].name if len(above) > 2 else ""


def _resolve(names: list[str], own: OwnCollege) -> Division | None:
    """The division that a chain of names means; of several of one name, the one in the place named before it,
    then the one nearest to the college."""
    if not names:
        return None
    options = divisions().get(names[-1], ())
    for before in reversed(names[:-1]):
        codes = {d.code for d in divisions().get(before, ())}
        inside = tuple(d for d in options if codes & set(lineage(d.code)))
        options = inside or options
    if len(options) > 1 and own.region_code:
        near = tuple(d for d in options if d.code[:2] == own.region_code[:2])
        options = near or options
    return options[0] if len(options) == 1 or options and own.region_code[:2] == options[0].code[:2] else None


@dataclass(frozen=True)
class BodyTemplate:
    """A regional body: the template of its full name and the parts that stand behind the region's name."""

    name: str
    tails: tuple[tuple[str, str], ...]
    where: frozenset[str]


@lru_cache(maxsize=1)
def _bodies() -> tuple[re.Pattern[str], dict[tuple[str, str], tuple[BodyTemplate, ...]]]:
    """Pattern of what stands behind the region, and the templates by what stands before and behind."""
    found: dict[tuple[str, str], list[BodyTemplate]] = {}
    for row in read_lexicon("government"):
        if row["level"] != "regional":
            continue
        wordings = [row["name"], *split_aliases(row["aliases"])]
        parts = [tuple(w.split("{region}", 1)) for w in wordings]
        template = BodyTemplate(
            row["name"],
            tuple((p[0], p[1]) for p in parts),
            frozenset(w for w in row["where"].split("|") if w),
        )
        for before, behind in template.tails:
            found.setdefault((before, behind), []).append(template)
    behind = sorted({b for _, b in found}, key=lambda b: (-len(b), b))
    return re.compile("|".join(map(re.escape, behind))), {k: tuple(v) for k, v in found.items()}


def find_bodies(block: Block, own: OwnCollege) -> Iterator[Candidate]:
    """Regional government bodies: 天津市教委, 市教委, 北辰区人民政府 → their full names."""
    pattern, templates = _bodies()
    regions = {s.end: s for s in block.spans if s.label == "Region" and s.source == "lexicon"}
    for match in pattern.finditer(block.text):
        edge = match.start()
        place = _place_before(block, edge, regions, own)
        if place is None:
            continue
        start, division, letter_only = place
        befores = sorted({before for before, behind in templates if behind == match.group()}, key=lambda b: -len(b))
        for before in befores:
            if before and not block.text[:start].endswith(before):
                continue
            fitting = [
                t
                for t in templates[before, match.group()]
                if division is None or not t.where or not division.code or division.code[:2] in t.where
            ]
            if not fitting or len(match.group()) < 2 and not before:
                continue
            start -= len(before)
            full = fitting[0].name.replace("{region}", division.name if division else "")
            surface = block.text[start : match.end()]
            name = full if division else surface
            kind = "lexicon" if division else "ending"
            yield candidate(
                block,
                start,
                match.end(),
                "GovernmentBody",
                kind,
                name=_with_parent(name, division),
                others=[name, surface],
                rank=1 if letter_only else 2,
            )
            break


def _with_parent(name: str, division: Division | None) -> str:
    """A county's body carries the name of the province-level city, as documents write it (天津市北辰区人民政府)."""
    if division is None or division.level != "county":
        return name
    parent = division_by_code().get(division.parent)
    return name.replace(division.name, parent.name + division.name, 1) if parent else name


def _place_before(
    block: Block, edge: int, regions: dict[int, NameSpan], own: OwnCollege
) -> tuple[int, Division | None, bool] | None:
    """Where the region of a body begins and which it is: its name, or only 市, 省, 区, 县."""
    span = regions.get(edge)
    if span is not None:
        chain = [span]
        while chain[0].start in regions and regions[chain[0].start].end == chain[0].start:
            chain.insert(0, regions[chain[0].start])
        division = _resolve([s.name for s in chain], own)
        return (chain[0].start, division, False) if division else None
    unknown = _unknown_before(block, edge, own)
    if unknown:
        return unknown
    letter = block.text[edge - 1 : edge]
    if letter not in _LEVELS or not any(a == edge - 1 for a, _ in block.words):
        return None
    if edge > 1 and block.text[edge - 2] in _NOT_BEFORE_LETTER:
        return None
    for code in lineage(own.region_code):
        division = division_by_code().get(code)
        if division and division.level in _LEVELS[letter] and division.name.endswith(letter):
            return edge - 1, division, True
    if not own.region_code and own.region.endswith(letter):
        return edge - 1, _uncoded(own.region), True
    return None


def _unknown_before(block: Block, edge: int, own: OwnCollege) -> tuple[int, Division | None, bool] | None:
    """A division before a body that no lexicon has: two or three characters and 省, 市, 县 at a word's edge."""
    starts = [a for a, _ in block.words if edge - 5 <= a < edge - 2]
    for start in reversed(starts):
        name = block.text[start:edge]
        before = block.text[start - 1 : start]
        words = [block.text[a:b] for a, b in block.words if start <= a and b < edge]
        if any(w in boundary().stops for w in words) or any(c in "在与和由对向为将把被是的及于从到以用市省县区" for c in name[:-1]):
            continue
        free = not ("\u4e00" <= before <= "\u9fff") or any(
            b == start and (block.text[a:b] in boundary().stops | boundary().joining) for a, b in block.words
        )
        if _UNKNOWN_AT_END.fullmatch(name) and (free or name == own.region):
            return start, _uncoded(name), False
    return None


def _uncoded(name: str) -> Division:
    level = {"省": "province", "区": "county", "县": "county"}.get(name[-1], "city")
    return Division("", name, level, "", name[:-1])
