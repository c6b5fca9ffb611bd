"""The measurement of what each stage costs: that it sees every stage, and that the parts make the whole."""

import importlib.util
import inspect

import pytest

from kg.extract import article
from kg.records import Article

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def bench(root):
    spec = importlib.util.spec_from_file_location("bench_stages", root / "scripts" / "bench_stages.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_stage_is_measured_and_the_parts_make_the_whole(bench):
    text = "Ada Brandt, a chemist at Northlight Institute, said the river will rise by 3 percent in May. She left."
    rounds = bench.measure([Article("t", text)], engine="rules", rounds=2)
    by_stage, by_function = bench.shares(rounds)
    assert {"attribution", "people", "roles", "claims", "times", "quantities", "agreements"} <= by_stage.keys()
    assert {("people", "find_names"), ("people", "resolve_pronouns"), ("roles", "find_roles")} <= by_function.keys()
    assert all(share >= 0 for share in by_stage.values())
    for one in rounds:
        assert sum(spent for (stage, _), spent in one.items() if stage != "all") <= one["all", "all"]


def test_the_stages_are_themselves_again_afterwards(bench):
    bench.measure([Article("t", "It will rain, said Ada Brandt.")], engine="rules", rounds=1)
    assert all(inspect.unwrap(work) is work for _, work in bench.stages(article).values())
    assert article.find_names.__module__ == "kg.extract.people.names"
