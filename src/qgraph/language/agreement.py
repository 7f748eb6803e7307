"""Where the recogniser's reading of an organisation shows the edge of a name that its ending found."""

from __future__ import annotations

from qgraph.language.ending_rules import EndingRule, boundary
from qgraph.language.line import Line

_LEFT_OVER = 1


def agreed_edge(line: Line, start: int, ending: int, end: int, rule: EndingRule) -> int:
    """Where the name begins when the recogniser sees an organisation with the same end.

    A single character that the words left over belongs to it (中|铁九局集团), and so does what stands before general
    words alone (新希望六和|股份有限公司); what the recogniser tags as verb, adverb or conjunction before the
    organisation does not (下设|护理学院).
    """
    if not rule.agreed:
        return start
    for span in line.recognised_ending(end):
        if 0 < start - span.start <= _LEFT_OVER and not _is_word(line.text[span.start : start]):
            return span.start
        if span.start < start and _says_nothing(line, start, ending, rule):
            return span.start
        if start < span.start <= ending - rule.least and _bounds(line, start, span.start):
            return span.start
    return start


def _says_nothing(line: Line, start: int, ending: int, rule: EndingRule) -> bool:
    """Whether what was read before the ending is no name (新希望六和|股份有限公司)."""
    return all(line.text[a:b] in rule.generic for a, b in line.words_in(start, ending))


def _bounds(line: Line, start: int, edge: int) -> bool:
    """Whether the word before the organisation is of a kind that stands in no name."""
    bounds = boundary()
    for (a, b), tag in line.tags.items():
        if b == edge and a >= start:
            value = line.text[a:b]
            return tag in bounds.outside and len(value) > 1 and value not in bounds.inner | bounds.joining
    return False


def _is_word(character: str) -> bool:
    """Whether a single character is a word that bounds names or says that a name is a former one."""
    bounds = boundary()
    return character == bounds.former or character in (bounds.stops - bounds.behind) | bounds.joining
