"""Figures of a sentence with the words around them, and whether sources bear them out.

Stricter than the extraction of observations: every number counts, also a bare one, since every number in
generated text must be borne out.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from qgraph.grounding.dates import Date, take_dates
from qgraph.ontology import read_lexicon, read_patterns
from qgraph.text import nfkc, parse_number
from qgraph.words import words

_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_HAN = "[零〇一二两三四五六七八九十百千万亿]+"
_HAN_YEAR = re.compile("[一二][零〇一二三四五六七八九]{3}(?=年)")
_PERCENT = re.compile(f"百分之({_DIGITS}|{_HAN})(?:点([零〇一二三四五六七八九]+))?")
_BOUNDARY = re.compile(r"[，。；：、！？（）()“”《》\n\t,;:!?]")
_CODE = re.compile(r"[A-Za-z]+[-+]?\d[\w.+-]*|\d[\d.]*[A-Za-z+]\w*", re.ASCII)
_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_THIN = 3  # letters of label up to which the words before it are taken too


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit. `value` has 万 and 亿 resolved; `unit` is the normal unit ("" for a bare number),
    with 第 before it for an ordinal; `bound` is "", more, less or about; `label` holds the words
    around it."""

    text: str
    value: Decimal
    unit: str
    bound: str
    label: frozenset[str]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text states in numbers: figures, dates, codes such as 5G or C919, places such as 表 1-1."""

    figures: tuple[Figure, ...]
    dates: tuple[Date, ...]
    codes: tuple[str, ...]
    places: tuple[str, ...]


def read_numbers(text: str) -> Reading:
    """Figures, dates and codes of a text, each in order."""
    dates, rest = take_dates(_plain(text))
    places = tuple(match[0] for match in _places().finditer(rest))
    rest = _places().sub(lambda m: " " * len(m[0]), rest)
    codes = []
    for match in _CODE.finditer(rest):
        if not _with_unit().fullmatch(match[0]):
            codes.append(match[0])
            rest = rest[: match.start()] + " " * len(match[0]) + rest[match.end() :]
    return Reading(tuple(_figures(rest)), dates, tuple(codes), places)


def is_borne_out(figure: Figure, sources: Sequence[Figure]) -> bool:
    """Whether a source has the figure: value, unit and bound, beside words like those beside it here.

    Words that stand beside few of the figures with such a unit tell more than those beside many, and those
    beside all of them tell nothing.
    """
    rivals = [other for other in sources if _same_unit(figure.unit, other.unit)]
    same = [f for f in rivals if f.value == figure.value and _same_bound(figure.bound, f.bound)]
    if not same:
        return False
    share = float(read_patterns("grounding")["limits"]["nearest"])
    spread = Counter(word for other in rivals for word in other.label)

    def likeness(other: Figure) -> float:
        return sum(math.log(len(rivals) / spread[word]) for word in sorted(figure.label & other.label))

    return max(map(likeness, same)) >= max(map(likeness, rivals)) * share


def _plain(text: str) -> str:
    """NFKC, with percentages and years in digits."""
    text = _HAN_YEAR.sub(lambda m: "".join(str(parse_number(c)) for c in m[0]), nfkc(text))

    def percent(match: re.Match[str]) -> str:
        decimals = "".join(str(parse_number(c)) for c in match[2] or "")
        return f"{parse_number(match[1])}{'.' + decimals if decimals else ''}%"

    return _PERCENT.sub(percent, text)


def _figures(text: str) -> list[Figure]:
    arabic = list(_arabic().finditer(text))
    taken = [match.span("number") for match in arabic]
    han = [m for m in _han().finditer(text) if _states_number(m) and not _overlaps(m.span("number"), taken)]
    matches = sorted([*arabic, *han], key=lambda m: m.start("number"))
    # in the words around a figure no other figure counts
    rest = text
    for match in matches:
        rest = rest[: match.start()] + re.sub(r"[^\t\n]", " ", match[0]) + rest[match.end() :]
    found = []
    for n, match in enumerate(matches):
        value = parse_number(match["number"])
        if value is None:
            continue
        for scale in match["scale"] + match["scale2"]:
            value *= _SCALES[scale]
        unit = ("第" if match["ordinal"] else "") + _units().get(match["unit"], "")
        left = matches[n - 1].end() if n else 0
        right = matches[n + 1].start() if n + 1 < len(matches) else len(text)
        label = _label(rest, left, (match.start("number"), match.end()), right)
        found.append(Figure(match[0].strip(), value, unit, _bound(match), label))
    return found


def _states_number(match: re.Match[str]) -> bool:
    """Whether Chinese numerals count something: 一个 is mostly an article, a bare 百 or 万 a way of speaking."""
    value = parse_number(match["number"])
    return value is not None and (value >= 2 or bool(match["ordinal"])) and match["number"] not in _SCALES


def _overlaps(span: tuple[int, int], taken: Iterable[tuple[int, int]]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in taken)


def _label(text: str, left: int, span: tuple[int, int], right: int) -> frozenset[str]:
    """Words up to the next mark or figure on either side; in a table those of the row and of the column's head."""
    start, end = span
    line_start = text.rfind("\n", 0, start) + 1
    line = text[line_start : text.find("\n", end) if "\n" in text[end:] else len(text)]
    if "\t" in line:
        return frozenset(words(f"{line} {_column_head(text[:line_start], line[start - line_start :])}"))
    before, after = _BOUNDARY.split(text[left:start]), _BOUNDARY.split(text[end:right])[0]
    label = f"{before[-1]} {after}"
    if len(re.findall(r"[^\W\d]", label)) <= _THIN:
        label = f"{' '.join(_BOUNDARY.split(text[:start])[-3:])} {after}"
    return frozenset(words(label))


