"""Which of overlapping candidates stay."""

from __future__ import annotations

from collections.abc import Iterable

from qgraph.extraction.candidates import Candidate

# Of candidates for the same stretch with the same rank, the type that stands first here stays.
_ORDER = (
    "Document", "Course", "IndustryCollege", "Consortium", "Association", "Media", "GovernmentBody", "Award",
    "Competition", "Team", "Enterprise", "Department", "College", "Base", "Major", "Project", "Region", "Country",
    "Person", "",
)  # fmt: skip
_PRIORITY = {type_: len(_ORDER) - n for n, type_ in enumerate(_ORDER)}
# A candidate of the first type at the head of a longer one of the second is named by the text too
# (天津职业大学汽车工程学院, 华住产业学院, 第四届…大赛优秀组织奖).
_KEPT_AT_HEAD = frozenset(
    (
        ("College", "Department"),
        ("College", "College"),
        ("College", "Project"),
        ("Media", "Media"),
        ("Enterprise", "Base"),
        ("Enterprise", "IndustryCollege"),
        ("Competition", "Award"),
        ("Association", "Project"),
        ("Enterprise", "Project"),
        ("GovernmentBody", "Project"),
        ("Region", "Base"),
        ("Person", "Base"),
        ("Person", "Team"),
    )
)
# Of these types any country or division inside is named by the text too (埃塞俄比亚国家职业标准开发项目).
_KEPT_INSIDE = frozenset((("Country", "Project"), ("Region", "Team"), ("Region", "Consortium")))
# Of these types a city or county inside that is called one (晋江市人民政府, 红桥区…学校) is named by the text too.
_HOLD_DIVISIONS = frozenset(("GovernmentBody", "Association", "Project", "College"))
_DIVISION = ("市", "县", "区", "旗", "自治州")
_SURE_SOURCES = frozenset(("lexicon", "ending"))
_RANK_OVER_LENGTH = 3


def choose(candidates: Iterable[Candidate]) -> list[Candidate]:
    """The candidates that do not overlap a better one, in reading order.

    A longer one wins over what lies inside it unless that ranks far higher; of one type the longer always wins.
    Where two cross, the rank decides with the length, then the earlier.
    """
    ordered = sorted(dict.fromkeys(candidates), key=_strength, reverse=True)
    kept: list[Candidate] = []
    for c in _outermost(ordered):
        clash = [k for k in kept if c.start < k.end and k.start < c.end]
        if all(_stays_inside(c, k) for k in clash):
            kept.append(c)
    return sorted(kept, key=lambda c: (c.start, -c.end))


def _strength(c: Candidate) -> tuple[int, int, int, int, str]:
    return (c.end - c.start + _RANK_OVER_LENGTH * c.rank, c.rank, _PRIORITY[c.type], -c.start, c.name)


def _outermost(ordered: list[Candidate]) -> list[Candidate]:
    """Without those that lie inside a longer one of the same type, or of another that ranks about as high."""
    reach = sorted(ordered, key=lambda c: (c.start, -c.end, -c.rank))
    inner: set[int] = set()
    open_: list[Candidate] = []
    for c in reach:
        open_ = [o for o in open_ if o.end > c.start]
        for o in open_:
            longer = o.start <= c.start and c.end <= o.end and (c.start, c.end) != (o.start, o.end)
            if longer and not _stays_inside(c, o) and (o.type == c.type or o.rank + 1 >= c.rank):
                inner.add(id(c))
                break
        open_.append(c)
    return [c for c in ordered if id(c) not in inner]


def _stays_inside(inner: Candidate, outer: Candidate) -> bool:
    if (inner.type, outer.type) in _KEPT_INSIDE and outer.start <= inner.start and inner.end <= outer.end:
        return True
    if inner.type == outer.type == "Region" and inner.start == outer.start and inner.end < outer.end:
        return _is_called_division(inner)
    if inner.type == "Region" and outer.type in _HOLD_DIVISIONS and _is_called_division(inner):
        return outer.start <= inner.start and inner.end <= outer.end
    if inner.start != outer.start or inner.end >= outer.end:
        return False
    if inner.source not in _SURE_SOURCES and inner.type != "Person":
        return False
    if inner.type == "Region" and inner.source != "ending":
        return False
    return (inner.type, outer.type) in _KEPT_AT_HEAD


def _is_called_division(c: Candidate) -> bool:
    """Whether a region is a city or county below the province, written out (晋江市, not 晋江)."""
    code = dict(c.codes).get("gbt2260", "0000")
    whole = min((len(n) for n in (c.name, *c.others) if n.endswith(_DIVISION)), default=c.end)
    return not code.endswith("0000") and c.end - c.start >= whole
