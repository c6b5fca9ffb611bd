"""Names as people type them: the spellings that mean the same, and those nearly so."""

import difflib
import unicodedata
from collections.abc import Iterable

import pyoxigraph as ox
from rdflib.namespace import SDO

from kg.graph.store import Store

__all__ = ["names_in", "near_names", "spelled_so"]

# Two branches and no path: on a million quads that is twice as fast.
_NAMES = "SELECT DISTINCT ?name WHERE {{ {{ GRAPH ?g {{ ?x <{0}> ?name {2} }} }} UNION {{ GRAPH ?g {{ ?x <{1}> ?name {2} }} }} }}"
_NEAREST = 5
_LONGEST_NEAR = 200  # code points; a longer name has no near ones worth the time


def names_in(store: Store, graph: str | None = None) -> list[str]:
    """Names and other names, of one graph or of all, sorted."""
    return _names(store, graph)


def spelled_so(store: Store, name: str, graph: str | None = None) -> list[str]:
    """The spellings of a name that stand in one graph or in any: case, apostrophes and runs of white space make no difference; sorted."""
    return _names(store, graph, filtered=f"FILTER(LCASE(STR(?name)) IN ({', '.join(_variants(name))}))")


def near_names(names: Iterable[str], asked: str) -> list[str]:
    """At most five of the names: those that hold all the words asked for, then those spelled nearly so.

    >>> near_names(["Ann Lee", "Anna Leigh", "Jo Roe"], "lee")
    ['Ann Lee']
    >>> near_names(["Ann Lee", "Jo Roe"], "An Lee")
    ['Ann Lee']
    """
    wanted = _folded(asked)[:_LONGEST_NEAR]
    words = wanted.split()
    pairs = {wanted[k : k + 2] for k in range(len(wanted) - 1)}
    holding, alike = [], {}
    for name in names:
        plain = _folded(name)
        if words and all(word in plain for word in words) and set(words) <= set(plain.split()):
            holding.append(name)
        # To work out how alike two names are takes long; those that share few pairs of letters are not.
        elif len(plain) <= _LONGEST_NEAR and 2 * sum(pair in plain for pair in pairs) >= len(pairs):
            alike[plain] = name
    close = [alike[plain] for plain in difflib.get_close_matches(wanted, sorted(alike), n=_NEAREST, cutoff=0.7)]
    nearest = [*sorted(holding, key=lambda name: (len(name), name))[:_NEAREST], *close]
    return list(dict.fromkeys(nearest))[:_NEAREST]


def _names(store: Store, graph: str | None, *, filtered: str = "") -> list[str]:
    query = _NAMES.format(SDO.name, SDO.alternateName, filtered)
    answer = store.inner.query(query.replace("?g", str(ox.NamedNode(graph))) if graph is not None else query)
    return sorted(row[0].value for row in answer) if isinstance(answer, ox.QuerySolutions) else []


def _variants(name: str) -> list[str]:
    """The spellings in small letters that are the name asked for, as SPARQL writes them."""
    # What no terminal could have meant (half a character) is no name.
    asked = " ".join(name.encode("utf-8", "replace").decode().split())
    marks = {asked, asked.replace("’", "'"), asked.replace("'", "’")}
    forms = {unicodedata.normalize(form, mark) for mark in marks for form in ("NFC", "NFD")}
    return sorted({str(ox.Literal(small)) for form in forms for small in (form.lower(), form.casefold())})


def _folded(name: str) -> str:
    """A name as near ones are compared."""
    return " ".join((name if name.isascii() else unicodedata.normalize("NFC", name)).casefold().split())
