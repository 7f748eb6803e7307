"""Writes out the [[deeds]] of ontology/patterns/statements.toml: one row a class of verbs, one rule for each voice.

A deed says who may do it (`agent`), to what (`object`), in which verbs and by which name for the one who does it
(承办, 承办单位). The [voices] are the sentences in which the genre says so, with AGENT, OBJECT, VERB and NOUN in
place of these; a row leaves out the voices for which it has no word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

# What a row gives to a voice, and by which key.
_SLOTS = {"AGENT": "agent", "OBJECT": "object", "VERB": "verb", "NOUN": "noun", "TO": "to"}
_SLOT = re.compile("|".join(_SLOTS))
# Keys of a row that are no keys of a rule.
_OWN = frozenset((*_SLOTS.values(), "make", "only", "without"))


def written_out(deeds: list[Mapping[str, Any]], voices: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """The entries of [[rules]] that the deeds stand for, in their order and that of the voices."""
    for deed in deeds:
        for voice, template in voices.items():
            if voice in deed.get("without", ()) or voice not in deed.get("only", voices):
                continue
            if all(_SLOTS[slot] in deed for slot in _SLOT.findall(template)):
                yield _rule(deed, template)


def _rule(deed: Mapping[str, Any], template: str) -> dict[str, Any]:
    """One rule. Where the voice names its agent as the subject (role s), so do the statements that it makes."""
    rule = {key: value for key, value in deed.items() if key not in _OWN}
    make = deed["make"]
    if "{s:" in template:
        make = [re.sub(r"\ba\b", "s", line) for line in make]
        rule.setdefault("subjects", deed["agent"])
    return {**rule, "make": make, "pattern": _SLOT.sub(lambda slot: str(deed[_SLOTS[slot[0]]]), template)}
