"""Statements that names themselves make (阿里巴巴国际站…中心, 天津科技大学化工学院), and leads told by a count."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from qgraph.extraction.clauses import Scene
from qgraph.extraction.name_patterns import types_of, unreal
from qgraph.extraction.statements_rules import Raw, triples
from qgraph.ontology import read_lexicon, read_patterns
from qgraph.records import Document, Entity, Sentence
from qgraph.text import fold, parse_number

Found = tuple[Sentence, Raw]


@dataclass(frozen=True, slots=True)
class _Opener:
    """A form of an entity's name that another's name may open with; `folded` is compared."""

    entity: Entity
    folded: str


def read_names(document: Document, entities: Sequence[Entity], own: str) -> Iterator[Found]:
    """What follows from names inside names, each said once, where it is first printed."""
    for rule in read_patterns("statements")["named"]:
        openers = _openers([e for e in entities if e.type in types_of(rule["opens"])])
        for entity in entities:
            if entity.type in types_of(rule["of"]) and (entity.id == own or not rule.get("only_own")):
                yield from _read_name(document, rule, entity, openers, own)


def _read_name(
    document: Document, rule: Mapping[str, Any], entity: Entity, openers: Sequence[_Opener], own: str
) -> Iterator[Found]:
    done: set[str] = set()
    for mention in entity.mentions:
        sentence = document.sentence_by_id[mention.evidence.sentence]
        start, end = mention.evidence.start - sentence.start, mention.evidence.end - sentence.start
        for opener in _opening(rule, entity, mention.text, openers, own):
            if opener.id in done:
                continue
            done.add(opener.id)
            who = {"own": own, "x": entity.id, "y": opener.id}
            for subject, predicate, target in triples(rule["make"]):
                if who[subject] and who[target] and who[subject] != who[target]:
                    yield sentence, Raw(who[subject], predicate, who[target], start, end)


def _opening(
    rule: Mapping[str, Any], entity: Entity, printed: str, openers: Sequence[_Opener], own: str
) -> list[Entity]:
    """Those whose names a printed name opens with (or has inside, where the rule says so).

    The longest fit, and where the rule says `several` also those that follow it at once (部甲部乙关于……), behind a
    `joint` if it has one. Where `fits` has a group, only what this holds is looked at.
    """
    fit = re.search(rule.get("fits", ""), printed)
    if fit is None or ("unfit" in rule and re.search(rule["unfit"], printed)):
        return []
    text, part = fold(fit[1] if fit.re.groups else printed), bool(fit.re.groups)
    for word in rule.get("home", "").split("|"):
        text = text.replace(word, "") if word else text
    found: list[Entity] = []
    while True:
        fitting = (o for o in openers if _fits(rule, entity, text, o, own, part))
        opener = next(fitting, None)
        if opener is None or (found and not rule.get("several")):
            return found
        found.append(opener.entity)
        text = re.sub(f"^(?:{rule.get('joint', '')})", "", text[len(opener.folded) :])


def _fits(rule: Mapping[str, Any], entity: Entity, text: str, opener: _Opener, own: str, part: bool) -> bool:
    if opener.entity.id == entity.id or (rule.get("foreign") and opener.entity.id == own):
        return False
    if len(opener.folded) == len(text) and not part and entity.type not in rule.get("same", ()):
        return False
    if "opener" in rule and not re.search(rule["opener"], opener.folded):
        return False
    return opener.folded in text if rule.get("inside") else text.startswith(opener.folded)


def _openers(entities: Sequence[Entity]) -> list[_Opener]:
    """Names, aliases and stems of the entities, the longest first."""
    shortest = int(read_patterns("statements")["names"]["shortest"])
    found: dict[tuple[str, str], _Opener] = {}
    for entity in entities:
        for name in (entity.name, *entity.aliases):
            for form in (name, *(_shorter(name) if entity.type == "Enterprise" else ())):
                folded = fold(form)
                if len(folded) >= shortest:
                    found.setdefault((folded, entity.id), _Opener(entity, folded))
    return sorted(found.values(), key=lambda o: (-len(o.folded), o.folded, o.entity.id))


def _shorter(name: str) -> Iterator[str]:
    """What an enterprise may be called for short: without legal form, trade and the division before its name."""
    ordinary = re.compile(read_patterns("statements")["names"]["ordinary"])
    for stem in (*(s.sub("", name) for s in _stems()), name):
        for form in (stem, _divisions().sub("", stem)):
            if not ordinary.fullmatch(form):
                yield form


@lru_cache(maxsize=1)
def _divisions() -> re.Pattern[str]:
    """A division's name at the head of another name."""
    rows = [row for row in read_lexicon("regions") if row["level"] in ("province", "city")]
    names = {n for row in rows for n in (row["name"], row["short"]) if len(n) > 1}
    return re.compile("^(?:" + "|".join(sorted(map(re.escape, names), key=lambda n: (-len(n), n))) + ")[省市]?")


@lru_cache(maxsize=1)
def _stems() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(source) for source in read_patterns("statements")["names"]["stems"])


def read_own_units(document: Document, entities: Sequence[Entity], own: str) -> Iterator[Found]:
    """The report's college and its departments, but not those whose name opens with another's."""
    rules = read_patterns("statements")["own"]
    others = _openers([e for e in entities if e.type in ("College", "Consortium", "Enterprise") and e.id != own])
    for entity in entities:
        if not own or entity.type not in rules["of"] or not entity.mentions or unreal().search(entity.name):
            continue
        if any(fold(n).startswith(o.folded) for n in (entity.name, *entity.aliases) for o in others):
            continue
        evidence = entity.mentions[0].evidence
        sentence = document.sentence_by_id[evidence.sentence]
        start, end = evidence.start - sentence.start, evidence.end - sentence.start
        yield sentence, Raw(entity.id, rules["predicate"], own, start, end, weak=entity.type in rules["weak"])


def read_counted(scene: Scene, entities: Sequence[Entity], active: frozenset[str]) -> Iterator[Raw]:
    """“牵头建设 7 个行业产教融合共同体” names none: it means the known ones if there are just as many.

    `active` are the ids of those that govern some clause of the report; where there are too many known ones,
    these are counted.
    """
    for rule in read_patterns("statements")["counted"]:
        match = re.search(rule["pattern"], scene.text)
        if match is None or [g for g, _ in scene.governors_at(match.start())] != [scene.own]:
            continue
        for part in re.finditer(rule["each"], scene.text[match.start() : scene.clause(match.start())[1] + 60]):
            value = parse_number(part[1] or part[4] or "")
            kind = [e for e in entities if e.type == rule["of"]]
            for entity in _meant(part[2] or part[3] or "", int(value or 0), kind, active):
                start, end = match.start(), match.start() + part.end()
                yield Raw(scene.own, rule["predicate"], entity.id, start, end, elided=True)


def _meant(words: str, value: int, entities: Sequence[Entity], active: frozenset[str]) -> list[Entity]:
    """Just as many entities as counted, whose names end with the words, or with a tail of them (3 signs or more).

    That there is just one is no proof that it is meant: its name must end with all the words.
    """
    folded = fold(words)
    for known in ([e for e in entities if e.id in active], entities):
        for start in range(max(1, len(folded) - 2)):
            if start and value == 1:
                break
            tail = folded[start:]
            fitting = [e for e in known if any(fold(n).endswith(tail) for n in (e.name, *e.aliases))]
            if len(fitting) == value:
                return sorted(fitting, key=lambda e: e.id)
    return []
