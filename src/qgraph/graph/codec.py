"""How a flat record becomes triples and comes back: a table of its fields, read in both directions."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from qgraph.graph.namespaces import NS, RDF, RDFS, XSD, id_of, node, term

TYPE = ox.NamedNode(RDF + "type")
LABEL = ox.NamedNode(RDFS + "label")
LIST_ORDER = term("listOrder")

Node = dict[str, list[str]]
"""What is said of one subject: predicate IRI → values of the objects."""

_INTEGER = ox.NamedNode(XSD + "integer")
_BOOLEAN = ox.NamedNode(XSD + "boolean")
_DIGITS = re.compile(r"(\d+)")


def text(value: str) -> ox.Literal:
    """A plain string."""
    return ox.Literal(value)


def integer(value: int) -> ox.Literal:
    """An xsd:integer."""
    return ox.Literal(str(value), datatype=_INTEGER)


def boolean(value: bool) -> ox.Literal:
    """An xsd:boolean."""
    return ox.Literal("true" if value else "false", datatype=_BOOLEAN)


def first(values: Node, name: str) -> str:
    """The only value of a property of the vocabulary, "" if there is none."""
    found = values.get(NS + name)
    return found[0] if found else ""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a record: the property that holds it, and how it is written and read.

    `write` gives None, and `read` is given None, where the property is left out.
    """

    name: str
    predicate: ox.NamedNode
    write: Callable[[Any], ox.NamedNode | ox.Literal | None]
    read: Callable[[str | None], Any]


def text_field(name: str, local: str = "") -> Field:
    """A string; "" is left out."""
    return Field(name, term(local or name), lambda v: text(v) if v else None, lambda v: v or "")


def integer_field(name: str, local: str = "", *, default: int | None = None) -> Field:
    """A whole number, left out where it equals the default."""
    return Field(
        name,
        term(local or name),
        lambda v: None if v == default else integer(v),
        lambda v: default if v is None else int(v),
    )


def flag_field(name: str, local: str) -> Field:
    """A truth value; False is left out."""
    return Field(name, term(local), lambda v: boolean(True) if v else None, lambda v: v == "true")


def part_field(name: str, local: str, *, absent: str | None = "") -> Field:
    """The id of a report or of a part of one, left out where it is absent ("" or None)."""
    return Field(
        name,
        term(local),
        lambda v: None if v == absent else node("report", v),
        lambda v: absent if v is None else id_of("report", v),
    )


@dataclass(frozen=True)
class Shape:
    """A record class, its class in the vocabulary and its fields."""

    record: Callable[..., Any]
    type: str
    fields: tuple[Field, ...]

    def triples(self, record: object, subject: ox.NamedNode) -> Iterator[ox.Triple]:
        """All that the fields say of the record."""
        yield ox.Triple(subject, TYPE, term(self.type))
        for field in self.fields:
            value = field.write(getattr(record, field.name))
            if value is not None:
                yield ox.Triple(subject, field.predicate, value)

    def read(self, values: Node, **others: object) -> Any:
        """The record; `others` are the fields that the shape does not cover."""
        for field in self.fields:
            found = values.get(field.predicate.value)
            others[field.name] = field.read(found[0] if found else None)
        return self.record(**others)


def natural(value: str) -> list[tuple[int, int | str]]:
    """Sort key under which s2 comes before s10."""
    return [(0, int(part)) if part.isdecimal() else (1, part) for part in _DIGITS.split(value)]


def order_triples(subject: ox.NamedNode, lists: dict[str, Sequence[str]]) -> Iterator[ox.Triple]:
    """Keeps the order of lists whose values are written as a set, where it is not the natural one."""
    kept = {name: list(values) for name, values in sorted(lists.items()) if list(values) != _sorted(values)}
    if kept:
        yield ox.Triple(subject, LIST_ORDER, text(json.dumps(kept, ensure_ascii=False)))


def ordered(values: Node, name: str, found: Sequence[str]) -> tuple[str, ...]:
    """Inverse of `order_triples`: the values that were found, in their own order."""
    orders = values.get(LIST_ORDER.value)
    kept = json.loads(orders[0]).get(name) if orders else None
    return tuple(_sorted(found) if kept is None else kept)


def _sorted(values: Sequence[str]) -> list[str]:
    return sorted(set(values), key=lambda v: (natural(v), v))
