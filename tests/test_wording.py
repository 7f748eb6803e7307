"""Answers worded by a language model, against a stand-in server that is good, slow, broken, lying or silent."""

from __future__ import annotations

import json
import re
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from qgraph_api import create_app
from typer.testing import CliRunner

sys.path.insert(0, str(Path(__file__).resolve().parent))
from browser import headless, needs_browser, served
from llm_server import Behaviour, Handler, StandIn, event, hangs_up, replies, says, sleeps, stand_in, streams

from qgraph.answering.material import gather
from qgraph.answering.writing import Worded, WordedSentence, WordingStarted, is_open
from qgraph.cli.main import app as commands
from qgraph.config import Settings
from qgraph.engine import Engine
from qgraph.errors import ModelError
from qgraph.records import Answer, Filters

QUESTION = "师德师风是怎么抓的，讲几条具体举措"
FIGURE = "毕业生去向落实率是多少？"
LIES = {
    "figure": ("学校投入师德建设专项经费9876万元[1]。", "没有数字“9876万元”"),
    "name": ("学校与清华大学共同开展师德师风建设[1]。", "没有名称“清华大学”"),
    "person": ("王小明老师负责学校的师德师风建设工作[1]。", "没有名称“王小明”"),
    "date": ("2019年，学校坚持思想铸魂，常态化开展教职工政治理论学习[1]。", "没有日期“2019年”"),
    "number of a source": ("学校常态化开展教职工政治理论学习[77]。", "没有编号为[77]的出处"),
    "claim": ("学校教职工政治理论学习全国领先[1]。", "没有“领先”的说法"),
    "turned round": ("学校没有开展教职工政治理论学习[1]。", "没有“没有”的说法"),
    "from nowhere": ("食堂的饭菜十分可口，价格也很便宜[1]。", "对不上"),
}


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


@pytest.fixture(scope="module")
def server() -> Iterator[StandIn]:
    with stand_in(says("")) as running:
        yield running


@pytest.fixture(scope="module")
def wording(index: Path, settings: Settings, server: StandIn) -> Iterator[Engine]:
    """The engine on the real report, with the stand-in as its model; limits are short."""
    limits = {"llm_timeout": 3.0, "llm_first_token": 1.0}
    with Engine.open(index, settings.model_copy(update={"llm_url": server.url, "llm_model": "m", **limits})) as opened:
        yield opened


@pytest.fixture(scope="module")
def client(wording: Engine) -> TestClient:
    return TestClient(create_app(wording, wording.settings))


@pytest.fixture(scope="module")
def answer(wording: Engine) -> Answer:
    return wording.ask(QUESTION)


def materials(handler: Handler) -> dict[int, str]:
    """What the model was given, by number."""
    prompt = handler.request_body["messages"][1]["content"]
    return {int(n): text for n, text in re.findall(r"^\[(\d+)\] (.*?)(?=\n\[\d+\] |\n\n请用)", prompt, re.S | re.M)}


def quotes(also: str = "", pause: float = 0.0) -> Behaviour:
    """A model that keeps to its material: the first full sentence of each, with its number; then `also`."""

    def behave(handler: Handler) -> None:
        text = ""
        for number, material in materials(handler).items():
            body = [line for line in material.split("\n") if "。" in line and "\t" not in line]
            if body:
                text += f"{body[0].split('。')[0]}[{number}]。"
        handler.head(kind="text/event-stream")
        for start in range(0, len(text + also), 40):
            time.sleep(pause)
            handler.send(event((text + also)[start : start + 40]))
        handler.send(event("", "stop") + "data: [DONE]\n\n")

    return behave


def last(events: Iterator[Any]) -> Worded:
    *_, worded = events
    assert isinstance(worded, Worded)
    return worded


def sse(body: str) -> list[tuple[str, Any]]:
    """Names and data of server-sent events."""
    found = []
    for block in body.strip().split("\n\n"):
        name, data = re.fullmatch(r"event: (\w+)\ndata: (.*)", block, re.S).groups()  # type: ignore[union-attr]
        found.append((name, json.loads(data)))
    return found


