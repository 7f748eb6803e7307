"""Report files → Document."""

from __future__ import annotations

from qgraph.reading.reports import SUFFIXES, read_report, source_text

__all__ = ["SUFFIXES", "read_report", "source_text"]
