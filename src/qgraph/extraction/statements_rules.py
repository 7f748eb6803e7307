"""Interprets the [[rules]] of ontology/patterns/statements.toml on one sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations, product
from typing import Any

from qgraph.extraction.award_words import level_of, year_of
from qgraph.extraction.clauses import Scene
from qgraph.extraction.coordination import Named, listed
from qgraph.extraction.name_patterns import NamePattern, compile_pattern, types_of, with_words
from qgraph.extraction.statements_deeds import written_out
from qgraph.ontology import read_patterns

_QUALIFIER = "q_"


@dataclass(frozen=True, slots=True)
class Raw:
    """A statement before it has an id: entity ids, and the stretch of the sentence that says it.

    `elided` tells that the subject was understood, not said beside the verb; `weak` that the statement gives way
    to one that names another subject (or issuer) for the same thing.
    """

    subject: str
    predicate: str
    object: str
    start: int
    end: int
    qualifiers: Mapping[str, str] = field(default_factory=dict)
    origin: str = "rule"
    elided: bool = False
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """One entry of [[rules]], read and compiled."""

    pattern: NamePattern
    make: tuple[tuple[str, str, str], ...]
    subjects: frozenset[str]
    unless: re.Pattern[str] | None
    given: re.Pattern[str] | None
    named: Mapping[str, re.Pattern[str]]
    not_named: Mapping[str, re.Pattern[str]]
    require: Mapping[str, re.Pattern[str]]
    find: Mapping[str, re.Pattern[str]]
    sweep: frozenset[str]
    sweep_within: frozenset[str]
    context: tuple[str, ...]
    not_own: str
    own: str
    based: bool
    topical: bool
    weak: bool


@dataclass(frozen=True, slots=True)
class _Filler:
    """Who fills a role of a match: an entity, and where it stands if it is said there."""

    entity: str
    name: Named | None = None


def triples(make: Sequence[str]) -> tuple[tuple[str, str, str], ...]:
    """ "s leads o" as ("s", "leads", "o")."""
    found = []
    for line in make:
        subject, predicate, target = line.split()
        found.append((subject, predicate, target))
    return tuple(found)


@lru_cache(maxsize=1)
def rules() -> tuple[Rule, ...]:
    """The rules of the file in its order, then those that its deeds stand for."""
    data = read_patterns("statements")
    return tuple(_rule(entry) for entry in (*data["rules"], *written_out(data["deeds"], data["voices"])))


def _rule(entry: Mapping[str, Any]) -> Rule:
    def by_key(key: str) -> dict[str, re.Pattern[str]]:
        return {name: re.compile(with_words(source)) for name, source in entry.get(key, {}).items()}

    def types(key: str) -> frozenset[str]:
        return types_of(entry[key]) if key in entry else frozenset()

    return Rule(
        compile_pattern(entry["pattern"]),
        triples(entry["make"]),
        types("subjects"),
        re.compile(with_words(entry["unless"])) if "unless" in entry else None,
        re.compile(with_words(entry["given"])) if "given" in entry else None,
        by_key("named"),
        by_key("not_named"),
        by_key("require"),
        by_key("find"),
        types("sweep"),
        types("sweep_within"),
        tuple(entry["context"].split("|")) if "context" in entry else (),
        entry.get("not_own", ""),
        entry.get("own", ""),
        bool(entry.get("based")),
        bool(entry.get("topical")),
        bool(entry.get("weak")),
    )


def read_rules(scene: Scene) -> Iterator[Raw]:
    """Statements that the rules find in a sentence, without those that say that something relates to itself."""
    for rule in rules():
        for match in rule.pattern.regex.finditer(scene.encoded):
            yield from _apply(rule, scene, match)


def _apply(rule: Rule, scene: Scene, match: re.Match[str]) -> Iterator[Raw]:
    clause = scene.clause(match.start())[0]
    if rule.unless and rule.unless.search(scene.text[clause : match.start()] or ""):
        return
    if rule.given and not rule.given.search(scene.text, 0, match.start()):
        return
    for letter, fit in rule.require.items():
        if not all(fit.search(scene.wording(n)) for n in rule.pattern.names(match, letter, scene.names)):
            return
    fillers: dict[str, list[_Filler]] = {}

    def role(letter: str) -> list[_Filler]:
        if letter not in fillers:
            fillers[letter] = _fillers(rule, scene, match, letter)
        return fillers[letter]

    qualifiers = {k[len(_QUALIFIER) :]: v for k, v in match.groupdict().items() if k.startswith(_QUALIFIER) and v}
    for key, regex in rule.find.items():
        said = (scene.text, *reversed(scene.said_before), *reversed(scene.section_before))
        found = next(filter(None, map(regex.search, said)), None)
        if found:
            qualifiers[key] = "".join(found.groups()) or found[0]
    for subject, predicate, target in rule.make:
        for a, b in _pairs(role(subject), role(target), match[0], subject == target, scene.own):
            if a.entity == b.entity:
                continue
            places = [n for n in (a.name, b.name) if n is not None]
            start = min([match.start(), *(n.start for n in places)])
            end = max([n.end for n in places], default=match.end())
            yield Raw(
                a.entity,
                predicate,
                b.entity,
                start,
                max(end, _stop(match, scene)),
                _told(qualifiers if predicate == rule.make[0][1] else {}, predicate, b.name, scene),
                elided=a.name is None or bool(a.name.stands_for),
                weak=rule.weak,
            )


def _told(qualifiers: Mapping[str, str], predicate: str, prize: Named | None, scene: Scene) -> dict[str, str]:
    """The qualifiers of a statement; of a prize also what its name tells: level and year."""
    told = dict(qualifiers)
    if predicate == "wins" and prize is not None:
        level, year = level_of(scene.wording(prize)), year_of(scene.wording(prize), "")
        told = {**({"level": level} if level else {}), **({"year": year} if year else {}), **told}
    return told


def _stop(match: re.Match[str], scene: Scene) -> int:
    return min(match.end(), len(scene.text.rstrip()))


def _fillers(rule: Rule, scene: Scene, match: re.Match[str], letter: str) -> list[_Filler]:
    """Who fills a role: the names that the match gives it, else what is understood."""
    names = rule.pattern.names(match, letter, scene.names)
    if letter == "o" and rule.sweep:
        names = [n for n in scene.names if n.start >= match.end() and n.type in rule.sweep]
    if letter in rule.named:
        names = [n for n in names if rule.named[letter].search(scene.wording(n))]
    if letter in rule.not_named:
        names = [n for n in names if not rule.not_named[letter].search(scene.wording(n))]
    if letter == "s" and rule.sweep_within:
        names = [n for n in scene.names if match.start("s") <= n.start < match.end() and n.type in rule.sweep_within]
    if letter == "s" and names and (_goes_on(rule, scene, names[0]) or not scene.acts(names[-1])):
        names = []
    if rule.make[0][1] != "partOf":
        names = [n for n in names if not scene.only_unit(n)]
    if letter in rule.not_own:
        names = [n for n in names if n.entity != scene.own]
    if names:
        return [_Filler(n.entity, n) for n in names]
    if letter in rule.own and scene.own:
        return [_Filler(scene.own)]
    if letter == "s" and rule.based:
        return [_Filler(entity) for entity, _ in scene.base]
    if letter == "s" and rule.topical and scene.about is not None and scene.about.type in rule.subjects:
        return [_Filler(scene.about.entity)]
    if letter == "s" and rule.subjects:
        return [_Filler(entity) for entity in scene.subjects(match.start(), rule.subjects)]
    if letter == "b" and rule.context:
        recent = scene.recent(rule.context, match.start())
        return [_Filler(recent.entity, recent if recent in scene.names else None)] if recent else []
    return []


def _goes_on(rule: Rule, scene: Scene, name: Named) -> bool:
    """Whether a name is not the first of its enumeration, so that what holds of all is not said of it alone."""
    earlier = [n for n in scene.names if n.end <= name.start and n.type in rule.pattern.roles["s"]]
    return bool(earlier) and bool(listed().fullmatch(scene.text[earlier[-1].end : name.start]))


def _pairs(
    left: Sequence[_Filler], right: Sequence[_Filler], text: str, same: bool, own: str
) -> list[tuple[_Filler, _Filler]]:
    """All pairs; with 分别 and as many on both sides, the first with the first; inside one role, each with each,
    but where the report's college is among them, it with each."""
    if same:
        among = any(filler.entity == own for filler in left)
        return [(a, b) for a, b in combinations(left, 2) if not among or own in (a.entity, b.entity)]
    if _respectively().search(text) and len(right) > 1:
        others = [filler for filler in left if filler.entity != own]
        for each in (left, others):
            if len(each) == len(right):
                shared = product([filler for filler in left if filler not in each], right)
                return [*shared, *zip(each, right, strict=True)]
    return list(product(left, right))


@lru_cache(maxsize=1)
def _respectively() -> re.Pattern[str]:
    return re.compile(read_patterns("statements")["wins"]["respectively"])
