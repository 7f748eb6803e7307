"""Where a name begins and ends: reading from its ending to the left, word by word."""

from __future__ import annotations

import re

from qgraph.language.ending_rules import EndingRule, boundary
from qgraph.language.heads import at_place, take_off
from qgraph.language.line import Line
from qgraph.language.openings import CLOSING, LONGEST, holds_ending, opened_edge, opening_mark

_DASHES = "—－-–·+"
_LONGEST_PIECE = 8
_LONGEST_WORD = 3
NUMBER = re.compile(r"[\d.]+|[一二三四五六七八九十百千万亿两几多]+[大类项个门次期场种级家所名位届条座栋间]?")
_BRACKET = re.compile(r"（[^（）\n]{2,24}）|\([^()\n]{2,24}\)")
_ASIDE = re.compile(r"[（(](?:见|以下|简称|如|含|其中|包括|共|原|即|下称|试行|[\d.]+ ?(?:项|个|人|门|家|所|%|万|元))")
# A count before the first of two joined pieces counts things of their own.
_COUNTED = re.compile(r"\d ?[个所家门项名座支]?$|[两三四五六七八九十]个$")
_COUNT_AT_HEAD = re.compile(r"\d+ ?[个所家门项名座支]")
_DRAFT = re.compile(r"[（(](?:试行|暂行)[）)]")
_DATED = re.compile(r"第|首[届期]|20\d\d")


def left_edge(line: Line, ending: int, end: int, rule: EndingRule, *, past: int = -1) -> int:
    """Where a name with this ending begins. `past` is an edge that gave no name because a verb stands there that
    may belong to it (西子联合控股有限公司); the verb is then passed over."""
    verb = line.word_before(past) if past > 0 else None
    if verb is not None:
        if line.text[verb[0] : verb[1]] not in boundary().stops or verb[1] - verb[0] != 2 or past >= ending:
            return past
        start = _scan(line, verb[0], end, rule)
        return start if start < verb[0] else past
    start = _scan(line, ending, end, rule)
    if rule.opened:
        start = min(start, opened_edge(line, start, ending, rule))
    start = take_off(line, start, ending, end, rule)
    if rule.edition:
        start = _with_edition(line, start, ending, end, rule)
    return at_place(line, start, ending) if rule.place else start


def right_edge(line: Line, start: int, end: int, rule: EndingRule) -> int:
    """Where it ends: behind a closing quote that it opened, and behind brackets that belong to it."""
    text = line.text
    if text[end : end + 1] == "”" and text.count("“", start, end) > text.count("”", start, end):
        end += 1
    second = boundary().second.match(text, end) if rule.opened else None
    if second:
        end = second.end()
    if rule.brackets:
        bracket = _BRACKET.match(text, end)
        if bracket and (not _ASIDE.match(text, end) or (rule.type == "Document" and _DRAFT.match(text, end))):
            end = bracket.end()
    return end


def _scan(line: Line, ending: int, end: int, rule: EndingRule) -> int:
    """Leftmost offset that can be reached word by word."""
    text, start = line.text, ending
    while start > 0 and ending - start < LONGEST:
        if rule.majors and start in line.majors:
            start = line.majors[start]  # a major may hold verbs and 与 (铁道机车运用与维护|专业教学资源库)
            continue
        c = text[start - 1]
        if c in CLOSING:
            if text[start - 1 : start + 1] == "”“":
                break
            opening = opening_mark(text, start - 1) if rule.quotes or c in "）)" else None
            if opening is None:
                break
            start = opening
            continue
        if c == "“" and rule.quotes and _quoted_to(text, start - 1, end):
            start -= 1
            continue
        if c == " ":
            if _is_han(text[start - 2 : start - 1]) and _is_han(text[start : start + 1]):
                break
            start -= 1
            continue
        if c in _DASHES or c == "/":
            joins = rule.dash or (rule.slash and c == "/") or text[start - 2 : start - 1].isascii()
            if not joins or start < 2 or not (text[start - 2].isalnum() or text[start - 2] == " "):
                break
            start -= 1
            continue
        word = line.word_before(start) if c.isalnum() else None
        if word is None or (not line.cuts(start) and _stops(line, word, start, ending, rule)):
            break
        start = word[0]
    return start


def _stops(line: Line, word: tuple[int, int], start: int, ending: int, rule: EndingRule) -> bool:
    """Whether a word cannot stand inside the name."""
    bounds = boundary()
    value = line.text[word[0] : word[1]]
    if value in bounds.joining:
        return not _joins(line, word[0], start, ending, rule)
    if value in bounds.subjects:
        before = line.word_before(word[0])
        return (
            before is None
            or line.text[before[0] : before[1]] in bounds.stops | bounds.joining
            or (not line.text[word[0] - 1].isalnum())
        )
    if NUMBER.fullmatch(value):
        return not _is_part(line.text, *word)
    if value in bounds.held and line.is_held(*word):
        return False
    return is_stop(line.text, *word) or _told_by_kind(line, word, ending)


