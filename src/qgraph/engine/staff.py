"""What people say about what was found: judgements on answers, findings of the audit, decisions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from qgraph.audit import audit_report, find_finding, mark_explained
from qgraph.engine.opening import OpenIndex, checked
from qgraph.feedback import keep
from qgraph.manifest import JOURNAL
from qgraph.records import Finding

if TYPE_CHECKING:
    from qgraph.extraction.journal import Decision, Journal

FEEDBACK = "feedback.jsonl"
EXPLAINED = "explained.jsonl"


class Staff(OpenIndex):
    """Where people's judgements are kept."""

    def feedback(
        self,
        question: str,
        verdict: str,
        *,
        kind: str = "",
        answer: str = "",
        expected: str = "",
        note: str = "",
        who: str = "",
    ) -> None:
        """Keeps a judgement on an answer ("right", "wrong" or "refused"). Raises QueryError."""
        with self._lock:
            keep(
                self.index / FEEDBACK,
                checked(question, "问题"),
                verdict,
                kind=kind,
                answer=answer,
                expected=expected,
                note=note,
                who=who,
            )

    def audit(self, report: str = "", *, everything: bool = False) -> list[Finding]:
        """What to check before a report goes out; of one report or of all. `everything` also lists findings
        of low confidence and those marked as explained. Raises NotFoundError."""
        reports = [report] if report else list(self.knowledge.records)
        findings = [f for r in reports for f in audit_report(self.knowledge, r, self.index / EXPLAINED)]
        return [f for f in findings if f.shown or everything]

    def explain(self, finding: str, *, note: str = "", who: str = "", undo: bool = False) -> None:
        """Marks a finding as explained, or takes the mark back. Raises NotFoundError."""
        row = find_finding(self.audit(everything=True), finding)
        with self._lock:
            mark_explained(self.index / EXPLAINED, row, note=note, who=who, undo=undo)

    def decisions(self) -> Journal:
        """The journal of staff decisions, with the lines of it that cannot be used."""
        from qgraph.extraction.journal import read_journal  # loads the extractors, which answering does not need

        return read_journal(self.index / JOURNAL)

    def decide(
        self,
        kind: str,
        target: str,
        who: str,
        *,
        others: Sequence[str] = (),
        names: Sequence[str] = (),
        name: str = "",
        type_: str = "",
        note: str = "",
    ) -> Decision:
        """Adds a decision to the journal; it takes effect at the next build. `target` and `others` are ids, or names
        of entities. Raises NotFoundError for what nobody knows, DecisionError for what cannot be."""
        from qgraph.extraction.journal import record_decision

        if kind != "undo":
            target, *found = (self._known(t) for t in (target, *others))
            others = tuple(found)
        entity = self.knowledge.entities.get(target)
        with self._lock:
            return record_decision(
                self.index / JOURNAL,
                kind,
                target,
                who,
                others=others,
                names=names,
                name=name,
                type_=type_,
                known_as=(entity.name, *entity.aliases) if entity else (),
                note=note,
            )

    def _known(self, target: str) -> str:
        if target in self.knowledge.observations or any(s.id == target for s in self.knowledge.statements):
            return target
        return self.knowledge.entity(target).id
