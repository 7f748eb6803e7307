"""Names read from their ending: …有限公司, …产业学院, …技能大赛, …实训基地.

From the ending the words are taken in to the left until one cannot stand inside a name (punctuation, a verb
such as 推进, a function word such as 依托). Then words that cannot begin a name are taken off, an edition
(2024年, 第三届) is put back where it belongs to the name, and names made of general words only (校企合作企业) are
left out. The words are data: ontology/patterns/endings.toml.
"""

from __future__ import annotations

import re
from functools import lru_cache

from spacy.language import Language
from spacy.tokens import Doc

from qgraph.language.agreement import agreed_edge
from qgraph.language.edges import NUMBER, left_edge, right_edge
from qgraph.language.ending_rules import EndingRule, boundary, ending_rules
from qgraph.language.line import Line
from qgraph.language.openings import is_opened
from qgraph.language.spans import NameSpan, add_spans, names_of

_LONG = 4
_FOUNDED = 2
_LONG_WITH_GENERAL = 8
# Where a word unknown to dictionaries or Latin letters are no proof.
_UNSURE = frozenset(("proper", "opened"))
_STRICTEST = frozenset(("proper", "opened", "rare"))
_EDITION = re.compile(r"第|首[届期]|20\d\d")
# A division whose name no lexicon has still looks like one (云梦市…).
_PLACE_LIKE = re.compile(r"[\u4e00-\u9fff]{2,3}(?:省|市|县|州|自治区)(?=[\u4e00-\u9fff]|$)")
# A firm to which a plant, mine or depot belongs (神东煤炭集团|大柳塔煤矿).
_HOLDING = re.compile(r"[一-鿿]{2}(?:集团|公司)")
_MEASURE = re.compile(r"[余多万亿]*(?:吨|亩|[万亿]?元|平方米|公里|公斤|千瓦|立方米|米|台|套|头|只|株|棵|辆|床)")
_REPEATED = re.compile(r"赛(?!区).*(?<!教学能力)比赛$")


def find_by_ending(line: Line) -> list[NameSpan]:
    """All names that the endings show, possibly overlapping; the longest ending is tried at each place."""
    found: list[NameSpan] = []
    for rule in ending_rules():
        for match in rule.ending.finditer(line.text):
            if rule.after and rule.after.match(line.text, match.end()):
                continue
            start = left_edge(line, match.start(), match.end(), rule)
            if rule.past and not _is_name(line, start, match.start(), match.end(), rule):
                start = left_edge(line, match.start(), match.end(), rule, past=start)
            start = agreed_edge(line, start, match.start(), match.end(), rule)
            if _is_name(line, start, match.start(), match.end(), rule):
                end = right_edge(line, start, match.end(), rule)
                found.append(NameSpan(start, end, rule.type, source="ending"))
    return found


def _is_name(line: Line, start: int, ending: int, end: int, rule: EndingRule) -> bool:
    """Whether what was read is a name and not a general word."""
    core = line.text[start:ending].strip()
    if _MEASURE.match(core) and line.text[:start].rstrip()[-1:].isdigit():
        return False  # the end of a quantity (处理600|吨…生产线)
    if len(core) < rule.least or (rule.never and rule.never.search(line.text[start:end])):
        return False
    if rule.type == "Competition" and _REPEATED.search(line.text[start:end]):
        return False
    known = any(s.source == "lexicon" and s.label == rule.type and s.end == end for s in line.proper)
    if _is_verb(line, start, ending) or (rule.unknown and known) or _known_otherwise(line, start, ending, end, rule):
        return False
    own = _own_words(line, start, ending, rule)
    proper = _is_proper(line, start, ending, end, rule)
    if rule.strict in _STRICTEST:
        if rule.strict == "proper" and not own and not _holds_name(line, start, ending):
            return False  # the recogniser takes general words for an organisation (合作医院)
        levelled = boundary().levels.match(core) or (rule.edition and _EDITION.match(core))
        if rule.strict == "opened" and own >= _LONG and is_opened(line, start, rule):
            return True
        return proper or bool(levelled and own and (rule.opened or own >= _LONG))
    if not own:
        return ("“" in core and rule.quotes) or _dated(core, rule)
    if rule.strict == "long":
        founded = rule.founded and boundary().founding.search(line.text[:start]) is not None
        enough = own >= (_FOUNDED if founded else _LONG) or (len(core) >= _LONG_WITH_GENERAL and own > 1)
        return proper or enough or bool(rule.edition and _EDITION.match(core))
    return own > 1 or proper


