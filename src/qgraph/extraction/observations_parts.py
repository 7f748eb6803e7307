"""Which figures are parts of which totals (其中 …, 包括 …, in brackets), and which share a list of names (分别)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from qgraph.extraction.observations_fragments import Fragment
from qgraph.extraction.observations_phrases import leading_words, outside_quotes
from qgraph.extraction.observations_words import Words, words

_RESPECTIVELY = re.compile(r"分别(?P<rest>[^，。；]*?)$")


@dataclass
class _Group:
    """An open 其中: totals by unit, and what of each is already told. `verbal` says that its first part began
    with a verb."""

    totals: dict[str, int]
    verbal: bool
    bracketed: bool
    sentence: tuple[int, int]
    told: dict[str, Decimal] = field(default_factory=dict)


def find_totals(text: str, parts: Sequence[Fragment]) -> list[int | None]:
    """For each figure of a paragraph the index of the figure that it is part of, or None.

    A group of parts stays open across ， ； and 、 until its total is used up, another verb takes over, or the
    sentence ends with a full stop. Behind a ； a figure is a part only where it and its like complete the total.
    """
    rules = words()
    tolerance = Decimal(str(rules.data["parts"]["tolerance"]))
    result: list[int | None] = []
    groups: list[_Group] = []
    for i, fragment in enumerate(parts):
        if i and "。" in text[parts[i - 1].end : fragment.quantity.start]:
            groups.clear()
        if groups and groups[-1].bracketed and not _inside_bracket(text, parts[i - 1], fragment):
            groups.pop()
        verbal = rules.verbs.match(leading_words(fragment.before.strip(), rules)) is not None
        if fragment.of_which or _bracket_opens(fragment, parts[i - 1] if i else None):
            totals = _totals(text, parts, i)
            if totals:
                groups.append(_Group(totals, verbal, fragment.bracketed, fragment.sentence))
        result.append(_place(text, i, parts, groups, verbal, tolerance))
    return result


def _place(
    text: str, i: int, parts: Sequence[Fragment], groups: list[_Group], verbal: bool, tolerance: Decimal
) -> int | None:
    fragment = parts[i]
    unit, value = fragment.quantity.unit, fragment.quantity.value
    while groups:
        group = groups[-1]
        total = group.totals.get(unit)
        if total is None or total == i:
            return None
        told = group.told.get(unit, Decimal(0)) + value
        whole = parts[total].quantity.value
        taken_over = verbal and not group.verbal and not fragment.of_which and not _joined(fragment)
        apart = fragment.sentence != group.sentence and not _completes(text, i, parts, whole - told + value)
        if told <= whole * tolerance and not taken_over and not apart:
            group.told[unit] = told
            return total
        groups.pop()
    return None


def _completes(text: str, i: int, parts: Sequence[Fragment], rest: Decimal) -> bool:
    """Whether the figures from `i` on, up to the full stop, add up to what is left of a total."""
    unit, added = parts[i].quantity.unit, Decimal(0)
    for j in range(i, len(parts)):
        if j > i and "。" in text[parts[j - 1].end : parts[j].quantity.start]:
            break
        if parts[j].quantity.unit == unit:
            added += parts[j].quantity.value
            if added == rest:
                return True
    return False


def _joined(fragment: Fragment) -> bool:
    """Whether 、 and not ， stands between the figure and the one before."""
    return not re.search("[，；。]", fragment.clause)


def _bracket_opens(fragment: Fragment, previous: Fragment | None) -> bool:
    return fragment.bracketed and previous is not None and not previous.bracketed


def _inside_bracket(text: str, previous: Fragment, fragment: Fragment) -> bool:
    between = text[previous.quantity.end : fragment.quantity.start]
    return "）" not in between and ")" not in between


def _totals(text: str, parts: Sequence[Fragment], i: int) -> dict[str, int]:
    """The last figure of each unit before figure `i`, as far back as the sentence before."""
    value = parts[i].quantity.value
    totals: dict[str, int] = {}
    stops = 0
    for j in range(i - 1, -1, -1):
        stops += text.count("。", parts[j].quantity.end, parts[j + 1].quantity.start)
        if stops > 1 or (parts[i].bracketed and totals):
            break
        unit = parts[j].quantity.unit
        if unit in totals:
            if unit == parts[i].quantity.unit:
                break
            continue
        if unit != parts[i].quantity.unit or parts[j].quantity.value >= value:
            totals[unit] = j
    own = totals.get(parts[i].quantity.unit)
    if own is None:
        return {}
    shares = parts[i].quantity.kind == "share"
    return {u: j for u, j in totals.items() if j >= own and (shares or parts[j].quantity.kind != "share")}


def shared_names(parts: Sequence[Fragment], rules: Words | None = None) -> dict[int, str]:
    """What each figure of a list counts where 分别 deals names out: A、B分别为 1 项、2 项.

    The names stand before 分别, or are those of as many figures before it (marked by "#2": so many figures
    back, with what 分别 says behind it).
    """
    rules = rules or words()
    found: dict[int, str] = {}
    for i, fragment in enumerate(parts):
        match = _RESPECTIVELY.search(fragment.before)
        if match is None:
            continue
        run = [i]
        while run[-1] + 1 < len(parts) and _continues(parts[run[-1]], parts[run[-1] + 1]):
            run.append(run[-1] + 1)
        if len(run) < 2:
            continue
        head = rules.without_measures(leading_words(fragment.before[: match.start()].strip(), rules))
        names = [n for part in outside_quotes(head, "、") for n in re.split("和|及|与", part) if n.strip()]
        said = rules.without_measures(match["rest"])
        counted = _counted_names(parts, i, len(run), rules) if not names else []
        if counted:
            found.update((k, name + said) for k, name in zip(run, counted, strict=True))
        elif len(names) == len(run):
            ending = rules.measured.search(names[-1])
            for k, name in zip(run, names, strict=True):
                whole = rules.measured.search(name) or not ending
                found[k] = name.strip() + ("" if whole else _tail(names[-1])) + said
        elif not names and i >= len(run):
            for k in run:
                found[k] = f"#{len(run)}{said}"
    return found


def _counted_names(parts: Sequence[Fragment], i: int, count: int, rules: Words) -> list[str]:
    """The names, each with what is measured, where the figure before only counts them: 甲、乙、丙 3 个专业就业率居前，
    分别为 …: 甲专业就业率, 乙专业就业率, 丙专业就业率."""
    before = parts[i - 1] if i else None
    if before is None or before.sentence != parts[i].sentence or before.quantity.value != count:
        return []
    measure = rules.clause("measure").match(before.behind.strip())
    head = leading_words(before.before.strip(), rules)
    names = [n.strip() for part in outside_quotes(head, "、") for n in re.split("和|及|与", part) if n.strip()]
    if len(names) != count:
        names = [n.strip() for n in outside_quotes(head, "、")]
    return [name + measure[0] for name in names] if measure and len(names) == count else []


def counts_names(parts: Sequence[Fragment], rules: Words | None = None) -> frozenset[int]:
    """Figures that only count the names for which 分别 tells a figure each, and tell nothing of their own."""
    rules = rules or words()
    dealt = shared_names(parts, rules)
    firsts = [i for i in dealt if i and i - 1 not in dealt]
    return frozenset(i - 1 for i in firsts if _counted_names(parts, i, _run(dealt, i), rules))


def _run(dealt: Mapping[int, str], i: int) -> int:
    """How many figures from `i` on have their names dealt out."""
    end = i
    while end in dealt:
        end += 1
    return end - i


def _tail(name: str) -> str:
    """The measuring word at the end of the last name, which all names of the list share (满意度)."""
    match = re.search("[^ ]{0,2}(?:度|率|比例|占比|人数|数|额|收入)$", name)
    return match[0] if match else ""


def _continues(one: Fragment, other: Fragment) -> bool:
    bare = not other.before.strip("、和及与 ") and not other.clause.strip("、和及与， ")
    return bare and one.sentence == other.sentence
