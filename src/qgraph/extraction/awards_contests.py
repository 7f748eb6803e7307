"""Grades of competitions: who got which in what, also in a sentence that goes on about the contest before it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from qgraph.extraction.award_grades import complete, read_grades
from qgraph.extraction.award_words import level_beside, win_regex, win_rules
from qgraph.extraction.awards_winners import can_win, find_winners, find_works, is_stranger
from qgraph.extraction.clauses import Scene
from qgraph.extraction.coordination import Named, run_to
from qgraph.extraction.statements_rules import Raw
from qgraph.records import Entity
from qgraph.text import fold


def is_contest(scene: Scene, name: Named) -> bool:
    """Whether a name is what a grade may be won in: a competition, a prize that is competed for, such an event."""
    return name.type == "Competition" or _competed(scene, name) is not None


def _competed(scene: Scene, name: Named) -> re.Match[str] | None:
    """The words behind a prize or an event that tell of a contest in it (…奖评选中, …活动中获)."""
    behind = {"Award": "contest_behind", "Competition": "contest_behind", "Project": "event_behind"}.get(name.type)
    return win_regex(behind).match(scene.text, name.end) if behind else None


def read_contest(scene: Scene, i: int) -> Iterator[Raw]:
    """Grades behind the name of a competition. Behind several competitions a grade belongs to none for sure."""
    name = scene.names[i]
    if win_regex("several").match(scene.text, name.end) or _one_of_several(scene, i):
        return
    following = [n.start for n in scene.names[i + 1 :] if n.type == "Competition"]
    behind = _competed(scene, name)
    start, end = behind.end() if behind else name.end, following[0] if following else len(scene.text)
    prizes = read_grades(scene, name.entity, start, end, name.start)
    text = scene.wording(name)
    if not prizes or is_stranger(scene, prizes[0].end - 1):
        return
    winners = _later_winners(scene, name.end, prizes[0].end - 1) or _contestants(scene, i)
    each = len(winners) == len(prizes) > 1 and win_regex("respectively").search(scene.text, 0, prizes[0].end)
    for k, prize in enumerate(prizes):
        complete(prize, text, scene.text[: name.start])
        # 甲获金牌，乙获铜牌: a later clause may name another winner, and what follows is his
        if k and scene.clause(prize.end - 1) != scene.clause(prizes[k - 1].end - 1):
            winners = _later_winners(scene, prizes[k - 1].end, prize.end - 1) or winners
        for subject in winners[k : k + 1] if each else winners:
            yield Raw(subject, "wins", prize.entity, prize.start, prize.end, prize.qualifiers)


def _later_winners(scene: Scene, named: int, graded: int) -> list[str]:
    """Those who are said to win in a later clause than the one that names the contest."""
    clause = scene.clause(graded)
    verb = win_regex("verb").search(scene.encoded, *clause)
    if clause[0] < named or verb is None:
        return []
    return [n.entity for n in find_winners(scene, verb)[1]]


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
        if n.start >= start and n.type in ("Person", "Team") and can_win(scene, n)
    ]
    if people:
        return [n.entity for n in _together(scene, people)]
    works = find_works(scene, name.start)
    return [n.entity for n in works] or scene.subjects(name.start, win_rules()["subjects"])


def _together(scene: Scene, people: Sequence[int]) -> list[Named]:
    """The last of these persons and teams with those who are joined to them (他与队友甲、乙)."""
    said = run_to(scene.text, scene.names, people[-1], {"Person", "Team"})
    first = scene.names.index(said[0])
    if first - 1 in people and scene.names[first - 1].type == said[0].type:
        gap = scene.text[scene.names[first - 1].end : said[0].start]
        said = [scene.names[first - 1], *said] if win_regex("companions").fullmatch(gap) else said
    return said


def read_resumed(scene: Scene, by_id: Mapping[str, Entity]) -> Iterator[Raw]:
    """Grades in a sentence that goes on about the competition of the one before it."""
    match = win_regex("resumed").search(scene.encoded)
    verb = win_regex("verb").search(scene.encoded)
    earlier = scene.recent(("Competition",), 0)
    if match is None or verb is None or earlier is None:
        return
    contest = _whole(by_id[earlier.entity], by_id)
    level = level_beside(scene.text[scene.clause(verb.start())[0] : verb.start()])
    for prize in read_grades(scene, contest.id, verb.end(), len(scene.text), verb.start(), level):
        complete(prize, contest.name, "")
        for subject in scene.subjects(verb.start(), win_rules()["subjects"]):
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