# ---------------------------------------------------------------------------------------------- none configured


def test_without_a_model_there_is_the_answer_alone(engine: Engine) -> None:
    answer = engine.ask(QUESTION)
    given = [replace(event, trace=()) for event in engine.ask_stream(QUESTION) if isinstance(event, Answer)]
    assert given == [replace(answer, trace=())] and len(list(engine.ask_stream(QUESTION))) == 1
    assert engine.word(answer) is None
    assert not engine.words_answers


def test_without_a_model_the_api_says_so(engine: Engine) -> None:
    client = TestClient(create_app(engine, engine.settings))
    assert client.post("/api/ask", json={"question": QUESTION, "word": True}).json()["worded"] is None
    events = sse(client.post("/api/ask/stream", json={"question": QUESTION}).text)
    assert [name for name, _ in events] == ["answer", "done"] and events[1][1] == {"worded": None}
    assert 'data-words="no"' in client.get("/").text


# ---------------------------------------------------------------------------------------------- good


def test_sentences_come_after_the_answer_with_exact_citations(wording: Engine, server: StandIn) -> None:
    server.behave(quotes())
    first, started, *sentences, worded = wording.ask_stream(QUESTION)
    assert isinstance(first, Answer) and isinstance(started, WordingStarted) and isinstance(worded, Worded)
    assert len(sentences) >= 3 and tuple(sentences) == worded.sentences
    assert worded.complete and not worded.note and not worded.removed and not worded.refused
    numbers = {source.number for source in started.sources}
    for sentence in sentences:
        assert isinstance(sentence, WordedSentence) and sentence.supported and "[" not in sentence.text
        (citation,) = sentence.citations
        assert citation.number in numbers
        assert f"[{citation.number}]。" in sentence.marked and sentence.marked in worded.text
        document = wording.knowledge.document(citation.report)
        assert document.text[citation.start : citation.end] == citation.text
        assert sentence.text.rstrip("。") in citation.text


def test_sources_bear_the_numbers_of_the_answer(wording: Engine, server: StandIn, answer: Answer) -> None:
    server.behave(quotes())
    worded = wording.word(answer)
    assert worded is not None
    shown = {citation.number: citation.sentence for citation in answer.citations}
    assert all(shown[source.number] == source.sentence for source in worded.sources)


def test_sentence_without_a_number_is_led_to_its_source(wording: Engine, server: StandIn, answer: Answer) -> None:
    sentence = next(s for s in re.split("(?<=。)", answer.citations[0].text) if len(s) > 20)
    server.behave(says(sentence))
    worded = wording.word(answer)
    assert worded is not None
    assert [(s.text, s.citations[0].text) for s in worded.sentences] == [(sentence, sentence)]


def test_cases_are_given_whole(wording: Engine, server: StandIn) -> None:
    server.behave(quotes())
    answer = wording.ask("和天津奥展化工有关的案例都找出来")
    assert answer.kind == "case"
    found = gather(answer, answer.question, Filters(), wording.knowledge, wording.retriever)
    assert found[0].text == next(c.text for _, c, _ in wording.knowledge.cases.values() if c.number == answer.cases[0])
    worded = wording.word(answer)
    assert worded is not None and worded.sentences


def test_question_for_reasons_is_given_passages(wording: Engine, server: StandIn) -> None:
    server.behave(quotes())
    question = "为什么要建设鲁班工坊？"
    worded = last(wording.ask_stream(question))
    assert len(worded.sources) > 2 and worded.sentences
    assert question in server.seen[-1][2]["messages"][1]["content"]


def test_filters_bind_what_the_model_is_given(wording: Engine, server: StandIn) -> None:
    server.behave(quotes())
    worded = last(wording.ask_stream("学校怎么推进鲁班工坊建设？", filters=Filters(chapters=("4",))))
    assert worded.sources and all(s.place.startswith(("4", "案例 4", "表 4")) for s in worded.sources)


