"""The words of one line of a flattened table: which of them stand together, and which are figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from qgraph.ontology import read_patterns
from qgraph.reading.lines import Stretch

_BRACKETS = re.compile(r"[（(][^（()）]*[）)]")
_SCRAP = re.compile(r"[\u4e00-\u9fff]?(?:[（(][^（()）]*[）)])?")
# Serial numbers that may be missing between two rows.
_SKIPPED = 3


@dataclass(frozen=True, slots=True)
class Word:
    """What stands in one cell. `value` says that it is a figure (or the dash of none), `span` over how many
    columns it goes."""

    text: str
    stretches: tuple[Stretch, ...]
    value: bool
    span: int = 1

    @property
    def is_unit_heading(self) -> bool:
        """Whether it heads the column of units."""
        return _rules()["unit_heading"].search(self.text) is not None


@dataclass(frozen=True, slots=True)
class RowWords:
    """One line: its words, of which the first is the serial number `serial` (None: it has none)."""

    text: str
    words: tuple[Word, ...]
    serial: int | None = None

    @property
    def has_values(self) -> bool:
        """Whether there is a figure besides the serial number."""
        return any(word.value for word in self._own)

    @property
    def is_body(self) -> bool:
        """Whether it holds words and figures that are no years: a row and no heading."""
        own = self._own
        figures = [word for word in own if word.value]
        years = all(is_year(word.text) for word in figures)
        dated = bool(own) and is_year(own[0].text)
        return bool(figures) and not years and (dated or any(not word.value for word in own))

    @property
    def of_which(self) -> bool:
        """Whether 其中 opens it."""
        return bool(self._own) and opens_parts(self._own[0].text)

    @property
    def _own(self) -> tuple[Word, ...]:
        return self.words if self.serial is None else self.words[1:]


@cache
def _rules() -> dict[str, re.Pattern[str]]:
    rules = read_patterns("layout")["table"]
    return {name: re.compile(rule) for name, rule in rules.items() if isinstance(rule, str)}


def is_value(text: str) -> bool:
    """Whether a cell holds a figure, a ratio, or the dash of none."""
    return any(_rules()[name].match(text) for name in ("value", "ratio"))


def is_year(text: str) -> bool:
    """Whether words are nothing but a year."""
    return _rules()["year"].fullmatch(text.strip()) is not None


def is_period(text: str) -> bool:
    """Whether words are nothing but a year, be it a school year or one of graduation (2023 年, 2023-2024 学年)."""
    return is_year(text) or _rules()["whole_period"].fullmatch(text.strip()) is not None


def heads_serial(text: str) -> bool:
    """Whether words head the column of serial numbers."""
    return _rules()["serial_heading"].fullmatch(text) is not None


def ends_heading(text: str) -> bool:
    """Whether words end as headings of columns do (名称, 人数)."""
    return _rules()["heading_end"].search(text) is not None


def ends_name(text: str) -> bool:
    """Whether words end as names do that are a whole cell (学院, 公司)."""
    return _rules()["name_end"].search(text) is not None


def heads_years(text: str) -> bool:
    """Whether words head a column that tells since when something is, or when it was (成立年份)."""
    return _rules()["year_heading"].search(text) is not None


def is_heading_tail(text: str) -> bool:
    """Whether words begin with what only ends a heading (率, 份)."""
    return _rules()["heading_tail"].match(text) is not None


def is_scrap(text: str) -> bool:
    """Whether words are hardly a whole cell: one Han character, and what stands in brackets behind it (奖（金）)."""
    return _SCRAP.fullmatch(text) is not None and not heads_serial(text)


def are_alike(text: str, other: str) -> bool:
    """Whether two words end alike but for what stands in brackets (一等奖（金）, 三等奖（铜）)."""
    first, second = (_BRACKETS.sub("", words) for words in (text, other))
    return len(first) > 1 and first[-2:] == second[-2:]


def looks_empty(text: str) -> bool:
    """Whether a cell holds only the mark of nothing (—, /, 无)."""
    return _rules()["empty"].fullmatch(text) is not None


def is_total(text: str) -> bool:
    """Whether a row label says 合计."""
    return _rules()["total"].match(text) is not None


def opens_parts(text: str) -> bool:
    """Whether 其中 opens words."""
    return _rules()["of_which"].match(text) is not None


def heads_group(text: str) -> bool:
    """Whether words look like the heading of a group of rows (一、, （二）)."""
    return _rules()["group"].match(text) is not None


def unit_like(text: str) -> bool:
    """Whether words of a row can be its unit."""
    return _rules()["unit_mark"].fullmatch(text) is not None


def serial_number(text: str) -> int | None:
    """The number that words are which count the rows (3, 3.); None for others."""
    match = _rules()["serial"].fullmatch(text)
    return int(match["number"]) if match else None


def join_words(words: Sequence[Word], glue: str = " ") -> Word:
    """Words of one cell; where they meet, Latin letters keep a space and `glue` parts the others."""
    if len(words) == 1:
        return words[0]
    text, stretches = words[0].text, list(words[0].stretches)
    for word in words[1:]:
        first, *rest = word.stretches
        between = glue or (" " if text[-1:].isascii() and word.text[:1].isascii() and text[-1:].isalnum() else "")
        stretches += [replace(first, glue=between), *rest]
        text += between + word.text
    return Word(text, tuple(stretches), False)


def numbered(lines: Sequence[Sequence[Word]], texts: Sequence[str]) -> list[RowWords]:
    """Lines with their serial numbers, where a heading announces them or where they count from 1."""
    rules = _rules()
    headed = any(words and rules["serial_heading"].fullmatch(words[0].text) for words in lines[:4])
    expected, out = 1, []
    for words, text in zip(lines, texts, strict=True):
        told = serial_number(words[0].text) if words else None
        number = -1 if told is None else told
        alone = len(words) == 1 and headed and number == expected
        counts = len(words) > 1 and not words[1].value and (number == 1 or 0 <= number - expected < _SKIPPED)
        serial = number if alone or counts else None
        first = [replace(words[0], value=False)] if serial is not None else words[:1]
        out.append(RowWords(text, (*first, *words[1:]), serial))
        expected = serial + 1 if serial is not None else expected
    counted = [line.serial for line in out if line.serial is not None]
    if headed or (counted[:3] == [1, 2, 3] and len(counted) * 2 > len(out)):
        return out
    return [RowWords(text, tuple(words)) for words, text in zip(lines, texts, strict=True)]


def name_years(lines: Sequence[RowWords]) -> list[RowWords]:
    """Lines with the years that name the rows (2023, 2024 below 年份) taken as words."""
    body = [line for line in lines if line.is_body]
    if not body or not all(is_year(line.words[0].text) for line in body):
        return list(lines)
    return [
        replace(line, words=(replace(line.words[0], value=False), *line.words[1:])) if line.words else line
        for line in lines
    ]


def join_years(lines: Sequence[Sequence[Word]]) -> list[list[Word]]:
    """Lines with a year before words taken for a part of them (2024 全国…大赛), where no column holds years."""
    dated = any(heads_years(word.text) for line in lines for word in line)
    out = []
    for words in map(list, lines):
        joined = not dated and len(words) > 1 and is_year(words[0].text) and words[0].value and not words[1].value
        if joined and not unit_like(words[1].text):
            words[:2] = [join_words(words[:2])]
        out.append(words)
    return out


def with_units(words: Sequence[Word]) -> list[Word]:
    """Words with each figure and the unit behind it in one cell (1086 亩)."""
    out: list[Word] = []
    for word in words:
        if out and out[-1].value and not looks_empty(out[-1].text) and not word.value and unit_like(word.text):
            out[-1] = replace(join_words([out[-1], word]), value=True)
        else:
            out.append(word)
    return out


def join_spaced(words: Sequence[Word]) -> list[Word]:
    """Words with those put together that are parted by a space only for the eye: 2023 届, 2024 年 12 月, 金额
    （万元）, and what stands in one pair of brackets."""
    rules = _rules()
    out: list[Word] = []
    for word, following in zip(words, (*words[1:], None), strict=True):
        if out:
            before = out[-1].text
            open_bracket = len(re.findall("[（(]", before)) > len(re.findall("[）)]", before))
            period = rules["period_number"].search(before) and rules["period_word"].match(word.text)
            number = re.fullmatch(r"\d{1,2}", word.text) and following and re.match("[月日]", following.text)
            month = re.search("[年月]$", before) and (number or re.match(r"\d{1,2}[月日]", word.text))
            month = month or (re.search(r"[年月] ?\d{1,2}$", before) and re.match("[月日]", word.text))
            total = len(before) == 1 and is_total(before + word.text)
            bracket = re.match("[（(]", word.text) and not out[-1].value
            if open_bracket or period or month or bracket or total:
                glue = "" if bracket and not open_bracket else " "
                joined = join_words([out[-1], word], glue=glue or " ")
                out[-1] = replace(joined, value=False)
                continue
        out.append(word)
    return out
