"""Cases, tables and figures that are misnumbered, missing, empty or never referred to."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from qgraph.audit.draft import Draft, Spot
from qgraph.records import Case, Document, Figure, Table
from qgraph.text import nfkc

_NUMBER = re.compile(r"(\d+)(?:[-.—－](\d+))?")


def check_numbering(document: Document) -> Iterator[Draft]:
    """Gaps and doubles in the numbers, elements without content, and references that lead nowhere."""
    for label, elements in (("案例", document.cases), ("表", document.tables), ("图", document.figures)):
        yield from _sequence(document, label, elements)
    referred = _references(document)
    yield from _unreferred(document, referred)
    yield from _dangling(document, referred)
    yield from _empty_tables(document)


def _key(number: str) -> tuple[int, int] | None:
    match = _NUMBER.search(nfkc(number))
    return (int(match[1]), int(match[2] or 0)) if match else None


def _at(document: Document, element: Case | Table | Figure, quote: str) -> Spot:
    sentence = document.sentence_at(element.start)
    return Spot(sentence.id if sentence else document.sentences[0].id, quote)


def _sequence(document: Document, label: str, elements: Iterable[Case | Table | Figure]) -> Iterator[Draft]:
    by_chapter: dict[tuple[str, int], list[tuple[int, Case | Table | Figure]]] = defaultdict(list)
    for element in elements:
        key = _key(element.number)
        if key is None:
            continue
        # plain numbers (表 1, 表 2) run on through an appendix; paired ones (1-1) within a chapter
        group = ("paired", key[0]) if key[1] else ("plain", 0)
        by_chapter[group].append((key[1] or key[0], element))
    for rows in by_chapter.values():
        numbers = [number for number, _ in rows]
        for number, count in Counter(numbers).items():
            if count > 1:
                same = [element for n, element in rows if n == number]
                yield Draft(
                    "numbering",
                    f"{label}的编号“{same[0].number}”用了 {count} 次。",
                    tuple(_at(document, e, e.number) for e in same),
                    0.9,
                )
        previous = 0
        for number, element in rows:
            if number > previous + 1:
                missing = "、".join(element.number.replace(str(number), str(n)) for n in range(previous + 1, number))
                yield Draft(
                    "numbering",
                    f"“{element.number}”之前缺少编号 {missing}。"
                    if number - previous < 4
                    else f"“{element.number}”之前的编号不连续。",
                    (_at(document, element, element.number),),
                    0.8,
                )
            elif number < previous:
                yield Draft(
                    "numbering",
                    f"“{element.number}”的顺序不对，排在更大的编号之后。",
                    (_at(document, element, element.number),),
                    0.8,
                )
            previous = max(previous, number)


_REFERENCE = re.compile(
    r"[（(](?:见|参见|详见|如)?\s*([图表].*?)[）)]|(?:见|如|参见|详见)([图表]\s*\d+(?:[-.—－]\d+)?)"
)


def _references(document: Document) -> dict[tuple[str, tuple[int, int]], list[Spot]]:
    """References in running text: (图 or 表, number) → where."""
    found: dict[tuple[str, tuple[int, int]], list[Spot]] = defaultdict(list)
    for sentence in document.sentences:
        if sentence.kind not in ("text", "row"):
            continue
        for match in _REFERENCE.finditer(sentence.text):
            label = ""
            for part in re.finditer(r"([图表]?)\s*(\d+)\s*[-.—－]\s*(\d+)|([图表])\s*(\d+)", match[1] or match[2]):
                label = part[1] or part[4] or label
                key = (int(part[2]), int(part[3])) if part[2] else (int(part[5]), 0)
                if label:
                    found[label, key].append(Spot(sentence.id, match[0]))
    return found


def _unreferred(document: Document, referred: dict[tuple[str, tuple[int, int]], list[Spot]]) -> Iterator[Draft]:
    for label, elements in (("表", document.tables), ("图", document.figures)):
        for element in elements:
            key = _key(element.number)
            # tables of the appendix (plain numbers) are not referred to by custom
            if key is None or not key[1] or (label, key) in referred:
                continue
            yield Draft(
                "unreferred",
                f"正文没有提到“{element.number} {element.caption}”。",
                (_at(document, element, element.text[:40]),),
                0.75,
            )


def _dangling(document: Document, referred: dict[tuple[str, tuple[int, int]], list[Spot]]) -> Iterator[Draft]:
    have = {(label, _key(e.number)) for label, es in (("表", document.tables), ("图", document.figures)) for e in es}
    for (label, key), spots in referred.items():
        if (label, key) not in have:
            number = f"{key[0]}-{key[1]}" if key[1] else str(key[0])
            yield Draft("dangling", f"正文提到“{label} {number}”，但报告里没有这个{label}。", tuple(spots), 0.85)


def _empty_tables(document: Document) -> Iterator[Draft]:
    for table in document.tables:
        if table.rows == 0:
            yield Draft(
                "empty_table",
                f"“{table.number} {table.caption}”只有表题，没有内容（可能是图片，提交前请核对）。",
                (_at(document, table, table.text[:40]),),
                0.8,
            )
