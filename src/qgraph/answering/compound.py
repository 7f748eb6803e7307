"""Questions made of questions: one that leans on the answer to another, several in one sentence, a choice of two.

Each is taken apart, its parts are answered on their own, and the answers are put together with all their citations.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from qgraph.answering.figures import one_kind
from qgraph.answering.numerals import plain_number
from qgraph.answering.question import in_writing
from qgraph.citations import MOST
from qgraph.language.quantities import find_quantities
from qgraph.ontology import read_patterns
from qgraph.records import Answer, Citation
from qgraph.text import bigrams, nfkc

_BARE = 8  # characters that one side of a pair has at most where it leaves out what it is a part of
_ASKED = 0.4  # share of the words of an indicator that the question must hold

Ask = Callable[[str], Answer]
"""Answers one part."""


def answer_compound(question: str, ask: Ask) -> Answer | None:
    """The answer to a compound question, or None for a plain one and where a part cannot be answered."""
    rules = read_patterns("asking")["compound"]
    said = nfkc(question).strip()
    ways: tuple[tuple[str, Callable[[re.Match[str], Ask], Answer | None]], ...] = (
        ("leaning", _leaning),
        ("choice", _choice),
        ("difference", _difference),
        ("compared", _compared),
        ("less", _less),
        ("apart", _apart),
        ("sum", _sum),
        ("several", _several),
    )
    for name, put_together in ways:
        match = re.search(rules[name], said)
        answer = put_together(match, ask) if match else None
        if answer is not None:
            return answer
    return None


def compare_reports(question: str, ask: Callable[[str], Sequence[tuple[str, Answer]]]) -> Answer | None:
    """哪所学校的…高: the figure of every report, set side by side. `ask` answers from each report alone and gives the
    college with its answer; None for other questions and where fewer than two reports tell the figure."""
    match = re.search(read_patterns("asking")["compound"]["colleges"], nfkc(question).strip())
    if match is None:
        return None
    told = []
    for college, answer in ask(f"{match['what']}是多少？"):
        quantities = find_quantities(answer.text) if not answer.refused and answer.kind == "number" else ()
        if len(quantities) == 1:
            told.append((college, answer, quantities[0]))
    if len(told) < 2 or len({q.unit for _, _, q in told}) > 1:
        return None
    more = match["way"] in read_patterns("asking")["compound"]["more"]
    ordered = sorted(told, key=lambda row: -row[2].value if more else row[2].value)
    calculation = "；".join(f"{college}：{answer.text}" for college, answer, _ in told)
    return _joined(
        [answer for _, answer, _ in ordered],
        kind="entity",
        text=ordered[0][0],
        statement=f"{match['what']}：{calculation}。",
        calculation=calculation,
        items=(),
    )


def _leaning(match: re.Match[str], ask: Ask) -> Answer | None:
    """获评X的那位老师，带的是…: the first part asks for a name, which takes its place in the second."""
    rules = read_patterns("asking")["compound"]
    known = ask(f"哪{match['counter']}{match['noun'] or rules['person']}{match['what']}？")
    if known.refused or known.kind != "entity":
        return None
    if re.search(rules["name_only"], match["rest"]):
        return known
    answer = ask(f"{known.text}{match['rest']}")
    if answer.refused:
        return None
    return replace(
        answer,
        calculation="；".join(filter(None, (f"{match['what']}的是{known.text}", answer.calculation))),
        citations=_together((answer, known)),
    )


def _choice(match: re.Match[str], ask: Ask) -> Answer | None:
    """A和B哪个多: both figures are looked up and compared."""
    names = _with_theme(match["one"].strip("，, "), match["other"].strip("，, "))
    told = _two_figures([f"{name}{match['what']}是多少？" for name in names], ask)
    if told is None:
        return None
    answers, one, other, _ = told
    more = match["way"] in read_patterns("asking")["compound"]["more"]
    best = names[0] if (one > other) == more else names[1]
    calculation = "；".join(f"{name}{match['what']}：{a.text}" for name, a in zip(names, answers, strict=True))
    same = one == other
    return _joined(
        answers,
        answers[0 if best == names[0] else 1],
        kind="entity",
        text="一样" if same else best,
        statement=f"{calculation}，{'两者一样' if same else best + match['way']}。",
        calculation=calculation,
    )


def _difference(match: re.Match[str], ask: Ask) -> Answer | None:
    """A比B多几项: both figures are looked up and subtracted. Years are compared elsewhere, by one indicator."""
    names = _with_theme(match["one"].strip(), match["other"].strip())
    rules = read_patterns("asking")
    if any(re.search(rules["compound"]["dated"], name) for name in names):
        return None
    extremes = (rules["aggregate"]["maximum"], rules["aggregate"]["minimum"])
    if all(re.search(extreme, match[0]) for extreme in extremes):
        return None  # the range of a row is computed from its figures
    # rates differ by points, but are told in per cent
    asks = "是多少" if "点" in match["asks"] else match["asks"]
    told = _two_figures([f"{name}{match['what']}{asks}？" for name in names], ask)
    if told is None:
        return None
    answers, one, other, unit = told
    unit = "个百分点" if unit == "%" else unit
    value = plain_number(abs(one - other))
    calculation = f"{answers[0].text}（{names[0]}），{answers[1].text}（{names[1]}），相差 {value}{unit}"
    if (match["way"] in "多高" and one < other) or (match["way"] in "少低" and one > other):
        calculation += f"，其实是{names[0]}{'少' if one < other else '多'}"
    return _joined(
        answers,
        text=f"{value}{unit}",
        statement=f"{calculation}。",
        calculation=calculation,
    )


def _compared(match: re.Match[str], ask: Ask) -> Answer | None:
    """A比B多吗: both figures are looked up and compared. Years are compared elsewhere, by one indicator."""
    asking = "是不是|是否|有没有"
    names = _with_theme(re.sub(asking, "", match["one"]).strip(), match["other"].strip())
    if any(re.search(read_patterns("asking")["compound"]["dated"], name) for name in names):
        return None
    told = _two_figures([f"{name}是多少？" for name in names], ask)
    if told is None:
        return None
    answers, one, other, _ = told
    more = match["way"] in read_patterns("asking")["compound"]["more"]
    holds = one > other if more else one < other
    calculation = "；".join(f"{name}：{a.text}" for name, a in zip(names, answers, strict=True))
    return _joined(
        answers,
        kind="yesno",
        text="是" if holds else "否",
        statement=f"{calculation}。",
        calculation=calculation,
    )


def _less(match: re.Match[str], ask: Ask) -> Answer | None:
    """A和B相减多少: the greater less the smaller."""
    names = _with_theme(match["one"].strip(), match["other"].strip())
    told = _two_figures([f"{name}{match['asks']}？" for name in names], ask)
    if told is None:
        return None
    answers, one, other, unit = told
    value = plain_number(abs(one - other))
    unit = "个百分点" if unit == "%" else unit
    a, b = (answers[0].text, answers[1].text) if one >= other else (answers[1].text, answers[0].text)
    first, second = names if one >= other else names[::-1]
    calculation = f"{a}（{first}）－ {b}（{second}）＝ {value}{unit}"
    return _joined(answers, text=f"{value}{unit}", statement=f"{calculation}。", calculation=calculation)


def _with_theme(one: str, other: str) -> tuple[str, str]:
    """What is set side by side; of two colleges the second leaves out what of the first is asked (A校教师比B校), and
    what both are parts of is said only once (双师型教师里，中级和初级)."""
    topic = re.search(read_patterns("asking")["compound"]["topic"], one)
    if topic and topic["topic"] not in other:
        return one, f"{topic['topic']}{other}"
    # 减招和停招的专业: what both are of is said only behind the second
    if "的" not in one and len(one) <= _BARE and "的" in other:
        return f"{one}{other[other.rindex('的') :]}", other
    pattern = read_patterns("asking")["compound"]["college"]
    first, second = re.fullmatch(pattern, one), re.fullmatch(pattern, other)
    if first and second and first["theme"] and not second["theme"]:
        return one, f"{other}的{first['theme']}"
    return one, other


def _apart(match: re.Match[str], ask: Ask) -> Answer | None:
    """A和B分别是多少: each is answered."""
    answers = [ask(f"{match[name]}{match['asks']}？") for name in ("one", "other")]
    if any(a.refused or a.kind != "number" for a in answers):
        return None
    return _joined(
        answers,
        text="；".join(f"{match[name]}：{a.text}" for name, a in zip(("one", "other"), answers, strict=True)),
        statement="".join(a.statement for a in answers),
        items=tuple(a.text for a in answers),
    )


def _sum(match: re.Match[str], ask: Ask) -> Answer | None:
    """A和B加起来多少: both figures are looked up and added."""
    names = _with_theme(match["one"].strip(), match["other"].strip())
    told = _two_figures([f"{name}{match['asks']}？" for name in names], ask)
    if told is None or names[0] in names[1] or names[1] in names[0]:
        return None  # a whole and its part are not added
    answers, one, other, unit = told
    if unit == "%":
        return None  # rates of different wholes do not add up
    bound = "余" if any("余" in a.text for a in answers) else ""
    value = f"{plain_number(one + other)}{bound}{unit}"
    calculation = f"{answers[0].text}（{names[0]}）＋ {answers[1].text}（{names[1]}）＝ {value}"
    return _joined(
        answers,
        text=value,
        statement=f"{calculation}。",
        calculation=calculation,
    )


def _two_figures(questions: Sequence[str], ask: Ask) -> tuple[list[Answer], Decimal, Decimal, str] | None:
    """Two figures of one unit, or None; a figure that several reports tell differently is none."""
    answers = [ask(question) for question in questions]
    if any(a.refused or a.kind != "number" or a.items for a in answers):
        return None
    if not all(_is_asked(question, a) for question, a in zip(questions, answers, strict=True)):
        return None
    quantities = [find_quantities(a.text) for a in answers]
    if any(len(q) != 1 for q in quantities) or not _addable(quantities[0][0].unit, quantities[1][0].unit):
        return None
    if answers[0].citations[:1] == answers[1].citations[:1] and quantities[0][0].value == quantities[1][0].value:
        return None  # the second question found the figure of the first again
    return answers, quantities[0][0].value, quantities[1][0].value, quantities[0][0].unit


def _addable(one: str, other: str) -> bool:
    """Whether figures of two units can be set against each other; people are not counted with things."""
    return one == other or (one_kind(one, other) and "人" not in (one, other))


def _is_asked(question: str, answer: Answer) -> bool:
    """Whether the figure is the one of the question and not one of its parts (利息收入, not 收入)."""
    rules = read_patterns("asking")
    told = re.sub(rules["compound"]["period"], "", answer.statement.partition("为")[0])
    told = re.sub(rules["measuring"]["summing"], "", told)
    grams = set(bigrams(told)) - set(bigrams(re.sub(r"\D", "", told)))
    return len(grams & set(bigrams(in_writing(question)))) >= _ASKED * len(grams)


def _several(match: re.Match[str], ask: Ask) -> Answer | None:
    """A多少项，其中B多少项: each is answered, the second about the theme of the first."""
    if re.search(read_patterns("asking")["compound"]["simple"], match[0]):
        return None
    first, rest = match["first"], match["rest"].strip("，,、和与 ")
    theme = re.split(read_patterns("asking")["compound"]["asks"], first)[0]
    parts = [ask(first), ask(f"{theme}{rest}")]
    if any(a.refused for a in parts) or parts[0].text == parts[1].text:
        return None
    return _joined(
        parts,
        text="；".join(a.text for a in parts),
        statement="".join(a.statement for a in parts),
        calculation="；".join(a.calculation for a in parts if a.calculation),
        items=tuple(a.text for a in parts),
        disagreement=tuple(d for a in parts for d in a.disagreement),
    )


def _joined(answers: Sequence[Answer], like: Answer | None = None, **told: Any) -> Answer:
    """One answer made of several: as sure as the least sure of them, with the places of all, and otherwise like one
    of them, the first if not said."""
    least = min(a.confidence for a in answers)
    return replace(like or answers[0], citations=_together(answers), confidence=least, **told)


def _together(answers: Sequence[Answer]) -> tuple[Citation, ...]:
    """The best citation of each answer first, then the others; each sentence once, numbered anew."""
    best = [a.citations[0] for a in answers if a.citations]
    by_place: dict[tuple[str, str], Citation] = {}
    for citation in [*best, *(c for a in answers for c in a.citations[1:])]:
        by_place.setdefault((citation.report, citation.sentence), citation)
    return tuple(replace(c, number=n) for n, c in enumerate([*by_place.values()][:MOST], 1))
