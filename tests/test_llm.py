"""The client of a language model, against a stand-in server that is slow, broken or plain wrong."""

from __future__ import annotations

import json
import re
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent))
from llm_server import (
    Behaviour,
    StandIn,
    completion,
    event,
    hangs_up,
    promises_too_much,
    replies,
    says,
    sleeps,
    stand_in,
    streams,
)

from qgraph.config import Settings
from qgraph.errors import ModelError
from qgraph.llm import LanguageModel, Message, chat_url, events, load_language_model, without_thoughts

ASKED = [Message("user", "学校有多少学生？")]


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


@pytest.fixture(scope="module")
def server() -> Iterator[StandIn]:
    with stand_in(says("")) as running:
        yield running


@pytest.fixture
def model(server: StandIn) -> Iterator[LanguageModel]:
    made = LanguageModel(server.url, "test-model", "secret-key", timeout=1.0)
    yield made
    made.close()


def test_whole_answer(server: StandIn, model: LanguageModel) -> None:
    server.behave(says("学校有学生一万人。"))
    assert model.complete(ASKED) == "学校有学生一万人。"


def test_streamed_answer_comes_in_pieces(server: StandIn, model: LanguageModel) -> None:
    server.behave(says("学校有学生一万人。", pieces=4))
    pieces = list(model.stream(ASKED))
    assert "".join(pieces) == "学校有学生一万人。"
    assert len([p for p in pieces if p]) == 3


def test_request_holds_what_the_interface_wants(server: StandIn, model: LanguageModel) -> None:
    server.behave(says("好"))
    model.complete([Message("system", "只用中文"), Message("user", "你好")])
    path, headers, body = server.seen[-1]
    assert path == "/v1/chat/completions"
    assert headers["Authorization"] == "Bearer secret-key"
    assert body["model"] == "test-model"
    assert body["messages"] == [{"role": "system", "content": "只用中文"}, {"role": "user", "content": "你好"}]
    assert body["temperature"] == 0
    assert body["stream"] is False


def test_without_a_key_none_is_sent(server: StandIn) -> None:
    server.behave(says("好"))
    LanguageModel(server.url, "m").ask("你好")
    assert "Authorization" not in server.seen[-1][1]


BROKEN: dict[str, tuple[Behaviour, str]] = {
    "silent": (sleeps(2.5), "秒内没有答完"),
    "hangs up": (hangs_up, "中断"),
    "cut body": (promises_too_much, "中断"),
    "no JSON": (replies("<html>502 Bad Gateway</html>"), "格式有误"),
    "half JSON": (replies(completion("你好")[:-5]), "格式有误"),
    "empty body": (replies(""), "格式有误"),
    "list": (replies("[]"), "格式有误"),
    "number": (replies("42"), "格式有误"),
    "no choices": (replies("{}"), "格式有误"),
    "empty choices": (replies('{"choices": []}'), "格式有误"),
    "choice is null": (replies('{"choices": [null]}'), "格式有误"),
    "no message": (replies('{"choices": [{}]}'), "格式有误"),
    "content is a list": (replies(completion(["a"])), "格式有误"),
    "content is null": (replies(completion(None)), "没有给出内容"),
    "content is blank": (replies(completion(" \n")), "没有给出内容"),
    "only thoughts": (replies(completion("<think>嗯")), "没有给出内容"),
    "error inside": (replies('{"error": {"message": "out of memory"}}'), "报告出错"),
    "not UTF-8": (replies(b'{"choices": "\xff\xfe"}'), "不能解码"),
    "nested too deep": (replies("[" * 100_000), "格式有误"),
    "too long": (replies(completion("长" * 800_000)), "过长"),
    "400": (replies("{}", 400), "400"),
    "401": (replies("{}", 401), "密钥"),
    "403": (replies("{}", 403), "密钥"),
    "404": (replies("{}", 404), "llm_url"),
    "429": (replies("{}", 429), "正忙"),
    "500": (replies("{}", 500), "出错"),
    "503": (replies("<html>", 503, "text/html"), "出错"),
    "redirect": (replies("", 302), "302"),
    "no content": (replies("", 204), "204"),
}


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_broken_server_is_explained(server: StandIn, model: LanguageModel, name: str) -> None:
    behaviour, message = BROKEN[name]
    server.behave(behaviour)
    with pytest.raises(ModelError) as caught:
        model.complete(ASKED)
    assert message in caught.value.message
    assert not re.search("[A-Za-z]{3,}", caught.value.message.replace("llm_url", "").replace("llm_model", ""))
    assert "secret-key" not in caught.value.message + caught.value.log


