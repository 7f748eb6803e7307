"""Pure text functions: folding, numerals, sentence and bigram splitting. No knowledge of the field."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, InvalidOperation

_FOLD_AWAY = re.compile(r"[\s\"'“”‘’《》〈〉「」『』()\[\]【】·・.,，。、—\-–_－:：]")
_SENTENCE_BREAK = re.compile(r"[。！？!?；;]+[”’」』）)]*|\n+")
_BRACKETS = {"（": "）", "(": ")", "《": "》", "〈": "〉", "【": "】", "[": "]"}
_HAN_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_HAN_SCALES = {"十": 10, "百": 100, "千": 1000}
_HAN_LARGE = {"万": 10**4, "亿": 10**8}


def nfkc(text: str) -> str:
    """Compatibility form: full-width letters, digits and brackets become half-width."""
    return unicodedata.normalize("NFKC", text)


def fold(text: str) -> str:
    """The form in which names are compared: NFKC, lower case, without spaces, quotes, brackets, dashes."""
    return _FOLD_AWAY.sub("", nfkc(text).lower())


def squeeze(text: str) -> str:
    """NFKC without any white space: the form in which quotations are compared."""
    return re.sub(r"\s+", "", nfkc(text))


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Spans of the sentences of a paragraph, in order, without the white space around them.

    A sentence ends at 。！？ and at ；, with the closing quotes and brackets that follow; marks inside
    brackets or 《》 do not end one. A bracket that is never closed does not count.
    """
    shielded = _bracketed(text)
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _SENTENCE_BREAK.finditer(text):
        if match.start() >= start and (match[0][0] == "\n" or not shielded[match.start()]):
            spans.append((start, match.end()))
            start = match.end()
    spans.append((start, len(text)))
    trimmed = []
    for a, b in spans:
        while a < b and text[a].isspace():
            a += 1
        while b > a and text[b - 1].isspace():
            b -= 1
        if a < b:
            trimmed.append((a, b))
    return trimmed


def _bracketed(text: str) -> list[bool]:
    """For each character, whether it stands inside a pair of brackets of its own line."""
    inside = [False] * len(text)
    open_: list[tuple[str, int]] = []
    for i, c in enumerate(text):
        if c in _BRACKETS:
            open_.append((_BRACKETS[c], i))
        elif c == "\n":
            open_.clear()
        elif any(close == c for close, _ in open_):
            close, at = open_.pop()
            while close != c:
                close, at = open_.pop()
            inside[at:i] = [True] * (i - at)
    return inside


def bigrams(text: str) -> list[str]:
    """Character bigrams of the folded text; Latin words and numbers stay whole; a lone character is kept."""
    grams: list[str] = []
    for chunk in re.findall(r"[a-z]+|\d+(?:\.\d+)?|[^\W\da-z_]+", nfkc(text).lower()):
        if chunk[0].isascii() or len(chunk) == 1:
            grams.append(chunk)
        else:
            grams.extend(chunk[i : i + 2] for i in range(len(chunk) - 1))
    return grams


def parse_number(text: str) -> Decimal | None:
    """Value of a numeral in digits, Chinese numerals or a mixture ("2,656.82", "8万", "三十四", "两").

    Returns None for anything else; no unit may follow.
    """
    t = nfkc(text).replace(",", "").replace(" ", "")
    match = re.fullmatch(r"(\d+(?:\.\d+)?)([十百千万亿]*)", t)
    if match:
        try:
            value = Decimal(match[1])
        except InvalidOperation:
            return None
        for scale in match[2]:
            value *= (_HAN_SCALES | _HAN_LARGE)[scale]
        return value
    if not re.fullmatch(r"[零〇一二两三四五六七八九十百千万亿]+", t):
        return None
    if not re.search(r"[十百千万亿]", t):
        return Decimal("".join(str(_HAN_DIGITS[c]) for c in t))
    total = section = digit = 0
    for c in t:
        if c in _HAN_DIGITS:
            digit = _HAN_DIGITS[c]
        elif c in _HAN_SCALES:
            section, digit = section + (digit or 1) * _HAN_SCALES[c], 0
        else:
            # "万余人", "近亿元": a scale without a number before it counts one.
            scale = _HAN_LARGE[c]
            below = total % (scale * 10**4) if scale < 10**8 else total
            total = total - below + (below + section + digit or 1) * scale
            section = digit = 0
    return Decimal(total + section + digit)


def in_order(short: str, name: str) -> bool:
    """Whether the characters of a short name stand in the name in this order, not all of them side by side (虚构学院:
    虚构职业技术学院)."""
    rest = iter(name)
    return all(c in rest for c in short)
