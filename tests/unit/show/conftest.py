"""The invented graph, and a store that holds the hand-made extraction of the tests of `kg.graph`."""

import importlib.util
from pathlib import Path

import pytest

from kg.graph.store import open_store

HERE = Path(__file__).resolve().parent


def load(path):
    """A test's neighbour that is no test: with import mode importlib it cannot simply be imported."""
    spec = importlib.util.spec_from_file_location(f"{path.parent.name}_{path.stem}", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def invented():
    return load(HERE / "invented.py")


@pytest.fixture
def graph(invented):
    return invented.invented_graph()


@pytest.fixture(scope="session")
def samples():
    """Two articles with one of everything."""
    made = load(HERE.parent / "graph" / "conftest.py")
    first = made.make_sample()
    return first, made.dataclasses.replace(
        first, article=made.dataclasses.replace(first.article, url="https://other.example/b", published="2024-01-02")
    )


@pytest.fixture
def store(samples, tmp_path):
    with open_store(tmp_path / "store", write=True, create=True) as opened:
        opened.add(samples[0])
        yield opened
