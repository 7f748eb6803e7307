"""Which names are one thing, in one report and across reports.

Nothing is compared with everything: names are put into blocks by type and by the pairs of characters of their
core, blocks that are too common are left out, and the number of pairs is bounded and reported. The closest
names are joined first, and a join that would put two contradicting names together (other edition, other
region, another full name) is refused, so two things of one name stay two.
"""

from __future__ import annotations

import hashlib
import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from qgraph.extraction.identity_rules import core, editions_agree, region_of, same_thing
from qgraph.records import Entity
from qgraph.text import fold

log = logging.getLogger(__name__)

PAIR_LIMIT = 20_000
_BLOCK_LIMIT = 40
_STRICT = frozenset(("Enterprise", "Consortium", "IndustryCollege", "College"))
# Types of which a name is the thing itself: lists of places and people are not guessed at.
_FULL_NAME = 6


@dataclass(frozen=True, slots=True)
class Named:
    """Something with names, to be compared: its type, names (the canonical one first), codes and how often it
    is mentioned. `fixed` names come from a lexicon and are not joined with another fixed one. `reports` are those in
    which it was told from everything else: what one of them keeps apart stays apart."""

    type: str
    names: tuple[str, ...]
    codes: tuple[tuple[str, str], ...] = ()
    count: int = 1
    fixed: bool = False
    reports: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Links:
    """Groups of indexes that are one thing; how many pairs were compared, and whether the bound cut some off."""

    groups: tuple[tuple[int, ...], ...]
    compared: int
    limit: int
    cut: bool


def named(entity: Entity, reports: Iterable[int] = ()) -> Named:
    """An entity as it is compared; `reports` as in Named."""
    return Named(
        entity.type,
        (entity.name, *entity.aliases),
        tuple(sorted(entity.codes.items())),
        len(entity.mentions),
        reports=frozenset(reports),
    )


def entity_id(type_: str, name: str) -> str:
    """Id of an entity: type and a hash of type and folded canonical name."""
    return f"{type_}/{hashlib.sha256(f'{type_}|{fold(name)}'.encode()).hexdigest()[:12]}"


Apart = frozenset[frozenset[str]]


