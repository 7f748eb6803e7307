"""Administrative divisions of China (GB/T 2260) by name and code."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from qgraph.ontology import read_lexicon

_SURE = 2


@dataclass(frozen=True, slots=True)
class Division:
    """An administrative division of China (GB/T 2260)."""

    code: str
    name: str
    level: str
    parent: str
    short: str


@lru_cache(maxsize=1)
def divisions() -> dict[str, tuple[Division, ...]]:
    """Divisions by name and short name."""
    found: dict[str, list[Division]] = {}
    for row in read_lexicon("regions"):
        division = Division(row["code"], row["name"], row["level"], row["parent"], row["short"])
        colloquial = row["short"] + "州" if row["name"].endswith("自治州") else ""
        for name in dict.fromkeys(n for n in (row["name"], row["short"], colloquial) if n):
            found.setdefault(name, []).append(division)
    return {name: tuple(rows) for name, rows in found.items()}


@lru_cache(maxsize=1)
def division_by_code() -> dict[str, Division]:
    """Divisions by code."""
    return {d.code: d for rows in divisions().values() for d in rows}


def lineage(code: str) -> tuple[str, ...]:
    """Codes of a division and of those above it."""
    found = []
    while code:
        found.append(code)
        division = division_by_code().get(code)
        code = division.parent if division else ""
    return tuple(found)


def resolve(names: Sequence[str], near: str) -> Division | None:
    """The division that a chain of names means; of several of one name, the one in the place named before it,
    then the one nearest to the college."""
    if not names:
        return None
    options = divisions().get(names[-1], ())
    for before in reversed(names[:-1]):
        codes = {d.code for d in divisions().get(before, ())}
        inside = tuple(d for d in options if codes & set(lineage(d.code)))
        options = inside or options
    beside = tuple(d for d in options if near and d.code[:2] == near[:2])
    if len(options) > 1:
        return beside[0] if beside else None
    return options[0] if options else None


@lru_cache(maxsize=1)
def _heads() -> re.Pattern[str]:
    names = {
        name
        for name, rows in divisions().items()
        for d in rows
        if len(name) > _SURE or (d.level != "county" and d.name.endswith(("省", "市", "自治区", "行政区")))
    }
    alternatives = "|".join(sorted(names, key=lambda n: (-len(n), n)))
    return re.compile(f"(?:{alternatives})")


@lru_cache(maxsize=1)
def _university_regions() -> dict[str, str]:
    return {row["name"]: row["region"] for row in read_lexicon("universities") if row["region"]}


def _inside(outer: str, inner: str) -> list[Division]:
    """Divisions of one name that lie in one of another."""
    return [d for d in divisions().get(inner, ()) if lies_in(d.code, outer)]


def codes_named(name: str) -> frozenset[str]:
    """Codes of the divisions that a name, in full, short, or behind those above it (吴忠市盐池县), may stand for."""
    return frozenset(d.code for d in divisions().get(name, ())) or frozenset(filter(None, [code_in_name(name, "")]))


def lies_in(code: str, name: str) -> bool:
    """Whether the division of this code lies in one of this name (130533 in 河北); not whether it is that one."""
    above = lineage(code)[1:]
    return any(d.code in above for d in divisions().get(name, ()))


def code_in_name(name: str, near: str) -> str:
    """Code of the division that an organisation's name tells: at its head (天津市…有限公司), in brackets behind
    （…（天津）有限公司）, or by the list of universities; "" if none."""
    if name in _university_regions():
        return _university_regions()[name]
    bracket = re.search(r"（([\u4e00-\u9fff]{2,6})）", name)
    chain: list[str] = []
    at = 0
    while match := _heads().match(name, at):
        if chain and resolve([*chain, match.group()], near) not in _inside(chain[-1], match.group()):
            break
        chain.append(match.group())
        at = match.end()
    if not chain and bracket and bracket[1] in divisions():
        chain = [bracket[1]]
    found = resolve(chain, near)
    return found.code if found else ""
