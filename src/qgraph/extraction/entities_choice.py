"""Which of overlapping candidates stay."""

from __future__ import annotations

from collections.abc import Iterable

from qgraph.extraction.candidates import Candidate

# Of candidates for the same stretch with the same rank, the type that stands first here stays.
_ORDER = (
    "Document", "Course", "IndustryCollege", "Consortium", "Association", "Media", "GovernmentBody", "Award",
    "Competition", "Team", "Enterprise", "Department", "College", "Base", "Major", "Project", "Region", "Country",
    "Person", "",
)  # fmt: skip
_PRIORITY = {type_: len(_ORDER) - n for n, type_ in enumerate(_ORDER)}
# A candidate of these types inside a longer one of another is named by the text too (天津职业大学汽车工程学院).
_KEPT_INSIDE = frozenset((("College", "Department"), ("College", "College"), ("Media", "Media")))
_RANK_OVER_LENGTH = 3


def choose(candidates: Iterable[Candidate]) -> list[Candidate]:
    """The candidates that do not overlap a better one, in reading order.

    A longer one wins over what lies inside it unless that ranks far higher; where two cross, the rank
    decides, then the length, then the earlier.
    """
    ordered = sorted(
        dict.fromkeys(candidates),
        key=lambda c: (c.end - c.start + _RANK_OVER_LENGTH * c.rank, c.rank, _PRIORITY[c.type], -c.start, c.name),
        reverse=True,
    )
    kept: list[Candidate] = []
    for c in ordered:
        clash = next((k for k in kept if c.start < k.end and k.start < c.end), None)
        if clash is None or _stays_inside(c, clash):
            kept.append(c)
    return sorted(kept, key=lambda c: (c.start, -c.end))


def _stays_inside(inner: Candidate, outer: Candidate) -> bool:
    if not (outer.start <= inner.start and inner.end <= outer.end) or inner.end - inner.start == outer.end - outer.start:
        return False
    return (inner.type, outer.type) in _KEPT_INSIDE and inner.start == outer.start and inner.source == "lexicon"
