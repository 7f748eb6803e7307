"""What a question names: entities of the reports, their own colleges, and what no report speaks of."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from qgraph.divisions import lies_in
from qgraph.extraction.identity_rules import core
from qgraph.knowledge import Knowledge
from qgraph.ontology import read_patterns
from qgraph.text import fold
from qgraph.words import pieces, word_class

_BEGINNING = 5  # characters from which on the beginning of a name tells it
_QUOTED = re.compile(r"“([一-鿿A-Za-z0-9]{3,6})”")
_OWN = 4  # characters from which on a name of a college is more than a word for colleges


def named(text: str, knowledge: Knowledge) -> dict[str, tuple[str, ...]]:
    """Words of the question that name entities, folded, longest first, with the ids that they may stand for.

    A stretch of at least six characters from inside a longer name names all that bear it
    (世界职业院校技能大赛 → …总决赛争夺赛, …排位赛).
    """
    own = [knowledge.college_entity(d.id) for d in knowledge.documents]
    own_ids = {e.id for e in own if e}
    folded = fold(text)
    names: dict[str, tuple[str, ...]] = {}
    taken = [False] * len(folded)
    for size in range(min(30, len(folded)), 1, -1):
        for start in range(len(folded) - size + 1):
            word = folded[start : start + size]
            if any(taken[start : start + size]):
                continue
            ways = (_by_beginning, _inside, _by_core)
            found = knowledge.entities_by_name.get(word) or next(
                filter(None, (way(word, knowledge) for way in ways)), ()
            )
            if found or word in _coined(knowledge):
                taken[start : start + size] = [True] * size
                if not own_ids & set(found):
                    names[word] = found
    return names


def _by_beginning(word: str, knowledge: Knowledge) -> tuple[str, ...]:
    """Organisations whose long name begins with the word (天津奥展化工 → 天津奥展化工科技有限公司), if they are few."""
    if len(word) < _BEGINNING:
        return ()
    types = set(read_patterns("asking")["heads"]["shortened"])
    ids = dict.fromkeys(
        i
        for name in _names_by_beginning(knowledge).get(word[:_BEGINNING], ())
        if name.startswith(word) and len(name) >= len(word) + 2
        for i in knowledge.entities_by_name[name]
        if knowledge.entities[i].type in types
    )
    return tuple(ids) if len(ids) <= 2 else ()


@lru_cache(maxsize=4)
def _names_by_beginning(knowledge: Knowledge) -> Mapping[str, list[str]]:
    names: dict[str, list[str]] = {}
    for name in knowledge.entities_by_name:
        names.setdefault(name[:_BEGINNING], []).append(name)
    return names


def _inside(word: str, knowledge: Knowledge) -> tuple[str, ...]:
    if len(word) < 6 or word[0] in "年届第" or word[0].isdigit():
        return ()
    if not re.search(read_patterns("asking")["heads"]["pattern"], word):
        return ()
    ids = dict.fromkeys(i for name, found in knowledge.entities_by_name.items() if word in name for i in found)
    # what many bear is a kind of thing, not a name (行业产教融合共同体)
    return tuple(ids) if len(ids) <= 4 else ()


def _by_core(word: str, knowledge: Knowledge) -> tuple[str, ...]:
    """The enterprise that a word is short for, by what is left of its name without place, trade and legal form."""
    return _cores(knowledge).get(word, ())


@lru_cache(maxsize=4)
def _cores(knowledge: Knowledge) -> Mapping[str, tuple[str, ...]]:
    """Enterprises by the cores of their names; not by words of the language, and not where two share one."""
    cores: dict[str, set[str]] = {}
    for entity in knowledge.entities.values():
        if entity.type == "Enterprise":
            cores.setdefault(fold(core(entity.type, entity.name)), set()).add(entity.id)
    return {word: tuple(ids) for word, ids in cores.items() if len(ids) == 1 and len(word) > 1 and not word_class(word)}


@lru_cache(maxsize=4)
def _coined(knowledge: Knowledge) -> frozenset[str]:
    """Words that the reports put in quotation marks and the language does not know (“桐码通”): names, though of nothing
    that has a type."""
    quoted = {fold(m[1]) for d in knowledge.documents for m in _QUOTED.finditer(d.text)}
    return frozenset(word for word in quoted if len(word) > 2 and not word_class(word) and len(pieces(word)) > 1)


def without_own(text: str, knowledge: Knowledge) -> str:
    """The question without the names of the reporting colleges, which may hold the names of places."""
    for document in knowledge.documents:
        own = knowledge.college_entity(document.id)
        names = {document.college, *((own.name, *own.aliases) if own else ())}
        for name in sorted((n for n in names if len(n) >= _OWN), key=len, reverse=True):
            text = text.replace(name, " ")
    return text


def unheard_colleges(text: str, stands: Callable[[str], bool], rules: Mapping[str, Any]) -> list[str]:
    """Colleges that the question names and no report does, whether or not a lexicon knows them."""
    found = []
    for match in re.finditer(rules["names"]["college"], text):
        name = re.split(rules["names"]["before"], match[0])[-1]
        if len(name) >= _OWN and not re.search(rules["names"]["common"], name) and not stands(fold(name)):
            found.append(name)
    return found


def denied(text: str, stands: Callable[[str], bool], rules: Mapping[str, Any]) -> list[str]:
    """What is not something (非发明专利), where no report says so."""
    words = (m[0] for m in re.finditer(rules["names"]["denied"], text))
    return [word for word in words if not stands(fold(word))]


def stands_in(name: str, knowledge: Knowledge) -> bool:
    """Whether the reports speak of a folded name, or of a place that lies in one of that name (宁夏, where they tell of
    盐池县)."""
    if name in knowledge.entities_by_name or any(name in folded for folded in folded_texts(knowledge)):
        return True
    return any(lies_in(e.codes.get("gbt2260", ""), name) for e in knowledge.entities.values() if e.type == "Region")


@lru_cache(maxsize=4)
def folded_texts(knowledge: Knowledge) -> tuple[str, ...]:
    """The texts of all reports, folded."""
    return tuple(fold(document.text) for document in knowledge.documents)
