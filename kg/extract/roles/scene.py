"""What the rules look at: the parse, the cast, and where its names stand; and the agents that only a role shows."""

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kg.extract.columns import columns_of
from kg.extract.people.cast import Cast, CastMention
from kg.extract.people.genders import first_name
from kg.extract.people.letters import behind_letters
from kg.extract.roles.found import Body
from kg.extract.roles.lists import post_noun
from kg.extract.text import text_of
from kg.extract.words import city_names, organisation_descriptors, organisation_parts, place_names, role_nouns
from kg.records import AgentKind, MentionForm, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["Scene"]

_PLACES = frozenset({"GPE", "LOC", "NORP", "EVENT", "DATE", "TIME", "LANGUAGE", "CARDINAL", "ORDINAL", "MONEY", "PERCENT", "LAW"})
_MARKS = frozenset({"“", "”", "''", "``", '"'})
_BACK = 80  # tokens of a sentence that a pronoun or "the company" looks back over
_SUFFIXES = frozenset({"inc", "inc.", "ltd", "ltd.", "llc", "llp", "corp", "corp.", "co", "co.", "plc", "gmbh"})


@dataclass(frozen=True, slots=True)
class _How:
    """How a proposed mention refers, and why."""

    form: MentionForm
    rule: str
    confidence: float


_NAMED = _How(MentionForm.NAME, "name-beside-a-post", 0.8)
_BARE = _How(MentionForm.PRONOUN, "bare-pronoun", 0.7)
_POINTS = _How(MentionForm.PRONOUN, "pronoun-of-a-post", 0.7)


@dataclass(slots=True)
class _Proposed:
    """An agent that is in the cast only once a role rests on it."""

    kind: AgentKind
    name: str
    agent: int | None
    mentions: dict[tuple[int, int], CastMention] = field(default_factory=dict)


