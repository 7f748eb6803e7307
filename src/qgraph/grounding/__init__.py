"""Whether generated text is borne out by the sentences that it cites. What is not, is not shown."""

from qgraph.grounding.check import (
    Gap,
    GroundedSentence,
    Source,
    ground,
    ground_stream,
    marked_text,
    source_of,
    supported_text,
)

__all__ = [
    "Gap",
    "GroundedSentence",
    "Source",
    "ground",
    "ground_stream",
    "marked_text",
    "source_of",
    "supported_text",
]