def link(items: Sequence[Named], limit: int = PAIR_LIMIT, apart: frozenset[frozenset[int]] = frozenset()) -> Links:
    """Groups of items that are one thing; pairs of indexes in `apart` never come into one group."""
    parent = list(range(len(items)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    members: dict[int, list[int]] = {i: [i] for i in range(len(items))}
    pairs, cut = _pairs(items, limit)
    matches = []
    for i, j in pairs:
        distance = _distance(items[i], items[j])
        if distance is not None:
            matches.append((distance, -items[i].count - items[j].count, i, j))
    for _, _, i, j in sorted(matches):
        a, b = sorted((root(i), root(j)))
        if a == b or any(
            frozenset((x, y)) in apart or _contradict(items[x], items[y]) for x in members[a] for y in members[b]
        ):
            continue
        parent[b] = a
        members[a] += members.pop(b)
    groups = tuple(tuple(sorted(m)) for _, m in sorted(members.items()))
    log.info("identity: %d names, %d pairs compared, %d groups", len(items), len(pairs), len(groups))
    return Links(groups, len(pairs), limit, cut)


def doubtful_pairs(items: Sequence[Named], limit: int = PAIR_LIMIT) -> list[tuple[int, int]]:
    """Pairs of items of which some names are one thing by the rules, though the items as a whole are kept apart: for
    people to decide. Closest names first."""
    found = []
    for i, j in _pairs(items, limit)[0]:
        distance = _distance(items[i], items[j])
        if distance is not None:
            found.append((distance, -items[i].count - items[j].count, i, j))
    return [(i, j) for _, _, i, j in sorted(found)]


def _pairs(items: Sequence[Named], limit: int) -> tuple[list[tuple[int, int]], bool]:
    """Pairs that share a block, each once, smallest blocks first, no more than the limit."""
    blocks: dict[tuple[str, str], list[int]] = defaultdict(list)
    for i, item in enumerate(items):
        keys: set[str] = set()
        for name in item.names:
            bare = core(item.type, name)
            keys |= {bare[k : k + 2] for k in range(max(1, len(bare) - 1))} | {fold(name)}
        for key in sorted(keys):
            blocks[item.type, key].append(i)
    found: dict[tuple[int, int], None] = {}
    for _, members in sorted(blocks.items(), key=lambda b: (len(b[1]), b[0])):
        if len(members) > _BLOCK_LIMIT:
            continue
        for n, i in enumerate(members):
            for j in members[n + 1 :]:
                if len(found) >= limit:
                    return list(found), True
                found[i, j] = None
    return list(found), False


def _distance(a: Named, b: Named) -> int | None:
    """How far apart the closest two names of one thing are in length; None if no two are one thing."""
    gaps = [abs(len(fold(x)) - len(fold(y))) for x in a.names for y in b.names if same_thing(a.type, x, y)]
    return min(gaps) if gaps else None


def _contradict(a: Named, b: Named) -> bool:
    if (a.fixed and b.fixed) or a.reports & b.reports:
        return True
    codes_a, codes_b = dict(a.codes), dict(b.codes)
    if any(codes_a[k] != codes_b[k] for k in codes_a.keys() & codes_b.keys()):
        return True
    x, y = a.names[0], b.names[0]
    if not editions_agree(x, y) or (region_of(x) and region_of(y) and region_of(x) != region_of(y)):
        return True
    if a.type not in _STRICT or min(len(fold(x)), len(fold(y))) < _FULL_NAME:
        return False
    return not any(same_thing(a.type, p, q) for p in a.names for q in b.names)


@dataclass(frozen=True, slots=True)
class Merging:
    """Entities of several reports put together: the entities, which id each old id became, pairs compared."""

    entities: tuple[Entity, ...]
    became: Mapping[str, str]
    compared: int
    limit: int


def merge_reports(reports: Iterable[Sequence[Entity]], limit: int = PAIR_LIMIT, apart: Apart = frozenset()) -> Merging:
    """Puts the entities of several reports together. An entity of the same id is the same; others are linked by
    the same rules as inside a report, but for pairs of ids in `apart` and for what one report keeps apart. The name
    mentioned most becomes the canonical one."""
    by_id: dict[str, Entity] = {}
    told_in: dict[str, set[int]] = defaultdict(set)
    for report, entities in enumerate(reports):
        for entity in entities:
            told_in[entity.id].add(report)
            known = by_id.get(entity.id)
            by_id[entity.id] = entity if known is None else _joined(known, entity)
    ordered = sorted(by_id.values(), key=lambda e: e.id)
    place = {entity.id: i for i, entity in enumerate(ordered)}
    links = link(
        [named(e, told_in[e.id]) for e in ordered],
        limit,
        frozenset(frozenset(place[e] for e in pair) for pair in apart if pair <= place.keys()),
    )
    merged: list[Entity] = []
    became: dict[str, str] = {}
    for group in links.groups:
        some = sorted((ordered[i] for i in group), key=lambda e: (-len(e.mentions), e.id))
        whole = some[0]
        for other in some[1:]:
            whole = _joined(whole, other)
        merged.append(whole)
        became.update({e.id: whole.id for e in some})
    return Merging(tuple(sorted(merged, key=lambda e: e.id)), became, links.compared, links.limit)


def _joined(a: Entity, b: Entity) -> Entity:
    names = dict.fromkeys((*a.aliases, b.name, *b.aliases))
    names.pop(a.name, None)
    return replace(
        a, aliases=tuple(names), mentions=(*a.mentions, *b.mentions), codes={**dict(b.codes), **dict(a.codes)}
    )
