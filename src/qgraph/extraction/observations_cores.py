"""What a figure counts, read from its own clause: verb, noun and predicate in the order in which a label reads."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qgraph.extraction.observations_fragments import Fragment
from qgraph.extraction.observations_phrases import (
    clauses,
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
from qgraph.extraction.observations_words import words

_NAMES = re.compile(r"(?:(?:《[^》]*》|“[^”]*”)[、和及与]?)+")
# What a figure counts together with those who belong to it: 组建 5 支|共 76 名教师参与的服务队.
_COUNTED_WITH = re.compile(r" ?[共含由]? ?\d+[^，。；]{2,16}的(?P<noun>[^，。；的]{2,20})$")
_PARTNER = re.compile(r"[一-鿿][与同]$")
_ITEM = re.compile(r"^\d{1,2}\s*[.．、]\s*(?!\d)")  # the number of an item in a list (2.技能竞赛：…)


class Cores:
    """Reads cores in the paragraphs of a report of that year; `headings` are the titles above, nearest first,
    `agents` the units and people named there, who do what is told and are not what is counted."""

    def __init__(self, year: int, headings: Sequence[str], agents: Sequence[str] = ()) -> None:
        self._year = year
        self._headings = headings
        self._agents = agents
        self._words = words()

    def core(self, fragment: Fragment, previous: str | None) -> tuple[str, bool]:
        """The phrase that is counted, and whether the figure's own clause names it; else it is that of the
        figure before in the sentence, `previous`."""
        rules, quantity = self._words, fragment.quantity
        if quantity.counted:
            return quantity.counted, True
        behind = rules.without_measures(plain(without_periods(fragment.behind, self._year)))
        if rules.rises(fragment.before, fragment.behind):
            behind = ""
        before = self.before(fragment.before, may_end=bool(behind), brackets=quantity.kind == "money")
        own = rules.own.fullmatch(before) and quantity.unit != "所"  # 企业 64 家、学校 39 所
        before = "" if rules.of_which.fullmatch(before) or own else before
        if quantity.kind == "share" and before:
            if behind[:1] == "的" or (behind and before[-1] in "中里"):
                return self._shortened(before.rstrip("中里") + behind.lstrip("的")), True
            behind = ""
        if quantity.kind == "duration" and behind.startswith("的") and rules.clause("lasting").search(fragment.before):
            return self._shortened(behind[1:]), True  # 开展了为期四天的…活动
        if quantity.kind == "duration" and (before or behind):
            before = rules.clause("lasting").sub("", before)
            return self._shortened(before + behind.lstrip("的")), True
        if behind.startswith("的"):
            noun = split_predicate(behind[1:], rules)[0]
            if quantity.kind == "mass":
                return noun + re.sub("^.*(?:设计|建设|建成|形成)了?", "", before), True
            return self._shortened((self.noun_of(before) if quantity.kind == "visits" else before) + noun), True
        if not behind and rules.governing.fullmatch(before) and (counted := _COUNTED_WITH.match(fragment.tail)):
            return self._shortened(before + counted["noun"]), True
        noun, predicate = split_predicate(behind, rules)
        if rules.clause("towards").fullmatch(predicate) and (fragment.goes_on or "、" in fragment.behind):
            predicate = self._done_there(fragment) or predicate
        if quantity.kind == "people" and noun and not predicate:
            sent = rules.clause("sent_to").match(fragment.tail)
            predicate = sent[0] if sent else ""
        if fragment.goes_on and rules.clause("origin_list").match(predicate):
            predicate = ""  # 14 名队员来自甲、乙 2 个专业
        if noun and predicate and quantity.unit in ("所", "家") and _PARTNER.search(fragment.before.rstrip()):
            before = ""  # 附属医院与 12 家乡镇卫生院结成医联体: the partners are counted
        if noun and predicate and _NAMES.fullmatch(before):
            before = ""  # the names of what is counted: 《…》《…》2 部教材
        if quantity.unit in ("所", "家"):
            noun = rules.members.sub("", noun) or noun
            noun = rules.clause("of_institution").sub("", noun) or noun
        between = rules.clause("between").match(behind)
        if between:
            return self._shortened(between["things"]), True
        post = rules.clause("post").match(behind)
        if post and quantity.kind == "people" and rules.governing.fullmatch(before):
            return self._shortened(before + split_predicate(post["post"], rules)[0]), True
        acts = rules.predicates.match(behind)
        if acts and len(acts[0]) > 2 and not before and quantity.kind == "people":
            return self._shortened(behind), True  # 61 人成长为班组长
        named = rules.people.search(before[1:]) or rules.predicates.match(behind)
        if not noun or noun == "中" or (quantity.kind == "people" and before and named):
            return self._from_before(fragment, before, previous)
        return self._shortened(self._compose(before, noun, predicate)), True

    def _done_there(self, fragment: Fragment) -> str:
        """What those do who are counted, behind a list of places (210 名学生到甲、乙等 8 家医院|开展实习)."""
        verb = self._words.verbs.search(masked(fragment.tail))
        return fragment.tail[verb.start() :].rstrip("，的 ") if verb else ""

    def _from_before(self, fragment: Fragment, before: str, previous: str | None) -> tuple[str, bool]:
        """The core of a figure behind which nothing is named."""
        if before:
            return self._shortened(before), True
        earlier = clauses(fragment.clause.strip("）) "))
        if previous is not None and (not earlier or not fragment.first):
            return previous, False
        if earlier:
            return self._shortened(self.before(earlier[-1], may_end=False)), True
        return (self._headings[0] if self._headings else ""), False

    def _compose(self, before: str, noun: str, predicate: str) -> str:
        """Verb, predicate and noun in the order in which a label reads: 选聘 + 担任…教师 + 的 + 老师."""
        rules = self._words
        governed = re.sub("^.*[对把](?![接口外])", "", before if len(before) <= 16 else self._from_verb(before))
        idle = rules.light.fullmatch(governed) or rules.clause("mere_kind").fullmatch(governed)
        governed = "" if idle else without_light_verb(governed, rules)
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

    def before(self, text: str, *, may_end: bool, brackets: bool = False) -> str:
        """What leads to a figure, without periods, adverbs, lists and prepositions."""
        rules = self._words
        text = plain(
            without_periods(rules.without_measures(_ITEM.sub("", text.strip())), self._year), brackets=brackets
        )
        text = self._without_agent(leading_words(rules.without_measures(text), rules))
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
        bare = rules.clause("inverted").sub(r"\2\1", without_light_verb(text, rules))
        owned = rules.clause("owning").match(text) and len(bare) > 1
        return bare if len(bare) > 2 or owned or rules.award_only.fullmatch(bare) else text

    def _without_agent(self, text: str) -> str:
        """Without the unit or person at its head whose act the verb behind tells (招生办公室|推出…)."""
        this = self._words.clause("this_one").match(text)
        if this:
            return text[this.end() :]
        agent = next((a for a in self._agents if text.startswith(a)), "")
        return text[len(agent) :] if agent and self._words.governing.match(text, len(agent)) else text

    def _from_verb(self, text: str) -> str:
        """From the last verb on."""
        found = list(self._words.verbs.finditer(masked(text)))
        return text[found[-1].start() :] if found else text

    def _shortened(self, core: str) -> str:
        """Cut to a readable length: the last item of a list, else from the last verb on."""
        lean = self._words.clause("fillers").sub("", core)
        core = last_of_list(lean if len(lean) > 2 else core, self._words.clause("bare"))
        if len(core) > self._words.longest:
            from_verb = self._from_verb(core)
            core = from_verb if 6 <= len(from_verb) <= self._words.longest else core[-self._words.longest :]
        return core

    def noun_of(self, core: str) -> str:
        """The core without the verbs at its head."""
        noun = re.sub(f"^(?:(?:{self._words.governing.pattern})(?!生))+", "", core)  # 毕业|生 is a noun
        return noun if len(noun) >= 2 else core
