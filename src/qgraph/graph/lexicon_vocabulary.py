"""Lexicons that are vocabularies too: administrative divisions and units as SKOS concepts.

They are made from the lexicons, so that each has one list only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from qgraph.graph.namespaces import CODE, RDF, RDFS, SKOS, node, term
from qgraph.ontology import read_lexicon, split_aliases

_TYPE = ox.NamedNode(RDF + "type")
_LABEL = ox.NamedNode(RDFS + "label")
_BROADER = ox.NamedNode(SKOS + "broader")
_QUDT_UNIT = "http://qudt.org/vocab/unit/"
_DIVISION_LEVELS = ("province", "city")
_MONEY_SCALES = ("万", "亿")


def lexicon_triples() -> Iterator[ox.Triple]:
    """Concepts of all lexicons that are vocabularies. Raises OntologyError."""
    yield from _divisions()
    yield from _units()


def _scheme(name: str, chinese: str, english: str) -> Iterator[ox.Triple]:
    scheme = node("vocabulary", name)
    yield ox.Triple(scheme, _TYPE, ox.NamedNode(SKOS + "ConceptScheme"))
    yield ox.Triple(scheme, _LABEL, ox.Literal(chinese, language="zh"))
    yield ox.Triple(scheme, _LABEL, ox.Literal(english, language="en"))


def _concept(kind: str, id_: str, type_: str, name: str, aliases: Iterable[str]) -> Iterator[ox.Triple]:
    at = node(kind, id_)
    yield ox.Triple(at, _TYPE, term(type_))
    yield ox.Triple(at, ox.NamedNode(SKOS + "inScheme"), node("vocabulary", kind))
    yield ox.Triple(at, _LABEL, ox.Literal(name))
    yield ox.Triple(at, ox.NamedNode(SKOS + "prefLabel"), ox.Literal(name, language="zh"))
    for alias in aliases:
        yield ox.Triple(at, ox.NamedNode(SKOS + "altLabel"), ox.Literal(alias, language="zh"))


def _divisions() -> Iterator[ox.Triple]:
    """Provinces, cities and groups of provinces (华北, 长三角), the smaller below the larger."""
    yield from _scheme("region", "行政区划与大区", "Administrative divisions and larger regions")
    for row in read_lexicon("regions"):
        if row["level"] in _DIVISION_LEVELS:
            at = node("region", row["code"])
            short = split_aliases(row["short"])
            yield from _concept("region", row["code"], "AdministrativeDivision", row["name"], short)
            yield ox.Triple(at, ox.NamedNode(CODE + "gbt2260"), ox.Literal(row["code"]))
            if row["parent"]:
                yield ox.Triple(at, _BROADER, node("region", row["parent"]))
    for row in read_lexicon("region_groups"):
        aliases = split_aliases(row["aliases"])
        yield from _concept("region", row["name"], "AdministrativeDivision", row["name"], aliases)
        for member in split_aliases(row["members"]):
            yield ox.Triple(node("region", member), _BROADER, node("region", row["name"]))


def _units() -> Iterator[ox.Triple]:
    """Units under their normalised wording, the other wordings as labels, linked to QUDT."""
    yield from _scheme("unit", "计量单位", "Units of measure")
    wordings: dict[str, list[str]] = {}
    links: dict[str, str] = {}
    larger: dict[str, str] = {}
    for row in read_lexicon("units"):
        words = wordings.setdefault(row["normal"], [])
        if row["unit"] != row["normal"]:
            words.append(row["unit"])
        if row["qudt"]:
            links[row["normal"]] = row["qudt"]
        if row["kind"] == "money":  # 万 and 亿 stay with the unit of money, and with nothing else
            larger |= {f"{scale}{row['normal']}": row["normal"] for scale in _MONEY_SCALES}
    wordings |= {unit: [] for unit in larger}
    for unit, words in wordings.items():
        yield from _concept("unit", unit, "Unit", unit, words)
        yield ox.Triple(node("unit", unit), ox.NamedNode(SKOS + "notation"), ox.Literal(unit))
        if unit in larger:
            yield ox.Triple(node("unit", unit), _BROADER, node("unit", larger[unit]))
        if unit in links:
            link = ox.NamedNode(_QUDT_UNIT + links[unit])
            yield ox.Triple(node("unit", unit), ox.NamedNode(SKOS + "exactMatch"), link)
