"""The journal of staff decisions: a plain file of JSON lines beside the index, applied at every build.

One line a decision: who decided what, when, about which entity. A line is never changed or removed; a decision
is taken back by a further line ("undo"). Lines that cannot be read are kept in the file and reported.

| kind      | target                         | further fields                                          |
|-----------|--------------------------------|---------------------------------------------------------|
| merge     | the entity that stays          | others: the entities that become part of it, names: their names |
| split     | the entity                     | names: aliases that are a thing of their own, name: its canonical name |
| rename    | the entity                     | name: the new canonical name                            |
| retype    | the entity                     | type: the new class                                     |
| wrong     | an entity, statement, observation | it is left out of the graph and listed for review    |
| confirmed | an entity, statement, observation | its confidence becomes 1                             |
| distinct  | an entity                      | others: entities that are not the same, however alike their names |
| undo      | the id of a decision           |                                                         |

Three kinds can also be about an item of the review list: `retype` (with type and name) makes a name of it an entity,
`merge` (among the others) makes it a further name of one, `wrong` takes it off the list. See `journal_review`.
"""

from __future__ import annotations

import fcntl
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from qgraph.errors import DecisionError
from qgraph.extraction.journal_apply import apply_decision
from qgraph.extraction.journal_decision import Decision
from qgraph.records import Document, Extraction

KINDS = ("merge", "split", "rename", "retype", "wrong", "confirmed", "distinct", "undo")
_NEEDS = {"merge": "others", "split": "names", "rename": "name", "retype": "type", "distinct": "others"}


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line of the journal that cannot be used: its number from 1, its text and why."""

    number: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Journal:
    """All decisions in the order in which they were made, and the lines that cannot be used."""

    decisions: tuple[Decision, ...] = ()
    bad: tuple[BadLine, ...] = ()

    def active(self) -> tuple[Decision, ...]:
        """Decisions that hold: neither undone nor an undo; an undo can itself be undone."""
        undone = self.undone()
        return tuple(d for d in self.decisions if d.kind != "undo" and d.id not in undone)

    def undone(self) -> frozenset[str]:
        """Ids of the decisions that were taken back."""
        undone: set[str] = set()
        for decision in reversed(self.decisions):
            if decision.kind == "undo" and decision.id not in undone:
                undone.add(decision.target)
        return frozenset(undone)

    def apart(self) -> frozenset[frozenset[str]]:
        """Pairs of ids of entities that are not the same."""
        return frozenset(frozenset((d.target, o)) for d in self.active() if d.kind == "distinct" for o in d.others)


def read_journal(path: Path) -> Journal:
    """Reads a journal; a missing file is an empty one."""
    if not path.is_file():
        return Journal()
    decisions: list[Decision] = []
    bad: list[BadLine] = []
    for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
        if not line.strip():
            continue
        try:
            decisions.append(_parse(line, {d.id for d in decisions}))
        except DecisionError as error:
            bad.append(BadLine(number, line, error.message))
    return Journal(tuple(decisions), tuple(bad))


def record_decision(
    path: Path,
    kind: str,
    target: str,
    who: str,
    *,
    others: Sequence[str] = (),
    names: Sequence[str] = (),
    name: str = "",
    type_: str = "",
    known_as: Sequence[str] = (),
    note: str = "",
    when: str = "",
) -> Decision:
    """Checks a decision and adds it to the journal. Raises DecisionError and leaves the file as it is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+", encoding="utf-8") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        handle.seek(0)
        lines = handle.read()
        known = read_journal(path).decisions
        decision = Decision(
            f"d{len(lines.splitlines()) + 1}",
            kind,
            who.strip(),
            when or datetime.now(UTC).isoformat(timespec="seconds"),
            target,
            tuple(others),
            tuple(names),
            name.strip(),
            type_,
            tuple(known_as),
            note.strip(),
        )
        line = json.dumps({k: v for k, v in asdict(decision).items() if v}, ensure_ascii=False)
        _parse(line, {d.id for d in known})
        handle.write(("\n" if lines and not lines.endswith("\n") else "") + line + "\n")
    return decision


def apply_decisions(document: Document, extraction: Extraction, journal: Journal) -> Extraction:
    """The extraction of one report with all active decisions applied, in order.

    A decision about something that this report does not name leaves it as it is; one that contradicts what
    is there (merging two types) is listed for review.
    """
    for decision in journal.active():
        extraction = apply_decision(document, extraction, decision)
    return extraction


def _parse(line: str, known: set[str]) -> Decision:
    try:
        data = json.loads(line)
    except json.JSONDecodeError as error:
        raise DecisionError("不是一行完整的 JSON。", log=f"journal line is not JSON: {error}") from error
    if not isinstance(data, dict):
        raise DecisionError("不是一条决定。", log="journal line is no object")
    unknown = sorted(set(data) - set(Decision.__dataclass_fields__))
    if unknown:
        raise DecisionError(f"有不认识的字段：{'、'.join(unknown)}。", log=f"journal: unknown fields {unknown}")
    kind = data.get("kind")
    if kind not in KINDS:
        raise DecisionError(f"不认识的决定“{kind}”，可以是：{'、'.join(KINDS)}。", log=f"journal: unknown kind {kind}")
    for field in ("id", "who", "when", "target"):
        if not isinstance(data.get(field), str) or not data[field]:
            raise DecisionError(f"缺少“{field}”。", log=f"journal: {field} missing")
    need = _NEEDS.get(str(kind))
    if need and not data.get(need):
        raise DecisionError(f"决定“{kind}”缺少“{need}”。", log=f"journal: {kind} without {need}")
    if data["id"] in known:
        raise DecisionError(f"编号“{data['id']}”重复。", log=f"journal: id {data['id']} twice")
    if kind == "undo" and data["target"] not in known:
        raise DecisionError(f"没有编号为“{data['target']}”的决定。", log=f"journal: nothing to undo {data['target']}")
    for field in ("others", "names", "known_as"):
        value = data.get(field, [])
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            raise DecisionError(f"“{field}”应是一组文字。", log=f"journal: {field} is no list of strings")
        data[field] = tuple(value)
    return Decision(**data)
