"""Records to plain JSON values, in one way for the command line, the API and files."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from pydantic import TypeAdapter


@cache
def _adapter(kind: type) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def to_jsonable(value: Any) -> Any:
    """Records, tuples and mappings as JSON values; exact decimals become strings, so nothing is rounded."""
    if isinstance(value, (list, tuple)):
        return [to_jsonable(item) for item in value]
    if isinstance(value, dict):
        return {str(key): to_jsonable(item) for key, item in value.items()}
    if value is None or isinstance(value, (str, int, float, bool)):
        return value
    kind: type = type(value)
    return _adapter(kind).dump_python(value, mode="json")


def to_json_line(value: Any) -> str:
    """One line of JSON with Chinese left readable."""
    return json.dumps(to_jsonable(value), ensure_ascii=False, separators=(",", ":"), sort_keys=False)
