"""Awards and honours: what was won, by the verbs that confer and the nouns that honour."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from qgraph.extraction.candidates import Candidate, candidate, tidy
from qgraph.extraction.patterns_awards import award_clues
from qgraph.language import Block
from qgraph.language.edges import is_stop
from qgraph.language.ending_rules import boundary
from qgraph.ontology import read_lexicon
from qgraph.text import fold

_LONGEST = 60
_LONGEST_SENTENCE = 200
_BATCH = re.compile(r"^第 ?[一二三四五六七八九十\d]+ ?批")
_LEAST = 4
_NEAR = 40
_GLUE = " ，、和及了为过的：:“"
_QUOTED_NAME = re.compile(r"^[^“”]{0,12}“[^“”赛]{4,30}”$")
# The college itself before what is conferred on it (授予学院“…单位”称号).
_OWN_QUOTED = ("学院“", "我院“", "本院“")
_PAIR = re.compile(r"(?<=”)(?:(?:和|、|及)(?=[^，。；、“”]{0,8}“)|(?=“))")


def find_awards(block: Block) -> Iterator[Candidate]:
    """Awards after a verb that confers, each item of a list on its own."""
    text = block.text
    done = 0
    for verb in award_clues().verbs.finditer(text):
        if verb.start() < done:
            continue
        for start, end in _objects(text, verb.end()):
            for found in _one_or_two(block, start, end):
                done = end
                yield found


def _one_or_two(block: Block, start: int, end: int) -> Iterator[Candidate]:
    """The award of a stretch, or two that share their head (全国党建工作标杆院系和样板支部)."""
    start, end = _trimmed(block, start, end)
    two = award_clues().coordinated.match(block.text, start, end)
    if two and (first := _award(block, start, two.end("first"))):
        yield first
        name = tidy(two["head"] + two["second"])
        yield candidate(block, *two.span("second"), "Award", "award", name=name, rank=3)
        return
    found = _award(block, start, end)
    if found:
        yield found


def _objects(text: str, at: int) -> Iterator[tuple[int, int]]:
    """Stretches that a verb of conferring may have as objects: items with or without counts, in one sentence."""
    ends = award_clues().end
    limit = min(len(text), at + _LONGEST_SENTENCE)
    while at < limit:
        stop = ends.search(text, at)
        end = stop.start() if stop else limit
        cut = at
        for pair in _PAIR.finditer(text, at, end):
            yield cut, pair.start()
            cut = pair.end()
        yield cut, end
        if stop is None or stop.group()[0] in "。；！？\n\t（":
            return
        at = stop.end()
        if stop.group() == "，" and award_clues().verbs.search(text[cut:end]) is None and not _honours(text[cut:end]):
            return


def _honours(text: str) -> bool:
    bare = text.strip()
    return bool(award_clues().honours.search(bare) or award_clues().graded.search(bare) or not bare)


def _award(block: Block, start: int, end: int) -> Candidate | None:
    clues = award_clues()
    text = block.text
    start, end = _trimmed(block, start, end)
    piece = text[start:end]
    kind = clues.kind.search(piece)
    if kind and clues.honours.search(piece[: kind.start()]):
        end = start + kind.start()
        piece = text[start:end]
    if clues.plan.search(piece):
        return None
    place = clues.facility.search(piece.strip("“”"))
    named = not place and _QUOTED_NAME.search(piece) and clues.strong.search(text[:start])
    merited = clues.merited.match(piece) or (
        clues.conferred.match(piece) and clues.conferring.search(text[:start].rstrip())
    )
    if not _LEAST <= len(piece) <= _LONGEST or not (clues.honours.search(piece) or named or merited):
        return None
    bare = piece.strip("“”")
    graded = clues.graded.search(piece) is not None
    if (graded and not clues.with_grade.search(bare)) or bare.startswith("奖"):
        return None
    core = clues.honours.sub("", bare)
    if clues.of_contest.match(piece) and (contest := _contest_before(block, start)):
        return candidate(block, start, end, "Award", "award", name=tidy(contest + piece), rank=3, others=[piece])
    if core in clues.generic or (not core and "“" not in piece) or len(re.findall("[“”]", piece)) % 2:
        return None
    if not clues.marks.search(piece) and len(core) < _LEAST:
        return None
    whole = piece.startswith("“") and piece.endswith("”") and piece.count("“") == 1
    name = tidy(bare if whole else piece)
    base = clues.with_grade.sub("", name)
    others = [n for n in dict.fromkeys((name, *_shorter(name))) if n and n != base]
    return candidate(block, start, end, "Award", "award", name=base, rank=3, others=others)


def _contest_before(block: Block, at: int) -> str:
    """The contest named last before a place in its sentence; "" if there is none."""
    sentence = block.text.rfind("。", 0, at) + 1
    named = [s for s in block.spans if s.label == "Competition" and sentence <= s.start and s.end <= at]
    last = max(named, key=lambda s: (s.end, -s.start), default=None)
    return block.text[last.start : last.end] if last else ""


def _shorter(name: str) -> Iterator[str]:
    """What an honour is called too: what it quotes, or its name without the stage of its award and the batch."""
    staged = award_clues().staged.search(name)
    if staged and staged["inner"]:
        yield staged["inner"]
        return
    bare = staged["bare"] if staged else name
    yield bare
    yield _BATCH.sub("", bare)


def _trimmed(block: Block, start: int, end: int) -> tuple[int, int]:
    """Without what glues the items of a list together, and without a verb that confers in front."""
    text = block.text
    verbs = award_clues().verbs
    while start < end:
        verb = verbs.match(text, start, end)
        inside = verbs.search(text, start, end)
        if text[start] in _GLUE and not (text[start] == "“" and "”" in text[start:end]):
            if text[start] in "和及为" and not any(w == (start, start + 1) for w in block.words):
                break
            start += 1
        elif text.startswith(("其中", "以及", "先后", *_OWN_QUOTED, *boundary().subjects), start):
            start += 2
        elif text[start] in "并等其":
            start += 1
        elif made := _verb_of_making(block, start, end):
            start = made
        elif verb:
            start = verb.end()
        elif inside and "“" not in text[start : inside.start()] and inside.end() < end and text[inside.start()] != "培":
            start = inside.end()
        else:
            break
    while end > start and text[end - 1] in " ，、":
        end -= 1
    return start, end


def _verb_of_making(block: Block, start: int, end: int) -> int:
    """Where a verb of making ends that begins here; 0 if none does."""
    making = award_clues().making
    return next((b for a, b in block.words if a == start and b < end and block.text[a:b] in making), 0)


def sort_festivals(found: Sequence[Candidate], text: str) -> list[Candidate]:
    """A festival at which a prize is won is a contest, wherever it is named."""
    clues = award_clues()
    won = {
        fold(c.name)
        for c in found
        if c.type == "Project" and clues.festival.search(c.name) and clues.won_after.match(text, c.end, c.end + _NEAR)
    }
    return [replace(c, type="Competition") if c.type == "Project" and fold(c.name) in won else c for c in found]


@lru_cache(maxsize=1)
def _standing() -> re.Pattern[str]:
    places = {r[c] for r in read_lexicon("regions") if r["level"] != "county" for c in ("name", "short") if r[c]}
    levels = "|".join(sorted(places, key=lambda n: (-len(n), n)))
    clues = award_clues()
    return re.compile(
        rf"(?:{clues.levels}|{levels})[\u4e00-\u9fffA-Z“‘’]{{0,14}}?{clues.standing}|{clues.named.pattern}"
    )


def find_honours(block: Block) -> Iterator[Candidate]:
    """Honours that are known by their wording wherever they stand (全国技术能手, 国家奖学金)."""
    verbs = award_clues().verbs
    for match in _standing().finditer(block.text):
        start, end = match.span()
        while (verb := verbs.search(block.text, start, end)) and verb.end() < end:
            start = verb.end()
        while lead := next((b for a, b in block.words if a <= start < b < end and is_stop(block.text, a, b)), 0):
            start = lead
        piece = block.text[start:end]
        named = award_clues().named
        if named.search(match.group()) and not named.search(piece):
            continue  # what is left of 全年发放奖学金 names none
        if piece in award_clues().plain or award_clues().crowd.search(block.text[:start]):
            continue
        if any(a < start < b for a, b in block.words) or len(piece) < _LEAST or re.search("[的和与及]|唯一", piece):
            continue
        if piece.count("“") != piece.count("”"):
            continue
        inner = re.findall(r"“([^“”]{4,})”$", piece)
        yield candidate(block, start, end, "Award", "honour", rank=2, others=inner)
