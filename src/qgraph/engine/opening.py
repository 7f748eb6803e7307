"""An index that is open: opened, warmed up, closed."""

from __future__ import annotations

import logging
import threading
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from qgraph.answering import Answerer
from qgraph.citations import cite
from qgraph.config import Settings
from qgraph.errors import IndexFolderError, QgraphError, QueryError
from qgraph.graph import GraphStore
from qgraph.knowledge import Knowledge
from qgraph.manifest import MANIFEST, read_manifest, shared
from qgraph.records import Citation
from qgraph.search import Retriever, load_encoder
from qgraph.words import words

log = logging.getLogger(__name__)

_MAX_QUESTION = 500


class OpenIndex:
    """The parts of an open index, which the rest of the engine works with."""

    def __init__(
        self,
        index: Path,
        settings: Settings,
        store: GraphStore,
        knowledge: Knowledge,
        retriever: Retriever,
        held: IO[str],
    ) -> None:
        self.index = index
        self.settings = settings
        self.store = store
        self.knowledge = knowledge
        self.retriever = retriever
        self.answerer = Answerer(knowledge, retriever)
        self._lock = threading.Lock()
        self._held = held

    @classmethod
    def open(cls, index: Path, settings: Settings) -> Self:
        """Opens an index for reading. Raises IndexFolderError when there is none or it is unfinished."""
        manifest = read_manifest(index)
        if not manifest:
            raise IndexFolderError(f"“{index}”里没有索引，请先运行 qgraph build。", log=f"no {MANIFEST} in {index}")
        if not manifest.get("complete"):
            raise IndexFolderError(
                f"索引“{index}”没有建完，请再运行一次 qgraph build。", log=f"unfinished index {index}"
            )
        if manifest.get("encoder") != settings.encoder:
            raise IndexFolderError(
                "索引是用另一个编码模型建的，请再运行一次 qgraph build。",
                log="encoder differs from the index's",
            )
        held = shared(index)
        store = GraphStore(index / "graph", read_only=True)
        knowledge = Knowledge(store.read_report(report) for report in store.report_ids())
        retriever = Retriever.open(index / "search", load_encoder(settings))
        return cls(index, settings, store, knowledge, retriever, held)

    def warm_up(self) -> None:
        """Loads what the first question would wait for. A failure is logged; the question itself will tell of it."""
        try:
            self.retriever.encoder.warm_up()
            words("学校")
        except QgraphError as error:
            log.warning("warming up: %s", error.log)

    def close(self) -> None:
        """Releases the index, so that it can be built again."""
        self.store.close()
        self._held.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _cite(self, report: str, sentence: str, number: int) -> Citation:
        """The citation of a sentence, numbered."""
        return cite(self.knowledge, report, sentence, number)


def checked(text: str, what: str) -> str:
    text = text.strip()
    if not text:
        raise QueryError(f"{what}是空的。", log="empty request")
    if len(text) > _MAX_QUESTION:
        raise QueryError(f"{what}太长（最多 {_MAX_QUESTION} 字）。", log="request too long")
    return text
