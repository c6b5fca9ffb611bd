"""Deciding that two are one or not, and taking it back: into the file first, then into the graphs of the store."""

from dataclasses import dataclass
from pathlib import Path

from kg.errors import NotInStore
from kg.graph.decisions import files
from kg.graph.decisions.table import sound
from kg.graph.identity.called import check_kept
from kg.graph.identity.facts import known_facts
from kg.graph.identity.lookup import Known, find_entity, key_of_agent
from kg.graph.identity.records import IdentityReport, Key, Pair
from kg.graph.identity.refresh import refresh
from kg.graph.store import Store

__all__ = ["Outcome", "decide_on", "pair_of", "take_back"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a decision came to.

    Attributes:
        pairs: those decided or taken back.
        report: what changed in the graphs.
    """

    pairs: tuple[Pair, ...]
    report: IdentityReport


def decide_on(
    store: Store, folder: Path, a: str, b: str, *, same: bool, why: str = "", kind: str | None = None, everywhere: bool = False
) -> Outcome:
    """Decide that two entities, or articles' agents, are one or are not; it holds at once and for articles to come.

    Args:
        store: open for writing.
        folder: of the decision files.
        a: name or IRI of the one.
        b: of the other.
        same: whether they are one.
        why: reason, for people.
        kind: person or organisation, where names of both kinds fit; None for either.
        everywhere: decide on the names, in every article, not on these bearers of them.

    Raises:
        NotInStore, Ambiguous: if a name fits nobody or several.
        Contradiction: if it contradicts earlier decisions; nothing is written then.
        BadDecision, WriteFailed: as for the files.
    """
    refresh(store, decisions=files.read_decisions(folder))
    one, other = find_entity(store, a, kind=kind), find_entity(store, b, kind=kind)
    pair = pair_of(store, one, other, same=same, why=why, everywhere=everywhere)
    decisions = files.decide(folder, pair, same=same)
    with known_facts(store) as kept:
        check_kept(kept, decisions, base=store.base)
    files.write_identity(folder, decisions)
    return Outcome((pair,), refresh(store, decisions=decisions))


def pair_of(store: Store, one: Known, other: Known, *, same: bool, why: str = "", everywhere: bool = False) -> Pair:
    """What the file keeps of a decision about two.

    Raises:
        NotInStore: if they cannot be decided on: of two kinds, or one and the same.
    """
    if one.kind != other.kind:
        raise NotInStore(
            f"{one.name} and {other.name} are of two kinds, {one.kind} and {other.kind}", remedy="Only two of one kind can be one"
        )
    a, b = key_of_agent(store, one), key_of_agent(store, other)
    if everywhere:
        a, b = (Key("", known.kind, (known.asked and key.name) or known.name) for known, key in ((one, a), (other, b)))
    elif one.iri == other.iri and not same and bool(one.asked) != bool(other.asked):
        # One article's agent against the rest of its own entity: it leaves, whoever the rest is.
        a, b = (key if known.asked else Key("", known.kind, known.name) for known, key in ((one, a), (other, b)))
    if a == b:
        remedy = "Give the IRIs of two articles' agents, as `kg show` prints them" if not same else "There is nothing to decide"
        raise NotInStore(f"{one.name} and {other.name} are one and the same already", remedy=remedy)
    return Pair(min(a, b), max(a, b), sound(why))


def take_back(store: Store, folder: Path, ids: tuple[str, ...]) -> Outcome:
    """Take decisions back, by their ids.

    Raises:
        NotInStore: if there is no decision of that id; nothing is changed then.
        BadDecision, WriteFailed: as for the files.
    """
    decisions, gone = files.take_back(folder, ids)
    if missing := sorted(set(ids) - {pair.id for pair in gone}):
        raise NotInStore(f"no decision {missing[0]}", where=str(folder / files.IDENTITY), remedy="`kg identity list` lists them")
    files.write_identity(folder, decisions)
    return Outcome(gone, refresh(store, decisions=decisions))
