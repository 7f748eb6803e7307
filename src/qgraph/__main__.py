"""`python -m qgraph` is the command line."""

from qgraph.cli import main

main()
