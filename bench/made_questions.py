"""Questions that the project makes itself out of the reference questions and the lexicons, to fit the confidence on.

Without an answer: another year, a name of the lexicons that no report holds, a name that the reports tell in another
connexion, another unit, a thing that no report tells. With the known answer: the same question in spoken words, and
the figures of the reference data asked for plainly. Each is checked against the texts; the seed decides the draws.
"""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qgraph.answering.known_names import lexicon_spans
from qgraph.knowledge import Knowledge
from qgraph.ontology import read_lexicon, read_patterns, split_aliases
from qgraph.text import bigrams, fold, nfkc, squeeze

THINGS = Path(__file__).resolve().parent / "made_questions.tsv"
CLOSED = ("number", "entity", "list", "date")
_TYPES = ("Country", "College", "Enterprise", "Region", "Major", "Media")
_YEARS = range(2008, 2035)
_FEW = 0.6  # share of the question's words above which a passage may well answer it

# what is asked for, exchanged for what cannot be meant
_UNITS = (
    (r"多少(?:万|亿)?(?:元|块钱|块|钱)", ("多少平方米", "多少人次", "多少学时", "多少亩")),
    (r"(?:多少|几)(?:个)?(?:人次|人|名|位)", ("多少万元", "多少平方米", "多少学时")),
    (r"(?:多少|几)(?:项|家|所|支|本|门)", ("多少万元", "多少平方米", "百分之多少")),
    (r"(?:比例|占比|比重|率)(?:是多少|有多高|多高|达到多少|是百分之多少|多少)", ("多少万元", "多少平方米")),
)
_ASIDES = ("请问{0}", "麻烦查一下，{0}", "想问问{0}", "我想知道{0}", "{0}谢谢", "帮我看看{0}")


@dataclass(frozen=True, slots=True)
class Made:
    """A made-up question: `row` is of the form of the reference questions, `base` the id of the one that it was made
    from (its own where from none), `way` how."""

    row: Mapping[str, Any]
    base: str
    way: str


def make_questions(
    questions: Sequence[Mapping[str, Any]], observations: Sequence[Mapping[str, Any]], knowledge: Knowledge, seed: int
) -> list[Made]:
    """All made-up questions, in a fixed order."""
    draw = random.Random(seed)
    text = "\n".join(fold(d.text) for d in knowledge.documents)
    figures = list(_figures(observations, knowledge, draw))
    answerable = [q for q in questions if q["answer_kind"] != "none"]
    bases = [*answerable, *(m.row for m in draw.sample(figures, min(40, len(figures))))]
    closed = [q for q in bases if q["type"] in CLOSED or q["type"] == "multihop"]
    made = [
        *figures,
        *_spoken(answerable, draw),
        *_other_year(closed, text, draw),
        *_other_name([q for q in bases if q["type"] != "yesno"], text, draw),
        *_swapped(closed, knowledge, draw),
        *_other_unit(closed, knowledge, draw),
        *_things(text),
    ]
    seen = {q["question"] for q in questions}
    new: dict[str, Made] = {}
    for m in made:
        if m.row["question"] not in seen:
            new.setdefault(m.row["question"], m)
    return list(new.values())


def _none(base: Mapping[str, Any], way: str, question: str) -> Made:
    row = {"type": "none", "answer_kind": "none", "answers": [], "evidence": [], "question": question}
    return Made({**row, "id": f"{base['id']}-{way}"}, str(base["id"]), way)


def _figures(
    observations: Sequence[Mapping[str, Any]], knowledge: Knowledge, draw: random.Random, most: int = 140
) -> Iterator[Made]:
    """Figures of the reference data, asked for by subject and indicator; all values that bear the name are right."""
    own = [knowledge.college_entity(d.id) for d in knowledge.documents]
    colleges = {fold(n) for e in own if e for n in (e.name, *e.aliases)}
    values: dict[str, list[Mapping[str, Any]]] = {}
    for o in observations:
        subject = "" if fold(o["subject"]) in colleges or o["subject"] in o["indicator"] else o["subject"] + "的"
        values.setdefault(subject + o["indicator"], []).append(o)
    for number in sorted(draw.sample(range(len(values)), min(most, len(values)))):
        asked, told = list(values.items())[number]
        yield Made(
            {
                "id": f"o{number:03d}",
                "type": "number",
                "question": f"{asked}是多少？",
                "answers": [
                    f"{o['value']:g}{o['unit']}" if o["value"] < 1e5 else f"{o['value']}{o['unit']}" for o in told
                ],
                "answer_kind": "number",
                "evidence": [o["evidence"] for o in told],
            },
            f"o{number:03d}",
            "figure",
        )


def _spoken(questions: Sequence[Mapping[str, Any]], draw: random.Random) -> Iterator[Made]:
    """The same question in words that people use for those of reports, or with an aside."""
    pairs = [
        (written, spoken)
        for row in read_lexicon("asking_synonyms")
        for written in split_aliases(row["written"])
        for spoken in split_aliases(row["spoken"])[:2]
        if min(len(written), len(spoken)) >= 2
        and len(split_aliases(row["written"])) == 1
        and not re.search("[几多哪什谁]", spoken)
    ]
    for question in questions:
        text = question["question"]
        # the written form must be a word of its own: 大学生 holds no 学生
        fitting = [
            (p, s) for w, s in pairs if s not in text and re.search(p := rf"(?<![大中小]){re.escape(w)}(?!会)", text)
        ]
        if fitting and draw.random() < 0.7:
            written, spoken = draw.choice(fitting)
            text = re.sub(written, spoken, text, count=1)
        else:
            text = draw.choice(_ASIDES).format(text)
        yield Made({**question, "question": text, "id": f"{question['id']}-spoken"}, str(question["id"]), "spoken")


