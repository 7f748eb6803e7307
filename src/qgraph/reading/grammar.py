"""What each logical line of a report is: heading, case title, caption, source line or text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qgraph.ontology import read_patterns
from qgraph.reading.lines import Block, Line
from qgraph.reading.numbering import number_headings


def opening_kind(line: Line) -> str:
    """What a line could be the beginning of: heading, item (a number that lists also use), case, figure,
    table, source, or "" for none."""
    if line.kind in ("heading", "row"):
        return line.kind if line.kind == "heading" else ""
    patterns = read_patterns("layout")
    text = line.text
    if any(re.match(p, text) for p in patterns["case"]["patterns"]):
        return "case"
    for kind in ("figure", "table", "source"):
        if re.match(patterns["caption"][kind], text):
            return kind
    if any(re.match(patterns["unnumbered"][key], text) for key in ("outer", "inner", "annex")):
        return "heading"
    for entry in patterns["heading"]:
        number = _number(entry["pattern"], text)
        if number:
            listed = entry["list"] and not re.search(r"[.．]", number)
            return "item" if listed else "heading"
    return ""


def _number(pattern: str, text: str) -> str:
    """The number with which a heading begins; "" if there is none or it counts ("2门课程", "1.5 年")."""
    match = re.match(pattern, text)
    if not match:
        return ""
    number = match["number"]
    between = text[match.end("number") : match.start("title")]
    parts = len(re.findall(r"\d+", number))
    if number[-1].isdigit() and not between.strip(" 　") and parts <= 2:
        rules = read_patterns("layout")["heading_title"]
        counted = re.match(rules["counted" if parts == 1 else "counted_decimal"], match["title"])
        if counted or not (between or parts == 2):
            return ""
    return number


def classify(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with their kinds, numbers and titles; levels and paths come from outline.name_paths."""
    marked = [_classify_alone(block) for block in blocks]
    numbered = number_headings(marked)
    out: list[Block] = []
    for i, block in enumerate(marked):
        style = block.level if block.kind == "marked" else 0
        if i in numbered:
            c = numbered[i]
            block = replace(
                block, kind="heading", number=c.number, title=c.title, family=c.family, values=c.values, level=style
            )
        elif block.kind == "marked":
            block = replace(block, kind="heading", title=block.text, family="marked", level=style)
        out.append(block)
    return _plain_headings(out) if all(b.family in ("", "outer", "inner") for b in out) else out


def _plain_headings(blocks: Sequence[Block]) -> list[Block]:
    """In a report whose headings have neither numbers nor styles: short lines between paragraphs."""
    plain = re.compile(read_patterns("layout")["unnumbered"]["plain"])
    out = list(blocks)
    for i, block in enumerate(blocks[:-1]):
        below, above = blocks[i + 1], blocks[i - 1] if i else None
        if (
            block.kind == "text"
            and plain.match(block.text)
            and len(block.lines) == 1
            and below.kind == "text"
            and re.search("[，。]", below.text)
            and (above is not None and (above.kind != "text" or re.search(r"[。！？”]$", above.text)))
        ):
            out[i] = replace(block, kind="heading", title=block.text, family="plain")
    return out


def _classify_alone(block: Block) -> Block:
    """What a block is by its own words: anything but a numbered heading."""
    patterns = read_patterns("layout")
    if block.grid:
        return replace(block, kind="grid")
    if block.lines[0].kind == "row":
        return block
    text = block.text
    case = _case_title(text, patterns["case"])
    if case:
        return replace(block, kind="case", number=case[0], title=case[1])
    if re.match(patterns["case"]["close"], text):
        return replace(block, kind="close")
    for kind in ("figure", "table"):
        match = is_caption(text, kind)
        if match:
            return replace(block, kind=kind, number=match["number"].strip(), title=match["caption"].strip())
    if re.match(patterns["caption"]["source"], text) and len(text) <= patterns["caption"]["longest"]:
        return replace(block, kind="source")
    rules = patterns["unnumbered"]
    if re.match(rules["outer"], text):
        return replace(block, kind="heading", title=text, family="outer")
    match = re.match(rules["annex"], text)
    if match and len(text) <= patterns["heading_title"]["longest"] and "。" not in text:
        number = re.sub(r"\s", "", match["bare"] or match["number"])
        title = (match["title"] or text).strip()
        return replace(block, kind="heading", number=number, title=title, family="outer")
    if re.match(rules["inner"], text):
        return replace(block, kind="heading", title=text, family="inner", level=block.lines[0].level)
    if block.lines[0].kind == "heading":
        return replace(block, kind="marked", level=block.lines[0].level)
    return block


def is_caption(text: str, kind: str) -> re.Match[str] | None:
    """The number and the words of a line that is the caption of a figure or table; None for others."""
    rules = read_patterns("layout")["caption"]
    match = re.match(rules[kind], text)
    return match if match and len(text) <= rules["longest"] and not re.search(rules["not_caption"], text) else None


def _case_title(text: str, rules: dict[str, str | int | list[str]]) -> tuple[str, str] | None:
    """Number and title of a case, or None. A case without a number is cited by its title."""
    if len(text) > int(str(rules["longest"])):
        return None
    for pattern in rules["patterns"] if isinstance(rules["patterns"], list) else ():
        match = re.match(pattern, text)
        if not match:
            continue
        title = match["title"].strip()
        if not title or re.search(str(rules["not_title"]), title):
            return None
        number = match.groupdict().get("number") or f"案例“{title}”"
        return number.strip(), title
    return None
