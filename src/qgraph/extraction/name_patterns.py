"""A small pattern language: regular expressions in which names of entities are written by their types.

    {College}           one name of the type; {College|Team} of either; {partner} of a set of types
    {b:partner}         the same, remembered as role b
    {b:partner+}        one or several names: A、B和C, A、B及C
    {b:partner、}       one or several joined by 、 only
    …12                 up to 12 characters of one clause, without names other than places
    ～40                up to 40 characters that may run over a comma, without names other than places
    ……60                up to 60 characters that may run over commas, semicolons and names
    ·8                  up to 8 characters between a subject and its verb: no mark, no 的, no names but places
    In a gap of one clause a date and what stands in brackets are one character (`passed`).
    <build>             one of the words that [words] lists under this name

Everything else is an ordinary regular expression. Words never match inside a name. A role s (the subject) does
not match after the prepositions of `not_subject_after`. Sets and joints are in ontology/patterns/statements.toml.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from qgraph.errors import OntologyError
from qgraph.extraction.coordination import Named
from qgraph.ontology import read_patterns

_FIRST, _INSIDE = 0xE000, "\ue0ff"
_NAME = "\ue000-\ue0ff"
# A sign of a name in an encoded text.
PRINTED = f"[{_NAME}]"
# The signs behind the first of a name.
INSIDE = re.compile(_INSIDE)
_MARKS = "，。；：！？"
_ELEMENT = re.compile(r"\{(?:([a-z]):)?([A-Za-z|_]+)([+、]?)\}|(……|…|～|·)(\d+)")
_WORDS = re.compile(r"(?<!\(\?P)<([a-z_]+)>")


@dataclass(frozen=True, slots=True)
class NamePattern:
    """A compiled pattern and, for each role in it, the types that the role may have."""

    regex: re.Pattern[str]
    roles: Mapping[str, frozenset[str]]

    def names(self, match: re.Match[str], role: str, names: Sequence[Named]) -> list[Named]:
        """The names that a match gives to a role, in reading order; none if the role did not take part."""
        if role not in self.roles or match[role] is None:
            return []
        start, end = match.span(role)
        return [n for n in names if start <= n.start and n.end <= end and n.type in self.roles[role]]


def encode(text: str, names: Sequence[Named]) -> str:
    """The sentence with every name replaced by signs for its type, of the same length.

    What right behind a name hides the verb from it (`absorbed`: an aside in brackets, adverbs) is taken into it.
    """
    letters = list(text)
    for name in names:
        sign = _signs().get(name.type)
        if sign is not None:
            letters[name.start] = sign
            letters[name.start + 1 : name.end] = _INSIDE * (name.end - name.start - 1)
    encoded = "".join(letters)
    return _absorbed().sub(lambda found: found[1] + _INSIDE * len(found[2]), encoded)


@cache
def compile_pattern(source: str) -> NamePattern:
    """The compiled pattern. Raises OntologyError for an unknown type or a malformed expression."""
    roles: dict[str, frozenset[str]] = {}

    def element(found: re.Match[str]) -> str:
        role, words, joint, gap, width = found.groups()
        if gap:
            return _gap(gap, width)
        types = types_of(words)
        if role:
            roles[role] = types
        body = _names(types, joint)
        if not role:
            return f"(?:{body})"
        guard = f"(?<![{read_patterns('statements')['not_subject_after']}])" if role == "s" else ""
        return f"{guard}(?P<{role}>{body})"

    try:
        return NamePattern(re.compile(_ELEMENT.sub(element, with_words(source))), roles)
    except re.error as error:
        raise OntologyError(
            f"知识文件 patterns/statements.toml 的规则写法有误：{source}", log=f"{source}: {error}"
        ) from error


@lru_cache(maxsize=1)
def _absorbed() -> re.Pattern[str]:
    words = read_patterns("statements")["absorbed"].replace("NAME", _NAME)
    return re.compile(f"([{_NAME}])({words})")


@lru_cache(maxsize=1)
def unreal() -> re.Pattern[str]:
    """What tells that something did not happen, or not yet (尚未, 力争)."""
    return re.compile(read_patterns("statements")["unreal"])


@lru_cache(maxsize=1)
def _signs() -> dict[str, str]:
    return {name: chr(_FIRST + i) for i, name in enumerate(read_patterns("statements")["types"])}


@cache
def types_of(words: str) -> frozenset[str]:
    """Types that "College|org" stands for, sets resolved. Raises OntologyError for an unknown word."""
    sets = read_patterns("statements")["sets"]
    types: set[str] = set()
    for word in words.split("|"):
        if word in sets:
            types |= types_of(sets[word])
        elif word in _signs():
            types.add(word)
        else:
            raise OntologyError(
                f"知识文件 patterns/statements.toml 用了不认识的类型 {word}。",
                log=f"statements.toml: unknown type or set {word}",
            )
    return frozenset(types)


def with_words(source: str) -> str:
    """An expression with the lists of [words] in place of their names. Raises OntologyError for an unknown one."""
    lists = read_patterns("statements")["words"]

    def listed(found: re.Match[str]) -> str:
        if found[1] not in lists:
            raise OntologyError(
                f"知识文件 patterns/statements.toml 没有词表 {found[1]}。", log=f"statements.toml: no words {found[1]}"
            )
        return f"(?:{lists[found[1]]})"

    return _WORDS.sub(listed, source)


def _names(types: frozenset[str], joint: str) -> str:
    signs = sorted(_signs()[t] for t in types)
    if not joint:
        return f"[{''.join(signs)}]{_INSIDE}*+"
    joints = read_patterns("statements")["joints"]
    between = joints["enumerated"] if joint == "、" else with_words(f"{joints['coordinated']}<nameless>{{0,2}}")
    between = between.replace("{place_word}", f"[{_places()}]{_INSIDE}*")
    # a name is taken whole; names of one type may follow each other without any joint: 《…》《…》, “…”“…”
    one = "(?:" + "|".join(f"{s}(?:[{s}{_INSIDE}]|[”》’]?[“《‘](?={s}))*" for s in signs) + f")(?!{_INSIDE})"
    # a place may stand before the second and the others: 甲大学、乙国丙大学
    return f"{one}(?:{between}(?:[{_places()}]{_INSIDE}*)?{one})*"


def _places() -> str:
    return "".join(_signs()[t] for t in sorted(types_of("place_word")))


def _gap(kind: str, width: str) -> str:
    bar = {"…": _MARKS, "～": "。；！？", "·": _MARKS + "、的"}.get(kind)
    if bar is None:
        return f"[^。！？]{{0,{width}}}?"
    passed = read_patterns("statements")["passed"].replace("NAME", _NAME)
    return f"(?:(?:{passed})|[^{bar}{_NAME}]|[{_places()}]{_INSIDE}*){{0,{width}}}?"
