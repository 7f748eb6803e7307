"""Question → Answer: understand, walk the roads, choose, cite; or refuse and say what is known nearby."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from qgraph.answering import arithmetic, figures, reader, relations, verdict
from qgraph.answering.figures import Ranked, shown
from qgraph.answering.ground import Ground
from qgraph.answering.known_names import missing_things
from qgraph.answering.lexical import coverage
from qgraph.answering.question import Question, analyse, spoken_positions
from qgraph.answering.reader import Read
from qgraph.answering.roads import Found
from qgraph.answering.spelling import Speller
from qgraph.answering.suggestions import suggest
from qgraph.citations import cite, cite_all
from qgraph.config import Settings
from qgraph.knowledge import Knowledge
from qgraph.ontology import read_patterns
from qgraph.records import Answer, Citation, Filters, Step
from qgraph.search import Retriever
from qgraph.text import fold, nfkc

_CITED = 5
_NEARBY = 3
_SAME = 0.35  # figures this close to the best one tell of the same


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

    def __init__(self, knowledge: Knowledge, retriever: Retriever, settings: Settings) -> None:
        self.knowledge = knowledge
        self.encoder = retriever.encoder
        self.ground = Ground(knowledge, self.encoder.encode_passages)
        self.speller = Speller(d.text for d in knowledge.documents)
        self._rules = read_patterns("asking")["choosing"]
        self._joined = re.compile(read_patterns("asking")["joined"]["pattern"])

    def answer(self, question: str, *, filters: Filters = Filters(), context: Context | None = None) -> Answer:
        """The answer to a question on its own, or to a follow-up."""
        return self.converse(question, filters=filters, context=context)[0]

    def converse(
        self, question: str, *, filters: Filters = Filters(), context: Context | None = None
    ) -> tuple[Answer, Context]:
        """The answer, and what to remember for the next question."""
        trace = _Trace()
        full = follow_up(question, context.question) if context and context.question else question
        mended = self.speller.mend(full, spoken_positions(full))
        if mended != question:
            trace.add("理解", f"按“{mended}”理解")
        asked = analyse(mended, self.knowledge, self.ground.knows)
        trace.add("分析", _told(asked, self.knowledge))
        narrowed = self._narrow(asked, filters)
        joined = re.match(self._joined, mended)
        if joined:
            answer = self._join(question, joined, narrowed, trace)
            if answer is not None:
                return answer, Context(full)
        return self._answer(question, asked, narrowed, trace), Context(full)

    def _join(self, text: str, joined: re.Match[str], filters: Filters, trace: _Trace) -> Answer | None:
        """Answers a question in two steps: whom or what it speaks of, then what it asks about that."""
        first = analyse(f"哪{joined['counter']}{joined['noun']}{joined['what']}？", self.knowledge, self.ground.knows)
        known = self._answer(first.text, first, filters, trace)
        if known.refused or known.kind != "entity":
            return None
        trace.add("连问", f"{first.text} → {known.text}")
        second = analyse(f"{known.text}{joined['rest']}", self.knowledge, self.ground.knows)
        answer = self._answer(text, second, filters, trace)
        if answer.refused:
            return None
        return replace(answer, calculation=f"{joined['what']}的是{known.text}")

    def _narrow(self, question: Question, filters: Filters) -> Filters:
        """A college that the question names bounds the search to its reports."""
        if filters.colleges or filters.reports:
            return filters
        plain = re.sub(r"\s", "", question.text)
        named = tuple(d.college for d in self.knowledge.documents if d.college in plain)
        years = tuple(y for y in question.years if len({d.year for d in self.knowledge.documents}) > 1)
        known = {d.year for d in self.knowledge.documents}
        years = tuple(y for y in years if y in known) if not named else ()
        return replace(filters, colleges=named) if named else filters

    def _answer(self, text: str, asked: Question, filters: Filters, trace: _Trace) -> Answer:
        vector = self.encoder.encode_queries([asked.text])[0]
        trace.add("编码", "问题已编码")
        lines_allowed, figures_allowed = self._allowed(filters)
        reads = reader.rank_lines(asked, self.knowledge, self.ground, vector, lines_allowed)
        ranked = figures.rank_figures(asked, self.knowledge, self.ground, vector, figures_allowed)
        trace.add("候选", _candidates(reads, ranked))
        found = self._find(asked, filters, reads, ranked, vector, lines_allowed)
        confidence, reason = self._confidence(asked, found, reads)
        trace.add("选择", f"{found.road if found else '无'}，把握 {confidence:.2f}" + (f"，{reason}" if reason else ""))
        if found is None or confidence < self._rules["refuse_below"]:
            return self._refuse(text, asked, reads, ranked, confidence, reason, trace)
        return self._state(text, asked, found, reads, confidence, trace)

    def _find(
        self,
        asked: Question,
        filters: Filters,
        reads: list[Read],
        ranked: list[Ranked],
        vector: npt.NDArray[np.float32],
        allowed: npt.NDArray[np.bool_],
    ) -> Found | None:
        if asked.kind == "number":
            computed = arithmetic.compute(asked, self.knowledge, self.ground, ranked, filters)
            return computed or self._figure(asked, ranked)
        if asked.kind in ("case", "passage", "text"):
            scores = self.ground.line_scores(asked.weights, vector)
            if asked.kind == "case":
                return reader.find_case(asked, self.knowledge, self.ground, scores, allowed)
            return reader.find_passage(asked, self.knowledge, self.ground, scores, allowed)
        if asked.kind == "yesno":
            return verdict.judge(asked, self.knowledge, self.ground.by_text, reads, ranked)
        if asked.kind == "entity" and {"maximum", "minimum"} & asked.aggregates:
            extreme = reader.find_extreme(asked, self.knowledge, self.ground, ranked)
            if extreme is not None:
                return extreme
        options = {
            "date": lambda: reader.find_date(asked, reads),
            "list": lambda: [
                *reader.find_list(asked, self.knowledge, reads),
                *reader.find_apart(asked, self.knowledge, reads),
                *relations.find_related(asked, self.knowledge, reads),
            ],
            "entity": lambda: reader.find_name(asked, self.knowledge, reads),
        }[asked.kind]()
        return max(options, key=lambda f: f.score) if options else None

    def _figure(self, asked: Question, ranked: list[Ranked]) -> Found | None:
        """The best figure; where several reports give one and the question names none of them, each report's."""
        if not ranked:
            return None
        best = ranked[0]
        per_report: dict[str, Ranked] = {}
        for r in ranked:
            if r.score > best.score - _SAME and r.flaws == best.flaws:
                per_report.setdefault(r.figure.report, r)
        if len(per_report) > 1 and fold(best.figure.observation.indicator)[-3:] in {
            fold(r.figure.observation.indicator)[-3:] for r in list(per_report.values())[1:]
        }:
            return self._each_report(list(per_report.values()))
        o = best.figure.observation
        near = [r for r in ranked[:10] if r.figure.observation.unit == o.unit and r.score > best.score - _SAME]
        same = [r for r in near if r.figure.observation.value == o.value]
        told = [
            f"{shown(r.figure.observation)}（{r.figure.observation.period.label}，{self._place(r)}）"
            for r in near
            if self._contradicts(best, r)
        ]
        told += [
            f"同一数值在{self._place(r)}属于{r.figure.observation.period.label}"
            for r in same[1:]
            if r.figure.observation.period.label != o.period.label and len(re.sub(r"\D", "", o.source_value)) >= 4
        ]
        places = tuple((r.figure.report, r.figure.observation.evidence.sentence) for r in same)
        return Found(shown(o), places, best.score, "查指标", disagreement=tuple(dict.fromkeys(told)), flaws=best.flaws)

    def _each_report(self, rows: list[Ranked]) -> Found:
        items = tuple(
            f"{(d := self.knowledge.document(r.figure.report)).college}{d.year}年度：{shown(r.figure.observation)}"
            for r in rows
        )
        places = tuple((r.figure.report, r.figure.observation.evidence.sentence) for r in rows)
        return Found("；".join(items), places, rows[0].score, "查指标", items, flaws=rows[0].flaws)

    def _place(self, ranked: Ranked) -> str:
        return cite(self.knowledge, ranked.figure.report, ranked.figure.observation.evidence.sentence, 1).place

    def _contradicts(self, best: Ranked, other: Ranked) -> bool:
        """Whether another place gives another value for the same indicator and period."""
        a, b = best.figure.observation, other.figure.observation
        return (
            a.value != b.value
            and not other.flaws
            and fold(a.indicator) == fold(b.indicator)
            and a.period.label == b.period.label
            and a.subject == b.subject
            and best.figure.line != other.figure.line
        )

    def _confidence(self, asked: Question, found: Found | None, reads: list[Read]) -> tuple[float, str]:
        """One calibrated confidence over all roads, from score, coverage and flaws; with the main doubt."""
        if found is None or not found.places:
            return 0.0, "没有找到相关内容"
        rules = self._rules
        words = " ".join(
            f"{line.quote} {line.context}"
            for line in (self.ground.lines[self.ground.line_of[s]] for _, s in found.places[:2])
        )
        own = {g: w for g, w in asked.weights.items() if w == 1.0}
        covered = coverage(own, self.ground.by_text, words)
        strange = asked.strange
        weights = rules["weights"]
        logit = (
            weights["bias"]
            + weights["score"] * min(found.score, 1.1)
            + weights["coverage"] * covered
            - weights["strange"] * strange
        )
        logit -= weights["foreign"] * max(0.0, strange - 0.5)
        logit -= weights["absent"] * min(1, len(asked.absent))
        unsaid: tuple[str, ...] = ()
        if asked.kind not in ("case", "passage", "text"):
            logit -= weights["unknown"] * min(1, len(asked.unknown))
            unsaid = self._unsaid(asked, found)
            logit -= weights["unsaid"] * min(2, len(unsaid))
        for flaw in found.flaws:
            logit -= weights["flaws"].get(flaw.split(":")[0], 1.0)
        if asked.kind in ("case", "passage", "text"):
            logit += weights["open"]
        reason = _doubt(found.flaws, strange, (*asked.absent, *asked.unknown), unsaid)
        return float(1 / (1 + np.exp(-logit))), reason

    def _unsaid(self, asked: Question, found: Found) -> tuple[str, ...]:
        """Things of the question that neither the evidence nor what stands around it speaks of."""
        told = []
        for _, sentence in found.places[:3]:
            line = self.ground.lines[self.ground.line_of[sentence]]
            passage = self.knowledge.passage_of_sentence.get(sentence)
            told.append(f"{line.quote} {line.context} {passage.text if passage else ''}")
        return missing_things(nfkc(asked.text), spoken_positions(nfkc(asked.text)), fold(" ".join(told)))

    def _allowed(self, filters: Filters) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
        if filters == Filters():
            lines = np.ones(len(self.ground.lines), dtype=bool)
        else:
            lines = np.array(
                [self.knowledge.allows(filters, line.report, line.sentence.section) for line in self.ground.lines],
                dtype=bool,
            )
        return lines, np.array([lines[f.line] for f in self.ground.figures], dtype=bool)

    def _state(
        self, text: str, asked: Question, found: Found, reads: list[Read], confidence: float, trace: _Trace
    ) -> Answer:
        more = [r.place for r in reads if r.place not in found.places]
        places = [*found.places, *(more if not found.whole else [])][:_CITED]
        citations = cite_all(self.knowledge, places)
        if found.whole:
            citations = tuple(self._widen(c) for c in citations)
        kind = "passage" if asked.kind == "text" else asked.kind
        return Answer(
            question=text,
            kind=kind,
            text=found.text,
            statement=citations[0].text if kind not in ("case", "passage") else "",
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

    def _widen(self, citation: Citation) -> Citation:
        """The whole passage in the place of its first sentence."""
        passage = self.knowledge.passage_of_sentence.get(citation.sentence)
        if passage is None:
            return citation
        return replace(citation, text=passage.text, start=passage.start, end=passage.end)

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
            near = [(r.figure.report, r.figure.observation.evidence.sentence) for r in ranked[:_NEARBY]]
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


def follow_up(question: str, before: str) -> str:
    """A follow-up (那银奖呢？那去年呢？) as a full question: what it names takes the place of its like."""
    match = re.fullmatch(r"\s*(?:那么|那)?(.{1,14}?)呢[？?]?\s*", question)
    if not match:
        return question
    new = match[1]
    for group in read_patterns("asking")["follow"]["groups"]:
        pattern = "|".join(group)
        if re.search(pattern, new) and re.search(pattern, before):
            return re.sub(pattern, new, before, count=1)
    return f"{before.rstrip('？?。')} {new}"


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


def _doubt(flaws: tuple[str, ...], strange: float, absent: tuple[str, ...], unsaid: tuple[str, ...]) -> str:
    if absent:
        return f"没有提到“{'、'.join(absent)}”"
    if "year" in flaws:
        return "报告没有给出所问年份的情况"
    if "unit" in flaws:
        return "没有这种单位的数据"
    names = [f.split(":", 1)[1] for f in flaws if f.startswith("name:")]
    if names:
        return f"没有说到“{'、'.join(names)}”的这一情况"
    if unsaid:
        return f"没有说到“{'、'.join(unsaid)}”的这一情况"
    return "所问的内容在报告中没有出现" if strange > 0.3 else ""
