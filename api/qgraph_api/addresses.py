"""Every address in the product; templates, routes and pages never glue strings."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from qgraph.records import Citation

HIT = "hit"  # the fragment under which the reading page puts the first highlighted character


def citation_path(citation: Citation) -> str:
    return place_path(citation.report, citation.start, citation.end)


def report_path(report: str, element: str = "") -> str:
    """The reading page of a report; with an element's id, at that element."""
    return f"/reports/{quote(report)}" + (f"#{anchor(element)}" if element else "")


def place_path(report: str, start: int, end: int) -> str:
    """The reading page with the characters from `start` to `end` highlighted and in view."""
    return f"{report_path(report)}?{urlencode({'start': start, 'end': end})}#{HIT}"


def entity_path(entity: str) -> str:
    """The page of an entity, by its id "{type}/{hash}"."""
    return f"/entities/{quote(entity)}"


def anchor(element: str) -> str:
    """The fragment of an element inside its report: “r2024-0a1b2c3d/p12” stands at “p12”."""
    return element.rpartition("/")[2]
