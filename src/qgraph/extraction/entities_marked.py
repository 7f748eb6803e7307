"""Names in marks: 《…》 (documents, courses, projects, media) and “…” with a word that says what it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from qgraph.extraction.candidates import Candidate, candidate, tidy
from qgraph.extraction.patterns_marked import QuotedClue, quoted_clues, titled_clues
from qgraph.language import Block
from qgraph.ontology import read_lexicon, split_aliases
from qgraph.text import fold

_TITLED = re.compile(r"《([^《》\n]{2,90}(?:《[^《》\n]{2,60}》[^《》\n]{0,60})?)》")
_QUOTED = re.compile(r"“([^“”\n]{1,40})”")
_CHAIN = re.compile(r"(?:[、和与及]?“[^“”\n]{2,40}”)+")
_BEFORE_QUOTE = re.compile(
    r"(?:全国|(?:20\d\d ?年?(?:度|学年)? ?|第 ?[一二三四五六七八九十百\d]+ ?(?:届|期|批|次)|首届)+(?:全国)?)$"
)
_LEVEL_BEFORE = re.compile(r"(?:全国|全省|全市|[省市县区校院]级)$")
_LIST_BEFORE = re.compile(r"(?:《[^《》]*》[、和及与]?)+$")
_LIST_AFTER = re.compile(r"^(?:[、和及与]?《[^《》]*》)+")
_WINDOW = 30
_LEAST_TITLE = 4
_LEAST_COURSE = 4
_LEAST_QUOTED = 2
# Who knows the division before a quotation.
_PLACED = frozenset(("lexicon", "lac"))


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
    """Whatever stands in 《…》. A film, a talk or the like comes as a project."""
    clues = titled_clues()
    text = block.text
    for match in _TITLED.finditer(text):
        start, end = match.span()
        name = tidy(match[1])
        before = _LIST_BEFORE.sub("", text[max(0, start - 4 * _WINDOW) : start])[-_WINDOW:]
        after = text[end : end + _WINDOW]
        after_list = _LIST_AFTER.sub("", text[end : end + 5 * _WINDOW])[:_WINDOW]
        known = _by_title().get(name)
        document = bool(clues.document.search(clues.edition.sub("", name)))
        if known == "Media" or clues.media_after.match(after) or (clues.media.match(name) and not document):
            yield candidate(block, start, end, "Media", "title", name=name, rank=3)
        elif clues.column_after.match(after) and _right_behind_media(block, start):
            continue
        elif clues.project_after.search(after) and not document:
            yield candidate(block, start, end, "Project", "title", name=name, rank=3, others=[f"《{name}》项目"])
        elif known and not document:
            yield candidate(block, start, end, known, "title", name=name, rank=3)
        elif clues.work_before.search(before):
            yield candidate(block, start, end, "Project", "work", name=f"《{name}》", rank=3, others=[name])
        elif clues.headline_after.search(after) or _by_media(block, start):
            yield candidate(block, start, end, "Document", "title", name=name, rank=3)
        elif clues.talk_before.search(before) or clues.talk_after.search(after):
            yield candidate(block, start, end, "Project", "talk", name=f"《{name}》", rank=3, others=[name])
        elif not document and (clues.course_before.search(before) or clues.course_after.search(after_list)):
            yield candidate(block, start, end, "Course", "title", name=name, rank=3)
        else:
            shorter = clues.edition.sub("", name)
            others = [shorter] if shorter != name and len(shorter) >= _LEAST_TITLE else []
            yield candidate(block, start, end, "Document", "title", name=name, rank=3, others=others)


def _by_media(block: Block, start: int) -> bool:
    """Whether a newspaper or broadcaster stands before a title and 以 between them."""
    return any(
        s.label == "Media" and s.end < start and titled_clues().headline_by.search(block.text[s.end : start])
        for s in block.spans
    )


def _right_behind_media(block: Block, start: int) -> bool:
    """Whether a newspaper or broadcaster stands right before a title."""
    return any(s.label == "Media" and s.end == start for s in block.spans)


def find_own_title(block: Block, title: str) -> Iterator[Candidate]:
    """The report itself where it names itself by its full title."""
    wanted = [re.escape(c) if c not in "()（）" else "[()（）]" for c in tidy(title)]
    for match in re.finditer(r"\s?".join(wanted), block.text):
        yield candidate(block, *match.span(), "Document", "title", name=tidy(title), rank=4)


def find_quoted(block: Block) -> Iterator[Candidate]:
    """“…” with a clue to what it is: “暖冬行动”, “最美职大学生”寻访, 宣传片“青春来信”."""
    never, thought, clues = quoted_clues()
    text = block.text
    for match in _QUOTED.finditer(text):
        inner = match[1]
        if never.search(inner) or thought.match(text, match.end()):
            continue
        for clue in clues:
            found = _quoted(block, match, clue)
            if not found and clue.take:
                found = _sharing(block, match, clue)
            if found:
                yield found
                break


def _quoted(block: Block, match: re.Match[str], clue: QuotedClue) -> Candidate | None:
    text, inner = block.text, match[1]
    start, end = match.span()
    behind = clue.after.match(text, end) if clue.after else None
    inside = clue.inside.search(inner) if clue.inside else None
    before = clue.before.search(text[:start]) if clue.before else None
    listed = clue.listed.match(text, end) if clue.listed else None
    if (clue.follow and not clue.follow.match(text, end)) or (clue.unless and clue.unless.search(inner)):
        return None
    if (clue.type == "Course" and len(inner) < _LEAST_COURSE) or (len(inner) < _LEAST_QUOTED and not behind):
        return None
    if any(
        s.source == "lexicon"
        and s.label != clue.type
        and ((s.start, s.end) == (start + 1, end - 1) or (s.start == start and s.end > end))
        for s in block.spans
    ):
        return None
    if inside and inside.start() > 1:
        last = end
    elif behind and clue.take:
        last = behind.end()
    elif behind or before or listed:
        last = end
    else:
        return None
    edition = _BEFORE_QUOTE.search(text[:start]) if clue.take else None
    placed = clue.placed or clue.type == "Award"
    first = edition.start() if edition else start
    if placed and not edition:
        first = _place_of_honour(block, start, _PLACED if clue.placed else _PLACED - {"lac"})
    name = tidy(text[first:last]) if last > end or first < start else tidy(f"“{inner}”" if clue.take else inner)
    shorter = [tidy(text[start:last])] if clue.placed else [tidy(text[start:last]), tidy(f"“{inner}”")]
    others = {fold(o): o for o in shorter if fold(o) != fold(name)}
    return candidate(block, first, last, clue.type, "quoted", name=name, rank=2, others=list(others.values()))


def _place_of_honour(block: Block, start: int, sources: frozenset[str]) -> int:
    """Where an honour in quotation marks begins: with the division or level that confers it (云岭省“三好学生”)."""
    level = _LEVEL_BEFORE.search(block.text[:start])
    placed = [s.start for s in block.spans if s.label in ("Region", "LOC") and s.end == start and s.source in sources]
    return min([*placed, level.start() if level else start])


def _sharing(block: Block, match: re.Match[str], clue: QuotedClue) -> Candidate | None:
    """A quotation that shares what tells its type with the one behind it (“返家乡”“三下乡”社会实践)."""
    chain = _CHAIN.match(block.text, match.end())
    behind = clue.after.match(block.text, chain.end()) if chain and clue.after else None
    if not chain or not behind or (clue.unless and clue.unless.search(match[1])) or len(match[1]) < _LEAST_QUOTED:
        return None
    name = tidy(match[0] + behind.group())
    return candidate(block, *match.span(), clue.type, "quoted", name=name, rank=1, others=[tidy(match[0])])
