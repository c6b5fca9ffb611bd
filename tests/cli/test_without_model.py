"""A distribution that leaves the trained model out: the rules serve, and `kg` says so."""

import json
import os
import shutil
import subprocess
import sys

import pytest

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def bare(root, tmp_path_factory):
    """A copy of the package without the model's folder."""
    site = tmp_path_factory.mktemp("site")
    shutil.copytree(root / "kg", site / "kg", ignore=shutil.ignore_patterns("__pycache__", "model"))
    shutil.copytree(root / "ontology", site / "kg" / "ontology", dirs_exist_ok=True)
    return site


@pytest.fixture
def run(bare, tmp_path):
    def kg(*arguments):
        environment = {**os.environ, "PYTHONPATH": str(bare)}
        command = [sys.executable, "-m", "kg", *map(str, arguments)]
        return subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False
        )

    return kg


def test_the_rules_serve_and_it_is_said_once(run, article_file):
    done = run("extract", article_file)
    assert done.returncode == 0, done.stderr
    extraction = json.loads(done.stdout)
    assert extraction["model"]["attribution"].startswith("rules")
    assert extraction["attributions"]
    assert done.stderr.count("the attribution model is not installed") == 1


def test_rules_on_purpose_are_not_worth_a_word(run, article_file):
    done = run("extract", article_file, "--attribution", "rules")
    assert (done.returncode, done.stderr) == (0, "")


def test_doctor_says_what_to_do(run):
    done = run("doctor")
    (line,) = [line for line in done.stdout.splitlines() if line.startswith("attribution")]
    assert "rules" in line
    assert "Install a distribution of expert-opinion-kg that holds the model" in line
