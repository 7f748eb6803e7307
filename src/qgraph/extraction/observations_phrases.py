"""Phrases cut to what they count: lists, prepositions, adverbs and leading verbs taken off."""

from __future__ import annotations

import re

from qgraph.extraction.observations_words import Words
from qgraph.extraction.periods import find_periods

_BRACKETS = re.compile(r"[（(](?:[^（()）]{2,}|[^（()）]?(?=[）)](?![一-鿿])))[）)]")
_REFERENCE = re.compile(r"[（(](?:详?见|如)?[图表附][^（()）]*[）)]|[（(] *[）)]")
_SPACE = re.compile(r"(?<![A-Za-z]) +| +(?![A-Za-z])")
_ACTS = re.compile(r"、[^，。；的]*?等(?![级奖次于])(?P<head>[^，。；、的]{2,10})$")
# What says only in which respect (在编制、拨款等|方面|提出), and where a list of places begins.
_ASPECT = re.compile(r"^(?:方面|领域|环节|层面)(?=[一-鿿]{2})")
_PLACED = re.compile(r"^([一-鿿]{4,}?)(?:在|于|到)(?=[一-鿿]{2,}$)")
_LIST_END = re.compile(r"(?<![特一二三四五上下中高初同平相均])等(?![级奖次于])")


def plain(text: str, *, brackets: bool = False) -> str:
    """Without spaces between Chinese characters and, unless asked for, without what stands in brackets."""
    text = (_REFERENCE if brackets else _BRACKETS).sub("", text)
    text = _SPACE.sub("", text.strip()).strip("，。；：、 ")
    if text.count("“") != text.count("”"):
        text = text.strip("“”")
    return text


def without_periods(text: str, year: int) -> str:
    """Without years, dates, school years and editions of events."""
    for mention in reversed(find_periods(text, year)):
        if mention.period.kind != "cohort" or mention.period.label.endswith("届"):
            text = text[: mention.start] + text[mention.end :]
    return re.sub(r"[（(] *[）)]", "", re.sub(r"^ *(?:度|，)+", "", text))


def leading_words(text: str, words: Words) -> str:
    """Without adverbs, list marks and the college itself at the head of the clause."""
    while True:
        shorter = words.own.sub("", words.leads.sub("", text).lstrip(" ，、"))
        if shorter == text or not shorter:
            return text
        text = shorter


def clauses(text: str) -> list[str]:
    """The clauses of a stretch of text that hold words; marks inside quotations and brackets end none."""
    parts = [text]
    for mark in "，；：":
        parts = [piece for part in parts for piece in outside_quotes(part, mark)]
    return [part for part in parts if part.strip(" ）)、")]


def joined(scope: str, core: str) -> str:
    """A scope and a core, without saying a word twice where they meet (…实习培训 + 培训留学生)."""
    for size in (4, 3, 2):
        if len(core) > size and scope.endswith(core[:size]):
            return scope + core[size:]
    return scope + core


def masked(text: str) -> str:
    """The text with quotations and titles blotted out, at the same length."""
    return re.sub(r"“[^”]*”|《[^》]*》", lambda match: "·" * len(match[0]), text)


def without_list(text: str, words: Words, *, may_end: bool) -> str:
    """A list that ends with 等 is left out; what it belongs to stays: 举办路演、经验分享等活动 → 举办活动.

    `may_end` says that what the list is of stands behind the quantity.
    """
    ends = list(_LIST_END.finditer(text))
    if not ends:
        return text
    head, tail = text[: ends[-1].start()], text[ends[-1].end() :]
    if "的" in tail.rstrip("的"):
        tail = tail[tail.rstrip("的").rfind("的") + 1 :]
    aspect = _ASPECT.match(tail)
    if aspect:
        return tail[aspect.end() :]
    preposition = words.prepositions.match(head)
    verbs = list(words.governing.finditer(masked(head), preposition.end() + 2)) if preposition and tail else []
    if verbs and "、" in head[verbs[-1].end() :]:
        return head[: verbs[-1].end()] + tail  # 为农户销售紫菜、茶叶等农产品
    if preposition and tail:
        return head[: preposition.end()] + tail
    if preposition and "、" not in head:
        return head
    verb = words.governing.match(head) or words.verbs.search(masked(head))
    if verb is not None and head.find("、") in (-1, *range(verb.end(), len(head))):
        return head[: verb.end()] + tail
    if tail or may_end:
        return tail
    placed = _PLACED.match(outside_quotes(head, "、")[0])
    return placed[1] if placed else outside_quotes(head, "、")[-1]  # 终端布设|在图书馆、食堂等 6 处


