"""What cannot begin a name is taken off its head, and what a place before it belongs to is found."""

from __future__ import annotations

import re

from qgraph.language.ending_rules import EndingRule, boundary
from qgraph.language.line import Line

_COUNT = re.compile(
    r"余?(?:[\d一二三四五六七八九十两多]+ ?[余多]?)?(?:名|位|个|家|所|期|场次|场|次|项|支|批|门|届)(?![牌人校业目类师])"
    r"|[\d一二三四五六七八九十两]+ ?[余多]?(?:段|座|条|栋|间|处)|[\d.]+ ?[余多]?[万亿]?元"
)
_LEADS_FORMER = frozenset("由（(")
# The number of a heading before the name.
_HEADING = re.compile(r"[（(][一二三四五六七八九十\d]+[）)]")
_OPENING = ("（", "(")


def take_off(line: Line, start: int, ending: int, end: int, rule: EndingRule) -> int:
    """Takes off what cannot begin a name: 建设, 优秀, 3个, a lone 等."""
    text = line.text
    leading = boundary().leading
    if rule.edition and boundary().edition.search(text[:start]):
        leading = frozenset()
    while start < ending:
        number = _HEADING.match(text, start, ending)
        if number:
            start = number.end()
            continue
        if text[start] in " ·—－-–+/、” " or (text[start] == "“" and "”" not in text[start:end]):
            start += 1
            continue
        count = _COUNT.match(text, start, ending)
        if count and ending - count.end() >= rule.least:
            start = count.end()
            continue
        words = line.words_in(start, ending)
        first = words[0] if words else (start, start)
        value = text[first[0] : first[1]]
        if rule.edition and boundary().edition.fullmatch(value):
            break
        if _is_former(line, first, rule):
            start += 1
            continue
        if value in leading and (ending - first[1] >= rule.least or value in rule.generic):
            start = first[1]
            continue
        break
    return start


def at_place(line: Line, start: int, ending: int) -> int:
    """The start of the last run of place names in the name."""
    places = sorted((s.start, s.end) for s in line.proper if s.label in ("LOC", "Region"))
    edge = start
    for a, b in places:
        if start <= a and b <= ending + 2 and a != edge and not any(x < a < y or y == a for x, y in places):
            edge = a
    before = {b: a for a, b in places}
    return before.get(edge - 1, edge) if line.text[edge - 1 : edge] in _OPENING else edge


def _is_former(line: Line, first: tuple[int, int], rule: EndingRule) -> bool:
    """Whether 原 before an organisation says that it has another name now, and is no part of a word (原阳县)."""
    start, end = first
    if line.text[start] != boundary().former or rule.edition:
        return False
    led = line.text[start - 1 : start] in _LEADS_FORMER or line.text[start - 1 : start] == ""
    named = any(s.start == start and s.source == "lexicon" for s in line.proper)
    return end - start == 1 or (not named and (led or first in line.rare))
