"""Asks for every figure of an index by its own name: what is answered must be that figure.

    python bench/by_name.py --index index [--sure 0.9]

Of the figures that the extraction found, those with a plain name are asked for as "…是多少？", with the year where the
report tells it. Prints the questions that are answered with another figure at a confidence of `--sure` or more, and
how many are answered rightly, otherwise, and refused. Two figures may bear one name, so some of the former are right.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from qgraph.answering.numerals import shown
from qgraph.config import load_settings
from qgraph.engine import Engine
from qgraph.records import Observation


def asked(o: Observation) -> str:
    """The question for a figure."""
    cohort = o.period.kind == "cohort"
    year = o.period.label if cohort else f"{o.period.start[:4]}年" if o.period.stated and o.period.start else ""
    return f"{year}{o.indicator}是多少？"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--index", type=Path, default=Path("index"))
    parser.add_argument("--sure", type=float, default=0.9)
    given = parser.parse_args()
    right = other = refused = wrong = 0
    with Engine.open(given.index, load_settings()) as engine:
        figures = [o for o in engine.knowledge.observations.values() if "·" not in o.indicator and o.value]
        for o in (o for o in figures if not o.bound):
            answer = engine.ask(asked(o))
            if answer.refused:
                refused += 1
            elif answer.text == shown(o) or answer.disagreement:
                right += 1
            elif answer.confidence < given.sure:
                other += 1
            else:
                wrong += 1
                print(f"{asked(o)}  {shown(o)} → {answer.text}（{answer.confidence:.2f}）")
    total = right + other + refused + wrong
    print(f"{total} figures: right {right}, refused {refused}, another below {given.sure}: {other}, at least: {wrong}")


if __name__ == "__main__":
    main()
