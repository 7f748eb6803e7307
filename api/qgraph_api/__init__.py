"""The HTTP door: the JSON API, the SPARQL endpoint and the web pages."""

from qgraph_api.app import create_app

__all__ = ["create_app"]
