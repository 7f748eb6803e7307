"""Persons: what the recogniser takes for one, checked by surname, length and what stands around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from qgraph.extraction.candidates import Candidate, candidate
from qgraph.extraction.patterns import person_clues
from qgraph.language import Block, NameSpan
from qgraph.language.ending_rules import boundary
from qgraph.ontology import read_lexicon

_LONGEST_FOREIGN = 12
_LEAST_FOREIGN = 3
_FULL = 3
_JOINTS = "、和与"
_PLACES = frozenset(("City", "Country"))


@lru_cache(maxsize=1)
def surnames() -> tuple[frozenset[str], tuple[str, ...]]:
    """One-character surnames, and compound ones."""
    rows = [row["surnames"] for row in read_lexicon("surnames")]
    return frozenset(rows[0]), tuple(rows[1].split("|"))


@lru_cache(maxsize=1)
def _titles() -> tuple[re.Pattern[str], re.Pattern[str]]:
    def pattern(sides: tuple[str, ...]) -> str:
        titles = (row["title"] for row in read_lexicon("titles") if row["side"] in sides)
        return "|".join(sorted(titles, key=lambda t: (-len(t), t)))

    return re.compile(f"(?:{pattern(('before', 'both'))})[：:]?$"), re.compile(pattern(("after", "both")))


def is_chinese_name(text: str) -> bool:
    """Whether a text has the form of a Chinese name: a surname and one or two characters more."""
    single, compound = surnames()
    if any(text.startswith(c) for c in compound) and len(text) in (3, 4):
        return True
    return text[:1] in single and len(text) in (2, 3) and all("\u4e00" <= c <= "\u9fff" for c in text)


def find_persons(block: Block) -> Iterator[Candidate]:
    """Persons of the lexicon and those that the recogniser finds, with the titles that go with them."""
    edge = -1  # where the person found last ends
    for span in block.spans:
        if span.label == "Person" and not person_clues().not_before.match(block.text, span.end):
            yield candidate(block, span.start, span.end, "Person", "lexicon", name=span.name, rank=1)
        elif span.label == "PER" and not _is_place(block, span):
            joined = edge == span.start - 1 and block.text[edge] in _JOINTS
            found = _person(block, span.start, span.end, joined)
            if found:
                edge = found.end - block.offset
                yield found
                if team := person_clues().team.match(block.text, edge):
                    yield candidate(block, found.start - block.offset, team.end(), "Team", "person", rank=2)
    yield from _after_titles(block)


def _is_place(block: Block, name: NameSpan) -> bool:
    """Whether the lexicons know a place by what the recogniser takes for a person (哈拉雷)."""
    return any((s.start, s.end) == (name.start, name.end) and s.label in _PLACES for s in block.spans)


def _after_titles(block: Block) -> Iterator[Candidate]:
    """Names that the recogniser missed: behind a title, in the form of a name, and no word of the dictionary."""
    for start, end in (*block.rare, *_cut_names(block), *_compound_names(block)):
        taken = any(s.label in ("PER", "Person") and s.start < end and start < s.end for s in block.spans)
        if taken or not is_chinese_name(block.text[start:end]) or not _introduced(block, start, end):
            continue
        if person_clues().acts.match(block.text, end) or any(
            a == end and tag in ("p", "v", "w") for a, _, tag in block.tags
        ):
            yield candidate(block, start, end, "Person", "title", rank=1)


def _introduced(block: Block, start: int, end: int) -> bool:
    """Whether a title stands before a name; a surname that is as often another word needs a trade and a full name."""
    if block.text[start] in person_clues().unsure:
        return end - start == _FULL and _by_trade(block, start)
    return _titles()[0].search(block.text[:start]) is not None


def _compound_names(block: Block) -> Iterator[tuple[int, int]]:
    """A compound surname with one or two characters up to the edge of a word (上官|雨, 司马长|青)."""
    edges = {end for _, end in block.words}
    for start, _ in block.words:
        surname = next((c for c in surnames()[1] if block.text.startswith(c, start)), "")
        if surname and not person_clues().other_words.match(surname):
            first = start + len(surname)
            ends = [e for e in (first + 2, first + 1) if e in edges and _given(block, first, e)]
            yield from ((start, end) for end in ends[:1])


def _given(block: Block, start: int, end: int) -> bool:
    """Whether a stretch can be a given name: no words that bound names in it, and somebody acts behind."""
    bounds = boundary().stops | boundary().joining
    given = block.text[start:end]
    acts = person_clues().acts.match(block.text, end) or any(a == end and tag == "v" for a, _, tag in block.tags)
    return bool(acts) and all("\u4e00" <= c <= "\u9fff" and c not in bounds for c in given)


def _cut_names(block: Block) -> Iterator[tuple[int, int]]:
    """Full names whose surname the words took for a preposition (康复治疗师|向|竹青|当选…): right behind a trade, and
    what is left of the name is a word that no dictionary has, or two characters that are no words that bound names."""
    words = dict(block.words)
    bounds = boundary().stops | boundary().joining
    for start, end in block.words:
        if end - start > 1 or block.text[start] not in person_clues().unsure or not _by_trade(block, start):
            continue
        last = end + 2
        rare = (end, last) in block.rare
        apart = words.get(end) == end + 1 and words.get(end + 1) == last
        if rare or (apart and not any(c in bounds for c in block.text[end:last])):
            yield start, last


def _person(block: Block, start: int, end: int, joined: bool) -> Candidate | None:
    """The person that the recogniser finds here; `joined`: another one stands right before in a list."""
    title_before, title_after = _titles()
    clues = person_clues()
    text = block.text
    titled = joined or bool(title_before.search(text[:start].rstrip("”"))) or _by_trade(block, start)
    end = _stretched(block, start, end, titled)
    if end - start == 3 and text[end - 1] in clues.verbs and is_chinese_name(text[start : end - 1]):
        end -= 1
    name = text[start:end]
    quoted = (text[start - 1 : start] == "“" and text[end : end + 1] != "”") or _in_parallel(text, start, end)
    if clues.not_before.match(text, end) or quoted:
        return None
    written = all(c in clues.foreign for c in name) or "·" in name[1:-1]
    foreign = 2 <= len(name) <= _LONGEST_FOREIGN and written
    if not (is_chinese_name(name) or (titled and foreign)):
        return None
    behind = title_after.match(text, end)
    acts = bool(clues.acts.match(text, end))
    opens = start == 0 or text[start - 1] in clues.opens or clues.sent.search(text[:start]) is not None
    sure = len(name) > 2 or _listed(block, start, end)
    if not (titled or behind or (acts and opens and sure) or _does(block, start, end)):
        return None
    others = [text[start : behind.end()]] if behind else []
    return candidate(block, start, end, "Person", "lac", rank=2, others=others)


def _in_parallel(text: str, start: int, end: int) -> bool:
    """Whether it lies in one of the short phrases of equal length that a quotation holds (“课证融通、周测月考”)."""
    opening, closing = text.rfind("“", 0, start), text.find("”", end)
    if opening < 0 or closing < 0 or "”" in text[opening:start]:
        return False
    phrases = re.split("[、，]", text[opening + 1 : closing])
    return len(phrases) > 1 and len({len(p) for p in phrases}) == 1


def _does(block: Block, start: int, end: int) -> bool:
    """Whether a full name behind a noun or 的 does something or is one of several, and is no object of a
    preposition (…分院的杨小杭、…的孔小毅在赛项中)."""
    before = next((tag for _, b, tag in block.tags if b == start), "")
    behind = next((tag for a, _, tag in block.tags if a == end), "")
    acts = behind in ("v", "p") or person_clues().acts.match(block.text, end)
    return end - start == _FULL and bool(acts) and before in person_clues().subject_after


def _by_trade(block: Block, start: int) -> bool:
    """Whether the word before says what someone is by trade (桥吊司机)."""
    word = next((block.text[a:b] for a, b, tag in block.tags if b == start and tag == "n"), "")
    return bool(person_clues().trade.search(word))


def _listed(block: Block, start: int, end: int) -> bool:
    """Whether another name stands beside it in a list (王磊、李敏)."""
    others = [(s.start, s.end) for s in block.spans if s.label == "PER"]
    return any(
        (a == end + 1 and block.text[end] in "、和") or (b == start - 1 and block.text[b] in "、和") for a, b in others
    )


def _stretched(block: Block, start: int, end: int, titled: bool) -> int:
    """A Chinese name of two characters takes in a third that the recogniser left over; behind a title a
    transliterated name goes on as far as its characters do (努尔 → 努尔别克)."""
    text = block.text
    if end - start == _FULL and text.startswith(surnames()[1], start):
        return end + 1 if _ends_name(block, end) else end
    if end - start == 2 and is_chinese_name(text[start:end]):
        return end + 1 if _is_left_over(block, end, titled) else end
    foreign = person_clues().foreign
    if not titled or is_chinese_name(text[start:end]) or not all(c in foreign for c in text[start:end]):
        return end
    last = end
    while last < len(text) and text[last] in foreign and last - start < _LONGEST_FOREIGN:
        last += 1
    return last if last - start >= _LEAST_FOREIGN else end


def _ends_name(block: Block, at: int) -> bool:
    """Whether a single character behind a compound surname and one more ends the name (欧阳牧|之|获…): no word that
    bounds names, and behind it somebody acts."""
    alone = any((a, b) == (at, at + 1) for a, b, _ in block.tags)
    bound = block.text[at : at + 1] in (boundary().stops | boundary().joining | person_clues().verbs)
    behind = next((tag for a, _, tag in block.tags if a == at + 1), "")
    acts = behind in ("v", "w") or person_clues().acts.match(block.text, at + 1)
    return alone and not bound and block.text[at : at + 1].isalpha() and bool(acts)


def _is_left_over(block: Block, at: int, titled: bool) -> bool:
    """Whether a single character is left over from a name: behind a title a noun (胡双|钱); what is tagged as a verb
    before another one, or behind a title before a mark (罗方|述|，), if it is no verb of any list and begins no word
    of the dictionary (林翊|航|任)."""
    rest = next((tag for a, b, tag in block.tags if (a, b) == (at, at + 1)), "")
    if rest in ("n", "nz", "nr", "a"):
        return titled
    word = any(a == at and b > at + 1 and (a, b) not in block.rare for a, b in block.words)
    verb = block.text[at : at + 1] in person_clues().verbs | boundary().stops
    behind = next((tag for a, _, tag in block.tags if a == at + 1), "")
    follows = behind == "v" or (titled and behind == "w")
    return rest == "v" and follows and not (word or verb)