def test_figures_are_not_worded(wording: Engine, server: StandIn) -> None:
    seen = len(server.seen)
    assert [type(event) for event in wording.ask_stream(FIGURE)] == [Answer]
    assert len(server.seen) == seen


def test_braces_in_a_question_are_plain_text(wording: Engine, server: StandIn, answer: Answer) -> None:
    server.behave(quotes())
    worded = wording.word(replace(answer, question="怎么抓师德师风{sources}{0}"))
    assert worded is not None and worded.sentences


# ---------------------------------------------------------------------------------------------- lying


@pytest.mark.parametrize("name", sorted(LIES))
def test_lie_is_taken_away_and_told(wording: Engine, server: StandIn, answer: Answer, name: str) -> None:
    lie, problem = LIES[name]
    server.behave(says(lie))
    worded = wording.word(answer)
    assert worded is not None
    assert worded.text == "" and worded.sentences == ()
    assert problem in "；".join(worded.removed[0].problems) and worded.removed[0].citations == ()
    assert worded.note == "语言模型写的有 1 句在出处里找不到依据，已去掉。"


def test_true_sentences_stay_when_lies_go(wording: Engine, server: StandIn, answer: Answer) -> None:
    lies = "".join(lie for lie, _ in LIES.values())
    server.behave(quotes(also=lies))
    worded = wording.word(answer)
    assert worded is not None
    assert len(worded.sentences) >= 3 and worded.removed
    assert not re.search("9876|清华|王小明|2019|食堂|领先", worded.text)


def test_endless_text_is_not_read_to_its_end(wording: Engine, server: StandIn, answer: Answer) -> None:
    server.behave(says("".join(f"第{n}项工作是学校建设了{n}座食堂[1]。" for n in range(3, 200)), pieces=300))
    worded = wording.word(answer)
    assert worded is not None and len(worded.removed) == 12


@pytest.mark.parametrize(
    "text", ["材料不足。", "抱歉，我无法回答。", "材料中没有提到相关内容。", "Sorry, I cannot answer."]
)
def test_model_that_declines_adds_nothing(wording: Engine, server: StandIn, answer: Answer, text: str) -> None:
    server.behave(says(text))
    worded = wording.word(answer)
    assert worded is not None
    assert (worded.text, worded.removed, worded.note) == ("", (), "语言模型认为材料不足，没有作答。")


# ---------------------------------------------------------------------------------------------- slow and broken


def stops(handler: Handler) -> None:
    """Begins, and then says no more for too long."""
    handler.head(kind="text/event-stream")
    handler.send(event("学校"))
    time.sleep(2.5)
    handler.send(event("有"))


BROKEN: dict[str, tuple[Behaviour, str]] = {
    "500": (replies("{}", 500), "出错（状态 500）"),
    "401": (replies("{}", 401), "密钥"),
    "no JSON": (replies("<html>"), "格式有误"),
    "row is no JSON": (streams("data: {oops}\n\n"), "格式有误"),
    "hangs up": (hangs_up, "中断"),
    "says nothing": (says(""), "没有给出内容"),
    "only the end": (streams("data: [DONE]\n\n"), "没有给出内容"),
    "cut at once": (streams(event("学校")), "中途断开"),
    "silent": (sleeps(4), "1 秒内没有开始作答"),
    "only comments": (streams(*[": still there\n\n"] * 30, pause=0.2), "1 秒内没有开始作答"),
    "stops": (stops, "中途停了 1 秒"),
    "trickles": (streams(*[event("慢")] * 30, pause=0.3), "3 秒内没有答完"),
}


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_failing_model_leaves_the_answer_and_a_note(wording: Engine, server: StandIn, name: str) -> None:
    behaviour, reason = BROKEN[name]
    server.behave(behaviour)
    started = time.monotonic()
    events = wording.ask_stream(QUESTION)
    first = next(events)
    assert isinstance(first, Answer) and first.text and not first.refused
    assert time.monotonic() - started < 1.0, "the answer must not wait"
    worded = last(events)
    assert (worded.text, worded.complete) == ("", False)
    assert reason in worded.note and not re.search("[A-Za-z]{4,}", worded.note)
    assert time.monotonic() - started < 6


