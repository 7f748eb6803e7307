"""Units of lexicon/units.tsv and the patterns of quantities.toml, compiled once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from qgraph.ontology import read_lexicon, read_patterns

ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
# Patterns for the words around a length of time, a score, a lone 一.
_AROUND = (
    "duration_left",
    "duration_right",
    "duration_condition",
    "duration_condition_right",
    "age_left",
    "contest_right",
    "score_left",
    "score_line",
    "one_left",
)
HAN = "[零〇一二两三四五六七八九十百千万亿]+"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as printed. `normal` is the unit as stored, `kind` what it measures (people, money, share …),
    `qudt` its local name in QUDT's vocabulary of units ("" if it has none)."""

    printed: str
    normal: str
    kind: str
    qudt: str


@dataclass(frozen=True)
class Grammar:
    """What the finder of quantities needs, compiled. Field names are those of quantities.toml."""

    units: Mapping[str, Unit]
    arabic: re.Pattern[str]
    han: re.Pattern[str]
    percent_of: re.Pattern[str]
    medal: re.Pattern[str]
    medals: Mapping[str, str]
    shared: re.Pattern[str]
    before: Mapping[str, str]
    after: Mapping[str, str]
    left: re.Pattern[str]
    left_han: re.Pattern[str]
    bound_word_before: re.Pattern[str]
    year: re.Pattern[str]
    even: re.Pattern[str]
    code: re.Pattern[str]
    congress: re.Pattern[str]
    abstract: re.Pattern[str]
    duration_left: re.Pattern[str]
    duration_right: re.Pattern[str]
    duration_condition: re.Pattern[str]
    duration_condition_right: re.Pattern[str]
    age_left: re.Pattern[str]
    contest_right: re.Pattern[str]
    score_left: re.Pattern[str]
    score_line: re.Pattern[str]
    one_left: re.Pattern[str]
    quoted: int


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of the words, longer ones first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)))


@cache
def units() -> Mapping[str, Unit]:
    """All units by the way they are printed."""
    return {r["unit"]: Unit(r["unit"], r["normal"], r["kind"], r["qudt"]) for r in read_lexicon("units")}


def _unit_pattern(han_only: bool) -> str:
    rows = [r for r in read_lexicon("units") if r["han"] or not han_only]
    rows.sort(key=lambda r: (-len(r["unit"]), r["unit"]))
    return "|".join(re.escape(r["unit"]) + (f"(?!{r['guard']})" if r["guard"] else "") for r in rows)


@cache
def grammar() -> Grammar:
    """The compiled grammar. Raises OntologyError where its files are missing or malformed."""
    data = read_patterns("quantities")
    reject = data["reject"]
    before: dict[str, str] = data["bounds"]["before"]
    after: dict[str, str] = data["bounds"]["after"]

    def quantity(number: str, unit: str) -> re.Pattern[str]:
        return re.compile(
            rf"(?:(?P<before>{any_of(before)}|{reject['rough']}) *)?(?P<number>{number}) *(?P<more>[余多])? *"
            rf"(?P<scale>[十百千]?[万亿]{{1,2}}|[百千])? *(?P<more2>[余多])? *(?P<unit>{unit})"
            rf"(?: *(?P<after>{any_of(after)}))?"
        )

    heads = any_of(reject["abstract_heads"])
    abstract = rf"(?:{reject['abstract_start']})|[\u4e00-\u9fff]{{0,4}}?(?:{heads}){reject['abstract_after']}"
    single = ("left", "left_han", "bound_word_before", "year", "even", "code", "congress")
    compiled = {name: re.compile(reject[name]) for name in (*single, *_AROUND)}
    return Grammar(
        units=units(),
        arabic=quantity(ARABIC, _unit_pattern(han_only=False)),
        han=quantity(HAN, _unit_pattern(han_only=True)),
        percent_of=re.compile(rf"百分之(?P<number>{ARABIC}|{HAN})(?:点(?P<decimal>{HAN}))?"),
        medal=re.compile(
            rf"(?P<number>\d+|[一二两三四五六七八九十]+) *(?P<medal>{any_of(data['medals'])})牌?"
            r"(?= *(?:\d|[一二两三四五六七八九十]+ *[金银铜]|的|[，。；、）]|$))"
        ),
        medals=data["medals"],
        shared=re.compile(rf"(?:(?:{ARABIC}) *个? *[、和与及] *)+$"),
        before=before,
        after=after,
        abstract=re.compile(abstract),
        quoted=int(reject["quoted"]),
        **compiled,
    )
