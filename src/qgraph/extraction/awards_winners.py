"""Who wins: the names before a word of winning, or who governs its clause, but no stranger."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qgraph.extraction.award_words import win_regex, win_rules
from qgraph.extraction.clause_openings import clause_regex
from qgraph.extraction.clauses import Scene
from qgraph.extraction.coordination import Named, run_joined
from qgraph.extraction.name_patterns import PRINTED


def find_winners(scene: Scene, verb: re.Match[str]) -> tuple[list[str], list[Named]]:
    """Ids of the winners, and their names if they are said in the clause: a person before all others."""
    start, _ = scene.clause(verb.start())
    types = win_rules()["subjects"]
    before = [
        i
        for i, n in enumerate(scene.names)
        if start <= n.start and n.end <= verb.start() and n.type in types and can_win(scene, n)
    ]
    before = [i for i in before if not _only_tells_whose(scene, before, i)]
    works = find_works(scene, verb.start())
    if works:
        return [n.entity for n in works], works
    persons = [i for i in before if scene.names[i].type == "Person"]
    if before:
        said = run_joined(scene.text, scene.names, (persons or before)[-1], types)
        if can_win(scene, said[0]):
            return [n.entity for n in said], said
    return scene.subjects(verb.start(), types), []


def _only_tells_whose(scene: Scene, before: Sequence[int], i: int) -> bool:
    """Whether a name only tells who leads or made the one behind it, which wins (王某领衔的甲团队)."""
    later = (scene.names[k] for k in before if k > i)
    whose = clause_regex("whose")
    return any(whose.fullmatch(scene.text, scene.names[i].end, n.start) for n in later)


def is_stranger(scene: Scene, position: int) -> bool:
    """Whether a clause of winning begins with somebody who is neither named nor one of the college's own people."""
    start, end = scene.clause(position)
    verb = win_regex("verb").search(scene.encoded, start, end)
    before = scene.encoded[start : verb.start()] if verb else ""
    left = win_regex("nobody").sub("", before)
    named = re.search(PRINTED, before)
    if named:
        if win_regex("given_by").search(before[: named.start()]):
            return False  # 被甲厅授予: who governs wins
        opening = next(n for n in scene.names if n.start == start + named.start())
        return opening.type in win_rules()["outsiders"] and len(left) == opening.end - opening.start
    return bool(left) and not win_regex("ours").search(left)


def by_giver(scene: Scene, position: int) -> bool:
    """Whether a clause of winning names nobody but who gives (被甲厅授予), so that another may be meant to win."""
    start, _ = scene.clause(position)
    named = re.search(PRINTED, scene.encoded[start:position])
    return named is not None and bool(win_regex("given_by").search(scene.encoded[start : start + named.start()]))


def can_win(scene: Scene, name: Named) -> bool:
    """Whether a name can be the winner, by the words around it."""
    if not scene.acts(name) or win_regex("not_after").search(scene.text[: name.start]):
        return False
    return not win_regex("not_before").match(scene.text[name.end :])


def find_works(scene: Scene, position: int) -> list[Named]:
    """Textbooks, courses, projects … that stand in the same clause right before the word of winning."""
    start, _ = scene.clause(position)
    types = win_rules()["works"]
    before = [i for i, n in enumerate(scene.names) if start <= n.start and n.end <= position and n.type in types]
    if not before or not win_regex("work").fullmatch(scene.text[scene.names[before[-1]].end : position]):
        return []
    said = run_joined(scene.text, scene.names, before[-1], types)
    return list(said) if can_win(scene, said[0]) else []
