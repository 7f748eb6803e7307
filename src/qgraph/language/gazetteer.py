"""Names of the lexicons found in running text: longest match over characters.

Width, case, spaces between letters, and quotation marks do not matter ("“双高”计划" finds 双高计划); offsets are
those of the text as it stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from spacy.language import Language
from spacy.tokens import Doc

from qgraph.language.spans import NameSpan, add_spans
from qgraph.ontology import read_lexicon, split_aliases
from qgraph.text import nfkc

Doc.set_extension("rare", default=(), force=True)

_QUOTES = "“”‘’\"'「」『』"
_SKIPPED = frozenset(_QUOTES + " \u3000")


@dataclass(frozen=True, slots=True)
class Entry:
    """A name of a lexicon: the type it shows, the canonical name, and whether it counts only in context."""

    label: str
    name: str
    weak: bool = False


def _char(c: str) -> str:
    folded = nfkc(c).lower()
    return folded if len(folded) == 1 else c


class Trie:
    """Names by character, for longest match."""

    def __init__(self) -> None:
        self._root: dict[str, object] = {}

    def add(self, name: str, entry: Entry) -> None:
        """Adds a name; of equal names the one added first stays."""
        node = self._root
        for c in name:
            if c in _SKIPPED:
                continue
            node = node.setdefault(_char(c), {})  # type: ignore[assignment]
        node.setdefault("", entry)

    def longest(self, text: str, start: int) -> tuple[int, Entry] | None:
        """End and entry of the longest name that begins at `start`."""
        node = self._root
        best: tuple[int, Entry] | None = None
        i = start
        while i < len(text):
            c = _char(text[i])
            if c not in node:
                if i > start and text[i] in _SKIPPED:
                    i += 1
                    continue
                break
            node = node[c]  # type: ignore[assignment]
            i += 1
            entry = node.get("")
            if isinstance(entry, Entry):
                best = (i, entry)
        return best


def _add_all(trie: Trie, label: str, lexicon: str, columns: Iterable[str], weak: str = "") -> None:
    for row in read_lexicon(lexicon):
        kind = row.get("type") or label
        if not kind:
            continue
        for column in columns:
            for alias in split_aliases(row[column]):
                if len(alias) > 1:
                    trie.add(alias, Entry(kind, row["name"]))
        for alias in split_aliases(row[weak]) if weak else ():
            trie.add(alias, Entry(kind, row["name"], weak=True))


@lru_cache(maxsize=1)
def field_trie() -> Trie:
    """All names of the lexicons that mean something wherever they stand."""
    trie = Trie()
    for row in read_lexicon("government"):
        if row["level"] == "national":
            for alias in (row["name"], *split_aliases(row["aliases"])):
                trie.add(alias, Entry(row["type"] or "GovernmentBody", row["name"]))
    _add_all(trie, "Country", "countries", ("name", "aliases"))
    _add_all(trie, "Region", "regions", ("name",))
    for row in read_lexicon("regions"):
        if row["short"] and (row["level"] != "county" or len(row["short"]) > 2):
            trie.add(row["short"], Entry("Region", row["name"]))
            if row["name"].endswith("自治州"):
                trie.add(row["short"] + "州", Entry("Region", row["name"]))
    _add_all(trie, "City", "world_cities", ("name", "aliases"))
    _add_all(trie, "RegionGroup", "region_groups", ("name", "aliases"))
    _add_all(trie, "RegionGroup", "world_regions", ("name", "aliases"))
    _add_all(trie, "College", "universities", ("name", "short"))
    _add_all(trie, "Media", "media", ("name", "aliases"))
    _add_all(trie, "Enterprise", "enterprises", ("name", "short"), weak="weak")
    _add_all(trie, "Department", "departments", ("name", "aliases"))
    _add_all(trie, "Person", "persons", ("name", "aliases"))
    _add_all(trie, "", "programmes", ("name", "aliases"))
    for row in read_lexicon("majors"):
        trie.add(row["name"], Entry("Major", row["name"], weak=True))
    return trie


def find_names(text: str) -> list[tuple[int, int, Entry]]:
    """Names of the lexicons in a text, longest first from left to right, not overlapping."""
    trie = field_trie()
    found = []
    i = 0
    while i < len(text):
        hit = trie.longest(text, i) if text[i] not in _SKIPPED else None
        if hit is None:
            i += 1
            continue
        end, entry = hit
        # A quotation that closes inside the name opens before it: “双高”计划.
        start = i - 1 if "”" in text[i:end] and "“" not in text[i:end] and text[i - 1 : i] == "“" else i
        # One that opens inside it closes behind it: 暑期“三下乡”.
        if text[end : end + 1] == "”" and text.count("“", start, end) > text.count("”", start, end):
            end += 1
        found.append((start, end, entry))
        i = end
    return found


_SURE_LENGTH = 5
# A division may end inside a word of the dictionary (浙江省人民政府).
_DIVISIONS = "省市区县"
# A word of two characters this frequent is not cut by a name that ends inside it (教学管理部|门).
_COMMON = 1000


class GazetteerComponent:
    """Adds the names of the lexicons to each Doc; weak ones carry the source "weak".

    A short name counts only where the segmentation has a word of its own begin and end with it (校办 is none in
    学校办学). `doc._.rare` receives the words that no dictionary has.
    """

    def __init__(self, frequencies: Mapping[str, int]) -> None:
        self._frequencies = frequencies

    def __call__(self, doc: Doc) -> Doc:
        text = doc.text
        words = [(token.idx, token.idx + len(token.text)) for token in doc]
        long = [(a, b) for a, b in words if b - a > 1]
        known = [(a, b) for a, b in long if self._frequencies.get(text[a:b])]
        doc._.rare = tuple((a, b) for a, b in long if not self._frequencies.get(text[a:b]) and _is_han(text[a:b]))
        starts, ends = {a for a, _ in words}, {b for _, b in words}
        singles = {a for a, b in words if b - a == 1}
        found = [
            NameSpan(start, end, entry.label, entry.name, "weak" if entry.weak else "lexicon")
            for start, end, entry in find_names(text)
            if not (end in singles and self._frequencies.get(text[end - 1 : end + 1], 0) > _COMMON)
            if (start in starts and (end in ends or (entry.label == "Region" and text[end - 1] in _DIVISIONS)))
            or (end - start >= _SURE_LENGTH and not any(a < e < b for e in (start, end) for a, b in known))
        ]
        add_spans(doc, "names", found)
        return doc


def _is_han(text: str) -> bool:
    return all("\u4e00" <= c <= "\u9fff" for c in text)


@Language.factory("gazetteer", assigns=["doc.spans", "doc._.rare"])
def make_gazetteer(nlp: Language, name: str) -> GazetteerComponent:
    """Factory of the component "gazetteer"."""
    return GazetteerComponent(nlp.tokenizer.jieba_seg.FREQ)
