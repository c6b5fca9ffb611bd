"""Stores of a given number of quads: import, queries, exports, disk and memory, on Oxigraph, and at the smallest size on rdflib."""

import os
import signal
import time
from pathlib import Path
from typing import Any

from benchmarks.measuring import Cost, folder_size, measured
from benchmarks.newsroom import articles, organisation_name, person_name
from kg.graph.query import CannedQuery, canned_queries
from kg.graph.terms import PREFIXES

BASE = "urn:kg:"
_PATIENCE = 10.0  # CPU seconds for a query on rdflib
_QUADS_AN_ARTICLE = 860  # about; the true number is told
_SHARED = (f"<{BASE}concept/", f"<{BASE}software/")  # subjects whose quads come with many articles
_ASKED = {
    "person": person_name(0),  # whom nearly every article names
    "name": person_name(0),
    "organisation": organisation_name(0),
    "topic": "rural rents",
    "measure": "rural rents",
    "year": "2030",
    "outlet": "The Brana Post",
}


def write_file(path: Path, quads: int) -> dict[str, int]:
    """Write N-Quads of so many articles as make about so many quads; how many of each there are."""
    from kg.graph.mapping import to_quads

    count = max(1, quads // _QUADS_AN_ARTICLE)
    seen: set[str] = set()
    total = claims = 0
    with path.open("w", encoding="utf-8") as file:
        for one in articles(count):
            for quad in to_quads(one, base=BASE):
                line = f"{quad} .\n"
                if line.startswith(_SHARED):
                    if line in seen:
                        continue
                    seen.add(line)
                file.write(line)
                total += 1
            claims += len(one.attributions)
    return {"articles": count, "quads": total, "claims": claims}


def store_costs(folder: Path, quads: int, *, check: bool, rdflib: bool) -> dict[str, Any]:
    """All figures of one size."""
    file, store = folder / f"{quads}.nq", folder / f"store-{quads}"
    made: Cost = measured(write_file, file, quads)
    found: dict[str, Any] = {"made": made.value}
    found["import"] = measured(_import, file, folder / f"imported-{quads}")
    if check:
        found["checked import"] = measured(_import_checked, file, folder / f"checked-{quads}")
    found["writer"] = measured(_write, store, made.value["articles"])
    found["quads"] = measured(_size, store).value
    found["bytes"] = folder_size(store / "oxigraph")
    found["bytes beside"] = sum(path.stat().st_size for path in store.glob("*.sqlite"))
    found["queries"] = measured(_queries, store).value
    found["show"] = measured(_show, store).value
    for kind in ("ttl", "nq"):
        found[f"export {kind}"] = measured(_export, store, kind, folder / f"out.{kind}")
    if rdflib:
        found["rdflib load"] = measured(_rdflib_load, folder / "out.nq")
        found["rdflib queries"] = measured(_rdflib_queries, folder / "out.nq").value
    return found


def _import(file: Path, store: Path) -> None:
    from kg.graph.store import import_bulk, open_store

    with open_store(store, write=True, create=True) as opened:
        import_bulk(opened, file)


def _write(store: Path, articles_wanted: int) -> dict[str, float]:
    """What the writing process of a build does beside extraction, article by article, and then with all of them; CPU seconds of each step."""
    from kg.graph import iris
    from kg.graph.identity import refresh
    from kg.graph.mapping import quad_set
    from kg.graph.search import open_index
    from kg.graph.store import open_store
    from kg.graph.topics.broader import refresh_topics
    from kg.graph.validate import check_graph

    found: dict[str, float] = {}
    began = time.process_time()

    def took(step: str) -> None:
        nonlocal began
        now = time.process_time()
        found[step] = found.get(step, 0.0) + now - began
        began = now

    with open_store(store, write=True, create=True) as opened:
        for one in articles(articles_wanted):
            took("drawn up")
            quads = quad_set(one, base=BASE)
            took("mapped")
            check_graph(quads, where=one.article.id)
            took("checked")
            opened.put_article(iris.article_iri(BASE, one.article), one.article.version, quads)
            took("committed")
        took("drawn up")
        refresh(opened)
        took("entities")
        refresh_topics(opened)
        took("topics")
        with open_index(opened):
            took("index")
        opened.compact()
        took("compacted")
        refresh(opened)
        took("entities again")
    return found


def _import_checked(file: Path, store: Path) -> None:
    from kg.graph.store import import_graphs, open_store

    with open_store(store, write=True, create=True) as opened:
        for done in import_graphs(opened, file):
            if not isinstance(done, tuple):
                raise TypeError(done.what)


def _size(store: Path) -> int:
    from kg.graph.store import open_store

    with open_store(store) as opened:
        return opened.size()


def _queries(store: Path) -> dict[str, tuple[int, float]]:
    """Rows and CPU seconds of each canned query, the store open and the query checked, as in a second question."""
    from kg.graph.query import run_query
    from kg.graph.store import open_store

    found = {}
    with open_store(store) as opened:
        for query in canned_queries():
            asked = {one.name: _ASKED.get(one.name, one.example) for one in query.parameters if one.required}
            times = []
            for _ in range(3):
                began = time.process_time()
                rows = sum(1 for _ in run_query(opened, query, parameters=asked).rows)
                times.append(time.process_time() - began)
            found[query.name] = (rows, min(times[1:]))
    return found


def _show(store: Path) -> tuple[int, float]:
    """Statements, and CPU seconds of finding and reading all that is told of a person in the middle of the field."""
    from kg.graph.dossier import dossiers
    from kg.graph.store import open_store

    name = articles(8).__next__().agents[0].name
    with open_store(store) as opened:
        dossiers(opened, name)
        began = time.process_time()
        found = dossiers(opened, name)
        return len(found), time.process_time() - began


def _export(store: Path, kind: str, out: Path) -> int:
    from kg.graph.export import export
    from kg.graph.store import open_store

    with open_store(store) as opened, out.open("wb") as file:
        file.writelines(export(opened, kind))
    return out.stat().st_size


def _dataset(file: Path) -> Any:
    import warnings

    import rdflib

    warnings.simplefilter("ignore", DeprecationWarning)
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(str(file), format="nquads")
    return dataset


def _rdflib_load(file: Path) -> None:
    _dataset(file)


def _rdflib_queries(file: Path) -> dict[str, float | None]:
    """CPU seconds of the canned queries on rdflib; None for one that takes longer than `_PATIENCE`."""
    dataset = _dataset(file)
    return {query.name: _in_a_fork(dataset, query) for query in canned_queries()}


def _in_a_fork(dataset: Any, query: CannedQuery) -> float | None:
    """CPU seconds of one query, asked in a copy of this process that the system ends when it has had its share."""
    import rdflib

    bound = {one.name: rdflib.Literal(_ASKED.get(one.name, one.example) if one.required else "") for one in query.parameters}
    ours, theirs = os.pipe()
    child = os.fork()
    if not child:
        signal.setitimer(signal.ITIMER_PROF, _PATIENCE)
        began = time.process_time()
        for _ in dataset.query(query.text, initNs=PREFIXES, initBindings=bound):
            pass
        os.write(theirs, str(time.process_time() - began).encode())
        os._exit(0)
    os.close(theirs)
    with open(ours) as pipe:  # noqa: PTH123  a descriptor, no path
        told = pipe.read()
    os.waitpid(child, 0)
    return float(told) if told else None
