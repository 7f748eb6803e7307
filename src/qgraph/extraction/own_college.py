"""The college whose report it is: its names, where it lies, and the words that stand for it (学校, 我校 …)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from qgraph.extraction.candidates import PRONOUN, Candidate, candidate
from qgraph.extraction.patterns import college_clues
from qgraph.language import Block
from qgraph.ontology import read_lexicon
from qgraph.records import Document

_LEAST_SHORT = 3
_CLIPPED, _CLIPPED_END = re.compile(r"职业(?:技术)?学院$"), "职院"
# The division at the head of a college's name where no lexicon has it.
_UNKNOWN_DIVISION = re.compile(r"([\u4e00-\u9fff]{2,3})[省市县]")


@dataclass(frozen=True)
class OwnCollege:
    """Names of the report's own college: the one to use, all of them, and the division that it lies in: from its
    name (its code is "" where the lexicon does not have it), else the one that the report names most."""

    name: str
    names: tuple[str, ...]
    region: str
    region_code: str


@lru_cache(maxsize=1)
def _divisions() -> tuple[tuple[str, str, str], ...]:
    """Short name, full name and code of provinces and cities, longest short name first."""
    rows = [
        (row["short"] or row["name"], row["name"], row["code"])
        for row in read_lexicon("regions")
        if row["level"] in ("province", "city")
    ]
    return tuple(sorted(rows, key=lambda r: (-len(r[0]), r[2])))


def own_college(document: Document) -> OwnCollege:
    """What is known of the report's own college from its name and the text."""
    stated = document.college
    region = next((d for d in _divisions() if stated.startswith(d[0])), None)
    unknown = _UNKNOWN_DIVISION.match(stated) if region is None else None
    if unknown:
        region = (unknown[1], unknown[0], "")
    forms = [stated]
    if region:
        short, full, _ = region
        rest = stated.removeprefix(full if stated.startswith(full) else short)
        forms = list(dict.fromkeys([stated, short + rest, full + rest]))
    if region is None:
        variants = (stated[:k] + kind + stated[k:] for k in (2, 3, 4) for kind in "市省县")
        forms += [v for v in variants if v in document.text]
    seat = region or _most_named(document.text)
    counts = {form: document.text.count(form) for form in forms}
    # The form used most in running text is the name; the one on the title page decides between equals.
    name = max(forms, key=lambda f: (counts[f], f == stated))
    names = [name, *(f for f in forms if f != name and counts[f])]
    names += [s for s in _short_forms(stated, region[0] if region else "") if _stands_alone(document.text, s)]
    names += _declared(document.text, forms)
    code, full = ("", "") if seat is None else (seat[2], seat[1])
    return OwnCollege(name, tuple(dict.fromkeys(names)), full, code)


def _declared(text: str, forms: Sequence[str]) -> list[str]:
    """Short forms that the report declares for its college: …学院（以下简称“墨能院”或“学校”）; words that stand for any
    college are none."""
    names = "|".join(map(re.escape, forms))
    match = re.search(rf"(?:{names})\s*[（(](?:以下|下文)?[^（()）“]{{0,4}}[简统]称[^（()）]{{0,40}}[）)]", text)
    quoted = re.findall("“([^“”]{2,12})”", match[0]) if match else []
    return [q for q in quoted if not college_clues().pronoun.fullmatch(q) and q not in ("学院", "学校")]


def _most_named(text: str) -> tuple[str, str, str] | None:
    """The city named most in the province named most, for colleges whose name does not say where they are."""
    counts: dict[str, int] = {}
    for short, _, code in _divisions():
        if len(short) > 1 and (n := text.count(short)):
            counts[code] = n
    provinces = {code[:2]: 0 for code in counts}
    for code, n in counts.items():
        provinces[code[:2]] += n
    best = max(provinces, key=lambda p: (provinces[p], p), default="")
    if not best or provinces[best] < _LEAST_SHORT:
        return None
    inside = [d for d in _divisions() if d[2].startswith(best) and counts.get(d[2])]
    return max(inside, key=lambda d: (not d[2].endswith("0000"), counts[d[2]], d[2]))


def _short_forms(name: str, region: str) -> list[str]:
    """Usual short forms of a college's name: 天津职业大学 → 天职, 天职大; 无锡星湖职业技术学院 → 星湖职院, 锡星院."""
    rest = re.sub(r"^[市省]", "", name.removeprefix(region)) if region else name
    kind = rest[-2:]
    last = {"大学": "大", "学院": "院", "学校": "校"}.get(kind, "")
    body = rest[:-2] if last else rest
    if not body or not region:
        return []
    letter = body[0]
    clipped = [where + _CLIPPED.sub(_CLIPPED_END, rest) for where in ("", region) if _CLIPPED.search(rest)]
    return [*clipped, region[0] + letter, region + letter + last, region[0] + letter + last, region[-1] + letter + last]


def _stands_alone(text: str, short: str) -> bool:
    """Whether a short form is really used: in quotation marks, or at least three times; a clipped one (星湖职院) can
    be nothing else."""
    if len(short) > _LEAST_SHORT and short.endswith(_CLIPPED_END):
        return short in text
    return len(short) > 1 and (
        f"“{short}”" in text or (len(short) >= _LEAST_SHORT and text.count(short) >= _LEAST_SHORT)
    )


def find_own_college(own: OwnCollege, blocks: Sequence[Block]) -> Iterator[Candidate]:
    """Mentions of the own college: its names, and 学校, 我校, 我院 where they mean it."""
    by_name = re.compile("|".join(re.escape(n) for n in sorted(own.names, key=lambda n: (-len(n), n)) if len(n) > 2))
    quoted = re.compile("“(" + "|".join(re.escape(n) for n in own.names) + ")”")
    subject_college = own.name.endswith("学院")
    for block in blocks:
        for match in by_name.finditer(block.text):
            yield candidate(block, *match.span(), "College", "lexicon", name=own.name, rank=2, others=own.names)
        for match in quoted.finditer(block.text):
            yield candidate(block, *match.span(1), "College", "lexicon", name=own.name, rank=1)
        for match in college_clues().pronoun.finditer(block.text):
            yield candidate(block, *match.span(), "College", PRONOUN, name=own.name)
        for match in college_clues().pronoun_college.finditer(block.text) if subject_college else ():
            yield candidate(block, *match.span(), "College", PRONOUN, name=own.name)
