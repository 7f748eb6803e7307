"""Labels of prizes: the competition, the level and the grade."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qgraph.extraction.observations_fragments import Fragment
from qgraph.extraction.observations_phrases import outside_quotes, plain, without_periods
from qgraph.extraction.observations_words import words


class Awards:
    """Reads the prizes of one paragraph in turn. `headings` are the titles above it, nearest first;
    `competitions` the names of competitions in it with their offsets."""

    def __init__(
        self, text: str, year: int, headings: Sequence[str], competitions: Sequence[tuple[int, int, str]]
    ) -> None:
        self._text = text
        self._year = year
        self._headings = headings
        self._competitions = competitions
        self._words = words()
        self._last_scope = ""

    def names(self, fragment: Fragment, core: str, previous: str | None, total: str | None) -> list[str]:
        """The prizes that a figure counts, one each where it holds for several (二等奖、三等奖各 1 项).

        `previous` is the core of the figure before in the sentence, `total` that of the figure it is part of.
        """
        rules = self._words
        each = fragment.quantity.each
        items = [i for part in outside_quotes(core, "、") for i in part.split("和")] if each else [core]
        found = []
        for item in items:
            has_level = bool(rules.level.match(item)) and not rules.grade.fullmatch(item)
            named = self._named_between(fragment) if previous is not None else ""
            if named:
                base, level = named, ""
            elif total is not None and (fragment.of_which or previous is not None):
                base = rules.award_tail.sub("", total)
                level = "" if has_level else (rules.level.match(total.removeprefix(base)) or [""])[0]
                level = re.sub("奖项$|获奖$", "", level)
            elif previous is not None and rules.award_tail.search(previous):
                base = rules.award_tail.sub("", previous)
                tail = previous.removeprefix(base)
                match = rules.level.match(tail)
                level = "" if has_level or match is None or match.end() == len(tail) else match[0]
            else:
                base, level = self.scope(fragment, carried=previous is None), ""
            if has_level:
                base = rules.stages.sub("", rules.level_end.sub("", base) or base)
            found.append(base + level + item)
        return found

    def _named_between(self, fragment: Fragment) -> str:
        """The competition named between the figure before and this one."""
        stop = fragment.quantity.start
        return self.competition_before(stop, stop - len(fragment.before) - len(fragment.clause))

    def scope(self, fragment: Fragment, *, carried: bool = True) -> str:
        """The competition in which a prize was won: named before in the sentence, else in the one before it, unless
        the sentence has told of other figures since (`carried`)."""
        start, sentence = fragment.quantity.start, fragment.sentence[0]
        own = self.competition_before(start, sentence)
        if own:
            self._last_scope = own
            return own
        if not carried:
            return ""
        if self._last_scope:
            return self._last_scope
        earlier = self.competition_before(sentence, max(0, sentence - 160))
        if earlier:
            return earlier
        heading = next((h for h in self._headings if self._words.competition.search(h)), "")
        return re.sub("^(?:参加|承办|举办)", "", heading)

    def competition_before(self, stop: int, start: int) -> str:
        """The name of the last competition told in a stretch of the paragraph, without year and edition."""
        rules = self._words
        stretch = self._text[start:stop]
        group = re.compile(r"等(?:各[级类]+)*([^，。；、]{0,6}?" + rules.competition.pattern + ")")
        grouped = list(group.finditer(stretch))
        known = [c for c in self._competitions if start <= c[0] and c[1] <= stop]
        found = list(rules.competition.finditer(stretch))
        last = found[-1].end() if found else 0
        if grouped and grouped[-1].end() >= last and (not known or known[-1][1] <= start + grouped[-1].start() + 1):
            return grouped[-1][1]
        if known and known[-1][1] >= start + last - 4:
            return known[-1][2]
        if not found:
            return ""
        end = found[-1].end()
        head = without_periods(stretch[:end], self._year)
        opened = [m.end() for m in rules.opens.finditer(head) if m.end() < len(head) - 3 and not _quoted(head, m.end())]
        name = plain(head[opened[-1] :] if opened else head)
        return re.sub(r"^第?[一二三四五六七八九十\d]+届|^首届|^了", "", name)[-24:]


def _quoted(text: str, offset: int) -> bool:
    return text.count("“", 0, offset) > text.count("”", 0, offset)
