"""The road over sentences: lists read from the best sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qgraph.answering.question import Question
from qgraph.answering.reader import Read
from qgraph.answering.roads import Found
from qgraph.answering.spans import (
    Enumeration,
    atom_spans,
    ending_with,
    entity_spans,
    enumerations,
    overlap,
    own_name,
    quoted_names,
    unsaid,
)
from qgraph.knowledge import Knowledge
from qgraph.ontology import read_patterns
from qgraph.text import bigrams, fold

_DEPTH = 12
_SILENT = 0.4
_MARKED, _APART = 0.1, 0.2
_CALLED, _UNCALLED = 0.12, 0.3
_AFTER = 12  # characters behind items that may say what they are
_DONE = 0.4  # for items right behind what the question says was done to them (撤销A、B)


def find_list(question: Question, knowledge: Knowledge, reads: Sequence[Read]) -> list[Found]:
    """Enumerations of the best sentences that suit the number, type and words of the question."""
    found = []
    strict = bool(set(question.types) & set(read_patterns("asking")["strict"]["lists"]))
    cues = [p for p in read_patterns("asking")["predicates"].values() if re.search(p, question.text)]
    for rank, read in enumerate(reads[:_DEPTH]):
        text = read.line.sentence.text
        # a sentence that does not say the asked relation (牵头, 共建) is likely about something else
        silent = _SILENT if cues and not any(re.search(p, text) for p in cues) else 0.0
        typed = {fold(s.text) for s in entity_spans(question, knowledge, read.line)}
        atoms = atom_spans(knowledge, read.line)
        rows = list(enumerations(text, atoms))
        for enumeration in rows:
            items = [s.text for s in unsaid(question, enumeration.items)]
            if not re.search(read_patterns("asking")["items"]["together"], question.text):
                items = [i for i in items if not own_name(knowledge, read.line.report, i)]
            items = _uncounted(question, items)
            if len(items) < 2 or _is_clause(knowledge, read.line.report, items[0]):
                continue
            if strict and "Country" not in question.types:
                if sum(any(t in fold(i) or fold(i) in t for t in typed) for i in items) < len(items) / 2:
                    continue
            elif strict:
                # 泰国罗勇技术学院 tells the country in its name
                within = [next((t for t in typed if t in fold(i) or fold(i) in t), "") for i in items]
                if sum(map(bool, within)) < len(items) / 2:
                    continue
                items = [t if t and t in fold(i) else i for t, i in zip(within, items, strict=True)]
            score = read.score - 0.04 * rank - silent + _suits(question, enumeration, items, typed)
            items = _of_kind(question, items)
            found.append(Found("、".join(items), (read.place,), score, "读清单", tuple(items), flaws=read.flaws))
        marked = quoted_names(text)
        quoted = [s.text for s in unsaid(question, marked)]
        unquoted = bool(question.types) and set(question.types) <= set(read_patterns("asking")["strict"]["unquoted"])
        if len(quoted) >= 2 and len(quoted) == question.expected and (not unquoted or _typed(quoted, typed)):
            score = read.score - 0.04 * rank - silent + 0.25
            if question.types and not _typed(quoted, typed):
                score += _called(question, quoted, text[marked[-1].end :])
            found.append(Found("、".join(quoted), (read.place,), score, "读清单", tuple(quoted), flaws=read.flaws))
        names = list(dict.fromkeys(s.text for s in entity_spans(question, knowledge, read.line)))
        # one known name of a row is not the row
        if names and not (len(names) == 1 and any(names[0] == item.text for row in rows for item in row.items)):
            score = read.score - 0.04 * rank - silent + (0.2 if len(names) == question.expected else 0.02)
            found.append(Found("、".join(names), (read.place,), score, "读清单", tuple(names), flaws=read.flaws))
    return found


def _uncounted(question: Question, items: list[str]) -> list[str]:
    """The items without their numbers where kinds are asked for (哪三类人: 产业导师56人); else none where they tell
    numbers, which name no thing (国家级2门、省级16门)."""
    rules = read_patterns("asking")["items"]
    if not any(re.search(rules["counts"], item) for item in items):
        return items
    if not re.search(rules["kinds"], question.text):
        return []
    return [re.sub(rules["counts"], "", item).removeprefix(rules["whole"]).strip() for item in items]


def _typed(items: Sequence[str], typed: set[str]) -> bool:
    """Whether any of the items is, or is a part of, or holds a name of the wanted type."""
    return any(fold(item) in t or t in fold(item) for item in items for t in typed)


def _of_kind(question: Question, items: list[str]) -> list[str]:
    """Of more items than the question counts (一厂一线四中心里的四个中心) those that are called as it calls them, where
    they are as many."""
    kinds = [item for item in items if item[-2:] in question.noun]
    return kinds if len(kinds) == question.expected > 1 else items


def _is_clause(knowledge: Knowledge, report: str, item: str) -> bool:
    """Whether an item begins with the college itself: what it did (学校全面融入与服务…), not a thing of a row."""
    return any(fold(item).startswith(name) and len(fold(item)) > len(name) + 2 for name in knowledge.own_names[report])


def find_apart(question: Question, knowledge: Knowledge, reads: Sequence[Read]) -> list[Found]:
    """Names that several of the best sentences tell one by one (分别是和哪所大学)."""
    if "分别" not in question.text or not question.types:
        return []
    names: list[str] = []
    places: list[tuple[str, str]] = []
    for read in reads[:4]:
        text = read.line.sentence.text
        spans = entity_spans(question, knowledge, read.line)
        spans += [s for s in ending_with(question.ending, text) if question.ending]
        for span in sorted(spans, key=lambda s: s.start):
            name = fold(span.text)
            if own_name(knowledge, read.line.report, span.text) or name in fold(question.text):
                continue
            if not any(name in fold(n) or fold(n) in name for n in names):
                names.append(span.text)
                places.append(read.place)
    if not 2 <= len(names) <= 6 or question.expected not in (0, len(names)):
        return []
    return [
        Found(
            "、".join(names),
            tuple(dict.fromkeys(places)),
            reads[0].score + 0.3,
            "逐句读",
            tuple(names),
            flaws=reads[0].flaws,
        )
    ]


def _suits(question: Question, enumeration: Enumeration, items: list[str], typed: set[str]) -> float:
    # its own clause tells what a row is of; the next clause tells of the next (新增A、B，撤销C、D)
    before, after = re.split("[，。；]", enumeration.before)[-1], re.split("[，。；]", enumeration.after)[0]
    score = 0.35 * overlap(question, before[-14:] + after[:14])
    score += _MARKED * enumeration.marked + _APART * ("分别" in question.text and "分别" in before)
    score += _DONE * (before.strip()[-2:] in question.weights)
    if question.expected:
        score += 0.25 if len(items) == question.expected else -0.12
    noun = set(bigrams(question.noun))
    if noun:
        around = set(bigrams(after[:14])) | set(bigrams(items[-1]))
        score += 0.35 * len(noun & around) / len(noun)
    share = sum(any(t in fold(i) or fold(i) in t for t in typed) for i in items) / len(items) if typed else 0.0
    if share >= 0.5:
        score += 0.4 * share
    elif question.types:
        score += _called(question, items, after)
    return score


def _called(question: Question, items: Sequence[str], after: str) -> float:
    """What it is worth that items which are no known names of the wanted type are called as what is asked for, by how
    they end or by what stands right behind them."""
    behind = re.split("[，。；]", after)[0][:_AFTER]
    told = question.ending and (
        re.search(f"(?:{question.ending})", behind) or any(re.search(f"(?:{question.ending})$", i) for i in items)
    )
    return _CALLED if told else -_UNCALLED
