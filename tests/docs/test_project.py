"""The project's own files agree with each other."""

import os
import re
import subprocess
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name


@pytest.fixture(scope="module")
def project(root):
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@pytest.fixture(scope="module")
def pinned(root):
    lines = (root / "constraints.txt").read_text(encoding="utf-8").splitlines()
    return dict(line.split("==") for line in lines if not line.startswith("#"))


def test_constraints_are_names_with_versions_and_nothing_else(root, pinned):
    lines = [line for line in (root / "constraints.txt").read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.!+_-]+", line) for line in lines)
    assert len(pinned) == len(lines), "each name once"
    assert not {"pip", "setuptools", "expert-opinion-kg"} & {canonicalize_name(name) for name in pinned}


def test_every_dependency_is_pinned_within_its_bounds(project, pinned):
    versions = {canonicalize_name(name): version for name, version in pinned.items()}
    wanted = [Requirement(line) for line in [*project["dependencies"], *project["optional-dependencies"]["dev"]]]
    assert len(wanted) > 15
    for requirement in wanted:
        assert versions[canonicalize_name(requirement.name)] in requirement.specifier, requirement
        assert any(bound.operator == "<" for bound in requirement.specifier), f"{requirement} has no upper bound"


def test_the_changelog_has_a_place_for_what_comes(root):
    text = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    assert text.startswith("# Changelog\n")
    assert "\n## [Unreleased]\n" in text


def test_the_licence_is_the_one_declared(root, project):
    assert project["license"] == "MIT"
    assert (root / "LICENSE").read_text(encoding="utf-8").startswith("MIT License\n")


def test_python_versions_agree(root, project):
    version = (root / ".python-version").read_text(encoding="utf-8").strip()
    assert project["requires-python"] == f">={version}"


def test_the_ci_script_is_sound(root):
    assert os.access(root / ".ci" / "run", os.X_OK)
    assert subprocess.run(["bash", "-n", root / ".ci" / "run"]).returncode == 0


@pytest.mark.parametrize("target", ["demo", "test", "check", "quality", "clean"])
def test_make_knows_its_targets(root, target):
    run = subprocess.run(["make", "--dry-run", target], cwd=root, capture_output=True, text=True)
    assert (run.returncode, run.stderr) == (0, "")
    assert f"# make {target} " in (root / "Makefile").read_text(encoding="utf-8").split("\n\n")[0]


def test_decisions_have_numbers_of_their_own(root):
    numbers = [int(path.name[:4]) for path in (root / "docs" / "decisions").glob("*.md")]
    assert len(numbers) > 5
    assert len(set(numbers)) == len(numbers)
