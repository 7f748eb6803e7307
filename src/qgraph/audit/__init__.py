"""Consistency checks of a report before it goes out: 数据的准确性、描述的一致性、文本的规范性."""

from qgraph.audit.findings import audit_report, find_finding, mark_explained

__all__ = ["audit_report", "find_finding", "mark_explained"]
