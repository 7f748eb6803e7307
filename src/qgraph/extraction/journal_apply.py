"""Staff decisions applied to the extraction of one report. Ids that change are followed everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qgraph.extraction.across import OWNER, follow_changes
from qgraph.extraction.identity import entity_id
from qgraph.extraction.journal_decision import Decision
from qgraph.extraction.journal_facts import find_fact
from qgraph.extraction.journal_review import decide_review, is_review, take_names
from qgraph.records import Document, Entity, Evidence, Extraction, ReviewItem, Statement
from qgraph.text import fold


def apply_decision(document: Document, extraction: Extraction, decision: Decision) -> Extraction:
    """One decision applied; the extraction as it is where the report does not name the target."""
    if is_review(decision.target):
        return decide_review(document, extraction, decision)
    if decision.kind in ("wrong", "confirmed") and not _find(extraction.entities, decision.target, decision.known_as):
        return _about_fact(document, extraction, decision)
    entity = _find(extraction.entities, decision.target, decision.known_as)
    if decision.kind == "merge" and entity is None:
        return _merge_elsewhere(extraction, decision)
    if entity is None:
        return extraction
    if decision.kind == "merge":
        return take_names(document, _merge(extraction, entity, decision), entity.id, decision)
    if decision.kind == "split":
        return _split(extraction, entity, decision)
    if decision.kind == "rename":
        return _put(extraction, [entity], _named(entity, entity.type, decision.name))
    if decision.kind == "retype":
        return _put(extraction, [entity], _named(entity, decision.type, entity.name))
    if decision.kind == "wrong":
        return _leave_out(document, extraction, entity, decision)
    return extraction


def _find(entities: Sequence[Entity], target: str, known_as: Sequence[str] = ()) -> Entity | None:
    """The entity of an id; else the one of the same type that bears one of the names known then."""
    type_ = target.split("/", 1)[0]
    names = {fold(n) for n in known_as}
    by_id = next((e for e in entities if e.id == target), None)
    return by_id or next(
        (e for e in entities if e.type == type_ and names & {fold(n) for n in (e.name, *e.aliases)}), None
    )


def _named(entity: Entity, type_: str, name: str) -> Entity:
    aliases = [n for n in dict.fromkeys((entity.name, *entity.aliases)) if fold(n) != fold(name)]
    return replace(
        entity,
        id=_id(entity, type_, name),
        type=type_,
        name=name,
        aliases=tuple(aliases),
    )


def _id(entity: Entity, type_: str, name: str) -> str:
    """Id under another type or name; what is a college's own keeps its college in the id."""
    return entity_id(type_, f"{entity.codes[OWNER]}/{name}" if OWNER in entity.codes else name)


def _parts(extraction: Extraction, decision: Decision) -> list[Entity]:
    """The entities to be merged that this report names: by id, else by the name that they bore then."""
    type_, names = decision.target.split("/", 1)[0], {fold(n) for n in decision.names}
    return [
        e
        for e in extraction.entities
        if e.id in decision.others or (e.type == type_ and fold(e.name) in names and e.id != decision.target)
    ]


def _merge_elsewhere(extraction: Extraction, decision: Decision) -> Extraction:
    """A merge whose target only another report names: what stands here takes over its id and name."""
    parts = [e for e in _parts(extraction, decision) if e.type == decision.target.split("/", 1)[0]]
    if not parts or not decision.known_as:
        return extraction
    whole = replace(_named(parts[0], parts[0].type, decision.known_as[0]), id=decision.target)
    extraction = _put(extraction, parts[:1], whole)
    return _merge(extraction, whole, decision) if parts[1:] else extraction


def _merge(extraction: Extraction, entity: Entity, decision: Decision) -> Extraction:
    parts = [part for part in _parts(extraction, decision) if part.id != entity.id]
    if not parts:
        return extraction
    if any(part.type != entity.type for part in parts):
        return _object(extraction, entity, decision, "要合并的两个实体类型不同，没有合并。")
    aliases = [n for part in parts for n in (part.name, *part.aliases)]
    whole = replace(
        entity,
        aliases=tuple(n for n in dict.fromkeys((*entity.aliases, *aliases)) if fold(n) != fold(entity.name)),
        mentions=tuple(
            sorted((m for e in (entity, *parts) for m in e.mentions), key=lambda m: (m.evidence.start, m.evidence.end))
        ),
        codes={k: v for e in (*reversed(parts), entity) for k, v in e.codes.items()},
    )
    return _put(extraction, [entity, *parts], whole)


