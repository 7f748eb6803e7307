"""qgraph: knowledge graph and semantic search over annual quality reports of vocational colleges."""

__version__ = "0.1.0"
