"""Labels of indicators: what a figure counts, told so that it can be read on its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from qgraph.extraction.observations_fragments import Fragment
from qgraph.extraction.observations_phrases import (
    clauses,
    joined,
    last_of_list,
    leading_words,
    masked,
    outside_quotes,
    plain,
    split_predicate,
    without_light_verb,
    without_list,
    without_periods,
    without_preposition,
)
from qgraph.extraction.observations_words import Words, words


@dataclass(frozen=True, slots=True)
class Label:
    """What a figure counts. `core` is the phrase, `text` the phrase with what the unit adds (数, 人次, 金额),
    `own` says that its own clause named it."""

    core: str
    text: str
    own: bool


class Labeller:
    """Reads the labels of one paragraph's figures in turn: later ones lean on earlier ones.

    `headings` are the titles above the paragraph, nearest first; `competitions` the names of competitions with
    their offsets in the paragraph.
    """

    def __init__(
        self, text: str, year: int, headings: Sequence[str], competitions: Sequence[tuple[int, int, str]] = ()
    ) -> None:
        self._text = text
        self._year = year
        self._headings = headings
        self._competitions = competitions
        self._words = words()
        self._last_scope = ""
        self._event: tuple[int, str] = (-1, "")

    def label(self, fragment: Fragment, previous: Label | None, total: Label | None) -> list[Label]:
        """The labels of one figure; several where it holds for each of a list (一等奖、二等奖各 1 项).

        `previous` is the label of the figure before in the sentence, `total` that of the figure it is part of.
        """
        core, own = self._core(fragment, previous)
        if own and self._words.award_only.fullmatch(core) and not fragment.quantity.counted:
            cores = self._awards(fragment, core, previous, total)
        elif total is not None and own:
            cores = [self._part(core, total.core, fragment)]
        else:
            cores = [self._with_scope(fragment, core, previous, own)]
        return [Label(c, self._finished(c, fragment), own) for c in cores]

    # -------------------------------------------------------------------------------- core of one figure

    def _core(self, fragment: Fragment, previous: Label | None) -> tuple[str, bool]:
        rules, quantity = self._words, fragment.quantity
        if quantity.counted:
            return self._scope_of_award(fragment, "") + quantity.counted, True
        behind = rules.without_measures(plain(without_periods(fragment.behind, self._year)))
        before = self._before(fragment.before, may_end=bool(behind), brackets=quantity.kind == "money")
        if quantity.kind == "share" and before:
            if behind[:1] == "的" or (behind and before[-1] in "中里"):
                return self._shortened(before.rstrip("中里") + behind.lstrip("的")), True
            behind = ""
        if quantity.kind == "duration":
            return self._shortened(before + behind.lstrip("的")), True
        if behind.startswith("的"):
            noun = split_predicate(behind[1:], rules)[0]
            if quantity.kind == "mass":
                return noun + re.sub("^.*(?:设计|建设|建成|形成)了?", "", before), True
            return self._shortened((self._noun_of(before) if quantity.kind == "visits" else before) + noun), True
        noun, predicate = split_predicate(behind, rules)
        if quantity.unit in ("所", "家"):
            noun = rules.members.sub("", noun) or noun
        done = quantity.kind == "people" and before and (rules.people.search(before[1:]) or rules.predicates.match(behind))
        if not noun or noun == "中" or done:
            return self._from_before(fragment, before, previous)
        return self._shortened(self._compose(before, noun, predicate)), True

    def _from_before(self, fragment: Fragment, before: str, previous: Label | None) -> tuple[str, bool]:
        """The core of a figure behind which nothing is named."""
        if before:
            return self._shortened(before), True
        earlier = clauses(fragment.clause.strip("）) "))
        if previous is not None and (not earlier or not fragment.first):
            return previous.core, False
        if earlier:
            return self._shortened(self._before(earlier[-1], may_end=False)), True
        return (self._headings[0] if self._headings else ""), False

    def _compose(self, before: str, noun: str, predicate: str) -> str:
        """Verb, predicate and noun in the order in which a label reads: 选聘 + 担任…教师 + 的 + 老师."""
        rules = self._words
        governed = re.sub("^.*[对把](?![接口外])", "", before if len(before) <= 16 else self._from_verb(before))
        governed = "" if rules.light.fullmatch(governed) else without_light_verb(governed, rules)
        room = rules.longest - len(governed) - len(noun) - 2
        if len(predicate) > room and 4 <= len(predicate) - predicate.rfind("的") - 1 <= room:
            predicate = predicate[predicate.rfind("的") + 1 :]
        if not predicate:
            return governed + noun
        if predicate.endswith(noun[-2:]):
            return governed + predicate
        link = "的" if len(predicate) > 6 else ""
        if rules.governing.fullmatch(governed):
            return governed + predicate + link + noun
        return predicate + link + governed + noun

    def _before(self, text: str, *, may_end: bool, brackets: bool = False) -> str:
        """What leads to a figure, without periods, adverbs, lists and prepositions."""
        rules = self._words
        text = plain(without_periods(rules.without_measures(text.strip()), self._year), brackets=brackets)
        text = leading_words(rules.without_measures(text), rules)
        text = without_list(text, rules, may_end=may_end)
        text = without_preposition(text, rules, may_end=may_end)
        text = leading_words(rules.without_measures(text), rules)
        text = rules.clause("actors").sub("", text)
        text = re.sub("共(?=" + rules.verbs.pattern + "|立项)", "", text)
        if rules.award_tail.search(text):
            text = rules.clause("winner").sub("", text)
        text = rules.clause("besides").sub("", text)
        won = rules.won_at.match(text)
        if won:
            where = won["where"] if rules.competition.search(won["where"]) else ""
            return where + won["what"]
        if may_end:
            items = outside_quotes(text, "、")
            if len(items) > 1:
                verb = rules.governing.match(text) or rules.governing.search(masked(items[0]))
                return text[: verb.end()] if verb else ""
            return text
        bare = without_light_verb(text, rules)
        return bare if len(bare) > 2 or rules.award_only.fullmatch(bare) else text

    def _from_verb(self, text: str) -> str:
        """From the last verb on."""
        found = list(self._words.verbs.finditer(masked(text)))
        return text[found[-1].start() :] if found else text

    def _shortened(self, core: str) -> str:
        """Cut to a readable length: the last item of a list, else from the last verb on."""
        lean = self._words.clause("fillers").sub("", core)
        core = last_of_list(lean if len(lean) > 2 else core)
        if len(core) > self._words.longest:
            from_verb = self._from_verb(core)
            core = from_verb if 6 <= len(from_verb) <= self._words.longest else core[-self._words.longest :]
        return core

    # -------------------------------------------------------------------------------- scope of labels

    def _with_scope(self, fragment: Fragment, core: str, previous: Label | None, own: bool) -> str:
        """A label that says too little alone takes what the figure before or the heading speaks of."""
        rules = self._words
        if not own:
            return core
        if core.startswith("占") and previous is not None and fragment.quantity.kind == "share":
            return joined(previous.core, core)
        if rules.weak_thing.fullmatch(core) or rules.weak_event.fullmatch(core) or rules.status.fullmatch(core):
            if previous is not None:
                noun = self._noun_of(previous.core)
                return noun + core if len(noun) + len(core) <= rules.longest else core
            heading = next((h for h in self._headings if core[-3:] in h), "")
            if heading:
                return heading.removesuffix(core[-3:]) + core
        event = self._event_of(fragment, core)
        if event:
            room = rules.longest - len(event)
            return joined(event, core if len(core) <= room else re.split("的(?=[^的]*$)", core)[-1])
        verb = self._verb_shared(fragment, core, previous)
        if verb:
            return verb + core
        competition = self._competition_before(fragment.quantity.start, fragment.sentence[0])
        if competition and re.search("赛项|参赛|选手|队伍|赛道", core) and competition not in core:
            return competition + core
        return core

    def _event_of(self, fragment: Fragment, core: str) -> str:
        """The event told in the clause before, for a figure that says who came or what was offered there."""
        rules = self._words
        if not rules.clause("told").match(core) and not fragment.behind.strip():
            return ""
        told_before = clauses(fragment.clause.strip("）) "))
        if told_before and (fragment.first or len(told_before) > 1):
            clause = plain(without_periods(told_before[-1], self._year))
            if rules.clause("ends").search(clause):
                name = outside_quotes(self._before(clause, may_end=False), "、")[-1]
                name = self._noun_of(name)
                if rules.clause("ends").search(name) and name not in core and 3 <= len(name) <= 24:
                    self._event = (fragment.sentence[0], name)
                    return name
        told = rules.clause("told").match(core)
        return self._event[1] if told and self._event[0] == fragment.sentence[0] else ""

    def scope_before(self, fragment: Fragment) -> str:
        """What the clause before a figure speaks of, if it holds no figure itself."""
        rules = self._words
        told_before = clauses(fragment.clause.strip("）) "))
        if not told_before or (not fragment.first and len(told_before) < 2):
            return ""
        clause = leading_words(plain(without_periods(told_before[-1], self._year)), rules)
        clause = rules.prepositions.sub("", clause)
        clause = re.sub(f"(?:{rules.light.pattern})", "", clause)
        return clause if 3 <= len(clause) <= 26 else ""

    def _verb_shared(self, fragment: Fragment, core: str, previous: Label | None) -> str:
        """The verb of the figure before where both are joined: 新增产业学院 11 个、实训基地 9 个."""
        rules = self._words
        verb = rules.verbs.match(previous.core) if previous is not None and previous.own else None
        if previous is None or verb is None or rules.light.fullmatch(verb[0]) or verb[0] in rules.not_shared:
            return ""
        if rules.governing.match(core) or rules.predicates.match(core) or rules.status.search(core):
            return ""
        alike = previous.core[-2:] == core[-2:] and not re.search("[。；：]", fragment.clause)
        between = fragment.clause.rstrip()
        listed = between[-1:] in ("、", "和", "及", "与") and not re.search("[，；。：]", between)
        return verb[0] if (listed and not fragment.first) or (alike and "，" in fragment.clause) else ""

    def _part(self, core: str, total: str, fragment: Fragment) -> str:
        """A part told by its difference alone (其中局级以上, 高级) takes the rest from its total."""
        rules = self._words
        if core in total:
            return core
        noun = without_light_verb(re.sub("^.*(?:认定为|获评|评为)", "", total), rules)
        if rules.modifier.fullmatch(core) or (fragment.bracketed and len(core) <= 4 and not rules.grade.search(core)):
            return core + noun
        if rules.weak_thing.fullmatch(core) or rules.status.fullmatch(core):
            return self._noun_of(total) + core
        head = core[-2:]
        if rules.modifier.fullmatch(core[:-2]) and head in noun and not noun.startswith(head):
            return core[:-2] + noun
        return core

    def _noun_of(self, core: str) -> str:
        """The core without the verbs at its head."""
        noun = re.sub(f"^(?:{self._words.governing.pattern})+", "", core)
        return noun if len(noun) >= 2 else core

    # -------------------------------------------------------------------------------- awards

    def _awards(self, fragment: Fragment, core: str, previous: Label | None, total: Label | None) -> list[str]:
        """Names of prizes with the competition, the level and the grade."""
        rules = self._words
        each = fragment.quantity.each
        items = [i for part in outside_quotes(core, "、") for i in part.split("和")] if each else [core]
        found = []
        for item in items:
            has_level = bool(rules.level.match(item)) and not rules.grade.fullmatch(item)
            if total is not None and fragment.of_which | (previous is not None):
                base = rules.award_tail.sub("", total.core)
                level = "" if has_level else (rules.level.match(total.core.removeprefix(base)) or [""])[0]
                level = re.sub("奖项$|获奖$", "", level)
            elif previous is not None and rules.award_tail.search(previous.core):
                base = rules.award_tail.sub("", previous.core)
                tail = previous.core.removeprefix(base)
                match = rules.level.match(tail)
                level = "" if has_level or match is None or match.end() == len(tail) else match[0]
            else:
                base, level = self._scope_of_award(fragment, item), ""
            if has_level:
                base = rules.stages.sub("", rules.level_end.sub("", base) or base)
            found.append(base + level + item)
        return found

    def _scope_of_award(self, fragment: Fragment, item: str) -> str:
        """The competition in which a prize was won: named before in the sentence, else in the one before it."""
        start, sentence = fragment.quantity.start, fragment.sentence[0]
        own = self._competition_before(start, sentence)
        if own:
            self._last_scope = own
            return own
        if self._last_scope:
            return self._last_scope
        earlier = self._competition_before(sentence, max(0, sentence - 160))
        if earlier:
            return earlier
        heading = next((h for h in self._headings if self._words.competition.search(h)), "")
        return re.sub("^(?:参加|承办|举办)", "", heading)

    def _competition_before(self, stop: int, start: int) -> str:
        """The name of the last competition told in a stretch of the paragraph, without year and edition."""
        rules = self._words
        grouped = list(re.finditer(r"等(?:各[级类]+)*([^，。；、]{0,6}?" + rules.competition.pattern + ")", self._text[start:stop]))
        known = [c for c in self._competitions if start <= c[0] and c[1] <= stop]
        stretch = self._text[start:stop]
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

    # -------------------------------------------------------------------------------- endings

    def _finished(self, core: str, fragment: Fragment) -> str:
        """The core with the word that says what is measured."""
        rules, quantity = self._words, fragment.quantity
        core = core.strip("，、的 ").rstrip("中") or core
        by_unit = rules.by_unit.get(quantity.unit)
        if by_unit:
            told = core.endswith(by_unit) or re.search("(?:人数|次数|时数|时长|点击量|播放量)$", core)
            return core if told else core + by_unit
        if quantity.unit == "项" and rules.clause("uncountable").search(core):
            return core + "项数"
        if quantity.kind == "data" and rules.clause("bandwidth").search(core):
            return core if core.endswith("带宽") else core + "带宽"
        measured = rules.share_measured if quantity.kind in ("share", "points") else rules.measured
        if measured.search(core):
            return core
        if quantity.kind == "people" and not rules.people.search(core.rstrip("”’）")):
            return core + "人数"
        return core + rules.by_kind.get(quantity.kind, "数")


def _quoted(text: str, offset: int) -> bool:
    return text.count("“", 0, offset) > text.count("”", 0, offset)


def told_apart(labels: Sequence[Label], parts: Sequence[Fragment], labeller: Labeller) -> list[Label]:
    """Labels of one paragraph that say the same of different things take the words of the clause before."""
    texts = [label.text for label in labels]
    result = []
    for label, fragment in zip(labels, parts, strict=True):
        alike = [f for t, f in zip(texts, parts, strict=True) if t == label.text and f is not fragment]
        scope = labeller.scope_before(fragment) if any(f.clause != fragment.clause for f in alike) else ""
        result.append(renamed(label, joined(scope, label.core)) if scope and scope not in label.core else label)
    return result


def renamed(label: Label, core: str) -> Label:
    """The label with another core, its ending kept."""
    return replace(label, core=core, text=core + label.text.removeprefix(label.core))
