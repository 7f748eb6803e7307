"""What belongs to what: departments to colleges, persons to departments, majors to groups, parts to wholes; and
leads that are told by a count only."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from qgraph.extraction.sentence_names import Named, names_by_sentence
from qgraph.extraction.statements_rules import Raw
from qgraph.ontology import read_patterns
from qgraph.records import Document, Entity, Sentence
from qgraph.text import fold, parse_number

_UNITS = ("Department", "Team", "IndustryCollege")


def read_adjacent(text: str, names: Sequence[Named], by_id: Mapping[str, Entity], own: str) -> Iterator[Raw]:
    """A person right behind a department (机电学院袁某), a consortium's own programme, a named whole with parts."""
    for left, right in zip(names, names[1:], strict=False):
        gap = text[left.end : right.start]
        if (
            right.type == "Person"
            and left.type in ("Department", "Major", "Team")
            and re.fullmatch(r"(?:专业)?(?:在校生|学生|教师|老师)?", gap)
        ):
            yield Raw(right.entity, "partOf", left.entity, left.start, right.end)
        if left.type == "Competition" and right.type == "Competition" and re.fullmatch(r"[—\-－–]+", gap.strip()):
            yield Raw(right.entity, "partOf", left.entity, left.start, right.end)
        if right.type == "Project" and left.type == "Enterprise" and re.fullmatch(r"的“?", gap):
            yield Raw(right.entity, "partOf", left.entity, left.start, right.end)
        if left.type == "Course" and right.type == "Major" and re.fullmatch(r"[》”]?是", gap):
            yield Raw(left.entity, "partOf", right.entity, left.start, right.end)
    whole = re.search(r"(?:打造|建有|建成|形成|设有)?(?:包括|包含)", text)
    if whole and re.search(r"在内的", text[whole.end() :]):
        end = whole.end() + text[whole.end() :].index("在内的")
        owner = next((n for n in reversed(names) if n.type == "Base" and n.end <= whole.start()), None)
        for name in names:
            if owner and name.type == "Base" and whole.end() <= name.start < end and name.entity != owner.entity:
                yield Raw(name.entity, "partOf", owner.entity, owner.start, name.end)


def read_counted_leads(text: str, by_id: Mapping[str, Entity], governing: Sequence[str], own: str) -> Iterator[Raw]:
    """“牵头建设 7 个行业产教融合共同体” names none; it speaks of the known ones when there are just as many."""
    match = re.search(r"牵头[一-鿿]{0,8}?\s*(?=\d|[一二三四五六七八九十]+个)", text)
    if match is None or list(governing) != [own]:
        return
    for part in re.finditer(
        r"(\d+|[一二三四五六七八九十]+)\s*个([一-鿿]{2,14}?(?:共同体|联合体|联盟))", text[match.start() :]
    ):
        value = parse_number(part[1])
        noun = fold(part[2])[-7:] if len(fold(part[2])) > 7 else fold(part[2])
        noun = re.sub("^(?:行业|市域)", "", noun)
        known = [e for e in by_id.values() if e.type == "Consortium" and fold(e.name).endswith(noun)]
        if value is not None and len(known) == int(value):
            for entity in sorted(known, key=lambda e: e.id):
                yield Raw(own, "leads", entity.id, match.start(), match.start() + part.end())


def read_tables(document: Document, entities: Sequence[Entity]) -> list[tuple[Sentence, Raw]]:
    """A major in the row of its group of majors."""
    rules = read_patterns("statements")["tables"]
    starts = {s.id: s.start for s in document.sentences}
    names = names_by_sentence([e for e in entities if e.type == "Major"], starts)
    found = []
    for table in document.tables:
        heads = [c.text for c in table.cells if c.header]
        if not (
            any(re.search(rules["group"], h) for h in heads)
            and sum(bool(re.search(rules["major"], h)) for h in heads) >= 2
        ):
            continue
        for sentence in document.sentences:
            row = names.get(sentence.id, [])
            if sentence.table == table.id and sentence.kind == "row" and len(row) == 2:
                raw = Raw(row[1].entity, "partOf", row[0].entity, row[0].start, row[1].end, {}, "table")
                found.append((sentence, raw))
    return found


def read_parts(document: Document, entities: Sequence[Entity], own: str) -> list[tuple[Sentence, Raw]]:
    """Departments and teams of the college, and units whose name opens with another college's or consortium's."""
    wholes = [e for e in entities if e.type in ("College", "Consortium") and e.id != own]
    found = []
    for entity in entities:
        if not entity.mentions:
            continue
        mention = entity.mentions[0]
        sentence = document.sentence_by_id[mention.evidence.sentence]
        start = mention.evidence.start - sentence.start
        name = fold(entity.name)
        other = next(
            (
                w
                for w in wholes
                if w.id != entity.id and name.startswith(fold(w.name)) and len(fold(w.name)) < len(name)
            ),
            None,
        )
        target = (
            other.id
            if other and entity.type in ("College", "Department", "Consortium")
            else own
            if entity.type == "Department"
            else ""
        )
        if target:
            found.append((sentence, Raw(entity.id, "partOf", target, start, start + len(mention.text))))
    return found
