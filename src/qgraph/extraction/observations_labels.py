"""Labels of indicators: what a figure counts, told so that it can be read on its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from qgraph.divisions import divisions
from qgraph.extraction.observations_awards import Awards
from qgraph.extraction.observations_cores import Cores
from qgraph.extraction.observations_fragments import Fragment
from qgraph.extraction.observations_phrases import (
    clauses,
    joined,
    leading_words,
    outside_quotes,
    plain,
    without_light_verb,
    without_periods,
)
from qgraph.extraction.observations_things import Thing, Things
from qgraph.extraction.observations_words import words

# A core that ends in the titles of what is counted, and how much may stand before them.
_TITLES = re.compile(r"(?:《[^》]*》[、和及与]?)+$")
_LONGEST_VERB = 4


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
    their offsets in the paragraph, `agents` its units and people, `things` what else has a name there.
    """

    def __init__(
        self,
        text: str,
        year: int,
        headings: Sequence[str],
        competitions: Sequence[tuple[int, int, str]] = (),
        agents: Sequence[str] = (),
        things: Sequence[Thing] = (),
    ) -> None:
        self._year = year
        self._headings = headings
        self._words = words()
        self._cores = Cores(year, headings, agents)
        self._awards = Awards(text, year, headings, competitions)
        self._things = Things(text, things)
        self._event: tuple[int, str] = (-1, "")

    def label(self, fragment: Fragment, previous: Label | None, total: Label | None) -> list[Label]:
        """The labels of one figure; several where it holds for each of a list (一等奖、二等奖各 1 项).

        `previous` is the label of the figure before in the sentence, `total` that of the figure it is part of.
        """
        before = previous.core if previous is not None else None
        core, own = self._cores.core(fragment, before)
        if fragment.quantity.counted:
            cores = [self._awards.scope(fragment) + core]
        elif own and self._words.award_only.fullmatch(core):
            cores = self._awards.names(fragment, core, before, total.core if total is not None else None)
        elif total is not None and own:
            cores = [self._part(core, total.core, fragment)]
        elif fragment.quantity.each and "、" in core:
            cores = [item for part in outside_quotes(core, "、") for item in part.split("和")]
        else:
            scoped = self._with_scope(fragment, core, previous, own)
            cores = [self._things.named(core, fragment) if own and scoped == core else scoped]
        return [Label(c, self._finished(c, fragment) + self._before_change(fragment), own) for c in cores]

    def of_list(self, fragment: Fragment, head: str) -> Label:
        """The label of a figure behind a name of a list that `head` introduces."""
        core = self._cores.before(head, may_end=False)
        return Label(core, self._finished(core, fragment), True)

    def _before_change(self, fragment: Fragment) -> str:
        """What tells the figure from which something rose from the one to which it rose: （提升前）."""
        verb = self._words.rises(fragment.before, fragment.behind)
        return f"（{verb}前）" if verb else ""

    def _with_scope(self, fragment: Fragment, core: str, previous: Label | None, own: bool) -> str:
        """A label that says too little alone takes what the figure before or the heading speaks of."""
        rules = self._words
        if not own:
            return core
        compared = fragment.quantity.kind == "points" and rules.clause("of_compared").fullmatch(core)
        if previous is not None and (compared or rules.clause("of_change").fullmatch(core)):
            return joined(rules.clause("change_end").sub("", previous.core) or previous.core, core)
        if previous is not None and rules.clause("of_money").fullmatch(core) and fragment.quantity.kind == "money":
            return joined(self._cores.noun_of(previous.core), core)
        if previous is not None and rules.clause("of_each").fullmatch(core):
            return joined(previous.core, core)
        if previous is not None and rules.clause("of_mean").fullmatch(core):
            return core + self._cores.noun_of(previous.core)
        body = self._body_before(fragment, previous) if rules.clause("of_body").fullmatch(core) else ""
        if body:
            return joined(body, core)
        if core.startswith("占") and previous is not None and fragment.quantity.kind == "share":
            return joined(previous.core.rstrip("的"), core)
        if rules.weak_thing.fullmatch(core) or rules.weak_event.fullmatch(core) or rules.status.fullmatch(core):
            if previous is not None:
                noun = self._cores.noun_of(previous.core)
                return joined(noun, core) if len(noun) + len(core) <= rules.longest else core
            heading = next((h for h in self._headings if core[-3:] in h), "")
            if heading:
                return heading.removesuffix(core[-3:]) + core
        if rules.governing.fullmatch(core) and (title := self._title_before(fragment)):
            return title + core
        event = self._event_of(fragment, core)
        if event:
            room = rules.longest - len(event)
            return joined(event, core if len(core) <= room else re.split("的(?=[^的]*$)", core)[-1])
        verb = self._verb_shared(fragment, core, previous)
        if verb:
            return verb + core
        competition = self._awards.competition_before(fragment.quantity.start, fragment.sentence[0])
        if competition and rules.of_contest.search(core) and competition not in core:
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
                name = outside_quotes(self._cores.before(clause, may_end=False), "、")[-1]
                name = self._cores.noun_of(name)
                if rules.clause("ends").search(name) and name not in core and 3 <= len(name) <= 24:
                    self._event = (fragment.sentence[0], name)
                    return name
        told = rules.clause("told").match(core)
        return self._event[1] if told and self._event[0] == fragment.sentence[0] else ""

    def _title_before(self, fragment: Fragment) -> str:
        """The title with which the clause before ends, for a figure of which its own tells only what was done with it
        (编成《…》，印发 2000 册)."""
        told_before = clauses(fragment.clause.strip("）) "))
        title = re.search("(?:《[^》]{2,24}》|“[^”]{2,24}”)$", told_before[-1].strip()) if told_before else None
        return title[0] if title else ""

    def _body_before(self, fragment: Fragment, previous: Label | None) -> str:
        """The body that the clause before a figure says is run, if no other figure stands between."""
        told_before = clauses(fragment.clause.strip("）) "))
        if not told_before or (previous is not None and len(told_before) < 2):
            return ""
        match = self._words.clause("body").search(plain(without_periods(told_before[-1], self._year)))
        return match["body"] if match and len(match["body"]) <= 30 else ""

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
        pattern = rules.governing if fragment.quantity.kind == "people" else rules.verbs
        verb = pattern.match(previous.core) if previous is not None and previous.own else None
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
        named = _TITLES.search(core)
        if named and named.start() <= _LONGEST_VERB:  # 课程 9 门，其中新增《…》《…》2 门
            return core[: named.start()] + without_light_verb(total, rules)
        noun = without_light_verb(re.sub("^.*(?:认定为|获评|评为)", "", total), rules)
        if rules.modifier.fullmatch(core) or (fragment.bracketed and len(core) <= 4 and not rules.grade.search(core)):
            return core + noun
        if rules.weak_thing.fullmatch(core) or rules.status.fullmatch(core):
            return self._cores.noun_of(total) + core
        if core in divisions() and (done := rules.clause("place_part").search(noun)):
            return core + done[0]  # 留在省内就业 900 人，其中宁川 400 人
        head = core[-2:]
        if core[:-2] in ("男", "女") and noun.endswith(head):
            return noun.removesuffix(head) + core  # 茶艺班招收学员 40 人，其中女学员 25 人
        if rules.modifier.fullmatch(core[:-2]) and head in noun and not noun.startswith(head):
            return core[:-2] + noun
        return core

    def _finished(self, core: str, fragment: Fragment) -> str:
        """The core with the word that says what is measured."""
        rules, quantity = self._words, fragment.quantity
        core = core.strip("，、的 ").rstrip("中") or core
        core = re.sub("占$", "占比", core) if quantity.kind == "share" else core
        by_unit = rules.by_unit.get(quantity.unit)
        if by_unit:
            told = core.endswith(by_unit) or rules.clause("told_by").search(core)
            return core if told else core + by_unit
        if quantity.unit == "家" and rules.clause("visited").search(core):
            return core + rules.visited_noun + "数"
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
