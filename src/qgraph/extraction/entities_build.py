"""Candidates → entities: same names together, aliases, the canonical name, mentions with evidence, review."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from qgraph.divisions import code_in_name
from qgraph.extraction.candidates import PRONOUN, SHORTENED, Candidate
from qgraph.extraction.identity import Named, entity_id, link
from qgraph.extraction.identity_rules import words
from qgraph.records import Document, Entity, Evidence, Mention, ReviewItem
from qgraph.text import fold

# Types whose names tell where they are (天津市…有限公司).
_PLACED = frozenset(("Enterprise", "College", "Association", "GovernmentBody", "Consortium", "Media"))
_LEGAL_FORM = ("有限公司", "集团", "公司")


@dataclass
class _Group:
    """Candidates of one type and one folded name."""

    type: str
    names: Counter[str] = field(default_factory=Counter)
    others: dict[str, None] = field(default_factory=dict)
    fixed: str = ""
    found: list[Candidate] = field(default_factory=list)


def build_entities(
    document: Document, chosen: Sequence[Candidate], near: str = ""
) -> tuple[tuple[Entity, ...], tuple[ReviewItem, ...]]:
    """Entities in the order of their first mention, and what fits none. `near` is the code of the division in which
    the report's college lies, for divisions of one name."""
    placed = [c for c in chosen if document.sentence_at(c.start)]
    typed = [c for c in placed if c.type]
    groups = _group(typed)
    items = [
        Named(
            g.type,
            tuple(dict.fromkeys([*g.names, *g.others])),
            _codes(g, near),
            len(g.found),
            bool(g.fixed),
        )
        for g in groups
    ]
    entities = [_entity(document, [groups[i] for i in m], [items[i].codes for i in m]) for m in link(items).groups]
    unique: dict[str, Entity] = {}
    for entity in sorted(entities, key=lambda e: e.mentions[0].evidence.start):
        unique.setdefault(entity.id, entity)
    review = [_review(document, n, c) for n, c in enumerate((c for c in placed if not c.type), 1)]
    return tuple(unique.values()), tuple(review)


def _group(typed: Sequence[Candidate]) -> list[_Group]:
    groups: dict[tuple[str, str], _Group] = {}
    for c in typed:
        group = groups.setdefault((c.type, fold(c.name)), _Group(c.type))
        group.names[c.name] += 1
        group.others.update(dict.fromkeys(o for o in c.others if fold(o) != fold(c.name)))
        group.found.append(c)
        if c.source in ("lexicon", PRONOUN):
            group.fixed = c.name
    return list(groups.values())


def _codes(group: _Group, near: str) -> tuple[tuple[str, str], ...]:
    """Codes that the finders gave; for organisations also that of the division in their name."""
    codes = dict(sorted(code for c in group.found for code in c.codes))
    name = max(group.names, key=lambda n: (group.names[n], n))
    if group.type in _PLACED and "gbt2260" not in codes and (code := code_in_name(name, near)):
        codes["gbt2260"] = code
    return tuple(sorted(codes.items()))


def _entity(document: Document, groups: Sequence[_Group], codes_of: Sequence[tuple[tuple[str, str], ...]]) -> Entity:
    type_ = groups[0].type
    name = _canonical(type_, groups)
    found = sorted((c for g in groups for c in g.found), key=lambda c: (c.start, c.end))
    mentions = tuple(_mention(document, c) for c in dict.fromkeys(found))
    named = (c.source not in (PRONOUN, SHORTENED) for c in dict.fromkeys(found))
    surfaces = [m.text for m, is_name in zip(mentions, named, strict=True) if is_name]
    names = dict.fromkeys([*(n for g in groups for n in (*g.names, *g.others)), *surfaces])
    aliases: dict[str, str] = {}
    for alias in names:
        if fold(alias) and fold(alias) != fold(name):
            aliases.setdefault(fold(alias), alias)
    codes = dict(sorted(code for codes in codes_of for code in codes))
    return Entity(entity_id(type_, name), type_, name, tuple(aliases.values()), mentions, codes)


def _canonical(type_: str, groups: Sequence[_Group]) -> str:
    """The name of the lexicon; else for enterprises the fullest, for the rest the one used most, then the longest."""
    fixed = [g for g in groups if g.fixed]
    if fixed:
        return max(fixed, key=lambda g: len(g.found)).fixed
    counts: Counter[str] = Counter()
    for group in groups:
        counts.update(group.names)
    if type_ == "Enterprise":
        return max(counts, key=lambda n: (n.endswith(_LEGAL_FORM), len(n), n))
    return max(counts, key=lambda n: (bool(words().edition.search(n)), counts[n], len(n), n))


def _mention(document: Document, c: Candidate) -> Mention:
    sentence = document.sentence_at(c.start)
    return Mention(
        document.text[c.start : c.end],
        Evidence(document.id, sentence.id if sentence else "", c.start, c.end),
        c.source,
    )


def _review(document: Document, number: int, c: Candidate) -> ReviewItem:
    sentence = document.sentence_at(c.start)
    return ReviewItem(
        f"{document.id}/review/e{number}",
        "entity",
        document.text[c.start : c.end],
        _REASONS.get(c.source, "找到了名称，但看不出属于哪一类。"),
        Evidence(document.id, sentence.id if sentence else "", c.start, c.end),
    )


_REASONS = {
    "quoted": "引号中的名称，看不出属于哪一类。",
    "person": "像人名，但没有称谓或行为可以确认。",
    "organisation": "像机构名，但看不出属于哪一类。",
}
