"""Every failure leaves as one JSON body, {"ok": false, "error": 中文, "status": n}; pages get a page.

Roads out: an error of qgraph's own tree, a refusal of this door, an unknown address or method, a request that
does not fit its shape, and anything unforeseen (logged in full, told in one calm sentence).
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from qgraph.errors import QgraphError

log = logging.getLogger(__name__)

_PROGRAM_PATHS = ("/api", "/sparql", "/static")
_STATUS_TEXTS = {
    400: "请求有误。",
    403: "不允许这样做。",
    404: "没有这个地址。",
    405: "这个地址不支持这种请求方法。",
    406: "无法以所要求的格式提供结果。",
    413: "请求的内容太大。",
    415: "不支持这种内容格式。",
    500: "服务出了问题，已记入日志。请稍后再试，或告知管理人员。",
    503: "服务暂时不可用。",
}
_FAULTS = {
    "missing": "必须填写",
    "string_type": "应当是文字",
    "string_too_short": "不能为空",
    "string_too_long": "太长",
    "int_parsing": "应当是整数",
    "int_type": "应当是整数",
    "int_from_float": "应当是整数",
    "float_parsing": "应当是数字",
    "bool_parsing": "应当是 true 或 false",
    "list_type": "应当是列表",
    "tuple_type": "应当是列表",
    "too_long": "项数太多",
    "greater_than_equal": "太小",
    "less_than_equal": "太大",
    "literal_error": "不在可选的值之内",
    "enum": "不在可选的值之内",
    "extra_forbidden": "是不认识的项",
    "json_invalid": "不是有效的 JSON",
    "model_attributes_type": "应当是 JSON 对象",
    "dict_type": "应当是 JSON 对象",
}


class Refusal(Exception):
    """A request that this door itself turns away, with an HTTP status and a sentence in Chinese."""

    def __init__(self, status: int, message: str = "", *, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.message = message or _STATUS_TEXTS.get(status, _STATUS_TEXTS[400])
        self.headers = dict(headers or {})


def failure_body(status: int, message: str) -> dict[str, object]:
    """The one body of every failure."""
    return {"ok": False, "error": message, "status": status}


def failure_response(request: Request, status: int, message: str, headers: Mapping[str, str] | None = None) -> Response:
    """JSON for programs; a page for a person who opened an address in a browser."""
    path = request.url.path
    for_program = any(path == p or path.startswith(p + "/") for p in _PROGRAM_PATHS)
    if not for_program and "text/html" in request.headers.get("accept", ""):
        page: Response = request.app.state.templates.TemplateResponse(
            request, "error.html", {"status": status, "message": message}, status_code=status
        )
        page.headers.update(headers or {})
        return page
    return JSONResponse(failure_body(status, message), status_code=status, headers=dict(headers or {}))


def describe_faults(faults: Sequence[Any]) -> str:
    """What is wrong with a request, field by field: “question 必须填写；k 太大（最大 50）。”"""
    texts = []
    for fault in faults:
        place = [str(part) for part in fault.get("loc", ()) if part not in ("body", "query", "path", "header")]
        if fault["type"] == "json_invalid":
            place = ["请求内容"]
        limits = fault.get("ctx") or {}
        text = _FAULTS.get(fault["type"], "的值不能用")
        if "ge" in limits:
            text += f"（最小 {limits['ge']}）"
        if "le" in limits:
            text += f"（最大 {limits['le']}）"
        if "max_length" in limits:
            text += f"（最多 {limits['max_length']}）"
        if fault["type"] in ("literal_error", "enum"):
            text += f"（{limits.get('expected', '')}）".replace(" or ", "、").replace(", ", "、").replace("'", "")
        texts.append(f"{'.'.join(place) or '请求内容'} {text}")
    return "；".join(dict.fromkeys(texts)) + "。"


def install_failures(app: FastAPI, headers: Mapping[str, str]) -> None:
    """Adds the handlers for every road out. `headers` go on answers to what was unforeseen: those leave outside
    of all middleware."""

    @app.exception_handler(QgraphError)
    def own(request: Request, error: QgraphError) -> Response:
        if error.status >= 500:
            log.error("%s %s: %s", request.method, request.url.path, error.log)
        return failure_response(request, error.status, error.message)

    @app.exception_handler(Refusal)
    def refused(request: Request, error: Refusal) -> Response:
        return failure_response(request, error.status, error.message, error.headers)

    @app.exception_handler(RequestValidationError)
    def unfit(request: Request, error: RequestValidationError) -> Response:
        return failure_response(request, 422, describe_faults(error.errors()))

    @app.exception_handler(HTTPException)
    def plain(request: Request, error: HTTPException) -> Response:
        message = _STATUS_TEXTS.get(error.status_code, _STATUS_TEXTS[400])
        return failure_response(request, error.status_code, message, error.headers)

    @app.exception_handler(Exception)
    def unforeseen(request: Request, error: Exception) -> Response:
        log.error("%s %s", request.method, request.url.path, exc_info=error)
        return failure_response(request, 500, _STATUS_TEXTS[500], headers)
