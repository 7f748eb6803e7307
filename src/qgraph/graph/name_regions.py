"""Places that the names of enterprises bear (云海甲机械公司 → 云海): knowledge drawn from a name, said by no sentence.

Such a place tells where the enterprise was registered at best, so it is no statement; the query for the
enterprises of a region uses it beside what the report says.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qgraph.records import Entity
from qgraph.text import fold

_SHORTEST = 2


def name_regions(entities: Sequence[Entity]) -> Iterator[tuple[str, str]]:
    """Ids of an enterprise and of the one region of the report whose name is inside its name, the longest fit."""
    regions = sorted(
        {(fold(name), e.id) for e in entities if e.type == "Region" for name in (e.name, *e.aliases)},
        key=lambda form: (-len(form[0]), *form),
    )
    for entity in entities:
        if entity.type != "Enterprise":
            continue
        names = [fold(name) for name in (entity.name, *entity.aliases)]
        fitting = (at for form, at in regions if len(form) >= _SHORTEST and any(form in name for name in names))
        region = next(fitting, None)
        if region is not None:
            yield entity.id, region
