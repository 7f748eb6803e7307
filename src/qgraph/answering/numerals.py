"""How figures are written in an answer: as the report prints them, and computed ones."""

from __future__ import annotations

import re
from decimal import Decimal

from qgraph.records import Observation


def shown(o: Observation) -> str:
    """The figure as it is quoted: printed numeral, bound and unit."""
    source = re.sub(r"\s+", "", o.source_value)
    bound = o.bound
    tail = f"{source}{o.unit}"
    if o.unit and o.unit[0] in "万亿" and o.unit[0] in source:
        tail = source + o.unit[1:]  # the numeral as printed holds the 万 of the unit (1亿余)
    if bound in ("以上", "以下", "左右", "以内"):
        return tail + bound
    if bound in ("近", "约", "超过", "不足"):
        return tail if source.startswith(bound) else bound + tail
    if bound == "余" and "余" not in source:
        return f"{source}余{o.unit}"
    return tail


def plain_number(value: Decimal) -> str:
    """A computed value without trailing zeros or exponent."""
    text = format(value.normalize(), "f")
    return text if "." not in text else text.rstrip("0").rstrip(".")