def without_preposition(text: str, words: Words, *, may_end: bool) -> str:
    """From the governing verb on where a phrase such as 为…学生 stands before it; `may_end` says that the
    verb's object stands behind the quantity."""
    opened = words.prepositions.match(text)
    if not opened:
        return text
    least = 0 if may_end else 2
    for pattern in (words.verbs, words.governing):
        found = [verb for verb in pattern.finditer(masked(text), 1) if len(text) - verb.end() >= least]
        if found:
            joint = [verb for verb in found if words.clause("with_partner").match(verb[0])]
            best = joint[0] if joint else found[-1]
            break
    else:
        return text[opened.end() :]
    partner = text[opened.end() : found[0].start()]
    if opened[0] in ("与", "同", "和") and words.clause("with_partner").match(found[0][0]) and "、" not in partner:
        return text[opened.end() :]
    if words.keep_place.match(text, best.start()) and best.start() <= 16:
        return text[opened.end() :]
    return text[best.start() :]


def without_light_verb(text: str, words: Words) -> str:
    """Without a verb at the head that says nothing of its own (开展, 获得)."""
    match = words.light.match(text)
    return text[match.end() :] if match and len(text) > match.end() else text


def last_of_list(text: str, bare: re.Pattern[str], *, longest: int = 18) -> str:
    """The last item of a list that is too long to be kept whole, or what the list describes (…、…的节目). `bare` are
    words that say only that something is measured."""
    if "、" not in text:
        return text
    if 0 < text.rfind("、") < text.rfind("的") < len(text) - 2:
        described = text[text.rfind("的") + 1 :]
        # 时间, 费用 say nothing alone: 把货发往甲、乙、丙的时间 is told of the first of the list
        return outside_quotes(text, "、")[0] + "的" + described if bare.fullmatch(described) else described
    return text if len(text) <= longest else outside_quotes(text, "、")[-1]


def outside_quotes(text: str, mark: str) -> list[str]:
    """The parts between marks that stand outside of quotations and titles."""
    parts, depth, last = [], 0, 0
    for i, c in enumerate(text):
        if c in "“《（(":
            depth += 1
        elif c in "”》）)":
            depth = max(0, depth - 1)
        elif c == mark and depth == 0:
            parts.append(text[last:i])
            last = i + 1
    return [*parts, text[last:]]


def split_predicate(text: str, words: Words) -> tuple[str, str]:
    """What is counted and what it does: 学生开展实训培训 → 学生, 开展实训培训."""
    origin = re.match(r"(?:来自|包括)[^的]*的", text)
    text = text[origin.end() :] if origin else text
    text = words.clause("vague").sub("", text)
    listed = re.match(r"[^，。；的]*?、[^，。；的]*?等(?![级奖次于])(?P<head>[^，。；、]{2,})", text)
    if listed and not words.predicates.search(text[: text.find("、")], 2):
        # 低收入、残疾等毕业生; 考入甲大学、乙大学等本科院校; but not 码头开展引导、咨询等服务
        acts = words.predicates.match(text)
        text = (acts[0] if acts and len(acts[0]) > 1 else "") + listed["head"]
    start = text.find("”") + 1 if text.startswith("“") else min(2, len(text))
    verb = words.predicates.search(text, start)
    acts = _ACTS.search(text, verb.start()) if verb else None
    if verb and acts:  # 码头|开展引导、咨询等服务
        text = text[: verb.end()] + acts["head"]
    comma = len(outside_quotes(text, "、")[0])
    if comma < len(text) and (verb is None or comma < verb.start()):
        described = text.rfind("的")
        text = text[described + 1 :] if comma < described < len(text) - 1 else text[:comma]
        verb = words.predicates.search(text, min(2, len(text)))
    serving = words.clause("serving").match(text[verb.start() :]) if verb else None
    if verb and serving and len(text) > words.longest // 2:
        text = text[: verb.start()] + serving[0]
    serves = words.serves_as.search(text, 2)
    if serves:
        return text[: serves.start()], ""
    short = re.match("(?P<noun>" + "|".join(words.nouns) + ")(?:（[^（）]{1,6}）)?(?=招生|投放|录取|$)", text)
    if short:
        return words.nouns[short["noun"]], text[short.end() :]
    noun, predicate = (text[: verb.start()], text[verb.start() :]) if verb else (text, "")
    head, of, rest = text.partition("的")
    rest = outside_quotes(rest, "、")[0]
    if of and rest and len(head) > len(noun) and len(rest) <= 8 and not words.predicates.search(rest, 1):
        return head + of + rest, ""  # 项目立项的负责人
    head, of, rest = noun.partition("的")
    if of and rest:
        if head in words.adjectives:
            return rest, predicate
        return (noun, predicate) if words.governing.match(head) else (head, "")
    return noun.rstrip("的"), re.sub("^(?:分别|进行)", "", predicate.rstrip("，的"))
