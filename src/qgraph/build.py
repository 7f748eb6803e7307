"""The write side: a folder of reports in, an index out (graph first, then what is derived from it).

Only what changed is made again: a report whose file, ontology, code and staff decisions are the same is
left as it stands. Each report is replaced in one transaction; the manifest is written last, so a build
that was cut off is noticed and finished by the next one.
"""

from __future__ import annotations

import hashlib
import logging
import platform
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from qgraph import __version__
from qgraph.answering.ground import Ground
from qgraph.config import Settings
from qgraph.errors import CorpusError, IndexFolderError, ModelError, ReportError
from qgraph.extraction import extract
from qgraph.extraction.across import with_ids
from qgraph.extraction.identity import merge_reports
from qgraph.extraction.journal import Journal, apply_decisions, read_journal
from qgraph.extraction.model_pass import extend_with_model
from qgraph.graph import GraphStore
from qgraph.knowledge import Knowledge
from qgraph.llm import load_language_model
from qgraph.manifest import JOURNAL, exclusive, read_manifest, write_manifest
from qgraph.ontology import ontology_dir
from qgraph.passages import split_passages
from qgraph.reading import SUFFIXES, read_report
from qgraph.records import Document, Extraction, ReportRecord
from qgraph.search import Retriever, load_encoder

log = logging.getLogger(__name__)

Progress = Callable[[str, int, int], None]
"""Called with the name of the stage, how much is done, and how much there is."""

