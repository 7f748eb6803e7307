"""Persons: what the recogniser takes for one, checked by surname, length and what stands around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from qgraph.extraction.candidates import Candidate, candidate
from qgraph.language import Block
from qgraph.ontology import read_lexicon

_FOREIGN = frozenset("阿埃艾安奥巴贝本比彼宾波伯博布查达戴丹德迪蒂丁东多厄恩尔法菲费夫弗福盖冈戈格古哈海汉赫亨华霍基吉加贾杰金卡凯坎柯科克肯库拉莱赖兰朗劳勒雷里理利莉丽连林琳列龙隆卢鲁伦罗洛马玛麦迈曼梅门蒙孟米密明莫姆木穆纳娜南内尼宁纽努诺欧帕潘佩皮珀普齐奇乔切琼让日萨塞桑瑟森沙莎山舍申圣什史士舒斯司思松苏索塔泰坦汤陶特提托瓦万威韦维魏温翁沃乌西希锡夏肖谢辛兴休许逊雅亚扬耶叶伊依易因英尤于约泽扎詹珍芝治朱茨祖佐")
_SPOILED = re.compile(r"杯|奖|工坊|精神|同志精神|式|路|大学|学院|故居|纪念馆|战役|主义|广场|村|镇|县|市|区|汽车|集团|公司|科技|机器人|理论|思想|家族|创业团队$")
_ACTS = re.compile(
    r"(?:同志|老师|同学|教授|书记|校长|院长|主任|博士|团队|等|、|，|和|与|及|（|\(|在|出生|获|荣获|获评|参加|主持|带队|率|赴|应邀|作|做|为|入选|当选|担任|负责|介绍|表示|指出|强调|说|分享|领衔|讲授|带领|受邀|代表|出席|致辞|\s|\t|$|。|；|大师|技能大师|名师|工作室|劳模|的|被|深入|访问|视察|会见|前往|分别|接受|指导|先生|女士)"
)


@lru_cache(maxsize=1)
def surnames() -> tuple[frozenset[str], tuple[str, ...]]:
    """One-character surnames, and compound ones."""
    rows = [row["surnames"] for row in read_lexicon("surnames")]
    return frozenset(rows[0]), tuple(rows[1].split("|"))


@lru_cache(maxsize=1)
def _titles() -> tuple[re.Pattern[str], re.Pattern[str]]:
    before = sorted((r["title"] for r in read_lexicon("titles") if r["side"] != "after"), key=lambda t: (-len(t), t))
    after = sorted((r["title"] for r in read_lexicon("titles") if r["side"] != "before"), key=lambda t: (-len(t), t))
    return re.compile("(?:" + "|".join(before) + r")[：:]?$"), re.compile("|".join(after))


def is_chinese_name(text: str) -> bool:
    """Whether a text has the form of a Chinese name: surname and one or two characters more."""
    single, compound = surnames()
    if any(text.startswith(c) for c in compound) and len(text) in (3, 4):
        return True
    return text[:1] in single and len(text) in (2, 3) and all("\u4e00" <= c <= "\u9fff" for c in text)


def find_persons(block: Block) -> Iterator[Candidate]:
    """Persons of the lexicon and those that the recogniser finds, with the titles that go with them."""
    title_before, title_after = _titles()
    text = block.text
    for span in block.spans:
        if span.label == "Person":
            yield candidate(block, span.start, span.end, "Person", "lexicon", name=span.name, rank=1)
        if span.label != "PER":
            continue
        start, end = span.start, span.end
        titled = bool(title_before.search(text[:start]))
        if titled:
            end = _stretch_foreign(text, start, end)
        name = text[start:end]
        behind = title_after.match(text, end)
        if _SPOILED.match(text, end) or _in_quotes(text, start, end):
            continue
        foreign = titled and 2 <= len(name) <= 8 and all(c in _FOREIGN or c == "·" for c in name)
        if not (is_chinese_name(name) or foreign):
            continue
        tail = behind.end() if behind else end
        acts = bool(_ACTS.match(text, end))
        opens = start == 0 or text[start - 1] in "，。；、：（\t \n和与及由请邀"
        if titled or behind or (acts and opens and len(name) > 2):
            yield candidate(block, start, end, "Person", "lac", rank=2, others=[text[start:tail]] if behind else [])


def _stretch_foreign(text: str, start: int, end: int) -> int:
    """A transliterated name goes on as far as its characters do (努尔 → 努尔别克)."""
    if is_chinese_name(text[start:end]) and not text[start:end] in ("努尔",) and end - start == 3:
        return end
    last = end
    while last < len(text) and text[last] in _FOREIGN and last - start < 8:
        last += 1
    return last if all(c in _FOREIGN for c in text[start:end]) and last - start >= 3 else end


def _in_quotes(text: str, start: int, end: int) -> bool:
    return text[start - 1 : start] == "“" and text[end : end + 1] != "”"
