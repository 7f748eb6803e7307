"""When two names of one type mean one thing.

Each rule looks at two names that share a block; the words it needs (levels, legal forms, endings) are data.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from qgraph.ontology import read_lexicon, read_patterns
from qgraph.text import fold, in_order

_ORDINAL = re.compile(r"第([一二三四五六七八九十百零\d]+)(?:届|期|批|次|轮|季)|(首届)|(首期)")
_NUMBERED = re.compile(r"第[一二三四五六七八九十\d]+[个所座家]")
_YEAR = re.compile(r"20\d\d")
_LONG = 8
_LEAST_TAIL = 6
_SAME_SHARE = 0.8


@dataclass(frozen=True)
class IdentityWords:
    """Words of names that tell things apart or do not, by type; see [identity] in the pattern file."""

    edition: re.Pattern[str]
    stages: re.Pattern[str]
    legal: re.Pattern[str]
    tails: dict[str, re.Pattern[str]]
    heads: re.Pattern[str]


@lru_cache(maxsize=1)
def words() -> IdentityWords:
    """The words of the pattern file."""
    data = read_patterns("entities")["identity"]
    return IdentityWords(
        re.compile(data["edition"]),
        re.compile(f"(?:{data['stages']})$"),
        re.compile(f"(?:{data['legal']})"),
        {type_: re.compile(f"(?:{tail})+$") for type_, tail in data["tails"].items()},
        re.compile(f"^(?:{data['heads']})+"),
    )


@lru_cache(maxsize=1)
def _regions() -> re.Pattern[str]:
    names = {
        row[c] for row in read_lexicon("regions") for c in ("name", "short") if row["level"] != "county" and row[c]
    }
    known = "|".join(sorted((fold(n) for n in names), key=lambda n: (-len(n), n)))
    return re.compile(f"^(?:(?:{known})[省市]?|[\u4e00-\u9fff]{{2,3}}[省市县](?=.{{3}}))")


@lru_cache(maxsize=4096)
def without_edition(name: str) -> str:
    """A folded name without year and edition (2024年, 第三届, （2024）)."""
    return fold(words().edition.sub("", name))


@lru_cache(maxsize=4096)
def edition(name: str) -> tuple[frozenset[str], frozenset[str]]:
    """Years and ordinals that a name carries."""
    ordinals = frozenset(next(g for g in m.groups() if g) for m in _ORDINAL.finditer(name))
    return frozenset(_YEAR.findall(name)), frozenset("一" if o.startswith("首") else o for o in ordinals)


def editions_agree(a: str, b: str) -> bool:
    """Whether two names can be of one edition: neither years nor ordinals contradict."""
    return all(not x or not y or x & y for x, y in zip(edition(a), edition(b), strict=True))


@lru_cache(maxsize=4096)
def region_of(name: str) -> str:
    """The province or city at the head of a folded name, "" if none."""
    match = _regions().match(fold(name))
    return match.group().rstrip("省市") if match else ""


@lru_cache(maxsize=4096)
def core(type_: str, name: str) -> str:
    """What is left of a name without region, level, edition, legal form and the ending of its type."""
    bare = without_edition(name)
    bare = _regions().sub("", bare, count=1)
    bare = words().heads.sub("", bare)
    tail = words().tails.get(type_)
    shorter = tail.sub("", bare) if tail else bare
    return shorter or bare


def same_thing(type_: str, a: str, b: str) -> bool:
    """Whether two names of one type mean one thing. Rules by type; regions and editions must not contradict."""
    if fold(a) == fold(b):
        return True
    if not editions_agree(a, b) or (region_of(a) and region_of(b) and region_of(a) != region_of(b)):
        return False
    if level_of(a) and level_of(b) and level_of(a) != level_of(b):
        return False
    rule = _RULES.get(type_)
    short, long = sorted((a, b), key=lambda n: (len(fold(n)), n))
    return rule(short, long) if rule else without_edition(a) == without_edition(b)


def _enterprises(short: str, long: str) -> bool:
    """豪迈集团 and 山东豪迈集团股份有限公司; 爱尔 and 爱尔眼科医院集团; not two full names that differ in trade."""
    a, b = core("Enterprise", short), core("Enterprise", long)
    if a == b:
        return True
    if len(a) < 2 or not b.startswith(a):
        return False
    rest = b[len(a) :]
    if fold(short) == a:
        return True
    return words().legal.fullmatch(rest) is not None


def _consortia(short: str, long: str) -> bool:
    """海工装备联合体 and …高端装备制造（海洋工程装备）产教联合体: the short core runs through the long one."""
    a, b = core("Consortium", short), core("Consortium", long)
    if fold(short)[-2:] != fold(long)[-2:] or len(a) < 2:
        return False
    return (
        (len(a) >= 3 and a in b)
        or a == b
        or (len(a) >= 4 and in_order(a, b) and any(a[i : i + 2] in b for i in range(len(a) - 1)))
    )


def _industry_colleges(short: str, long: str) -> bool:
    a, b = core("IndustryCollege", short), core("IndustryCollege", long)
    return a == b or (len(a) >= 4 and b.endswith(a))


def _contests(short: str, long: str) -> bool:
    """One contest with and without its year, stage or zone; 职业技能大赛 and 技能大赛 of one edition."""
    a, b = without_edition(short), without_edition(long)
    if sorted(a) == sorted(b):
        return True
    if len(a) >= _LEAST_TAIL and b.endswith(a) and edition(short)[1] & edition(long)[1]:
        return True
    bare_a, bare_b = words().stages.sub("", a), words().stages.sub("", b)
    if bare_a == bare_b and (bare_a in (a, b) or a == b):
        return True
    return len(a) >= _LONG and a[0] == b[0] and a[-2:] == b[-2:] and _nearly(a, b)


def _nearly(a: str, b: str) -> bool:
    return len(a) >= _SAME_SHARE * len(b) and in_order(a, b)


def _projects(short: str, long: str) -> bool:
    """第二个…鲁班工坊 and …第二所鲁班工坊; …鲁班工坊（某大学） and 某大学鲁班工坊."""
    a, b = core("Project", short), core("Project", long)
    if _bracketed(short, long) or _bracketed(long, short):
        return True
    if len(a) >= _LONG and _sorted(a) == _sorted(b):
        return True
    return (len(a) >= 2 and a == b) or (len(a) >= _LONG and a[0] == b[0] and _nearly(a, b))


def _sorted(name: str) -> list[str]:
    """The characters of a name in order, measure words left out: the same for all orders of its words."""
    return sorted(re.sub("[个所座家]", "", fold(name)))


def _bracketed(name: str, plain: str) -> bool:
    """Whether A（B） is what `plain` names: B and the end of A, or A itself when it is numbered."""
    match = re.fullmatch(r"(.+)（([^（）]+)）", name)
    if not match:
        return False
    thing, owner = match.groups()
    kind = plain.removeprefix(owner)
    owned = kind not in ("", plain) and thing.endswith(kind)
    return owned or (_NUMBERED.search(thing) is not None and _sorted(thing) == _sorted(plain))


def _bases(short: str, long: str) -> bool:
    """智能制造产教融合实训中心 and 开放型智能制造产教融合实训中心: one ends in the other, of long enough names."""
    a, b = without_edition(short), without_edition(long)
    if core("Base", short) == core("Base", long) and len(core("Base", short)) >= 4:
        return True
    return (len(a) >= 7 and b.endswith(a)) or (
        len(a) >= _LONG and a[-2:] == b[-2:] and a[:2] == b[:2] and _nearly(a, b)
    )


def _documents(short: str, long: str) -> bool:
    a, b = without_edition(short), without_edition(long)
    return a == b or (len(a) > 2 * _LONG and sorted(a) == sorted(b))


def _awards(short: str, long: str) -> bool:
    """One honour with and without its year or 称号; of one level only: 全国优秀教师 is not 天津市优秀教师."""
    tail = words().tails["Award"]
    a, b = tail.sub("", without_edition(short)), tail.sub("", without_edition(long))
    return a == b or (len(a) >= 4 and region_of(long) != "" and not level_of(short) and core("Award", long) == a)


def _colleges(short: str, long: str) -> bool:
    """外国语大学 and 天津外国语大学: the short name lacks the place only."""
    a, b = fold(short), fold(long)
    place = b[: len(b) - len(a)]
    return len(a) >= 5 and b.endswith(a) and not region_of(short) and _places().fullmatch(place) is not None


def level_of(name: str) -> str:
    """The level at the head of a name: 全国 or 国家级 as "国", 省级 as "省" …; "" if none."""
    match = re.match(r"全国|国家级?|教育部|省部级|省级|市级|校级|世界|国际", name)
    return match.group()[0].replace("全", "国").replace("教", "国") if match else ""


@lru_cache(maxsize=1)
def _places() -> re.Pattern[str]:
    countries = {fold(row["name"]) for row in read_lexicon("countries")}
    return re.compile(_regions().pattern.removeprefix("^") + "|" + "|".join(sorted(countries)))


def _teams(short: str, long: str) -> bool:
    a, b = core("Team", short), core("Team", long)
    return a == b or (len(a) >= 3 and b.startswith(a))


def _exact(short: str, long: str) -> bool:
    return fold(short) == fold(long)


_RULES = {
    "Enterprise": _enterprises,
    "Consortium": _consortia,
    "IndustryCollege": _industry_colleges,
    "Competition": _contests,
    "Project": _projects,
    "Base": _bases,
    "Document": _documents,
    "Team": _teams,
    "Award": _awards,
    "Person": _exact,
    "Country": _exact,
    "Region": _exact,
    "Major": _exact,
    "College": _colleges,
    "Course": _exact,
    "GovernmentBody": _exact,
}
