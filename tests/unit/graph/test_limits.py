"""Queries in a process of their own, within limits. Real stores, real processes."""

import os
import signal
import subprocess
import sys
import textwrap

import psutil
import pytest

from kg.errors import BadParameter, ForbiddenQuery, QueryTimeout, SettingsError, StoreMissing
from kg.graph.query import AnswerKind
from kg.graph.query.limits import Limits, run_limited
from kg.graph.store import open_store
from kg.graph.terms import PREFIXES

# A product of everything with everything: no machine here is through it in a second.
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(CONCAT(STR(?a), STR(?f)) < STR(?h)) }"
ALL = "SELECT ?s ?p ?o { GRAPH ?g { ?s ?p ?o } }"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("limits") / "store"
    open_store(path, write=True, create=True).close()  # the ontology is enough to ask about
    return path


def size(folder):
    with open_store(folder) as store:
        return store.size()


def started_since(before):
    """Our children that were not there before, but for the one process that the standard library keeps for all."""
    return [
        child for child in set(psutil.Process().children(recursive=True)) - before if "resource_tracker" not in " ".join(child.cmdline())
    ]


def test_the_answer_is_that_of_the_store(folder):
    with run_limited(folder, ALL) as answer:
        assert answer.kind is AnswerKind.ROWS
        assert answer.columns == ("s", "p", "o")
        assert len(list(answer.rows)) == size(folder)
        assert not answer.cut()


def test_a_query_is_stopped_at_the_limit_and_its_process_is_gone(folder):
    before = set(psutil.Process().children(recursive=True))
    told = pytest.raises(QueryTimeout, match=r"longer than 0.5 seconds. Narrow it, or give it more time")
    with told, run_limited(folder, ENDLESS, limits=Limits(seconds=0.5)):
        pytest.fail("an answer")
    assert not started_since(before)
    with run_limited(folder, "ASK {}") as answer:  # and the store is as free as before
        assert answer.truth


@pytest.mark.parametrize(
    ("rows", "got", "cut"),
    [
        (3, 3, True),
        (10**6, None, False),
    ],
)
def test_rows_end_at_the_limit_and_it_is_told(folder, rows, got, cut):
    with run_limited(folder, ALL, limits=Limits(rows=rows)) as answer:
        assert len(list(answer.rows)) == (got or size(folder))
        assert answer.cut() is cut


def test_as_many_rows_as_the_limit_are_no_cut(folder):
    with run_limited(folder, ALL, limits=Limits(rows=size(folder))) as answer:
        assert len(list(answer.rows)) == size(folder)
        assert not answer.cut()


def test_triples_and_truth(folder):
    with run_limited(folder, "CONSTRUCT { ?s a owl:Class } { GRAPH ?g { ?s a owl:Class } }", limits=Limits(rows=2)) as answer:
        assert answer.kind is AnswerKind.TRIPLES
        assert [triple.object.value for triple in answer.triples] == [f"{PREFIXES['owl']}Class"] * 2
        assert answer.cut()


@pytest.mark.parametrize(
    ("query", "parameters", "error"),
    [
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", {}, ForbiddenQuery),
        ("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", {}, ForbiddenQuery),
        ("LOAD <file:///etc/passwd>", {}, ForbiddenQuery),
        ("DELETE WHERE { ?s ?p ?o }", {}, ForbiddenQuery),
        ("# parameter: x - a word\nSELECT ?x { ?x ?p ?o }", {}, BadParameter),
    ],
)
def test_errors_come_through_as_they_are(folder, query, parameters, error):
    with pytest.raises(error), run_limited(folder, query, parameters=parameters):
        pytest.fail("an answer")


def test_no_store(tmp_path):
    with pytest.raises(StoreMissing, match=r"there is no store. Make one"), run_limited(tmp_path / "none", "ASK {}"):
        pytest.fail("an answer")


@pytest.mark.parametrize("limits", [{"seconds": 0}, {"seconds": -1.0}, {"seconds": float("nan")}, {"rows": 0}])
def test_limits_are_positive(limits):
    with pytest.raises(SettingsError):
        Limits(**limits)


def test_an_answer_that_is_not_read_to_its_end_leaves_no_process(folder):
    before = set(psutil.Process().children(recursive=True))
    with run_limited(folder, ALL) as answer:
        next(answer.rows)
    left = [
        child for child in set(psutil.Process().children(recursive=True)) - before if "resource_tracker" not in " ".join(child.cmdline())
    ]
    assert left == []


def test_a_killed_parent_leaves_a_child_that_ends(folder):
    """The child notices at its next row; one that finds no row is ended by the system's limit on processor time."""
    code = f"""
        import sys
        from kg.graph.query.limits import run_limited
        if __name__ == "__main__":
            with run_limited({str(folder)!r}, {"SELECT ?a ?d { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"!r}) as answer:
                next(answer.rows)
                print("reading", flush=True)
                sys.stdin.read()
    """
    parent = subprocess.Popen([sys.executable, "-c", textwrap.dedent(code)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert parent.stdout.readline() == b"reading\n"
    children = psutil.Process(parent.pid).children()
    assert children
    os.kill(parent.pid, signal.SIGKILL)
    parent.communicate()
    gone, alive = psutil.wait_procs(children, timeout=30)
    assert not alive
    assert len(gone) == len(children)
