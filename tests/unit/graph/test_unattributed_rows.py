"""Statements that nobody is known to have made keep to themselves in the canned questions: no speaker of the article is put beside them."""

from dataclasses import replace

import pytest

from kg.graph.identity import refresh
from kg.graph.query import load_query, run_query
from kg.graph.store import open_store

from .newsroom_gold import extractions


@pytest.fixture(scope="module")
def store(root, tmp_path_factory):
    """Two articles of the newsroom's gold, the speakers of the forecasts and of all that is unnamed taken out."""
    with open_store(tmp_path_factory.mktemp("unattributed") / "store", write=True, create=True) as store:
        for article in ("n01", "n13"):
            extraction = extractions(root)[0][article]
            named = {agent.id for agent in extraction.agents if agent.kind in {"person", "organisation"}}
            said = tuple(
                replace(one, speaker=None if one.quantities or one.speaker not in named else one.speaker) for one in extraction.attributions
            )
            spoken = {one.speaker for one in said} | named
            store.add(
                replace(
                    extraction,
                    attributions=said,
                    agents=tuple(agent for agent in extraction.agents if agent.id in spoken),
                    mentions=tuple(one for one in extraction.mentions if one.agent in spoken),
                )
            )
        refresh(store)
        yield store


def ask(store, name, **parameters):
    answer = run_query(store, load_query(name), parameters=parameters)
    return [{column: term.value for column, term in zip(answer.columns, row, strict=True) if term is not None} for row in answer.rows]


def test_forecasts(store):
    rows = ask(store, "forecasts", measure="power price", year="2027")
    assert len(rows) == len({row["figure"] for row in rows}) == 3
    assert not any("speaker" in row for row in rows)


def test_conflicting_figures(store):
    rows = ask(store, "conflicting-figures", measure="cost of a check")
    assert len(rows) == len({row["claim"] for row in rows}) == 2
    assert not any("speaker" in row for row in rows)


def test_thin_sourcing(store):
    rows = [row for row in ask(store, "thin-sourcing") if row["sources"] == "0"]
    assert len(rows) == len({row["statement"] for row in rows})
    assert not any("speaker" in row for row in rows)
    assert len(rows) > 3