def test_cut_stream_keeps_what_was_checked(wording: Engine, server: StandIn, answer: Answer) -> None:
    sentence = next(s for s in re.split("(?<=。)", answer.citations[0].text) if len(s) > 20)
    server.behave(streams(event(sentence[:-1] + "[1]。"), event("接着学校又投入了98")))
    worded = wording.word(answer)
    assert worded is not None
    assert [s.text for s in worded.sentences] == [sentence] and "98" not in worded.text
    assert not worded.complete and "中途断开" in worded.note and "中断之前" in worded.note


def test_ask_never_speaks_to_the_model(wording: Engine, server: StandIn) -> None:
    server.behave(sleeps(4))
    seen = len(server.seen)
    assert wording.ask(QUESTION).text
    assert len(server.seen) == seen


def test_bad_settings_are_told_in_the_note(index: Path, settings: Settings) -> None:
    with Engine.open(index, settings.model_copy(update={"llm_url": "host:11434", "llm_model": "m"})) as engine:
        worded = last(engine.ask_stream(QUESTION))
    assert "不完整" in worded.note and not worded.complete


def endless(gone: threading.Event, first: str = "") -> Behaviour:
    """Writes one sentence without end after the first, and tells when nobody listens any more."""

    def behave(handler: Handler) -> None:
        handler.head(kind="text/event-stream")
        handler.send(event(first))
        try:
            for _ in range(200):
                handler.send(event("慢慢说"))
                time.sleep(0.05)
        except OSError:
            gone.set()

    return behave


def test_closing_the_stream_ends_the_request(wording: Engine, server: StandIn, answer: Answer) -> None:
    gone = threading.Event()
    sentence = next(s for s in re.split("(?<=。)", answer.citations[0].text) if len(s) > 20)
    server.behave(endless(gone, f"{sentence[:-1]}[1]。\n接着"))
    events = wording.ask_stream(QUESTION)
    while not isinstance(next(events), WordedSentence):
        pass
    events.close()
    assert gone.wait(2), "the model was read on"


def test_another_thread_can_end_the_request(wording: Engine, server: StandIn) -> None:
    gone, stopped = threading.Event(), threading.Event()
    server.behave(endless(gone))
    threading.Timer(0.5, stopped.set).start()
    given = list(wording.ask_stream(QUESTION, stopped=stopped))
    assert not any(isinstance(e, WordedSentence) for e in given), "half a sentence was given"
    assert gone.wait(2), "the model was read on"


# ---------------------------------------------------------------------------------------------- refusals


@pytest.fixture
def refused(answer: Answer) -> Answer:
    """The same question, as if the structured road had found no answer."""
    return replace(answer, text="", statement="", citations=(), refused=True, reason="没有", nearby=answer.citations)


def test_refused_question_may_be_answered_from_what_is_near(wording: Engine, server: StandIn, refused: Answer) -> None:
    server.behave(says("学校常态化开展教职工政治理论学习，全面提升教师思想政治素质和育德育人能力[6]。"))
    worded = wording.word(replace(refused, question="教职工政治理论学习是怎么开展的？"))
    assert worded is not None and worded.sentences and not worded.refused


def test_numbers_of_a_refusal_go_on_from_what_is_near(wording: Engine, server: StandIn, refused: Answer) -> None:
    server.behave(quotes())
    worded = wording.word(refused)
    assert worded is not None
    assert [source.number for source in worded.sources] == [6, 7, 8, 9, 10]


@pytest.mark.parametrize(
    "behaviour", [says(LIES["figure"][0].replace("[1]", "[6]")), says("材料不足。"), replies("{}", 500)]
)
def test_refusal_stands_when_nothing_is_borne_out(
    wording: Engine, server: StandIn, refused: Answer, behaviour: Behaviour
) -> None:
    server.behave(behaviour)
    worded = wording.word(refused)
    assert worded is not None and worded.refused and not worded.text and worded.note


