"""Periods in running text: which stretch of time is named where, and which of them holds for a figure.

A year, school year, span or closing date set at the head of a clause holds for what follows in the paragraph,
until another is named. A single date, an edition (第六届) or a year inside a name holds in its own sentence only.
Where nothing is said, the report's own year is assumed and marked as not stated.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from qgraph.ontology import read_patterns
from qgraph.records import Period
from qgraph.text import parse_number

_Y = r"(?<!\d)((?:19|20)\d\d)"
_DASH = r" *(?:[-–—~～－至到]|——) *"
_DATE = rf"{_Y} *年 *(\d{{1,2}}) *月(?: *(\d{{1,2}}) *日)?"
_TITLES = re.compile(r"《[^》]*》|〔[^〕]*〕")
_SENTENCE_START = frozenset("，。；：、（(！？ \n\t")


@dataclass(frozen=True, slots=True)
class PeriodMention:
    """A period named at `text[start:end]`. `scoped` says that it holds for what follows in the paragraph,
    `named` that it stands inside the name of an event, project or fund."""

    start: int
    end: int
    period: Period
    scoped: bool
    named: bool


def year_period(year: int, *, stated: bool = True) -> Period:
    """The calendar year."""
    return Period(f"{year}年", f"{year}-01-01", f"{year}-12-31", "calendar_year", stated)


def _day(year: str, month: str, day: str | None, *, last: bool = False) -> date:
    y, m = int(year), min(12, max(1, int(month)))
    if day is None:
        after = date(y + m // 12, m % 12 + 1, 1)
        return after - timedelta(days=1) if last else date(y, m, 1)
    end_of_month = (date(y + m // 12, m % 12 + 1, 1) - timedelta(days=1)).day
    return date(y, m, min(end_of_month, max(1, int(day))))


def _date_label(year: str, month: str, day: str | None) -> str:
    return f"{int(year)}年{int(month)}月" + (f"{int(day)}日" if day else "")


def _span(match: re.Match[str], year: int) -> Period:
    y1, m1, d1, y2, m2, d2 = match.groups()
    first, last = _day(y1, m1, d1), _day(y2 or y1, m2, d2, last=True)
    school = (first.month, first.day, last.month, last.day) == (9, 1, 8, 31) and last.year == first.year + 1
    label = f"{_date_label(y1, m1, d1)}至{_date_label(y2 or y1, m2, d2)}"
    return Period(label, first.isoformat(), last.isoformat(), "school_year" if school else "span", True)


def _days(period: Period) -> int:
    return (date.fromisoformat(period.end) - date.fromisoformat(period.start)).days


def _as_of(match: re.Match[str], year: int) -> Period:
    y, m, d = match.groups()
    day = _day(y, m, d, last=True)
    return Period(f"截至{_date_label(y, m, d)}" + ("" if d else "底"), "", day.isoformat(), "as_of", True)


def _as_of_year(match: re.Match[str], year: int) -> Period:
    return Period(f"截至{match[1]}年底", "", f"{match[1]}-12-31", "as_of", True)


def _since(match: re.Match[str], year: int) -> Period:
    return Period(f"{match[1]}年至{year}年", f"{match[1]}-01-01", f"{year}-12-31", "span", True)


def _years(match: re.Match[str], year: int) -> Period:
    return _years_of(match[1], match[2], match[3])


def _years_of(first: str, last: str, word: str) -> Period:
    if len(last) == 2:
        last = first[:2] + last
    if word == "学年" or (word == "年度" and int(last) == int(first) + 1):
        return Period(f"{first}—{last}{word}", f"{first}-09-01", f"{last}-08-31", "school_year", True)
    return Period(f"{first}—{last}年", f"{first}-01-01", f"{last}-12-31", "span", True)


def _point(match: re.Match[str], year: int) -> Period:
    y, m, d = match.groups()
    first, last = _day(y, m, d), _day(y, m, d, last=True)
    return Period(_date_label(y, m, d), first.isoformat(), last.isoformat(), "span", True)


def _cohort(match: re.Match[str], year: int) -> Period:
    cohort = int(match[1]) if len(match[1]) == 4 else year // 100 * 100 + int(match[1])
    word = match[2]
    first = f"{cohort}-01-01" if word == "届" else f"{cohort}-09-01"
    return Period(f"{cohort}{word}", first, f"{cohort}-12-31", "cohort", True)


def _financial(match: re.Match[str], year: int) -> Period:
    return Period(f"{match[1]}财政年度", f"{match[1]}-01-01", f"{match[1]}-12-31", "financial_year", True)


def _calendar(match: re.Match[str], year: int) -> Period:
    return year_period(int(match[1]))


def _recent(match: re.Match[str], year: int) -> Period:
    count = int(parse_number(match[1]) or 1)
    return Period(f"近{match[1]}年（至{year}年）", f"{year - count + 1}-01-01", f"{year}-12-31", "span", True)


def _edition(match: re.Match[str], year: int) -> Period:
    label = re.sub(r" ", "", match[0])
    return Period(f"{label}（{year}年）", f"{year}-01-01", f"{year}-12-31", "edition", False)


_Maker = Callable[[re.Match[str], int], Period]
# in the order in which they are tried: what matched before is not read again
_FORMS: tuple[tuple[str, str, _Maker], ...] = (
    ("span", rf"{_DATE}{_DASH}(?:{_Y} *年 *)?(\d{{1,2}}) *月(?: *(\d{{1,2}}) *日)?", _span),
    ("since", rf"自 *{_Y} *年[^，。；]{{0,20}}?(?:以来|起|至今)", _since),
    ("since", rf"{_Y} *年(?: *\d{{1,2}} *月)?(?: *\d{{1,2}} *日)?(?:以来|起(?=，))", _since),
    ("as_of", rf"(?:截[至止](?:到|至)?|至) *{_DATE}底?", _as_of),
    ("as_of", rf"截[至止](?:到|至)? *{_Y} *年(?:年?底|末)", _as_of_year),
    ("years", rf"{_Y} *(?:学年|年)?{_DASH}((?:20)?\d\d) *(学年|年度|年)", _years),
    ("cohort", r"(?<!\d)((?:20)?\d\d) *(届)(?= *(?:毕业|高校毕业|应届|结业|学生|专科|高职))", _cohort),
    ("cohort", r"(?<!\d)((?:20)?\d\d) *(级)(?= *(?:学生|新生|在校|本科|高职|专科|\d+ *个专业|专业|班|各))", _cohort),
    ("point", _DATE, _point),
    ("financial", rf"{_Y} *(?:财年|(?:年)?(?:财政|会计|预算)年度)", _financial),
    ("year", rf"{_Y} *年(?:年?末|年?底)?(?:度)?", _calendar),
    ("bracket", rf"(?<=[（(]){_Y}(?:年度?)?(?=[）)])", _calendar),
    ("recent", r"近([一二两三四五六七八九十]|\d{1,2}) *年(?:来|以来|间)?", _recent),
    ("edition", r"第 *(?:[一二三四五六七八九十百]+|\d{1,3}) *届|首届", _edition),
)


@cache
def _forms() -> tuple[tuple[str, re.Pattern[str], _Maker], ...]:
    compiled = [(kind, re.compile(pattern), maker) for kind, pattern, maker in _FORMS]
    for row in read_patterns("periods")["relative"]["words"]:
        compiled.append(("relative", re.compile(row["pattern"]), _relative(int(row["years"]), bool(row["stated"]))))
    return tuple(compiled)


def _relative(offset: int, stated: bool) -> _Maker:
    def make(match: re.Match[str], year: int) -> Period:
        return year_period(year + offset, stated=stated)

    return make


def find_periods(text: str, year: int) -> tuple[PeriodMention, ...]:
    """All periods named in a text, in reading order; `year` is the report's own. Titles 《…》 are passed over."""
    names = read_patterns("periods")["names"]
    event, verbs = re.compile(names["event"]), re.compile(names["verbs"])
    compared = re.compile(names["compared"])
    taken = [match.span() for match in _TITLES.finditer(text)]
    found: list[PeriodMention] = []
    for kind, pattern, maker in _forms():
        for match in pattern.finditer(text):
            a, b = match.span()
            if any(a < end and start < b for start, end in taken):
                continue
            if compared.search(text[:a]):
                taken.append((a, b))
                continue  # 比上年, 较 2023 年: what is compared with
            taken.append((a, b))
            after = text[b : b + 60]
            heads = a == 0 or text[a - 1] in _SENTENCE_START
            inside = _in_bracket(text, a)
            named = (
                inside
                or kind in ("bracket", "edition")
                or (kind == "year" and not verbs.match(after) and (not heads or event.match(after) is not None))
            )
            period = maker(match, year)
            scoped = not inside and (
                kind in ("since", "as_of", "years", "recent", "relative", "financial")
                or (kind in ("year", "cohort") and heads and not named)
                or (kind == "span" and _days(period) > 60)
            )
            found.append(PeriodMention(a, b, period, scoped, named))
    return tuple(sorted(found, key=lambda m: m.start))


