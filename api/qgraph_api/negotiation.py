"""Which format a client wants, from its Accept header (RFC 9110) or a `format` word in the address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qgraph_api.failures import Refusal


def accepted(header: str) -> list[tuple[str, float]]:
    """Media ranges of an Accept header with their quality, best first; the order given breaks ties.

    Malformed qualities count as 1, as lenient servers do; ranges with quality 0 are kept, they exclude.
    """
    ranges: list[tuple[str, float]] = []
    for part in header.split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        if not name:
            continue
        quality = 1.0
        for parameter in parameters:
            key, _, value = parameter.partition("=")
            if key.strip().lower() == "q":
                try:
                    quality = min(1.0, max(0.0, float(value)))
                except ValueError:
                    quality = 1.0
        ranges.append((name.lower(), quality))
    return sorted(ranges, key=lambda r: -r[1])


def choose(header: str, offered: Sequence[str]) -> str | None:
    """The offered media type that the client likes best, or None. Without a header the first one.

    The most specific range decides on a type's quality; among equal qualities the client's order, then ours.
    """
    if not header.strip():
        return offered[0]
    ranges = accepted(header)
    best: tuple[float, int, int] | None = None
    chosen = None
    for place, media in enumerate(offered):
        fitting = [(_precision(name, media), q, n) for n, (name, q) in enumerate(ranges) if _precision(name, media)]
        if not fitting:
            continue
        _, quality, order = max(fitting, key=lambda f: (f[0], f[1], -f[2]))
        if quality == 0:
            continue
        rank = (-quality, order, place)
        if best is None or rank < best:
            best, chosen = rank, media
    return chosen


def choose_format(header: str, word: str, formats: Mapping[str, str]) -> tuple[str, str]:
    """The format word to answer in and its media type: `word` when given, else by the Accept header.

    `formats` leads from media types, ours first, to format words. Raises Refusal: 400 for an unknown word, 406
    when nothing offered is acceptable.
    """
    words: dict[str, str] = {}
    for name, known in formats.items():
        words.setdefault(known, name)
    if word:
        if word not in words:
            raise Refusal(400, f"没有“{word}”这种格式，这类结果可选：{'、'.join(words)}。")
        return word, words[word]
    media = choose(header, list(formats))
    if media is None:
        raise Refusal(406, f"无法以所要求的格式提供结果，可选：{'、'.join(formats)}。")
    return formats[media], media


def _precision(name: str, media: str) -> int:
    if name == media:
        return 3
    if name.endswith("/*") and media.startswith(name[:-1]) and name != "*/*":
        return 2
    return 1 if name in ("*/*", "*") else 0
