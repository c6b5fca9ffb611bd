"""Quotes by speaker, organisation, topic, kind, time and words: the analyst's daily question."""

import datetime as dt
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox
from rdflib.namespace import SKOS

from kg.errors import BadParameter
from kg.graph import terms
from kg.graph.portrait import agents_meant
from kg.graph.search.index import SearchIndex, open_index
from kg.graph.search.quotes import Quote
from kg.graph.store import Store
from kg.graph.topics import topic_key
from kg.graph.vocab import EO

__all__ = ["KINDS", "Filters", "agents_called", "find_quotes", "search_words"]

_QUOTATIONS = ("direct", "indirect", "mixed")
_CLAIM_KINDS = ("fact", "prediction", "evaluation", "recommendation")
KINDS = (*_QUOTATIONS, *_CLAIM_KINDS)
"""What `Filters.kinds` may hold: how words are given, and what they put forward."""

_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_WORD = re.compile(r'"([^"]*)"|(\S+)')
_LISTS = frozenset({"names", "roles", "organisations", "topics", "figures"})


@dataclass(frozen=True, slots=True)
class Filters:
    """Which quotes; all that are given must hold.

    Attributes:
        person: name of the speaker, in full or as an article shortens it, in any case; other names of the same entity are found too. The IRI
            of an entity, or of an article's agent, takes one of several namesakes alone, here as for `org`.
        org: name of an organisation that speaks, or for which or for a part of which the speaker is printed to act.
        topic: label of a topic, or words that stand together in the claim.
        kinds: of `KINDS`; of each of the two families one must hold.
        outlet: name of the publisher, in any case.
        since, until: first and last day of publication, ISO 8601; a year or a month stands for all of it.
        search: words that all stand in the claim, in the speaker's names and roles or in the article's title, in any form of theirs; "words in
            quotation marks" stand together, `word*` begins so.
        limit: at most so many.

    Raises:
        BadParameter: if a kind is none, a date is none, no day lies between the two, or a search holds no word.
    """

    person: str | None = None
    org: str | None = None
    topic: str | None = None
    kinds: tuple[str, ...] = ()
    outlet: str | None = None
    since: str | None = None
    until: str | None = None
    search: str | None = None
    limit: int | None = None

    def __post_init__(self) -> None:
        for kind in self.kinds:
            if kind not in KINDS:
                raise BadParameter(f"no kind {kind!r}", remedy=f"Choose from: {', '.join(KINDS)}")
        for name in ("since", "until"):
            date = getattr(self, name)
            if date is not None and not _is_date(date):
                raise BadParameter(f"{name} is {date!r}", remedy="Give a year, a month or a day, as in 2024-02-23")
        if self.since is not None and self.until is not None and self.until < self.since[: len(self.until)]:
            raise BadParameter(f"the range since {self.since} until {self.until} is empty", remedy="Give the earlier date as since")
        if self.search is not None:
            search_words(self.search)


def _is_date(words: str) -> bool:
    """Whether it is a year, a month or a day that the calendar has.

    >>> [_is_date(words) for words in ("2024", "2024-02", "2024-02-29", "2024-13", "2025-02-29", "yesterday")]
    [True, True, True, False, False, False]
    """
    if not _DATE.fullmatch(words):
        return False
    try:
        dt.date.fromisoformat(f"{words}-01-01"[:10])
    except ValueError:
        return False
    return True


def find_quotes(store: Store, filters: Filters) -> Iterator[Quote]:
    """The quotes that pass, oldest article first and in text order; with a search the best match first.

    The index is brought in step with the store before.

    Raises:
        StoreError: if the index cannot be used.
    """
    with open_index(store) as index:
        yield from _found(store, index, filters)


def search_words(search: str) -> str:
    """What a person typed as a query of FTS5: each word or phrase in quotation marks, so that none of it is syntax.

    Raises:
        BadParameter: if it holds no word.

    >>> search_words('chip* "computing power" OR')
    '"chip"* "computing power" "OR"'
    """
    found = []
    for phrase, word in _WORD.findall(search):
        words = phrase or word.strip('"')
        start = words.endswith("*") and not phrase
        bare = words.rstrip("*") if start else words
        if any(char.isalnum() for char in bare):
            found.append(f'"{bare.replace(chr(34), "")}"{"*" if start else ""}')
    if not found:
        raise BadParameter(f"nothing to search for in {search!r}", remedy="Give a word")
    return " ".join(found)


