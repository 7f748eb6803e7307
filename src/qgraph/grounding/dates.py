"""Dates of a sentence, as far as they are given, and whether sources bear them out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_YEAR = r"(?:19|20)\d\d"
_FORMS = [
    re.compile(rf"(?P<y>{_YEAR})\s*年\s*(?P<m>\d{{1,2}})\s*月\s*(?P<d>\d{{1,2}})\s*日"),
    re.compile(rf"(?P<y>{_YEAR})[-/.](?P<m>\d{{1,2}})[-/.](?P<d>\d{{1,2}})(?!\d)"),
    re.compile(rf"(?P<y>{_YEAR})\s*年\s*(?P<m>\d{{1,2}})\s*月"),
    re.compile(r"(?<!\d)(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*日"),
    re.compile(rf"(?<!\d)(?P<y>{_YEAR})\s*(?:学?年|[届级]|(?=[-—–~至到]+\s*{_YEAR}))"),
    re.compile(r"(?<![\d个])(?P<m>\d{1,2})\s*月(?!\d)"),
    re.compile(r"(?<!\d)(?P<d>\d{1,2})\s*日"),
    # a year that stands alone: "2024质量年报" is none, "2024）" is
    re.compile(rf"(?<![\d.])(?P<y>{_YEAR})(?![\d.%]|\s*[\u4e00-\u9fff])"),
]


@dataclass(frozen=True, slots=True)
class Date:
    """A date as far as it is given."""

    text: str
    year: int | None
    month: int | None
    day: int | None


def take_dates(text: str) -> tuple[tuple[Date, ...], str]:
    """The dates of a text, and the text with blanks in their place.

    A day after 至 is of the month named before it (7月8日至20日).
    """
    found: list[tuple[int, Date]] = []
    for form in _FORMS:
        for match in form.finditer(text):
            part = {name: int(value) for name, value in match.groupdict().items() if value}
            found.append((match.start(), Date(match[0], part.get("y"), part.get("m"), part.get("d"))))
        text = form.sub(lambda m: " " * len(m[0]), text)
    dates: list[Date] = []
    month: int | None = None
    for _, date in sorted(found, key=lambda item: item[0]):
        month = date.month or month
        only_day = date.day is not None and date.month is None
        dates.append(Date(date.text, date.year, month, date.day) if only_day else date)
    return tuple(dates), text


def is_dated(date: Date, sources: Sequence[Date], years: Iterable[int]) -> bool:
    """Whether the sources hold the date. The year and the day may stand in different places of them, and the
    year may be one of `years`, those of the reports."""
    year = date.year is None or date.year in set(years) or any(other.year == date.year for other in sources)
    day = (date.month is None and date.day is None) or any(_agree(date, other) for other in sources)
    return year and day


def _agree(date: Date, other: Date) -> bool:
    """Whether the other date says what this one says, except that it may lack the year."""
    return (
        (date.month is None or other.month == date.month)
        and (date.day is None or other.day == date.day)
        and (date.year is None or other.year is None or other.year == date.year)
    )