def _column_head(above: str, following: str) -> str:
    """The head of a column, which is counted from the right: cells that span rows are missing on the left."""
    cells = next((line.split("\t") for line in above.split("\n") if "\t" in line), [])
    column = following.count("\t") + 1
    return cells[-column] if column <= len(cells) else ""


def _same_unit(one: str, other: str) -> bool:
    if one.startswith("第") != other.startswith("第"):
        return False
    if one == other or not one or not other:
        return True
    return "个" in (one, other) and {one, other} <= _counters()


def _same_bound(claimed: str, sourced: str) -> bool:
    return claimed == sourced or (claimed == "about" and not sourced)


def _bound(match: re.Match[str]) -> str:
    words = (match[group].strip() for group in ("before", "more", "more2", "after"))
    return next((_bounds()[word] for word in words if word), "")


@cache
def _bounds() -> Mapping[str, str]:
    table = read_patterns("grounding")["bounds"]
    return {word: key.split("_")[0] for key, words in table.items() for word in words}


@cache
def _units() -> Mapping[str, str]:
    """Normal unit by the way it is printed."""
    return {nfkc(row["unit"]): nfkc(row["normal"]) for row in read_lexicon("units")}


@cache
def _counters() -> frozenset[str]:
    return frozenset(nfkc(row["normal"]) for row in read_lexicon("units") if row["kind"] in ("count", "events"))


@cache
def _places() -> re.Pattern[str]:
    return re.compile(rf"(?:{_any_of(read_patterns('grounding')['places']['words'])})\s*\d+(?:[-—.]\d+)*(?!\d)")


@cache
def _with_unit() -> re.Pattern[str]:
    return re.compile(rf"(?:{_DIGITS})(?:{_any_of(_units())})")


@cache
def _arabic() -> re.Pattern[str]:
    more = r"\s*(?P<more>[余多]?)(?P<scale2>[百千万亿]*)\s*(?P<more2>[余多]?)\s*"
    return _pattern(rf"(?P<number>{_DIGITS})\s*(?P<scale>[百千万亿]*){more}(?P<unit>(?:{_unit_pattern(False)})?)")


@cache
def _han() -> re.Pattern[str]:
    more = r"\s*(?P<more>[余多]?)(?P<scale>)(?P<scale2>)(?P<more2>)\s*"
    return _pattern(rf"(?P<number>{_HAN}){more}(?P<unit>{_unit_pattern(True)})")


def _pattern(number: str) -> re.Pattern[str]:
    table = read_patterns("grounding")["bounds"]
    before = _any_of(word for key, words in table.items() if key.endswith("_before") for word in words)
    after = _any_of(w for key, ws in table.items() if key.endswith("_after") for w in ws if len(w) > 1)
    return re.compile(rf"(?P<before>(?:{before})?)\s*(?P<ordinal>第?)\s*{number}\s*(?P<after>(?:{after})?)")


def _unit_pattern(han: bool) -> str:
    """Any unit, longest first, that is not the beginning of another word; `han`: that Chinese numerals take."""
    rows = sorted(read_lexicon("units"), key=lambda row: (-len(row["unit"]), row["unit"]))
    return "|".join(
        re.escape(nfkc(row["unit"])) + (f"(?!{row['guard']})" if row["guard"] else "")
        for row in rows
        if not han or (row["han"] and row["kind"] != "abstract")
    )


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
