"""Generated text, sentence by sentence, against the sentences that it cites."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from qgraph.grounding.dates import is_dated
from qgraph.grounding.figures import Figure, Reading, is_borne_out, read_numbers
from qgraph.grounding.names import unsupported_names
from qgraph.ontology import read_patterns
from qgraph.records import Citation
from qgraph.text import bigrams, sentence_spans, squeeze

_MARK = r"(?:\[\d{1,2}(?:\s*[,，、\-–—]\s*\d{1,2})*\]|【\d{1,2}】|［\d{1,2}］)"
_MARKS = re.compile(_MARK)
_MARKS_AFTER = re.compile(rf"([。！？；!?;]+[”’」』）)]*)(\s*{_MARK}(?:\s*{_MARK})*)")
_ONLY_MARKS = re.compile(rf"\s*(?:{_MARK}\s*)*")
_BULLET = re.compile(r"^\s*(?:[-*•#>]+|\d{1,2}[.、)）](?!\d)|[（(]\d{1,2}[)）])\s*")
_EMPHASIS = re.compile(r"[*_`]{1,3}")


@dataclass(frozen=True, slots=True)
class Source:
    """A sentence that may be cited by its number. `context` is what is known around it (report, college,
    section): it bears out names and words, never figures; `years` are those of its report."""

    number: int
    text: str
    context: str = ""
    years: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Gap:
    """Something in a sentence that no source bears out. `kind` is figure, date, name, claim, negation,
    citation or words."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class GroundedSentence:
    """A generated sentence, the numbers of the sources it cites, and what is not borne out in it."""

    text: str
    cites: tuple[int, ...]
    gaps: tuple[Gap, ...]

    @property
    def supported(self) -> bool:
        return not self.gaps

    @property
    def plain(self) -> str:
        """The sentence without its marks and without signs of layout."""
        return _plain(self.text)


def source_of(citation: Citation) -> Source:
    """A citation as a source."""
    context = f"{citation.report_title} {citation.college} {citation.section_title} {citation.place}"
    return Source(citation.number, citation.text, context, (citation.year,))


def ground(
    text: str, sources: Sequence[Source], names: Mapping[str, str] | None = None
) -> tuple[GroundedSentence, ...]:
    """Every sentence of a text, checked. A sentence with marks ([1], [2,3]) is held against the sources that it
    cites, one without against all. `names` leads from known names and aliases to entities."""
    text = _MARKS_AFTER.sub(r"\2\1", text)
    return tuple(_check(text[start:end], sources, names or {}) for start, end in sentence_spans(text))


def ground_stream(
    pieces: Iterable[str], sources: Sequence[Source], names: Mapping[str, str] | None = None
) -> Iterator[GroundedSentence]:
    """The same for text that comes in pieces: each sentence as soon as it is whole."""
    held = ""
    for piece in pieces:
        held = _MARKS_AFTER.sub(r"\2\1", held + piece)
        spans = sentence_spans(held)
        # the last one may still grow, and the one before it may still get its marks
        while len(spans) > 1 and not _ONLY_MARKS.fullmatch(held[spans[1][0] :]) and held[spans[1][0]] not in "[【［":
            yield _check(held[slice(*spans[0])], sources, names or {})
            held = held[spans[1][0] :]
            spans = sentence_spans(held)
    yield from ground(held, sources, names)


def supported_text(sentences: Iterable[GroundedSentence]) -> str:
    """The text without the sentences that are not borne out."""
    return "".join(sentence.text for sentence in sentences if sentence.supported)


def marked_text(sentences: Iterable[GroundedSentence], mark: str = "（未找到依据）") -> str:
    """The whole text, with a mark behind every sentence that is not borne out."""
    return "".join(sentence.text + ("" if sentence.supported else mark) for sentence in sentences)


def _check(sentence: str, sources: Sequence[Source], names: Mapping[str, str]) -> GroundedSentence:
    cites = tuple(dict.fromkeys(n for mark in _MARKS.findall(sentence) for n in _numbers(mark)))
    known = {source.number for source in sources}
    gaps = [Gap("citation", f"[{number}]") for number in cites if number not in known]
    cited = [source for source in sources if not cites or source.number in cites]
    plain = _plain(sentence)
    gaps += _number_gaps(plain, cited)
    whole = "\n".join(f"{source.context}\n{source.text}" for source in cited)
    gaps += [Gap("name", name) for name in unsupported_names(plain, whole, names)]
    gaps += _word_gaps(plain, whole)
    return GroundedSentence(sentence, cites, tuple(dict.fromkeys(gaps)))


def _plain(sentence: str) -> str:
    return _EMPHASIS.sub("", _BULLET.sub("", _MARKS.sub("", sentence))).strip()


def _numbers(mark: str) -> list[int]:
    """Numbers of one mark; [2-4] is 2, 3, 4."""
    found = []
    for part in re.split("[,，、]", mark[1:-1]):
        ends = [int(n) for n in re.findall(r"\d+", part)]
        found += list(range(ends[0], ends[-1] + 1)) if ends[-1] >= ends[0] else ends
    return found


def _number_gaps(sentence: str, sources: Sequence[Source]) -> list[Gap]:
    said = read_numbers(sentence)
    readings = [read_numbers(source.text) for source in sources]
    figures = [figure for reading in readings for figure in reading.figures]
    written = squeeze("\n".join(f"{source.text}\n{source.context}" for source in sources)).lower()
    gaps = [Gap("figure", figure.text) for figure in said.figures if not is_borne_out(figure, figures)]
    if said.dates:
        near = _near(sentence, said.figures, sources, readings)
        dates = [date for n in near for date in readings[n].dates]
        # the year of a report holds only for what states no year itself
        silent = [sources[n] for n in near if not any(date.year for date in readings[n].dates)]
        years = [year for source in silent for year in source.years]
        gaps += [Gap("date", date.text) for date in said.dates if not is_dated(date, dates, years)]
    gaps += [Gap("figure", code) for code in (*said.codes, *said.places) if squeeze(code).lower() not in written]
    return gaps


def _near(
    sentence: str, figures: Sequence[Figure], sources: Sequence[Source], readings: Sequence[Reading]
) -> list[int]:
    """Places of the sources that the sentence seems to speak of: those with its figures, else those with most of
    its words. A date from elsewhere does not count for it."""
    holding = [n for n, r in enumerate(readings) if any(f.value == o.value for f in figures for o in r.figures)]
    grams = set(bigrams(sentence))
    shared = [len(grams & set(bigrams(source.text))) for source in sources]
    least = max(shared, default=0) * read_patterns("grounding")["limits"]["near"]
    return [n for n in holding or range(len(sources)) if shared[n] >= least]


def _word_gaps(sentence: str, sources: str) -> list[Gap]:
    rules = read_patterns("grounding")
    gaps = [Gap("claim", w) for w in rules["words"]["superlatives"] if w in sentence and w not in sources]
    negations = rules["words"]["negations"]
    if not any(word in sources for word in negations):
        gaps += [Gap("negation", word) for word in negations if word in sentence]
    for words in rules["words"]["groups"]:
        if not any(word in sources for word in words):
            gaps += [Gap("claim", word) for word in words if word in sentence]
    grams = bigrams(sentence)
    shared = len(set(grams) & set(bigrams(sources))) / len(set(grams)) if grams else 1.0
    if len(squeeze(sentence)) > rules["limits"]["short"] and shared < rules["limits"]["shared"]:
        gaps.append(Gap("words", sentence))
    return gaps