def _other_year(questions: Sequence[Mapping[str, Any]], text: str, draw: random.Random) -> Iterator[Made]:
    """The same of a year that no report names."""
    years = [y for y in _YEARS if str(y) not in text]
    for question in questions:
        asked, year = nfkc(question["question"]), f"{draw.choice(years)}年"
        if re.search("届|级|[一二三四五六七八九十]年|年(?:以来|起)", asked):
            continue
        said = re.sub(r"(?:19|20)\d{2}\s*年?度?|今年|本年度|去年|这一年|上一?年", year, asked, count=1)
        if re.search(r"(?:19|20)\d{2}", said.replace(year, "")) or re.search("今年|本年度|去年|比上年", said):
            continue
        yield _none(question, "year", said if said != asked else year + asked)


def _other_name(questions: Sequence[Mapping[str, Any]], text: str, draw: random.Random) -> Iterator[Made]:
    """The same of a country, college, enterprise… that no report names."""
    absent = _absent(text)
    for question in questions:
        asked = nfkc(question["question"])
        spans = [(s, t) for t in _TYPES for s in lexicon_spans((t,), asked) if absent[t]]
        if spans:
            span, type_ = draw.choice(spans)
            other = draw.choice(absent[type_])
            yield _none(question, "name", asked[: span.start] + other + asked[span.end :])


def _absent(text: str) -> dict[str, list[str]]:
    """By type, names of the lexicons of which no written form stands in the text."""
    found: dict[str, list[str]] = {t: [] for t in _TYPES}
    for rule in read_patterns("asking")["gazetteers"]:
        if rule["type"] not in found or rule["lexicon"] == "world_cities":
            continue
        for row in read_lexicon(rule["lexicon"]):
            if rule.get("levels") and row["level"] not in rule["levels"]:
                continue
            forms = [f for column in rule["columns"] for f in split_aliases(row[column])]
            if forms and not any(fold(f) in text for f in forms):
                found[rule["type"]].append(forms[-1] if len(forms[-1]) >= 2 else forms[0])
    return found


def _swapped(questions: Sequence[Mapping[str, Any]], knowledge: Knowledge, draw: random.Random) -> Iterator[Made]:
    """The same of a name that the reports tell, but in passages that share few of the question's words."""
    own = {e.id for e in (knowledge.college_entity(d.id) for d in knowledge.documents) if e}
    by_type: dict[str, list[str]] = {}
    for entity in sorted(knowledge.entities.values(), key=lambda e: e.id):
        if entity.id not in own and 2 <= len(entity.name) <= 16:
            by_type.setdefault(entity.type, []).append(entity.name)
    types = ("Country", "Enterprise", "College", "Person", "Competition", "Consortium", "Base", "Department", "Major")
    passages = [(p.heading + p.text, set(bigrams(p.heading + p.text))) for p in knowledge.passages.values()]
    for question in questions:
        asked = question["question"]
        held = [(n, t) for t in types for n in by_type.get(t, ()) if n in asked]
        if not held:
            continue
        name, type_ = max(held, key=lambda h: (len(h[0]), h))
        words = set(bigrams(asked.replace(name, " ")))
        for other in draw.sample(by_type[type_], min(6, len(by_type[type_]))):
            near = max((len(words & grams) for told, grams in passages if other in told), default=0)
            if other not in asked and name not in other and near < _FEW * len(words) * 0.75:
                yield _none(question, "swap", asked.replace(name, other))
                break


def _other_unit(questions: Sequence[Mapping[str, Any]], knowledge: Knowledge, draw: random.Random) -> Iterator[Made]:
    """The same figure asked for in a unit that no figure of the passage has."""
    for question in questions:
        if question["answer_kind"] != "number":
            continue
        snippets = [squeeze(e) for e in question["evidence"]]
        told = "".join(
            t for t in (squeeze(p.text) for p in knowledge.passages.values()) if any(s in t for s in snippets)
        )
        for pattern, others in _UNITS:
            match = re.search(pattern, question["question"])
            fitting = [o for o in others if o.replace("多少", "").replace("百分之", "%") not in told]
            if match and told and fitting:
                asked = question["question"]
                yield _none(question, "unit", asked[: match.start()] + draw.choice(fitting) + asked[match.end() :])
                break


def _things(text: str) -> Iterator[Made]:
    """Things that reports may tell and these do not."""
    lines = [line for line in THINGS.read_text(encoding="utf-8").splitlines() if line.strip() and line[0] != "#"]
    for number, row in enumerate(csv.DictReader(lines, delimiter="\t")):
        if not any(fold(word) in text for word in split_aliases(row["key"])):
            made = _none({"id": f"t{number:03d}"}, "thing", row["question"])
            yield Made(made.row, f"t{number:03d}", "thing")
