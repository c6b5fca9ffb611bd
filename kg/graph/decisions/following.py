"""A store brought in step with what people decided, whatever changed: articles, corrections, decisions on who is who."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

import pyoxigraph as ox

from kg import records as r
from kg.errors import DecisionError
from kg.graph import iris, terms
from kg.graph.decisions.correcting import correct_projected, software_own
from kg.graph.decisions.corrections import Correction, read_corrections
from kg.graph.decisions.files import read_decisions
from kg.graph.identity.lookup import article_key
from kg.graph.identity.records import Decisions, IdentityReport
from kg.graph.identity.refresh import refresh
from kg.graph.mapping import to_quads
from kg.graph.reading import ArticleGraph, is_node
from kg.graph.store import Store
from kg.graph.stored import from_quads
from kg.graph.validate import check_graph
from kg.graph.vocab import EO

__all__ = ["Followed", "Overrides", "follow", "read_overrides", "stored_extraction"]


@dataclass(frozen=True, slots=True)
class Overrides:
    """All that people decided.

    Attributes:
        identity: who is who.
        corrections: by the key of their article.
    """

    identity: Decisions = field(default_factory=Decisions)
    corrections: Mapping[str, tuple[Correction, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Followed:
    """What following the decisions did.

    Attributes:
        corrected: articles whose graph changed.
        reverted: articles that carried corrections, where no file holds any: a store without its decision files.
        unfit: corrections that fit nothing any more, each with the reason; they are kept in their file.
        identity: what changed about who is who.
    """

    corrected: int
    unfit: tuple[tuple[Correction, str], ...]
    identity: IdentityReport
    reverted: int = 0

    def warnings(self) -> tuple[tuple[str, str], ...]:
        """What people ought to know: place and line of each decision that fits nothing."""
        told = [(one.where or one.article, f"a correction no longer fits: {why}") for one, why in self.unfit]
        told += [("identity.tsv", f"a decision is about the {key.kind} {key.name!r}, who is not there") for key in self.identity.unmatched]
        lines = [(where, f"{what}. It is kept, and counts once it fits") for where, what in told]
        if self.reverted:
            articles = "1 article" if self.reverted == 1 else f"{self.reverted:,} articles"
            what = (
                f"{articles} carried corrections that no file holds: what the software found counts again. Give the files with --decisions"
            )
            lines.append(("corrections.tsv", what))
        return tuple(lines)


def read_overrides(folder: Path) -> Overrides:
    """All decisions of a folder; none where there are no files.

    Raises:
        BadDecision: if a row is none; names file and line.
    """
    corrections = read_corrections(folder)
    return Overrides(read_decisions(folder), {key: tuple(own) for key, own in groupby(corrections, key=lambda one: one.article)})


def follow(store: Store, overrides: Overrides) -> Followed:
    """Bring articles and identities up to what people decided; only what differs is written.

    Raises:
        Contradiction: if decisions cannot all hold.
        ValidationFailed: if a correction would leave a graph that does not keep the shapes.
        StoreError, WriteFailed: as for the store.
    """
    marked = _marked(store)
    corrected, unfit = _correct_stored(store, overrides.corrections, marked)
    return Followed(corrected, unfit, refresh(store, decisions=overrides.identity), reverted=0 if overrides.corrections else len(marked))


def stored_extraction(store: Store, article: str) -> r.Extraction:
    """What the software found in an article of the store, as far as the graph holds it: without people's corrections.

    Raises:
        DecisionError: if the graph cannot be read back whole, because another version of the software made it.
    """
    quads = store.article_quads(article)
    found = from_quads(quads, article, key=article_key(store, article))
    kept = ArticleGraph(store, iris.graph_iri(store.base, "provenance")).one(f"{article}#extraction", EO.asExtracted)
    if kept:
        return software_own(kept, found.article)
    own = {quad for quad in quads if quad.graph_name != ox.NamedNode(iris.graph_iri(store.base, "concepts"))}
    if not own <= set(to_quads(found, base=store.base)):
        remedy = "Read the article again with `kg build --refresh`; the correction is kept and counts then"
        raise DecisionError("the article's graph is of another version and cannot be corrected as it stands", where=article, remedy=remedy)
    return found


def _marked(store: Store) -> set[str]:
    """The articles that carry corrections."""
    provenance = ox.NamedNode(iris.graph_iri(store.base, "provenance"))
    links = store.inner.quads_for_pattern(None, terms.node(str(EO.correctedBy)), None, provenance)
    return {quad.subject.value.partition("#")[0] for quad in links if isinstance(quad.subject, ox.NamedNode)}


def _correct_stored(
    store: Store, corrections: Mapping[str, tuple[Correction, ...]], marked: set[str]
) -> tuple[int, tuple[tuple[Correction, str], ...]]:
    wanted = {iris.keyed_iri(store.base, key): own for key, own in corrections.items()}
    changed, unfit = 0, []
    for article in sorted(wanted.keys() | marked):
        own = wanted.get(article, ())
        if not is_node(store, article):
            unfit += [(one, "the article is not in the store") for one in own]
            continue
        try:
            found = correct_projected(stored_extraction(store, article), own)
        except DecisionError as error:
            unfit += [(one, error.what) for one in own]
            continue
        unfit += found.unfit
        quads = set(to_quads(found.extraction, base=store.base))
        quads |= _concepts(store, article, quads)
        check_graph(quads, where=article)
        changed += store.put(article, quads)
    return changed, tuple(unfit)


def _concepts(store: Store, article: str, quads: Iterable[ox.Quad]) -> set[ox.Quad]:
    """What the graph `concepts` says of the concepts that these quads use: a graph does not tell which article said what of them."""
    concepts = ox.NamedNode(iris.graph_iri(store.base, "concepts"))
    there: dict[object, list[ox.Quad]] = {}
    for quad in store.article_quads(article):
        if quad.graph_name == concepts:
            there.setdefault(quad.subject, []).append(quad)
    found: set[ox.Quad] = set()
    todo = [quad.object for quad in quads]
    seen: set[object] = set()
    while todo:
        concept = todo.pop()
        if concept in there and concept not in seen:
            seen.add(concept)
            found.update(there[concept])
            todo += [quad.object for quad in there[concept]]
    return found