def _told_by_kind(line: Line, word: tuple[int, int], ending: int) -> bool:
    """Whether the kind of a word that no list has bounds a name: an adverb or pronoun, alone or at its head (这是);
    a verb with its complement (设在, 站上); a verb right before what begins names (出战|2024年, 走访|福建省)."""
    bounds = boundary()
    value = line.text[word[0] : word[1]]
    if value in bounds.inner:
        return False
    kinds = {line.tags.get(word), line.tags.get((word[0], word[0] + 1))}
    joined = word in line.rare or (len(value) > _LONGEST_WORD and value not in bounds.whole)
    if kinds & bounds.kinds or (joined and _ends_in_stop(line, word)):
        return True
    if "v" not in kinds or len(value) == 1:
        return False
    return value[-1] in bounds.complements or bool(bounds.before.match(line.text, word[1], ending))


def _ends_in_stop(line: Line, word: tuple[int, int]) -> bool:
    """Whether the recogniser sees a word that bounds names at the end of one that the segmentation made of several
    (课|由, 组队|参加, 广泛|开展)."""
    bounds = boundary()
    tail = next((t for start in range(word[0] + 1, word[1]) if (t := (start, word[1])) in line.tags), None)
    if tail is None:
        return False
    value = line.text[tail[0] : tail[1]]
    return value not in bounds.suffixes and (line.tags[tail] in bounds.kinds - {"u"} or value in bounds.stops)


def is_stop(text: str, start: int, end: int) -> bool:
    """Whether a word bounds a name. Words of place and time do so only behind another word."""
    bounds = boundary()
    value = text[start:end]
    if value in bounds.behind:
        before = text[start - 1 : start]
        return (
            (before.isalnum() or (before != "" and before in "”）》"))
            if value not in "月日级"
            else before.isdigit() or before in "一二三四五六七八九十 "
        )
    return value in bounds.stops


def _quoted_to(text: str, opening: int, end: int) -> bool:
    """Whether a quotation opened here closes right after the name, with more of the name before it."""
    closes = text[end : end + 1] == "”" and "”" not in text[opening:end]
    return closes and opening > 0 and text[opening - 1].isalnum()


def _is_han(c: str) -> bool:
    return "\u4e00" <= c <= "\u9fff"


def _is_part(text: str, start: int, end: int) -> bool:
    """Whether a numeral is part of a name (360网络安全学院, 1+X) and not a count."""
    if "+" in (text[start - 1 : start], text[end : end + 1]):
        return True
    return (
        text[start:end].isdigit()
        and end - start == 3
        and text[end : end + 1] not in "名个项家所人门次万余多吨亩米元台套平公千斤头只株棵张床件辆座栋间"
    )


def _joins(line: Line, joint: int, start: int, ending: int, rule: EndingRule) -> bool:
    """Whether the words around 与 or 和 make one name: before it a short piece that is nothing of its own."""
    bounds = boundary()
    text = line.text
    last = line.word_before(joint)
    if last is None or start >= ending:
        return False
    if text[last[0] : last[1]] in bounds.paired and text[joint : joint + 1] in "与和":
        return True
    if text[joint:start] == "暨":
        return rule.edition
    if not rule.joining:
        return False
    piece = joint
    named = {s.end: s for s in line.proper if s.label not in ("LOC", "Region")}
    while piece > 0:
        word = line.word_before(piece)
        if word is None or (piece in named and piece < joint):
            break
        value = text[word[0] : word[1]]
        if not value[0].isalnum() or value in bounds.stops | bounds.joining | bounds.subjects:
            break
        piece = word[0]
    found = text[piece:joint]
    if _COUNTED.search(text[:piece]) or _COUNT_AT_HEAD.match(found):
        return False  # 8 个系部|和基础教学部
    dated = rule.edition and (bounds.edition.search(text[:piece]) or _DATED.search(found))
    longest = 3 * _LONGEST_PIECE if dated else _LONGEST_PIECE
    if not 2 <= len(found) <= longest or found in bounds.agents or joint in named:
        return False
    return not holds_ending(text, piece, joint)


def _with_edition(line: Line, start: int, ending: int, end: int, rule: EndingRule) -> int:
    """Puts 2024年 or 第三届 back, and what stands before it when it belongs to the name too."""
    match = boundary().edition.search(line.text[:start])
    if not match or not match.group().strip():
        return start
    edition = match.start()
    before = take_off(line, _scan(line, edition, end, rule), edition, end, rule)
    piece = line.text[before:edition]
    own = any(before <= s.start < edition and s.label in ("College", "Media", "PER", "Person") for s in line.proper)
    quoted = piece[:1] == "“" and not (rule.quotes and piece.rstrip().endswith("”"))
    wanted = 4 <= len(piece.strip()) <= 3 * _LONGEST_PIECE and not own and not quoted
    return before if wanted else edition
