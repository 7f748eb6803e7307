"""Answers in words: the plain sentence around a short answer, and passages worded by a language model."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from qgraph.answering.roads import Found
from qgraph.config import Settings
from qgraph.errors import ModelError
from qgraph.ontology import read_patterns
from qgraph.records import Citation

_ASKED = re.compile(r"(?P<head>.{2,60}?)(?P<verb>是|叫|为)(?:谁|什么|哪[一-鿿]{0,8}|啥)[？?。]?")


def statement(question: str, kind: str, found: Found, citations: Sequence[Citation]) -> str:
    """A full sentence that says the answer and where it stands; "" for cases and passages, which are quoted."""
    if kind in ("case", "passage") or not citations:
        return ""
    first = citations[0]
    place = f"{first.year}年度报告“{first.place}”"
    if kind == "yesno":
        reason = found.calculation or ("报告的说法与此一致" if found.text == "是" else "")
        return f"{found.text}{f'，{reason}' if reason else ''}（见{place}）。"
    if kind == "number" and found.calculation:
        return f"{found.calculation}（见{place}）。"
    if found.about:
        return f"{found.about}为{found.text}（见{place}）。"
    match = _ASKED.fullmatch(question.strip())
    if match:
        return f"{match['head']}{match['verb']}{found.text}（见{place}）。"
    return f"对“{question.rstrip('？?。 ')}”，{place}给出的是：{found.text}。"


def worded(
    question: str, citations: Sequence[Citation], settings: Settings, names: Mapping[str, str]
) -> tuple[str, str]:
    """A passage answer worded by the configured language model, and a note for the trace.

    Every sentence is held against the citations; what they do not bear out is taken away. Text is "" where no model
    is set, where it fails, and where nothing is left.
    """
    if not settings.llm_url.strip() or not citations:
        return "", ""
    from qgraph.grounding import ground, source_of, supported_text
    from qgraph.llm import Message, load_language_model

    rules = read_patterns("asking")["wording"]
    sources = "\n".join(f"[{c.number}] {c.text}" for c in citations)
    prompt = rules["prompt"].format(question=question, sources=sources)
    try:
        model = load_language_model(settings)
        if model is None:
            return "", ""
        try:
            text = model.complete([Message("system", rules["system"]), Message("user", prompt)])
        finally:
            model.close()
    except ModelError as error:
        return "", f"语言模型没有用上：{error}"
    sentences = ground(text, [source_of(c) for c in citations], names)
    kept = supported_text(sentences)
    return kept, f"写了 {len(sentences)} 句，有依据的 {sum(s.supported for s in sentences)} 句"
