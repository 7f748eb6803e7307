"""Figures that contradict each other: values, sums, rates, table against text, dates of one event."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from qgraph.audit.draft import Draft, Spot
from qgraph.ontology import read_patterns
from qgraph.records import Document, Observation, Sentence
from qgraph.text import bigrams, fold

_DATE = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月(?:\s*(\d{1,2})\s*日)?")


def _spot(observation: Observation, document: Document) -> Spot:
    evidence = observation.evidence
    return Spot(evidence.sentence, document.text[evidence.start : evidence.end])


def _amount(observation: Observation) -> str:
    return f"{observation.source_value}{observation.unit}"


def check_conflicts(document: Document, observations: Sequence[Observation]) -> Iterator[Draft]:
    """The same indicator of the same subject and period with different values, or one exact amount with two periods."""
    groups: dict[tuple[str, str, str, str], list[Observation]] = defaultdict(list)
    for o in observations:
        groups[o.subject, _label(o), o.unit, o.period.label].append(o)
    for (_, _, _, period), rows in sorted(groups.items()):
        values = sorted({o.value for o in rows})
        if len(values) < 2 or _comparable(rows):
            continue
        first = next(o for o in rows if o.value == values[0])
        second = next(o for o in rows if o.value == values[-1])
        yield Draft(
            "conflict",
            f"“{first.indicator}”（{period}）一处为 {_amount(first)}，另一处为 {_amount(second)}。",
            (_spot(first, document), _spot(second, document)),
            0.6,
        )
    yield from _rounded(document, observations)
    yield from _periods(document, observations)


def _label(observation: Observation) -> str:
    return fold(observation.concept or observation.indicator) + "/" + "/".join(sorted(observation.qualifiers))


def _comparable(rows: Sequence[Observation]) -> bool:
    """Values in one table or sentence stand side by side on purpose."""
    return len({o.evidence.sentence for o in rows}) == 1 or any(o.bound for o in rows)


def _rounded(document: Document, observations: Sequence[Observation]) -> Iterator[Draft]:
    """One thing told with more and with fewer digits that do not agree when rounded (3.4 万, 3.47 万平方米)."""
    by_unit: dict[str, list[Observation]] = defaultdict(list)
    for o in observations:
        if o.value > 0 and "." in o.source_value and not o.bound and o.unit not in ("%", "个百分点"):
            by_unit[o.unit].append(o)
    for _, rows in sorted(by_unit.items()):
        for i, one in enumerate(rows):
            for other in rows[i + 1 :]:
                short, long = sorted((one, other), key=lambda o: len(_digits(o)))
                cut = len(_digits(long)) > len(_digits(short)) >= 2 and _digits(long).startswith(_digits(short))
                near = abs(one.value - other.value) / max(one.value, other.value) < Decimal("0.05")
                if (
                    cut
                    and near
                    and one.value != other.value
                    and _similar(_context(document, one), _context(document, other)) >= 0.1
                ):
                    yield Draft(
                        "conflict",
                        f"两处数值接近但不同：{_amount(one)} 与 {_amount(other)}，请核对是否同一事实。",
                        (_spot(one, document), _spot(other, document)),
                        0.65,
                    )


def _digits(o: Observation) -> str:
    return re.sub(r"\D", "", o.source_value)


def _context(document: Document, o: Observation) -> str:
    return o.indicator + document.sentence_by_id[o.evidence.sentence].text[:120]


def _similar(one: str, other: str) -> float:
    a, b = set(bigrams(one)), set(bigrams(other))
    return len(a & b) / max(1, min(len(a), len(b)))


def _years(o: Observation) -> set[str]:
    return set(re.findall(r"(?:19|20)\d\d", o.period.label)) or {o.period.start[:4]}


def _periods(document: Document, observations: Sequence[Observation]) -> Iterator[Draft]:
    """One exact amount, too long to be chance, that is told for two different years."""
    by_value: dict[tuple[Decimal, str], list[Observation]] = defaultdict(list)
    for o in observations:
        if "." in o.source_value and len(_digits(o)) >= 4:
            by_value[o.value, o.unit].append(o)
    for rows in by_value.values():
        for i, one in enumerate(rows):
            other = next((r for r in rows[i + 1 :] if not _years(r) & _years(one)), None)
            if other and _similar(one.indicator, other.indicator) >= 0.1:
                yield Draft(
                    "period_conflict",
                    f"{_amount(one)} 一处属于{one.period.label}，另一处属于{other.period.label}，请核对统计时间。",
                    (_spot(one, document), _spot(other, document)),
                    0.65,
                )
                break


def check_sums(document: Document, observations: Sequence[Observation]) -> Iterator[Draft]:
    """Parts (其中 …) that do not add up to their total. Parts are complete only when they exceed it, or when
    there are at least two and the text says that they are all (分别, 包括)."""
    by_id = {o.id: o for o in observations}
    parts: dict[str, list[Observation]] = defaultdict(list)
    for o in observations:
        if o.part_of in by_id and o.unit == by_id[o.part_of].unit:
            parts[o.part_of].append(o)
    for total_id, rows in sorted(parts.items()):
        total = by_id[total_id]
        if total.bound or any(o.bound for o in rows):
            continue
        added = sum((o.value for o in rows), Decimal(0))
        if added > total.value or (len(rows) >= 3 and added != total.value and added > total.value * Decimal("0.9")):
            shown = " + ".join(o.source_value for o in rows)
            yield Draft(
                "sum",
                f"分项 {shown} = {added}{total.unit}，与总数 {_amount(total)} 不符。",
                (_spot(total, document), *(_spot(o, document) for o in rows)),
                0.75 if added > total.value else 0.55,
            )


def check_rates(document: Document, observations: Sequence[Observation]) -> Iterator[Draft]:
    """Rates that disagree with the numerator and denominator given in the same or the neighbouring sentence.

    A rate counts as computable when some pair of head counts of its paragraph gives it nearly (within two
    points); it is a finding when that pair misses it by more than rounding.
    """
    rules = read_patterns("audit")["rates"]
    tolerance = Decimal(str(rules["tolerance"]))
    order = {s.id: i for i, s in enumerate(document.sentences)}
    counts = [o for o in observations if o.unit == "人" and not o.bound and o.value >= 50]
    for rate in observations:
        if rate.unit != "%" or rate.bound or not rate.value % 1:
            continue
        near = [
            o
            for o in counts
            if abs(order[o.evidence.sentence] - order[rate.evidence.sentence]) <= 1 and o.evidence.sentence in order
        ]
        best: tuple[Decimal, Observation, Observation] | None = None
        for part in near:
            for whole in near:
                if part.value >= whole.value:
                    continue
                gap = abs(part.value / whole.value * 100 - rate.value)
                if best is None or gap < best[0]:
                    best = (gap, part, whole)
        if best and tolerance < best[0] <= 2 and _similar(rate.indicator, best[1].indicator) >= 0.3:
            gap, part, whole = best
            computed = (part.value / whole.value * 100).quantize(Decimal("0.01"))
            yield Draft(
                "rate",
                f"{part.source_value} ÷ {whole.source_value} = {computed}%，报告写的是 {rate.source_value}%。",
                (_spot(rate, document), _spot(part, document), _spot(whole, document)),
                0.55,
            )


def check_table_text(document: Document, observations: Sequence[Observation]) -> Iterator[Draft]:
    """A table cell and a sentence that tell the same indicator for the same period with different values."""
    in_table = [o for o in observations if document.sentence_by_id[o.evidence.sentence].table]
    in_text = [o for o in observations if not document.sentence_by_id[o.evidence.sentence].table]
    for cell in in_table:
        same = [
            o
            for o in in_text
            if o.unit == cell.unit
            and o.period.label == cell.period.label
            and o.subject == cell.subject
            and fold(o.indicator) == fold(cell.indicator)
        ]
        if same and all(o.value != cell.value for o in same) and not any(o.bound for o in same):
            yield Draft(
                "table_text",
                f"表中“{cell.indicator}”为 {_amount(cell)}，正文为 {_amount(same[0])}。",
                (_spot(cell, document), _spot(same[0], document)),
                0.65,
            )


def check_event_dates(document: Document) -> Iterator[Draft]:
    """One event (a 《document》 signed, a “named” activity) with two different dates.

    The last full date before the name in its sentence counts as the date of the event.
    """
    dated: dict[str, list[tuple[tuple[int, int, int], Spot, Sentence]]] = defaultdict(list)
    for sentence in document.sentences:
        if sentence.kind not in ("text", "caption"):
            continue
        for match in re.finditer(r"签署《([^《》]{4,60})》|交换[^。]{0,60}《([^《》]{4,60})》", sentence.text):
            before = [m for m in _DATE.finditer(sentence.text, 0, match.start()) if m[3]]
            if before:
                m = before[-1]
                quote = sentence.text[m.start() : match.end()]
                dated[fold(match[1] or match[2])].append(
                    ((int(m[1]), int(m[2]), int(m[3])), Spot(sentence.id, quote), sentence)
                )
    for rows in dated.values():
        days = {day for day, _, _ in rows}
        if len(days) > 1:
            told = "、".join("{}年{}月{}日".format(*day) for day in sorted(days))
            yield Draft(
                "event_date",
                f"同一文件的签署日期有两种说法：{told}。",
                tuple(spot for _, spot, _ in rows),
                0.85,
            )


def check_period(document: Document) -> Iterator[Draft]:
    """Impossible dates, and full dates after the report's own span."""
    reach = int(read_patterns("audit")["dates"]["reach"])
    for sentence in document.sentences:
        for match in _DATE.finditer(sentence.text):
            year, month, day = int(match[1]), int(match[2]), int(match[3] or 1)
            try:
                date(year, month, day)
            except ValueError:
                yield Draft("out_of_period", f"日期“{match[0]}”不存在。", (Spot(sentence.id, match[0]),), 0.9)
                continue
            if match[3] and year > document.year + reach:
                yield Draft("out_of_period", f"日期“{match[0]}”晚于报告期。", (Spot(sentence.id, match[0]),), 0.7)
