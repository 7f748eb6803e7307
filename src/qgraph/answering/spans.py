"""Answers inside sentences: names, enumerations, dates, each with where it stands."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from qgraph.answering.ground import Hit, Line
from qgraph.answering.known_names import lexicon_spans
from qgraph.answering.question import Question
from qgraph.answering.roads import Span
from qgraph.knowledge import Knowledge
from qgraph.ontology import read_patterns
from qgraph.text import bigrams, fold

_DATE = re.compile(
    r"\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日?\s*(?:至|到|—|－|-|–|~)\s*(?:\d{4}\s*年\s*)?(?:\d{1,2}\s*月\s*)?\d{1,2}\s*日"
    r"|\d{1,2}\s*月\s*\d{1,2}\s*日?\s*(?:至|到|—|－|-|–|~)\s*(?:\d{1,2}\s*月\s*)?\d{1,2}\s*日"
    r"|\d{4}\s*年?\s*(?:至|到|—|－|-|–|~)\s*\d{4}\s*年?(?!\s*\d{1,2}\s*月)"
    r"|\d{4}\s*年\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?|\d{4}\s*年(?!度|级|届)|\d{1,2}\s*月\s*\d{1,2}\s*日"
)
_QUOTED = re.compile(r"[“《]([^“”《》]{2,60})[”》]")
# 和 and 与 stand inside names too (文化与旅游), so a second reading cuts only at 、
_MARKS = (re.compile(r"、|以及|和|与|及"), re.compile(r"、|以及"))
_RUN = re.compile(r"(?:[“《][^“”《》]{2,40}[”》](?:[、和与及]|以及)?){2,}")
_REACH = 8.0  # characters over which a word of the question loses two thirds of its pull
_APART_BY = {"、": 2, "，": 6, "：": 4, "；": 15, "。": 15}  # characters that marks count as
_LINK = 3  # characters that what stands between two rows has at least (受到, 的专家参加)
_TELLING = 3  # characters from which on a known name at the head of words is hardly a part of them (矿区|应急救护)


@dataclass(frozen=True, slots=True)
class Enumeration:
    """Items of a coordination, with what stands right before and after it; `marked` where quotation or title marks
    show each of them."""

    items: tuple[Span, ...]
    before: str
    after: str
    marked: bool = False


def side_by_side(text: str, span: Span) -> tuple[str, ...]:
    """Names in marks that stand side by side (“A”“B”2个项目), the given one among them; () where it stands alone."""
    for run in _RUN.finditer(text):
        if run.start() <= span.start < run.end():
            return tuple(m[1] for m in _QUOTED.finditer(run[0]))
    return ()


def dates(text: str) -> list[Span]:
    """Dates and ranges of dates; a date without a year takes the year before it."""
    found = []
    year = ""
    for match in _DATE.finditer(text):
        words = re.sub(r"\s+", "", match[0])
        own = re.match(r"\d{4}", words)
        year = f"{own[0]}年" if own else year
        found.append(Span(words if own else year + words, match.start(), match.end()))
    return found


def quoted_names(text: str) -> list[Span]:
    """Names in quotation marks or book-title marks."""
    return [Span(m[1], m.start(1), m.end(1)) for m in _QUOTED.finditer(text)]


def ending_with(ending: str, text: str) -> list[Span]:
    """Words that end so and can be a name, cut off from what leads to them; kinds of things (优势专业) are none."""
    heads = read_patterns("asking")["heads"]
    going_on, kinds = heads["going_on"], heads["kinds"]
    pattern = re.compile(rf"[一-鿿A-Za-z0-9·/]{{2,20}}?(?:{ending})(?![一-鿿]{{0,1}}(?:{ending})|{going_on})")
    cut = re.compile(rf"^.*(?:{heads['leading']})")
    spans = []
    for match in pattern.finditer(text):
        words = cut.sub("", match[0])
        if re.search(rf"(?:{kinds})(?:{ending})$", words):
            continue
        if len(words) >= 2 and not re.match("该|本|各|此|这|其|某|全|多|两|数", words):
            spans.append(Span(words, match.end() - len(words), match.end()))
    return spans


def unsaid(question: Question, spans: Iterable[Span]) -> list[Span]:
    """The spans whose words the question does not say itself."""
    asked = fold(question.text)
    return [span for span in spans if fold(span.text) not in asked]


def entity_spans(question: Question, knowledge: Knowledge, line: Line) -> list[Span]:
    """Entities of the wanted types that the sentence mentions and the question does not name."""
    spans = []
    own = knowledge.college_entity(line.report)
    asked = fold(question.text)
    for identifier in knowledge.entities_in.get(line.sentence.id, ()):
        entity = knowledge.entities[identifier]
        if entity.type not in question.types or identifier in question.named or entity == own:
            continue
        for mention in entity.mentions:
            if mention.evidence.sentence != line.sentence.id or fold(mention.text) in asked:
                continue
            start = mention.evidence.start - line.sentence.start
            end = start + len(mention.text)
            if line.sentence.text[end : end + 1] != read_patterns("asking")["heads"]["class"]:
                spans.append(Span(mention.text, start, end))
    if not spans:
        text = line.sentence.text
        spans = unsaid(question, lexicon_spans(question.types, text))
        spans = [s for s in spans if not own_name(knowledge, line.report, s.text)]
    return sorted(spans, key=lambda s: (s.start, -s.end))


def nearest(hits: Sequence[Hit], text: str, spans: Sequence[Span]) -> list[Span]:
    """The spans, those first that stand closest to the words that the question means, best in their own clause."""

    def closeness(span: Span) -> float:
        told = 0.0
        for hit in hits:
            if hit.start < span.end and span.start < hit.end:
                continue  # its own words do not lead to it
            between = text[hit.end : span.start] if hit.end <= span.start else text[span.end : hit.start]
            marks = sum(_APART_BY.get(c, 0) for c in between)
            told += hit.weight * math.exp(-(len(between) + marks) / _REACH)
        return told

    return sorted(spans, key=lambda s: (-closeness(s), s.start))


def atom_spans(knowledge: Knowledge, line: Line) -> list[Span]:
    """Mentions of entities in the sentence, none inside another: names that an enumeration must not cut."""
    spans = []
    for identifier in knowledge.entities_in.get(line.sentence.id, ()):
        for mention in knowledge.entities[identifier].mentions:
            if mention.evidence.sentence == line.sentence.id:
                start = mention.evidence.start - line.sentence.start
                spans.append(Span(mention.text, start, start + len(mention.text)))
    spans.sort(key=lambda s: (s.start, -s.end))
    return [s for n, s in enumerate(spans) if not any(o.start <= s.start and s.end <= o.end for o in spans[:n])]


def own_name(knowledge: Knowledge, report: str, text: str) -> bool:
    """Whether the words name the college whose report it is."""
    return fold(text) in knowledge.own_names[report]


def enumerations(text: str, atoms: Sequence[Span]) -> Iterator[Enumeration]:
    """Coordinations (A、B和C) of a sentence: at least two items, bounded by what cannot be part of a name.

    An item that holds a known name at its outer edge ends or begins with that name.
    """
    for clause in re.finditer(r"[^，。；！？\n]+", text):
        if "、" in clause[0] or re.search(r"[一-鿿][和与及][一-鿿]", clause[0]):
            for mark in _MARKS:
                yield from _runs(clause[0], clause.start(), text, atoms, mark)
    for run in _RUN.finditer(text):
        names = tuple(Span(m[1], run.start() + m.start(1), run.start() + m.end(1)) for m in _QUOTED.finditer(run[0]))
        yield Enumeration(names, text[max(0, run.start() - 24) : run.start()], text[run.end() : run.end() + 24], True)
    for bracket in re.finditer(r"[（(]([^（）()]*、[^（）()]*)[）)]", text):
        yield from _runs(bracket[1], bracket.start(1), text, atoms, _MARKS[0])
    for quote in re.finditer(r"“([^“”]*、[^“”]*)”", text):
        pieces = [m.span(1) for m in re.finditer(r"([^、，,]+)", quote[1])]
        at = quote.start(1)
        yield Enumeration(
            tuple(Span(quote[1][a:b], at + a, at + b) for a, b in pieces),
            text[max(0, quote.start() - 24) : quote.start()],
            text[quote.end() : quote.end() + 24],
        )


def _runs(words: str, base: int, text: str, atoms: Sequence[Span], mark: re.Pattern[str]) -> Iterator[Enumeration]:
    pieces: list[tuple[int, int]] = []
    for start, end in _pieces(words, base, atoms, mark):
        pieces.append((start, end))
        if len(pieces) == 1:
            continue
        goes_on = any(a.start - base == start and a.end - base < end - 2 and len(a.text) >= _TELLING for a in atoms)
        leads = _left_cut(words[start:end])
        links = leads - _right_cut(words[start:end]) >= _LINK
        # a piece that goes on after a known name, or ends a row and leads to another (A、B|的留学生参加了|C、D), ends
        # the enumeration there; what it leads to is another one
        if goes_on or links:
            yield from _enumeration(words, base, text, atoms, pieces)
            pieces = [(start, end)] if links else []
    yield from _enumeration(words, base, text, atoms, pieces)


def _enumeration(
    words: str, base: int, text: str, atoms: Sequence[Span], pieces: Sequence[tuple[int, int]]
) -> Iterator[Enumeration]:
    if len(pieces) < 2:
        return
    (a, b), (c, d) = pieces[0], pieces[-1]
    left, right = a + _left_cut(words[a:b]), c + _right_cut(words[c:d])
    for atom in atoms:
        start, end = atom.start - base, atom.end - base
        if a <= start and end == b:
            left = start
        if start == c and end <= d and (len(atom.text) >= _TELLING or end == d):
            right = end
        if a <= start < left < end <= b:
            left = start
    spans = [(left, b), *pieces[1:-1], (c, right)]
    items = tuple(Span(_clean(words[s:e]), base + s, base + e) for s, e in spans if _clean(words[s:e]))
    if len(items) >= 2 and all(len(item.text) <= 40 for item in items):
        yield Enumeration(items, text[max(0, base + left - 24) : base + left], text[base + right : base + right + 24])


def _pieces(words: str, base: int, atoms: Sequence[Span], mark: re.Pattern[str]) -> list[tuple[int, int]]:
    """The clause cut at its coordinating marks, outside brackets, quotes and names."""
    pieces: list[tuple[int, int]] = []
    start = depth = i = 0
    while i < len(words):
        atom = next((a for a in atoms if a.start - base == i), None)
        if atom is not None and depth == 0:
            i = atom.end - base
            continue
        c = words[i]
        depth += c in "（(《“‘"
        depth -= c in "）)》”’" and depth > 0
        match = mark.match(words, i) if depth == 0 else None
        if match:
            pieces.append((start, i))
            start = i = match.end()
            continue
        i += 1
    return [*pieces, (start, len(words))]


def _left_cut(head: str) -> int:
    leading = re.finditer(read_patterns("asking")["items"]["leading"], head)
    cuts = [m.end() for m in leading if m.end() < len(head) - 1 and not _in_marks(head, m.start())]
    return cuts[-1] if cuts else 0


def _right_cut(tail: str) -> int:
    following = re.finditer(read_patterns("asking")["items"]["following"], tail)
    stops = (m.start() for m in following if m.start() >= 2 and not _in_marks(tail, m.start()))
    return next(stops, len(tail))


def _in_marks(text: str, position: int) -> bool:
    before = text[:position]
    return (
        before.count("“") > before.count("”")
        or before.count("《") > before.count("》")
        or before.count("（") > before.count("）")
    )


def _clean(text: str) -> str:
    return text.strip().strip("“”《》‘’ ").removesuffix("等").strip()


def overlap(question: Question, text: str) -> float:
    """Share of the question's weight whose bigrams stand in the text."""
    have = set(bigrams(text))
    total = sum(question.weights.values())
    return sum(w for g, w in question.weights.items() if g in have) / total if total else 0.0
