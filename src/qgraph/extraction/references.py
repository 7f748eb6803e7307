"""Words that stand for a name said before: 她, 该校, 项目, 联合体.

What they are and what they may stand for is in ontology/patterns/statements.toml, [references]. A reference is
found as a `Named` like any other, with `stands_for` set, so every reader of statements takes 该校 as it takes a name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

from qgraph.extraction.coordination import Named
from qgraph.ontology import read_patterns, read_regex
from qgraph.records import Document, Entity
from qgraph.text import fold, parse_number


@dataclass(frozen=True, slots=True)
class _Word:
    """One entry of [[references.words]]: where it may stand, and names of which types it may stand for."""

    pattern: re.Pattern[str]
    types: frozenset[str]
    head: bool
    about: bool
    never: re.Pattern[str] | None


_regex = partial(read_regex, "statements", "references")


def _rules() -> dict[str, Any]:
    rules: dict[str, Any] = read_patterns("statements")["references"]
    return rules


@lru_cache(maxsize=1)
def _words() -> tuple[_Word, ...]:
    return tuple(
        _Word(
            re.compile(w["pattern"]),
            frozenset(w.get("types", ())),
            bool(w.get("head")),
            bool(w.get("about")),
            re.compile(w["never"]) if "never" in w else None,
        )
        for w in _rules()["words"]
    )


class References:
    """Finds the references of one report, sentence by sentence, and remembers what was named.

    `names` are the printed names of each sentence by its id.
    """

    def __init__(
        self, document: Document, entities: Mapping[str, Entity], names: Mapping[str, Sequence[Named]], own: str
    ) -> None:
        self.entities = entities
        self.own = own
        self._about = _topics(document, names, own)
        self._doubtful = _doubtful(entities.get(own))
        self._block: list[Named] = []
        self._section: list[Named] = []

    def about(self, case: str | None) -> Named | None:
        """What a case is about, if anything stands out."""
        return self._about.get(case or "")

    def enter(self, same_section: bool) -> None:
        """A new paragraph or case begins, in the section of the last one or in another."""
        self._section = [*self._section, *self._block] if same_section else []
        self._block = []

    def leave(self, text: str, names: Sequence[Named]) -> None:
        """A sentence is over."""
        self._block.extend(n for n in names if not _aside(text, n))

    def find(self, text: str, names: Sequence[Named], heads: Collection[int], case: str | None) -> list[Named]:
        """The names of a sentence with its references, in reading order.

        `heads` are the places where its clauses begin in truth, behind what may lead them.
        """
        found = [n for n in names if n.entity != self.own or text[n.start : n.end] not in self._doubtful]
        doubted = [n for n in names if n not in found]
        listed, pointing = self._listed(text, found, heads, case), self._pointing(text, found, heads)
        for name in (*listed, *self._counted(text, found), *pointing, *doubted):
            if all(name.end <= n.start or name.start >= n.end for n in found):
                found.append(name)
        return sorted(found, key=lambda n: n.start)

    def _listed(self, text: str, names: Sequence[Named], heads: Collection[int], case: str | None) -> Iterator[Named]:
        """Words that are told by themselves (她, 该校)."""
        for word in _words():
            for match in word.pattern.finditer(text):
                if word.head and match.start() not in heads:
                    continue
                here = [n for n in names if n.end <= match.start() and not _aside(text, n)]
                near = reversed([*self._block, *here])
                meant = next((n for n in near if self._may_mean(word, n)), None)
                topic = self.about(case)
                # in a case about a person, 她 is that person and not whom she learnt from
                if word.about or (topic and topic.type == "Person" and word.types == {"Person"}):
                    meant = topic
                if meant:
                    yield self._reference(meant, *match.span())

    def _may_mean(self, word: _Word, name: Named) -> bool:
        never = word.never is not None and word.never.search(self.entities[name.entity].name)
        return name.type in word.types and name.entity != self.own and not never

    def _counted(self, text: str, names: Sequence[Named]) -> Iterator[Named]:
        """Counts of a kind that mean the names of the last enumeration (两校): the word is parted among them, so
        that they stand side by side as in an enumeration."""
        for match in re.finditer(_rules()["counted"]["pattern"], text):
            count, kinds = int(parse_number(match["count"]) or 0), _rules()["counted"]["kinds"]
            kind = next((k for k, words in kinds.items() if re.search(words, match["kind"])), "")
            near = [*self._block, *(n for n in names if n.end <= match.start())]
            last = [n for n in near if n.type == kind and n.entity != self.own][-count:]
            if not 2 <= count <= len(match[0]) or len({n.entity for n in last}) != count:
                continue
            ends = [match.start() + k for k in range(1, count)] + [match.end()]
            for n, start, end in zip(last, (match.start(), *ends), ends, strict=False):
                yield self._reference(n, start, end)

    def _pointing(self, text: str, names: Sequence[Named], heads: Collection[int]) -> Iterator[Named]:
        """Words at the head of a clause with which an earlier name ends, the longest fit first."""
        opened = [m.end() for head in heads if (m := _regex("openers").match(text, head))]
        for start in (*heads, *opened):
            match = _regex("pointers").match(text, start)
            if match is None or any(n.start <= start < n.end for n in names):
                continue
            near = [*self._block, *(n for n in names if n.end <= start)]
            for length in range(len(match["words"]), 2 if start in opened else 1, -1):
                words = match["words"][:length]
                far = [] if length == 2 or start in opened else self._section
                meant = next((n for n in reversed([*far, *near]) if self._ends_with(n, words)), None)
                if meant:
                    yield self._reference(meant, start, match.start("words") + length)
                    break

    def _ends_with(self, name: Named, words: str) -> bool:
        if name.type not in _rules()["pointed"] or name.entity == self.own:
            return False
        whole = fold(self.entities[name.entity].name)
        if len(words) == 2:
            return len(whole) > 2 and whole.endswith(words) and not _regex("verbs").fullmatch(words)
        return len(whole) > len(words) and (whole.endswith(words) or whole[:-1].endswith(words))

    def _reference(self, meant: Named, start: int, end: int) -> Named:
        return Named(meant.entity, meant.type, start, end, self.entities[meant.entity].name)


def _aside(text: str, name: Named) -> bool:
    """Whether somebody is named only as helper or guest, so that 她 does not mean them."""
    if name.type != "Person":
        return False
    before, printed, after = text[: name.start], text[name.start : name.end], text[name.end :]
    return bool(
        _regex("aside_before").search(before)
        or _regex("aside_named").search(printed)
        or _regex("aside_after").match(after)
    )


def _doubtful(own: Entity | None) -> frozenset[str]:
    """Words for the own college that the report uses so much less than another one that they may mean something
    else: where it calls itself 学校, 学院 is often the industry college of the sentence before."""
    counts = Counter(m.text for m in own.mentions) if own else Counter()
    most = max(counts.values(), default=0)
    return frozenset(word for word, n in counts.items() if n < most * _rules()["doubtful"])


def _topics(document: Document, names: Mapping[str, Sequence[Named]], own: str) -> dict[str, Named]:
    """What each case is about: what its title names, or its sentences name most, the earliest of equals."""
    weights: dict[str, Counter[str]] = {}
    first: dict[tuple[str, str], Named] = {}
    rules = _rules()
    begun: set[str] = set()
    for sentence in document.sentences:
        if sentence.case is None or sentence.kind not in ("case_title", "text"):
            continue
        weight = 1 if sentence.case in begun else rules["first_weight"]
        if sentence.kind == "case_title":
            weight = rules["title_weight"]
        else:
            begun.add(sentence.case)
        for name in names.get(sentence.id, ()):
            if name.type in rules["about"] and name.entity != own:
                weights.setdefault(sentence.case, Counter())[name.entity] += weight
                first.setdefault((sentence.case, name.entity), name)
    found = {}
    for case, counts in weights.items():
        entity, weight = max(counts.items(), key=lambda item: item[1])
        if weight >= rules["about_weight"]:
            found[case] = first[case, entity]
    return found
