"""Question → Answer: understand, walk the roads, choose, cite; or refuse and say what is known nearby."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field, replace

from qgraph.answering import (
    arithmetic,
    claims,
    lists,
    name_reader,
    reader,
    relations,
    shares,
    table_lists,
    verdict,
    whole,
)
from qgraph.answering.colleges import Abbreviations, in_full
from qgraph.answering.compound import answer_compound, compare_reports
from qgraph.answering.figures import Ranked
from qgraph.answering.following import follow_up
from qgraph.answering.former import find_former
from qgraph.answering.ground import Ground
from qgraph.answering.known_names import missing_things
from qgraph.answering.numerals import shown
from qgraph.answering.question import Question, analyse, spoken_positions, years_told
from qgraph.answering.reader import Read
from qgraph.answering.rewording import reworded
from qgraph.answering.roads import Found, rivalry
from qgraph.answering.scope import Scope, let_through, within
from qgraph.answering.spelling import Speller
from qgraph.answering.suggestions import suggest
from qgraph.answering.values import by_unit, find_figure
from qgraph.answering.weighing import refuse_below, weigh
from qgraph.answering.wording import statement
from qgraph.citations import MOST, cite_all, widened
from qgraph.knowledge import Knowledge
from qgraph.ontology import read_patterns
from qgraph.records import Answer, Filters, Step
from qgraph.search import Retriever, Tokens

_NEARBY = 3
_ELSEWHERE = 0.4  # share of strange words from which on an open question is not about reports


@dataclass(frozen=True, slots=True)
class Context:
    """What a conversation remembers: the last question as it was understood in full."""

    question: str = ""


@dataclass(slots=True)
class _Trace:
    steps: list[Step] = field(default_factory=list)
    _since: float = field(default_factory=time.perf_counter)

    def add(self, name: str, detail: str) -> None:
        now = time.perf_counter()
        self.steps.append(Step(name, detail, (now - self._since) * 1000))
        self._since = now


class Answerer:
    """Answers over all reports. Made once; safe to use from several threads."""

    def __init__(self, knowledge: Knowledge, retriever: Retriever) -> None:
        self.knowledge = knowledge
        self.encoder = retriever.encoder
        self.ground = Ground(knowledge, self.encoder.passage_tokens)
        self._colleges = tuple(dict.fromkeys(d.college for d in knowledge.documents))
        abbreviated = read_patterns("asking")["names"]["abbreviated"]
        self._abbreviations = Abbreviations([e.name for e in knowledge.entities.values() if e.type in abbreviated])
        self.speller = Speller(d.text for d in knowledge.documents)

    def answer(self, question: str, *, filters: Filters = Filters(), context: Context | None = None) -> Answer:
        """The answer to a question on its own, or to a follow-up."""
        return self.converse(question, filters=filters, context=context)[0]

    def converse(
        self, question: str, *, filters: Filters = Filters(), context: Context | None = None
    ) -> tuple[Answer, Context]:
        """The answer, and what to remember for the next question."""
        trace = _Trace()
        full = follow_up(question, context.question) if context and context.question else question
        mended = in_full(self._abbreviations.in_full(self.speller.mend(full, spoken_positions(full))), self._colleges)
        mended = reworded(mended)
        if mended != question:
            trace.add("理解", f"按“{mended}”理解")
        asked = analyse(mended, self.knowledge, self.ground.knows)
        trace.add("分析", _told(asked, self.knowledge))
        narrowed = self._narrow(asked, filters)

        def ask(part: str, within: Filters | None = None) -> Answer:
            trace.add("分问", part)
            part_asked = analyse(part, self.knowledge, self.ground.knows)
            return self._answer(part, part_asked, within or self._narrow(part_asked, filters), trace)

        def ask_each(part: str) -> list[tuple[str, Answer]]:
            unbound = replace(narrowed, chapters=())
            allowed = [d for d in self.knowledge.documents if self.knowledge.allows(unbound, d.id)]
            return [(d.college, ask(part, replace(narrowed, reports=(d.id,)))) for d in allowed]

        compound = compare_reports(asked.text, ask_each) or answer_compound(asked.text, ask)
        answer = replace(compound, question=question) if compound else self._answer(question, asked, narrowed, trace)
        return answer, Context(full)

    def _narrow(self, question: Question, filters: Filters) -> Filters:
        """A college that the question names bounds the search to its reports."""
        if filters.colleges or filters.reports:
            return filters
        plain = re.sub(r"\s", "", question.text)
        named = tuple(d.college for d in self.knowledge.documents if d.college in plain)
        return replace(filters, colleges=named) if named else filters

    def _answer(self, text: str, asked: Question, filters: Filters, trace: _Trace) -> Answer:
        if filters != Filters():
            told = within(self.knowledge, filters)
            unheard = missing_things(asked.text, spoken_positions(asked.text, told), told)
            own = [gram for gram, weight in asked.weights.items() if weight == 1.0 and len(gram) > 1]
            strange = sum(gram not in told for gram in own) / max(1, len(own))
            asked = replace(
                asked,
                unknown=tuple(dict.fromkeys((*asked.unknown, *unheard))),
                strange=max(asked.strange, strange),
            )
        tokens = self._tokens(asked.text + asked.hints)
        trace.add("编码", "问题已编码")
        lines = let_through(self.knowledge, self.ground, filters)
        scope = Scope(self.knowledge, self.ground, filters, lines, tokens)
        reads, ranked = scope.read(asked), scope.rank(asked)
        trace.add("候选", _candidates(reads, ranked))
        found = self._find(asked, scope, reads, ranked)
        confidence, reason = weigh(asked, found, self.knowledge, self.ground, tokens)
        trace.add("选择", f"{found.road if found else '无'}，把握 {confidence:.2f}" + (f"，{reason}" if reason else ""))
        if found is None or confidence < refuse_below(asked.kind):
            return self._refuse(text, asked, reads, ranked, confidence, reason, trace)
        return self._state(text, asked, found, reads, ranked, confidence, trace)

    def _tokens(self, question: str) -> Tokens:
        return self.encoder.query_tokens([question])[0].outside(years_told(question))

    def _find(self, asked: Question, scope: Scope, reads: list[Read], ranked: list[Ranked]) -> Found | None:
        silent = not any(len(gram) > 1 for gram in asked.weights) and "count_cases" not in asked.aggregates
        if silent or (asked.kind == "text" and asked.strange > _ELSEWHERE):
            return None  # nothing is asked for, or something else than reports tell
        defined = reader.find_definition(asked, reads) if asked.kind in ("entity", "list", "text", "passage") else []
        if defined:
            return max(defined, key=lambda f: f.score)
        former = find_former(asked, self.knowledge, scope.filters)
        if former:
            return former[0]
        if asked.kind == "number":
            return self._count(asked, scope, reads, ranked)
        if asked.kind in ("case", "passage", "text"):
            scores = self.ground.line_scores(asked.weights, scope.tokens, scope.lines)
            find = whole.find_case if asked.kind == "case" else whole.find_passage
            return find(asked, self.knowledge, self.ground, scores, scope.lines)
        if asked.kind == "yesno":
            return self._judge(asked, scope, reads, ranked)
        if asked.kind in ("entity", "list") and {"maximum", "minimum"} & asked.aggregates:
            extreme = name_reader.find_extreme(asked, self.knowledge, self.ground, ranked)
            if extreme is not None:
                return extreme
        options = {
            "date": lambda: reader.find_date(asked, reads),
            "list": lambda: [
                *lists.find_list(asked, self.knowledge, reads),
                *lists.find_apart(asked, self.knowledge, reads),
                *table_lists.find_rows(asked, self.knowledge, self.ground, reads),
                *relations.find_related(asked, self.knowledge, reads),
            ],
            "entity": lambda: name_reader.find_name(asked, self.knowledge, reads),
        }[asked.kind]()
        best = max(options, key=lambda f: f.score, default=None)
        if best is None:
            return None
        rival = rivalry(best.score, (f.score for f in options if f.text != best.text))
        return replace(best, behind=reader.behind(best, reads), rival=rival)

    def _count(self, asked: Question, scope: Scope, reads: list[Read], ranked: list[Ranked]) -> Found | None:
        """The number that is asked for: which one of a row, computed, or told."""
        ranked = by_unit(ranked)
        ordinal = reader.find_ordinal(asked, reads)
        if ordinal:
            return max(ordinal, key=lambda f: f.score)
        computed = arithmetic.complement(asked, ranked, self.knowledge)
        computed = computed or arithmetic.compute(asked, self.knowledge, ranked, scope.filters)
        if computed is None and asked.units == ("%",):
            computed = shares.share(asked, scope.rank(replace(asked, units=())), self.knowledge)
        if computed is None and not arithmetic.answers_plainly(asked, ranked, self.knowledge):
            return None
        return computed or find_figure(self.knowledge, ranked)

    def _judge(self, asked: Question, scope: Scope, reads: list[Read], ranked: list[Ranked]) -> Found | None:
        """The verdict on a question for yes or no: by a figure where it claims one, else by sentences; a question that
        denies gets the opposite of what it denies."""

        def read_for(words: str) -> tuple[Question, list[Read]]:
            other = analyse(words, self.knowledge, self.ground.knows)
            return other, scope.read(other, self._tokens(words))

        claim = claims.read_claim(asked.text)
        if claim is not None:
            counted = analyse(claim.question, self.knowledge, self.ground.knows)
            counted = replace(counted, units=counted.units or (claim.unit,))
            judged = claims.judge_claim(claim, scope.rank(counted), reads)
            if judged is None and claim.unit == "%":
                shared = shares.share_of(counted, scope.rank(replace(counted, units=())), self.knowledge)
                judged = claims.judge_share(claim, shared) if shared else None
            return judged
        told = re.sub(read_patterns("asking")["negated"]["asked"], "", asked.text)
        if told != asked.text:
            other, other_reads = read_for(told)
            found = self._judge(other, scope, list(other_reads), scope.rank(other))
            return replace(found, text={"是": "否", "否": "是"}[found.text]) if found else None
        return claims.judge_change(asked, ranked) or verdict.judge(
            asked, self.knowledge, self.ground.by_text, reads, ranked, read_for, within(self.knowledge, scope.filters)
        )

    def _state(
        self,
        text: str,
        asked: Question,
        found: Found,
        reads: list[Read],
        ranked: list[Ranked],
        confidence: float,
        trace: _Trace,
    ) -> Answer:
        places = [*found.places, *([] if found.whole else _further(asked, reads, ranked))]
        places = list(dict.fromkeys(places))[:MOST]
        citations = cite_all(self.knowledge, places)
        if found.whole:
            citations = tuple(widened(self.knowledge, c) for c in citations)
        kind = "passage" if asked.kind == "text" else asked.kind
        said = statement(text, kind, found, citations)
        return Answer(
            question=text,
            kind=kind,
            text=found.text,
            statement=said,
            items=found.items,
            cases=found.cases,
            citations=citations,
            refused=False,
            reason="",
            nearby=(),
            calculation=found.calculation,
            disagreement=found.disagreement,
            confidence=round(confidence, 3),
            suggestions=suggest(asked, self.knowledge, self.ground, found.places),
            trace=tuple(trace.steps),
        )

    def _refuse(
        self,
        text: str,
        asked: Question,
        reads: list[Read],
        ranked: list[Ranked],
        confidence: float,
        reason: str,
        trace: _Trace,
    ) -> Answer:
        if asked.kind == "number" and ranked:
            near = [r.place for r in ranked[:_NEARBY]]
        else:
            near = [r.place for r in reads[:_NEARBY]]
        told = f"报告中没有说到这一点，不能回答（{reason}）。" if reason else "报告中没有说到这一点，不能回答。"
        return Answer(
            text,
            asked.kind,
            "",
            "",
            (),
            (),
            (),
            True,
            told,
            cite_all(self.knowledge, near),
            "",
            (),
            round(confidence, 3),
            (),
            tuple(trace.steps),
        )


def _further(asked: Question, reads: list[Read], ranked: list[Ranked]) -> list[tuple[str, str]]:
    """Where to read on: the next best sentences; for numbers and verdicts also those of the next best figures."""
    further = [r.place for r in reads]
    if asked.kind in ("number", "yesno"):
        further[1:1] = [r.place for r in ranked[:2] if not r.flaws]
    return further


def _told(asked: Question, knowledge: Knowledge) -> str:
    names = "、".join(knowledge.entities[i].name for i in asked.named[:6])
    parts = [
        f"类型 {asked.kind}",
        f"单位 {'/'.join(asked.units[:4])}" if asked.units else "",
        f"年份 {asked.years}" if asked.years else "",
    ]
    return "；".join(p for p in [*parts, f"实体 {names}" if names else ""] if p)


def _candidates(reads: list[Read], ranked: list[Ranked]) -> str:
    top = "；".join(
        f"{shown(r.figure.observation)}（{r.figure.observation.indicator}，{r.score:.2f}）" for r in ranked[:3]
    )
    return f"指标：{top or '无'}。句子：" + "；".join(
        f"{r.line.sentence.text[:24]}…（{r.score:.2f}）" for r in reads[:3]
    )
