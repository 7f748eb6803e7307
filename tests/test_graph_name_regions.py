"""Regions that names of enterprises bear."""

from __future__ import annotations

import pytest

from qgraph.graph.name_regions import name_regions
from qgraph.records import Entity

CITY = Entity("Region/r1", "Region", "云海市", ("云海",), ())
COUNTY = Entity("Region/r2", "Region", "云海湾区", (), ())


@pytest.mark.parametrize(
    ("name", "aliases", "expected"),
    [
        ("云海甲机械公司", (), "Region/r1"),
        ("乙光学（云海）有限公司", (), "Region/r1"),
        ("云海湾区丙食品公司", (), "Region/r2"),
        ("丁集团", ("云海丁",), "Region/r1"),
        ("戊集团", (), ""),
    ],
)
def test_the_longest_region_inside_a_name_of_an_enterprise(
    name: str, aliases: tuple[str, ...], expected: str
) -> None:
    enterprise = Entity("Enterprise/e1", "Enterprise", name, aliases, ())
    found = dict(name_regions([CITY, COUNTY, enterprise]))
    assert found == ({"Enterprise/e1": expected} if expected else {})


def test_only_enterprises_are_asked() -> None:
    assert not list(name_regions([CITY, Entity("College/c1", "College", "云海职业学院", (), ())]))
