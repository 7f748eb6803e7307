"""Answers in words: the plain sentence around a short answer."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qgraph.answering.roads import Found
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
