"""The words that belong to each quantity of a sentence: what leads to it and what it counts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qgraph.extraction.observations_words import Words, words
from qgraph.language.quantities import Quantity
from qgraph.records import Document, Paragraph

_OPEN, _CLOSE = "（(", "）)"
_HARD = "，。；：:！？!?;"
_OF = re.compile(r"(?<=[一-鿿])的(?=[一-鿿]{2,10} *$)")
# 和 between two counted lists (3 个校区|和图书馆、体育馆 2 座场馆).
_SECOND_LIST = re.compile(r"(?<=[一-鿿]{2})(?:和|以及|及)(?=[一-鿿]{2,16}、[^、，]{2,16}$)")
_LIST_END = re.compile(r"等 *(?:共|共计|约)? *$")


@dataclass(frozen=True, slots=True)
class Fragment:
    """A quantity with its words. `before` stands between the clause's start (or the figure before) and the
    quantity, `behind` between the quantity and the end of what it counts; `start` and `end` are the offsets
    of both together. `clause` is the text of the clauses of the sentence before `before`, from the last figure on.

    `tail` is the rest of the clause behind `end`.

    `goes_on` says that what is counted goes on behind a 、, `first` that no figure stands before it in its sentence,
    `bracketed` that it stands in brackets behind what it belongs to, `of_which` that 其中 or 包括 leads to it.
    """

    quantity: Quantity
    start: int
    end: int
    before: str
    behind: str
    clause: str
    sentence: tuple[int, int]
    goes_on: bool
    first: bool
    bracketed: bool
    of_which: bool
    tail: str = ""


def fragments(text: str, sentences: Sequence[tuple[int, int]], found: Sequence[Quantity]) -> list[Fragment]:
    """One fragment a quantity, in reading order; `sentences` are the spans of the sentences of the text."""
    rules = words()
    result: list[Fragment] = []
    for a, b in sentences:
        inside = [q for q in found if a <= q.start < b]
        for i, quantity in enumerate(inside):
            left = inside[i - 1].end if i else a
            right = inside[i + 1] if i + 1 < len(inside) else None
            result.append(_fragment(text, (a, b), left, quantity, right, i == 0, rules))
    return result


def _fragment(
    text: str,
    sentence: tuple[int, int],
    left: int,
    quantity: Quantity,
    right: Quantity | None,
    first: bool,
    rules: Words,
) -> Fragment:
    start, bracketed = _start_of_before(text, left, quantity, first, rules)
    end = _end_of_behind(text, quantity.end, sentence[1], right, rules)
    before, behind = text[start : quantity.start], text[quantity.end : end]
    clause = text[left:start]
    of_which = rules.of_which.match(before) is not None or rules.of_which.match(clause.lstrip(_CLOSE)) is not None
    if not of_which and not first:
        of_which = any(rules.of_which.match(part) for part in re.split(f"[{_HARD}]", clause))
    goes_on = text[end : end + 1] == "、"
    hard = [i for i in _boundaries(text, end, sentence[1]) if text[i] in _HARD]
    tail = text[end : hard[0] if hard else sentence[1]]
    return Fragment(quantity, start, end, before, behind, clause, sentence, goes_on, first, bracketed, of_which, tail)


def _start_of_before(text: str, left: int, quantity: Quantity, first: bool, rules: Words) -> tuple[int, bool]:
    """Where the words that lead to a quantity begin, and whether it stands in brackets of its own."""
    stop = quantity.start
    opened = _open_bracket(text, left, stop)
    if opened is not None:
        inner = text[opened + 1 : stop].strip()
        if rules.without_measures(inner):
            parts = [opened + 1 + m.end() for m in re.finditer(f"[{_HARD}、]", text[opened + 1 : stop])]
            if parts and text[parts[-1] - 1] == "、" and not _alone(text, quantity):
                return stop, True  # what is counted is named behind: （甲、乙、丙 3 个职业）
            return (parts[-1] if parts else opened + 1), True
        stop = opened
    hard = [i for i in _boundaries(text, left, stop) if text[i] in _HARD]
    if hard:
        return hard[-1] + 1, False
    if first:
        return left, False
    return _split_between(text, left, stop, _alone(text, quantity), rules)[1], False


def _end_of_behind(text: str, start: int, stop: int, right: Quantity | None, rules: Words) -> int:
    limit = right.start if right is not None else stop
    hard = [i for i in _boundaries(text, start, limit) if text[i] in _HARD]
    if hard:
        limit = hard[0]
    elif right is not None:
        limit = _split_between(text, start, limit, _alone(text, right), rules)[0]
    single = re.search(f"[{_OPEN}{_CLOSE}]", _without_brackets(text[start:limit]))
    return start + single.start() if single else limit


def _alone(text: str, quantity: Quantity) -> bool:
    """Whether no words follow a quantity that could say what it counts."""
    return not text[quantity.end :].strip() or text[quantity.end :].lstrip()[0] in _HARD + "、）)"


def _split_between(text: str, start: int, stop: int, alone: bool, rules: Words) -> tuple[int, int]:
    """Two quantities of one clause: where the words of the first end, where those of the second begin. `alone` says
    that nothing behind the second tells what it counts: then it is what stands behind 的 (17 个国家的留学生 203 人)."""
    between = _without_brackets(text[start:stop])
    leading = re.match(r"[ ）)]*(?:、|和|及|以及|与)? *", between)
    skip = leading.end() if leading else 0
    if skip >= len(between.rstrip()):
        return start, start + skip
    joined = bool(leading and leading[0].strip(" ）)"))
    if joined:
        return start, start + skip
    cut = _SECOND_LIST.search(between, skip) if alone is False else None
    if cut:
        return cut.start() + start, cut.end() + start
    cut = re.search("[、和及与]" if _LIST_END.search(between) else "、", between[skip:])
    if cut:
        return start + skip + cut.start(), start + skip + cut.end()
    tail = re.search(r"(?:的|和|及|以及|与)? *$", between)
    if tail and tail[0].strip():
        return start + tail.start(), stop
    of = _OF.search(between)
    if of and alone and rules.verb_from(between[: of.start()], skip) is None:
        return start + of.start(), start + of.end()
    verb = rules.verb_from(between, skip + 2)
    if verb is not None:
        return start + verb, start + verb
    return stop, stop


def _without_brackets(text: str) -> str:
    """The text with what stands in brackets blotted out, at the same length."""
    return re.sub(r"[（(][^（()）]*[）)]", lambda match: "·" * len(match[0]), text)


def _open_bracket(text: str, left: int, stop: int) -> int | None:
    """Offset of the bracket that is open at `stop`, if it was opened after `left`."""
    depth = 0
    for i in range(stop - 1, left - 1, -1):
        if text[i] in _CLOSE:
            depth += 1
        elif text[i] in _OPEN:
            if depth == 0:
                return i
            depth -= 1
    return None


def _boundaries(text: str, start: int, stop: int) -> list[int]:
    """Offsets of the marks outside of brackets, quotations and titles."""
    found, depth = [], 0
    for i in range(start, stop):
        c = text[i]
        if c in "（(《“‘":
            depth += 1
        elif c in "）)》”’":
            depth = max(0, depth - 1)
        elif depth == 0 and c in _HARD:
            found.append(i)
    return found


def sentence_spans(document: Document, paragraph: Paragraph) -> list[tuple[int, int]]:
    """Spans of the paragraph's sentences, as offsets in its text."""
    spans = []
    position = paragraph.start
    while position < paragraph.end:
        sentence = document.sentence_at(position)
        if sentence is None or sentence.end <= position:
            position += 1
            continue
        spans.append((sentence.start - paragraph.start, sentence.end - paragraph.start))
        position = sentence.end
    return spans
