"""Quantities in running text: number, unit and bound, with exact offsets.

Numbers are digits, Chinese numerals or a mixture (8万余人次, 三家, 近百场). Dates, years, ordinals, ranks, section
and document numbers, names such as “1+X” and figures inside quoted names and titles are not quantities.
`find_quantities` works on a plain string; the spaCy component "quantities" fills `doc.spans["quantities"]`
and `doc._.quantities`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from spacy.language import Language
from spacy.tokens import Doc

from qgraph.language.quantities_grammar import ARABIC, Grammar, grammar
from qgraph.language.spans import NameSpan, add_spans
from qgraph.text import parse_number

_WIDE = str.maketrans("０１２３４５６７８９，．％", "0123456789,.%")
_TITLE = re.compile(r"《[^》]*》|〔[^〕]*〕")
_QUOTE = re.compile(r"[“\"「『][^“”\"「」『』]*[”\"」』]")
_ENDS = ("", *"，。；、）)：:！？ \n")
_REACH = 24  # characters before and behind a number that the rules look at


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity in a text: `text[start:end]` runs from its bound to its unit.

    `number` is the number as printed ("8万余"), with offsets `number_start`, `number_end`; `value` is resolved
    (8万余人次: 80000), except that money keeps the 万 or 亿 printed in its unit. `kind` says what the unit
    measures; `counted` what is counted where the unit itself says it (1 金: 金牌); `each` that it holds for each
    of several things named before (各 1 项).
    """

    start: int
    end: int
    number_start: int
    number_end: int
    number: str
    value: Decimal
    unit: str
    kind: str
    bound: str
    counted: str = ""
    each: bool = False


@lru_cache(maxsize=4096)
def find_quantities(text: str) -> tuple[Quantity, ...]:
    """All quantities of a text, in reading order."""
    rules = grammar()
    plain = text.translate(_WIDE)
    foreign = [match.span() for match in _TITLE.finditer(plain)]
    foreign += [m.span() for m in _QUOTE.finditer(plain) if m.end() - m.start() - 2 <= rules.quoted]
    found: list[Quantity] = []
    for quantity in _candidates(plain, rules):
        if any(a <= quantity.number_start < b for a, b in foreign):
            continue
        if not found or quantity.start >= found[-1].end:
            found.append(quantity)
    for quantity in tuple(found):
        found.extend(_sharing_unit(plain, quantity, rules))
    # of two that begin with one number the later found wins: its unit was read further on
    by_number = {q.number_start: q for q in found}
    return tuple(sorted(by_number.values(), key=lambda q: q.start))


def _candidates(text: str, rules: Grammar) -> list[Quantity]:
    found: list[Quantity] = []
    for pattern, han in ((rules.arabic, False), (rules.han, True)):
        for match in pattern.finditer(text):
            quantity = _from_match(text, match, han, rules)
            if quantity is not None:
                found.append(quantity)
    found.extend(_percent_of(text, rules))
    found.extend(_medals(text, rules))
    return sorted(found, key=lambda q: (q.number_start, -q.end))


def _from_match(text: str, match: re.Match[str], han: bool, rules: Grammar) -> Quantity | None:
    start = match.start()
    bound = rules.before.get(match["before"], "约") if match["before"] else ""
    if bound and rules.bound_word_before.search(text[max(0, start - 1) : start]):
        bound, start = "", match.start("number")
    left = text[max(0, start - _REACH) : start]
    if (rules.left_han if han else rules.left).search(left) or _not_a_figure(text, match, han, left, rules):
        return None
    value, unit, last = _amount(match, han, rules)
    if value is None:
        return None
    if match["more"] or match["more2"]:
        bound = "余"
    elif match["after"]:
        bound = rules.after[match["after"]]
    return Quantity(
        start=start,
        end=match.end(),
        number_start=match.start("number"),
        number_end=match.end(last),
        number=text[match.start("number") : match.end(last)],
        value=value,
        unit=unit,
        kind=rules.units[match["unit"]].kind,
        bound=bound,
        each=left.rstrip().endswith("各"),
    )


def _amount(match: re.Match[str], han: bool, rules: Grammar) -> tuple[Decimal | None, str, str]:
    """Value, unit, and the group of the match with which the number ends."""
    unit = rules.units[match["unit"]]
    number, scale = match["number"], match["scale"] or ""
    last = next(g for g in ("more2", "scale", "more", "number") if match[g])
    kept = ""
    if unit.kind == "money":
        kept = scale[-1:] if scale[-1:] in ("万", "亿") else ""
        if han and not scale and len(number) > 1 and number[-1] in "万亿":
            number, kept = number[:-1], number[-1]
        scale = scale.removesuffix(kept)
        if last == "scale":
            last = "more" if match["more"] else "number"
    value = parse_number("一" + number if number[0] in "万亿" else number)
    if value is not None and scale:
        value = _plain(value * (parse_number("一" + scale if scale[0] != "十" else scale) or 1))
    return value, kept + unit.normal, last


