"""Majors and groups of majors: names of the catalogue before 专业, and lists that 专业 or 专业群 closes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from qgraph.extraction.candidates import Candidate, candidate, tidy
from qgraph.extraction.patterns import list_clues
from qgraph.language import Block
from qgraph.ontology import read_lexicon

_LEAST = 3
_WINDOW = 90


@lru_cache(maxsize=1)
def major_codes() -> dict[str, str]:
    """Codes of the Ministry's catalogue by name; "" for majors that it does not have."""
    return {row["name"]: row["code"] for row in read_lexicon("majors")}


def codes_of(name: str) -> list[tuple[str, str]]:
    """The catalogue code of a major, as `Entity.codes` has it."""
    code = major_codes().get(name.removesuffix("专业"), "")
    return [("major", code)] if code else []


def find_majors(block: Block) -> Iterator[Candidate]:
    """Majors of the catalogue where the text means the major, and majors that stand for their group."""
    clues = list_clues()
    text = block.text
    groups = [m.span("list") for m in clues.major_group.finditer(text)]
    for span in block.spans:
        if span.label != "Major" or span.source != "weak" or _inside(groups, span.start, span.end):
            continue
        rest = text[span.end : span.end + _WINDOW]
        means_major = clues.major.match(rest) or clues.major_list.match(rest)
        if means_major:
            yield _major(block, span.start, span.end, span.name, 3)
        elif block.kind == "row" and text[max(0, span.start - 1) : span.start] in ("", "\t") and rest[:1] in ("", "\t"):
            yield _major(block, span.start, span.end, span.name, 1)
    for match in clues.major_opened.finditer(text):
        if match["name"] not in major_codes() and not _inside(groups, *match.span("name")):
            yield _major(block, *match.span("name"), match["name"], 1)
    for start, end in groups:
        for a, b in _items(text, start, end):
            name = tidy(text[a:b])
            if len(name) >= _LEAST and not name.endswith(("专业群", "专业集群")):
                others = [] if name in major_codes() else [name]
                yield candidate(block, a, b, "Major", "list", name=name + "专业群", rank=4, others=others)


_LEVELS = re.compile(r"(?:国家级|省级|市级|校级|国家|双高|高水平|特色|骨干|重点|优势|品牌)+(?=专业群$|专业集群$)")


def find_named_groups(block: Block) -> Iterator[Candidate]:
    """Groups of majors by their ending, named without their level (…国家级高水平专业群 → …专业群)."""
    for span in block.spans:
        if span.label == "Major" and span.source == "ending":
            name = tidy(block.text[span.start : span.end])
            bare = _LEVELS.sub("", name)
            yield candidate(
                block, span.start, span.end, "Major", "ending", name=bare, rank=1, others=[name] if bare != name else []
            )


def _major(block: Block, start: int, end: int, name: str, rank: int) -> Candidate:
    return candidate(
        block,
        start,
        end,
        "Major",
        "lexicon" if name in major_codes() else "pattern",
        name=name,
        rank=rank,
        others=[name + "专业"],
        codes=codes_of(name),
    )


def _inside(stretches: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    return any(a <= start and end <= b for a, b in stretches)


def _items(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Items of a list of major groups, with what introduces it taken off the first."""
    at = start
    for part in text[start:end].split("、"):
        a, b = at, at + len(part)
        at = b + 1
        lead = list_clues().major_group_before.search(text[a:b])
        if lead:
            a += lead.end()
        piece = re.search(r"\S(?:.*\S)?", text[a:b])
        if piece:
            yield a + piece.start(), a + piece.end()
