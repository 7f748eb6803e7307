"""The API's own description (OpenAPI) turned into what the guide page shows, without any outside assets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter or a field of a body."""

    name: str
    kind: str
    required: bool
    description: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one address."""

    method: str
    path: str
    summary: str
    parameters: tuple[Field, ...]
    body: tuple[Field, ...]
    reply: tuple[Field, ...]


_KINDS = {"string": "文字", "integer": "整数", "number": "数字", "boolean": "是/否", "array": "列表", "object": "对象"}


def guide(openapi: Mapping[str, Any]) -> dict[str, list[Operation]]:
    """Operations by tag, in the order of the description."""
    found: dict[str, list[Operation]] = {}
    for path, methods in openapi["paths"].items():
        for method, operation in methods.items():
            tag = (operation.get("tags") or ["其他"])[0]
            found.setdefault(tag, []).append(_operation(openapi, path, method, operation))
    return found


def _operation(openapi: Mapping[str, Any], path: str, method: str, operation: Mapping[str, Any]) -> Operation:
    parameters = tuple(
        Field(p["name"], _kind(openapi, p["schema"]), p.get("required", False), p.get("description", ""))
        for p in operation.get("parameters", ())
    )
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    good: Mapping[str, Any] = next((r for status, r in operation["responses"].items() if status.startswith("2")), {})
    reply = good.get("content", {}).get("application/json", {}).get("schema", {})
    return Operation(
        method.upper(), path, operation.get("summary", ""), parameters, _fields(openapi, body), _fields(openapi, reply)
    )


def _fields(openapi: Mapping[str, Any], schema: Mapping[str, Any]) -> tuple[Field, ...]:
    resolved = _resolve(openapi, schema)
    required = resolved.get("required", ())
    return tuple(
        Field(name, _kind(openapi, shape), name in required, shape.get("description", ""))
        for name, shape in resolved.get("properties", {}).items()
    )


def _resolve(openapi: Mapping[str, Any], schema: Mapping[str, Any]) -> Mapping[str, Any]:
    while "$ref" in schema:
        schema = openapi["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return schema


def _kind(openapi: Mapping[str, Any], schema: Mapping[str, Any]) -> str:
    """The kind of a value in words: 文字, 整数列表, 对象（CitationOut）列表 …"""
    if "$ref" in schema:
        description = str(_resolve(openapi, schema).get("description", "对象"))
        return description.partition("：")[0]
    if "anyOf" in schema:
        kinds = [_kind(openapi, s) for s in schema["anyOf"] if s.get("type") != "null"]
        return "或".join(dict.fromkeys(kinds))
    if schema.get("type") == "array":
        return f"{_kind(openapi, schema.get('items', {}))}列表"
    return _KINDS.get(schema.get("type", ""), "任意")
