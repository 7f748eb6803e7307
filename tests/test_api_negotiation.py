"""Choosing a media type by an Accept header."""

from __future__ import annotations

import pytest
from qgraph_api.negotiation import choose

OFFERED = ["application/json", "application/xml", "text/csv"]


@pytest.mark.parametrize(
    ("header", "chosen"),
    [
        ("", "application/json"),
        ("*/*", "application/json"),
        ("text/csv", "text/csv"),
        ("TEXT/CSV", "text/csv"),
        ("text/*", "text/csv"),
        ("application/*", "application/json"),
        ("text/csv;q=0.4, application/xml;q=0.8", "application/xml"),
        ("text/csv, application/xml", "text/csv"),
        ("application/json;q=0, */*", "application/xml"),
        ("text/csv;q=0.9, */*;q=0.1", "text/csv"),
        ("application/xml;q=bad, text/csv;q=0.5", "application/xml"),
        ("application/xml ; charset=utf-8 ; q=0.7 , text/csv ; q=0.2", "application/xml"),
        ("image/png", None),
        ("image/*, text/csv;q=0", None),
    ],
)
def test_choose(header: str, chosen: str | None) -> None:
    assert choose(header, OFFERED) == chosen
