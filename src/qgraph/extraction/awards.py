"""Prizes and honours in sentences: who won what, at which level and grade, how many, in which year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

from qgraph.extraction.award_words import grade_of, grade_regex, level_beside, level_of, number, year_of
from qgraph.extraction.clauses import Scene
from qgraph.extraction.coordination import Named, run_to
from qgraph.extraction.name_patterns import compile_pattern
from qgraph.extraction.statements_rules import Raw
from qgraph.ontology import read_patterns
from qgraph.records import Entity
from qgraph.text import fold


@dataclass(slots=True)
class _Prize:
    """A prize while its words are read; `start` and `end` are offsets in the sentence."""

    entity: str
    start: int
    end: int
    qualifiers: dict[str, str] = field(default_factory=dict)


@lru_cache(maxsize=1)
def _rules() -> dict[str, Any]:
    rules: dict[str, Any] = read_patterns("statements")["wins"]
    return rules


@cache
def _regex(name: str) -> re.Pattern[str]:
    return re.compile(_rules()[name])


def read_wins(scene: Scene, by_id: Mapping[str, Entity]) -> Iterator[Raw]:
    """All prizes of a sentence: grades of competitions, then honours behind a word of winning."""
    contests = [i for i, n in enumerate(scene.names) if n.type == "Competition"]
    for i in contests:
        yield from _contest(scene, i)
    if not contests:
        yield from _resumed(scene, by_id)
    listed = compile_pattern(_rules()["listed"]).regex.match(scene.encoded)
    for verb in (*([listed] if listed else []), *_regex("verb").finditer(scene.encoded)):
        yield from _honours(scene, verb)


# ------------------------------------------------------------------------------------------ competitions


def _contest(scene: Scene, i: int) -> Iterator[Raw]:
    """Grades behind the name of a competition. Behind several competitions a grade belongs to none for sure."""
    name = scene.names[i]
    if _regex("several").match(scene.text, name.end) or _one_of_several(scene, i):
        return
    following = [n.start for n in scene.names[i + 1 :] if n.type == "Competition"]
    prizes = _grades(scene, name.entity, name.end, following[0] if following else len(scene.text), name.start)
    text = scene.text[name.start : name.end]
    for prize in prizes:
        _complete(prize, text, scene.text[: name.start])
        for subject in _contestants(scene, i):
            yield Raw(subject, "wins", prize.entity, prize.start, prize.end, prize.qualifiers)


def _one_of_several(scene: Scene, i: int) -> bool:
    contests = run_to(scene.text, scene.names, i, {"Competition"})
    return len(contests) > 1


def _grades(scene: Scene, entity: str, start: int, end: int, first: int) -> list[_Prize]:
    """The chain of grades from `start` on, each with its count and the level that was last said."""
    prizes: list[_Prize] = []
    position, level, reach = start, "", int(_rules()["grade_reach"])
    for match in grade_regex().finditer(scene.encoded, start, end):
        piece = scene.text[position : match.start()]
        if len(piece) > reach or _regex("barrier").search(scene.encoded, position, match.start()):
            break
        level = level_beside(piece) or level
        qualifiers = {"grade": _rules()["medals"][match["metal"]] if match["metal"] else match[0]}
        if level:
            qualifiers["level"] = level
        group = _regex("group").search(_regex("verb").split(piece)[-1])
        if group:
            qualifiers["group"] = group[1].strip()
        position = _count(scene, match, piece, qualifiers, prizes)
        prizes.append(_Prize(entity, first, position, qualifiers))
        reach = int(_rules()["next_grade_reach"])
    return prizes


def _count(
    scene: Scene, match: re.Match[str], piece: str, qualifiers: dict[str, str], chain: Sequence[_Prize]
) -> int:
    """Sets the count of a grade (and of the chain before it, for 各); returns where reading goes on."""
    if match["metal"]:
        qualifiers["count"] = number(match["number"])
        return match.end()
    behind = _regex("count").match(scene.text, match.end())
    before = _regex("before_grade").search(piece)
    if behind:
        qualifiers["count"] = number(behind["count"])
        if behind["each"]:
            for prize in chain:
                prize.qualifiers.setdefault("count", qualifiers["count"])
        return behind.end()
    if before:
        qualifiers["count"] = number(before["count"])
    return match.end()


def _complete(prize: _Prize, name: str, before: str) -> None:
    """Level and year by the name, where the words beside the prize did not tell them."""
    level, year = level_of(name), year_of(name, before)
    if level:
        prize.qualifiers.setdefault("level", level)
    if year:
        prize.qualifiers.setdefault("year", year)


def _contestants(scene: Scene, i: int) -> list[str]:
    """Persons and teams named in the clause before the competition, else who governs the clause."""
    name = scene.names[i]
    start, _ = scene.clause(name.start)
    people = [
        k
        for k, n in enumerate(scene.names[:i])
        if n.start >= start and n.type in ("Person", "Team") and _wins(scene, n)
    ]
    if people:
        return [n.entity for n in run_to(scene.text, scene.names, people[-1], {"Person", "Team"})]
    return scene.subjects(name.start, _rules()["subjects"])


def _resumed(scene: Scene, by_id: Mapping[str, Entity]) -> Iterator[Raw]:
    """Grades in a sentence that goes on about the competition of the one before it."""
    match = _regex("resumed").search(scene.encoded)
    verb = _regex("verb").search(scene.encoded)
    earlier = scene.recent(frozenset({"Competition"}), 0)
    if match is None or verb is None or earlier is None:
        return
    contest = _whole(by_id[earlier.entity], by_id)
    for prize in _grades(scene, contest.id, verb.end(), len(scene.text), verb.start()):
        _complete(prize, contest.name, "")
        for subject in scene.subjects(verb.start(), _rules()["subjects"]):
            yield Raw(subject, "wins", prize.entity, prize.start, prize.end, prize.qualifiers, elided=True)


def _whole(contest: Entity, by_id: Mapping[str, Entity]) -> Entity:
    """The competition of which this is a round: the longest other one with whose name its name opens."""
    name = _stem(contest)
    wholes = [
        e
        for e in by_id.values()
        if e.type == "Competition" and e.id != contest.id and len(_stem(e)) > 5 and name.startswith(_stem(e))
    ]
    return max(wholes, key=lambda e: (len(_stem(e)), e.id), default=contest)


def _stem(contest: Entity) -> str:
    return re.sub(r"20\d\d", "", fold(contest.name))


# ------------------------------------------------------------------------------------------ honours


def _honours(scene: Scene, verb: re.Match[str]) -> Iterator[Raw]:
    """Awards behind a word of winning, as far as they are one enumeration."""
    prizes = _awards(scene, verb)
    if not prizes:
        return
    winners, said = _winners(scene, verb)
    clause = scene.clause(verb.start())[0]
    before = scene.text[clause : verb.start()]
    counted = _regex("counted").search(before)
    if (
        counted
        and all(w.type in _rules()["bodies"] for w in said)
        and not any("count" in p.qualifiers for p in prizes)
    ):
        of_all = number(counted["count"])
        if len(prizes) == 1:
            prizes[0].qualifiers["count"] = of_all
        elif of_all == str(len(prizes)) and _regex("respectively").search(before + verb[0]):
            for prize in prizes:
                prize.qualifiers["count"] = "1"
    pairs = [(w, p) for w in winners for p in prizes]
    if len(winners) == len(prizes) > 1 and _regex("respectively").search(before):
        pairs = list(zip(winners, prizes, strict=True))
    start = min([verb.start(), *(n.start for n in said)])
    for winner, prize in pairs:
        yield Raw(winner, "wins", prize.entity, start, prize.end, dict(prize.qualifiers), elided=not said)


def _awards(scene: Scene, verb: re.Match[str]) -> list[_Prize]:
    prizes: list[_Prize] = []
    position = verb.end()
    for name in scene.names:
        if name.start < position:
            continue
        gap = scene.encoded[position : name.start]
        if "。" in gap or (not prizes and len(gap) > _rules()["reach"]):
            break
        if prizes and ((_regex("verb").search(gap) and "；" not in gap) or not _joined(gap)):
            break
        if name.type != "Award":
            if name.type in ("Region", "Country", "GovernmentBody", "Association") and not prizes:
                continue
            break
        text = scene.text[name.start : name.end]
        prize = _Prize(name.entity, verb.start(), name.end)
        level = level_beside(scene.text[max(position, name.start - 6) : name.start])
        if level:
            prize.qualifiers["level"] = level
        position = _grade_and_count(scene, prize, text)
        _complete(prize, text, scene.text[: name.start])
        prizes.append(prize)
        if grade_of(text):
            more = _grades(scene, name.entity, position, _next_name(scene, position), verb.start())
            for other in more:
                _complete(other, text, scene.text[: name.start])
            prizes += more
            position = more[-1].end if more else position
    return prizes


def _grade_and_count(scene: Scene, prize: _Prize, text: str) -> int:
    """Reads the grade and the count right behind an award; returns where reading goes on."""
    behind = grade_regex().match(scene.encoded, prize.end)
    grade = behind[0] if behind and not behind["metal"] else grade_of(text)
    if grade:
        prize.qualifiers["grade"] = grade
    prize.end = behind.end() if behind and not behind["metal"] else prize.end
    count = _regex("count").match(scene.text, prize.end)
    if count:
        prize.qualifiers["count"] = number(count["count"])
        prize.end = count.end()
    return prize.end


def _next_name(scene: Scene, position: int) -> int:
    return next((n.start for n in scene.names if n.start >= position), len(scene.text))


def _joined(gap: str) -> bool:
    """Whether what stands between two awards keeps them one enumeration: few words besides counts and grades."""
    rest = _regex("count").sub("", grade_regex().sub("", gap))
    return len(re.findall(r"[一-鿿]", rest)) <= int(_rules()["between"])


def _winners(scene: Scene, verb: re.Match[str]) -> tuple[list[str], list[Named]]:
    """Ids of the winners, and their names if they are said in the clause: a person before all others."""
    start, _ = scene.clause(verb.start())
    types = _rules()["subjects"]
    before = [
        i
        for i, n in enumerate(scene.names)
        if start <= n.start and n.end <= verb.start() and n.type in types and _wins(scene, n)
    ]
    persons = [i for i in before if scene.names[i].type == "Person"]
    if before:
        said = run_to(scene.text, scene.names, (persons or before)[-1], types)
        if _wins(scene, said[0]):
            return [n.entity for n in said], said
    return scene.subjects(verb.start(), types), []


def _wins(scene: Scene, name: Named) -> bool:
    """Whether a name can be the winner, by the words around it."""
    if _regex("not_after").search(scene.text[: name.start]):
        return False
    return not _regex("not_before").match(scene.text[name.end :])
