"""The named thing that a label speaks of without naming it: 项目累计开行 18 期, 注册用户 4.3 万人."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qgraph.extraction.observations_fragments import Fragment
from qgraph.extraction.observations_words import words

# What has users, visits and viewers, and what a general word (项目, 活动) may take up again.
_WITH_USERS = frozenset(("Base", "Project", "Course"))
_EVENTS = frozenset(("项目", "活动"))


@dataclass(frozen=True, slots=True)
class Thing:
    """A named thing of a paragraph, with its offsets there."""

    start: int
    end: int
    name: str
    type: str


class Things:
    """The named things of one paragraph."""

    def __init__(self, text: str, things: Sequence[Thing]) -> None:
        self._text = text
        self._things = sorted(things, key=lambda t: t.start)
        self._words = words()

    def named(self, core: str, fragment: Fragment) -> str:
        """The core with the name of what it speaks of; as it is where none was told or it would be too long."""
        longer = self._taken_up(core, fragment) or self._used(core, fragment) or self._built(core, fragment)
        return longer if longer and len(longer) <= self._words.longest else core

    def _taken_up(self, core: str, fragment: Fragment) -> str:
        """A general word at the head (平台, 共同体) stands for the last thing told of whose name ends in it."""
        general = self._words.clause("taken_up").match(core)
        if general is None:
            return ""
        noun = general["noun"]
        for thing in reversed(self._before(fragment)):
            bare = thing.name.rstrip("”")
            if bare.endswith(noun) or (noun in _EVENTS and thing.type == "Project" and thing.name.endswith("”")):
                return thing.name + core[len(noun) :]
        return ""

    def _used(self, core: str, fragment: Fragment) -> str:
        """Users, visits and viewers are those of what the sentence tells of."""
        if not self._words.clause("of_medium").fullmatch(core):
            return ""
        inside = [t for t in self._before(fragment) if t.start >= fragment.sentence[0] and t.type in _WITH_USERS]
        return inside[-1].name + core if inside else ""

    def _built(self, core: str, fragment: Fragment) -> str:
        """A size or price right behind what is said to be built is that of the building."""
        before = self._before(fragment)
        if not before or not self._words.clause("of_built").fullmatch(core):
            return ""
        last = before[-1]
        near = self._text[last.end : fragment.start].strip() in ("", "，")
        made = self._words.clause("made").search(self._text[: last.start])
        return last.name + core if near and made and last.type in _WITH_USERS else ""

    def _before(self, fragment: Fragment) -> list[Thing]:
        return [t for t in self._things if t.end <= fragment.start]
