"""Short names of the colleges whose reports are read."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qgraph.ontology import read_patterns
from qgraph.text import in_order


def in_full(text: str, colleges: Sequence[str]) -> str:
    """The question with these colleges named in full where a short name (虚构学院) fits only one of them."""
    rules = read_patterns("asking")["compound"]
    full = text
    for match in re.finditer(rules["shortened"], text) if len(colleges) > 1 else ():
        for name in (match[0][start:] for start in range(len(match[0]) - 3)):
            meant = [college for college in colleges if in_order(name, college)]
            if len(re.sub(rules["generic"], "", name)) > 1 and len(meant) == 1 and meant[0] not in full:
                full = full.replace(name, meant[0])
                break
    return full