def _found(store: Store, index: SearchIndex, filters: Filters) -> Iterator[Quote]:
    needed = [*_by_words(store, filters), *_by_agent(store, index, filters), *_by_print(filters)]
    table, rank = "quote", ""
    if filters.search is not None:
        table, rank = "words JOIN quote ON quote.id = words.rowid", "bm25(words, 1.0, 2.0, 0.5), "
    where = f"WHERE {' AND '.join(condition for condition, _ in needed)}" if needed else ""
    # Put together from our own words alone; what people give is bound.
    query = f"SELECT record FROM {table} {where} ORDER BY {rank}published = '', published, article, start, claim LIMIT ?"  # noqa: S608
    values = [value for _, given in needed for value in given]
    for (record,) in index.connection.execute(query, (*values, -1 if filters.limit is None else filters.limit)):
        data: dict[str, Any] = {name: tuple(value) if name in _LISTS else value for name, value in json.loads(record).items()}
        yield Quote(**data)


type _Condition = tuple[str, tuple[str | int, ...]]


def _by_words(store: Store, filters: Filters) -> Iterator[_Condition]:
    if filters.search is not None:
        yield "words MATCH ?", (search_words(filters.search),)
    if filters.topic is not None:
        labels = json.dumps(topics_called(store, filters.topic))
        labelled = "SELECT quote FROM topic WHERE label IN (SELECT value FROM json_each(?))"
        if any(char.isalnum() for char in filters.topic):
            phrase = 'text : "{}"'.format(filters.topic.replace('"', " "))
            yield f"quote.id IN ({labelled} UNION SELECT rowid FROM words WHERE words MATCH ?)", (labels, phrase)  # noqa: S608  our own words
        else:
            yield f"quote.id IN ({labelled})", (labels,)


def _by_agent(store: Store, index: SearchIndex, filters: Filters) -> Iterator[_Condition]:
    if filters.person is not None:
        yield "agent IN (SELECT value FROM json_each(?))", (json.dumps(agents_called(store, index, filters.person)),)
    if filters.org is not None:
        bodies = json.dumps(agents_called(store, index, filters.org))
        yield "quote.id IN (SELECT quote FROM body WHERE organisation IN (SELECT value FROM json_each(?)))", (bodies,)


def _by_print(filters: Filters) -> Iterator[_Condition]:
    if kinds := [kind for kind in filters.kinds if kind in _QUOTATIONS]:
        yield "quotation IN (SELECT value FROM json_each(?))", (json.dumps(kinds),)
    if kinds := [kind for kind in filters.kinds if kind in _CLAIM_KINDS]:
        yield "claim_kind IN (SELECT value FROM json_each(?))", (json.dumps(kinds),)
    if filters.outlet is not None:
        yield "lower(publisher) = lower(?)", (filters.outlet,)
    if filters.since is not None:
        yield "published >= ?", (filters.since,)
    if filters.until is not None:
        # The last day, month or year is included whole: as many characters are compared as were given.
        yield "published <> '' AND substr(published, 1, ?) <= ?", (len(filters.until), filters.until)


def agents_called(store: Store, index: SearchIndex, name: str) -> list[str]:
    """IRIs of all agents of that name or alias, or of that IRI, and of the agents that denote the same entities, sorted."""
    named = set(index.agents(name)) or set(agents_meant(store, name))
    denotes = terms.node(str(EO.denotes))
    entities = {quad.object for agent in named for quad in store.inner.quads_for_pattern(ox.NamedNode(agent), denotes, None)}
    others = (quad.subject for entity in entities for quad in store.inner.quads_for_pattern(None, denotes, entity))
    return sorted(named | {agent.value for agent in others if isinstance(agent, ox.NamedNode)})


def topics_called(store: Store, words: str) -> list[str]:
    """The keys of all topics that bear these words as a label of any kind, in singular or plural, and of all narrower ones; sorted."""
    key = topic_key(words)
    labels = [terms.node(str(predicate)) for predicate in (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)]
    spelled = {ox.Literal(words), ox.Literal(key)}
    todo = [quad.subject for label in labels for word in spelled for quad in store.inner.quads_for_pattern(None, label, word)]
    seen = set(todo)
    while todo:
        for quad in store.inner.quads_for_pattern(None, terms.node(str(SKOS.broader)), todo.pop()):
            if quad.subject not in seen:
                seen.add(quad.subject)
                todo.append(quad.subject)
    found = (quad.object for topic in seen for quad in store.inner.quads_for_pattern(topic, labels[0], None))
    return sorted({key, *(topic_key(label.value) for label in found if isinstance(label, ox.Literal))})
