"""Runs all checks over one report and turns what they found into findings with citations and marks."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from qgraph.audit import figures, names, numbering, wording
from qgraph.audit.draft import Draft
from qgraph.citations import cite
from qgraph.errors import NotFoundError
from qgraph.knowledge import Knowledge
from qgraph.ontology import read_patterns
from qgraph.records import Finding, ReportRecord
from qgraph.text import fold

_MOST_PLACES = 6


def audit_report(knowledge: Knowledge, report: str, marks: Path | None = None) -> list[Finding]:
    """All findings of one report, surest first. `marks` is the file of explained findings, if any.

    Findings whose confidence is below the `show` value of ontology/patterns/audit.toml, and those marked as
    explained, have `shown` False. Raises NotFoundError for an unknown report.
    """
    record = knowledge.record(report)
    rules = read_patterns("audit")
    explained = _read_marks(marks) if marks else {}
    found: dict[str, Finding] = {}
    for draft in _drafts(record):
        identifier = _identifier(report, draft)
        if identifier in found:
            continue
        places = dict.fromkeys(spot.sentence for spot in draft.spots[:_MOST_PLACES])
        note = explained.get(identifier, "")
        found[identifier] = Finding(
            identifier,
            report,
            draft.kind,
            rules["kinds"][draft.kind],
            draft.explanation,
            tuple(spot.quote for spot in draft.spots[:_MOST_PLACES]),
            tuple(cite(knowledge, report, sentence, n) for n, sentence in enumerate(places, 1)),
            round(draft.confidence, 3),
            draft.confidence >= rules["show"] and not note,
            note,
        )
    return sorted(found.values(), key=lambda f: (-f.confidence, f.places[0].start if f.places else 0, f.id))


def mark_explained(marks: Path, finding: Finding, *, note: str, who: str = "", undo: bool = False) -> None:
    """Remembers that a finding is explained (or, with `undo`, that it is not). Kept across rebuilds."""
    row = {
        "time": datetime.now(UTC).isoformat(timespec="seconds"),
        "id": finding.id,
        "note": "" if undo else (note.strip() or "已核对"),
        "who": who,
        "explanation": finding.explanation,
    }
    with marks.open("a", encoding="utf-8") as handle:
        handle.write(json.dumps(row, ensure_ascii=False) + os.linesep)


def find_finding(findings: list[Finding], identifier: str) -> Finding:
    """The finding with this id. Raises NotFoundError."""
    for finding in findings:
        if finding.id == identifier:
            return finding
    raise NotFoundError(f"没有编号为“{identifier}”的核对项。", log=f"unknown finding {identifier}")


def _drafts(record: ReportRecord) -> Iterator[Draft]:
    document, extraction = record.document, record.extraction
    observations = extraction.observations
    yield from figures.check_conflicts(document, observations)
    yield from figures.check_sums(document, observations)
    yield from figures.check_rates(document, observations)
    yield from figures.check_table_text(document, observations)
    yield from figures.check_event_dates(document)
    yield from figures.check_period(document)
    yield from names.check_names(document, extraction.entities)
    yield from numbering.check_numbering(document)
    yield from wording.check_typos(document)
    yield from wording.check_doubled(document)
    yield from wording.check_punctuation(document)
    yield from wording.check_policies(document)
    yield from wording.check_claims(document)
    yield from wording.check_private(document, extraction.entities)


def _identifier(report: str, draft: Draft) -> str:
    words = "|".join([report, draft.kind, fold(draft.explanation), *sorted(fold(s.quote) for s in draft.spots)])
    return hashlib.sha256(words.encode()).hexdigest()[:12]


def _read_marks(path: Path) -> dict[str, str]:
    """Notes by finding id; the last line on a finding counts. Damaged lines are passed over."""
    notes: dict[str, str] = {}
    if not path.is_file():
        return notes
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            row = json.loads(line)
            notes[row["id"]] = row["note"]
        except (json.JSONDecodeError, KeyError, TypeError):
            continue
    return notes
