"""Title, college and year of a report, and its id."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Sequence

from qgraph.ontology import read_patterns
from qgraph.text import nfkc, parse_number


def report_id(year: int, college: str, title: str) -> str:
    """`r{year}-{8 hex}` of college and title."""
    return f"r{year}-{hashlib.sha256(f'{college}|{title}'.encode()).hexdigest()[:8]}"


def find_year(texts: Sequence[str]) -> int | None:
    """The report's year from the first text that names one (2024年度, (2024), 2023-2024学年, 二〇二四年)."""
    for text in texts:
        for pattern in read_patterns("layout")["identity"]["year"]:
            match = re.search(pattern, text)
            if not match:
                continue
            groups = match.groupdict()
            if groups.get("han"):
                digits = re.sub(r"\s", "", groups["han"]).replace("○", "〇").replace("О", "〇")
                value = parse_number(digits)
                if value is not None:
                    return int(value)
            if groups.get("year"):
                return int(groups["year"])
    return None


def most_named_year(text: str) -> int | None:
    """The year that a text names most often, the later one of two; None if it names none."""
    years = Counter(int(year) for year in re.findall(r"(20\d\d)\s*年", text))
    return max(years, key=lambda year: (years[year], year)) if years else None


def find_college(cover: Sequence[str], body: str, file_name: str) -> str:
    """The college that reports: named on the cover, for the record, in the file name, or most often in the text."""
    rules = read_patterns("layout")["identity"]
    declared = [match["name"] for match in re.finditer(rules["declared"], nfkc(body))]
    for text in [*cover, *declared, file_name]:
        match = re.search(rules["college"], re.sub(rules["left_words"], "", nfkc(text).replace(" ", "")))
        if match and not re.search(rules["not_college"], match[0]):
            return match[0]
    names = Counter(re.findall(rules["college_in_text"], body))
    return names.most_common(1)[0][0] if names else ""
