"""Who is who, worked out part by part: agents that could be one are one part, and only parts that something touched are looked at again.

A part is all that names, acronyms, identifiers or decisions could make one, so that `kg.graph.identity.resolve` gives for it what it gives for
all. What another part tells of an article's others is a label that is settled before: organisations come before people.
"""

import itertools
import json
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache

from kg.graph import iris
from kg.graph.identity.clusters import resolve_part
from kg.graph.identity.kept import Kept, Member, bare_acronyms, joining_marks, mark
from kg.graph.identity.links import Links, is_full, key_of
from kg.graph.identity.names import acronyms_known_for
from kg.graph.identity.overruling import Overruling
from kg.graph.identity.records import AgentFacts, Decided, Decisions, Entity, Key, Meaning, Near

__all__ = ["Working"]


class Working:
    """Brings what is kept up to the facts and the decisions, in the transaction that is open.

    Args:
        kept: where it is kept.
        decisions: people's.
        base: IRI prefix of the store.
        whole: whether to work out all, whatever was touched.
    """

    def __init__(self, kept: Kept, decisions: Decisions, *, base: str, whole: bool) -> None:
        self._kept, self._db = kept, kept.db
        self._decisions, self._base, self._whole = decisions, base, whole
        [[last]] = self._db.execute("SELECT ifnull(max(id), 0) FROM agent")
        self._size = last + 1
        self._seen = bytearray(self._size)
        self._meaning: Callable[[str], Meaning] = lru_cache(maxsize=65536)(kept.meaning)
        self.decided: tuple[Decided, ...] = ()
        self.unmatched: tuple[Key, ...] = ()

    def run(self) -> None:
        """Work it out.

        Raises:
            Contradiction: if the decisions cannot all hold.
        """
        if self._whole:
            self._db.execute("DELETE FROM entity")
            self._db.execute("DELETE FROM former")
            self._db.execute("UPDATE agent SET entity = NULL, label = NULL, fresh = 1")
        self._follow_letters()
        decided = self._called()
        # Those that decisions were about, and those that were one with an agent that is gone.
        gone = "decided = 1 OR entity IN (SELECT iri FROM touched_entity)"
        touched = [self._numbers(f"({gone}) AND person = ?", person) for person in (0, 1)]
        self._db.execute("UPDATE agent SET decided = 0 WHERE decided = 1")
        self._db.executemany("UPDATE agent SET decided = 1 WHERE id = ?", [(one.number,) for one in decided])
        self._name_people(decided, touched[1])
        for part in self._parts(0, touched[0]):
            self._settle(part, posts=True)
        if decided or self._decisions != Decisions():
            self._settle(decided, posts=True, decisions=self._decisions)
        for part in self._parts(1, touched[1]):
            self._settle(part, posts=False)
        self._follow_moves()

    # ----------------------------------------------------------------------- parts

    def _parts(self, person: int, more: Sequence[int]) -> Iterator[list[Member]]:
        for seed in self._seeds(person, more):
            if part := self._part(self._kept.member(seed, self._seen), self._seen):
                yield part

    def _part(self, seeds: Iterable[Member], seen: bytearray, *, called: bool = False) -> list[Member]:
        """All that could be one with these."""
        found = list(seeds)
        asked: set[int] = set()
        for member in found:  # grows on the way
            for one in self._marks(member.facts, called=called) - asked:
                asked.add(one)
                found += self._kept.bearing(one, seen)
        return found

    def _marks(self, agent: AgentFacts, *, called: bool) -> set[int]:
        found = joining_marks(agent, called=called)
        if agent.kind == "organisation":
            if is_full(agent):
                key = key_of(agent.kind, agent.names[0])
                letters = {*self._kept.letters_for(key), *acronyms_known_for(key)}
                found |= {mark("a", one) for one in letters if self._meaning(one).target == key}
            else:
                targets = {self._meaning(one).target for one in bare_acronyms(agent)} - {""}
                found |= {mark("k", f"organisation {target}") for target in targets}
        return found

    def _seeds(self, person: int, more: Sequence[int]) -> Iterator[int]:
        """Agents of a kind that something touched, or all; those of people are asked for when organisations are settled."""
        yield from self._numbers("person = ? AND fresh = 1", person)
        if not self._whole:
            yield from more
            yield from self._numbers("id IN (SELECT agent FROM touched_mark JOIN mark USING (mark)) AND person = ?", person)
            if person:
                yield from self._numbers("person = ? AND complete = 1 AND article IN (SELECT id FROM moved_label)", person)

    def _numbers(self, where: str, *given: object) -> Sequence[int]:
        sql = f"SELECT id FROM agent WHERE {where} ORDER BY id"  # noqa: S608  no words from outside
        return array("q", (number for (number,) in self._db.execute(sql, given)))

    def _follow_letters(self) -> None:
        """Touch whoever goes by letters that mean another body now."""
        for (letters,) in self._db.execute("SELECT letters FROM touched_letters").fetchall():
            bearers = mark("a", letters)
            there = self._db.execute("SELECT 1 FROM mark WHERE mark = ? LIMIT 1", (bearers,)).fetchone()
            before = self._db.execute("SELECT told FROM meaning WHERE letters = ?", (letters,)).fetchone()
            if not there and not before:
                continue
            now = self._meaning(letters)
            if before and before[0] == json.dumps(now):
                continue
            targets = {now.target, json.loads(before[0])[0] if before else ""} - {""}
            touched = [bearers, *(mark("k", f"organisation {target}") for target in targets)]
            self._db.executemany("INSERT OR IGNORE INTO touched_mark VALUES (?)", [(one,) for one in touched])
            self._db.execute("INSERT OR REPLACE INTO meaning VALUES (?, ?)", (letters, json.dumps(now)))

    # ----------------------------------------------------------------------- people's decisions

    def _called(self) -> list[Member]:
        """The agents that decisions are about, with all that could be one with them; they are marked as seen."""
        seeds: list[Member] = []
        for key in sorted(self._decisions.keys):
            # What is said of every article is about all bearers; of one article about those there.
            place = " AND article.iri IN (?, ?)" if key.article else ""
            own = (key.article, iris.keyed_iri(self._base, key.article)) if key.article else ()
            sql = f"""SELECT agent.id FROM mark JOIN agent ON agent.id = mark.agent JOIN article ON article.id = agent.article
                      WHERE mark = ?{place}"""  # noqa: S608  no words from outside
            bearers = mark("c", f"{key.kind} {key_of(key.kind, key.name)}")
            for (number,) in self._db.execute(sql, (bearers, *own)).fetchall():
                seeds += self._kept.member(number, self._seen)
        for key, item in self._decisions.same_as:
            seeds += self._kept.bearing(mark("i", f"{key.kind} {item}"), self._seen)
        return self._part(seeds, self._seen, called=True)

    def _name_people(self, decided: Sequence[Member], touched: Sequence[int]) -> None:
        """Settle the labels of people with identifiers: evidence for others, whoever is looked at first."""
        seen = bytearray(self._size)
        for member in decided:
            seen[member.number] = 1
        self._db.execute("CREATE TEMP TABLE IF NOT EXISTS moved_label (id INTEGER PRIMARY KEY)")
        self._db.execute("DELETE FROM moved_label")
        self._label(decided, self._decisions)
        for seed in itertools.chain(
            self._numbers("person = 1 AND identified = 1 AND fresh = 1"),
            () if self._whole else touched,
            () if self._whole else self._numbers("id IN (SELECT agent FROM touched_mark JOIN mark USING (mark)) AND person = 1"),
        ):
            self._label(self._part(self._kept.member(seed, seen), seen), Decisions())

    def _label(self, part: Sequence[Member], decisions: Decisions) -> None:
        if not part:
            return
        facts = sorted((one.facts for one in part), key=lambda one: one.iri)
        links = Links(facts, self._near(posts=False))
        Overruling(links, decisions, base=self._base).identify()
        links.name_people()
        labels = {facts[place].iri: label for place, label in links.named.items() if label != links.keys[place]}
        for member in part:
            if member.facts.kind == "person" and member.label != (label := labels.get(member.facts.iri)):
                self._db.execute("UPDATE agent SET label = ? WHERE id = ?", (label, member.number))
                self._db.execute("INSERT OR IGNORE INTO moved_label SELECT article FROM agent WHERE id = ?", (member.number,))

    # ----------------------------------------------------------------------- entities

    def _near(self, *, posts: bool) -> Callable[[str], Sequence[Near]]:
        return lambda article: self._kept.near(article, posts=posts)

    def _settle(self, part: Sequence[Member], *, posts: bool, decisions: Decisions | None = None) -> None:
        facts = [one.facts for one in part]
        found, labels = resolve_part(facts, self._near(posts=posts), self._meaning, decisions=decisions, base=self._base)
        if decisions is not None:
            self.decided, self.unmatched = found.decided, found.unmatched
        entity_of = {agent: entity.iri for entity in found.entities for agent in entity.agents}
        changed: list[tuple[str, str | None, int]] = []
        touched: set[str] = set()
        moved: list[tuple[int]] = []
        for one in part:
            entity, label = entity_of[one.facts.iri], labels.get(one.facts.iri)
            if (entity, label) != (one.entity, one.label):
                changed.append((entity, label, one.number))
            if entity != one.entity and one.entity is not None:
                touched |= {entity, one.entity}
                if one.facts.kind == "organisation":
                    moved.append((one.number,))
            if label != one.label and one.facts.kind == "organisation" and not self._whole:
                self._db.execute("INSERT OR IGNORE INTO moved_label SELECT article FROM agent WHERE id = ?", (one.number,))
        self._db.executemany("UPDATE agent SET entity = ?, label = ? WHERE id = ?", changed)
        self._db.executemany("INSERT OR IGNORE INTO moved_article SELECT article FROM agent WHERE id = ?", moved)
        touched |= {one.iri for one in found.entities if self._keep(one)}
        self._touch(touched)

    def _keep(self, entity: Entity) -> bool:
        """Keep an entity; whether more of it changed than the agents that denote it."""
        told = json.dumps([entity.kind, entity.name, entity.names, entity.rules, entity.same_as, entity.formerly], ensure_ascii=False)
        before = self._db.execute("SELECT told, agents FROM entity WHERE iri = ?", (entity.iri,)).fetchone()
        if before == (told, len(entity.agents)):
            return False
        self._db.execute("INSERT OR REPLACE INTO entity VALUES (?, ?, ?)", (entity.iri, len(entity.agents), told))
        if before is not None and before[0] == told:
            return False
        self._db.execute("DELETE FROM former WHERE entity = ?", (entity.iri,))
        self._db.executemany("INSERT INTO former VALUES (?, ?)", [(one, entity.iri) for one in entity.formerly])
        if before is None:
            self._touch_formers(entity.iri)
        return True

    def _touch(self, entities: Iterable[str]) -> None:
        self._db.executemany("INSERT OR IGNORE INTO touched_entity VALUES (?)", [(one,) for one in entities])

    def _touch_formers(self, iri: str) -> None:
        """An IRI that an entity would have had, and another has: it leads on only as long as nobody has it."""
        self._db.execute("INSERT OR IGNORE INTO touched_entity SELECT entity FROM former WHERE iri = ?", (iri,))

    def _follow_moves(self) -> None:
        """Touch whoever acts for an organisation that is another entity now, or is part of one; and take out the entities of nobody."""
        if self._whole:
            return
        for number in self._numbers("article IN (SELECT id FROM moved_article)"):
            member = self._kept.one(number)
            if member.entity is not None and (member.facts.posts or member.facts.within):
                self._touch((member.entity,))
        sql = "SELECT iri FROM touched_entity WHERE NOT EXISTS (SELECT 1 FROM agent WHERE entity = touched_entity.iri)"
        for (iri,) in self._db.execute(sql).fetchall():
            self._db.execute("DELETE FROM entity WHERE iri = ?", (iri,))
            self._db.execute("DELETE FROM former WHERE entity = ?", (iri,))
            self._touch_formers(iri)
