"""Changes of organisations ↔ triples, in the terms of the W3C Organization Ontology (org:ChangeEvent)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import pyoxigraph as ox

from qgraph.graph.codec import LABEL, TYPE, Node, first, integer, order_triples, ordered, text
from qgraph.graph.namespaces import DCTERMS, ORG, XSD, id_of, node, term
from qgraph.ontology import read_patterns
from qgraph.records import Evidence, OrganisationChange

ORIGINAL, RESULTING = ORG + "originalOrganization", ORG + "resultingOrganization"
_DATE = ox.NamedNode(DCTERMS + "date")
_PRINTED = re.compile(r"(\d{4})年(?:(\d{1,2})月份?)?(?:(\d{1,2})日)?")


def change_triples(change: OrganisationChange, ordinal: int, names: Mapping[str, str]) -> Iterator[ox.Triple]:
    """A change without its source. The ends point to it, and a renamed organisation gets its former name."""
    at = node("change", change.id)
    yield ox.Triple(at, TYPE, term("OrganisationChange"))
    yield ox.Triple(at, TYPE, ox.NamedNode(ORG + "ChangeEvent"))
    verbs = read_patterns("changes")["verbs"]
    sides = ["、".join(names.get(e, e) for e in side) for side in (change.earlier, change.later)]
    yield ox.Triple(at, LABEL, text(f"{change.date}{verbs.get(change.kind, change.kind).join(sides)}"))
    yield ox.Triple(at, term("ordinal"), integer(ordinal))
    yield ox.Triple(at, term("kind"), text(change.kind))
    if change.date:
        yield ox.Triple(at, term("dateStated"), text(change.date))
    value = date_literal(change.date)
    if value is not None:
        yield ox.Triple(at, _DATE, value)
    for entity in change.earlier:
        yield ox.Triple(at, ox.NamedNode(ORIGINAL), node("", entity))
        yield ox.Triple(node("", entity), ox.NamedNode(ORG + "changedBy"), at)
    for entity in change.later:
        yield ox.Triple(at, ox.NamedNode(RESULTING), node("", entity))
        yield ox.Triple(node("", entity), ox.NamedNode(ORG + "resultedFrom"), at)
        for former in change.earlier if change.kind == "renamed" else ():
            yield ox.Triple(node("", entity), term("formerName"), text(names.get(former, former)))
    yield from order_triples(at, {"earlier": change.earlier, "later": change.later})


def read_change(subject: str, values: Node, evidence: Evidence) -> OrganisationChange:
    """Inverse of `change_triples`."""
    return OrganisationChange(
        id=id_of("change", subject),
        kind=first(values, "kind"),
        earlier=ordered(values, "earlier", [id_of("", e) for e in values.get(ORIGINAL, ())]),
        later=ordered(values, "later", [id_of("", e) for e in values.get(RESULTING, ())]),
        date=first(values, "dateStated"),
        evidence=evidence,
    )


def date_literal(printed: str) -> ox.Literal | None:
    """A printed date as xsd:date, xsd:gYearMonth or xsd:gYear, as exact as it was said; None if it is none."""
    found = _PRINTED.fullmatch(printed)
    if found is None:
        return None
    year, month, day = found.groups()
    parts = [year, *(f"{int(p):02}" for p in (month, day) if p)]
    if any(not 0 < int(p) <= limit for p, limit in zip(parts[1:], (12, 31), strict=False)) or (day and not month):
        return None
    kind = ("gYear", "gYearMonth", "date")[len(parts) - 1]
    return ox.Literal("-".join(parts), datatype=ox.NamedNode(XSD + kind))
