"""The vocabulary of indicators, and which of them a figure's label is.

Labels are compared in a plain form, without quotes, brackets and the words that only say that something is
counted (数, 人数, 总数); a label is an indicator only when it equals one of its wordings and the unit fits.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from qgraph.errors import OntologyError
from qgraph.language.quantities_grammar import units
from qgraph.ontology import ontology_path
from qgraph.text import fold

_FILE = "vocabulary/indicators.ttl"
_PREFIX = "indicator:"
_TOKEN = re.compile(
    r"""(?P<space>\s+|\#[^\n]*)|(?P<iri><[^<>\s]*>)|(?P<literal>"(?:[^"\\]|\\.)*")(?:@(?P<lang>[a-z-]+))?"""
    r"""|(?P<directive>@prefix)|(?P<name>[A-Za-z][\w-]*:[\w./-]*[\w-]|[A-Za-z][\w-]*:|a(?=\s))|(?P<mark>[;,.])"""
)
_COUNTED = re.compile(r"(?:总人数|人数|总数|数量|项数|数|总额|金额|总量)$")


@dataclass(frozen=True, slots=True)
class Indicator:
    """A concept of the vocabulary: `id` is the local name, `wordings` are the labels in Chinese, `units` those in
    which it is told (none for a ratio), `broader` the id of the group."""

    id: str
    label: str
    wordings: tuple[str, ...]
    units: tuple[str, ...]
    broader: str


@cache
def indicators() -> tuple[Indicator, ...]:
    """All indicators, in the order of the file. Raises OntologyError where the file cannot be read."""
    text = ontology_path(_FILE).read_text(encoding="utf-8")
    result = []
    for subject, facts in _facts(text).items():
        if not subject.startswith(_PREFIX):
            continue
        labels = [value for verb, value in facts if verb in ("skos:prefLabel@zh", "skos:altLabel@zh")]
        if not labels:
            raise OntologyError(f"指标 {subject} 没有中文名称。", log=f"{_FILE}: {subject} has no Chinese prefLabel")
        broader = next((value for verb, value in facts if verb == "skos:broader"), "")
        told = tuple(value for verb, value in facts if verb == "schema:unitText")
        result.append(Indicator(_local(subject), labels[0], tuple(labels), told, _local(broader)))
    return tuple(result)


def _local(name: str) -> str:
    return name.removeprefix(_PREFIX)


def _facts(text: str) -> dict[str, list[tuple[str, str]]]:
    """Subject → verb and object of a Turtle file that keeps to prefixed names, IRIs and plain literals.

    The verb of a literal with a language carries it ("skos:prefLabel@zh"). The store reads the same file with a
    full parser; this small one keeps the RDF library out of the extraction.
    """
    facts: dict[str, list[tuple[str, str]]] = {}
    words: list[tuple[str, str]] = []
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None or match.end() == position:
            line = text.count("\n", 0, position) + 1
            raise OntologyError(f"知识文件 {_FILE} 第 {line} 行无法读取。", log=f"{_FILE}:{line}: unexpected character")
        position = match.end()
        if match["space"]:
            continue
        if match["mark"] == ".":
            _add(facts, words)
            words = []
        elif match["literal"]:
            words.append((match["literal"][1:-1].replace('\\"', '"'), "@" + (match["lang"] or "")))
        else:
            words.append((match[0], ""))
    return facts


def _add(facts: dict[str, list[tuple[str, str]]], words: list[tuple[str, str]]) -> None:
    """One statement of the file: subject, then verbs with objects, divided by ; and ,"""
    if not words or words[0][0] == "@prefix":
        return
    subject, verb, fresh = words[0][0], "", True
    for word, tag in words[1:]:
        if word == ";" and not tag:
            fresh = True
        elif word == "," and not tag:
            continue
        elif fresh:
            verb, fresh = word, False
        else:
            name = verb + (tag if len(tag) > 1 else "")
            facts.setdefault(subject, []).append((name, word))


def plain_label(label: str) -> str:
    """The form in which labels are compared."""
    folded = fold(label)
    return _COUNTED.sub("", folded) or folded


@cache
def _by_wording() -> Mapping[str, tuple[Indicator, ...]]:
    found: dict[str, list[Indicator]] = {}
    for indicator in indicators():
        for wording in dict.fromkeys(plain_label(w) for w in indicator.wordings):
            found.setdefault(wording, []).append(indicator)
    return {wording: tuple(many) for wording, many in found.items()}


def find_concept(label: str, unit: str) -> str:
    """Id of the indicator that a label in that unit is, or "" where none or more than one fits."""
    fitting = [i for i in _by_wording().get(plain_label(label), ()) if _fits(unit, i.units)]
    return fitting[0].id if len(fitting) == 1 else ""


def _fits(unit: str, told: tuple[str, ...]) -> bool:
    if unit in told or (not told and unit in ("", "比", ":1")):
        return True
    money = {u.normal for u in units().values() if u.kind == "money"}
    return unit.lstrip("万亿") in money and any(t.lstrip("万亿") == unit.lstrip("万亿") for t in told)
