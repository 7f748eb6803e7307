"""A client of any OpenAI-compatible chat interface (Ollama, vLLM, a campus DeepSeek or Qwen). Optional.

The server is not trusted: whatever it does, the caller gets text or a ModelError in plain Chinese, within
`llm_timeout` seconds over all; a stream must also begin within `llm_first_token` seconds and never pause longer than
that. What the text says is checked elsewhere (qgraph.grounding).
"""

from __future__ import annotations

import json
import logging
import re
import time
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import Any
from urllib.parse import urlsplit

import httpx

from qgraph.config import Settings
from qgraph.errors import ModelError

log = logging.getLogger(__name__)

_LARGEST = 2_000_000  # bytes of one reply
_LONGEST_WAIT_TO_CONNECT = 10.0  # seconds
_THOUGHTS = re.compile(r"<think>.*?(?:</think>|\Z)\s*", re.DOTALL)
_OPEN, _CLOSE = "<think>", "</think>"
_REFUSALS = {
    400: "不接受这个请求，请检查模型名称",
    401: "拒绝了访问，请检查密钥",
    403: "拒绝了访问，请检查密钥",
    404: "没有这个地址或模型，请检查设置 llm_url 和 llm_model",
    413: "认为内容太长",
    429: "正忙，请稍后再试",
}


@dataclass(frozen=True, slots=True)
class Message:
    """A turn of the conversation; `role` is system, user or assistant."""

    role: str
    content: str


def load_language_model(settings: Settings) -> LanguageModel | None:
    """The language model of the settings, or None where none is set. Raises ModelError for a bad address."""
    if not settings.llm_url.strip():
        return None
    return LanguageModel(
        settings.llm_url,
        settings.llm_model,
        settings.llm_key,
        settings.llm_timeout,
        first_token=settings.llm_first_token,
    )


@dataclass(slots=True)
class _Clock:
    """The time limits of one request, in seconds: `whole` for all of it, `pause` until the text begins and between
    its pieces."""

    whole: float
    pause: float
    begun: bool = False
    started: float = field(default_factory=time.monotonic)

    @property
    def over(self) -> bool:
        return time.monotonic() > self.started + (self.whole if self.begun else self.pause)

    def late(self, reason: str) -> ModelError:
        if self.pause >= self.whole or time.monotonic() >= self.started + self.whole:
            message = f"语言模型在 {self.whole:g} 秒内没有答完。"
        elif self.begun:
            message = f"语言模型中途停了 {self.pause:g} 秒，不再等待。"
        else:
            message = f"语言模型在 {self.pause:g} 秒内没有开始作答。"
        return ModelError(message, log=f"language model timed out: {reason}")


class LanguageModel:
    """Sends messages, returns text. Safe to share between threads."""

    def __init__(
        self,
        url: str,
        model: str,
        key: str = "",
        timeout: float = 60.0,
        transport: httpx.BaseTransport | None = None,
        *,
        first_token: float | None = None,
    ) -> None:
        self._url = chat_url(url)
        if not model.strip():
            raise ModelError("没有设置语言模型的名称（llm_model）。", log="llm_model is empty")
        self._model = model.strip()
        self._timeout = timeout
        self._pause = min(timeout, first_token or timeout)
        headers = {"Authorization": f"Bearer {key.strip()}"} if key.strip() else {}
        self._client = httpx.Client(
            headers=headers,
            transport=transport,
        )

    def close(self) -> None:
        """Closes the connections."""
        self._client.close()

    def ask(self, prompt: str) -> str:
        """The answer to one message of a user. Raises ModelError."""
        return self.complete([Message("user", prompt)])

    def complete(self, messages: Sequence[Message], *, temperature: float = 0.0) -> str:
        """The whole text, without what a reasoning model thought aloud. Raises ModelError."""
        clock = _Clock(self._timeout, self._timeout)
        with self._post(messages, temperature, clock, stream=False) as response:
            body = b"".join(_chunks(response, clock))
        text = _THOUGHTS.sub("", _content(_parsed(body), "message")).strip()
        if not text:
            raise ModelError("语言模型没有给出内容。", log="empty completion")
        return text

    def stream(self, messages: Sequence[Message], *, temperature: float = 0.0) -> Generator[str, None, None]:
        """Pieces of the text as they come. Raises ModelError, also after some pieces have come: when the
        stream ends before the model is done, what came is not a whole answer."""
        empty = True
        for piece in without_thoughts(self._pieces(messages, temperature)):
            empty = empty and not piece.strip()
            yield piece
        if empty:
            raise ModelError("语言模型没有给出内容。", log="empty stream")

    def _pieces(self, messages: Sequence[Message], temperature: float) -> Iterator[str]:
        clock = _Clock(self._timeout, self._pause)
        with self._post(messages, temperature, clock, stream=True) as response:
            if "event-stream" not in response.headers.get("content-type", ""):
                # some servers do not stream and send the whole answer
                yield _content(_parsed(b"".join(_chunks(response, clock))), "message")
                return
            for data in events(_chunks(response, clock)):
                if data == "[DONE]":
                    return
                row = _parsed(data.encode())
                if row.get("choices") == []:
                    continue  # a last row may hold only the usage
                piece = _content(row, "delta")
                clock.begun = clock.begun or bool(piece)
                yield piece
                if row["choices"][0].get("finish_reason"):
                    return
        raise ModelError("语言模型的回答中途断开。", log="stream ended without [DONE] or finish_reason")

    @contextmanager
    def _post(
        self, messages: Sequence[Message], temperature: float, clock: _Clock, *, stream: bool
    ) -> Iterator[httpx.Response]:
        """The reply, its status checked; failures of httpx are translated, also while the body is read."""
        body = {
            "model": self._model,
            "messages": [asdict(message) for message in messages],
            "temperature": temperature,
            "stream": stream,
        }
        limits = httpx.Timeout(clock.pause, connect=min(clock.pause, _LONGEST_WAIT_TO_CONNECT))
        try:
            with self._client.stream("POST", self._url, json=body, timeout=limits) as response:
                if response.status_code != 200:
                    raise _refused(response.status_code)
                yield response
        except httpx.TimeoutException as error:
            raise clock.late(type(error).__name__) from error
        except httpx.ConnectError as error:
            raise ModelError(f"连不上语言模型（{self._url}）。", log=f"cannot connect: {error}") from error
        except httpx.DecodingError as error:
            raise ModelError("语言模型的回答不能解码。", log=f"bad encoding: {error}") from error
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
            raise ModelError("与语言模型的连接中断。", log=f"{type(error).__name__}: {error}") from error
        log.info("language model answered in %.1f s", time.monotonic() - clock.started)


