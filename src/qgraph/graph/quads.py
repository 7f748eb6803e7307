"""Small tools of both converters: a writer that adds quads to one named graph, a reader that groups them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal

from pyoxigraph import Literal, NamedNode, Quad

from qgraph.graph.namespaces import NS, PREFIXES, RDF_TYPE, RDFS_LABEL, identifier, node, term

_INTEGER = NamedNode(PREFIXES["xsd"] + "integer")
_DECIMAL = NamedNode(PREFIXES["xsd"] + "decimal")
_BOOLEAN = NamedNode(PREFIXES["xsd"] + "boolean")
_TERMS: dict[str, NamedNode] = {}


def _property(name: str) -> NamedNode:
    if name not in _TERMS:
        prefix, _, local = name.partition(":")
        _TERMS[name] = NamedNode(PREFIXES[prefix] + local) if local else term(name)
    return _TERMS[name]


class Writer:
    """Adds quads to one named graph. Values that are None or "" are left out."""

    def __init__(self, graph: NamedNode) -> None:
        self.graph = graph
        self.quads: list[Quad] = []

    def add(self, subject: NamedNode, name: str, value: NamedNode | str | int | bool | Decimal | None) -> None:
        """Adds one quad; `name` is a local name of the vocabulary or prefixed ("prov:wasDerivedFrom")."""
        if value is None or value == "":
            return
        thing: NamedNode | Literal
        if isinstance(value, NamedNode):
            thing = value
        elif isinstance(value, bool):
            thing = Literal("true" if value else "false", datatype=_BOOLEAN)
        elif isinstance(value, int):
            thing = Literal(str(value), datatype=_INTEGER)
        elif isinstance(value, Decimal):
            thing = Literal(format(value, "f"), datatype=_DECIMAL)
        else:
            thing = Literal(value)
        self.quads.append(Quad(subject, _property(name), thing, self.graph))

    def element(self, record_id: str, kind: str, ordinal: int, label: str) -> NamedNode:
        """The node of a record with its type, place in the order of its kind, and label."""
        subject = node(record_id)
        self.quads.append(Quad(subject, RDF_TYPE, term(kind), self.graph))
        if label:
            self.quads.append(Quad(subject, RDFS_LABEL, Literal(label, language="zh"), self.graph))
        self.add(subject, "ordinal", ordinal)
        return subject


class Row:
    """The values of one node, by local name of the vocabulary."""

    def __init__(self, record_id: str, values: Mapping[str, list[NamedNode | Literal]]) -> None:
        self.id = record_id
        self._values = values

    def text(self, name: str) -> str:
        """A literal as text, "" where there is none."""
        values = self._values.get(name)
        return values[0].value if values else ""

    def texts(self, name: str) -> list[str]:
        """All literals of one property as text; their order is not kept by the graph."""
        return [value.value for value in self._values.get(name, ())]

    def local(self, name: str) -> str:
        """The local name of the vocabulary term that the node points to."""
        return self.text(name).removeprefix(NS)

    def number(self, name: str, default: int = 0) -> int:
        """A literal as integer."""
        values = self._values.get(name)
        return int(values[0].value) if values else default

    def flag(self, name: str) -> bool:
        """A literal as truth value."""
        return self.text(name) == "true"

    def link(self, name: str) -> str | None:
        """The id of the record that the node points to, or None."""
        values = self._values.get(name)
        return identifier(values[0]) if values and isinstance(values[0], NamedNode) else None

    def links(self, name: str) -> list[str]:
        """Ids of all records that the node points to; their order is not kept by the graph."""
        return [identifier(v) for v in self._values.get(name, ()) if isinstance(v, NamedNode)]


def read_rows(quads: Iterable[Quad]) -> dict[str, list[Row]]:
    """Rows by the local name of their type, each list in the order of `ordinal`."""
    nodes: dict[str, dict[str, list[NamedNode | Literal]]] = defaultdict(lambda: defaultdict(list))
    kinds: dict[str, list[str]] = defaultdict(list)
    start = len(NS)
    for quad in quads:
        predicate = quad.predicate.value
        subject = quad.subject.value
        if predicate.startswith(NS):
            nodes[subject][predicate[start:]].append(quad.object)
        elif quad.predicate == RDF_TYPE and quad.object.value.startswith(NS):
            kinds[quad.object.value[start:]].append(subject)
    rows: dict[str, list[Row]] = {}
    for kind, subjects in kinds.items():
        found = [Row(identifier(NamedNode(s)), nodes[s]) for s in subjects]
        rows[kind] = sorted(found, key=lambda row: row.number("ordinal"))
    return rows
