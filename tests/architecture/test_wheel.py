"""A built wheel installs without a network and holds all it needs: ontology, word lists, queries, templates."""

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT)]
    run = subprocess.run(command, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr
    [built] = out.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def outside(wheel, tmp_path_factory):
    """An environment with the wheel and, by a path file, the dependencies of this one; runs programs in it, away from the checkout."""
    folder = tmp_path_factory.mktemp("outside")
    venv.create(folder / "env", with_pip=True, symlinks=True)
    python = folder / "env" / "bin" / "python"
    purelib = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], check=True, capture_output=True, text=True
    ).stdout.strip()
    # PIP_NO_INDEX and no path file yet: pip must not see the editable installation, nor any network.
    install = [python, "-m", "pip", "install", "--no-deps", "--no-index", "--disable-pip-version-check", str(wheel)]
    run = subprocess.run(install, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr
    dependencies = sysconfig.get_path("purelib")
    # Path files of that folder (the editable installation among them) are not read: addsitedir is not called for it.
    Path(purelib, "dependencies.pth").write_text(dependencies + "\n")

    def run(*command):
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("KG_", "PYTHON"))}
        result = subprocess.run(
            [folder / "env" / "bin" / command[0], *command[1:]], cwd=folder, env=environment, capture_output=True, text=True
        )
        assert result.returncode == 0, result.stderr
        return result.stdout

    return run


def test_the_wheel_holds_every_data_file(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    wanted = [
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "kg").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".pyc"
    ]
    wanted += [f"kg/ontology/{path.name}" for path in (ROOT / "ontology").iterdir()]
    assert len(wanted) > 40
    assert not set(wanted) - names
    assert not [name for name in names if name.startswith(("tests/", "scripts/"))]


def test_the_package_is_the_wheel_s(outside):
    path = outside("python", "-c", "import kg; print(kg.__file__)").strip()
    assert str(ROOT) not in path


def test_the_command_works_outside_the_checkout(outside):
    assert outside("kg", "--version").startswith("kg, version ")
    assert "said" in outside("kg", "query", "--list")


def test_data_files_are_found(outside):
    code = """
from kg.graph.ontology import ontology_file
from kg.lexicon import load_table
import kg
print(ontology_file("expert-opinion.ttl").parent.parent == __import__("pathlib").Path(kg.__file__).parent)
print(len(load_table("boilerplate")) > 10)
print(len(ontology_file("shapes.ttl").read_text()) > 1000)
"""
    assert outside("python", "-c", code).split() == ["True", "True", "True"]


def test_the_main_job_runs_from_the_wheel(outside, article_file):
    outside("kg", "build", str(article_file), "-s", "store")
    assert "Ann Lee" in outside("kg", "query", "said", "-p", "person", "Ann Lee", "-s", "store")
    outside("kg", "view", "-s", "store", "-o", "page.html")
    assert "</html>" in outside("python", "-c", "print(open('page.html', encoding='utf-8').read())")
