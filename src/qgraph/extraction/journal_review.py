"""Staff decisions on items of the review list: text that fitted no type or entity, or that no rule dared to use.

They hold for the report in which they were made. An item is found again by its text; where that alone does not
say which is meant (a cell "12"), by its text and sentence, for its number may change with every build.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qgraph.extraction.across import OWNER, is_own
from qgraph.extraction.identity import entity_id
from qgraph.extraction.journal_decision import Decision
from qgraph.records import Document, Entity, Extraction, Mention, ReviewItem
from qgraph.text import fold

SOURCE = "journal"
_NAME = "entity"


def is_review(target: str) -> bool:
    """Whether an id is one of a review item: r2024-0a1b2c3d/review/e7, r2024-0a1b2c3d/model-review3."""
    _, _, part = target.partition("/")
    return part.startswith(("review/", "model-review"))


def review_names(item: ReviewItem, sentence: str) -> tuple[str, ...]:
    """By what an item is found again: its text; and its sentence where it is no name."""
    return (item.text,) if item.kind == _NAME else (item.text, sentence)


def decide_review(document: Document, extraction: Extraction, decision: Decision) -> Extraction:
    """An item taken off the list ("wrong"), or made an entity of a type ("retype")."""
    if not decision.target.startswith(f"{document.id}/"):
        return extraction
    found = [i for i in extraction.review if review_names(i, _sentence(document, i)) == decision.known_as]
    if decision.kind == "wrong":
        return _without(extraction, found)
    names = [item for item in found if item.kind == _NAME]
    if decision.kind != "retype" or not names:
        return extraction
    name = decision.name or names[0].text
    own = is_own(decision.type)
    new = Entity(
        entity_id(decision.type, f"{document.college}/{name}" if own else name),
        decision.type,
        name,
        (),
        (),
        {OWNER: document.college} if own else {},
    )
    known = next((e for e in extraction.entities if e.id == new.id), None)
    if known is None:
        extraction = replace(extraction, entities=(*extraction.entities, new))
    return _named_by(extraction, known or new, names)


def take_names(document: Document, extraction: Extraction, entity: str, decision: Decision) -> Extraction:
    """Review items among the others of a merge: their text becomes a further name of the entity."""
    wanted = {fold(n) for n in decision.names}
    if not any(is_review(other) and other.startswith(f"{document.id}/") for other in decision.others):
        return extraction
    whole = next((e for e in extraction.entities if e.id == entity), None)
    names = [item for item in extraction.review if item.kind == _NAME and fold(item.text) in wanted]
    return _named_by(extraction, whole, names) if whole and names else extraction


def _named_by(extraction: Extraction, entity: Entity, items: Sequence[ReviewItem]) -> Extraction:
    """The places of the items as mentions of the entity; the items leave the list."""
    aliases = dict.fromkeys((*entity.aliases, *(i.text for i in items)))
    mentions = (*entity.mentions, *(Mention(i.text, i.evidence, SOURCE) for i in items))
    whole = replace(
        entity,
        aliases=tuple(a for a in aliases if fold(a) != fold(entity.name)),
        mentions=tuple(sorted(mentions, key=lambda m: (m.evidence.start, m.evidence.end))),
    )
    entities = tuple(whole if e.id == entity.id else e for e in extraction.entities)
    return _without(replace(extraction, entities=entities), items)


def _without(extraction: Extraction, items: Sequence[ReviewItem]) -> Extraction:
    return replace(extraction, review=tuple(i for i in extraction.review if i not in items))


def _sentence(document: Document, item: ReviewItem) -> str:
    sentence = document.sentence_by_id.get(item.evidence.sentence)
    return sentence.text if sentence else ""
