"""What a question asks for: kind, unit, years, grades, levels, things named. The rules are in ontology/."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import Any

from qgraph.answering.known_names import absent_names, lexicon_spans, missing_things, spelled_out
from qgraph.answering.naming import denied, folded_texts, named, stands_in, unheard_colleges, without_own
from qgraph.knowledge import Knowledge
from qgraph.ontology import read_lexicon, read_patterns, split_aliases
from qgraph.text import bigrams, fold, nfkc, parse_number
from qgraph.words import pieces

_EXPANSION = 0.85
_YEAR = re.compile(
    r"(?<!\d)((?:19|20)\d{2})\s*(?=年|届|级|[-—–~至到和与、，,？?]|[^\d%.台套个项人名位元万亿册篇门次场所家]|$)"
)
_TIMES = re.compile(r"(?:19|20)\d{2}\s*[年级届]?度?|(?<!\d)\d{2}[年级届]")
_SHORT_YEAR = re.compile(r"(?<!\d)(\d{2})[年级届]")
_SCHOOL_YEAR = re.compile(r"(?<!\d)(\d{2})[-—–~～至到](\d{2})学年")


@dataclass(frozen=True, slots=True)
class Question:
    """A question understood.

    `weights` are its bigrams with their weight (written forms that were added count less), `strange` the share of
    them that no report knows and no synonym explains; `units` the units that a figure may have (empty: any),
    `counter` the classifier asked with; `expected` the number of items of a list, if told, `noun` what it lists;
    `counted` the noun that is counted (多少个党支部 → 党支部), `part` what of a whole (成员单位中企业 → 企业);
    `types` and `ending` what a name is asked for; `named` the ids of entities that it names, `names` the words that
    name them, folded, with the ids that they may stand for; `absent` names known to the lexicons that no report
    holds, `unknown` common nouns that none holds; `aggregates` the computations that it asks for; `tenses` whether it
    asks about the past, the future, or a change; `tells_unit` whether it says in what unit, or what is measured;
    `hints` what else is said behind it, `excluded` what it says that it does not mean; `relative` whether its years
    are told as 去年 where that may be the one of the newest report;
    `editions` which of a row it means (首期, 第二届), each with its ways of being written, the one that it uses first.
    """

    text: str
    kind: str
    weights: Mapping[str, float]
    content: str
    strange: float = 0.0
    units: tuple[str, ...] = ()
    counter: str = ""
    years: tuple[int, ...] = ()
    grades: tuple[frozenset[str], ...] = ()
    levels: tuple[frozenset[str], ...] = ()
    expected: int = 0
    noun: str = ""
    types: tuple[str, ...] = ()
    ending: str = ""
    named: tuple[str, ...] = ()
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    absent: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    aggregates: frozenset[str] = field(default_factory=frozenset)
    counted: str = ""
    part: str = ""
    tenses: frozenset[str] = field(default_factory=frozenset)
    tells_unit: bool = False
    hints: str = ""
    excluded: tuple[str, ...] = ()
    relative: bool = False
    editions: tuple[tuple[str, ...], ...] = ()


_Synonyms = tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]

_withheld: ContextVar[Callable[[int], bool] | None] = ContextVar("withheld", default=None)


@contextmanager
def without_ways_of_speaking(withheld: Callable[[int], bool]) -> Iterator[None]:
    """Questions are understood meanwhile as if these rows of the lexicon, by their number, were not there.

    For fitting: rows were made for questions that were read, while the words of new ones are often in none.
    """
    token = _withheld.set(withheld)
    try:
        yield
    finally:
        _withheld.reset(token)


def _synonyms() -> _Synonyms:
    withheld = _withheld.get()
    rows = _all_synonyms()
    return rows if withheld is None else tuple(row for number, row in enumerate(rows) if not withheld(number))


@lru_cache(maxsize=1)
def _all_synonyms() -> _Synonyms:
    rows = read_lexicon("asking_synonyms")
    pairs = [(split_aliases(r["spoken"]), split_aliases(r["written"])) for r in rows]
    return tuple((re.compile("|".join(map(re.escape, spoken))), written) for spoken, written in pairs)


def in_writing(text: str) -> str:
    """A question with the written forms of what it says in other words."""
    return " ".join([text, *(word for pattern, written in _synonyms() if pattern.search(text) for word in written)])


def spoken_positions(text: str, folded: str | None = None) -> set[int]:
    """Positions of the question that hold a known way of speaking, of which the folded words, if given, hold a
    written form."""
    spoken = {
        i
        for pattern, written in _synonyms()
        for m in pattern.finditer(text)
        if folded is None or any(fold(word) in folded for word in written)
        for i in range(m.start(), m.end())
    }
    # what is asked for (哪个报纸), and what only explains (职业（工种）), need not be said
    rules = read_patterns("asking")["naming"]
    settled = re.compile(f"{rules['asked']}|{rules['gloss']}")
    return spoken | {i for m in settled.finditer(text) for i in range(m.start(), m.end())}


def analyse(text: str, knowledge: Knowledge, knows: Callable[[str], bool]) -> Question:
    """Understands a question against what the reports know; `knows` tells whether a bigram stands in any report."""
    rules = read_patterns("asking")
    text, hints, excluded = _taken_apart(text.strip(), rules)
    plain = nfkc(text)
    kind = next((str(r["kind"]) for r in rules["kinds"] if re.search(r["pattern"], plain)), "text")
    units, counter = _measure(plain, rules)
    # years bind an answer, they do not find it: a figure of another year is worded with other digits
    others = without_own(plain + nfkc(hints), knowledge)
    bare = _TIMES.sub(" ", others)
    content = re.sub(rules["noise"]["pattern"], " ", bare)
    types, ending = _wanted(plain, rules)
    stands = partial(stands_in, knowledge=knowledge)
    folded = "\n".join(folded_texts(knowledge))
    weights, strange = _weights(content, plain + nfkc(hints), knows, folded)
    names = named(plain, knowledge)
    for place in lexicon_spans(rules["names"]["types"], others):
        # a name that stands in the reports only inside other names (南非鲁班工坊) still binds the answer
        if not any(fold(place.text) in name for name in names):
            names[fold(place.text)] = ()
    # a region that no report names binds it too: what lies in it may be told (宁夏哪个县)
    for place in lexicon_spans(("Region",), others):
        if fold(place.text) not in folded:
            names.setdefault(fold(place.text), ())
    return Question(
        text,
        kind,
        weights,
        content,
        strange,
        units,
        counter,
        _years(plain, knowledge),
        _medals(plain, rules) or groups_in(plain, rules["grades"]["groups"]),
        groups_in(plain, rules["levels"]["groups"]),
        _expected(plain),
        _noun(plain),
        types,
        ending,
        tuple(dict.fromkeys(i for ids in names.values() for i in ids)),
        names,
        tuple(
            dict.fromkeys(
                [
                    *absent_names(others, stands),
                    *unheard_colleges(others, stands, rules),
                    *denied(plain, stands, rules),
                ]
            )
        ),
        missing_things(plain, spoken_positions(plain, folded), folded),
        frozenset(name for name, pattern in rules["aggregate"].items() if re.search(pattern, plain)),
        _measured("counted", plain, rules),
        _measured("part", plain, rules),
        frozenset(tense for tense in ("past", "future", "change") if re.search(rules[tense]["asked"], text)),
        bool(counter or re.search(rules["measuring"]["explicit"], text)),
        hints,
        excluded,
        _lenient(plain, knowledge),
        _editions(text, rules["editions"]),
    )


def years_told(text: str) -> list[tuple[int, int]]:
    """Where a question tells years, which bind an answer and do not find it."""
    return [match.span() for match in _TIMES.finditer(text)]


def _taken_apart(text: str, rules: Mapping[str, Any]) -> tuple[str, str, tuple[str, ...]]:
    """What a question asks; what else it says behind it that asks nothing more (…的是哪种模式？好像是几个字母); and
    what it says that it does not mean."""
    excluded = tuple(m[0].strip("，,；;。？?（）()") for m in re.finditer(rules["measuring"]["excluded"], text))
    said = re.sub(rules["measuring"]["excluded"], lambda m: m[0][:1] if m[0][:1] in "？?。" else "", text)
    first = re.match(r"(.{6,}?[？?])(.+)$", said)
    case = next(r["pattern"] for r in rules["kinds"] if r["kind"] == "case")
    asks_more = first and re.search(f"{rules['follow']['full']}|{case}", first[2])
    if first and (not asks_more or re.search(rules["hint"]["opens"], first[2])):
        return first[1], first[2], excluded
    return said, "", excluded


def _weights(content: str, plain: str, knows: Callable[[str], bool], folded: str) -> tuple[dict[str, float], float]:
    """Bigrams to match with. Those that no report knows match nothing and are left out; what a synonym explains, or
    what is short for words of the reports, is not strange."""
    joining = set(read_patterns("asking")["joining"]["characters"])
    own = dict.fromkeys(bigrams(content), 1.0)
    weights = {gram: weight for gram, weight in own.items() if knows(gram)}
    explained: set[str] = set()
    for pattern, written in _synonyms():
        for match in pattern.finditer(plain):
            explained.update(bigrams(plain[max(0, match.start() - 1) : match.end() + 1]))
            for word in written:
                for gram in bigrams(word):
                    if knows(gram):
                        weights.setdefault(gram, _EXPANSION / len(written) ** 0.4)
    for word in pieces(content):
        full = "" if knows(word) else spelled_out(word, folded)
        if full:
            explained.add(word)
            weights.update((g, _EXPANSION) for g in bigrams(full) if g not in weights)
    unknown = [g for g in own if g not in weights and g not in explained and len(g) > 1 and not joining & set(g)]
    return weights or own, len(unknown) / max(1, len(own))


def _measure(text: str, rules: Mapping[str, Any]) -> tuple[tuple[str, ...], str]:
    for rule in rules["measures"]:
        if re.search(rule["pattern"], text):
            return tuple(rule["units"]), ""
    match = re.search(rules["counters"]["pattern"], text)
    if match:
        return tuple(rules["counters"]["group"]), match[1]
    if re.search(rules["counters"]["plain"], text):
        return (*rules["counters"]["group"], *rules["counters"]["plain_units"]), ""
    return (), ""


def _years(text: str, knowledge: Knowledge) -> tuple[int, ...]:
    newest = max((d.year for d in knowledge.documents), default=0)
    years = [int(y) for y in _YEAR.findall(text)] + [2000 + int(y) for y in _SHORT_YEAR.findall(text)]
    years += [2000 + int(y) for match in _SCHOOL_YEAR.findall(text) for y in match]
    if re.search("今年|本年度|这一年|当年", text) and not years:
        years.append(newest)
    if re.search("去年|上一?年(?!比)", text) and not re.search("比去年|比上一?年|较去年|较上一?年", text):
        years.append(newest - 1)
    if "前年" in text:
        years.append(newest - 2)
    return tuple(dict.fromkeys(years))


def _lenient(text: str, knowledge: Knowledge) -> bool:
    """Whether 去年 may mean the year of the newest report, since none is there of the year before it."""
    years = {d.year for d in knowledge.documents}
    return re.search("去年|上一年", text) is not None and bool(years) and max(years) - 1 not in years


def _editions(text: str, rules: Mapping[str, Any]) -> tuple[tuple[str, ...], ...]:
    """Which of a row the question means, in all ways of writing it (首届, 第一届, 第1届)."""
    found = []
    for match in re.finditer(rules["pattern"], text):
        said = re.sub(r"\s", "", match[0])
        firsts = rules["first"] if said[:-1] in rules["first"] else []
        found.append(tuple(dict.fromkeys([said, *(first + said[-1] for first in firsts)])))
    return tuple(found)


def groups_in(text: str, groups: list[list[str]]) -> tuple[frozenset[str], ...]:
    """The groups of words (grades, levels) of which the text holds one."""
    return tuple(frozenset(group) for group in groups if any(word in text for word in group))


def _medals(text: str, rules: Mapping[str, Any]) -> tuple[frozenset[str], ...]:
    """金银铜牌 names three grades at once."""
    match = re.search(r"[金银铜]{2,3}(?=牌|奖|总|一共|共|各|加|$|[^一-鿿])", text)
    if not match:
        return ()
    names = [rules["grades"]["colloquial"][letter] for letter in match[0]]
    return tuple(frozenset(g) for g in rules["grades"]["groups"] if set(g) & set(names))


def _expected(text: str) -> int:
    match = re.search(read_patterns("asking")["counted_items"]["pattern"], text)
    value = parse_number(match["asked"] or match["told"]) if match else None
    return int(value) if value else 0


def _measured(name: str, text: str, rules: Mapping[str, Any]) -> str:
    """The word that a rule of measuring takes from the question; "" where it takes none."""
    match = re.search(rules["measuring"][name], text)
    return next((word for word in match.groups() if word), "") if match else ""


def _noun(text: str) -> str:
    """The noun phrase that a list is asked of (哪五个产业 → 产业, 哪些新能源汽车企业合作 → 新能源汽车企业)."""
    match = re.search(
        r"哪[些几二两三四五六七八九十]?[大]?[个家所位项类种座门本支张]?([一-鿿]{2,12}?)"
        r"(?=合作|共建|参加|参与|承办|举办|报道|获|开通|入选|有|是|叫|呢|[？?，,]|$)",
        text,
    )
    if match is None:
        match = re.search(r"([一-鿿]{3,12})(?:都|分别)?(?:有|是|包括)哪[些几]", text)
    if match is None:
        match = re.search(read_patterns("asking")["counted_items"]["pattern"], text)
        return match["noun"] or "" if match else ""
    return match[1]


def _wanted(text: str, rules: Mapping[str, Any]) -> tuple[tuple[str, ...], str]:
    """The type that the question word asks for: of the rows that fit, the one nearest to the question word, and of
    those as near the one that says most (跟哪些企业: 哪些企业)."""
    best: tuple[tuple[int, int], tuple[str, ...], str] | None = None
    asks = [m.start() for m in re.finditer("哪|谁|什么|叫|名字|全称|分别|列", text)] or [len(text)]
    asked_for = re.search(r"哪[些几个][大个家所位项类种座门本支张]?[一-鿿]{0,2}", text)
    for row in rules["types"]["rows"]:
        for match in re.finditer(row["words"], text):
            distance = min(
                0 if match.start() <= a < match.end() else min(abs(match.start() - a), abs(match.end() - a)) + 1
                for a in asks
            )
            # what follows the question word is what it asks for (校企项目上过哪些大媒体)
            if asked_for and asked_for.start() < match.start() <= asked_for.end():
                distance = 1
            near = (distance, -len(match[0]))
            if best is None or near < best[0]:
                best = (near, tuple(row["types"]), row["ending"])
    return (best[1], best[2]) if best else ((), "")