def test_true_but_beside_the_question_is_not_shown(wording: Engine, server: StandIn, refused: Answer) -> None:
    other = next(s for s in re.split("(?<=。)", refused.nearby[0].text) if "师德" not in s and len(s) > 20)
    server.behave(says(f"{other[:-1]}[6]。"))
    worded = wording.word(replace(refused, question="师德师风考核结果怎么使用？"))
    assert worded is not None and worded.refused and worded.sentences == ()


@pytest.mark.parametrize(
    ("question", "note"),
    [
        ("2019年师德师风是怎么抓的？", "没有说到“2019年”"),
        ("北京大学的师德师风是怎么抓的？", "北京大学"),
        ("直升机的维修保养是怎么安排的？", "相差太远"),
    ],
)
def test_model_is_not_asked_about_what_is_not_there(
    wording: Engine, server: StandIn, refused: Answer, question: str, note: str
) -> None:
    seen = len(server.seen)
    server.behave(quotes())
    worded = wording.word(replace(refused, question=question))
    assert worded is not None and worded.refused and note in worded.note and not worded.sentences
    assert len(server.seen) == seen


def test_refused_figures_stay_refused(refused: Answer) -> None:
    assert not is_open(replace(refused, kind="number"), "食堂怎么样，有几个？")


# ---------------------------------------------------------------------------------------------- the doors


def test_api_streams_answer_sentences_and_end(client: TestClient, server: StandIn) -> None:
    server.behave(quotes(also=LIES["figure"][0]))
    with client.stream("POST", "/api/ask/stream", json={"question": QUESTION}) as response:
        assert response.headers["content-type"].startswith("text/event-stream")
        assert response.headers["cache-control"] == "no-store"
        events = sse(response.read().decode())
    names = [name for name, _ in events]
    assert names[:2] == ["answer", "wording"] and names[-1] == "done" and set(names[2:-1]) == {"sentence"}
    assert events[0][1]["citations"] and events[0][1]["worded"] is None
    done = events[-1][1]["worded"]
    sentences = [data for name, data in events if name == "sentence"]
    assert [s for s in sentences if s["supported"]] == done["sentences"]
    assert [s["problems"] for s in sentences if not s["supported"]] == [r["problems"] for r in done["removed"]] != []
    citation = done["sentences"][0]["citations"][0]
    page = client.get(citation["link"], headers={"Accept": "text/html"}).text
    assert citation["text"][:20] in re.sub(r"<[^>]+>", "", page)


def test_api_streams_as_the_model_writes(wording: Engine, server: StandIn) -> None:
    server.behave(quotes(pause=0.15))
    times = [(time.monotonic(), type(event)) for event in wording.ask_stream(QUESTION)]
    sentences = [at for at, kind in times if kind is WordedSentence]
    assert sentences[-1] - sentences[0] > 0.3, "the sentences came all at once"


def test_api_gives_the_wording_only_when_asked(client: TestClient, server: StandIn) -> None:
    server.behave(quotes())
    assert client.post("/api/ask", json={"question": QUESTION}).json()["worded"] is None
    worded = client.post("/api/ask", json={"question": QUESTION, "word": True}).json()["worded"]
    assert worded["text"] and worded["complete"]
    assert worded["sentences"][0]["citations"][0]["link"].startswith("/reports/")


@pytest.mark.parametrize(("body", "status"), [({"question": "  "}, 400), ({}, 422), ({"question": "长" * 501}, 422)])
def test_api_refuses_bad_questions_before_it_streams(client: TestClient, body: dict[str, str], status: int) -> None:
    response = client.post("/api/ask/stream", json=body)
    assert response.status_code == status
    assert response.json()["ok"] is False


def test_api_describes_its_stream(client: TestClient) -> None:
    operation = client.get("/api/openapi.json").json()["paths"]["/api/ask/stream"]["post"]
    assert "text/event-stream" in operation["responses"]["200"]["content"]


