"""The numbers that Word prints before paragraphs but does not keep in their text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn

_HAN = "零一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    form: str
    text: str


@dataclass
class Numbering:
    """Counts automatic numbers through a document, in reading order."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    counters: dict[str, dict[int, int]] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, document: Any) -> Numbering:
        """The list definitions of a python-docx document; empty if it has none."""
        numbering = cls()
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError, AttributeError):
            return numbering
        for abstract in root.findall(qn("w:abstractNum")):
            key = abstract.get(qn("w:abstractNumId"))
            numbering.levels[key] = {
                int(level.get(qn("w:ilvl"))): _Level(
                    int(_value(level, "w:start") or 1),
                    _value(level, "w:numFmt") or "decimal",
                    _value(level, "w:lvlText") or "",
                )
                for level in abstract.findall(qn("w:lvl"))
            }
        for entry in root.findall(qn("w:num")):
            numbering.lists[entry.get(qn("w:numId"))] = _value(entry, "w:abstractNumId") or ""
        return numbering

    def label(self, paragraph: Any) -> str:
        """What is printed before a paragraph ("第一部分 ", "（二）", "1.1 "), "" for none or a bullet."""
        found = _list_of(paragraph)
        if not found or found[0] == "0":
            return ""
        abstract = self.lists.get(found[0], "")
        level = self.levels.get(abstract, {}).get(found[1])
        if level is None:
            return ""
        counts = self.counters.setdefault(abstract, {})
        counts[found[1]] = counts.get(found[1], level.start - 1) + 1
        for deeper in [n for n in counts if n > found[1]]:
            del counts[deeper]
        if level.form in ("bullet", "none"):
            return ""

        def printed(match: re.Match[str]) -> str:
            n = int(match[1]) - 1
            other = self.levels[abstract].get(n, level)
            count = counts.get(n, other.start)
            return format_count(count, other.form)

        return re.sub(r"%(\d)", printed, level.text)


def format_count(count: int, form: str) -> str:
    """A count in one of Word's number formats; formats that reports do not use come out in digits."""
    if form in (
        "chineseCounting",
        "chineseCountingThousand",
        "japaneseCounting",
        "ideographTraditional",
        "taiwaneseCountingThousand",
        "ideographDigital",
    ):
        return _han(count)
    if form == "decimalEnclosedCircle" and 1 <= count <= 20:
        return chr(0x2460 + count - 1)
    if form in ("lowerLetter", "upperLetter") and 1 <= count <= 26:
        return chr((97 if form == "lowerLetter" else 65) + count - 1)
    return str(count)


def _han(count: int) -> str:
    if not 0 < count < 100:
        return str(count)
    tens, ones = divmod(count, 10)
    if not tens:
        return _HAN[ones]
    return (_HAN[tens] if tens > 1 else "") + "十" + (_HAN[ones] if ones else "")


def _value(element: Any, tag: str) -> str | None:
    child = element.find(qn(tag))
    return None if child is None else child.get(qn("w:val"))


def _list_of(paragraph: Any) -> tuple[str, int] | None:
    """List and level of a paragraph, from itself or from its style."""
    sources = [paragraph._p.pPr]
    style = paragraph.style
    while style is not None:
        sources.append(style.element.pPr)
        style = style.base_style
    number: str | None = None
    level: str | None = None
    for properties in sources:
        if properties is None or properties.numPr is None:
            continue
        number = number or _value(properties.numPr, "w:numId")
        level = level or _value(properties.numPr, "w:ilvl")
        if number is not None:
            break
    return None if number is None else (number, int(level or 0))