_DERIVING = ("reading", "language", "extraction", "graph")


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build did: report ids added or replaced, removed, kept; files that could not be read, with the reason."""

    built: tuple[str, ...]
    removed: tuple[str, ...]
    kept: tuple[str, ...]
    failed: dict[str, str]
    seconds: dict[str, float]


def corpus_files(corpus: Path) -> list[Path]:
    """Report files below a folder, sorted by path. Raises CorpusError when there are none."""
    if not corpus.is_dir():
        raise CorpusError(f"找不到报告文件夹“{corpus}”。", log=f"no corpus folder {corpus}")
    files = sorted(
        path
        for path in corpus.rglob("*")
        if path.is_file() and path.suffix.lower() in SUFFIXES and not path.name.startswith((".", "~$", "README"))
    )
    if not files:
        kinds = "、".join(sorted(SUFFIXES))
        raise CorpusError(f"文件夹“{corpus}”里没有报告（支持 {kinds}）。", log=f"no reports in {corpus}")
    return files


def fingerprint(index: Path) -> str:
    """Hash of all but the reports that decides what the graph holds: code, ontology, staff decisions."""
    digest = hashlib.sha256()
    package = Path(__file__).parent
    sources = [p for name in _DERIVING for p in sorted((package / name).rglob("*.py"))]
    sources += [package / name for name in ("text.py", "records.py", "passages.py")]
    sources += sorted(p for p in ontology_dir().rglob("*") if p.is_file())
    sources += [p for p in [index / JOURNAL] if p.is_file()]
    for path in sources:
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def build(corpus: Path, index: Path, settings: Settings, progress: Progress | None = None) -> BuildResult:
    """Brings the index in line with the corpus. Raises CorpusError, IndexFolderError, ModelError.

    A report that cannot be read is left out and named in the result; when none can be read, ReportError.
    """
    tell = progress or (lambda stage, done, total: None)
    files = corpus_files(corpus)
    with exclusive(index):
        return _build(files, index, settings, tell)


def _build(files: list[Path], index: Path, settings: Settings, tell: Progress) -> BuildResult:
    seconds: dict[str, float] = {}
    manifest = read_manifest(index)
    known = manifest.get("files", {}) if manifest.get("complete") else {}
    mark = fingerprint(index)
    model = settings.llm_model if settings.llm_url else ""
    stale = manifest.get("fingerprint") != mark or manifest.get("llm_model", "") != model
    hashes = {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    same_reports = {path: entry["sha256"] for path, entry in known.items()} == hashes
    if known and same_reports and not stale and manifest.get("encoder") == settings.encoder:
        kept_ids = sorted(entry["report"] for entry in known.values() if entry["report"])
        return BuildResult((), (), tuple(kept_ids), _failures(known), {})

    write_manifest(index, {**manifest, "complete": False})
    store = GraphStore(index / "graph")
    decisions = read_journal(index / JOURNAL)
    built: list[str] = []
    kept: list[str] = []
    entries: dict[str, dict[str, str]] = {}
    started = time.perf_counter()
    for done, path in enumerate(files):
        tell("阅读与抽取", done, len(files))
        digest = hashes[str(path)]
        entry = known.get(str(path))
        if entry and not stale and entry["sha256"] == digest and entry["report"] in store.report_ids():
            entries[str(path)] = entry
            kept.append(entry["report"])
            continue
        try:
            document = read_report(path)
            if any(e["report"] == document.id for e in entries.values()):
                raise ReportError(
                    f"与另一份文件是同一份报告（{document.title}），没有重复收入。",
                    log=f"duplicate of {document.id}",
                )
        except ReportError as error:
            log.warning("left out %s: %s", path, error.log)
            entries[str(path)] = {"sha256": digest, "report": "", "reason": error.message}
            continue
        for warning in document.warnings:
            log.warning("%s: %s", path.name, warning)
        extraction = apply_decisions(document, _mine(document, settings), decisions)
        store.replace_report(ReportRecord(document, split_passages(document), extraction))
        entries[str(path)] = {"sha256": digest, "report": document.id, "reason": ""}
        built.append(document.id)
    tell("阅读与抽取", len(files), len(files))
    wanted = {e["report"] for e in entries.values()} - {""}
    removed = sorted(set(store.report_ids()) - wanted)
    for report in removed:
        store.remove_report(report)
    if not wanted:
        raise ReportError(
            "没有一份报告能读取：" + "；".join(_failures(entries).values()), log="no report could be read"
        )
    if built or removed:
        _join_reports(store, decisions)
    seconds["graph"] = time.perf_counter() - started

    store.optimise()
    started = time.perf_counter()
    _derive(Knowledge(store.read_report(report) for report in store.report_ids()), index, settings, tell)
    store.close()
    seconds["search"] = time.perf_counter() - started
    write_manifest(
        index,
        {
            "complete": True,
            "version": __version__,
            "python": platform.python_version(),
            "fingerprint": mark,
            "encoder": settings.encoder,
            "llm_model": model,
            "decisions": len(decisions.decisions),
            "files": entries,
            "seconds": {k: round(v, 3) for k, v in seconds.items()},
        },
    )
    result = BuildResult(tuple(built), tuple(removed), tuple(kept), _failures(entries), seconds)
    log.info("built %s", asdict(result))
    return result


def _mine(document: Document, settings: Settings) -> Extraction:
    """What the rules find and, where a language model is set, what it proposes and the text bears out. A model that
    fails costs its proposals, not the build."""
    extraction = extract(document)
    model = load_language_model(settings)
    if model is None:
        return extraction
    try:
        return extend_with_model(document, extraction, model.ask)
    except ModelError as error:
        log.warning("%s: built without the language model: %s", document.file_name, error.log)
        return extraction
    finally:
        model.close()


def _join_reports(store: GraphStore, decisions: Journal) -> None:
    """Makes one thing of what several reports name alike and staff did not tell apart; only reports that change by it
    are written again."""
    records = [store.read_report(report) for report in store.report_ids()]
    if len(records) < 2:
        return
    merging = merge_reports((record.extraction.entities for record in records), apart=decisions.apart())
    names = {entity.id: entity.name for entity in merging.entities}
    log.info("identity across reports: %d pairs compared (at most %d)", merging.compared, merging.limit)
    for record in records:
        extraction = with_ids(record.extraction, merging.became, names)
        if extraction != record.extraction:
            store.replace_report(replace(record, extraction=extraction))


def rebuild_index(index: Path, settings: Settings, progress: Progress | None = None) -> int:
    """Makes what is derived from the graph anew; returns the number of passages. Raises IndexFolderError."""
    with exclusive(index):
        manifest = read_manifest(index)
        if not manifest.get("complete"):
            raise IndexFolderError(
                f"“{index}”里没有建完的图谱，请先运行 qgraph build。", log=f"no complete graph in {index}"
            )
        store = GraphStore(index / "graph", read_only=True)
        knowledge = Knowledge(store.read_report(report) for report in store.report_ids())
        store.close()
        _derive(knowledge, index, settings, progress or (lambda stage, done, total: None))
        write_manifest(index, {**manifest, "encoder": settings.encoder})
    return len(knowledge.passages)


def _derive(knowledge: Knowledge, index: Path, settings: Settings, tell: Progress) -> None:
    """Makes what is derived from the graph. The encoder keeps the vectors of texts that it has seen, so only
    new ones are encoded, and a server finds those of sentences and figures ready."""
    encoder = load_encoder(settings)
    passages = list(knowledge.passages.values())
    Retriever.build(passages, index / "search", encoder, progress=lambda done, total: tell("编码段落", done, total))
    Ground(knowledge, lambda texts: encoder.passage_tokens(texts, lambda done, total: tell("编码词语", done, total)))


def _failures(entries: dict[str, dict[str, str]]) -> dict[str, str]:
    return {path: entry["reason"] for path, entry in entries.items() if entry["reason"]}
