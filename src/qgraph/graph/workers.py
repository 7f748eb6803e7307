"""The few worker processes that evaluate queries, with a bound on time."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path

from qgraph.errors import IndexFolderError, QueryError
from qgraph.graph.results import Failure, QueryResult

log = logging.getLogger(__name__)

_WORKERS = 2
_START_SECONDS = 60.0
_MEMORY = 2 << 30


class _Worker:
    """One process and our end of its socket."""

    def __init__(self, store: Path, memory: int) -> None:
        self.connection: Connection
        self.connection, theirs = Pipe()
        arguments = [str(store), str(theirs.fileno()), str(memory)]
        command = [sys.executable, "-m", "qgraph.graph.worker", *arguments]
        self.process = subprocess.Popen(
            command,
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C is for the server, which ends its workers itself
        )
        theirs.close()

    def ready(self) -> bool:
        """Waits until the store is open."""
        try:
            return self.connection.poll(_START_SECONDS) and bool(self.connection.recv())
        except (EOFError, OSError):
            return False

    def ask(self, query: str, limit: int, seconds: float) -> QueryResult | Failure | None:
        """The answer, or None when the time is up. Raises EOFError when the process died."""
        self.connection.send((query, limit))
        if not self.connection.poll(max(0.0, seconds)):
            return None
        answer: QueryResult | Failure = self.connection.recv()
        return answer

    def end(self) -> None:
        """Ends the process at once."""
        self.process.kill()
        self.connection.close()
        self.process.wait()


class Workers:
    """Hands queries to idle workers; starts them when first needed, and anew after the store has changed."""

    def __init__(self, store: Path, *, memory: int = _MEMORY) -> None:
        """`memory` in bytes is what one worker may take."""
        self._store = store
        self._memory = memory
        self._idle: list[_Worker] = []
        self._places = threading.Semaphore(_WORKERS)
        self._lock = threading.Lock()
        self._generation = 0

    def run(self, query: str, *, timeout: float, limit: int) -> QueryResult | Failure:
        """Evaluates a query. Raises QueryError when the time (in seconds) or the memory is used up, or no
        worker is free in time; IndexFolderError when the store cannot be opened."""
        deadline = time.monotonic() + timeout
        if not self._places.acquire(timeout=timeout):
            raise QueryError("正在运行的查询太多，请稍后再试。", log="no SPARQL worker free")
        try:
            worker, generation = self._take()
            deadline = max(deadline, time.monotonic() + timeout)
            answer = self._ask(worker, query, limit, deadline - time.monotonic())
            if answer is None:
                raise QueryError(
                    f"查询超过了 {timeout:g} 秒的时限，请缩小范围。", log=f"SPARQL timeout after {timeout} s"
                )
            self._give_back(worker, generation)
            return answer
        finally:
            self._places.release()

    def _ask(self, worker: _Worker, query: str, limit: int, seconds: float) -> QueryResult | Failure | None:
        answer = None
        try:
            answer = worker.ask(query, limit, seconds)
        except (EOFError, OSError) as error:
            raise QueryError("查询占用的内存太多，请缩小范围。", log=f"SPARQL worker died: {error}") from error
        finally:
            if answer is None:
                worker.end()
        return answer

    def _take(self) -> tuple[_Worker, int]:
        with self._lock:
            if self._idle:
                return self._idle.pop(), self._generation
            for _ in range(2):  # a compaction in the background may take files away while they are opened
                worker = _Worker(self._store, self._memory)
                if worker.ready():
                    return worker, self._generation
                worker.end()
        raise IndexFolderError("图谱打不开，请重新运行 qgraph build。", log=f"worker cannot open {self._store}")

    def _give_back(self, worker: _Worker, generation: int) -> None:
        with self._lock:
            if generation == self._generation:
                self._idle.append(worker)
                return
        worker.end()

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Around a change of the store: no worker opens it meanwhile, and those that hold the old state end."""
        with self._lock:
            try:
                yield
            finally:
                self._generation += 1
                while self._idle:
                    self._idle.pop().end()

    def close(self) -> None:
        """Ends all idle workers."""
        with self.changing():
            log.debug("SPARQL workers closed")
