"""A stand-in for a language model server, on a real port: well-behaved, slow, broken or lying, as asked."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Behaviour = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """One request; `request_body` is the JSON that came."""

    protocol_version = "HTTP/1.1"
    request_body: dict[str, Any]

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        self.request_body = json.loads(self.rfile.read(length))
        self.server.seen.append((self.path, dict(self.headers), self.request_body))  # type: ignore[attr-defined]
        with suppress(BrokenPipeError, ConnectionResetError):
            self.server.behaviour(self)  # type: ignore[attr-defined]
        self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:
        """Silent."""

    def head(self, status: int = 200, kind: str = "application/json", length: int | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Connection", "close")
        if length is not None:
            self.send_header("Content-Length", str(length))
        self.end_headers()

    def body(self, data: bytes | str, status: int = 200, kind: str = "application/json") -> None:
        data = data.encode() if isinstance(data, str) else data
        self.head(status, kind, len(data))
        self.wfile.write(data)

    def send(self, data: bytes | str) -> None:
        self.wfile.write(data.encode() if isinstance(data, str) else data)
        self.wfile.flush()


def completion(text: Any) -> str:
    return json.dumps({"choices": [{"message": {"role": "assistant", "content": text}, "finish_reason": "stop"}]})


def event(text: Any, finish: str | None = None) -> str:
    row = {"choices": [{"delta": {"content": text}, "finish_reason": finish}]}
    return f"data: {json.dumps(row, ensure_ascii=False)}\n\n"


def says(text: str, pieces: int = 5) -> Behaviour:
    """Answers with this text, streamed if that is asked."""

    def behave(handler: Handler) -> None:
        if not handler.request_body.get("stream"):
            handler.body(completion(text))
            return
        handler.head(kind="text/event-stream; charset=utf-8")
        size = max(1, -(-len(text) // pieces))
        for start in range(0, len(text), size):
            handler.send(event(text[start : start + size]))
        handler.send(event("", "stop") + "data: [DONE]\n\n")

    return behave


def replies(data: bytes | str, status: int = 200, kind: str = "application/json") -> Behaviour:
    """Sends exactly this body."""
    return lambda handler: handler.body(data, status, kind)


def streams(*parts: bytes | str, pause: float = 0.0) -> Behaviour:
    """Sends these parts of a stream, with a pause before each, then closes."""

    def behave(handler: Handler) -> None:
        handler.head(kind="text/event-stream")
        for part in parts:
            time.sleep(pause)
            handler.send(part)

    return behave


def sleeps(seconds: float) -> Behaviour:
    """Says nothing for so long."""

    def behave(handler: Handler) -> None:
        time.sleep(seconds)
        handler.body(completion("太晚了"))

    return behave


def hangs_up(handler: Handler) -> None:
    """Closes the connection without a word."""
    handler.connection.close()


def promises_too_much(handler: Handler) -> None:
    """Announces more bytes than it sends."""
    data = completion("半句")
    handler.head(length=len(data.encode()) + 100)
    handler.send(data)


class StandIn:
    """The running server: its address and the requests that it saw (path, headers, body)."""

    def __init__(self, server: ThreadingHTTPServer, seen: list[tuple[str, dict[str, str], dict[str, Any]]]) -> None:
        self.server = server
        self.seen = seen
        self.url = f"http://127.0.0.1:{server.server_address[1]}/v1"

    def behave(self, behaviour: Behaviour) -> None:
        self.server.behaviour = behaviour  # type: ignore[attr-defined]


@contextmanager
def stand_in(behaviour: Behaviour) -> Iterator[StandIn]:
    """Runs a stand-in server."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    seen: list[tuple[str, dict[str, str], dict[str, Any]]] = []
    server.seen, server.behaviour = seen, behaviour  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield StandIn(server, seen)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