def test_unforeseen_failure_while_streaming_ends_in_a_note(
    client: TestClient, wording: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: Any) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr("qgraph.answering.writing.gather", fails)
    events = sse(client.post("/api/ask/stream", json={"question": QUESTION}).text)
    assert [name for name, _ in events] == ["answer", "done"]
    assert "不受影响" in events[1][1]["worded"]["note"] and "secret" not in str(events)


@pytest.fixture
def surroundings(index: Path, server: StandIn, monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    """Settings of the command line."""
    for name, value in {"INDEX": index, "MODELS": settings.models, "LLM_URL": server.url, "LLM_MODEL": "m"}.items():
        monkeypatch.setenv(f"QGRAPH_{name}", str(value))


@pytest.mark.usefixtures("surroundings")
def test_command_line_prints_the_text_with_its_sources(server: StandIn) -> None:
    server.behave(quotes(also=LIES["name"][0]))
    result = CliRunner().invoke(commands, ["ask", "--word", "--trace", QUESTION])
    assert result.exit_code == 0
    text = result.stdout[result.stdout.index("由语言模型组织文字，已逐句核对") :]
    assert "[1]。" in text and "已去掉" in text
    assert "× 学校与清华大学" in text and "——" in text


@pytest.mark.usefixtures("surroundings")
def test_command_line_gives_json_with_the_wording(server: StandIn) -> None:
    server.behave(quotes())
    result = CliRunner().invoke(commands, ["ask", "--word", "--json", QUESTION])
    row = json.loads(result.stdout)
    assert row["question"] == QUESTION and row["worded"]["sentences"]


@pytest.mark.usefixtures("surroundings")
def test_command_line_says_when_no_model_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QGRAPH_LLM_URL", "")
    result = CliRunner().invoke(commands, ["ask", "--word", FIGURE])
    assert result.exit_code == 0 and "没有设置语言模型" in result.output


# ---------------------------------------------------------------------------------------------- in a browser


@pytest.fixture
def site(wording: Engine) -> Iterator[str]:
    """The application on a free port."""
    with served(wording) as address:
        yield address


@pytest.fixture
def tab(site: str) -> Iterator[Any]:
    """A tab on the first page; a script error fails the test."""
    with headless() as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.set_default_timeout(20_000)
        troubles: list[str] = []
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.goto(site)
        yield page
    assert not troubles


@pytest.mark.browser
@needs_browser
def test_page_shows_the_answer_then_the_text_with_its_sources(tab: Any, server: StandIn) -> None:
    server.behave(quotes(also=LIES["figure"][0], pause=0.1))
    tab.fill("#question", QUESTION)
    tab.keyboard.press("Enter")
    tab.wait_for_selector(".answer .big")
    assert tab.locator(".worded .rests").count() == 0, "the answer waited for the text"
    tab.wait_for_selector(".worded .rests")
    assert "由语言模型组织文字，已逐句核对" in tab.inner_text(".worded h3")
    text = tab.inner_text(".worded")
    assert "9876" not in text and "已去掉" in text
    said = tab.inner_text(".worded-sentence >> nth=0")
    tab.click(".worded .mark >> nth=0")
    tab.wait_for_function("() => document.activeElement.matches('mark.hit')")
    marked = re.sub(r"\s", "", "".join(tab.locator("mark.hit").all_inner_texts()))
    assert re.sub(r"[\s\d。]", "", said)[:12] in re.sub(r"[\d。]", "", marked)


@pytest.mark.browser
@needs_browser
def test_page_keeps_the_answer_when_the_model_fails(tab: Any, server: StandIn) -> None:
    server.behave(replies("{}", 500))
    tab.fill("#question", QUESTION)
    tab.keyboard.press("Enter")
    tab.wait_for_selector(".worded-note:has-text('出错')")
    assert tab.inner_text(".answer .big") and tab.locator(".worded h3").is_hidden()


def test_warming_up_loads_the_encoder_and_tells_no_failure(wording: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[str] = []

    def fails() -> None:
        called.append("encoder")
        raise ModelError("编码模型不能用。")

    monkeypatch.setattr(wording.retriever.encoder, "warm_up", fails)
    wording.warm_up()
    assert called == ["encoder"]
