"""The command line: each command is a library call with a face. Only here does qgraph print."""

from qgraph.cli.main import app, main

__all__ = ["app", "main"]
