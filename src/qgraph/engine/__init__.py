"""The read side: opens an index and answers. Every door (command line, API, page) goes through `Engine`."""

from qgraph.engine.asking import AskEvent, Asking, AskStream
from qgraph.engine.deciding import Deciding
from qgraph.engine.looking import Looking
from qgraph.engine.staff import EXPLAINED, FEEDBACK, Staff

__all__ = ["EXPLAINED", "FEEDBACK", "AskEvent", "AskStream", "Engine"]


class Engine(Asking, Looking, Staff, Deciding):
    """An open index. Safe to use from several threads; close it (or use `with`) to release the index."""
