"""The language pipeline, loaded once, and short cuts to what a stage finds in a text."""

import pytest

from kg.extract.article import extract_article
from kg.extract.parse import load_pipeline, parse_article
from kg.records import Article


@pytest.fixture(scope="session")
def nlp():
    return load_pipeline()


@pytest.fixture(scope="session")
def parse(nlp):
    """Text to Doc."""
    return lambda text: parse_article(nlp, Article("t", text))


@pytest.fixture(scope="session")
def extract(nlp):
    """Text to Extraction."""
    return lambda text: extract_article(nlp, Article("t", text))
