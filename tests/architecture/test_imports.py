"""Who may import whom, and what a quick command never loads."""

import ast
import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
MODULES = sorted((ROOT / "kg").rglob("*.py"))
GENERATED = {"vocab.py"}


def test_the_import_contracts_hold():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    run = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"], cwd=ROOT, capture_output=True, text=True, encoding="utf-8"
    )
    assert f"Contracts: {len(contracts)} kept, 0 broken." in run.stdout, run.stdout + run.stderr


def test_all_modules_were_found():
    assert len(MODULES) > 30


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_keeps_the_rules_of_the_house(path):
    source = path.read_text(encoding="utf-8")
    assert path.stem not in {"utils", "util", "helpers", "common", "misc"}, "say what it does"
    assert source.count("\n") <= 600 or path.name in GENERATED, "past 600 lines a module is two"
    if path.parts[-2] == "cli":
        return
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
    assert "print" not in {call.func.id for call in calls}, "the library never prints"


def loaded_by(code, *, cwd):
    """Names of the modules a fresh interpreter has loaded after `code`."""
    script = f"import json, sys\ntry:\n    {code}\nexcept SystemExit:\n    pass\njson.dump(sorted(sys.modules), open('loaded.json', 'w'))"
    run = subprocess.run([sys.executable, "-c", script], cwd=cwd, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    return set(json.loads((cwd / "loaded.json").read_text())), run


def running(*arguments):
    return f"sys.argv = {['kg', *arguments]!r}; from kg.cli.main import main; main()"


HEAVY = {"spacy", "thinc", "numpy", "rdflib", "pyoxigraph", "pyshacl", "networkx", "pyvis", "rich", "jinja2"}


@pytest.mark.parametrize("arguments", [("--help",), ("--version",), ("build", "--help"), ("query", "--help"), ("view", "--help")])
def test_help_loads_nothing_heavy(tmp_path, arguments):
    loaded, run = loaded_by(running(*arguments), cwd=tmp_path)
    assert run.stdout
    assert not HEAVY & loaded


def test_importing_the_package_loads_nothing_heavy(tmp_path):
    loaded, _ = loaded_by("import kg", cwd=tmp_path)
    assert "kg" in loaded
    assert not HEAVY & loaded


def test_the_list_of_queries_does_not_load_spacy(tmp_path):
    loaded, run = loaded_by(running("query", "--list"), cwd=tmp_path)
    assert "said" in run.stdout
    assert not {"spacy", "thinc", "pyshacl", "networkx", "pyvis"} & loaded
