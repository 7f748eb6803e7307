"""Every address of the pages; templates, routes and pages never glue strings. Citations have their own, one for
all doors: `qgraph.citations.citation_path`."""

from __future__ import annotations

from urllib.parse import quote


def report_path(report: str, element: str = "") -> str:
    """The reading page of a report; with an element's id, at that element."""
    return f"/reports/{quote(report)}" + (f"#{anchor(element)}" if element else "")


def entity_path(entity: str) -> str:
    """The page of an entity, by its id "{type}/{hash}"."""
    return f"/entities/{quote(entity)}"


def anchor(element: str) -> str:
    """The fragment of an element inside its report: “r2024-0a1b2c3d/p12” stands at “p12”."""
    return element.rpartition("/")[2]
