"""What people say in other words than those that the rules understand, put into these; the rules are in asking.toml."""

from __future__ import annotations

import re

from qgraph.ontology import read_patterns


def reworded(question: str) -> str:
    """The question with spoken comparisons put as such (支出超过收入: 支出比收入多), rows spread out (国家、市、校三级:
    国家级、市级、校级) and what stands side by side set apart (纵向横向: 纵向和横向)."""
    rules = read_patterns("asking")
    said = question
    for rule in rules["rewording"]:
        said = re.sub(rule["said"], rule["meant"], said)
    said = re.sub(rules["spread"]["pattern"], _spread, said)
    for one, other in rules["contrasts"]["pairs"]:
        said = re.sub(f"({one})({other})|({other})({one})", _apart, said)
    levels = "|".join(w for group in rules["levels"]["groups"] for w in group if w.endswith("级"))
    return re.sub(f"({levels})(?={levels})", r"\1、", said)


def _spread(match: re.Match[str]) -> str:
    ending = match["counted"] or match["graded"]
    return re.sub(r"(?<=[一-鿿])(?=[、和与及跟])|$", ending, match["items"])


def _apart(match: re.Match[str]) -> str:
    first, second = (part for part in match.groups() if part is not None)
    return f"{first}和{second}"
