"""One staff decision, as the journal holds it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision. `target` is an entity id ("Enterprise/…"), a statement, observation or review item id, or for
    undo a decision id; `when` an ISO time. `known_as` are names of the target when it was decided (the text of a
    fact or review item and its sentence), by which it is found again should its id change."""

    id: str
    kind: str
    who: str
    when: str
    target: str
    others: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    name: str = ""
    type: str = ""
    known_as: tuple[str, ...] = ()
    note: str = ""
