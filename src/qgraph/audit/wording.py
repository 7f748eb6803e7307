"""Wording: wrong characters, doubled words, punctuation, unsupported claims, private data, policy titles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from qgraph.audit.draft import Draft, Spot, text_sentences
from qgraph.ontology import read_lexicon, read_patterns
from qgraph.records import Document, Entity
from qgraph.text import fold

_TITLE = re.compile(r"《([^《》]{4,80})》")


def check_typos(document: Document) -> Iterator[Draft]:
    """Wrong characters that the lexicon of confusions knows (a row may be a regular expression)."""
    rows = [(re.compile(row["wrong"]), row["right"], row["note"]) for row in read_lexicon("typos")]
    for sentence in document.sentences:
        for pattern, right, note in rows:
            for match in pattern.finditer(sentence.text):
                fixed = match.expand(right)
                reason = f"（{note}）" if note else ""
                yield Draft(
                    "typo",
                    f"“{match[0]}”疑为“{fixed}”{reason}。",
                    (Spot(sentence.id, match[0]),),
                    0.85,
                )


def check_doubled(document: Document) -> Iterator[Draft]:
    """A word of two or more characters written twice in a row (联合联合), and doubled punctuation."""
    allowed = set(read_patterns("audit")["doubled"]["allowed"])
    pattern = re.compile(r"([\u4e00-\u9fff]{2,6})\1|([，。；：、])\2|[，、；：][。，；]")
    for sentence in document.sentences:
        for match in pattern.finditer(sentence.text):
            if match[1] and (match[1] in allowed or match[1][0] == match[1][1] or _straddles(document, match[1])):
                continue
            what = "词语重复" if match[1] else "标点重复"
            yield Draft("doubled", f"{what}：“{match[0]}”。", (Spot(sentence.id, match[0]),), 0.85)


def _straddles(document: Document, word: str) -> bool:
    """Whether the doubled characters are the ends of other words (德育|教育|教学 gives 育教育教).

    Then the turned-round word (教育) is the real one, and stands in the report more often.
    """
    turned = word[1:] + word[0]
    return document.text.count(turned) > document.text.count(word)


def check_punctuation(document: Document) -> Iterator[Draft]:
    """Half-width marks between Chinese characters, and headings that end with a full stop."""
    half = re.compile(r"(?<=[\u4e00-\u9fff”》）])[,;:?!](?=[\u4e00-\u9fff“《（])")
    for sentence in document.sentences:
        for match in half.finditer(sentence.text):
            around = sentence.text[max(0, match.start() - 6) : match.end() + 6]
            yield Draft(
                "punctuation",
                f"中文里用了半角标点“{match[0]}”：“{around}”。",
                (Spot(sentence.id, around),),
                0.9,
            )
        if sentence.kind == "heading" and sentence.text.rstrip().endswith(("。", "；", "，")):
            yield Draft(
                "punctuation",
                f"标题末尾有标点：“{sentence.text}”。",
                (Spot(sentence.id, sentence.text),),
                0.9,
            )


def check_claims(document: Document) -> Iterator[Draft]:
    """Claims such as 全国首个, 领先, 显著提升 with no figure, award or case near them."""
    rules = read_patterns("audit")["claims"]
    strong = re.compile("|".join(rules["strong"]))
    weak = re.compile("|".join(rules["weak"]))
    exempt = re.compile("|".join(rules["exempt"]))
    support = re.compile("|".join(rules["support"]))
    sentences = text_sentences(document)
    for position, sentence in enumerate(sentences):
        near = [
            s
            for s in sentences[max(0, position - 1) : position + 2]
            if s.section == sentence.section and s.case == sentence.case
        ]
        for pattern, scope, confidence in ((strong, [sentence], 0.7), (weak, near, 0.55)):
            match = pattern.search(sentence.text)
            if match is None or exempt.search(sentence.text):
                continue
            text = "".join(s.text for s in scope).replace(match[0], "")
            if support.search(text):
                continue
            yield Draft(
                "claim",
                f"“{match[0]}”附近没有数据、奖项或案例支撑，请补充依据或改写。",
                (Spot(sentence.id, match[0]),),
                confidence,
            )


def check_private(document: Document, entities: tuple[Entity, ...]) -> Iterator[Draft]:
    """Phone and identity numbers, and students' full names, before publication."""
    rules = read_patterns("audit")["private"]
    for kind in rules["numbers"]:
        pattern = re.compile(kind["pattern"])
        for sentence in document.sentences:
            for match in pattern.finditer(sentence.text):
                yield Draft(
                    "private",
                    f"发布前请核对{kind['name']}“{match[0]}”是否可以公开。",
                    (Spot(sentence.id, match[0]),),
                    0.9,
                )
    student = re.compile("|".join(rules["student_context"]))
    other = re.compile("|".join(rules["not_student"]))
    sentences = document.sentence_by_id
    for entity in entities:
        if entity.type != "Person":
            continue
        spots = []
        for mention in entity.mentions:
            said = sentences[mention.evidence.sentence]
            at = mention.evidence.start - said.start
            window = said.text[max(0, at - 12) : at + len(mention.text) + 8]
            if student.search(window) and not other.search(window):
                spots.append(Spot(said.id, mention.text))
        if spots:
            yield Draft("private", f"出现学生姓名“{entity.name}”，发布前请确认已获同意。", tuple(spots[:3]), 0.75)


def check_policies(document: Document) -> Iterator[Draft]:
    """Policy titles 《…》 that differ a little from the vocabulary's official title."""
    official = {row["title"]: row["issuer"] for row in read_lexicon("policies")}
    folded = {fold(title): title for title in official}
    for sentence in document.sentences:
        for match in _TITLE.finditer(sentence.text):
            title = match[1]
            if fold(title) in folded:
                continue
            best, score = "", 0.0
            for known in official:
                ratio = SequenceMatcher(None, fold(title), fold(known), autojunk=False).ratio()
                if ratio > score:
                    best, score = known, ratio
            if score < 0.8 or fold(title) in fold(best) or fold(best) in fold(title):
                continue
            yield Draft(
                "policy_title",
                f"文件名《{title}》与通用名称《{best}》（{official[best]}）不一致，请核对。",
                (Spot(sentence.id, f"《{title}》"),),
                0.5 + (score - 0.8) * 2,
            )
