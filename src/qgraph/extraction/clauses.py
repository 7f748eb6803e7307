"""Who governs each clause of a report: the subject that is said, or the one that is understood.

A clause's governor is the name that opens it; where none does, a word that points back (团队, 活动), the
governor of the clause before it, in a case the one whom the case is about, and in the end the report's college.
The rules are in ontology/patterns/statements.toml, [clauses].
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from qgraph.extraction.coordination import Named, clause_at, clause_spans, names_by_sentence, run_from
from qgraph.extraction.name_patterns import encode
from qgraph.extraction.references import References
from qgraph.ontology import read_patterns
from qgraph.records import Document, Entity, Sentence

Governor = tuple[str, str]
"""Entity id and type of one who governs a clause."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence with its names, its clauses and who governs each of them.

    `encoded` is the text with signs in place of names (name_patterns.encode); `clauses` are spans, and
    `governors` has one tuple for each (empty: somebody whom the text does not name); `before` are the names of
    the same paragraph or case that stand before the sentence, in reading order, and `said_before` its sentences
    before this one; `inherited` governs where the sentence says nobody, `base` where nobody has been named since
    the paragraph or case began; `topic` is the event that the sentence before it was about, if this one says
    nobody; `own` is the report's college.
    """

    sentence: Sentence
    names: Sequence[Named]
    encoded: str
    clauses: Sequence[tuple[int, int]]
    governors: Sequence[tuple[Governor, ...]]
    before: Sequence[Named]
    said_before: Sequence[str]
    inherited: tuple[Governor, ...]
    base: tuple[Governor, ...]
    topic: tuple[Governor, ...]
    about: Named | None
    own: str

    @property
    def text(self) -> str:
        return self.sentence.text

    def wording(self, name: Named) -> str:
        """A name as printed; the name itself where only a word stands for it."""
        return name.stands_for or self.text[name.start : name.end]

    def acts(self, name: Named) -> bool:
        """Whether a name before a verb can be who acts: not where a unit of it is meant that has no name of its own
        (某学院党总支), or its word (某局要求)."""
        return not any(_regex(key).match(self.text, name.end) for key in ("unit_behind", "asks_behind"))

    def governors_at(self, position: int) -> tuple[Governor, ...]:
        """Who governs the clause that holds a position of the sentence."""
        for span, governors in zip(self.clauses, self.governors, strict=True):
            if position < span[1]:
                return governors
        return self.governors[-1] if self.governors else ()

    def subjects(self, position: int, types: Collection[str]) -> list[str]:
        """Ids of those of the given types who govern a clause, directly or as the topic of the sentence before."""
        governors = self.governors_at(position)
        if _passing(governors):
            governors = tuple(g for g in governors if g[1] in types) or self.inherited
        fitting = [entity for entity, kind in governors if kind in types]
        return fitting or [entity for entity, kind in self.topic if kind in types]

    def clause(self, position: int) -> tuple[int, int]:
        """Span of the clause that holds a position of the sentence."""
        return clause_at(self.clauses, position)

    def recent(self, types: Sequence[str], position: int) -> Named | None:
        """What a clause speaks of without naming it: the last name of these types before a position of the
        sentence, the types that come first before all others; else what the case is about; else the nearest
        earlier name of the paragraph."""
        here = [n for n in self.names if n.end <= position and n.type in types]
        if here:
            return min(reversed(here), key=lambda n: types.index(n.type))
        if self.about is not None and self.about.type in types:
            return self.about
        earlier = (n for n in reversed(self.before) if n.type in types)
        return next(earlier, None)


@lru_cache(maxsize=1)
def _rules() -> dict[str, Any]:
    rules: dict[str, Any] = read_patterns("statements")["clauses"]
    return rules


@cache
def _regex(name: str) -> re.Pattern[str]:
    return re.compile(_rules()[name])


def _passing(governors: Sequence[Governor]) -> bool:
    return bool(governors) and all(kind in _rules()["passing"] for _, kind in governors)


def _head(text: str, span: tuple[int, int]) -> int:
    """Where a clause begins in truth, behind what may lead it (2023年, 同时)."""
    lead = _regex("lead").match(text, span[0], span[1])
    return lead.end() if lead else span[0]


class _Reader:
    """Walks the sentences of one report and remembers who governed."""

    def __init__(self, document: Document, entities: Sequence[Entity], own: str) -> None:
        self.document = document
        self.own = own
        self.by_id: Mapping[str, Entity] = {e.id: e for e in entities}
        self.names = names_by_sentence(entities, {s.id: s.start for s in document.sentences})
        self.paragraph_starts = [p.start for p in document.paragraphs]
        self.default: tuple[Governor, ...] = ((own, "College"),) if own else ()
        self.carried: tuple[Governor, ...] = ()
        self.topic: tuple[Governor, ...] = ()
        self.base: tuple[Governor, ...] = self.default
        self.before: list[Named] = []
        self.said_before: list[str] = []
        self.references = References(document, self.by_id, self.names, own)
        self.block: tuple[str, str] = ("", "")
        self.of_case: dict[str, tuple[Governor, ...]] = {}

    def scenes(self) -> Iterator[Scene]:
        for sentence in self.document.sentences:
            if sentence.kind not in ("text", "caption"):
                continue
            printed = self.names.get(sentence.id, [])
            self._enter(sentence)
            spans = clause_spans(sentence.text, printed)
            heads = [_head(sentence.text, span) for span in spans]
            names = self.references.find(sentence.text, printed, heads, sentence.case)
            inherited, topic = self._inherited(sentence), self.topic
            governors = self._governors(sentence, names, spans)
            encoded, before, said = encode(sentence.text, names), tuple(self.before), tuple(self.said_before)
            yield Scene(
                sentence,
                names,
                encoded,
                spans,
                governors,
                before,
                said,
                inherited,
                self.base,
                topic,
                self.references.about(sentence.case),
                self.own,
            )
            if sentence.kind == "text":
                self._leave(sentence, names)

    def _enter(self, sentence: Sentence) -> None:
        """Forgets what governed when a new paragraph or case begins, or behind a heading inside the text."""
        self.base = self.of_case.get(sentence.case or "", self.default)
        paragraph = bisect_right(self.paragraph_starts, sentence.start)
        block = (sentence.section, sentence.case or str(paragraph))
        if sentence.kind == "text" and block != self.block:
            self.references.enter(block[0] == self.block[0])
            self.block, self.before, self.carried, self.topic = block, [], (), ()
            self.said_before = []

    def _leave(self, sentence: Sentence, names: Sequence[Named]) -> None:
        self.before.extend(names)
        self.references.leave(sentence.text, names)
        self.said_before.append(sentence.text)
        if len(sentence.text) <= _rules()["heading"] and not names:
            self.carried = ()

    def _inherited(self, sentence: Sentence) -> tuple[Governor, ...]:
        if sentence.kind == "caption":
            return self.base
        return self.carried or self.base

    def _governors(
        self, sentence: Sentence, names: Sequence[Named], spans: Sequence[tuple[int, int]]
    ) -> list[tuple[Governor, ...]]:
        text = sentence.text
        said = [self._said(text, names, span) for span in spans]
        result: list[tuple[Governor, ...]] = []
        current, explicit = self._inherited(sentence), False
        for i, (start, end) in enumerate(spans):
            found = said[i]
            if found is None and not explicit and _regex("fronted").match(text[start:end]):
                ahead = next((s for s in said[i + 1 :] if s is not None and not _passing(s)), None)
                result.append(self._leaning(text, names, (start, end)) or ahead or current)
                continue
            leaning = self._leaning(text, names, (start, end)) if found is None else ()
            if leaning:
                result.append(leaning)
                continue
            if found is not None:
                current, explicit = found, True
            result.append(current)
        if sentence.kind == "text":
            self._remember(sentence, names, said)
        return result

    def _remember(
        self, sentence: Sentence, names: Sequence[Named], said: Sequence[tuple[Governor, ...] | None]
    ) -> None:
        explicit = [s for s in said if s is not None]
        self.topic = tuple(g for g in (explicit[0] if explicit else ()) if g[1] in _rules()["events"])
        if sentence.case and sentence.case not in self.of_case:
            lasting = tuple(g for g in (explicit[0] if explicit else ()) if g[1] in _rules()["carried"])
            self.of_case[sentence.case] = lasting or self.default
        if not explicit:
            return
        topic = explicit[0]
        stays = all(kind in _rules()["carried"] for _, kind in topic)
        stays = stays and (len(topic) == 1 or all(kind != "Person" for _, kind in topic))
        self.carried = topic if stays and not self._in_office(sentence.text, names, topic) else ()

    def _in_office(self, text: str, names: Sequence[Named], topic: Sequence[Governor]) -> bool:
        """Whether one of them is a person whom the sentence names with an office (校党委书记某 …)."""
        persons = {entity for entity, kind in topic if kind == "Person"}
        printed = [n for n in names if n.entity in persons]
        office = _regex("office")
        return any(office.search(text[: n.start]) or office.search(text[n.start : n.end]) for n in printed)

    def _said(self, text: str, names: Sequence[Named], span: tuple[int, int]) -> tuple[Governor, ...] | None:
        """Who opens a clause; () for somebody without a name; None when the clause says nobody."""
        start = _head(text, span)
        opening = next((i for i, n in enumerate(names) if span[0] <= n.start <= start < n.end), None)
        if opening is not None:
            return self._named(text, names, opening, span)
        if _regex("unnamed").match(text, span[0], span[1]):
            return self.base
        if _regex("strangers").match(text, start, span[1]):
            return ()
        return None

    def _named(self, text: str, names: Sequence[Named], i: int, span: tuple[int, int]) -> tuple[Governor, ...] | None:
        rules = _rules()
        while i + 1 < len(names) and names[i + 1].end <= span[1] and names[i + 1].type in rules["appositive"]:
            if not _regex("apposition").fullmatch(text[names[i].end : names[i + 1].start]):
                break
            i += 1
        if names[i].type not in rules["governors"]:
            return None
        run = run_from(text, names, i, rules["governors"])
        if _regex("unit_behind").match(text, run[-1].end):
            return ()
        if _regex("not_before").match(text, run[-1].end) and len(run) == 1:
            return None
        return tuple((n.entity, n.type) for n in run if n.end <= span[1])

    def _leaning(self, text: str, names: Sequence[Named], span: tuple[int, int]) -> tuple[Governor, ...]:
        match = _regex("leaning").match(text, span[0], span[1])
        first = next((i for i, n in enumerate(names) if match and n.start == match.end()), None)
        if first is None or names[first].type not in _rules()["leaned"]:
            return ()
        return tuple((n.entity, n.type) for n in run_from(text, names, first, _rules()["leaned"]))


def read_scenes(document: Document, entities: Sequence[Entity], own: str) -> Iterator[Scene]:
    """The sentences of text and the captions of a report in reading order, each with its governors."""
    return _Reader(document, entities, own).scenes()
