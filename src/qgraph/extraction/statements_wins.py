"""Awards and prizes: who won what, at which level and grade, how many; from sentences and from tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from qgraph.extraction.sentence_names import Named, clause_bounds, names_by_sentence, run_to
from qgraph.extraction.statements_rules import Raw
from qgraph.ontology import read_patterns
from qgraph.records import Cell, Document, Entity, Sentence, Table
from qgraph.text import fold, parse_number


@lru_cache(maxsize=1)
def _rules() -> dict[str, Any]:
    return read_patterns("statements")


def read_wins(text: str, names: Sequence[Named], governing: Sequence[str], year: int) -> Iterator[Raw]:
    """Awards after a word of winning, and grades (金奖 2 项) that belong to a competition."""
    rules = _rules()["wins"]
    trigger = re.compile(rules["trigger"])
    for i, name in enumerate(names):
        if name.type == "Competition":
            yield from _grades(text, names, i, governing)
    for match in trigger.finditer(text):
        approved = re.fullmatch(rules["approved_trigger"], match[0]) is not None
        types = rules["approved"] if approved else rules["awards"]
        subjects = _winners(text, names, match, governing)
        last = match.end()
        for name in names:
            if name.start < match.end():
                continue
            gap = text[last : name.start]
            if len(gap) > rules["gap"] or re.search("[。；]", gap) or (last > match.end() and trigger.search(gap)):
                break
            if name.type not in types:
                continue
            if last == match.end() and len(gap) > 24:
                break
            last = name.end
            for subject, start in subjects:
                qualifiers = {**_count(text, name.end), **_level(text[name.start : name.end])}
                yield Raw(subject, "wins", name.entity, min(start, match.start()), name.end, qualifiers)


def _winners(
    text: str, names: Sequence[Named], match: re.Match[str], governing: Sequence[str]
) -> list[tuple[str, int]]:
    """The winners: names right before the word, else those who opened the clause, else who governs the sentence."""
    types = _rules()["wins"]["subjects"]
    start, _ = clause_bounds(text, match.start())
    before = [i for i, n in enumerate(names) if start <= n.start and n.end <= match.start() and n.type in types]
    if before:
        run = run_to(text, names, before[-1], types)
        # 王海英、陈丽萍主持的 2 门课程获评: the persons of the clause, not its last name, are the winners
        persons = [i for i in before if names[i].type == "Person"]
        if persons and names[before[-1]].type != "Person":
            run = run_to(text, names, persons[-1], types)
        return [(n.entity, n.start) for n in run]
    return [(g, match.start()) for g in governing]


def _grades(text: str, names: Sequence[Named], i: int, governing: Sequence[str]) -> Iterator[Raw]:
    rules = _rules()["wins"]
    name = names[i]
    end = names[i + 1].start if i + 1 < len(names) and names[i + 1].type == "Competition" else len(text)
    stop = re.search("[。；]", text[name.end : end])
    end = name.end + stop.start() if stop else end
    subjects = _before_competition(text, names, i, governing)
    for match in re.finditer(rules["grade"], text[name.end : end]):
        place = name.end + match.start()
        if match.start() > 90:
            break
        level = re.findall(rules["level"], text[name.end : place])
        qualifiers = {
            "grade": re.sub(r"^\d+\s*", "", match[0]),
            **({"level": level[-1]} if level else _level(text[name.start : name.end])),
            **_count(text, name.end + match.end()),
        }
        medal = re.match(r"(\d+)\s*[金银铜]", match[0])
        if medal:
            qualifiers["count"] = medal[1]
        for subject in subjects:
            yield Raw(subject, "wins", name.entity, name.start, name.end + match.end(), qualifiers)


def _before_competition(text: str, names: Sequence[Named], i: int, governing: Sequence[str]) -> list[str]:
    start, _ = clause_bounds(text, names[i].start)
    people = [n for n in names[:i] if n.type in ("Person", "Team") and n.start >= start]
    return [people[-1].entity] if people else list(governing)


def _count(text: str, position: int) -> dict[str, str]:
    match = re.match(
        r"[”》’]?(?:称号|荣誉|各)?\s*(\d+|[一二两三四五六七八九十]+)\s*(?:余)?[项个人名本门支家枚块]", text[position:]
    )
    value = parse_number(match[1]) if match else None
    return {"count": str(int(value))} if value is not None else {}


def _level(name: str) -> dict[str, str]:
    for row in _rules()["levels"]:
        if any(word in name for word in row["words"]):
            return {"level": row["name"]}
    return {}


def read_tables(document: Document, entities: Sequence[Entity], own: str) -> list[tuple[Sentence, Raw]]:
    """Prizes in tables: a column of competitions with columns of grades, or with a grade and a count column."""
    starts = {s.id: s.start for s in document.sentences}
    names = names_by_sentence([e for e in entities if e.type in ("Competition", "Award")], starts)
    found: list[tuple[Sentence, Raw]] = []
    rows = {(s.table, s.start): s for s in document.sentences if s.table and s.kind == "row"}
    for table in document.tables:
        found += _read_table(document, table, names, rows, own)
    return found


def _read_table(
    document: Document,
    table: Table,
    names: Mapping[str, Sequence[Named]],
    rows: Mapping[tuple[str | None, int], Sentence],
    own: str,
) -> Iterator[tuple[Sentence, Raw]]:
    rules, grade = _rules()["tables"], re.compile(_rules()["wins"]["grade"])
    heads = {c.column: c.text for c in table.cells if c.header}
    graded = {column: grade.search(text) for column, text in heads.items() if grade.search(text)}
    column = next((c for c, t in sorted(heads.items()) if re.search(rules["competition"], t)), None)
    if column is None:
        return
    grade_column = next((c for c, t in heads.items() if re.search(rules["grade"], t) and not grade.search(t)), None)
    count_column = next((c for c, t in heads.items() if re.search(rules["count"], t)), None)
    for row in range(table.rows):
        cells = {c.column: c for c in table.cells if c.row <= row < c.row + c.row_span and not c.header}
        if column not in cells:
            continue
        stub = cells[column]
        entity = _entity_of(document, stub, names)
        sentence = document.sentence_at(min(c.start for c in cells.values() if c.row == row)) if cells else None
        if entity is None or sentence is None:
            continue
        level = next((c.text for k, c in cells.items() if re.search(rules["level"], heads.get(k, ""))), "")
        level = re.sub(r"[（(].*", "", level)
        base = {"level": level} if level else {}
        for k, match in graded.items():
            value = parse_number(cells[k].text) if k in cells else None
            if value and match:
                found = {**base, "grade": match[0], "count": str(int(value))}
                yield sentence, Raw(own, "wins", entity, 0, len(sentence.text), found, "table")
        if not graded and grade_column in cells and count_column in cells:
            value = parse_number(cells[count_column].text)
            if value:
                found = {**base, "grade": cells[grade_column].text, "count": str(int(value))}
                yield sentence, Raw(own, "wins", entity, 0, len(sentence.text), found, "table")


def _entity_of(document: Document, cell: Cell, names: Mapping[str, Sequence[Named]]) -> str | None:
    sentence = document.sentence_at(cell.start)
    if sentence is None:
        return None
    inside = [
        n
        for n in names.get(sentence.id, ())
        if cell.start - sentence.start <= n.start and n.end <= cell.end - sentence.start
    ]
    best = max(inside, key=lambda n: n.end - n.start, default=None)
    if best is None or best.end - best.start < 0.5 * len(fold(cell.text)):
        return None
    return best.entity
