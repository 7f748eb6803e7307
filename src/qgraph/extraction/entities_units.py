"""Units of the own college (departments, committees), and what kind of college …学院 is."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from qgraph.extraction.candidates import Candidate, candidate
from qgraph.extraction.own_college import OwnCollege
from qgraph.extraction.patterns import college_clues
from qgraph.language import Block
from qgraph.language.edges import is_stop
from qgraph.language.ending_rules import boundary
from qgraph.ontology import read_lexicon, split_aliases

_PARTY = re.compile(r"(?:学校|院|校)党委(?!书记|副书记|[宣组统学教办]|常委)|(?:学校|院|校)党委(?=书记|副书记)")
_DISCIPLINE = re.compile(r"(?:学校|院|校)纪委(?!办|监)")
_PREFIXES = ("学校", "我校", "学院", "我院", "校", "院")
_WINDOW = 60
_SHORT = 3
_LEAST_REST = 8
_SCHOOLS = frozenset(("College", "IndustryCollege"))


def find_units(block: Block, own: OwnCollege) -> Iterator[Candidate]:
    """Departments of the lexicon where they stand as a name; the college's party committee."""
    text = block.text
    for span in block.spans:
        if span.label != "Department":
            continue
        start, others = span.start, []
        prefix = next((n for n in (*own.names, *_PREFIXES) if text[:start].endswith(n)), "")
        if prefix:
            start -= len(prefix)
            others.append(text[start : span.end])
        if prefix or stands_free(block, start):
            name = text[span.start : span.end]
            yield candidate(block, start, span.end, "Department", "lexicon", name=name, rank=1, others=others)
    full = f"中共{own.name}委员会"
    names = "|".join(re.escape(n) for n in own.names)
    for match in re.finditer(rf"中共(?:{names})委员会|(?:{names})党委(?!书记处)", text):
        yield candidate(block, *match.span(), "Department", "pattern", name=full, rank=3)
    for match in _DISCIPLINE.finditer(text):
        name = f"中共{own.name}纪律检查委员会"
        yield candidate(block, *match.span(), "Department", "pattern", name=name, rank=2)
    for match in _PARTY.finditer(text):
        yield candidate(block, *match.span(), "Department", "pattern", name=full, rank=2)


def stands_free(block: Block, start: int) -> bool:
    """Whether a name begins a phrase: at the start, behind a mark, or behind a word that bounds names."""
    if start == 0 or not block.text[start - 1].isalnum():
        return block.text[start - 1 : start] not in ("）", ")", "”")
    word = next(((a, b) for a, b in block.words if b == start), None)
    if word is None:
        return False
    value = block.text[word[0] : word[1]]
    if college_clues().unit_not_after.fullmatch(value):
        return False
    return value in boundary().joining | boundary().leading or is_stop(block.text, *word)


@lru_cache(maxsize=1)
def _unit_of() -> dict[str, str]:
    """The first name of a unit by each of its usual names."""
    found = {}
    for row in read_lexicon("departments"):
        for name in (row["name"], *split_aliases(row["aliases"])):
            found[name] = row["name"]
    return found


def name_units(found: Sequence[Candidate]) -> list[Candidate]:
    """Usual names of one unit (学工部, 学生处) get the name that the report uses most."""
    counts: dict[str, Counter[str]] = {}
    for c in found:
        if c.type == "Department" and c.name in _unit_of():
            counts.setdefault(_unit_of()[c.name], Counter())[c.name] += 1
    best = {unit: max(names, key=lambda n: (names[n], -len(n), n)) for unit, names in counts.items()}
    return [
        replace(c, name=best[_unit_of()[c.name]], others=(*c.others, c.name))
        if c.type == "Department" and c.name in _unit_of()
        else c
        for c in found
    ]