BROKEN_STREAMS: dict[str, tuple[Behaviour, str]] = {
    "cut after a piece": (streams(event("学校")), "中途断开"),
    "cut inside a row": (streams(event("学校"), event("有")[:-12]), "格式有误"),
    "nothing": (streams(""), "中途断开"),
    "only the end": (streams("data: [DONE]\n\n"), "没有给出内容"),
    "row is no JSON": (streams("data: {oops}\n\n"), "格式有误"),
    "row of another shape": (streams('data: {"choices": [{"text": "a"}]}\n\n'), "格式有误"),
    "error in the middle": (streams(event("学"), 'data: {"error": "out of memory"}\n\n'), "报告出错"),
    "trickle": (streams(*[event("慢")] * 20, pause=0.2), "秒内没有答完"),
    "endless comments": (streams(*[": still there\n\n"] * 20, pause=0.2), "秒内没有答完"),
    "stalls": (streams(event("学"), event("校"), pause=1.5), "秒内没有答完"),
    "flood": (streams(*[event("长" * 100_000)] * 10), "过长"),
    "half a character": (streams(b"data: \xe4\xbd\n\n"), "不能解码"),
    "content is a number": (streams(event(7)), "格式有误"),
    "401": (replies("{}", 401), "密钥"),
    "silent": (sleeps(2.5), "秒内没有答完"),
    "hangs up": (hangs_up, "中断"),
}


@pytest.mark.parametrize("name", sorted(BROKEN_STREAMS))
def test_broken_stream_is_explained(server: StandIn, model: LanguageModel, name: str) -> None:
    behaviour, message = BROKEN_STREAMS[name]
    server.behave(behaviour)
    started = time.monotonic()
    with pytest.raises(ModelError, match=message):
        list(model.stream(ASKED))
    assert time.monotonic() - started < 4


FIRST: dict[str, tuple[Behaviour, str]] = {
    "silent": (sleeps(2), "0.3 秒内没有开始作答"),
    "only comments": (streams(*[": still there\n\n"] * 20, pause=0.1), "0.3 秒内没有开始作答"),
    "pauses": (streams(event("学校") * 2, event("有"), pause=0.2), ""),
    "stops": (streams(event("学"), *[""] * 8, event("校"), pause=0.2), "中途停了 0.3 秒"),
}


@pytest.mark.parametrize("name", sorted(FIRST))
def test_stream_must_begin_and_go_on_in_time(server: StandIn, name: str) -> None:
    behaviour, message = FIRST[name]
    server.behave(behaviour)
    started = time.monotonic()
    with pytest.raises(ModelError, match=message or "中途断开"):
        list(LanguageModel(server.url, "m", timeout=5, first_token=0.3).stream(ASKED))
    assert time.monotonic() - started < 1.5


def test_whole_answer_may_take_longer_than_the_first_piece(server: StandIn) -> None:
    server.behave(sleeps(0.6))
    assert LanguageModel(server.url, "m", timeout=5, first_token=0.2).ask("你好") == "太晚了"


def test_pieces_before_the_break_are_given(server: StandIn, model: LanguageModel) -> None:
    server.behave(streams(event("学校")))
    pieces = model.stream(ASKED)
    assert next(pieces) == "学校"
    with pytest.raises(ModelError):
        next(pieces)


