"""What people say about what was found: judgements on answers, findings of the audit."""

from __future__ import annotations

from qgraph.audit import audit_report, find_finding, mark_explained
from qgraph.engine.opening import OpenIndex, checked
from qgraph.feedback import keep
from qgraph.records import Finding

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