class Scene:
    """One article while its roles are read. Adds to the cast organisations and people that nothing but a role shows."""

    def __init__(self, doc: "Doc", cast: Cast) -> None:
        self.doc = doc
        self.text = text_of(doc)
        self.cast = cast
        self.columns = columns_of(doc)
        self.opens: list[int] = []  # the first token of each token's sentence
        self.closes: list[int] = []  # the token behind it
        for start, end in self.columns.sentences:
            self.opens.extend([start] * (end - start))
            self.closes.extend([end] * (end - start))
        self._numbers: dict[tuple[AgentKind, str], int] = {}
        self._proposed: dict[int, _Proposed] = {}
        self._spans: dict[int, tuple[int, int]] = {}
        self.first = {AgentKind.PERSON: len(doc), AgentKind.ORGANISATION: len(doc)}
        self._persons = {
            word
            for n in range(len(cast))
            if cast.kind(n) is AgentKind.PERSON
            for name in cast.names(n)
            if " " in name
            for word in name.split()
        }
        for mention in cast.mentions():
            span = doc.char_span(mention.span.start, mention.span.end, alignment_mode="expand")
            if span is not None and mention.form is MentionForm.NAME:
                self._place(mention.agent, span.start, span.end)

    def _place(self, agent: int, start: int, end: int) -> None:
        if self.cast.kind(agent) is AgentKind.PERSON:
            while end - start > 1 and self._title_at(start) and not (end - start == 2 and first_name(self.doc[start].text)):
                # "Treasurer Ada Brandt" tagged as one name; but somebody is called Dean Brandt
                start += 1
            if end - start > 1:
                end = behind_letters(self.doc, end)
        if self.cast.kind(agent) is AgentKind.ORGANISATION:
            start, end = self._name_alone(start, end)
        for index in range(start, end):
            if self.cast.at(index) == agent:
                self._spans.setdefault(index, (start, end))
        kind = self.cast.kind(agent)
        if kind in self.first:
            self.first[kind] = min(self.first[kind], start)

    def _title_at(self, index: int) -> bool:
        """Whether a word in front of a name is a title of its bearer, not his first name ("Justice Potter Stewart")."""
        known = post_noun(self.doc[index].text)
        if known is None:
            return False
        titled = index > 0 and self.capital(index - 1) and post_noun(self.doc[index - 1].text) is not None
        return not (titled and role_nouns().get(known[0]) == "occupation")

    def _name_alone(self, start: int, end: int) -> tuple[int, int]:
        """An organisation's name without what the tagger took into it: "advocacy for the Norden Union", "C.E.O. of Y", "Y CEO"."""
        doc = self.doc
        while end - start > 1 and self._before_the_name(start) and any(self.capital(i) for i in range(start + 1, end)):
            start += 1
        known = post_noun(doc[end - 1].text)
        if end - start > 1 and known and not known[1] and not any(token.lower_ == "of" for token in doc[start:end]):
            end -= 1
            while end - start > 1 and doc[end - 1].text in {"&", "and", ","}:
                end -= 1
        return start, end

    def _before_the_name(self, index: int) -> bool:
        after = self.doc[index + 1].lower_
        return not self.capital(index) or (post_noun(self.doc[index].text) is not None and after in {"of", "for", "at"})

    def named(self, index: int, kind: AgentKind) -> tuple[int, int, int] | None:
        """(agent, start, end) of the name of that kind at a token."""
        if index not in self._spans:
            return None
        agent = self.cast.at(index)
        if agent is None or self.cast.kind(agent) is not kind:
            return None
        return agent, *self._spans[index]

    def places(self) -> list[int]:
        """The tokens that names of people and organisations stand on, in text order."""
        return sorted(self._spans)

    def person(self, index: int) -> tuple[int, int, int] | None:
        """(agent, start, end) of the person's name at a token."""
        return self.named(index, AgentKind.PERSON)

    def alone(self, agent: int) -> bool:
        """Whether the article names an agent once only."""
        return sum(mention.agent == agent for mention in self.cast.mentions()) == 1

    def body(self, index: int) -> Body | None:
        """The organisation's name at a token."""
        found = self.named(index, AgentKind.ORGANISATION)
        if found is None or (found[2] - found[1] == 1 and self.doc[index].text in self._persons):
            return None  # a word of a person's name stands for that person
        return Body(*found)

    def is_place(self, index: int) -> bool:
        """Whether the tagger sees a place, a nationality, a date or the like."""
        labels = self.columns.label
        if labels[index] in _PLACES:
            return True
        alone = labels[index - 1 : index] != [labels[index]] and labels[index + 1 : index + 2] != [labels[index]]
        return alone and self.columns.text[index] in place_names()  # "Idaho executive Ada Brandt", whatever the tagger sees in it

    def is_site(self, index: int) -> bool:
        """Whether the tagger sees a country, a city, a region or a building."""
        return self.columns.label[index] in {"GPE", "LOC", "FAC"}

    def doubtful_place(self, index: int) -> bool:
        """Whether the tagger alone makes a place of a word, which is no country, state or large city: it may as well name a body."""
        labels, word = self.columns.label, self.columns.text[index]
        alone = labels[index - 1 : index] != [labels[index]] and labels[index + 1 : index + 2] != [labels[index]]
        site = labels[index] in {"GPE", "LOC"} and alone and self.capital(index) and "." not in word
        return site and word not in place_names() and word not in city_names()

    def capital(self, index: int) -> bool:
        """Whether a token may be part of a name: a capital in it, and a letter."""
        text = self.columns.text[index]
        return text != text.lower() and any(c.isupper() for c in text)

    def add_body(self, start: int, end: int) -> Body:
        """An organisation that stands beside a post and that no name stage saw."""
        return Body(self._propose(AgentKind.ORGANISATION, start, end, _NAMED), start, end)

    def add_person(self, start: int, end: int) -> int:
        """A person whom only a post shows."""
        return self._propose(AgentKind.PERSON, start, end, _NAMED)

    def nobody(self, token: "Token", kind: AgentKind) -> int | None:
        """An agent for a bare pronoun, where the text has named nobody it could stand for."""
        if self.first[kind] < token.i or self._quoted(token):
            return None
        return self._propose(AgentKind.UNNAMED, token.i, token.i + 1, _BARE)

    def point(self, token: "Token", agent: int) -> int:
        """Notes that a pronoun stands for an agent, should a role rest on it."""
        if agent < 0 or self.cast.at(token.i) is not None:
            return agent
        return self._propose(self.cast.kind(agent), token.i, token.i + 1, _POINTS, agent=agent)

    def _propose(self, kind: AgentKind, start: int, end: int, how: "_How", *, agent: int | None = None) -> int:
        """The number, below zero, of an agent or mention that enters the cast only with a role."""
        span = self.doc[start:end]
        name = " ".join(span.text.split())
        if how == _BARE:
            name = name.lower()
        where = Span(span.start_char, span.end_char)
        number = self._numbers.setdefault((kind, name if agent is None else f"{agent} {start}"), -1 - len(self._numbers))
        agent = self.cast.named(kind, name) if agent is None else agent
        proposed = self._proposed.setdefault(number, _Proposed(kind, name, agent))
        proposed.mentions.setdefault((start, end), CastMention(where, span.root.i, number, how.form, how.rule, how.confidence))
        return number

    def settle(self, agent: int) -> int:
        """The cast's number of an agent on whom a role rests: whoever was only proposed so far enters the cast."""
        if agent >= 0:
            return agent
        one = self._proposed[agent]
        if one.agent is None:
            one.agent = self.cast.add(one.kind, [one.name])
        while one.mentions:
            (start, end), mention = one.mentions.popitem()
            self.cast.mention(replace(mention, agent=one.agent), tokens=range(start, end))
        return one.agent

    def _quoted(self, token: "Token") -> bool:
        return sum(text in _MARKS for text in self.columns.text[self.opens[token.i] : token.i]) % 2 == 1

    def name_end(self, start: int) -> int:
        """Where the name that begins at a token ends, by its capitals."""
        doc, stop = self.doc, self.closes[start]
        end = start + 1
        while end < stop:
            token = doc[end]
            if self.person(end) is not None and self.person(start) is None:
                break
            if self.capital(end) and token.pos_ in {"PROPN", "NOUN", "ADJ", "X", "NUM", "VERB"} and not doc[end - 1].text.endswith(","):
                end += 1
            elif (token.text in {"&", "-", "/", "–"} and end + 1 < stop and self.capital(end + 1)) or (
                token.text == "," and end + 1 < stop and doc[end + 1].lower_ in _SUFFIXES
            ):
                end += 2
            elif token.lower_ in {"of", "for", "and", "de", "des", "di", "du", "’s", "'s"} and self._joins(end, stop):
                end += 2 if self.capital(end + 1) else 3
            else:
                break
        return end

    def _joins(self, link: int, stop: int) -> bool:
        """Whether "of", "for", "and" at `link` go on with the name: "University of X", "Institute for the Y", "Boys and Girls Club"."""
        doc = self.doc
        after = link + 1 if link + 1 < stop and self.capital(link + 1) else link + 2
        if after >= stop or not self.capital(after) or (after == link + 2 and doc[link + 1].lower_ != "the"):
            return False
        if self.person(after) is not None:
            return False
        if doc[link].ent_type_ == "ORG" and doc[after].ent_iob_ == "I":
            return True
        word = doc[link].lower_
        if word in {"of", "for"}:
            return doc[link - 1].text in organisation_parts() or doc[link - 1].tag_ == "NNPS"
        if word == "and" and self.is_place(link - 1):
            many = after + 1 < stop and doc[after + 1].tag_ == "NNPS"  # "Norden and Marland Veterans"
            return self.is_place(after) or many
        return word in {"de", "des", "di", "du"}

    def descriptor(self, token: "Token") -> bool:
        """Whether a common noun says what kind of organisation something is."""
        return token.pos_ == "NOUN" and token.lemma_.lower() in organisation_descriptors()

    def body_before(self, index: int) -> Body | None:
        """The organisation named last before a token, a sentence's subject before all others of it; within three sentences."""
        doc = self.doc
        start, end = max(self.opens[index], index - _BACK), index
        for _ in range(3):
            found = [body for i in range(start, end) if (body := self.body(i)) is not None]
            subjects = [body for body in found if doc[body.start : body.end].root.dep_ in {"nsubj", "nsubjpass"}]
            if subjects or found:
                return (subjects or found)[-1]
            if start == 0:
                return None
            start, end = max(self.opens[start - 1], start - _BACK), start
        return None
