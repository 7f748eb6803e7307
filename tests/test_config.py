"""Settings: order of the sources, unknown keys, and that docs/settings.md tells them all."""

from __future__ import annotations

from pathlib import Path

import pytest

from qgraph.config import Settings, load_settings
from qgraph.errors import SettingsError

DOCS = Path(__file__).resolve().parents[1] / "docs"


@pytest.fixture(autouse=True)
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(f"QGRAPH_{name.upper()}", raising=False)


def test_defaults_stand_when_nothing_is_given() -> None:
    assert load_settings() == Settings()


def test_flags_beat_environment_which_beats_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "qgraph.toml").write_text('port = 1\nhost = "a"\ncorpus = "c"\n')
    monkeypatch.setenv("QGRAPH_PORT", "2")
    monkeypatch.setenv("QGRAPH_HOST", "b")
    settings = load_settings(port=3)
    assert (settings.port, settings.host, settings.corpus) == (3, "b", Path("c"))


def test_flag_that_is_none_does_not_count() -> None:
    assert load_settings(port=None).port == Settings().port


@pytest.mark.parametrize(("content", "word"), [("prot = 1", "prot"), ("port = 0", "port"), ("port = [", "格式")])
def test_bad_file_is_refused_in_plain_chinese(tmp_path: Path, content: str, word: str) -> None:
    (tmp_path / "qgraph.toml").write_text(content)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert word in caught.value.message


def test_every_setting_is_documented_with_its_default() -> None:
    text = (DOCS / "settings.md").read_text(encoding="utf-8")
    for name, field in Settings.model_fields.items():
        row = next((line for line in text.splitlines() if line.startswith(f"| `{name}` |")), None)
        assert row, f"{name} is not in docs/settings.md"
        default = str(field.default)
        told = "(empty)" if not default else default.lower() if isinstance(field.default, bool) else default
        assert told in row, f"docs/settings.md does not give the default of {name}"
