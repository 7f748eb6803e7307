"""Report files → Document."""

from __future__ import annotations

from qgraph.reading.reports import read_report, source_text

__all__ = ["read_report", "source_text"]
