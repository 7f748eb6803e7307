"""Longer answers worded by a language model: from the cited passages alone, each sentence checked before it is shown.

The model is not trusted. A sentence that its sources do not bear out is taken away and counted; a model that is slow,
breaks off, says nothing or says that it cannot, leaves the structured answer as it is, with a note in Chinese.
"""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import cached_property
from itertools import takewhile
from threading import Event
from typing import Any

from qgraph.answering.material import Material, closest, gather
from qgraph.errors import ModelError
from qgraph.grounding import Gap, GroundedSentence, ground, ground_stream
from qgraph.knowledge import Knowledge
from qgraph.llm import LanguageModel, Message
from qgraph.ontology import read_patterns
from qgraph.records import Answer, Citation, Filters
from qgraph.search import Retriever
from qgraph.text import bigrams

log = logging.getLogger(__name__)

_END = re.compile(r"[。！？；!?;]*[”’」』）)]*$")
_PROBLEMS = {
    "figure": "出处里没有数字“{}”",
    "date": "出处里没有日期“{}”",
    "name": "出处里没有名称“{}”",
    "claim": "出处里没有“{}”的说法",
    "negation": "出处里没有“{}”的说法",
    "citation": "没有编号为{}的出处",
    "words": "与出处的内容对不上",
    "unmarked": "没有注明出处，也没有一处原文能支持它",
}


@dataclass(frozen=True, slots=True)
class WordedSentence:
    """A sentence of a language model. `text` is without marks; `citations` are the exact sentences that bear it out,
    under the numbers of the sources that they stand in; `problems` say in Chinese what is not borne out."""

    text: str
    citations: tuple[Citation, ...]
    problems: tuple[str, ...]

    @property
    def supported(self) -> bool:
        return not self.problems

    @property
    def marked(self) -> str:
        """The sentence with its numbers before the full stop."""
        numbers = "".join(f"[{c.number}]" for c in self.citations)
        end = _END.search(self.text)
        at = end.start() if end else len(self.text)
        return f"{self.text[:at]}{numbers}{self.text[at:]}"


@dataclass(frozen=True, slots=True)
class WordingStarted:
    """The model is being asked; `sources` are what it was given, numbered."""

    sources: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Worded:
    """All that came of the wording. `text` holds the sentences that were borne out, with their numbers, "" if none;
    `removed` those that were not. `note` says in Chinese what went wrong or was taken away, "" if nothing;
    `complete` is False where the model broke off or was too slow; `refused` is True where the question stays
    unanswered. `seconds` is the time that it took."""

    text: str
    sentences: tuple[WordedSentence, ...]
    removed: tuple[WordedSentence, ...]
    sources: tuple[Citation, ...]
    note: str
    complete: bool
    refused: bool
    seconds: float


WordingEvent = WordingStarted | WordedSentence | Worded
Wording = Generator[WordingEvent, None, None]


@dataclass(slots=True)
class _Draft:
    """What came so far."""

    kept: list[WordedSentence] = field(default_factory=list)
    removed: list[WordedSentence] = field(default_factory=list)
    declined: bool = False
    held: list[WordedSentence] = field(default_factory=list)


