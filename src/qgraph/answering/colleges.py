"""Short names of colleges and of what is called by their names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from qgraph.ontology import read_patterns
from qgraph.text import in_order
from qgraph.words import pieces, word_class

_PLACE = "ns"
_SHORT = 2  # characters of a short name that may stand in other words


def in_full(text: str, colleges: Sequence[str]) -> str:
    """The question with these colleges, whose reports are read, named in full where a short name (虚构学院) fits only
    one of them."""
    rules = read_patterns("asking")["compound"]
    full = text
    for match in re.finditer(rules["shortened"], text) if len(colleges) > 1 else ():
        for name in (match[0][start:] for start in range(len(match[0]) - 3)):
            meant = [college for college in colleges if in_order(name, college)]
            if len(re.sub(rules["generic"], "", name)) > 1 and len(meant) == 1 and meant[0] not in full:
                full = full.replace(name, meant[0])
                break
    return full


class Abbreviations:
    """Colleges that the reports name, and what is called by their names (东哈鲁班工坊), found by what people call them
    for short: 天大 is 天津大学 and not 天津商业大学, for every word of a name leaves a trace in its abbreviation, but
    for the place before the others and for those that all such names share (职业, 技术)."""

    def __init__(self, names: Sequence[str]) -> None:
        kind = read_patterns("asking")["names"]["kind"]
        self._patterns = {n: re.compile(_abbreviated(n)) for n in dict.fromkeys(names) if re.search(kind, n)}

    def in_full(self, text: str) -> str:
        """The question with the full name for each short one that fits one college only. Where a full name stands in
        the question, nothing in it is a short one."""
        held = [m.span() for name in self._patterns for m in re.finditer(re.escape(name), text)]
        meant: dict[tuple[int, int], set[str]] = defaultdict(set)
        for name, pattern in self._patterns.items():
            for match in pattern.finditer(text):
                inside = any(a <= match.start() and match.end() <= b for a, b in held)
                if not inside and _alone(text, *match.span()):
                    meant[match.span()].add(name)
        for (start, end), names in sorted(meant.items(), reverse=True):
            wider = any(a <= start and end <= b and (a, b) != (start, end) for a, b in meant)
            if len(names) == 1 and not wider:
                text = text[:start] + names.pop() + text[end:]
        return text


def _abbreviated(name: str) -> str:
    """A pattern of what may stand for a name."""
    rules = read_patterns("asking")["names"]
    parts = [p for chunk in re.split(f"({rules['shared']}|{rules['kind']})", name) if chunk for p in pieces(chunk)]
    tail = max((at + 1 for at, p in enumerate(parts[:-1]) if re.fullmatch(rules["kind"], p)), default=len(parts))
    own = [p for p in parts[:tail] if not re.fullmatch(f"{rules['shared']}|{rules['kind']}", p)]
    placed = own[:1] == parts[:1] and word_class(parts[0]) == _PLACE
    telling = len(own) > placed  # more than the place tells this college from others
    pattern = ""
    for at, part in enumerate(parts[:tail]):
        if re.fullmatch(rules["kind"], part):
            # what belongs to a college is called by its name without the kind (东哈鲁班工坊)
            pattern += f"(?:{part}|{part[0] if part == rules['first'] else part[-1]}){'?' if tail < len(parts) else ''}"
            continue
        begins = "|".join(re.escape(part[:size]) for size in range(len(part), 0, -1))
        optional = telling and (re.fullmatch(rules["shared"], part) or (at == 0 and placed))
        pattern += f"(?:{begins}){'?' if optional else ''}"
    return pattern + re.escape("".join(parts[tail:]))


def _alone(text: str, start: int, end: int) -> bool:
    """Whether what stands there can be a name of its own, and not the end of another one (河北工业大学)."""
    rules = read_patterns("asking")["names"]
    opens = re.search(rules["opens"], text[:start]) is not None
    return opens and (end - start > _SHORT or re.match(rules["closes"], text[end:]) is not None)
