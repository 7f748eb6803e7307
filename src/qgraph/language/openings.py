"""Names of events and projects behind the verb that opens them: 召开数字赋能…研讨会, 举办A培训班、B培训班."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qgraph.language.ending_rules import EndingRule, boundary, ending_rules
from qgraph.language.line import Line

CLOSING = {"”": "“", "’": "‘", "）": "（", ")": "(", "》": "《", "』": "『", "」": "「"}
LONGEST = 56
_LONGEST_OPENED = 72
_LONGEST_QUOTE = 26
_LONGEST_VERB = 5
_MARKS = "，。；：、\n\t"
_EDITION = re.compile(r" ?20\d\d ?(?:年|—|-)| ?第 ?[一二三四五六七八九十百\d]+ ?(?:届|期|批)")
_FIGURE_NUMBER = re.compile(r"^(?:图|表) ?[\d一二三四五六七八九十]+(?:[-—－–.·][\d]+)* ?[:：]?")
# Words that bound names elsewhere but not behind an opening verb.
_LOOSE = frozenset(("暨", "及", "与", "和", "年", "学年", "第", "届", "年度", "月", "了"))


def opened_edge(line: Line, start: int, ending: int, rule: EndingRule) -> int:
    """Where the name of an event begins behind the verb that opens it; `start` if none does.

    A verb inside such a name does not bound it (举办课程标准开发培训班); a word such as 的 or a subject does.
    """
    clause = _clause(line.text, ending)
    edge = _verb_edge(line, clause, start, rule)
    if edge is None and line.text[clause - 1 : clause] == "、":
        edge = clause if _continues(line, clause, rule) else _titled(line, clause, rule)
    if edge is None and boundary().solemn.match(line.text, clause):
        edge = clause
    if edge is not None:
        quote = line.text.find("“", edge, start + 1)
        edge = quote if quote > edge and boundary().people.search(line.text[edge:quote]) else edge
    if edge is None or edge >= start or ending - edge > _LONGEST_OPENED or "”“" in line.text[edge:ending]:
        return start
    between = [line.text[a:b] for a, b in line.words_in(edge, start)]
    if any(w in boundary().joining - {"暨"} for w in between) and holds_ending(line.text, edge, start):
        return start
    bounds = boundary()
    within = frozenset() if line.text[start] == "“" else bounds.verbs
    bars = (bounds.stops - within - _LOOSE) | bounds.subjects
    return start if any(w in bars for w in between) else edge


def is_opened(line: Line, start: int, rule: EndingRule) -> bool:
    """Whether a name begins right behind a verb that opens, or goes on with a list of such names."""
    if start in _verbs(line, max(0, start - _LONGEST_VERB), start, rule):
        return True
    return line.text[start - 1 : start] == "、" and _continues(line, start, rule)


def _verb_edge(line: Line, clause: int, start: int, rule: EndingRule) -> int | None:
    """The end of the last opening verb of the clause; in a caption the end of its number."""
    edges = [e for e in _verbs(line, clause, start, rule) if not _in_quotation(line.text, clause, e)]
    if edges:
        return next((e for e in edges if _EDITION.match(line.text, e)), edges[-1])
    if line.kind == "caption" and clause == 0:
        number = _FIGURE_NUMBER.match(line.text)
        return number.end() if number else None
    return None


def _clause(text: str, end: int) -> int:
    """Where the clause that ends here begins; marks inside quotations do not count."""
    at = end
    while at > 0 and text[at - 1] not in _MARKS:
        opening = opening_mark(text, at - 1) if text[at - 1] in "”》" else None
        at = at - 1 if opening is None else opening
    return at


def _continues(line: Line, clause: int, rule: EndingRule) -> bool:
    """Whether the item of a list before the clause is a name with such an ending, opened by a verb."""
    text = line.text
    for item, end in _items_before(text, clause - 1):
        tail = text[item:end].rstrip()
        bare = tail[: max(tail.rfind("（"), tail.rfind("("))] if tail.endswith(("）", ")")) else tail.rstrip("”")
        alike = any(m.end() == len(bare) for m in rule.ending.finditer(bare))
        if not alike and not (rule.verbs is boundary().opening and boundary().event.search(bare)):
            return False
        if any(verb >= item for verb in _verbs(line, max(0, item - _LONGEST_VERB), end, rule)):
            return True
    return False


def _titled(line: Line, clause: int, rule: EndingRule) -> int | None:
    """The opening verb of an enumeration inside one name that a quotation heads (举办“…”书记、组织员培训班)."""
    start = _clause(line.text, clause - 1)
    edge = _verb_edge(line, start, clause - 1, rule)
    if edge is None or not (line.text[edge] == "“" or boundary().solemn.match(line.text, edge)):
        return None
    behind = line.text[max(edge, line.text.find("”", edge, clause) + 1) : clause - 1]
    return edge if behind.isalpha() and not boundary().event.search(behind) else None


def _verbs(line: Line, start: int, end: int, rule: EndingRule) -> Iterator[int]:
    """Ends of the opening verbs of a stretch."""
    return (m.end() for m in rule.verbs.finditer(line.text, start, end) if not line.cuts(m.end()))


def _in_quotation(text: str, start: int, at: int) -> bool:
    return text.count("“", start, at) != text.count("”", start, at)


def _items_before(text: str, end: int) -> Iterator[tuple[int, int]]:
    """Items of an enumeration from the last to the first."""
    while end > 0:
        start = _clause(text, end)
        yield start, end
        if text[start - 1 : start] != "、":
            return
        end = start - 1


def holds_ending(text: str, start: int, end: int) -> bool:
    """Whether a name of its own ends in the stretch."""
    return any(
        not (rule.after and rule.after.match(text, match.end()))
        for rule in ending_rules()
        for match in rule.ending.finditer(text, start, end)
    )


def opening_mark(text: str, closing: int) -> int | None:
    """Offset of the bracket or quote that a closing one answers to."""
    wanted = CLOSING[text[closing]]
    depth = 0
    for i in range(closing, max(-1, closing - _LONGEST_QUOTE - 2), -1):
        if text[i] == text[closing]:
            depth += 1
        elif text[i] == wanted:
            depth -= 1
            if depth == 0:
                return i
        elif text[i] in "。；\n\t":
            return None
    return None