def _split(extraction: Extraction, entity: Entity, decision: Decision) -> Extraction:
    """Mentions under the given names become an entity of their own; statements follow their evidence."""
    apart = {fold(n) for n in decision.names}
    gone = tuple(m for m in entity.mentions if fold(m.text) in apart)
    stay = tuple(m for m in entity.mentions if fold(m.text) not in apart)
    if not gone or not stay:
        return extraction
    name = decision.name or decision.names[0]
    if fold(name) == fold(entity.name):
        return _object(extraction, entity, decision, "拆分出的实体与原实体同名，没有拆分。")
    new = Entity(
        _id(entity, entity.type, name),
        entity.type,
        name,
        tuple(n for n in dict.fromkeys(decision.names) if fold(n) != fold(name)),
        gone,
        {OWNER: entity.codes[OWNER]} if OWNER in entity.codes else {},
    )
    rest = replace(entity, aliases=tuple(a for a in entity.aliases if fold(a) not in apart), mentions=stay)
    places = {m.evidence.sentence for m in gone} - {m.evidence.sentence for m in stay}
    entities = [e for old in extraction.entities for e in ((rest, new) if old.id == entity.id else (old,))]
    swap = {entity.id: new.id}
    return replace(
        extraction,
        entities=tuple(entities),
        statements=tuple(
            replace(s, subject=swap.get(s.subject, s.subject), object=swap.get(s.object, s.object))
            if s.evidence.sentence in places
            else s
            for s in extraction.statements
        ),
        observations=tuple(
            replace(o, subject=swap.get(o.subject, o.subject)) if o.evidence.sentence in places else o
            for o in extraction.observations
        ),
    )


def _put(extraction: Extraction, old: Sequence[Entity], new: Entity) -> Extraction:
    """Replaces entities by one, in the place of the first, and follows the ids."""
    gone = {e.id for e in old}
    same = next((e for e in extraction.entities if e.id == new.id and e.id not in gone), None)
    if same is not None:
        gone.add(same.id)
        new = replace(
            new,
            aliases=tuple(dict.fromkeys((*new.aliases, *(a for a in same.aliases if fold(a) != fold(new.name))))),
            mentions=tuple(sorted((*new.mentions, *same.mentions), key=lambda m: m.evidence.start)),
            codes={**dict(same.codes), **dict(new.codes)},
        )
    entities: list[Entity] = []
    placed = False
    for entity in extraction.entities:
        if entity.id not in gone:
            entities.append(entity)
        elif not placed:
            entities.append(new)
            placed = True

    def follow(identifier: str) -> str:
        return new.id if identifier in gone else identifier

    return replace(
        extraction,
        entities=tuple(entities),
        statements=tuple(replace(s, subject=follow(s.subject), object=follow(s.object)) for s in extraction.statements),
        observations=tuple(replace(o, subject=follow(o.subject)) for o in extraction.observations),
        cases=tuple(replace(c, entities=tuple(dict.fromkeys(follow(e) for e in c.entities))) for c in extraction.cases),
        changes=follow_changes(extraction.changes, follow),
    )


def _leave_out(document: Document, extraction: Extraction, entity: Entity, decision: Decision) -> Extraction:
    """An entity marked wrong, with the statements that need it; both are listed for review."""
    lost = [s for s in extraction.statements if entity.id in (s.subject, s.object)]
    items = [_item(decision, "entity", entity.name, entity.mentions[0].evidence, 0)] if entity.mentions else []
    items += [
        _item(decision, "statement", document.text[s.evidence.start : s.evidence.end], s.evidence, n)
        for n, s in enumerate(lost, 1)
    ]
    return replace(
        extraction,
        entities=tuple(e for e in extraction.entities if e.id != entity.id),
        statements=tuple(s for s in extraction.statements if s not in lost),
        observations=tuple(replace(o, subject="") if o.subject == entity.id else o for o in extraction.observations),
        cases=tuple(replace(c, entities=tuple(e for e in c.entities if e != entity.id)) for c in extraction.cases),
        changes=tuple(c for c in extraction.changes if entity.id not in (*c.earlier, *c.later)),
        review=(*extraction.review, *items),
    )


def _about_fact(document: Document, extraction: Extraction, decision: Decision) -> Extraction:
    """A statement or observation marked wrong or confirmed."""
    fact = find_fact(document, extraction, decision)
    if isinstance(fact, Statement) and decision.kind == "confirmed":
        sure = replace(fact, confidence=1.0)
        return replace(extraction, statements=tuple(sure if s is fact else s for s in extraction.statements))
    if fact is None or decision.kind != "wrong":
        return extraction
    kind = "statement" if isinstance(fact, Statement) else "observation"
    text = document.text[fact.evidence.start : fact.evidence.end]
    return replace(
        extraction,
        statements=tuple(s for s in extraction.statements if s is not fact),
        observations=tuple(
            replace(o, part_of="") if o.part_of == fact.id else o for o in extraction.observations if o is not fact
        ),
        cases=tuple(
            replace(c, observations=tuple(i for i in c.observations if i != fact.id)) for c in extraction.cases
        ),
        review=(*extraction.review, _item(decision, kind, text, fact.evidence, 0)),
    )


def _object(extraction: Extraction, entity: Entity, decision: Decision, reason: str) -> Extraction:
    evidence = entity.mentions[0].evidence
    item = replace(_item(decision, "decision", entity.name, evidence, 0), reason=reason)
    return replace(extraction, review=(*extraction.review, item))


def _item(decision: Decision, kind: str, text: str, evidence: Evidence, number: int) -> ReviewItem:
    reason = f"{decision.who}于{decision.when[:10]}标为有误。"
    return ReviewItem(f"{evidence.report}/review/{decision.id}-{number}", kind, text, reason, evidence)