def _known_otherwise(line: Line, start: int, ending: int, end: int, rule: EndingRule) -> bool:
    """Whether the lexicons know the whole, or what it quotes before the ending, as something else (“学习强国”平台)."""
    core = line.text[start:ending].strip()
    quoted = (start + 1, ending - 1) if core.startswith("“") and core.endswith("”") else (start, end)
    return any(
        (s.start, s.end) in ((start, end), quoted) and s.source == "lexicon" and s.label != rule.type
        for s in line.proper
    )


def _is_verb(line: Line, start: int, ending: int) -> bool:
    """Whether all that stands before the ending is one verb of the dictionary (引领|学院)."""
    words = line.words_in(start, ending)
    return len(words) == 1 and line.tags.get(words[0]) == "v" and words[0] not in line.rare


def _own_words(line: Line, start: int, ending: int, rule: EndingRule) -> int:
    """How many characters of the name are not general words."""
    units = {(s.start, s.end) for s in line.units}
    own = 0
    for a, b in line.words_in(start, ending):
        value = line.text[a:b]
        inside_unit = any(x <= a and b <= y for x, y in units)
        if value[0].isalnum() and not _is_general(value, rule) and not NUMBER.fullmatch(value) and not inside_unit:
            own += len(value)
    return own


@lru_cache(maxsize=65536)
def _is_general(word: str, rule: EndingRule) -> bool:
    """Whether a word is general, or made of general words (知名企业 of 知名 and 企业)."""
    if word in rule.generic or word in boundary().stops or word in boundary().joining:
        return True
    return any(word[:i] in rule.generic and _is_general(word[i:], rule) for i in range(2, len(word) - 1))


def _is_proper(line: Line, start: int, ending: int, end: int, rule: EndingRule) -> bool:
    """Whether a proper name, a quotation or a Latin name stands in it, or a word unknown to dictionaries begins it."""
    core = line.text[start:ending]
    if _PLACE_LIKE.match(core):
        return True
    inside = [s for s in line.proper if start <= s.start and s.end <= ending]
    if rule.adjacent:
        bare = core.rstrip("“ ")
        edge = start + len(bare)
        return any(s.end == edge for s in inside) or bool(re.search(r"[个所座家]$|）$", bare))
    recognised = any(s.label in ("ORG", "LOC") and start <= s.start < ending < s.end <= end for s in line.proper)
    held = rule.type == "Enterprise" and _HOLDING.search(core)
    if inside or recognised or held or "“" in core:
        return True
    if rule.strict not in _UNSURE and not rule.opened and _begins_rare(line, start, ending, rule):
        return True
    return rule.strict not in _UNSURE and bool(re.search(r"[A-Za-z]{2}", core))


def _holds_name(line: Line, start: int, ending: int) -> bool:
    """Whether a proper name or a quotation stands before the ending."""
    inside = any(start <= s.start and s.end <= ending for s in line.proper)
    return inside or "“" in line.text[start:ending]


def _begins_rare(line: Line, start: int, ending: int, rule: EndingRule) -> bool:
    """Whether a word unknown to dictionaries begins the name that is not put together from general ones."""
    return any(a == start and b <= ending and not _is_general(line.text[a:b], rule) for a, b in line.rare)


def _dated(core: str, rule: EndingRule) -> bool:
    """2024年劳动实践月系列活动: general words, but of one year."""
    rest = re.sub(r"^(?:20\d\d ?年?度?|第.{1,3}[届期次]|首[届期])+", "", core)
    return rule.edition and rest != core and len(rest.strip()) >= _LONG


class EndingComponent:
    """Adds the names that endings show to each Doc."""

    def __call__(self, doc: Doc) -> Doc:
        words = [(token.idx, token.idx + len(token.text)) for token in doc]
        line = Line(doc.text, words, names_of(doc), doc._.rare, doc._.kind, doc._.lac)
        add_spans(doc, "names", find_by_ending(line))
        return doc


@Language.factory("endings", requires=["doc.spans"], assigns=["doc.spans"])
def make_endings(nlp: Language, name: str) -> EndingComponent:
    """Factory of the component "endings"."""
    return EndingComponent()
