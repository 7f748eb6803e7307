"""Prizes and honours in sentences: who won what, at which level and grade, how many, in which year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

from qgraph.extraction.award_grades import Prize, complete, joined, read_grades, read_honour
from qgraph.extraction.award_words import level_beside, number
from qgraph.extraction.clauses import Scene
from qgraph.extraction.coordination import Named, run_to
from qgraph.extraction.name_patterns import PRINTED, compile_pattern
from qgraph.extraction.statements_rules import Raw
from qgraph.ontology import read_patterns
from qgraph.records import Entity
from qgraph.text import fold


@lru_cache(maxsize=1)
def _rules() -> dict[str, Any]:
    rules: dict[str, Any] = read_patterns("statements")["wins"]
    return rules


@cache
def _regex(name: str) -> re.Pattern[str]:
    return re.compile(_rules()[name])


def read_wins(scene: Scene, by_id: Mapping[str, Entity]) -> Iterator[Raw]:
    """All prizes of a sentence: grades of competitions, then honours behind a word of winning, then counted ones."""
    contests = [i for i, n in enumerate(scene.names) if _is_contest(scene, n)]
    for i in contests:
        yield from _contest(scene, i)
    if not contests:
        yield from _resumed(scene, by_id)
    done: set[int] = set()
    for verb in _regex("verb").finditer(scene.encoded):
        yield from _honours(scene, verb, done)
    for counted in compile_pattern(_rules()["listed"]).regex.finditer(scene.encoded):
        head = scene.clause(counted.start())[0]
        if counted.end() not in done and not _regex("not_listed").search(scene.text[head : counted.end()]):
            yield from _honours(scene, counted, done, [entity for entity, _ in scene.base])


# ------------------------------------------------------------------------------------------ competitions


def _is_contest(scene: Scene, name: Named) -> bool:
    competed = name.type == "Award" and _regex("contest_behind").match(scene.text, name.end)
    return name.type == "Competition" or bool(competed)


def _contest(scene: Scene, i: int) -> Iterator[Raw]:
    """Grades behind the name of a competition. Behind several competitions a grade belongs to none for sure."""
    name = scene.names[i]
    if _regex("several").match(scene.text, name.end) or _one_of_several(scene, i):
        return
    following = [n.start for n in scene.names[i + 1 :] if n.type == "Competition"]
    behind = _regex("contest_behind").match(scene.text, name.end)
    start, end = behind.end() if behind else name.end, following[0] if following else len(scene.text)
    prizes = read_grades(scene, name.entity, start, end, name.start)
    text = scene.wording(name)
    if not prizes or _stranger(scene, prizes[0].end - 1):
        return
    winners = _later_winners(scene, name.end, prizes[0].end - 1) or _contestants(scene, i)
    for prize in prizes:
        complete(prize, text, scene.text[: name.start])
        for subject in winners:
            yield Raw(subject, "wins", prize.entity, prize.start, prize.end, prize.qualifiers)


def _later_winners(scene: Scene, named: int, graded: int) -> list[str]:
    """Those who are said to win in a later clause than the one that names the contest."""
    clause = scene.clause(graded)
    verb = _regex("verb").search(scene.encoded, *clause)
    if clause[0] < named or verb is None:
        return []
    return [n.entity for n in _winners(scene, verb)[1]]


def _one_of_several(scene: Scene, i: int) -> bool:
    contests = run_to(scene.text, scene.names, i, {"Competition"})
    return len(contests) > 1


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
    works = _works(scene, name.start)
    return [n.entity for n in works] or scene.subjects(name.start, _rules()["subjects"])


def _works(scene: Scene, position: int) -> list[Named]:
    """Textbooks, courses, projects … that stand in the same clause right before the word of winning."""
    start, _ = scene.clause(position)
    types = _rules()["works"]
    before = [i for i, n in enumerate(scene.names) if start <= n.start and n.end <= position and n.type in types]
    if not before or not _regex("work").fullmatch(scene.text[scene.names[before[-1]].end : position]):
        return []
    said = run_to(scene.text, scene.names, before[-1], types)
    return list(said) if _wins(scene, said[0]) else []


def _resumed(scene: Scene, by_id: Mapping[str, Entity]) -> Iterator[Raw]:
    """Grades in a sentence that goes on about the competition of the one before it."""
    match = _regex("resumed").search(scene.encoded)
    verb = _regex("verb").search(scene.encoded)
    earlier = scene.recent(("Competition",), 0)
    if match is None or verb is None or earlier is None:
        return
    contest = _whole(by_id[earlier.entity], by_id)
    level = level_beside(scene.text[scene.clause(verb.start())[0] : verb.start()])
    for prize in read_grades(scene, contest.id, verb.end(), len(scene.text), verb.start(), level):
        complete(prize, contest.name, "")
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


def _honours(scene: Scene, verb: re.Match[str], done: set[int], understood: Sequence[str] = ()) -> Iterator[Raw]:
    """Awards behind a word of winning, as far as they are one enumeration; adds their places to `done`.

    `understood` are the winners where the clause has no such word and names nobody.
    """
    prizes = _awards(scene, verb, done)
    if not prizes or _stranger(scene, verb.start()):
        return
    winners, said = _winners(scene, verb)
    if understood and not said:
        winners = list(understood)
    clause = scene.clause(verb.start())[0]
    before = scene.text[clause : verb.start()]
    counted = _regex("counted").search(before)
    if counted and all(w.type in _rules()["bodies"] for w in said) and not any("count" in p.qualifiers for p in prizes):
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
        elided = not said or any(n.stands_for for n in said)
        yield Raw(winner, "wins", prize.entity, start, prize.end, dict(prize.qualifiers), elided=elided)


def _awards(scene: Scene, verb: re.Match[str], done: set[int]) -> list[Prize]:
    prizes: list[Prize] = []
    position = verb.end()
    far = "。" if not _regex("near").fullmatch(verb[0]) else "。，；："
    for name in scene.names:
        if name.start < position:
            continue
        gap = scene.encoded[position : name.start]
        if "。" in gap or (not prizes and (len(gap) > _rules()["reach"] or any(mark in gap for mark in far))):
            break
        if prizes and ((_regex("verb").search(gap) and "；" not in gap) or not joined(gap)):
            break
        if name.type != "Award":
            if name.type in ("Region", "Country", "GovernmentBody", "Association") and not prizes:
                continue
            break
        text = scene.wording(name)
        done.add(name.start)
        prize = Prize(name.entity, verb.start(), name.end)
        level = level_beside(scene.text[max(position, name.start - 6) : name.start])
        if level:
            prize.qualifiers["level"] = level
        position = read_honour(scene, prize, text, prizes)
        complete(prize, text, scene.text[: name.start])
        prizes.append(prize)
        if "grade" in prize.qualifiers:
            more = read_grades(scene, name.entity, position, _next_name(scene, position), verb.start())
            for other in more:
                complete(other, text, scene.text[: name.start])
            prizes += more
            position = more[-1].end if more else position
    return prizes


def _next_name(scene: Scene, position: int) -> int:
    return next((n.start for n in scene.names if n.start >= position), len(scene.text))


def _winners(scene: Scene, verb: re.Match[str]) -> tuple[list[str], list[Named]]:
    """Ids of the winners, and their names if they are said in the clause: a person before all others."""
    start, _ = scene.clause(verb.start())
    types = _rules()["subjects"]
    before = [
        i
        for i, n in enumerate(scene.names)
        if start <= n.start and n.end <= verb.start() and n.type in types and _wins(scene, n)
    ]
    works = _works(scene, verb.start())
    if works:
        return [n.entity for n in works], works
    persons = [i for i in before if scene.names[i].type == "Person"]
    if before:
        said = run_to(scene.text, scene.names, (persons or before)[-1], types)
        if _wins(scene, said[0]):
            return [n.entity for n in said], said
    return scene.subjects(verb.start(), types), []


def _stranger(scene: Scene, position: int) -> bool:
    """Whether a clause of winning begins with somebody who is neither named nor one of the college's own people."""
    start, end = scene.clause(position)
    verb = _regex("verb").search(scene.encoded, start, end)
    before = scene.encoded[start : verb.start()] if verb else ""
    left = _regex("nobody").sub("", before)
    named = re.search(PRINTED, before)
    if named:
        opening = next(n for n in scene.names if n.start == start + named.start())
        return opening.type in _rules()["outsiders"] and len(left) == opening.end - opening.start
    return bool(left) and not _regex("ours").search(left)


def _wins(scene: Scene, name: Named) -> bool:
    """Whether a name can be the winner, by the words around it."""
    if not scene.acts(name) or _regex("not_after").search(scene.text[: name.start]):
        return False
    return not _regex("not_before").match(scene.text[name.end :])
