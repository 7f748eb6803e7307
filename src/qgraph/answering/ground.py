"""What an answer can stand on: every sentence and every figure of the reports, ready to be matched.

A sentence is matched by its words, by the titles above it (section, case, table) and, more weakly, by the
sentence before it. A figure is matched by its indicator, by the words around it up to the neighbouring
figures, and by its sentence. Vectors are added where an encoder is at hand.
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
from qgraph.text import bigrams

Encode = Callable[[Sequence[str]], npt.NDArray[np.float32]]

_WINDOW = 36
_LEANT, _BESIDE = 0.75, 0.4
_CONTEXT, _PREVIOUS, _VECTOR = 0.30, 0.12, 0.9
_LABEL, _LOCAL, _SENTENCE, _TITLES = 0.9, 1.0, 0.45, 0.25


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


class Ground:
    """All candidates of all reports."""

    def __init__(self, knowledge: Knowledge, encode: Encode | None = None) -> None:
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
        self._line_vectors = encode([f"{line.context[-40:]} {line.quote}" for line in self.lines]) if encode else None
        self._figure_vectors = (
            encode([f"{f.label} {f.local}" for f in self.figures]) if encode and self.figures else None
        )

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

    def line_scores(self, weights: Mapping[str, float], vector: npt.NDArray[np.float32] | None) -> Scores:
        """One score a sentence."""
        scores = self.by_text.scores(weights)
        scores = scores + _CONTEXT * self.by_context.scores(weights) + _PREVIOUS * self.by_previous.scores(weights)
        found: Scores = scores + _VECTOR * self._similar(self._line_vectors, vector)
        return found

    def likeness(self, line: int, vector: npt.NDArray[np.float32]) -> float:
        """How near in meaning a line, with its titles, is to a question's vector, in [0, 1]; 0 without an encoder."""
        similar = self._similar(None if self._line_vectors is None else self._line_vectors[line : line + 1], vector)
        return float(np.max(similar))

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

    def figure_scores(self, weights: Mapping[str, float], vector: npt.NDArray[np.float32] | None) -> Scores:
        """One score a figure."""
        if not self.figures:
            return np.zeros(0, dtype=np.float32)
        at = self.lines_of_figures
        scores = _LABEL * self.by_label.scores(weights) + _LOCAL * self.by_local.scores(weights)
        scores = scores + _SENTENCE * self.by_text.scores(weights)[at] + _TITLES * self.by_context.scores(weights)[at]
        found: Scores = scores + _VECTOR * self._similar(self._figure_vectors, vector)
        return found

    def _similar(
        self, matrix: npt.NDArray[np.float32] | None, vector: npt.NDArray[np.float32] | None
    ) -> Scores | float:
        """Cosines, spread out: e5 keeps all of them between 0.7 and 1, so only what lies above 0.75 counts."""
        if matrix is None or vector is None:
            return 0.0
        spread: Scores = np.clip((matrix @ vector - 0.75) * 4, 0, 1)
        return spread
