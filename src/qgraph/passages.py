"""Document → retrieval units that respect sections, cases and tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from qgraph.records import Document, Passage, Sentence

SHORTEST, LONGEST, CASE_LONGEST = 120, 350, 500


def split_passages(document: Document) -> tuple[Passage, ...]:
    """Passages in reading order.

    Text goes into units of about 120 to 350 characters within one section: long paragraphs are divided
    between sentences, short neighbours are put together. A case is one passage if it has at most 500
    characters, else several of kind "case"; a table is one passage whose heading holds the caption and the
    sentence that introduces it. Sentences of the title and of headings are in the `heading` of what
    follows them; a heading with nothing below it makes a passage of its own, so that no sentence is lost.
    """
    units: list[tuple[str, list[Sentence]]] = []
    for key, group in groupby(document.sentences, key=_place):
        sentences = list(group)
        kind = "table" if key[2] else "case" if key[1] else "text"
        if kind == "text":
            heads = [s for s in sentences if s.kind in ("heading", "title")]
            body = [s for s in sentences if s.kind not in ("heading", "title")]
            if not body:
                units.extend(("text", [s]) for s in heads if _lonely(document, s))
                continue
            units.extend((kind, part) for part in _divide(document, body, SHORTEST, LONGEST))
        elif kind == "case":
            whole = sentences[-1].end - sentences[0].start
            parts = [sentences] if whole <= CASE_LONGEST else _divide(document, sentences, SHORTEST, CASE_LONGEST)
            units.extend((kind, part) for part in parts)
        else:
            units.append((kind, sentences))
    return tuple(_passage(document, n, kind, part) for n, (kind, part) in enumerate(units, 1))


def _place(sentence: Sentence) -> tuple[str, str | None, str | None]:
    """Neighbours with the same place may share a passage; a table inside a case stands for itself."""
    return sentence.section, sentence.case, sentence.table


def _lonely(document: Document, sentence: Sentence) -> bool:
    """Whether a heading or title line has no passage below it that would carry it."""
    if sentence.kind == "title":
        return True
    section = document.section_by_id[sentence.section]
    return not any(
        other.kind not in ("heading", "title") and section.start <= other.start < section.end
        for other in document.sentences
    )


def _divide(document: Document, sentences: Sequence[Sentence], shortest: int, longest: int) -> list[list[Sentence]]:
    """Sentences in groups of at most `longest` characters; a group ends with a paragraph once it has
    `shortest`. A last group that is too short joins the one before it if there is room."""
    breaks = {paragraph.end for paragraph in document.paragraphs}
    groups: list[list[Sentence]] = []
    current: list[Sentence] = []
    for sentence in sentences:
        if current and sentence.end - current[0].start > longest:
            groups.append(current)
            current = []
        current.append(sentence)
        if sentence.end in breaks and sentence.end - current[0].start >= shortest:
            groups.append(current)
            current = []
    if current:
        groups.append(current)
    return _balance(groups, shortest, longest)


def _balance(groups: list[list[Sentence]], shortest: int, longest: int) -> list[list[Sentence]]:
    """Groups without stragglers: one that is too short joins the one before it if there is room."""
    out: list[list[Sentence]] = []
    for group in groups:
        if out:
            size, before = group[-1].end - group[0].start, out[-1][-1].end - out[-1][0].start
            both = group[-1].end - out[-1][0].start
            if (size < shortest and both <= longest + shortest // 2) or (before < shortest and both <= longest):
                out[-1] = [*out[-1], *group]
                continue
        out.append(group)
    return out


def _passage(document: Document, number: int, kind: str, sentences: Sequence[Sentence]) -> Passage:
    first, last = sentences[0], sentences[-1]
    return Passage(
        f"{document.id}/x{number}",
        document.id,
        kind,
        _heading(document, kind, first),
        document.text[first.start : last.end],
        first.start,
        last.end,
        first.section,
        first.case,
        first.table,
        tuple(sentence.id for sentence in sentences),
    )


def _heading(document: Document, kind: str, first: Sentence) -> str:
    """The words above a passage: titles of its sections; number and title of its case; caption of its
    table and the sentence that introduces it."""
    titles = _titles(document, first.section)
    if kind == "case" and first.case:
        case = document.case_by_id[first.case]
        titles.append(_label(case.number, case.title))
    elif kind == "table" and first.table:
        table = document.table_by_id[first.table]
        titles.append(f"{table.number} {table.caption}".strip())
        titles.extend(_introduction(document, table.number, table.start))
    return " > ".join(title for title in titles if title)


def _label(number: str, title: str) -> str:
    return title if title in number else f"{number} {title}"


def _titles(document: Document, section_id: str) -> list[str]:
    """Heading lines from the chapter down to the section."""
    titles: list[str] = []
    current: str | None = section_id
    while current:
        section = document.section_by_id[current]
        titles.insert(0, section.text)
        current = section.parent
    return titles


def _introduction(document: Document, number: str, start: int) -> Iterable[str]:
    """The last sentence before the table that refers to it."""
    wanted = number.replace(" ", "")
    if not wanted:
        return
    for sentence in reversed(document.sentences):
        if sentence.start < start and sentence.kind == "text" and _refers(sentence.text.replace(" ", ""), wanted):
            yield sentence.text
            return


def _refers(text: str, wanted: str) -> bool:
    """Whether `wanted` ("表1-1") is named, and not only the beginning of a longer number."""
    at = text.find(wanted)
    while at >= 0:
        after = text[at + len(wanted) : at + len(wanted) + 1]
        if not after.isdigit() and after not in ("-", "－", "."):
            return True
        at = text.find(wanted, at + 1)
    return False
