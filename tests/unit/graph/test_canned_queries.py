"""Every canned query in `kg/graph/queries`, whoever adds it, gives the same rows on rdflib and on Oxigraph, over invented articles."""

import importlib.util
import itertools
import sys
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from kg.graph.identity import refresh
from kg.graph.query import canned_queries, plain, run_query
from kg.graph.store import open_store
from kg.graph.terms import PREFIXES

pytestmark = [pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib"), pytest.mark.slow]

_ARTICLES = 6
_SCRIPTS = Path(__file__).resolve().parents[3] / "scripts" / "benchmarks" / "newsroom.py"
# What finds something in these articles, by the name of a parameter; a name that is not here gets the example of the query's head.
_VALUES = {
    "person": ("Ana Lindqvist", "mette holm", "Omar Haddad"),
    "name": ("Ana Lindqvist", "Norden University"),
    "organisation": ("Norden University", "institute of tides"),
    "topic": ("herring stocks", "local rents"),
    "measure": ("catches",),
    "year": ("2030", "2024"),
    "outlet": ("The Tide",),
    "publisher": ("The Tide",),
    "below": ("0.9",),
}


@pytest.fixture(scope="module")
def newsroom():
    spec = importlib.util.spec_from_file_location("benchmarks_newsroom", _SCRIPTS)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def store(tmp_path_factory, newsroom, sample, other):
    with open_store(tmp_path_factory.mktemp("canned") / "s", write=True, create=True) as store:
        for one in (sample, other, *newsroom.articles(_ARTICLES)):
            store.add(one)
        refresh(store)
        yield store


@pytest.fixture(scope="module")
def dataset(store):
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(data=ox.serialize(store.quads(), format=ox.RdfFormat.N_QUADS).decode(), format="nquads")
    return dataset


def asked(query):
    """Some values for each parameter: the required ones alone, and all of them."""
    required = [parameter for parameter in query.parameters if parameter.required]
    for parameters in {len(required): required, len(query.parameters): query.parameters}.values():
        choices = [_VALUES.get(parameter.name, (parameter.example,)) for parameter in parameters]
        most = max(map(len, choices), default=1)
        for values in itertools.islice(zip(*(itertools.cycle(choice) for choice in choices), strict=True), most) if choices else [()]:
            yield {parameter.name: value for parameter, value in zip(parameters, values, strict=True)}


@pytest.mark.parametrize("query", canned_queries(), ids=lambda query: query.name)
def test_the_rows_are_the_same_on_both_engines(store, dataset, query):
    for parameters in asked(query):
        answer = run_query(store, query, parameters=parameters)
        quick = Counter(tuple(map(plain, row)) for row in answer.rows)
        bound = {parameter.name: rdflib.Literal(parameters.get(parameter.name, "")) for parameter in query.parameters}
        found = dataset.query(query.text, initNs=PREFIXES, initBindings=bound)
        slow = Counter(tuple("" if row[column] is None else str(row[column]) for column in answer.columns) for row in found)
        assert quick == slow, parameters


def test_the_invented_articles_keep_the_shapes_and_are_the_same_each_time(newsroom):
    assert newsroom.article(3) == newsroom.article(3)
    assert newsroom.article(3) != newsroom.article(4)
    for one in newsroom.articles(3):
        assert len(one.attributions) == newsroom.STATEMENTS  # adding them to the store above checked the shapes
