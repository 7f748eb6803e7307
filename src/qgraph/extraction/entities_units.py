"""Units of the own college (departments, committees), and what kind of college …学院 is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from qgraph.extraction.candidates import Candidate, candidate
from qgraph.extraction.own_college import OwnCollege
from qgraph.language import Block

_PARTY = re.compile(r"(?:学校|院|校)党委(?!书记|副书记|[宣组统学教办]|常委)|(?:学校|院|校)党委(?=书记|副书记)")
_COLLEGE_KIND = re.compile(r"大学$|职业学院$|技术学院$|职院$|专科学校$|分校$|党校$|[^产业]学校$|中心$|小学$|中学$|师范学院$|美术学院$|音乐学院$|体育学院$|戏剧学院$|医学院$|理工学院$|外国语学院$|科技学院$|应用学院$|幼儿园$|中专$")
_BUILT = re.compile(r"(?:共建|共同建设|联合建设|合作共建|共同成立|合作成立|共同打造)(?:了)?[“”]?$")


def find_units(block: Block, own: OwnCollege) -> Iterator[Candidate]:
    """Departments of the lexicon; the college's party committee."""
    text = block.text
    for span in block.spans:
        if span.label != "Department":
            continue
        start = span.start
        others = []
        for name in (*own.names, "学校"):
            if text[:start].endswith(name):
                others.append(text[start - len(name) : span.end])
                start -= len(name)
                break
        yield candidate(block, start, span.end, "Department", "lexicon", name=text[span.start : span.end], rank=1, others=others)
    full = f"中共{own.name}委员会"
    names = "|".join(re.escape(n) for n in own.names)
    for match in re.finditer(rf"中共(?:{names})委员会|(?:{names})党委(?!书记处)", text):
        yield candidate(block, *match.span(), "Department", "pattern", name=full, rank=3)
    for match in _PARTY.finditer(text):
        yield candidate(block, *match.span(), "Department", "pattern", name=full, rank=2)


def sort_colleges(found: Sequence[Candidate], text: str, own: OwnCollege, places: Sequence[str]) -> list[Candidate]:
    """…学院 found by its ending is a college, a department of the own college, or an industry college.

    A place or another college at its head, or an ending that only schools have, makes it a college; standing
    where something is built together with others makes it an industry college; the rest are departments.
    """
    built = {c.name for c in found if c.type == "IndustryCollege"}
    built |= {c.name for c in found if c.type == "College" and _BUILT.search(text[max(0, c.start - 8) : c.start])}
    sorted_ = []
    for c in found:
        if c.type != "College" or c.source != "ending":
            sorted_.append(c)
            continue
        prefix = next((n for n in (*own.names, "学校", "我校") if c.name.startswith(n) and c.name != n), "")
        if prefix:
            unit = c.name.removeprefix(prefix)
            kind = "IndustryCollege" if unit in built else "Department"
            kind = "College" if unit.endswith("分校") else kind
            name = c.name if kind == "College" else unit
            sorted_.append(replace(c, type=kind, name=name, rank=2, others=(c.name,)))
        elif c.name in built and not _COLLEGE_KIND.search(c.name):
            sorted_.append(replace(c, type="IndustryCollege"))
        elif c.name.endswith("学院") and not _COLLEGE_KIND.search(c.name) and not c.name.startswith(tuple(places)):
            sorted_.append(replace(c, type="Department"))
        elif c.name.endswith("学院") and not c.name.startswith(tuple(places)) and re.search(r"医学院$|理工学院$|科技学院$|技术学院$|体育学院$|音乐学院$|美术学院$|外国语学院$|应用学院$", c.name) and len(c.name) <= 8:
            sorted_.append(replace(c, type="Department"))
        else:
            sorted_.append(c)
    return sorted_
