"""Example questions for the first page: usual questions of the field that these reports really answer."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING

from starlette.datastructures import State

from qgraph.errors import QgraphError
from qgraph.ontology import read_lexicon

if TYPE_CHECKING:
    from qgraph.engine import Engine

log = logging.getLogger(__name__)

_SHOWN = 6
_lock = threading.Lock()


def answerable(state: State, engine: Engine) -> list[str]:
    """The first questions of ontology/lexicon/example_questions.tsv that get an answer; found once, then kept."""
    with _lock:
        if not hasattr(state, "examples"):
            state.examples = _try_all(engine)
        kept: list[str] = state.examples
    return kept


def _try_all(engine: Engine) -> list[str]:
    found: list[str] = []
    for row in read_lexicon("example_questions"):
        if len(found) == _SHOWN:
            break
        try:
            if not engine.ask(row["question"]).refused:
                found.append(row["question"])
        except QgraphError as error:
            log.warning("example question: %s", error.log)
    return found