def _plain(value: Decimal) -> Decimal:
    """Without the decimal places that scaling left empty (3.4万: 34000, not 34000.0)."""
    whole = value.to_integral_value()
    return whole if whole == value else value


def _not_a_figure(text: str, match: re.Match[str], han: bool, left: str, rules: Grammar) -> bool:
    unit, number = rules.units[match["unit"]], match["number"]
    following = text[match.end() : match.end() + _REACH]
    if not han and rules.year.match(number) and unit.normal in ("年", "届", "期", "批"):
        return True
    if unit.normal == "班" and rules.code.match(number):
        return True
    if unit.kind == "ratio" and unit.printed.endswith("1") and rules.even.match(number):
        return True
    lasting = unit.kind in ("duration", "events") and rules.duration_condition.search(left)
    if lasting and rules.duration_condition_right.match(following):
        return True
    if unit.kind == "duration":
        if match["before"] in ("近", "将近", "接近"):
            return True
        told = rules.duration_left.search(left) or rules.duration_right.match(following)
        return not (told or "." in number)
    if unit.kind == "age" and not rules.age_left.search(left):
        return True
    if unit.kind == "length" and rules.contest_right.match(following):
        return True
    if unit.kind == "score" and rules.score_left.search(left):
        return bool(match["after"]) or rules.score_line.search(left) is None
    if han and _idle_numeral(match, left, following, unit.normal, rules):
        return True
    return (han or unit.kind == "abstract") and rules.abstract.match(following) is not None


def _idle_numeral(match: re.Match[str], left: str, following: str, unit: str, rules: Grammar) -> bool:
    """Chinese numerals that state no number: 一个 as an article, 二十大, a bare 万."""
    number = match["number"]
    if number in ("一", "〇", "零"):
        return not (rules.one_left.search(left) and (following[:1] in _ENDS or left.endswith("为期")))
    if rules.congress.match(number) and unit in ("个", "届"):
        return True
    bare = re.fullmatch("[百千万亿]+", number) is not None
    return bare and not (match["more"] or match["more2"] or match["before"])


def _percent_of(text: str, rules: Grammar) -> Iterator[Quantity]:
    for match in rules.percent_of.finditer(text):
        value = parse_number(match["number"])
        decimals = parse_number(match["decimal"]) if match["decimal"] else None
        if value is None:
            continue
        if decimals is not None:
            value += decimals.scaleb(-len(match["decimal"]))
        yield Quantity(*match.span(), *match.span(), match[0], value, "%", "share", "")


def _medals(text: str, rules: Grammar) -> Iterator[Quantity]:
    for match in rules.medal.finditer(text):
        value = parse_number(match["number"])
        if value is None or rules.left.search(text[max(0, match.start() - _REACH) : match.start()]):
            continue
        counted = rules.medals[match["medal"]]
        yield Quantity(*match.span(), *match.span("number"), match["number"], value, "枚", "count", "", counted)


def _sharing_unit(text: str, quantity: Quantity, rules: Grammar) -> Iterator[Quantity]:
    """The numbers right before a quantity that are joined to it by 、 or 和 and share its unit (1.1个和0.4个百分点)."""
    match = rules.shared.search(text[: quantity.start], max(0, quantity.start - 60))
    if match is None or match.start() == 0 or rules.left.search(text[max(0, match.start() - _REACH) : match.start()]):
        return
    for number in re.finditer(rf"({ARABIC})(?: *个)?", match[0]):
        value = parse_number(number[1])
        if value is not None:
            a, b, c = (match.start() + n for n in (*number.span(1), number.end()))
            yield replace(quantity, start=a, end=c, number_start=a, number_end=b, number=number[1], value=value)


Doc.set_extension("quantities", default=(), force=True)


def quantities(doc: Doc) -> Doc:
    """Fills `doc.spans["quantities"]` (label: kind of unit, name: unit) and `doc._.quantities`."""
    found = find_quantities(doc.text)
    doc._.quantities = found
    add_spans(doc, "quantities", (NameSpan(q.start, q.end, q.kind, q.unit, "quantities") for q in found))
    return doc


Language.component("quantities", func=quantities)
