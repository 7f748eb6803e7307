"""Names of a sentence: what is quoted, known names, and what looks like the name of a body or a person."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache

from qgraph.ontology import read_lexicon, read_patterns, split_aliases
from qgraph.text import fold, nfkc

_QUOTED = re.compile(r"《([^《》]+)》|“([^“”]+)”|「([^「」]+)」|『([^『』]+)』|\"([^\"]+)\"")
_LONGEST_NAME = 20
_HOME = "中国"  # stands inside other words (其中国家级) and is no news


def unsupported_names(sentence: str, sources: str, names: Mapping[str, str]) -> list[str]:
    """Names in a sentence that the sources do not hold, in order of kind and place.

    `names` leads from every known name and alias to its entity: another name of the same entity in the
    sources bears a name out.
    """
    folded = fold(sources)
    missing = [quote for quote in quotations(sentence) if fold(quote) not in folded]
    known = {**_lexicon(), **names}
    inside = _inside(folded, known)
    for name in _longest(name for name in known if len(name) > 1 and name in sentence):
        if fold(name) not in folded and known[name] not in inside:
            missing.append(name)
    missing += [name for name in _looks_like_a_name(sentence) if fold(name) not in folded]
    return list(_longest(dict.fromkeys(missing)))


def quotations(sentence: str) -> list[str]:
    """What stands in quotation marks or title marks."""
    return [next(part for part in match.groups() if part) for match in _QUOTED.finditer(sentence)]


def _inside(folded: str, known: Mapping[str, str]) -> set[str]:
    """Entities that the folded text names in any way."""
    return {entity for name, entity in _folded_names(tuple(sorted(known.items()))) if name in folded}


@lru_cache(maxsize=4)
def _folded_names(known: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    return tuple((fold(name), entity) for name, entity in known if len(fold(name)) > 1)


def _longest(names: Iterable[str]) -> Iterator[str]:
    """Names that are not part of another one."""
    found = list(names)
    return (name for name in found if not any(name != other and name in other for other in found))


def _looks_like_a_name(sentence: str) -> Iterator[str]:
    """Stretches that end like the name of a body, and persons with their address.

    Where such a name begins cannot be told for certain; the part next to its ending is enough to tell
    whether the sources have it.
    """
    rules = read_patterns("grounding")["names"]
    for match in _body().finditer(nfkc(sentence)):
        stem = re.split(f"[{rules['joints']}]", match["stem"])[-1]
        kind = next((k for k in sorted(rules["kinds"], key=len, reverse=True) if stem.endswith(k)), "")
        if len(stem) > 1 and not kind:
            yield stem[-4:] + match["ending"]
    for match in _person().finditer(sentence):
        yield match["name"]


@cache
def _body() -> re.Pattern[str]:
    endings = "|".join(sorted(read_patterns("grounding")["names"]["endings"], key=len, reverse=True))
    return re.compile(rf"(?P<stem>[\u4e00-\u9fffA-Za-z]{{1,{_LONGEST_NAME}}}?)(?P<ending>{endings})")


@cache
def _person() -> re.Pattern[str]:
    surnames = "|".join(
        part if "|" in row["surnames"] else re.escape(part)
        for row in read_lexicon("surnames")
        for part in (split_aliases(row["surnames"]) if "|" in row["surnames"] else tuple(row["surnames"]))
    )
    told = {row["title"] for row in read_lexicon("titles") if row["side"] in ("after", "both")}
    titles = "|".join(sorted({*told, *read_patterns("grounding")["names"]["persons"]}, key=lambda t: (-len(t), t)))
    return re.compile(rf"(?<![\u4e00-\u9fff])(?P<name>(?:{surnames})[\u4e00-\u9fff]{{1,2}}?)(?:{titles})")


@cache
def _lexicon() -> Mapping[str, str]:
    """Names and short names of the lexicons that may stand alone, with the full name as their entity."""
    found: dict[str, str] = {}
    for lexicon, column in (("countries", "aliases"), ("universities", "short"), ("enterprises", "short")):
        for row in read_lexicon(lexicon):
            if row["name"] == _HOME:
                continue
            for name in (row["name"], *split_aliases(row[column])):
                found.setdefault(name, row["name"])
    return found
