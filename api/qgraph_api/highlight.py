"""Which stretches of a found text to mark: those that share at least two characters with the query."""

from __future__ import annotations

import re
from collections.abc import Iterable

_LEAST = 2
_CONTEXT = 70
_WORDS = re.compile(r"[A-Za-z]+|\d+(?:\.\d+)?|[^\W\dA-Za-z_]+")


def matches(query: str, text: str) -> list[tuple[int, int]]:
    """Spans of `text`, in order and apart, that stand in the query word for word; the longest are taken.

    A Latin word or a number must match as a whole, so that “2” does not light up “2024”.
    """
    spans: list[tuple[int, int]] = []
    lowered = query.lower()
    for word in _WORDS.finditer(text):
        chunk = word[0].lower()
        if chunk[0].isascii():
            if re.search(rf"(?<![\w.]){re.escape(chunk)}(?![\w.])", lowered, re.ASCII):
                spans.append(word.span())
            continue
        i = 0
        while i < len(chunk):
            length = 0
            while i + length < len(chunk) and chunk[i : i + length + 1] in lowered:
                length += 1
            if length >= _LEAST:
                spans.append((word.start() + i, word.start() + i + length))
            i += max(length, 1)
    return spans


def marked(query: str, text: str) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether the query marks it."""
    return _pieces(text, matches(query, text))


def marked_names(names: Iterable[str], text: str) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether it is one of the names, of which the longest wins."""
    ordered = sorted({name for name in names if name}, key=lambda n: (-len(n), n))
    if not ordered:
        return [(text, False)]
    return _pieces(text, [m.span() for m in re.finditer("|".join(map(re.escape, ordered)), text)])


def around(text: str, sentence: str) -> tuple[str, str]:
    """What stands before and after a sentence of the text, cut to some dozens of characters with an ellipsis."""
    at = text.find(sentence)
    if at < 0:
        return "", ""
    before, after = text[:at].replace("\n", " "), text[at + len(sentence) :].replace("\n", " ")
    if len(before) > _CONTEXT:
        before = "……" + before[-_CONTEXT:]
    if len(after) > _CONTEXT:
        after = after[:_CONTEXT] + "……"
    return before, after


def _pieces(text: str, spans: list[tuple[int, int]]) -> list[tuple[str, bool]]:
    pieces: list[tuple[str, bool]] = []
    at = 0
    for start, end in spans:
        if start > at:
            pieces.append((text[at:start], False))
        pieces.append((text[start:end], True))
        at = end
    if at < len(text):
        pieces.append((text[at:], False))
    return pieces
