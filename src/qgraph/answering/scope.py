"""What one question may be answered from: the reports that its filters let through, and its tokens."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from qgraph.answering.figures import Ranked, rank_figures
from qgraph.answering.ground import Ground
from qgraph.answering.naming import folded_texts
from qgraph.answering.question import Question
from qgraph.answering.reader import Read, rank_lines
from qgraph.knowledge import Knowledge
from qgraph.records import Filters
from qgraph.search import Tokens


@dataclass(frozen=True, slots=True)
class Scope:
    """The candidates for a question. `lines` is true, (sentences,), where the filters let a sentence through; `tokens`
    are the question's."""

    knowledge: Knowledge
    ground: Ground
    filters: Filters
    lines: npt.NDArray[np.bool_]
    tokens: Tokens

    def read(self, asked: Question, tokens: Tokens | None = None) -> list[Read]:
        """The sentences that fit a question, best first; by tokens of its own where it is worded otherwise."""
        return rank_lines(asked, self.knowledge, self.ground, tokens or self.tokens, self.lines)

    def rank(self, asked: Question) -> list[Ranked]:
        """The figures that fit a question, best first."""
        return rank_figures(asked, self.knowledge, self.ground, self.tokens, self.lines)


def within(knowledge: Knowledge, filters: Filters) -> str:
    """The folded words of the reports that the filters let through, whatever the chapter."""
    whole = replace(filters, chapters=())
    texts = zip(knowledge.documents, folded_texts(knowledge), strict=True)
    return "\n".join(text for document, text in texts if knowledge.allows(whole, document.id))


def let_through(knowledge: Knowledge, ground: Ground, filters: Filters) -> npt.NDArray[np.bool_]:
    """Which sentences the filters let through, (sentences,)."""
    if filters == Filters():
        return np.ones(len(ground.lines), dtype=bool)
    return np.array(
        [knowledge.allows(filters, line.report, line.sentence.section) for line in ground.lines], dtype=bool
    )
