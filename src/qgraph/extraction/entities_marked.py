"""Names in marks: 《…》 (documents, courses, projects, media) and “…” followed by a word that says what it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from qgraph.extraction.candidates import Candidate, candidate, tidy
from qgraph.language import Block
from qgraph.ontology import read_lexicon, read_patterns, split_aliases

_TITLED = re.compile(r"《([^《》\n]{2,90}(?:《[^《》\n]{2,60}》[^《》\n]{0,60})?)》")
_QUOTED = re.compile(r"“([^“”\n]{2,40})”")
_EDITION_BRACKET = re.compile(r"（[^（）]*(?:年|试行|修订|版|期|暂行)[^（）]*）$")
_EDITION_BEFORE = re.compile(r"(?:20\d\d ?年?(?:度|学年)? ?|第[一二三四五六七八九十百\d]+(?:届|期|批|次)|首届)+$")
_LEAST_TITLE = 4


@dataclass(frozen=True)
class _Titled:
    course_before: re.Pattern[str]
    course_after: re.Pattern[str]
    project_after: re.Pattern[str]
    work_before: re.Pattern[str]
    talk_before: re.Pattern[str]
    talk_after: re.Pattern[str]


@lru_cache(maxsize=1)
def _titled() -> _Titled:
    data = read_patterns("entities")["titled"]
    return _Titled(**{name: re.compile(data[name]) for name in _Titled.__dataclass_fields__})


@lru_cache(maxsize=1)
def _by_title() -> dict[str, str]:
    """Type of what the lexicons know by its title."""
    known = {}
    for lexicon, type_ in (("media", "Media"), ("courses", "Course")):
        for row in read_lexicon(lexicon):
            for name in (row["name"], *split_aliases(row["aliases"])):
                known[name] = type_
    return known


def find_titled(block: Block) -> Iterator[Candidate]:
    """Whatever stands in 《…》. What is a film, a talk or the like comes as a project or for review."""
    rules = _titled()
    text = block.text
    for match in _TITLED.finditer(text):
        start, end = match.span()
        name = tidy(match[1])
        before, after = text[max(0, start - 30) : start], text[end : end + 30]
        if "《" in before.rpartition("》")[2]:
            continue
        before = re.sub(r"(?:《[^《》]*》[、和及与]?)+$", "", text[max(0, start - 120) : start])[-30:]
        after_list = re.sub(r"^(?:[、和及与]?《[^《》]*》)+", "", text[end : end + 160])[:30]
        known = _by_title().get(name)
        if known == "Media":
            yield candidate(block, start, end, "Media", "title", name=name, rank=3)
        elif rules.project_after.search(after):
            yield candidate(block, start, end, "Project", "title", name=name, rank=3, others=[f"《{name}》项目"])
        elif known and not _is_document(name):
            yield candidate(block, start, end, known, "title", name=name, rank=3)
        elif rules.work_before.search(before):
            yield candidate(block, start, end, "Project", "work", name=f"《{name}》", rank=3, others=[name])
        elif rules.talk_before.search(before) or rules.talk_after.search(after):
            yield candidate(block, start, end, "", "talk", name=name, rank=3)
        elif not _is_document(name) and (rules.course_before.search(before) or rules.course_after.search(after_list)):
            yield candidate(block, start, end, "Course", "title", name=name, rank=3)
        else:
            shorter = _EDITION_BRACKET.sub("", name)
            others = [shorter] if shorter != name and len(shorter) >= _LEAST_TITLE else []
            yield candidate(block, start, end, "Document", "title", name=name, rank=3, others=others)


_DOCUMENT_WORDS = re.compile(
    r"(?:办法|条例|通知|意见|方案|规划|规定|细则|制度|规程|标准|指南|清单|纲要|计划|章程|协议|备忘录|白皮书|报告|规则|准则|法|要点|公告|决定|若干措施|手册|文件|工作方案|目录|实施|名单|守则|公约|宣言|蓝皮书|任务书|合同|办法（[^）]*）|报告（[^）]*）)$"
)


def _is_document(name: str) -> bool:
    return bool(_DOCUMENT_WORDS.search(_EDITION_BRACKET.sub("", name)))


@dataclass(frozen=True, slots=True)
class _QuoteRule:
    words: re.Pattern[str]
    type: str
    take: bool


@lru_cache(maxsize=1)
def _quote_rules() -> tuple[_QuoteRule, ...]:
    rules = read_patterns("entities")["quoted"]["after"]
    return tuple(_QuoteRule(re.compile(r["words"]), r["type"], bool(r["take"])) for r in rules)


def find_quoted(block: Block) -> Iterator[Candidate]:
    """“…” with the word after it that says what it is: “暖冬行动”, “学徒雏鹰计划”, “最美职大学生”寻访."""
    text = block.text
    for match in _QUOTED.finditer(text):
        start, end = match.span()
        inner = match[1]
        for rule in _quote_rules():
            behind = rule.words.match(text, end)
            if behind:
                edition = _EDITION_BEFORE.search(text[:start]) if rule.take else None
                first = edition.start() if edition else start
                last = behind.end() if rule.take else end
                name = tidy(text[first:last]) if rule.take else tidy(inner)
                others = dict.fromkeys([tidy(text[start:last]), tidy(f"“{inner}”"), tidy(inner)])
                yield candidate(
                    block, first, last, rule.type, "quoted", name=name, rank=2, others=[o for o in others if o != name]
                )
                break
            inside = re.search(f"(?:{rule.words.pattern})$", inner)
            if inside and inside.start() > 1 and rule.take:
                edition = _EDITION_BEFORE.search(text[:start])
                first = edition.start() if edition else start
                name = tidy(text[first:end])
                yield candidate(
                    block, first, end, rule.type, "quoted", name=name, rank=2, others=[tidy(inner)] if name != tidy(inner) else []
                )
                break