def sort_colleges(found: Sequence[Candidate], text: str, own: OwnCollege, places: Sequence[str]) -> list[Candidate]:
    """…学院 found by its ending is a college, a department of the own college, or an industry college.

    A place or another college at its head, or an ending that only schools have, makes it a college; standing
    where something is built together with enterprises makes it an industry college; the rest are departments.
    What the own college founds abroad is a programme (鲁班工坊), a branch of its own a base.
    """
    built = {c.name for c in found if c.type == "IndustryCollege"}
    partners = sorted(c.start for c in found if c.type == "Enterprise")
    built |= {c.name for c in found if c.type == "College" and _is_built(text, c, partners)}
    countries = sorted(c.start for c in found if c.type == "Country")
    abroad = tuple({c.name for c in found if c.type in _SCHOOLS and _is_abroad(text, c, countries)})
    branches = {c.name.removeprefix(n) for c in found for n in own.names if c.name.startswith(n)}
    known = {(c.start, c.end) for c in found if c.type == "College" and c.source == "lexicon"}
    heads = tuple(places)
    whole = {bare: c.name for c in found if c.type == "College" for bare in _without_place(c.name, heads)}

    def sort(c: Candidate) -> Candidate:
        if c.type not in _SCHOOLS or c.source != "ending" or (c.start, c.end) in known:
            return c
        if c.name.endswith(abroad):
            return replace(c, type="Project")
        if c.name.endswith("分校") and c.name in branches:
            return replace(c, type="Base")
        if c.type == "College" and c.name in whole:
            return replace(c, name=whole[c.name], others=(*c.others, c.name))
        return _sorted(_from_own(c, own), text, built, own, heads) if c.type == "College" else c

    return [sort(c) for c in found]


def _without_place(name: str, places: Sequence[str]) -> Iterator[str]:
    """The name of a school without the country or city at its head, which a later sentence may leave out
    (俄罗斯|阿穆尔铁路技术学院)."""
    for place in places:
        rest = name.removeprefix(place)
        if rest != name and len(rest) >= _LEAST_REST and not rest.startswith(("省", "市", "县", "区")):
            yield rest


def _is_abroad(text: str, c: Candidate, countries: Sequence[int]) -> bool:
    """Whether the school is founded in a country named before it (在老挝建成…学院); one with a place or a kind of
    school in its name is a school of that country."""
    clues = college_clues()
    before = re.split(r"[。；，\n]", text[max(0, c.start - _WINDOW) : c.start])[-1]
    named = bisect_left(countries, c.start - len(before)) < bisect_left(countries, c.start)
    return bool(named and clues.abroad.search(before) and not clues.school.search(c.name))


def _is_built(text: str, c: Candidate, partners: Sequence[int]) -> bool:
    """Whether the college is what 共建 builds, together with an enterprise."""
    before = re.split(r"[。；\n]", text[max(0, c.start - _WINDOW) : c.start])[-1]
    named = bisect_left(partners, c.start - len(before)) < bisect_left(partners, c.start)
    return bool(college_clues().built.search(before) and (named or college_clues().partner.search(before)))


def _from_own(c: Candidate, own: OwnCollege) -> Candidate:
    """Without what stands before the own college's name (考入…职业技术学院智能制造学院)."""
    at = max((c.name.find(n) for n in own.names if len(n) > _SHORT), default=-1)
    return replace(c, start=c.start + at, name=c.name[at:]) if at > 0 and " " not in c.name else c


def _sorted(c: Candidate, text: str, built: set[str], own: OwnCollege, heads: tuple[str, ...]) -> Candidate:
    clues = college_clues()
    prefix = next((n for n in (*own.names, "学校", "我校", "我院") if c.name.startswith(n) and c.name != n), "")
    if prefix:
        unit = c.name.removeprefix(prefix)
        if unit.endswith(("分校", "校区")):
            return replace(c, type="Base", rank=2, others=(unit,))
        kind = "IndustryCollege" if unit in built else "Department"
        return replace(c, type=kind, name=unit, rank=2, others=(c.name,))
    if c.name in own.names:
        return replace(c, name=own.name)
    if clues.school.search(c.name):
        return c
    if c.name in built:
        return replace(c, type="IndustryCollege")
    placed = c.name.startswith(heads) or clues.place.match(c.name) is not None
    quoted = text[c.start - 1 : c.start] == "“" and text[c.end : c.end + 1] == "”"
    if placed or quoted:
        return c
    return replace(c, type="Department") if c.name.endswith("学院") else c
