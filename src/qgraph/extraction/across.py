"""Identity across reports: what belongs to one college stays its own, what is shared becomes one thing.

A department or team is named by its college alone (every college has a 教务处), so its id carries the college.
Everything else that bears one name, or names that are forms of one, is one thing in all reports.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from qgraph.extraction.identity import entity_id
from qgraph.ontology import read_patterns
from qgraph.records import Document, Entity, Extraction, OrganisationChange
from qgraph.text import fold

OWNER = "of"


def is_own(type_: str) -> bool:
    """Whether things of this type are named by their college alone (a 教务处)."""
    return type_ in read_patterns("entities")["across"]["own"]


def with_owner(document: Document, entities: Sequence[Entity]) -> tuple[Entity, ...]:
    """The entities of a report, those that only its college has marked as its own in code and id."""
    colleges = [fold(e.name) for e in entities if e.type == "College" and len(fold(e.name)) >= 4]
    return tuple(
        replace(
            e,
            id=entity_id(e.type, f"{document.college}/{e.name}"),
            codes={**e.codes, OWNER: document.college},
        )
        if is_own(e.type) and not any(fold(e.name).startswith(name) for name in colleges)
        else e
        for e in entities
    )


def follow_changes(changes: Sequence[OrganisationChange], new: Callable[[str], str]) -> tuple[OrganisationChange, ...]:
    """The changes with ids replaced; one whose two sides have become one entity says nothing any more."""
    followed = (
        replace(
            c,
            earlier=tuple(dict.fromkeys(e for e in map(new, c.earlier) if e not in set(map(new, c.later)))),
            later=tuple(dict.fromkeys(map(new, c.later))),
        )
        for c in changes
    )
    return tuple(c for c in followed if c.earlier)


def with_ids(extraction: Extraction, became: Mapping[str, str], names: Mapping[str, str]) -> Extraction:
    """The extraction with ids replaced as `became` says; a renamed entity keeps its old name as alias."""

    def new(identifier: str) -> str:
        return became.get(identifier, identifier)

    entities: dict[str, Entity] = {}
    for entity in extraction.entities:
        identifier = new(entity.id)
        name = names.get(identifier, entity.name)
        aliases = tuple(dict.fromkeys(n for n in (*entity.aliases, entity.name) if n != name))
        if entity.name == name:
            aliases = entity.aliases
        known = entities.get(identifier)
        if known is None:
            entities[identifier] = replace(entity, id=identifier, name=name, aliases=aliases)
        else:
            entities[identifier] = replace(
                known,
                aliases=tuple(dict.fromkeys((*known.aliases, *aliases))),
                mentions=tuple(sorted((*known.mentions, *entity.mentions), key=lambda m: m.evidence.start)),
                codes={**entity.codes, **known.codes},
            )
    return replace(
        extraction,
        entities=tuple(entities.values()),
        statements=tuple(replace(s, subject=new(s.subject), object=new(s.object)) for s in extraction.statements),
        observations=tuple(replace(o, subject=new(o.subject)) for o in extraction.observations),
        cases=tuple(replace(c, entities=tuple(dict.fromkeys(map(new, c.entities)))) for c in extraction.cases),
        changes=follow_changes(extraction.changes, new),
    )