def _chunks(response: httpx.Response, clock: _Clock) -> Iterator[bytes]:
    """The body, as long as time and size allow: a server that trickles must not hold anyone for ever."""
    size = 0
    for chunk in response.iter_bytes():
        size += len(chunk)
        if size > _LARGEST:
            raise ModelError("语言模型的回答过长。", log=f"reply over {_LARGEST} bytes")
        if clock.over:
            raise clock.late("trickling reply")
        yield chunk


def chat_url(url: str) -> str:
    """The address of chat completions: "http://host:11434", ".../v1" and the full address all do.

    Raises ModelError for what is no http address.
    """
    parts = urlsplit(url.strip())
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise ModelError(f"语言模型的地址“{url}”不完整，应以 http:// 或 https:// 开头。", log=f"bad llm_url {url!r}")
    path = parts.path.rstrip("/")
    if not path.endswith("/chat/completions"):
        path = (path or "/v1") + "/chat/completions"
    return parts._replace(path=path, fragment="").geturl()


def events(chunks: Iterable[bytes]) -> Iterator[str]:
    """Data of the server-sent events in a body, however it is cut into chunks; comments are left out."""
    data: list[str] = []
    for line in _lines(chunks):
        if line.startswith("data:"):
            data.append(line[5:].removeprefix(" "))
        elif not line and data:
            yield "\n".join(data)
            data = []
    if data:
        yield "\n".join(data)


def _lines(chunks: Iterable[bytes]) -> Iterator[str]:
    rest = b""
    for chunk in chunks:
        *whole, rest = (rest + chunk).split(b"\n")
        for line in whole:
            yield _decoded(line.removesuffix(b"\r"))
    if rest:
        yield _decoded(rest)


def without_thoughts(pieces: Iterable[str]) -> Iterator[str]:
    """Pieces of a stream less what stands between <think> and </think>, wherever the marks are cut."""
    held, thinking, after = "", False, False
    for piece in pieces:
        held += piece
        while held:
            if after:
                held, after = held.lstrip(), not held.strip()
            mark = _CLOSE if thinking else _OPEN
            at = held.find(mark)
            if at < 0:
                kept = next((n for n in range(len(mark) - 1, 0, -1) if held.endswith(mark[:n])), 0)
                if not thinking and len(held) > kept:
                    yield held[: len(held) - kept]
                held = held[len(held) - kept :]
                break
            if not thinking and at:
                yield held[:at]
            held, thinking, after = held[at + len(mark) :], not thinking, thinking
    if held and not thinking:
        yield held


def _refused(status: int) -> ModelError:
    reason = _REFUSALS.get(status)
    if reason is None:
        reason = "出错" if status >= 500 else "要求转到别的地址" if 300 <= status < 400 else "没有接受请求"
    return ModelError(f"语言模型{reason}（状态 {status}）。", log=f"language model replied {status}")


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ModelError("语言模型的回答不能解码。", log=f"reply is not UTF-8: {error}") from error


def _parsed(data: bytes) -> dict[str, Any]:
    """A row of JSON. Raises ModelError, also for an error that the server reports inside it."""
    try:
        row = json.loads(_decoded(data))
    except (json.JSONDecodeError, RecursionError) as error:
        raise ModelError("语言模型的回答格式有误。", log=f"reply is not JSON: {error}") from error
    if not isinstance(row, dict):
        raise ModelError("语言模型的回答格式有误。", log=f"reply is a {type(row).__name__}")
    if row.get("error"):
        raise ModelError("语言模型报告出错。", log=f"language model error: {str(row['error'])[:200]}")
    return row


def _content(row: dict[str, Any], part: str) -> str:
    """The text of the first choice; "" where a piece of a stream holds none."""
    try:
        held = row["choices"][0][part]
        content = held.get("content") if part == "delta" else held["content"]
    except (KeyError, IndexError, TypeError, AttributeError) as error:
        raise ModelError("语言模型的回答格式有误。", log=f"reply without {part}.content: {error!r}") from error
    if content is None:
        return ""
    if not isinstance(content, str):
        raise ModelError("语言模型的回答格式有误。", log=f"content is a {type(content).__name__}")
    return content
