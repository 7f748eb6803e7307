"""Follow-ups in a conversation."""

from __future__ import annotations

import re

from qgraph.ontology import read_patterns

_FOLLOW_UP = re.compile(r"\s*(?:那么|那|再问一下)?[，,]?(.{1,14}?)呢[？?]?\s*")


def follow_up(question: str, before: str) -> str:
    """A follow-up (那银奖呢？那去年呢？) as a full question: what it names takes the place of its like in the last
    question; where nothing there is alike, it is added."""
    match = _FOLLOW_UP.fullmatch(question)
    # 留学生有多少人呢 asks in full and leans on nothing
    if not match or re.search(read_patterns("asking")["follow"]["full"], match[1]):
        return question
    new = match[1]
    for group in read_patterns("asking")["follow"]["groups"]:
        pattern = "|".join(group)
        if re.search(pattern, new) and re.search(pattern, before):
            return re.sub(pattern, new, before, count=1)
    if re.fullmatch(read_patterns("asking")["follow"]["times"], new):
        return f"{new}{before}"
    subject = re.match(read_patterns("asking")["follow"]["subject"], before)
    if subject:
        return before[: subject.start(1)] + new + before[subject.end(1) :]
    return f"{before.rstrip('？?。')} {new}"
