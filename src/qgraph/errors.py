"""Every failure that qgraph raises on purpose.

    QgraphError
    ├── ReportError        a report file that cannot be read
    ├── CorpusError        a corpus folder that is missing or holds no report
    ├── IndexFolderError        an index that is missing, stale or broken
    ├── OntologyError      a file in ontology/ that is malformed
    ├── QueryError         a SPARQL or search request that is malformed or not allowed
    ├── NotFoundError      a named thing that does not exist
    ├── DecisionError      a staff decision that cannot be applied
    ├── ModelError         an encoder or language model that cannot be loaded or reached
    └── SettingsError      a setting that is unknown or malformed

The message is plain Chinese for the person at the screen; `log` is the English line for the log.
`status` is the HTTP status and `exit_code` the exit status of the command line.
"""

from __future__ import annotations


class QgraphError(Exception):
    """Root of the tree: `message` in Chinese for people, `log` in English for the log."""

    status = 500
    exit_code = 1

    def __init__(self, message: str, *, log: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.log = log or type(self).__name__


class ReportError(QgraphError):
    """A report file that cannot be read: wrong format, empty, encrypted, or no text in it."""

    status = 422
    exit_code = 3


class CorpusError(QgraphError):
    """A corpus folder that is missing or holds no report."""

    status = 422
    exit_code = 3


class IndexFolderError(QgraphError):
    """An index folder that is missing, made by another version, or damaged."""

    status = 503
    exit_code = 4


class OntologyError(QgraphError):
    """A data file in ontology/ that is missing or malformed."""

    status = 500
    exit_code = 5


class QueryError(QgraphError):
    """A request that is malformed, too large, or not allowed (SPARQL update on a read-only door)."""

    status = 400
    exit_code = 2


class NotFoundError(QgraphError):
    """A report, entity, case, passage or finding that does not exist."""

    status = 404
    exit_code = 6


class DecisionError(QgraphError):
    """A staff decision (merge, split, rename …) that names something unknown or contradicts another."""

    status = 409
    exit_code = 7


class ModelError(QgraphError):
    """An encoder or language model that cannot be loaded or reached."""

    status = 502
    exit_code = 8


class SettingsError(QgraphError):
    """A setting that is unknown or has a value that cannot be used."""

    status = 500
    exit_code = 2
