"""The README's commands run, and print what it says they print."""

import doctest
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
# A console block under this comment sets the project up; the demo and the tests cover it.
SET_UP = "<!-- set-up: not run by the tests -->"
_BLOCK = re.compile(r"(?P<mark><!--[^\n]*-->\n)?```console\n(?P<body>.*?)```", re.DOTALL)
_COMMAND = re.compile(r"^\$ (?P<command>(?:[^\n]*\\\n)*[^\n]*)\n(?P<output>(?:(?!\$ )[^\n]*\n)*)", re.MULTILINE)

pytestmark = pytest.mark.slow


def examples():
    """Each command with the output shown under it, in order; `...` stands for anything."""
    for block in _BLOCK.finditer(README):
        if (block["mark"] or "").strip() != SET_UP:
            yield from ((found["command"], found["output"]) for found in _COMMAND.finditer(block["body"]))


def test_the_examples_were_found():
    assert len(list(examples())) >= 8
    assert README.count(SET_UP) == 1


def test_every_command_runs_and_prints_what_is_shown(tmp_path):
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("KG_")}
    environment |= {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}", "COLUMNS": "120"}
    checker = doctest.OutputChecker()
    for command, expected in examples():
        run = subprocess.run(["bash", "-c", command], cwd=tmp_path, env=environment, capture_output=True, text=True)
        assert run.returncode == 0, f"$ {command}\n{run.stderr}"
        shown = run.stdout + run.stderr
        matches = checker.check_output(expected, shown, doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
        assert matches or not expected.strip(), f"$ {command}\n{shown}\nis not what the README shows:\n{expected}"


def test_the_python_example_runs(tmp_path, monkeypatch):
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    assert blocks
    for block in blocks:
        result = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE, verbose=False)
        test = doctest.DocTestParser().get_doctest(block, {}, "README.md", "README.md", 0)
        assert test.examples, "a Python block shows what it prints"
        assert result.run(test).failed == 0


def test_every_link_into_the_checkout_leads_somewhere():
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", README)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []
