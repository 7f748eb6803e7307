"""Names read from their ending: …有限公司, …产业学院, …技能大赛, …实训基地.

From the ending the words are taken in to the left until one cannot stand inside a name (punctuation, a verb
such as 推进, a function word such as 依托). Then words that cannot begin a name are taken off, an edition
(2024年, 第三届) is put back where it belongs to the name, and names made of general words only (校企合作企业) are
left out. The words are data: ontology/patterns/entities.toml.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from spacy.language import Language
from spacy.tokens import Doc

from qgraph.language.spans import NameSpan, add_spans, names_of
from qgraph.ontology import read_patterns

_CLOSING = {"”": "“", "’": "‘", "）": "（", ")": "(", "》": "《", "』": "『", "」": "「"}
_DASHES = "—－-–·+/"
_LONGEST_QUOTE = 22
_LONGEST = 48
_NUMBER = re.compile(r"[\d.]+|[一二三四五六七八九十百千万亿两]+")


@dataclass(frozen=True)
class EndingRule:
    """One kind of ending, as [[ending]] in the pattern file says it."""

    type: str
    ending: re.Pattern[str]
    after: re.Pattern[str] | None
    generic: frozenset[str]
    edition: bool
    joining: bool
    dash: bool
    brackets: bool
    strict: bool
    place: bool
    least: int


@dataclass(frozen=True)
class Boundary:
    """Words that bound names, see [boundary] in the pattern file."""

    stops: frozenset[str]
    joining: frozenset[str]
    leading: frozenset[str]
    agents: frozenset[str]
    edition: re.Pattern[str]


@lru_cache(maxsize=1)
def boundary() -> Boundary:
    """The words that bound names."""
    data = read_patterns("entities")["boundary"]
    return Boundary(
        frozenset(data["function"].split()) | frozenset(data["verbs"].split()),
        frozenset(data["joining"].split()),
        frozenset(data["leading"].split()),
        frozenset(data["agents"].split()),
        re.compile(f"(?:{data['edition']} ?)+$"),
    )


@lru_cache(maxsize=1)
def ending_rules() -> tuple[EndingRule, ...]:
    """The rules of the pattern file, in its order."""
    rules = []
    for data in read_patterns("entities")["ending"]:
        endings = sorted(data["endings"], key=lambda e: (-len(e), e))
        inside = data.get("inside", "").split()
        rules.append(
            EndingRule(
                data["type"],
                re.compile("|".join(map(re.escape, endings))),
                re.compile(data["after"]) if data.get("after") else None,
                frozenset(data["generic"].split()),
                data.get("keep") == "edition",
                "joining" in inside,
                "dash" in inside,
                bool(data.get("brackets")),
                bool(data.get("strict")),
                bool(data.get("place")),
                int(data["least"]),
            )
        )
    return tuple(rules)


class Line:
    """The text of one Doc with its words and the names already known in it."""

    def __init__(self, text: str, words: Sequence[tuple[int, int]], known: Sequence[NameSpan]) -> None:
        self.text = text
        self.words = words
        self.ends = [end for _, end in words]
        self.known = known
        self.proper = [s for s in known if s.source != "weak"]

    def word_before(self, offset: int) -> tuple[int, int] | None:
        """The word that ends at or reaches over `offset`."""
        i = bisect_left(self.ends, offset)
        if i >= len(self.words):
            return None
        start, end = self.words[i]
        return (start, min(end, offset)) if start < offset else None

    def words_in(self, start: int, end: int) -> list[str]:
        """Words that lie in a stretch, cut at its ends."""
        found = []
        i = bisect_left(self.ends, start + 1)
        while i < len(self.words) and self.words[i][0] < end:
            a, b = self.words[i]
            found.append(self.text[max(a, start) : min(b, end)])
            i += 1
        return found

    def has_proper(self, start: int, end: int) -> bool:
        """Whether a proper name (place, person, organisation) lies in the stretch."""
        return any(start <= s.start and s.end <= end for s in self.proper)


def find_by_ending(line: Line) -> list[NameSpan]:
    """All names that the endings show, possibly overlapping; the longest ending is tried at each place."""
    found: list[NameSpan] = []
    for rule in ending_rules():
        for match in rule.ending.finditer(line.text):
            if rule.after and rule.after.match(line.text, match.end()):
                continue
            start = _left_edge(line, match.start(), match.end(), rule)
            start = _take_off(line, start, match.start(), match.end(), rule)
            if rule.edition:
                start = _put_edition_back(line.text, start)
            end = _close_quote(line.text, start, match.end())
            if _is_name(line, start, match.start(), match.end(), rule):
                found.append(NameSpan(start, end, rule.type, source="ending"))
    return found


def _left_edge(line: Line, ending: int, end: int, rule: EndingRule) -> int:
    """Leftmost offset that a name with this ending can reach to."""
    bounds = boundary()
    text, start = line.text, ending
    while start > 0 and ending - start < _LONGEST:
        c = text[start - 1]
        if c in _CLOSING:
            opening = _opening(text, start - 1)
            if opening is None:
                break
            start = opening
            continue
        if c == " ":
            before = text[start - 2] if start > 1 else ""
            if start < len(text) and _is_han(before) and _is_han(text[start]):
                break
            start -= 1
            continue
        if c in _DASHES:
            if not (rule.dash or text[start - 2 : start - 1].isascii()) or start < 2 or not text[start - 2].isalnum():
                break
            start -= 1
            continue
        if c == "“" and _quoted_to(text, start - 1, end):
            start -= 1
            continue
        if not c.isalnum():
            break
        word = line.word_before(start)
        if word is None or not text[word[0] : word[1]].strip():
            break
        value = text[word[0] : word[1]]
        if value in bounds.joining:
            if not (rule.joining and _joins(line, word[0], start, ending)):
                break
        elif value in bounds.stops or _NUMBER.fullmatch(value) and not _belongs(text, word[0], word[1]):
            break
        start = word[0]
    return start


def _opening(text: str, closing: int) -> int | None:
    """Offset of the bracket or quote that a closing one answers to."""
    wanted = _CLOSING[text[closing]]
    depth = 0
    for i in range(closing, max(-1, closing - _LONGEST_QUOTE - 2), -1):
        if text[i] == text[closing]:
            depth += 1
        elif text[i] == wanted:
            depth -= 1
            if depth == 0:
                return i
        elif text[i] in "。；\n\t":
            return None
    return None


def _quoted_to(text: str, opening: int, end: int) -> bool:
    """Whether a quotation opened here closes right after the name, with more of the name before it."""
    closes = text[end : end + 1] == "”" and "”" not in text[opening:end]
    return closes and opening > 0 and text[opening - 1].isalnum()


def _close_quote(text: str, start: int, end: int) -> int:
    return end + 1 if text[end : end + 1] == "”" and text.count("“", start, end) > text.count("”", start, end) else end


def _is_han(c: str) -> bool:
    return "\u4e00" <= c <= "\u9fff"


def _belongs(text: str, start: int, end: int) -> bool:
    """Whether a numeral is part of a name (360网络安全学院, 1+X) and not a count."""
    before = text[max(0, start - 1) : start]
    return text[end : end + 1] == "+" or before == "+" or text[start:end].isdigit() and _is_han(text[end : end + 1]) and (
        len(text[start:end]) == 3 and text[end : end + 1] not in "名个项家所人门次万余多"
    )


def _joins(line: Line, joint: int, start: int, ending: int) -> bool:
    """Whether the words around 与 or 和 make one name: a short piece of no agent of its own before it."""
    bounds = boundary()
    if ending - start < 1:
        return False
    piece_start = joint
    while piece_start > 0:
        word = line.word_before(piece_start)
        if word is None:
            break
        value = line.text[word[0] : word[1]]
        if not value[0].isalnum() or value in bounds.stops or value in bounds.joining or value in bounds.leading:
            break
        piece_start = word[0]
    piece = line.text[piece_start:joint]
    if not 2 <= len(piece) <= 8 or piece in bounds.agents:
        return False
    own = any(s.start < joint and s.end == joint and s.label not in ("LOC", "Region", "Major") for s in line.proper)
    return not own and not any(rule.ending.search(piece) for rule in ending_rules())


def _take_off(line: Line, start: int, ending: int, end: int, rule: EndingRule) -> int:
    """Takes off what cannot begin a name: 建设, 优秀, 3个, a lone 等."""
    bounds = boundary()
    text = line.text
    while start < ending:
        if text[start] in " ·—－-–+/、" or text[start] == "“" and "”" not in text[start:end]:
            start += 1
            continue
        words = line.words_in(start, ending)
        if not words:
            break
        first = words[0]
        rest = text[start + len(first) : ending]
        if first in bounds.leading and (len(rest) >= rule.least or first in rule.generic):
            start += len(first)
            continue
        break
    return start


def _put_edition_back(text: str, start: int) -> int:
    match = boundary().edition.search(text[:start])
    return match.start() if match and match.group().strip() else start


def _is_name(line: Line, start: int, ending: int, end: int, rule: EndingRule) -> bool:
    """Whether what was read is a name and not a general word."""
    text = line.text
    core = text[start:ending].strip()
    if len(core) < rule.least:
        return False
    has_edition = bool(rule.edition and re.match(r"第|首届|20\d\d", core))
    bare = core.replace("“", "").replace("”", "").replace("（", "").replace("）", "")
    inner = [w for w in line.words_in(start, ending) if w.strip() and w[0].isalnum()]
    special = [
        w for w in inner if w not in rule.generic and not _NUMBER.fullmatch(w) and w not in boundary().stops
    ]
    if not special and not ("“" in core):
        return False
    if not bare.strip() or re.fullmatch(r"[\d.年月日届第%+ ]+", bare):
        return False
    proper = line.has_proper(start, end) or "“" in core or bool(re.search(r"[A-Za-z]{2,}", core))
    if rule.place and not proper:
        return False
    if rule.strict and not (proper or has_edition):
        return len("".join(special)) >= 4
    return len("".join(special)) >= 2 or proper


class EndingComponent:
    """Adds the names that endings show to each Doc."""

    def __call__(self, doc: Doc) -> Doc:
        words = [(token.idx, token.idx + len(token.text)) for token in doc]
        line = Line(doc.text, words, names_of(doc))
        add_spans(doc, "names", find_by_ending(line))
        return doc


@Language.factory("endings", requires=["doc.spans"], assigns=["doc.spans"])
def make_endings(nlp: Language, name: str) -> EndingComponent:
    """Factory of the component "endings"."""
    return EndingComponent()
