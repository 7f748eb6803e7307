"""Prizes and honours in sentences: who won what, at which level and grade, how many, in which year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from qgraph.extraction.award_grades import Prize, complete, joined, read_grades, read_honour
from qgraph.extraction.award_words import level_beside, number, win_regex, win_rules
from qgraph.extraction.awards_contests import is_contest, read_contest, read_resumed
from qgraph.extraction.awards_winners import by_giver, find_winners, is_stranger
from qgraph.extraction.clauses import Scene
from qgraph.extraction.coordination import Named
from qgraph.extraction.name_patterns import compile_pattern
from qgraph.extraction.statements_rules import Raw
from qgraph.records import Entity


def read_wins(scene: Scene, by_id: Mapping[str, Entity]) -> Iterator[Raw]:
    """All prizes of a sentence: grades of competitions, then honours behind a word of winning, then counted ones."""
    contests = [i for i, n in enumerate(scene.names) if is_contest(scene, n)]
    for i in contests:
        yield from read_contest(scene, i)
    if not contests:
        yield from read_resumed(scene, by_id)
    done: set[int] = set()
    for verb in win_regex("verb").finditer(scene.encoded):
        yield from _honours(scene, verb, done)
    for counted in compile_pattern(win_rules()["listed"]).regex.finditer(scene.encoded):
        if counted.end() not in done and not win_regex("not_listed").search(scene.text[: counted.end()]):
            yield from _honours(scene, counted, done, [entity for entity, _ in scene.base])


def _honours(scene: Scene, verb: re.Match[str], done: set[int], understood: Sequence[str] = ()) -> Iterator[Raw]:
    """Awards behind a word of winning, as far as they are one enumeration; adds their places to `done`.

    `understood` are the winners where the clause has no such word and names nobody.
    """
    prizes = _awards(scene, verb, done)
    if not prizes or is_stranger(scene, verb.start()) or _given(scene, verb):
        return
    winners, said = find_winners(scene, verb)
    if understood and not said:
        winners = list(understood)
    clause = scene.clause(verb.start())[0]
    before = scene.text[clause : verb.start()]
    counted = win_regex("counted").search(before)
    told = any("count" in p.qualifiers for p in prizes)
    if counted and not told and all(w.type in win_rules()["bodies"] for w in said):
        of_all = number(counted["count"])
        if len(prizes) == 1:
            prizes[0].qualifiers["count"] = of_all
        elif of_all == str(len(prizes)) and win_regex("respectively").search(before + verb[0]):
            for prize in prizes:
                prize.qualifiers["count"] = "1"
    pairs = [(w, p) for w in winners for p in prizes]
    if len(winners) == len(prizes) > 1 and win_regex("respectively").search(before):
        pairs = list(zip(winners, prizes, strict=True))
    start = min([verb.start(), *(n.start for n in said)])
    for winner, prize in pairs:
        elided = not said or any(n.stands_for for n in said)
        weak = not said and by_giver(scene, verb.start())
        yield Raw(winner, "wins", prize.entity, start, prize.end, dict(prize.qualifiers), elided=elided, weak=weak)


def _given(scene: Scene, verb: re.Match[str]) -> bool:
    """Whether the clause tells who gives (甲集团授予学校): the rules of statements read that."""
    if not win_regex("gives").fullmatch(verb[0]):
        return False
    start, _ = scene.clause(verb.start())
    named = [n for n in scene.names if start <= n.start and n.end <= verb.start()]
    return bool(named) and not win_regex("given_to").search(scene.text, start, verb.start())


def _awards(scene: Scene, verb: re.Match[str], done: set[int]) -> list[Prize]:
    prizes: list[Prize] = []
    position = verb.end()
    far = "。" if not win_regex("near").fullmatch(verb[0]) else "。，；："
    for name in scene.names:
        if name.start < position:
            continue
        gap = scene.encoded[position : name.start]
        if "。" in gap or (not prizes and (len(gap) > win_rules()["reach"] or any(mark in gap for mark in far))):
            break
        if prizes and ((win_regex("verb").search(gap) and "；" not in gap) or not joined(gap)):
            break
        if name.type != "Award":
            if name.type in ("Region", "Country", "GovernmentBody", "Association"):
                continue
            break
        if _title(scene, name):
            position = name.end
            continue
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


def _title(scene: Scene, award: Named) -> bool:
    """Whether an award is only the title of the person whose name follows at once."""
    person = next((n for n in scene.names if n.start >= award.end), None)
    if person is None or person.type != "Person":
        return False
    return bool(win_regex("title_of").fullmatch(scene.text[award.end : person.start]))


def _next_name(scene: Scene, position: int) -> int:
    return next((n.start for n in scene.names if n.start >= position), len(scene.text))
