"""Who opens a clause: its first name, behind what may lead it (2023年, 同时), or somebody without a name.

The rules are in ontology/patterns/statements.toml, [clauses].
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise
from typing import Any

from qgraph.extraction.coordination import Named, run_from
from qgraph.ontology import read_patterns, read_regex

Governor = tuple[str, str]
"""Entity id and type of one who governs a clause."""


def clause_rules() -> dict[str, Any]:
    """The section [clauses] of the patterns."""
    rules: dict[str, Any] = read_patterns("statements")["clauses"]
    return rules


clause_regex = partial(read_regex, "statements", "clauses")
"""One expression of that section, by its key."""


def clause_head(text: str, span: tuple[int, int]) -> int:
    """Where a clause begins in truth, behind what may lead it (2023年, 同时)."""
    lead = clause_regex("lead").match(text, span[0], span[1])
    return lead.end() if lead else span[0]


def said(
    text: str, names: Sequence[Named], span: tuple[int, int], base: tuple[Governor, ...]
) -> tuple[Governor, ...] | None:
    """Who opens a clause; () for somebody without a name; None when the clause says nobody.

    `base` governs where the college's own people are spoken of without a name.
    """
    start = clause_head(text, span)
    opening = next((i for i, n in enumerate(names) if span[0] <= n.start <= start < n.end), None)
    if opening is not None:
        return _named(text, names, opening, span)
    if clause_regex("turn").match(text, start, span[1]):
        return base
    if clause_regex("unnamed").match(text, start, span[1]) or clause_regex("unnamed").match(text, span[0], span[1]):
        return base
    if clause_regex("strangers").match(text, start, span[1]):
        return ()
    return None


def _named(text: str, names: Sequence[Named], i: int, span: tuple[int, int]) -> tuple[Governor, ...] | None:
    rules = clause_rules()
    while i + 1 < len(names) and names[i + 1].end <= span[1] and names[i + 1].type in rules["appositive"]:
        if not clause_regex("apposition").fullmatch(text[names[i].end : names[i + 1].start]):
            break
        # 运输学院物流专业师生: the people of the faculty, the major only tells which
        if names[i + 1].type == "Major" and clause_regex("people_behind").match(text, names[i + 1].end):
            break
        i += 1
    if names[i].type not in rules["governors"]:
        return None
    run = run_from(text, names, i, rules["governors"])
    end = run[-1].end
    if clause_regex("unit_behind").match(text, end):
        return ()
    made = next((n for n in names if end < n.start and n.end <= span[1]), None)
    if made and made.type in rules["governors"]:
        between = ("whose", "made_up_of") if made.type == "Team" else ("whose",)
        if any(clause_regex(key).fullmatch(text, end, made.start) for key in between):
            return ((made.entity, made.type),)
    if clause_regex("not_before").match(text, end) and len(run) == 1:
        return None
    if clause_regex("aside_clause").fullmatch(text, end, span[1]):
        return None
    return tuple((n.entity, n.type) for n in run if n.end <= span[1])


def leaning(text: str, names: Sequence[Named], span: tuple[int, int]) -> tuple[Governor, ...]:
    """The unit of the college on which a clause leans (依托机电学院承办), if it does."""
    rules = clause_rules()
    match = clause_regex("leaning").match(text, span[0], span[1])
    first = next((i for i, n in enumerate(names) if match and n.start == match.end()), None)
    if first is None or names[first].type not in rules["leaned"]:
        return ()
    return tuple((n.entity, n.type) for n in run_from(text, names, first, rules["leaned"]))


def homes_of(text: str, names: Sequence[Named]) -> Iterator[tuple[str, Governor]]:
    """The persons of a sentence that are named with the unit they belong to (工程学院王某博士)."""
    for name, person in pairwise(names):
        fits = person.type == "Person" and name.type in clause_rules()["homes"]
        if fits and clause_regex("apposition").fullmatch(text[name.end : person.start]):
            yield person.entity, (name.entity, name.type)


def with_short_names(text: str, names: Sequence[Named]) -> list[Named]:
    """The names of a sentence, each with the short name that it gets there: 甲集团有限公司（以下简称“甲集团”）."""
    found: list[Named] = []
    for name in names:
        if found and name.start < found[-1].end:
            continue
        given = clause_regex("short_name").match(text, name.end) if name.type in clause_rules()["governors"] else None
        found.append(replace(name, end=given.end()) if given else name)
    return found
