"""Routers by capability: each unpacks a request, calls one method of the engine and shapes what comes back."""