class Writer:
    """Words answers with a language model. Safe to use from several threads."""

    def __init__(self, model: LanguageModel, knowledge: Knowledge, retriever: Retriever) -> None:
        self.model = model
        self.knowledge = knowledge
        self.retriever = retriever

    @cached_property
    def names(self) -> dict[str, str]:
        """Ids of entities by name and alias."""
        return {n: e.id for e in self.knowledge.entities.values() for n in (e.name, *e.aliases)}

    def write(self, answer: Answer, question: str, filters: Filters, stopped: Event) -> Wording:
        """The sentences as they come, each checked, those that are not borne out included; at last the whole.

        `question` is the question in full, as a follow-up means it. Closing the iterator ends the request; another
        thread ends it by setting `stopped`, with the next piece that comes.
        """
        started = time.monotonic()
        materials = gather(answer, question, filters, self.knowledge, self.retriever)
        sources = tuple(material.citation for material in materials)
        draft = _Draft()
        doubt = self._doubt(answer, question, materials)
        if doubt:
            yield Worded("", (), (), sources, doubt, True, answer.refused, _since(started))
            return
        yield WordingStarted(sources)
        trouble = ""
        try:
            yield from self._sentences(answer, question, materials, draft, stopped)
        except ModelError as error:
            log.info("wording: %s", error.log)
            trouble = error.message
        yield _whole(answer, draft, sources, trouble, started)

    def _sentences(
        self, answer: Answer, question: str, materials: Sequence[Material], draft: _Draft, stopped: Event
    ) -> Iterator[WordedSentence]:
        rules = _rules()
        listed = "\n".join(f"[{m.citation.number}] {m.text}" for m in materials)
        messages = [
            Message("system", rules["system"]),
            Message("user", rules["prompt"].format(question=question, sources=listed)),
        ]
        wanted = _content(question) if answer.refused else set()
        seen: set[str] = set()
        with closing(self.model.stream(messages)) as pieces:
            read = takewhile(lambda _: not stopped.is_set(), pieces)
            for grounded in ground_stream(read, [m.source for m in materials], self.names):
                if stopped.is_set():
                    return  # what is left is half a sentence
                text = grounded.plain
                if not re.search(r"\w", text) or text in seen:
                    continue
                if len(seen) == rules["sentences"]:
                    return
                seen.add(text)
                if re.search(rules["refusal"], text):
                    draft.declined = True
                    continue
                sentence = self._checked(grounded, materials)
                if not sentence.supported:
                    draft.removed.append(sentence)
                    yield sentence
                    continue
                draft.held.append(sentence)
                # where the question was refused, nothing is shown before something that bears on it is said
                if draft.kept or _share(wanted, " ".join(s.text for s in draft.held)) >= rules["bears"]:
                    draft.kept += draft.held
                    yield from draft.held
                    draft.held = []

    def _checked(self, grounded: GroundedSentence, materials: Sequence[Material]) -> WordedSentence:
        """The sentence with the exact sentences that bear it out; one that cites nothing must be borne out by the
        single passage that is nearest to it."""
        text = grounded.plain
        gaps = grounded.gaps
        cited = [m for m in materials if m.citation.number in grounded.cites]
        if not gaps and not cited:
            best = closest(text, materials, self.knowledge)
            cited = [m for m in materials if best and m.citation.number == best[0].number]
            if not cited or not all(s.supported for s in ground(text, [cited[0].source], self.names)):
                gaps = (Gap("unmarked", text),)
        if gaps:
            return WordedSentence(text, (), tuple(dict.fromkeys(_PROBLEMS[g.kind].format(g.text) for g in gaps)))
        found = [closest(text, [material], self.knowledge) for material in cited]
        return WordedSentence(text, tuple(place[0] for place in found if place), ())

    def _doubt(self, answer: Answer, question: str, materials: Sequence[Material]) -> str:
        """Why the model is not asked, in Chinese; "" where it is. The passages must hold the years and names that are
        asked for: nothing may be answered of another year or body. Where the question was refused, they must also
        speak of what it speaks of."""
        if not materials:
            return "没有可供整理的原文。"
        sources = [material.source for material in materials]
        asked = re.sub(_rules()["open"], " ", question)
        gaps = [gap for s in ground(asked, sources, self.names) for gap in s.gaps if gap.kind in ("name", "date")]
        if gaps:
            told = "、".join(dict.fromkeys(gap.text for gap in gaps))
            return f"相近的内容没有说到“{told}”，没有请语言模型作答。"
        held = " ".join(f"{source.context} {source.text}" for source in sources)
        if answer.refused and _share(_content(question), held) < _rules()["near"]:
            return "相近的内容与所问的相差太远，没有请语言模型作答。"
        return ""


def is_open(answer: Answer, question: str) -> bool:
    """Whether a language model may word this answer: passages, cases, questions for ways and reasons, and refusals,
    except those of figures, which no model should know better."""
    rules = _rules()
    if answer.kind in rules["never"]:
        return False
    return answer.refused or answer.kind in rules["kinds"] or bool(re.search(rules["open"], question))


def _whole(answer: Answer, draft: _Draft, sources: tuple[Citation, ...], trouble: str, started: float) -> Worded:
    kept, removed = tuple(draft.kept), tuple(draft.removed)
    notes = [trouble] if trouble else []
    if draft.declined and not kept:
        notes.append("语言模型认为材料不足，没有作答。")
    if draft.held:
        notes.append("语言模型写的内容没有回答所问，没有采用。")
    if removed:
        notes.append(f"语言模型写的有 {len(removed)} 句在出处里找不到依据，已去掉。")
    if trouble and kept:
        notes.append("以上是中断之前已经核对的部分。")
    return Worded(
        text="".join(sentence.marked for sentence in kept),
        sentences=kept,
        removed=removed,
        sources=sources,
        note="".join(notes),
        complete=not trouble,
        refused=answer.refused and not kept,
        seconds=_since(started),
    )


def _since(started: float) -> float:
    return round(time.monotonic() - started, 3)


def _content(question: str) -> set[str]:
    """The pairs of characters of a question that carry its meaning."""
    plain = re.sub(read_patterns("asking")["noise"]["pattern"], " ", question)
    return set(bigrams(re.sub(_rules()["open"], " ", plain)))


def _share(wanted: set[str], text: str) -> float:
    return len(wanted & set(bigrams(text))) / len(wanted) if wanted else 1.0


def _rules() -> dict[str, Any]:
    rules: dict[str, Any] = read_patterns("asking")["wording"]
    return rules
