"""What tests of several kinds share."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SEED = ROOT / "examples" / "seed-article.txt"


def pytest_addoption(parser):
    parser.addoption("--update-golden", action="store_true", help="rewrite the golden files from what is made now")
    parser.addoption("--update-floors", action="store_true", help="raise the floors of tests/quality to the figures reached now")


@pytest.fixture
def update_golden(request):
    """Whether golden files are to be rewritten."""
    return request.config.getoption("--update-golden")


@pytest.fixture(scope="session")
def root():
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def seed():
    """The sample article."""
    return SEED


@pytest.fixture(scope="session")
def article_file(tmp_path_factory):
    """A short article of ours, for runs where the words do not matter."""
    path = tmp_path_factory.mktemp("article") / "rain.txt"
    path.write_text(
        "The rain will last until May, said Ann Lee, a researcher at the Northlight Institute.\n"
        '"Farmers should sow later," she added.\n'
        "Her views were echoed by Jo Roe, director of the Harbour Institute, who said harvests may fall by 3 percent.\n",
        encoding="utf-8",
    )
    return path
