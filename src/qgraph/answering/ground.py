"""What an answer can stand on: every sentence and every figure of the reports, ready to be matched.

A sentence is matched by its words, by the titles above it (section, case, table) and, more weakly, by the
sentence before it. A figure is matched by its indicator, by the words around it up to the neighbouring
figures, and by its sentence. Where an encoder is at hand, the best by words are also matched by meaning, token by
token (qgraph.search.late).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from qgraph.answering.lexical import Bm25, Scores
from qgraph.citations import quoted
from qgraph.knowledge import Knowledge
from qgraph.records import Observation, Sentence
from qgraph.search import LateIndex, Tokens
from qgraph.text import bigrams

ReadTokens = Callable[[Sequence[str]], Sequence[Tokens]]

_WINDOW = 36
_LEANT, _BESIDE = 0.75, 0.4
_TEXT, _CONTEXT, _PREVIOUS, _LATE = 0.5, 0.2, 0.1, 1.6
_LABEL, _LOCAL, _SENTENCE, _TITLES, _FIGURE_LATE = 0.9, 0.2, 0.3, 0.4, 1.6
_CANDIDATES = 300  # sentences, the best by words, that are matched by meaning too
_TITLE_ENDS = 40  # characters of the titles above a sentence that are read with it
_ALIKE = 0.4  # cosine of tokens above which the one stands for the other
_UNLIKE, _SPREAD = 0.25, 2.0  # the mean cosine of texts that have nothing in common, and what one above it counts


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence with what stands above it. `context` are the titles, `quote` the words that a citation shows."""

    report: str
    sentence: Sentence
    context: str
    quote: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with the words that say what it is. `local` is its sentence between the neighbouring
    figures, in a table row the indicator, which carries the headings."""

    report: str
    observation: Observation
    label: str
    local: str
    line: int


@dataclass(frozen=True, slots=True)
class Hit:
    """Characters of a sentence that a token of the question stands for, and how much that says."""

    start: int
    end: int
    weight: float


@dataclass(frozen=True, slots=True)
class Nearness:
    """How near lines come to a question: `nearest`, the cosine of each of its `tokens` with the nearest of theirs, and
    `whole`, from 0 to about 1, by the rarity of the tokens. All are 0 without an encoder."""

    tokens: Tokens
    nearest: Scores
    whole: float

    def of(self, start: int, end: int) -> float:
        """The mean cosine of the tokens that these characters of the question hold a part of; 0 where none does."""
        inside = (self.tokens.spans[:, 0] < end) & (self.tokens.spans[:, 1] > start)
        return float(self.nearest[inside].mean()) if inside.any() else 0.0


class Ground:
    """All candidates of all reports."""

    def __init__(self, knowledge: Knowledge, read_tokens: ReadTokens | None = None) -> None:
        self.lines: list[Line] = []
        self.figures: list[Figure] = []
        self.line_of: dict[str, int] = {}
        for document in knowledge.documents:
            for sentence in document.sentences:
                path = knowledge.section_path(document, sentence.section)
                titles = [s.title for s in path]
                if sentence.case:
                    case = document.case_by_id[sentence.case]
                    titles.append(f"{case.number} {case.title}")
                if sentence.table:
                    table = document.table_by_id[sentence.table]
                    titles.append(f"{table.number} {table.caption}")
                self.line_of[sentence.id] = len(self.lines)
                self.lines.append(Line(document.id, sentence, " ".join(titles), quoted(document, sentence)))
        for observation in knowledge.observations.values():
            self.figures.append(self._figure(knowledge, observation))
        numbers: dict[str, int] = {}
        passages = [knowledge.passage_of_sentence.get(line.sentence.id) for line in self.lines]
        self._passages = [
            p.text if p and line.sentence.kind == "text" else "" for p, line in zip(passages, self.lines, strict=True)
        ]
        self._passage = np.array(
            [
                numbers.setdefault(p.id if p else line.sentence.id, len(numbers))
                for p, line in zip(passages, self.lines, strict=True)
            ],
            dtype=np.int64,
        )
        previous = ["", *(line.sentence.text for line in self.lines[:-1])]
        self.by_text = Bm25([line.sentence.text for line in self.lines])
        self.by_context = Bm25([line.context for line in self.lines])
        self.by_previous = Bm25(
            [before if line.sentence.kind == "text" else "" for before, line in zip(previous, self.lines, strict=True)]
        )
        self.by_label = Bm25([f.label for f in self.figures])
        self.by_local = Bm25([f.local for f in self.figures])
        self.units = sorted({f.observation.unit for f in self.figures})
        unit_numbers = {unit: n for n, unit in enumerate(self.units)}
        self.units_of_figures = np.array([unit_numbers[f.observation.unit] for f in self.figures], dtype=np.int64)
        self.lines_of_figures = np.array([f.line for f in self.figures], dtype=np.int64)
        texts = [f"{line.context[-_TITLE_ENDS:]} {line.quote}" for line in self.lines]
        self._late = LateIndex(read_tokens(texts)) if read_tokens and texts else None

    def _figure(self, knowledge: Knowledge, o: Observation) -> Figure:
        line = self.line_of[o.evidence.sentence]
        sentence = self.lines[line].sentence
        document = knowledge.document(o.evidence.report)
        others = knowledge.observations_in.get(sentence.id, ())
        left = max((x.evidence.end for x in others if x.evidence.end <= o.evidence.start), default=sentence.start)
        right = min((x.evidence.start for x in others if x.evidence.start >= o.evidence.end), default=sentence.end)
        start = max(left, o.evidence.start - _WINDOW, sentence.start)
        end = min(right, o.evidence.end + _WINDOW, sentence.end)
        words = o.indicator if sentence.kind == "row" else document.text[start:end]
        subject = knowledge.entities.get(o.subject)
        own = knowledge.college_entity(document.id)
        name = subject.name if subject and subject != own else ""
        label = " ".join(part for part in (name, o.indicator, *o.qualifiers, o.period.label) if part)
        return Figure(document.id, o, label, words, line)

    def line_scores(
        self, weights: Mapping[str, float], tokens: Tokens | None, allowed: npt.NDArray[np.bool_] | None = None
    ) -> Scores:
        """One score a sentence; those that are not allowed are not matched by meaning."""
        scores = _TEXT * self.by_text.scores(weights) + _CONTEXT * self.by_context.scores(weights)
        scores = scores + _PREVIOUS * self.by_previous.scores(weights)
        found: Scores = scores + _LATE * self._near(tokens, scores, allowed)
        return found

    def nearness(self, lines: Sequence[int], tokens: Tokens) -> Nearness:
        """How near in meaning lines, taken together and with their titles, come to a question."""
        if self._late is None:
            return Nearness(tokens, np.zeros(len(tokens.ids), np.float32), 0.0)
        nearest = np.max([self._late.cosines(tokens, line)[0].max(axis=1) for line in lines], axis=0)
        return Nearness(tokens, nearest, float(_spread(nearest @ self._late.rarity(tokens))))

    def hits(self, line: int, tokens: Tokens) -> tuple[Hit, ...]:
        """The words of a sentence that a question's tokens stand for; () without an encoder."""
        here = self.lines[line]
        shift = len(here.context[-_TITLE_ENDS:]) + 1 + max(0, here.quote.find(here.sentence.text))
        if self._late is None:
            return ()
        cosines, spans = self._late.cosines(tokens, line)
        inside = (spans[:, 0] >= shift) & (spans[:, 1] <= shift + len(here.sentence.text))
        if not inside.any():
            return ()
        near, at = cosines[:, inside], spans[inside] - shift
        best = near.argmax(axis=1)
        weights = self._late.rarity(tokens) * np.clip(near.max(axis=1) - _ALIKE, 0, None)
        return tuple(Hit(int(a), int(b), float(w)) for (a, b), w in zip(at[best], weights, strict=True) if w > 0)

    def _near(self, tokens: Tokens | None, scores: Scores, allowed: npt.NDArray[np.bool_] | None) -> Scores:
        """How near in meaning the sentences are that are best by these scores; the others get 0."""
        near = np.zeros(len(self.lines), np.float32)
        if self._late is None or tokens is None:
            return near
        ranked = scores if allowed is None else np.where(allowed, scores, -1.0)
        best = np.argsort(-ranked, kind="stable")[:_CANDIDATES]
        best = np.sort(best if allowed is None else best[allowed[best]])
        near[best] = _spread(self._late.scores(tokens, best))
        return near

    def told(self, line: int, weights: Mapping[str, float]) -> float:
        """Share of the question's weight, by rarity, that a line tells with what it leans on.

        A sentence leaves out what the titles above it and the sentence before it have said, so a word counts
        where it stands nearest: in full in the line, less in what is around it.
        """
        here = self.lines[line]
        around = (
            (here.quote, 1.0),
            (self._before(line), _LEANT),
            (here.context, _LEANT),
            (self._passages[line], _BESIDE),
        )
        nearest: dict[str, float] = {}
        for text, share in around:
            for gram in weights.keys() & set(bigrams(text)):
                nearest.setdefault(gram, share)
        total = sum(w * self.by_text.idf(g) for g, w in weights.items())
        return sum(weights[g] * self.by_text.idf(g) * share for g, share in nearest.items()) / total if total else 0.0

    def _before(self, line: int) -> str:
        """The sentence before a line of running text in the same section; "" elsewhere."""
        here, before = self.lines[line], self.lines[line - 1]
        leans = line > 0 and here.sentence.kind == "text" and before.report == here.report
        return before.sentence.text if leans and before.sentence.section == here.sentence.section else ""

    def passage_best(self, scores: Scores) -> Scores:
        """For each sentence the best score of its passage: what stands beside a good sentence is likelier, too."""
        best = np.full(int(self._passage.max(initial=0)) + 1, -np.inf, dtype=np.float32)
        np.maximum.at(best, self._passage, scores)
        return best[self._passage]

    def knows(self, gram: str) -> bool:
        """Whether a bigram stands in any sentence, title or description of a figure."""
        return self.by_text.knows(gram) or self.by_context.knows(gram) or self.by_label.knows(gram)

    def figure_scores(
        self, weights: Mapping[str, float], tokens: Tokens | None, allowed: npt.NDArray[np.bool_]
    ) -> Scores:
        """One score a figure; `allowed` are the sentences that count."""
        if not self.figures:
            return np.zeros(0, dtype=np.float32)
        at = self.lines_of_figures
        scores = _LABEL * self.by_label.scores(weights) + _LOCAL * self.by_local.scores(weights)
        scores = scores + _SENTENCE * self.by_text.scores(weights)[at] + _TITLES * self.by_context.scores(weights)[at]
        lines = np.full(len(self.lines), -1.0, np.float32)
        np.maximum.at(lines, at, scores)
        found: Scores = scores + _FIGURE_LATE * self._near(tokens, lines, allowed & (lines >= 0))[at]
        return found


def _spread(cosines: Scores) -> Scores:
    """Mean cosines, set apart: what lies below that of unlike texts says nothing."""
    spread: Scores = np.clip((cosines - _UNLIKE) * _SPREAD, 0, None).astype(np.float32)
    return spread
