"""Question → Answer, with numbered sources, or a refusal."""

from qgraph.answering.answerer import Answerer, Context

__all__ = ["Answerer", "Context"]
