"""The small engine that interprets the rules of ontology/patterns/statements.toml on one sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from qgraph.extraction.sentence_names import Named, clause_bounds, run_from, run_to
from qgraph.ontology import read_patterns
from qgraph.records import Entity
from qgraph.text import fold


@dataclass(frozen=True, slots=True)
class Raw:
    """A statement before it has an id: entity ids, and the stretch of the sentence that says it."""

    subject: str
    predicate: str
    object: str
    start: int
    end: int
    qualifiers: Mapping[str, str] = field(default_factory=dict)
    origin: str = "rule"


@lru_cache(maxsize=1)
def _rules() -> dict[str, Any]:
    return read_patterns("statements")


def governors(text: str, names: Sequence[Named]) -> list[str]:
    """The subject that opens a sentence (several when coordinated), or none."""
    rules = _rules()
    lead = re.compile(rules["lead"])
    for i, name in enumerate(names[:2]):
        if name.type in rules["governors"] and lead.match(text[: name.start]):
            after = text[name.end : name.end + 1]
            if after in ("的", "”", "》") or re.match(r"(?:与|和|同)", text[name.end :]) and i == 0 and len(names) > 1:
                return [name.entity] if after not in ("的", "”", "》") else []
            return [n.entity for n in run_from(text, names, i, {name.type})]
    return []


def read_rules(text: str, names: Sequence[Named], governing: Sequence[str]) -> Iterator[Raw]:
    """Statements of the plain rules."""
    for rule in _rules()["rules"]:
        for match in re.finditer(rule["trigger"], text):
            start, end = clause_bounds(text, match.start())
            clause = text[start:end]
            if "unless" in rule and re.search(rule["unless"], clause[: match.start() - start + 12]):
                continue
            reach = len(text) if rule.get("whole") else end
            if "then" in rule and not re.search(rule["then"], text[match.end() : reach][:90]):
                continue
            objects = _objects(text, names, rule, match)
            if not objects:
                continue
            if "about" in rule:
                yield from _about(names, rule, match, objects, end)
                continue
            subjects = _subjects(text, names, rule, match, start, governing, objects)
            for subject, subject_at in subjects:
                for name in objects:
                    a, b = (name.entity, subject) if rule.get("reversed") else (subject, name.entity)
                    first = min(subject_at if subject_at is not None else match.start(), match.start(), name.start)
                    yield Raw(a, rule["predicate"], b, first, max(match.end(), name.end))


def _objects(text: str, names: Sequence[Named], rule: Mapping[str, Any], match: re.Match[str]) -> list[Named]:
    types = rule["objects"]
    if rule.get("side") == "left":
        last = [i for i, n in enumerate(names) if n.end <= match.start() and match.start() - n.end <= rule["gap"]]
        return [names[last[-1]]] if last and names[last[-1]].type in types else []
    for i, name in enumerate(names):
        if name.start < match.end():
            continue
        between = text[match.end() : name.start]
        if len(between) > rule["gap"] or re.search("[。；]", between) or ("，" in between and not rule.get("whole")):
            return []
        if name.type in types:
            return run_from(text, names, i, types, counted=True)
        if name.type in ("Region", "Country", "GovernmentBody", "Department", "College"):
            continue
        return []
    return []


def _subjects(
    text: str,
    names: Sequence[Named],
    rule: Mapping[str, Any],
    match: re.Match[str],
    clause: int,
    governing: Sequence[str],
    objects: Sequence[Named],
) -> list[tuple[str, int | None]]:
    if rule.get("governed"):
        return [(g, None) for g in governing if all(g != o.entity for o in objects)] or []
    allowed = rule.get("subjects", ())
    before = [
        i
        for i, n in enumerate(names)
        if clause <= n.start and n.end <= match.start() and n.type in allowed and match.start() - n.end <= 12
    ]
    if before:
        run = run_to(text, names, before[-1], allowed)
        return [(n.entity, n.start) for n in run if n.entity not in {o.entity for o in objects}]
    return [(g, None) for g in governing if g not in {o.entity for o in objects}]


def _about(
    names: Sequence[Named], rule: Mapping[str, Any], match: re.Match[str], places: Sequence[Named], end: int
) -> Iterator[Raw]:
    """Where something takes place: the thing follows the place in the same clause."""
    things = [n for n in names if n.type in rule["about"] and places[-1].end <= n.start < end]
    for thing in things[:1]:
        for place in places[:1]:
            yield Raw(thing.entity, rule["predicate"], place.entity, match.start(), thing.end)


def read_partners(text: str, names: Sequence[Named], governing: Sequence[str]) -> Iterator[Raw]:
    """Partners (与 A、B …) and what is built with them."""
    rules = _rules()["partners"]
    seen: set[int] = set()
    for i, name in enumerate(names):
        if name.type not in rules["types"] or i in seen:
            continue
        before = re.search(rf"(?:{rules['before']})\s*[“《]?$", text[: name.start])
        if before is None:
            continue
        run = run_from(text, names, i, rules["types"])
        seen.update(range(i, i + len(run)))
        rest = text[run[-1].end : run[-1].end + rules["within"]]
        rest = re.split("[。；]", rest)[0]
        subjects = _left_subjects(text, names, i, rules["subjects"], before.start(), governing)
        subjects = [s for s in subjects if s not in {n.entity for n in run}]
        start = min(
            [before.start(), *(n.start for n in names[:i] if n.entity in subjects and before.start() - n.end <= 2)]
        )
        built = _built(text, names, run[-1].end, rules)
        for thing in built:
            for who in (*subjects, *(n.entity for n in run)):
                yield Raw(who, "coBuilds", thing.entity, start, thing.end)
        if built or re.search(rules["cooperate"], rest) or before[0].startswith(("联合", "携手", "对接")):
            for subject in subjects:
                for partner in run:
                    yield Raw(subject, "cooperatesWith", partner.entity, start, max(partner.end, run[-1].end))


def _left_subjects(
    text: str, names: Sequence[Named], first: int, types: Sequence[str], position: int, governing: Sequence[str]
) -> list[str]:
    if first and names[first - 1].type in types and position - names[first - 1].end <= 1:
        return [n.entity for n in run_to(text, names, first - 1, types)]
    return list(governing)


def _built(text: str, names: Sequence[Named], position: int, rules: Mapping[str, Any]) -> list[Named]:
    match = re.compile(rules["build"]).search(text, position)
    if match is None or match.start() - position > 30 or re.search("[。；]", text[position : match.start()]):
        return []
    for i, name in enumerate(names):
        if name.start < match.end():
            continue
        gap = text[match.end() : name.start]
        if len(gap) > rules["build_gap"] or re.search("[，。；]", gap) or name.type not in rules["built"]:
            return []
        return run_from(text, names, i, rules["built"])
    return []


def read_issuers(text: str, names: Sequence[Named], by_id: Mapping[str, Entity], own: str) -> Iterator[Raw]:
    """Issuers that stand right before a document's title, and the college whose name opens the title."""
    rules = _rules()["issued"]
    own_names = [fold(n) for n in (by_id[own].name, *by_id[own].aliases)] if own in by_id else []
    for i, name in enumerate(names):
        if name.type != "Document":
            continue
        if i and names[i - 1].type in rules["types"]:
            gap = text[names[i - 1].end : name.start].rstrip("《〈")
            if re.match(rules["between"], gap):
                for issuer in run_to(text, names, i - 1, rules["types"]):
                    yield Raw(name.entity, "issuedBy", issuer.entity, issuer.start, name.end)
                continue
        if any(len(n) >= 4 and fold(by_id[name.entity].name).startswith(n) for n in own_names):
            yield Raw(name.entity, "issuedBy", own, name.start, name.end)


def read_employers(text: str, names: Sequence[Named], own: str) -> Iterator[Raw]:
    """Enterprises that took on graduates; the cohort is kept as a qualifier."""
    rules = _rules()["employs"]
    match = re.search(rules["trigger"], text)
    if match is None or not re.search(rules["needs"], text):
        return
    cohort = re.search(r"(\d{4})\s*届", text)
    qualifiers = {"cohort": f"{cohort[1]}届"} if cohort else {}
    for name in names:
        if name.type == "Enterprise":
            yield Raw(name.entity, "employsGraduates", own, min(match.start(), name.start), name.end, qualifiers)