_HEADING_YEARS = re.compile(rf"{_Y}{_DASH}((?:20)?\d\d) *(学年|年度|年)?")
_HEADING_COHORT = re.compile(r"((?:20)?\d\d) *(届|级)(?:毕业生|学生|新生)?")
_HEADING_YEAR = re.compile(rf"{_Y} *年?(?:度)?")


def heading_period(text: str, year: int) -> Period | None:
    """The period that the heading of a column or row is, if it says nothing else: 2023-2024 学年, 2023 届, 2023."""
    text = text.strip()
    if match := _HEADING_YEARS.fullmatch(text):
        word = match[3] or ("学年" if int(match[2][-2:]) == int(match[1][-2:]) + 1 else "年")
        return _years_of(match[1], match[2], word)
    if match := _HEADING_COHORT.fullmatch(text):
        return _cohort(match, year)
    if match := _HEADING_YEAR.fullmatch(text):
        return year_period(int(match[1]))
    found = find_periods(text, year)
    whole = len(found) == 1 and found[0].start == 0 and found[0].end == len(text) and found[0].period.kind != "edition"
    return found[0].period if whole else None


class PeriodScope:
    """Which period holds at a place of one paragraph.

    `opening` is the period under which the paragraph begins: that of the sentence that opened the section, if
    it set one, else the report's year.
    """

    def __init__(self, text: str, sentences: Sequence[tuple[int, int]], year: int, opening: Period | None) -> None:
        self._text = text
        self._sentences = tuple(sentences)
        self._mentions = find_periods(text, year)
        self._default = opening or year_period(year, stated=False)

    def mention_at(self, start: int, end: int) -> PeriodMention | None:
        """The mention that a figure at `start`…`end` is read with: the nearest before it in its sentence, else
        one behind it in its clause."""
        a, b = next(((a, b) for a, b in self._sentences if a <= start < b), (0, len(self._text)))
        before = [m for m in self._mentions if a <= m.start and m.end <= start and not self._over(m, start)]
        scoped = [m for m in before if m.scoped]
        if scoped and before[-1].named and _in_bracket(self._text, before[-1].start):
            return scoped[-1]
        years = [m for m in before if m.period.kind != "edition"]
        if years and years[-1].named and before[-1].period.kind == "edition" and before[-1] is not years[-1]:
            return years[-1] if not _clause_between(self._text, years[-1].end, before[-1].start) else before[-1]
        if before:
            return before[-1]
        clause_end = _clause_end(self._text, end, b)
        behind = [m for m in self._mentions if end <= m.start and m.end <= clause_end]
        return next((m for m in behind if m.period.kind not in ("recent", "cohort")), None)

    def _over(self, mention: PeriodMention, start: int) -> bool:
        """Whether a period told before no longer holds at `start`."""
        names = read_patterns("periods")["names"]
        left, between = self._text[: mention.start], self._text[mention.end : start]
        if re.search(names["passing_from"], left) and re.search(names["passing_to"], between):
            return True
        apart = _clause_between(self._text, mention.end, start)
        point = mention.period.kind == "span" and not mention.scoped
        return point and apart and re.search(names["inside"], left) is not None

    def at(self, start: int, end: int) -> Period:
        """The period that holds for a figure at `start`…`end`."""
        mention = self.mention_at(start, end)
        if mention is not None:
            return mention.period
        carried = [m for m in self._mentions if m.scoped and m.end <= start and not self._over(m, start)]
        return carried[-1].period if carried else self._default

    @property
    def closing(self) -> Period | None:
        """The period that the paragraph sets and leaves standing at its end, if any."""
        scoped = [m for m in self._mentions if m.scoped and m.period.stated]
        return scoped[-1].period if scoped else None


def _clause_end(text: str, start: int, end: int) -> int:
    cut = re.compile("[，。；：]").search(text, start, end)
    return cut.start() if cut else end


def _clause_between(text: str, start: int, end: int) -> bool:
    return re.compile("[，。；：]").search(text, start, end) is not None


def _in_bracket(text: str, offset: int) -> bool:
    opened = max(text.rfind("（", 0, offset), text.rfind("(", 0, offset))
    return opened >= 0 and not re.search("[）)]", text[opened:offset])
