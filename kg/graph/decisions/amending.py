"""Correcting one thing in an article of a store, adding a statement, and taking corrections back: into the file first, then into the graph."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from kg import records as r
from kg.errors import DecisionError, NotInStore
from kg.graph import iris
from kg.graph.decisions.correcting import Corrected, correct_projected, which_of, words_of
from kg.graph.decisions.corrections import CORRECTIONS, NOBODY, Change, Correction, Target, read_corrections, write_corrections
from kg.graph.decisions.following import Followed, follow, read_overrides, stored_extraction
from kg.graph.decisions.table import sound
from kg.graph.mapping import nodes_of, to_quads
from kg.graph.nodes import find_node, place_of
from kg.graph.reading import find_article
from kg.graph.store import Store
from kg.graph.topics.broader import refresh_topics
from kg.graph.validate import check_graph

__all__ = ["Amended", "add_role", "add_statement", "amend", "withdraw"]


@dataclass(frozen=True, slots=True)
class Amended:
    """What was decided or taken back, and what that changed."""

    corrections: tuple[Correction, ...]
    followed: Followed


def amend(
    store: Store,
    folder: Path,
    node: str,
    changes: Mapping[Change, str],
    *,
    why: str = "",
    article: str | None = None,
    vocabulary: Iterable[r.TopicConcept] = (),
) -> Amended:
    """Overrule what the software found about a statement, a role or an agent.

    Args:
        store: open for writing.
        folder: of the decision files.
        node: as for `kg.graph.nodes.find_node`: of a statement, its claim, a role or an agent.
        changes: the right values, see `kg.graph.decisions.corrections`; right words may also be given as `char=10,64`.
        why: reason, for people.
        article: the article that the node belongs to; None where the node tells.
        vocabulary: the user's, of topics.

    Raises:
        NotInStore: if there is no such node, or it is none that can be corrected.
        DecisionError: if a change does not fit; nothing is written then.
        ValidationFailed: if the graph would not keep the shapes; nothing is written then.
        BadDecision, WriteFailed: as for the files.
    """
    iri = find_node(store, node, article=article)
    owner = iri.partition("#")[0]
    if not iris.is_article_iri(store.base, owner):
        raise NotInStore(f"{node} belongs to no article", remedy="Give the id of a statement, a role or an agent, as `kg show` prints it")
    found = stored_extraction(store, owner)
    overrides = read_overrides(folder)
    now = correct_projected(found, overrides.corrections.get(found.article.key, ()))
    about = _about(iri, found, now, overrides.corrections.get(found.article.key, ()), base=store.base)
    try:
        made = [replace(about, change=change, value=_value(value, found.article.text), why=sound(why)) for change, value in changes.items()]
    except ValueError as error:
        raise DecisionError(str(error), where=node, remedy="See `kg correct --help`") from error
    return _decide(store, folder, found, made, vocabulary)


def add_statement(
    store: Store,
    folder: Path,
    article: str,
    words: str,
    *,
    speaker: str = "",
    cue: str = "",
    why: str = "",
    vocabulary: Iterable[r.TopicConcept] = (),
) -> Amended:
    """Put in a statement that the software has missed.

    Args:
        store: open for writing.
        folder: of the decision files.
        article: its IRI.
        words: of the statement, as printed, or `char=10,64`.
        speaker: a name in the article; "" for nobody.
        cue: the words that attribute; "" for none.
        why: reason, for people.
        vocabulary: the user's, of topics.

    Raises:
        NotInStore, DecisionError, ValidationFailed, BadDecision, WriteFailed: as for `amend`.
    """
    found = stored_extraction(store, find_article(store, article))
    start, words = _printed(found, words, article)
    one = Correction(found.article.key, Target.STATEMENT, start, words, sound(cue), Change.ADDED, sound(speaker), sound(why))
    return _decide(store, folder, found, [one], vocabulary)


def add_role(
    store: Store,
    folder: Path,
    article: str,
    holder: str,
    *,
    title: str = "",
    organisation: str = "",
    former: bool = False,
    passage: str = "",
    why: str = "",
    vocabulary: Iterable[r.TopicConcept] = (),
) -> Amended:
    """Put in a role that the software has missed.

    Args:
        store: open for writing.
        folder: of the decision files.
        article: its IRI.
        holder: a name in the article, or an agent's id.
        title: the words of the post; "" for none.
        organisation: as for the holder; "" for none.
        former: whether it is no longer held.
        passage: the words it rests on, as printed, or `char=10,64`; "" for the holder's name, where it first stands.
        why: reason, for people.
        vocabulary: the user's, of topics.

    Raises:
        NotInStore, DecisionError, ValidationFailed, BadDecision, WriteFailed: as for `amend`.
    """
    found = stored_extraction(store, find_article(store, article))
    start, words = _printed(found, passage or _mentioned(found, holder), article)
    which = f"{sound(holder)}: {sound(title) or NOBODY}"
    try:
        added = Correction(found.article.key, Target.ROLE, start, words, which, Change.ADDED, sound(organisation) or NOBODY, sound(why))
    except ValueError as error:
        raise DecisionError(str(error), where=article, remedy="See `kg correct --help`") from error
    made = [added, replace(added, change=Change.FORMER, value="true")] if former else [added]
    return _decide(store, folder, found, made, vocabulary)


def _printed(found: r.Extraction, words: str, article: str) -> tuple[int, str]:
    """Where words stand, given as printed or as `char=10,64`, and the words as a correction keeps them."""
    place = place_of(f"#{words}")
    start = place.start if place else found.article.text.find(words)
    if start < 0:
        raise DecisionError(f"the words {words!r} do not stand in the article", where=article, remedy="Copy them from the article")
    return start, _value(words, found.article.text)


def _mentioned(found: r.Extraction, holder: str) -> str:
    """Where an agent is first named, as `char=10,64`; the name as it was given where the software knows none of it."""
    if holder in found.article.text:
        return holder
    start = holder.rpartition("-")[2]
    return next((f"char={one.span.start},{one.span.end}" for one in found.mentions if str(one.span.start) == start), holder)


def withdraw(store: Store, folder: Path, ids: Iterable[str], *, vocabulary: Iterable[r.TopicConcept] = ()) -> Amended:
    """Take corrections back, by their ids: what the software found counts again.

    Raises:
        NotInStore: if there is no correction of that id; nothing is changed then.
        BadDecision, WriteFailed: as for the files.
    """
    wanted = set(ids)
    there = read_corrections(folder)
    gone = tuple(one for one in there if one.id in wanted)
    if missing := sorted(wanted - {one.id for one in gone}):
        raise NotInStore(f"no correction {missing[0]}", where=str(folder / CORRECTIONS), remedy="`kg correct --list` lists them")
    left = [one for one in there if one.id not in wanted]
    write_corrections(folder, left)
    return Amended(gone, _followed(store, folder, vocabulary))


def _decide(store: Store, folder: Path, found: r.Extraction, made: list[Correction], vocabulary: Iterable[r.TopicConcept]) -> Amended:
    subjects = {one.subject for one in made}
    kept = [one for one in read_corrections(folder) if one.subject not in subjects]
    corrected = correct_projected(found, [one for one in (*kept, *made) if one.article == found.article.key])
    for one, reason in corrected.unfit:
        if one in made:
            raise DecisionError(reason, where=f"{one.change} {one.value}".strip(), remedy="Nothing was changed")
    if not any(mark.decision in {one.id for one in made} for mark in corrected.extraction.overruled):
        raise DecisionError("the software says so itself", remedy="There is nothing to correct")
    check_graph(to_quads(corrected.extraction, base=store.base), where=found.article.title or found.article.id)
    write_corrections(folder, (*kept, *made))
    return Amended(tuple(made), _followed(store, folder, vocabulary))


def _followed(store: Store, folder: Path, vocabulary: Iterable[r.TopicConcept]) -> Followed:
    followed = follow(store, read_overrides(folder))
    refresh_topics(store, vocabulary)  # a topic may have gone with a statement, or come
    return followed


def _about(iri: str, found: r.Extraction, now: Corrected, corrections: Iterable[Correction], *, base: str) -> Correction:
    """A correction that says nothing yet of the thing behind a node: the software's own thing, whatever people have made of it."""
    key = nodes_of(now.extraction, base=base).get(iri)
    if key is None:
        raise NotInStore(f"{iri} is no statement, role or agent", remedy="Correct one of those, as `kg show` prints them")
    article = found.article.key
    if key.startswith("r"):
        own = now.roles[int(key[1:])]
        if own.startswith("p"):
            return _put_in(iri, key, now, corrections)
        role = found.roles[int(own[1:])]
        words = words_of(role.evidence, found.article.text)
        return Correction(article, Target.ROLE, role.evidence[0].start, words, which_of(found, role), Change.REMOVED, "")
    if agent := next((agent for agent in found.agents if agent.id == key), None):
        first = min(mention.span for mention in found.mentions if mention.agent == key)
        return Correction(article, Target.AGENT, first.start, agent.name, which_of(found, agent), Change.KIND, agent.kind.value)
    if said := next((said for said in found.attributions if said.id == key), None):
        words = words_of(said.content, found.article.text)
        return Correction(article, Target.STATEMENT, said.content[0].start, words, which_of(found, said), Change.REMOVED, "")
    return _put_in(iri, key, now, corrections)


def _put_in(iri: str, key: str, now: Corrected, corrections: Iterable[Correction]) -> Correction:
    """A correction of what a person put in."""
    decisions = {mark.decision for mark in now.extraction.overruled if mark.target == key}
    for one in corrections:
        if one.id in decisions and one.change is Change.ADDED:
            which = one.which if one.target is Target.ROLE else one.value or NOBODY
            return replace(one, which=which, change=Change.REMOVED, value="")
    raise NotInStore(f"{iri} was put in by a correction itself", remedy="Take that back with `kg correct --undo` and make it anew")


def _value(given: str, text: str) -> str:
    place = place_of(f"#{given}")
    return place.of(text) if place and place.end <= len(text) else sound(given)
