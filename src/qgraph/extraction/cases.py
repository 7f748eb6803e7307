"""What each case is about: the entities it names, its themes, its figures."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache

from qgraph.ontology import read_lexicon, split_aliases
from qgraph.records import Case, CaseProfile, Document, Entity, Observation

_MOST_THEMES = 4
_TITLE_WEIGHT = 4
_LEAST_SCORE = 3


@lru_cache(maxsize=1)
def _themes() -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((row["theme"], split_aliases(row["words"])) for row in read_lexicon("themes"))


def profile_cases(
    document: Document, entities: Sequence[Entity], observations: Sequence[Observation]
) -> tuple[CaseProfile, ...]:
    """A profile for every case: entities by first mention, themes by weight, observations in reading order."""
    mentions = sorted((m.evidence.start, e.id) for e in entities for m in e.mentions)
    starts = [start for start, _ in mentions]
    return tuple(
        CaseProfile(
            case.id,
            tuple(
                dict.fromkeys(i for _, i in mentions[bisect_left(starts, case.start) : bisect_left(starts, case.end)])
            ),
            themes_of(document, case),
            tuple(o.id for o in observations if case.start <= o.evidence.start < case.end),
        )
        for case in document.cases
    )


def themes_of(document: Document, case: Case) -> tuple[str, ...]:
    """Themes whose words the case uses, the strongest first; where none is strong, the best one. Words of its title
    count fourfold, those of the sections around it once."""
    scores = {}
    headings = _headings(document, case)
    for theme, words in _themes():
        score = sum(min(case.text.count(w), 3) + _TITLE_WEIGHT * (w in case.title) + (w in headings) for w in words)
        if score:
            scores[theme] = score
    strong = {theme: score for theme, score in scores.items() if score >= _LEAST_SCORE}
    scores = strong or {t: scores[t] for t in sorted(scores, key=lambda t: (-scores[t], t))[:1]}
    return tuple(sorted(scores, key=lambda t: (-scores[t], t))[:_MOST_THEMES])


def _headings(document: Document, case: Case) -> str:
    titles = []
    current: str | None = case.section
    while current is not None:
        section = document.section_by_id[current]
        titles.append(section.title)
        current = section.parent
    return " ".join(titles)