GOOD_STREAMS: dict[str, Behaviour] = {
    "plain": streams(event("学校"), event("好"), "data: [DONE]\n\n"),
    "ends by finish_reason alone": streams(event("学校"), event("好", "stop")),
    "CRLF": streams((event("学校") + event("好") + "data: [DONE]\n\n").replace("\n", "\r\n")),
    "comments and names": streams(": ping\n\nevent: message\nid: 7\n", event("学校"), event("好"), "data: [DONE]\n\n"),
    "no blank after the colon": streams((event("学校") + event("好") + "data: [DONE]\n\n").replace("a: ", "a:")),
    "cut inside characters": streams(*[bytes([b]) for b in (event("学校好") + "data: [DONE]\n\n").encode()]),
    "rows without content": streams(
        'data: {"choices": [{"delta": {"role": "assistant"}}]}\n\n', event(None), event("学校好"),
        'data: {"choices": [], "usage": {}}\n\n', "data: [DONE]\n\n",
    ),
    "thoughts": streams(event("<thi"), event("nk>学校"), event("坏</th"), event("ink>\n\n学校"), event("好", "stop")),
    "whole answer instead": replies(completion("学校好")),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(GOOD_STREAMS))
def test_every_form_of_stream_is_understood(server: StandIn, model: LanguageModel, name: str) -> None:
    server.behave(GOOD_STREAMS[name])
    assert "".join(model.stream(ASKED)) == "学校好"


def test_thoughts_are_left_out(server: StandIn, model: LanguageModel) -> None:
    server.behave(says("<think>用户问的是学生\n数</think>\n\n一万人。"))
    assert model.complete(ASKED) == "一万人。"


def test_nobody_listens() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(ModelError, match="连不上"):
        LanguageModel(f"http://127.0.0.1:{port}", "m", timeout=2).ask("你好")


def test_leaving_a_stream_early_is_fine(server: StandIn, model: LanguageModel) -> None:
    server.behave(says("一二三四五六七八九十", pieces=10))
    pieces = model.stream(ASKED)
    assert next(pieces) == "一"
    pieces.close()  # type: ignore[attr-defined]
    assert model.complete(ASKED) == "一二三四五六七八九十"


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("http://host:11434", "http://host:11434/v1/chat/completions"),
        ("http://host:11434/", "http://host:11434/v1/chat/completions"),
        (" http://host/v1/ ", "http://host/v1/chat/completions"),
        ("https://host/api/v3", "https://host/api/v3/chat/completions"),
        ("http://host/v1/chat/completions", "http://host/v1/chat/completions"),
        ("http://host/v1?zone=1", "http://host/v1/chat/completions?zone=1"),
    ],
)
def test_address(given: str, wanted: str) -> None:
    assert chat_url(given) == wanted


@pytest.mark.parametrize("given", ["host:11434", "ftp://host", "/v1", "http://"])
def test_bad_address_is_explained(given: str) -> None:
    with pytest.raises(ModelError, match="不完整"):
        chat_url(given)


def test_no_address_means_no_model() -> None:
    assert load_language_model(Settings(llm_url="")) is None


def test_model_without_a_name_is_explained() -> None:
    with pytest.raises(ModelError, match="llm_model"):
        load_language_model(Settings(llm_url="http://127.0.0.1:1"))


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
def test_thoughts_are_left_out_however_they_are_cut(size: int) -> None:
    text = "甲<think>乙<丙</think> 丁<b>戊</b><think>己</think>庚<thin"
    pieces = [text[i : i + size] for i in range(0, len(text), size)]
    assert "".join(without_thoughts(pieces)) == "甲丁<b>戊</b>庚<thin"


def test_events_of_several_lines() -> None:
    assert list(events([b"data: a\ndata: b\n\n", b"data: c"])) == ["a\nb", "c"]


def test_rows_are_json_of_the_interface() -> None:
    assert json.loads(event("好")[6:])["choices"][0]["delta"]["content"] == "好"
