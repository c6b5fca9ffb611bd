"""Running commands."""

import functools
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli.main import cli
from kg.extract.parse import load_pipeline

KG = Path(sys.executable).with_name("kg")


@pytest.fixture(scope="session", autouse=True)
def one_pipeline():
    """The language pipeline is loaded once for all commands run in this process, not once a command: it takes a second or two."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kg.extract.article.load_pipeline", functools.cache(load_pipeline))
        yield


@pytest.fixture
def runner(tmp_path, monkeypatch):
    """Runs commands in this process, in an empty directory, without settings from the environment."""
    for name in [name for name in os.environ if name.startswith("KG_") or name == "COLUMNS"]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    return CliRunner()


@pytest.fixture
def installed(tmp_path):
    """Runs the installed command in a process of its own, in an empty directory."""

    def run(*arguments, stdin=b"", env=None, **options):
        environment = {name: value for name, value in os.environ.items() if not name.startswith("KG_") and name != "COLUMNS"} | (env or {})
        return subprocess.run([KG, *map(str, arguments)], cwd=tmp_path, input=stdin, capture_output=True, env=environment, **options)

    return run


@pytest.fixture(scope="session")
def store(tmp_path_factory, article_file, one_pipeline):
    """A store made from one short article; tests read it only."""
    path = tmp_path_factory.mktemp("built") / "store"
    run = CliRunner().invoke(cli, ["build", str(article_file), "-s", str(path)])
    assert run.exit_code == 0, run.output
    return path
