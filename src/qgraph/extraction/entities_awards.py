"""Awards and honours: what was won, by the verbs that confer and the nouns that honour."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from qgraph.extraction.candidates import Candidate, candidate, tidy
from qgraph.language import Block
from qgraph.ontology import read_patterns

_OBJECT_END = re.compile(r"[，。；！？\n\t]|（见|[ \d]+(?:余)?(?:项|人|个|名|次|本|门|支|件|篇|部|所|家|等)|(?:[一二三四五六七八九十两]+|多|等多?)(?:项|人|个|名|次|本|门|支)|荣誉称号|称号|的(?:荣誉|称号)|立项|等(?=荣誉|多项|称号|奖)|证书|等荣誉")
_GRADE = re.compile(r"(?:特等|一等|二等|三等|金|银|铜|优胜|优秀)(?=奖$)|特等奖$")
_PLACE = re.compile(r"国家|全国|教育部|人社部|省|市|区|“|”|[A-Za-z]")
_LONGEST = 60


@dataclass(frozen=True)
class _Rules:
    verbs: re.Pattern[str]
    honour: re.Pattern[str]
    generic: frozenset[str]
    graded: re.Pattern[str]


@lru_cache(maxsize=1)
def _rules() -> _Rules:
    data = read_patterns("entities")["award"]
    honours = sorted(data["honours"].split("|"), key=lambda h: (-len(h), h))
    return _Rules(
        re.compile(data["verbs"]),
        re.compile("(?:" + "|".join(map(re.escape, honours)) + ")[”）]*$"),
        frozenset(data["generic"].split()),
        re.compile(r"(?:特等奖|一等奖|二等奖|三等奖|金奖|银奖|铜奖|优胜奖|优秀奖|奖项|大奖|冠军|亚军|季军|[金银铜]牌)[”]?$"),
    )


def find_awards(block: Block) -> Iterator[Candidate]:
    """Awards after a verb that confers, each item of a list on its own."""
    text = block.text
    rules = _rules()
    for verb in rules.verbs.finditer(text):
        start = verb.end()
        clause = re.compile(r"[。；\n\t]").search(text, start)
        limit = min(clause.start() if clause else len(text), start + 160)
        for a, b in _objects(text, start, limit):
            found = _award(block, a, b)
            if found:
                yield found


def _objects(text: str, start: int, limit: int) -> Iterator[tuple[int, int]]:
    """Stretches that a verb of conferring may have as objects: up to a count, then on behind it."""
    at = start
    while at < limit:
        stop = _OBJECT_END.search(text, at)
        end = min(stop.start(), limit) if stop else limit
        piece = at
        for part in re.split(r"(、|(?<=”)和(?=“))", text[at:end]):
            if part not in ("、", "和") and part.strip():
                yield piece, piece + len(part)
            piece += len(part)
        if stop is None or stop.end() >= limit or text[stop.start()] not in " 0123456789" and stop.group() not in "，":
            if stop is None or not re.match(r"[ \d]|立项|[一二三]", stop.group()):
                return
        at = stop.end()
        while at < limit and text[at] in "，、 立项和":
            at += 1


def _award(block: Block, start: int, end: int) -> Candidate | None:
    rules = _rules()
    text = block.text
    while start < end and text[start] in " 了为过：:":
        start += 1
    while end > start and text[end - 1] == " ":
        end -= 1
    piece = text[start:end]
    if not 4 <= len(piece) <= _LONGEST or not rules.honour.search(piece):
        return None
    nested = rules.verbs.search(piece)
    if nested and nested.end() < len(piece) and nested.start() > 0 and not "“" in piece[: nested.start()]:
        return None
    bare = piece.strip("“”")
    if rules.graded.search(piece) and not re.search(r"(?:成果|奖学金|进步)(?:特等奖|一等奖|二等奖|三等奖)$", bare):
        return None
    core = rules.honour.sub("", bare)
    if core in rules.generic or not core and "“" not in piece:
        return None
    name = tidy(bare if piece.startswith("“") and piece.endswith("”") and piece.count("“") == 1 else piece)
    base = tidy(_GRADE.sub("", name)) if re.search(r"成果.等奖$|奖学金特等奖$|进步.等奖$", name) else name
    if not (_PLACE.search(piece) or "最佳" in piece or len(core) >= 4):
        return None
    return candidate(block, start, end, "Award", "award", name=base, rank=3, others=[name] if name != base else [])


_STANDING = re.compile(
    r"(?:全国|国家级|国家|教育部|[\u4e00-\u9fff]{2,3}[省市])(?:[\u4e00-\u9fffA-Z“”‘’]{0,14}?)"
    r"(?:先进集体|先进单位|先进个人|优秀教师|教学名师|技术能手|劳动模范|优秀辅导员|教学成果奖|科技进步奖|规划教材|精品在线开放课程|在线精品课程|大学生年度人物”?|最佳组织单位”?)"
    r"|[\u4e00-\u9fff]{2,6}奖学金(?!制|评|的)|黄炎培(?:职业教育)?[\u4e00-\u9fff]{0,4}(?:教师|校长|学校)(?:奖)?"
)


def find_honours(block: Block) -> Iterator[Candidate]:
    """Honours that are known by their wording wherever they stand (全国技术能手, 国家奖学金)."""
    for match in _STANDING.finditer(block.text):
        start, end = match.span()
        words = [(a, b) for a, b in block.words if a < start < b]
        if words:
            continue
        name = tidy(match.group())
        if name.count("“") != name.count("”"):
            name = name.strip("“”") if name.count("“") + name.count("”") == 1 else name
        yield candidate(block, start, end, "Award", "honour", name=name, rank=2)
