"""What a person is asked about who is who, with all that helps to answer; and the answers on their way into the file."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from heapq import nsmallest
from itertools import chain
from pathlib import Path

from kg.graph.decisions import files
from kg.graph.decisions.table import sound
from kg.graph.dossier import Dossier, dossier_of
from kg.graph.identity.asking import first_splits, first_suggestions
from kg.graph.identity.called import agents_called, decided_on
from kg.graph.identity.clusters import check_decisions
from kg.graph.identity.kept import Kept
from kg.graph.identity.lookup import article_key
from kg.graph.identity.records import AgentFacts, Key, Pair, Suggestion
from kg.graph.identity.refresh import who_is_who
from kg.graph.store import Store

__all__ = ["Question", "Review", "Side"]

_ARTICLES = 6  # of a side that are told of
_STATEMENTS = 3
_SHORT = 90  # characters of a statement


@dataclass(frozen=True, slots=True)
class Side:
    """One of two that may be one.

    Attributes:
        iri: of the entity, or of the article's agent where a join is in question.
        names: all others; roles: dated, as printed; bodies: organisations it acts for, or that it is part of.
        articles: title, publisher and date of each; more: how many are left out.
        statements: the first ones, in short.
        key: what a decision keeps.
    """

    iri: str
    name: str
    names: tuple[str, ...]
    roles: tuple[str, ...]
    bodies: tuple[str, ...]
    articles: tuple[str, ...]
    more: int
    statements: tuple[str, ...]
    key: Key


@dataclass(frozen=True, slots=True)
class Question:
    """Whether two are one.

    Attributes:
        joined: the rules made them one, and something speaks against it; else they are two so far.
        score: from 0 to 1, how likely they are one; of a join, how much speaks against it.
        rule, reasons: why it is asked.
    """

    kind: str
    joined: bool
    score: float
    rule: str
    reasons: tuple[str, ...]
    a: Side
    b: Side

    @property
    def pair(self) -> Pair:
        """What a decision on it keeps."""
        return Pair(min(self.a.key, self.b.key), max(self.a.key, self.b.key))


class Review:
    """Questions about a store and what has been answered; the store may be closed once it is made.

    Memory holds the questions and whom they and the decisions are about, whatever the number of articles.

    Args:
        store: an open one.
        folder: of the decision files.
        kind: person or organisation; None for both.
        name: ask about those alone that have this in a name; "" for all.
        limit: the most questions.

    Raises:
        BadDecision, Contradiction: as for the files.
    """

    def __init__(self, store: Store, folder: Path, *, kind: str | None = None, name: str = "", limit: int = 200) -> None:
        self.folder = folder
        self._base = store.base
        words = name.casefold()

        def wanted(one: Suggestion) -> bool:
            return kind in {None, one.kind} and (words in one.name_a.casefold() or words in one.name_b.casefold())

        decisions = files.read_decisions(folder)
        with who_is_who(store, decisions=decisions) as kept:
            same, different = (tuple(decided_on(kept, pairs, base=store.base)) for pairs in (decisions.same, decisions.different))
            called = {min(one) for one, _ in same if len(one) == 1}
            apart = {frozenset((a, b)) for one, other in different for a in one for b in other}
            joins, splits = first_splits(kept, called, wanted, limit=limit)
            merges, alike = first_suggestions(kept, apart, wanted, limit=limit - len(joins))
            self.left_out = max(0, splits + alike - limit)
            sides = _Sides(store, kept)
            asked = chain(((True, one) for one in joins), ((False, one) for one in merges))
            self.questions = tuple(_question(sides, joined, one) for joined, one in asked)
            possible = tuple(question.pair for question in self.questions)
            self._facts = agents_called(kept, replace(decisions, same=(*decisions.same, *possible)), base=store.base)
        self._one: dict[str, str] = {}
        self._two: set[frozenset[str]] = set()
        self._given: list[tuple[Question, bool]] = []

    def open(self) -> Iterator[Question]:
        """The questions that earlier answers do not answer; an answer given while this runs counts."""
        for question in self.questions:
            a, b = self._root(question.a.iri), self._root(question.b.iri)
            if a != b and frozenset((a, b)) not in self._two:
                yield question

    def answer(self, question: Question, *, same: bool, why: str = "") -> Pair:
        """Write an answer into the file; it is kept whatever comes after.

        Raises:
            Contradiction: if it contradicts earlier answers or what was decided when this was made; nothing is written then. What others
                decide meanwhile, of agents that no question is about, is told when the graph follows.
            WriteFailed: if the file cannot be written.
        """
        pair = Pair(question.pair.a, question.pair.b, sound(why))
        decisions = files.decide(self.folder, pair, same=same)
        check_decisions(self._facts, decisions, base=self._base)
        files.write_identity(self.folder, decisions)
        self._given.append((question, same))
        self._count()
        return pair

    def take_back(self) -> Question | None:
        """Take the last answer out of the file, and say which question is open again; None if there is none."""
        if not self._given:
            return None
        question, _ = self._given.pop()
        decisions, _ = files.take_back(self.folder, [question.pair.id])
        files.write_identity(self.folder, decisions)
        self._count()
        return question

    @property
    def answers(self) -> tuple[int, int]:
        """How many were called one, and how many two."""
        same = sum(one for _, one in self._given)
        return same, len(self._given) - same

    def _count(self) -> None:
        self._one, self._two = {}, set()
        for question, same in self._given:
            if same:
                a, b = sorted((self._root(question.a.iri), self._root(question.b.iri)))
                self._one[b] = a
        self._two = {frozenset((self._root(q.a.iri), self._root(q.b.iri))) for q, same in self._given if not same}

    def _root(self, iri: str) -> str:
        while iri in self._one and self._one[iri] != iri:
            iri = self._one[iri]
        return iri


def _question(sides: "_Sides", joined: bool, one: Suggestion) -> Question:
    a, b = (sides.of_agent(iri) if joined else sides.of_entity(iri) for iri in (one.a, one.b))
    return Question(one.kind, joined, one.score, one.rule, one.reasons, a, b)


class _Sides:
    def __init__(self, store: Store, kept: Kept) -> None:
        self.store = store
        self.kept = kept
        self.made: dict[str, Side] = {}

    def of_entity(self, iri: str) -> Side:
        if iri not in self.made:
            kind, name, names, *_ = self.kept.told(iri) or []
            first = nsmallest(_ARTICLES, self.kept.of_entity(iri), key=_by_date)
            # As `key_of_agent` has it: the earliest that bears the whole name.
            named = min((agent for agent in self.kept.of_entity(iri) if agent.names[0] == name), key=_by_date, default=first[0])
            key = Key(article_key(self.store, named.article), kind, named.names[0])
            count = sum(1 for _ in self.kept.of_entity(iri))
            self.made[iri] = self._side(iri, name, tuple(names), tuple(agent.iri for agent in first), count - len(first), key)
        return self.made[iri]

    def of_agent(self, iri: str) -> Side:
        told = dossier_of(self.store, iri)
        key = Key(article_key(self.store, told.article.iri), told.kind, told.name)
        return self._side(iri, told.name, told.aliases, (iri,), 0, key)

    def _side(self, iri: str, name: str, names: tuple[str, ...], agents: tuple[str, ...], more: int, key: Key) -> Side:
        told = [dossier_of(self.store, agent) for agent in agents]
        said = [statement.text for one in told for statement in one.statements][:_STATEMENTS]
        return Side(
            iri=iri,
            name=name,
            names=names,
            roles=tuple(dict.fromkeys(_dated(one, role) for one in told for role in _roles(one))),
            bodies=tuple(dict.fromkeys(body for one in told for body in _bodies(one))),
            articles=tuple(", ".join(filter(None, (one.article.label, one.article.publisher, one.article.published[:10]))) for one in told),
            more=more,
            statements=tuple(text if len(text) <= _SHORT else f"{text[:_SHORT].rsplit(' ', 1)[0]} ..." for text in said),
            key=key,
        )


def _by_date(one: AgentFacts) -> tuple[bool, str, str]:
    return not one.published, one.published, one.iri


def _dated(one: Dossier, role: str) -> str:
    return f"{one.article.published[:10]} {role}".strip()


def _roles(one: Dossier) -> list[str]:
    held = [(post.former, post.title, post.organisation) for post in one.roles]
    own = [", ".join(filter(None, (f"former {title}".strip() if former else title, body))) for former, title, body in held]
    return own + [f"{post.holder}, {post.title}" for post in one.holders if post.title][:_STATEMENTS]


def _bodies(one: Dossier) -> list[str]:
    return [post.organisation for post in one.roles if post.organisation] + [part.whole for part in one.part_of]
