"""Settings: defaults < kg.toml < KG_* < flags, and what is refused."""

from pathlib import Path

import pytest

from kg.errors import SettingsError
from kg.settings import Settings, load_settings


def test_the_later_wins(tmp_path):
    config = tmp_path / "kg.toml"
    config.write_text('store = "from-file"\nmodel = "file_model"\nmax_chars = 5\n', encoding="utf-8")
    environ = {"KG_MODEL": "environment_model", "KG_MAX_CHARS": "6"}
    settings = load_settings({"max_chars": 7, "store": None}, config=config, environ=environ)
    assert settings == Settings(store=Path("from-file"), model="environment_model", max_chars=7)


def test_a_file_in_the_working_directory_may_be_absent(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert load_settings(environ={}) == Settings()
    (tmp_path / "kg.toml").write_text('attribution = "rules"', encoding="utf-8")
    assert load_settings(environ={}).attribution == "rules"


@pytest.mark.parametrize(
    "toml, told",
    [
        ("max_chars = 0", "max_chars is 0"),
        ('max_chars = "many"', "max_chars is 'many'"),
        ("max_chars = true", "max_chars is True"),
        ("model = 3", "model is 3"),
        ('attribution = "guess"', "no attribution engine 'guess'"),
        ('base = "no iri"', "no IRI prefix"),
        ('base = "https://example.org/#"', "no IRI prefix"),
        ('stoer = "x"', "unknown key stoer"),
        ("store =", "is no TOML"),
    ],
)
def test_what_cannot_be_used_is_named(tmp_path, toml, told):
    config = tmp_path / "kg.toml"
    config.write_text(toml, encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        load_settings(config=config, environ={})
    assert told in str(caught.value)


def test_a_named_file_must_be_there(tmp_path):
    with pytest.raises(SettingsError, match="cannot be read"):
        load_settings(config=tmp_path / "absent.toml", environ={})
