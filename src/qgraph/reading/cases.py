"""Where cases end: at the next heading or case, or where the section's own text goes on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from qgraph.reading.lines import Block
from qgraph.text import bigrams

# Columns by which the width of a case's lines must differ from that of the text around it.
_WIDTH_STEP = 4
# Share of the cases with a known end that make a habit.
_HABIT = 0.7


@dataclass(frozen=True, slots=True)
class _Span:
    """Block indices of a case: its title, and the first heading, case or end mark after it."""

    title: int
    stop: int


def end_cases(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with "resume" for the kind of the first paragraph that stands after a case.

    What tells them apart, in this order: a frame or quotation around the case; the way its lines are set
    (font or style, else wrap width or inset) where it differs from the rest of the report in most cases;
    the habit of the report (cases of one paragraph, or closed by their figures), if the words of what
    follows belong rather to the section than to the case.
    """
    spans = _spans(blocks)
    out = list(blocks)
    habit = _Habit.of(blocks, spans)
    looks = _Looks.of(blocks, spans)
    for span in spans:
        end = _box_end(blocks, span)
        if end is None:
            end = looks.end(blocks, span)
        if end is None:
            end = habit.end(blocks, span)
        if end is not None and end < span.stop:
            out[end] = replace(blocks[end], kind="resume")
    return out


def _spans(blocks: Sequence[Block]) -> list[_Span]:
    walls = [i for i, block in enumerate(blocks) if block.kind in ("heading", "case", "close")]
    stops = [*walls, len(blocks)][1:]
    return [_Span(i, stop) for i, stop in zip(walls, stops, strict=False) if blocks[i].kind == "case"]


def _texts(blocks: Sequence[Block], start: int, stop: int) -> list[int]:
    return [i for i in range(start, stop) if blocks[i].kind == "text"]


def _box_end(blocks: Sequence[Block], span: _Span) -> int | None:
    """First paragraph outside the frame that the case stands in; the end of its span if there is none."""
    if blocks[span.title].lines[0].kind != "box":
        return None
    return next((i for i in _texts(blocks, span.title + 1, span.stop) if blocks[i].lines[0].kind != "box"), span.stop)


# ------------------------------------------------------------------------------------ the way lines are set


@dataclass(frozen=True)
class _Looks:
    """How the paragraphs of cases and of the rest are set: look, wrap width and inset; None if the two
    cannot be told apart."""

    case_look: str | None
    body_look: str | None
    case_width: float | None
    body_width: float | None

    @classmethod
    def of(cls, blocks: Sequence[Block], spans: Sequence[_Span]) -> _Looks:
        """What most cases have and most other paragraphs have not."""
        inside = {i for span in spans for i in range(span.title, span.stop)}
        firsts = [texts[0] for span in spans if (texts := _texts(blocks, span.title + 1, span.stop))]
        body = [i for i in _texts(blocks, 0, len(blocks)) if i not in inside]
        case_look: str | None = _common([_look(blocks[i]) for i in firsts])
        body_look: str | None = _common([_look(blocks[i]) for i in body])
        case_width, body_width = _width([blocks[i] for i in firsts]), _width([blocks[i] for i in body])
        if not case_look or not body_look or case_look == body_look:
            case_look = body_look = None
        if case_width is None or body_width is None or abs(case_width - body_width) < _WIDTH_STEP:
            case_width = body_width = None
        return cls(case_look, body_look, case_width, body_width)

    def end(self, blocks: Sequence[Block], span: _Span) -> int | None:
        """First paragraph of the span that is set as the rest of the report is."""
        texts = _texts(blocks, span.title + 1, span.stop)
        if not texts or not self._is_case(blocks[texts[0]]):
            return None
        found = next((i for i in texts[1:] if self._is_body(blocks[i])), None)
        if found is None and (self.case_look is not None or self.case_width is not None):
            return span.stop
        return found

    def _is_case(self, block: Block) -> bool:
        if self.case_look is not None:
            return _look(block) == self.case_look
        if self.case_width is None or self.body_width is None:
            return False
        return not block.width or abs(block.width - self.case_width) < abs(block.width - self.body_width)

    def _is_body(self, block: Block) -> bool:
        if self.case_look is not None:
            return _look(block) == self.body_look
        if self.case_width is None or self.body_width is None or not block.width:
            return False
        return abs(block.width - self.body_width) < abs(block.width - self.case_width)


def _look(block: Block) -> str:
    """How most lines of a paragraph are set; its first words may be bold."""
    return Counter(line.look for line in block.lines).most_common(1)[0][0]


def _common(values: Sequence[str]) -> str:
    """The value that most have, "" if none has a clear majority."""
    if not values:
        return ""
    value, count = Counter(values).most_common(1)[0]
    return value if count >= _HABIT * len(values) else ""


def _width(blocks: Sequence[Block]) -> float | None:
    """The wrap width that most of these share, None if they have none in common."""
    widths = [block.width for block in blocks if len(block.lines) >= 3]
    if not widths:
        return None
    middle = median(widths)
    return middle if sum(abs(w - middle) < _WIDTH_STEP for w in widths) >= _HABIT * len(widths) else None


# ------------------------------------------------------------------------------------ habits and words


@dataclass(frozen=True)
class _Habit:
    """How the cases that end at a heading are built, and how rare each bigram is in the report."""

    single: bool
    figures_last: bool
    rarity: Counter[str]
    paragraphs: int

    @classmethod
    def of(cls, blocks: Sequence[Block], spans: Sequence[_Span]) -> _Habit:
        """Habits need three cases at least."""
        counts = [len(_texts(blocks, span.title + 1, span.stop)) for span in spans]
        last = [blocks[span.stop - 1].kind == "figure" for span in spans]
        many = len(spans) >= 3
        rarity: Counter[str] = Counter()
        texts = _texts(blocks, 0, len(blocks))
        for i in texts:
            rarity.update(set(bigrams(blocks[i].text)))
        return cls(
            many and sum(count == 1 for count in counts) >= _HABIT * len(counts),
            many and sum(last) >= _HABIT * len(last),
            rarity,
            len(texts),
        )

    def end(self, blocks: Sequence[Block], span: _Span) -> int | None:
        """First paragraph where the habit says that the case is over and its words do not gainsay it."""
        texts = _texts(blocks, span.title + 1, span.stop)
        before = self._section(blocks, span.title)
        for i in texts[1:]:
            over = self.single or (self.figures_last and blocks[i - 1].kind == "figure")
            case = " ".join(blocks[k].text for k in [span.title, *(t for t in texts if t < i)])
            if over and self._likeness(blocks[i].text, before) > self._likeness(blocks[i].text, case):
                return i
        return None

    def _section(self, blocks: Sequence[Block], title: int) -> str:
        """Heading and text of the section up to the case."""
        start = next((i for i in range(title - 1, -1, -1) if blocks[i].kind == "heading"), 0)
        return " ".join(block.text for block in blocks[start:title] if block.kind in ("heading", "text", "resume"))

    def _likeness(self, text: str, other: str) -> float:
        """Share of the weight of a text's bigrams that the other text has too; rare ones weigh more."""
        grams = set(bigrams(text))
        weights = {gram: 1.0 / (1 + self.rarity[gram]) for gram in grams if self.rarity[gram] <= self.paragraphs / 2}
        total = sum(weights.values())
        shared = grams & set(bigrams(other))
        return sum(sorted(weights.get(gram, 0.0) for gram in shared)) / total if total else 0.0
