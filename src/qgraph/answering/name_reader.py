"""The road over sentences: names, read from the best ones by their type, role, ending, marks or place."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qgraph.answering.cells import column_spans, row_name
from qgraph.answering.comparable import alike
from qgraph.answering.figures import Ranked
from qgraph.answering.ground import Ground, Line
from qgraph.answering.known_names import lexicon_spans
from qgraph.answering.numerals import shown
from qgraph.answering.question import Question
from qgraph.answering.reader import Read
from qgraph.answering.roads import Found, Span
from qgraph.answering.spans import (
    atom_spans,
    ending_with,
    entity_spans,
    enumerations,
    nearest,
    own_name,
    quoted_names,
    side_by_side,
    unsaid,
)
from qgraph.divisions import codes_named, lies_in
from qgraph.knowledge import Knowledge
from qgraph.ontology import read_patterns
from qgraph.text import bigrams, fold, in_order

_DEPTH = 12
_PATTERN = 0.15  # for what a pattern takes from a sentence
_CODE = r"[A-Za-z][A-Za-z0-9]*(?:[-/][A-Za-z0-9]+)+|[A-Za-z]+\d[A-Za-z0-9]*|[A-Z]{2,}"
_INSIDE = 0.3  # for a division of the country inside the one that the question names (河北哪个县)
_SAID = 0.6  # share of the words of a name that a question holds which speaks of it
_AFTER = 8  # characters behind a quoted name that may say what it is
_ENDS = 3  # characters that a short form of a name has from its beginning


def find_name(question: Question, knowledge: Knowledge, reads: Sequence[Read]) -> list[Found]:
    """A name of the wanted type, or a quoted name, in the best sentences."""
    ways = (_objects, _agents, _means, _codes, _called)
    found = [candidate for way in ways for candidate in way(question, reads)]
    strict = set(read_patterns("asking")["strict"]["types"])
    unquoted = set(question.types) <= set(read_patterns("asking")["strict"]["unquoted"])
    # divisions of the country are all known by name
    division = "Region" in question.types and re.search(read_patterns("asking")["strict"]["divisions"], question.text)
    around = [s.text for s in lexicon_spans(("Region",), question.text)] if division else []
    small = re.search(read_patterns("asking")["strict"]["small"], question.text)
    for rank, read in enumerate(reads[:_DEPTH]):
        text = read.line.sentence.text
        spans = entity_spans(question, knowledge, read.line)
        spans = _beside_role(question, text, spans)
        if small:
            spans = [*(s for s in spans if s.text.endswith(small[1])), *ending_with(small[1], text)]
        spans = column_spans(question, knowledge, read.line) or _of_head(question, knowledge, read.line) or spans
        spans = spans or _called_so(question, read.line)
        bonus = 0.12
        if not spans and set(question.types) & strict:
            continue
        flaws = read.flaws
        if not spans and question.ending and not division:
            spans = unsaid(question, _in_full(ending_with(question.ending, text), atom_spans(knowledge, read.line)))
            bonus = 0.06
        spans = [s for s in spans if not _said(question, s.text)]
        if not spans and not (question.types and unquoted):
            spans = [s for s in unsaid(question, quoted_names(text)) if not _said(question, s.text)]
            called = [s for s in spans if re.search(rf"(?:{question.ending})", s.text + _behind(text, s))]
            bonus = 0.0 if question.types else 0.1
            if not called and question.ending and re.search(f"哪一?[个支项名门]?(?:{question.ending})", question.text):
                continue
            if not called:
                flaws = (*flaws, "kind")  # what is quoted here is not called as what is asked for
            spans = called or spans
        if not spans:
            continue
        inside = [s for s in spans if any(lies_in(code, outer) for code in codes_named(s.text) for outer in around)]
        spans, bonus = inside or spans, bonus + (_INSIDE if inside else 0.0)
        ordered = spans if {"maximum", "minimum"} & question.aggregates else nearest(read.hits, text, spans)
        items = _all_of_them(question, text, ordered[0], spans, atom_spans(knowledge, read.line))
        found.append(
            Found(
                "、".join(items),
                (read.place,),
                read.score + bonus - 0.03 * rank,
                "读名称",
                items if len(items) > 1 else (),
                flaws=flaws,
            )
        )
    return found


def _in_full(spans: Sequence[Span], names: Sequence[Span]) -> list[Span]:
    """The spans, each as the whole name that it ends (经贸与旅游学院, not 旅游学院)."""
    return [next((n for n in names if n.end == s.end and n.start < s.start), s) for s in spans]


def _behind(text: str, span: Span) -> str:
    """The words of its clause right behind a quoted name, which may say what it is."""
    return re.split("[，。；：]", text[span.end : span.end + _AFTER])[0]


def _said(question: Question, name: str) -> bool:
    """Whether the question itself says a name, but for some words (现场工程师计划: 现场工程师专项培养计划)."""
    own = set(bigrams(name))
    if len(name) > 4 and len(own & set(bigrams(question.text))) >= _SAID * len(own):
        return True
    # or as a short form that begins and ends as the name does
    said = re.search(f"{re.escape(name[:_ENDS])}[^，,？?]*?{re.escape(name[-2:])}", question.text)
    return len(name) > _ENDS + 2 and said is not None and in_order(said[0], name)


def _found(reads: Sequence[Read], pattern: str, group: str | int, road: str) -> list[Found]:
    """What a group of the pattern takes from each of the best sentences that the pattern fits."""
    found = []
    for rank, read in enumerate(reads[:_DEPTH]):
        text = read.line.sentence.text
        spans = [Span(m[group].strip(), *m.span(group)) for m in re.finditer(pattern, text)]
        for span in nearest(read.hits, text, spans)[:1]:
            found.append(Found(span.text, (read.place,), read.score + _PATTERN - 0.03 * rank, road, flaws=read.flaws))
    return found


def _objects(question: Question, reads: Sequence[Read]) -> list[Found]:
    """What something was done to (共建了什么): the object of that verb in the best sentences."""
    match = re.search(read_patterns("asking")["naming"]["object"], question.text)
    if match is None:
        return []
    noun = match["noun"][-2:]
    found = _found(reads, rf"{match['verb']}(?:了|着)?([^，。；、！？]{{2,40}})", 1, "读宾语")
    return [f for f in found if noun in f.text]


def _agents(question: Question, reads: Sequence[Read]) -> list[Found]:
    """Who did it (由哪个部门把关): whom the best sentences say that it was done by."""
    rules = read_patterns("asking")["naming"]
    return _found(reads, rules["acted"], "who", "读宾语") if re.search(rules["agent"], question.text) else []


def _means(question: Question, reads: Sequence[Read]) -> list[Found]:
    """By what means it was done (拿什么工具做的): what the best sentences say was used."""
    rules = read_patterns("asking")["naming"]
    return _found(reads, rules["used"], "who", "读宾语") if re.search(rules["means"], question.text) else []


def _codes(question: Question, reads: Sequence[Read]) -> list[Found]:
    """The code that something is known by (什么型号), from the best sentences that hold one."""
    if re.search(read_patterns("asking")["naming"]["code"], question.text) is None:
        return []
    return [f for f in _found(reads, _CODE, 0, "读名称") if f.text not in question.text]


def _called(question: Question, reads: Sequence[Read]) -> list[Found]:
    """The name that stands behind a dash or colon after what is asked for (辅助决策系统—物联智图); of several in one
    sentence that of the year that is asked for."""
    rules = read_patterns("asking")["naming"]
    asked = re.search(rules["called"], question.text)
    if asked is None:
        return []
    years = "|".join(map(str, question.years))
    pattern = re.escape(asked["head"][-2:]) + rules["dash"]
    found = _found(reads, f"(?:{years})[^，。；]*?{pattern}", "name", "读名称") if years else []
    return found or _found(reads, pattern, "name", "读名称")


def _all_of_them(
    question: Question, text: str, span: Span, spans: Sequence[Span], atoms: Sequence[Span]
) -> tuple[str, ...]:
    """The name, with those that stand beside it where the question leaves open how many it wants (跟谁, 什么奖)."""
    rules = read_patterns("asking")["naming"]
    quotes = side_by_side(text, span)
    if len(quotes) > 1 and span.text.strip("“”《》") in quotes:
        return quotes
    if not re.search(rules["open"], question.text):
        return (span.text,)
    for match in re.finditer(rules["awards"], text):
        if match.start() <= span.start < match.end():
            return (re.sub(r"\s+|[，、,]\s*$", "", match[0]),)
    for enumeration in enumerations(text, atoms):
        if any(item.start <= span.start < item.end for item in enumeration.items):
            beside = [i for i in enumeration.items if any(i.start <= s.start < i.end for s in spans)]
            return tuple(item.text for item in beside)
    return (span.text,)


def _of_head(question: Question, knowledge: Knowledge, line: Line) -> list[Span]:
    """Names of whatever type that end as what is asked for is called (哪个基金会 → …基金会)."""
    match = re.search(read_patterns("asking")["naming"]["head"], question.text)
    if match is None:
        return []
    said = match["after"] or match["before"]
    heads = [said[:size] for size in range(len(said), 1, -1)] if match["after"] else [said]
    names = unsaid(question, atom_spans(knowledge, line))
    for head in heads:
        ending = [s for s in names if s.text.endswith(head) and not own_name(knowledge, line.report, s.text)]
        if ending:
            return ending
    return []


def _called_so(question: Question, line: Line) -> list[Span]:
    """What is called as what is asked for though no name of it is known (哪个大模型)."""
    match = re.search(read_patterns("asking")["naming"]["head"], question.text)
    said = (match["after"] or match["before"]) if match else ""
    heads = (said[:size] for size in range(len(said), 1, -1))
    called = next(filter(None, (ending_with(head, line.sentence.text) for head in heads)), [])
    return unsaid(question, called)


def _beside_role(question: Question, text: str, spans: list[Span]) -> list[Span]:
    """Of persons asked for by a role (谁是校长) only those who stand beside that role."""
    rules = read_patterns("asking")["roles"]
    role = re.search(rules["pattern"], question.text)
    if role is None or "Person" not in question.types:
        return spans
    reach = int(rules["reach"])
    told = []
    for span in spans:
        # the words since the last person belong to this one (院长由…总工程师…担任)
        other = max((s.end for s in spans if s.end <= span.start), default=0)
        clause = max(other, text.rfind("，", 0, span.start), text.rfind("；", 0, span.start), 0)
        if role[0] in text[min(clause, max(0, span.start - reach)) : span.end + reach]:
            told.append(span)
    return told


def find_extreme(question: Question, knowledge: Knowledge, ground: Ground, ranked: Sequence[Ranked]) -> Found | None:
    """The name that goes with the greatest or smallest of the figures that are set side by side; of a list as many as
    the question counts (最多的五家)."""
    totals = read_patterns("asking")["measuring"]["total"]
    for best in ranked[:_DEPTH]:
        row = [r for r in alike(best, ranked) if not re.search(totals, r.figure.observation.indicator)]
        named = {r.figure.observation.id: _name_of(question, knowledge, ground, r) for r in row}
        if len(set(named.values()) - {""}) > 1:
            break
    else:
        return None
    row = [r for r in row if named[r.figure.observation.id]]
    most = question.expected if question.kind == "list" else 1
    if most > len(row) or (question.kind == "list" and most < 2):
        return None
    ordered = sorted(row, key=lambda r: r.figure.observation.value, reverse="maximum" in question.aggregates)
    told = "；".join(f"{r.figure.observation.indicator} {shown(r.figure.observation)}" for r in ordered[: max(6, most)])
    names = tuple(named[r.figure.observation.id] for r in ordered[:most])
    places = tuple(dict.fromkeys(r.place for r in ordered[:most]))
    return Found("、".join(names), places, row[0].score, "比大小", names if most > 1 else (), calculation=told)


def _name_of(question: Question, knowledge: Knowledge, ground: Ground, ranked: Ranked) -> str:
    """What a figure is of: the entity of the wanted type in its label, else before it; in a table the row."""
    line = ground.lines[ranked.figure.line]
    spans = entity_spans(question, knowledge, line)
    inside = [s for s in spans if fold(s.text) in fold(ranked.figure.label)]
    at = ranked.figure.observation.evidence.start - line.sentence.start
    before = inside or sorted((s for s in spans if s.end <= at), key=lambda s: -s.end)
    return before[0].text if before else row_name(knowledge, line)
