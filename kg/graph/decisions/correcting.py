"""What people decided put in the place of what the software found: `Extraction` to `Extraction`.

The same corrections give the same extraction whether an article was just read or comes out of a store, since both start from what a graph
holds. What was overruled is kept: as a mark for each correction, and whole, so that it can be put back.
"""

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from kg import records as r
from kg.graph.decisions.corrections import NOBODY, Change, Correction, Target
from kg.graph.mapping import PIECES
from kg.graph.stored import projected
from kg.interchange import from_json, to_json

__all__ = ["BY_PERSON", "Corrected", "correct", "correct_projected", "software_own", "which_of", "words_of"]

BY_PERSON = "person"  # the rule of what a person decided
_ALIKE = 0.5  # share of the characters of either in common, from which two stretches of text are one
_OF_ARTICLE = ("id", "source_name", "sha256", "title", "url", "publisher", "published", "authors", "text", "regions", "given_id")
_AGENT_ID = re.compile(rf"(?:{'|'.join(r.AgentKind)})-(\d{{1,12}})", re.ASCII)  # person-588, not the code of a plane
_OPENING = "\"'“‘„«「『"
_ASPECTS = {
    Change.SPEAKER: r.CorrectedAspect.SPEAKER,
    Change.CONTENT: r.CorrectedAspect.CONTENT,
    Change.QUOTATION: r.CorrectedAspect.QUOTATION,
    Change.MODE: r.CorrectedAspect.MODE,
    Change.CLAIM_KIND: r.CorrectedAspect.CLAIM_KIND,
    Change.HOLDER: r.CorrectedAspect.HOLDER,
    Change.TITLE: r.CorrectedAspect.TITLE,
    Change.ORGANISATION: r.CorrectedAspect.ORGANISATION,
    Change.FORMER: r.CorrectedAspect.FORMER,
    Change.KIND: r.CorrectedAspect.AGENT_KIND,
    Change.REMOVED: r.CorrectedAspect.EXISTENCE,
    Change.ADDED: r.CorrectedAspect.EXISTENCE,
}


@dataclass(frozen=True, slots=True)
class Corrected:
    """An extraction as people corrected it.

    Attributes:
        unfit: the corrections that no longer fit, each with the reason.
        roles: where each role stood among the software's own, as `r` and its place; `p` and a number for one that a person put in.
    """

    extraction: r.Extraction
    unfit: tuple[tuple[Correction, str], ...] = ()
    roles: tuple[str, ...] = ()


def correct(extraction: r.Extraction, corrections: Sequence[Correction], *, base: str) -> Corrected:
    """An extraction as people corrected it, and the corrections that no longer fit.

    Args:
        extraction: the software's own.
        corrections: of this article, in any order; without any it stays as it is.
        base: IRI prefix of the store that it is for.
    """
    return correct_projected(projected(extraction, base=base), corrections) if corrections else Corrected(extraction)


def correct_projected(found: r.Extraction, corrections: Iterable[Correction]) -> Corrected:
    """As `correct`, for an extraction that came out of a graph."""
    state = _State(found)
    unfit = []
    # What is added comes first, so that it can be corrected like the rest; what is taken out last.
    for one in sorted(corrections, key=lambda one: ((Change.ADDED, *_ASPECTS).index(one.change), one)):
        try:
            state.apply(one)
        except _Unfit as error:
            unfit.append((one, str(error)))
    if not state.overruled:
        return Corrected(found, tuple(unfit), tuple(state.roles))
    told = json.loads(to_json(found))
    for topic in (topic for said in told["attributions"] for topic in said["topics"]):
        topic |= {"broader": [], "also": []}  # what is wider, and other labels, are no article's own: the graph `concepts` keeps them
    kept = json.dumps({key: value for key, value in told.items() if key not in _OF_ARTICLE}, ensure_ascii=False, sort_keys=True)
    return Corrected(replace(state.extraction(), as_extracted=kept), tuple(unfit), tuple(state.roles))


def software_own(as_extracted: str, article: r.Article) -> r.Extraction:
    """The software's own extraction of an article, from what `Extraction.as_extracted` keeps of it.

    Raises:
        BadRecord: if that is damaged.
    """
    bare = r.Article(id=article.id, text=article.text)
    told = json.loads(to_json(r.Extraction(bare, r.ModelVersions("", "", "")))) | json.loads(as_extracted)
    return replace(from_json(json.dumps(told)), article=article)


def words_of(spans: Iterable[r.Span], text: str) -> str:
    """The words of spans in text order, pieces joined by `[...]`."""
    return PIECES.join(span.of(text) for span in spans)


def which_of(found: r.Extraction, thing: r.Attribution | r.Role | r.Agent) -> str:
    """What tells a thing from others of the same words: see `kg.graph.decisions.corrections`."""
    names = {agent.id: agent.name for agent in found.agents}
    if isinstance(thing, r.Attribution):
        return names.get(thing.speaker or "", NOBODY)
    return f"{names[thing.agent]}: {thing.title or NOBODY}" if isinstance(thing, r.Role) else thing.kind.value


class _Unfit(Exception):
    """Why a correction does not fit."""


class _State:
    """An extraction while corrections are applied; the software's own stays at hand to find things by."""

    def __init__(self, found: r.Extraction) -> None:
        self.own = found
        self.text = found.article.text
        self.agents = {agent.id: agent for agent in found.agents}
        self.mentions = list(found.mentions)
        self.said = {one.id: one for one in found.attributions}
        self.roles = {f"r{number}": role for number, role in enumerate(found.roles)}
        self.added: dict[str, r.Attribution] = {}
        self.put_in: dict[str, str] = {}  # roles that people added, each by the words that tell it from others
        self.agreements = list(found.agreements)
        self.overruled: list[r.Overruled] = []

    def apply(self, one: Correction) -> None:
        if one.change is Change.ADDED:
            (self._add if one.target is Target.STATEMENT else self._add_role)(one)
        elif one.target is Target.STATEMENT:
            self._statement(one, self._find_statement(one))
        elif one.target is Target.ROLE:
            self._role(one, self._find_role(one))
        else:
            self._agent(one, self._find_agent(one))

    def extraction(self) -> r.Extraction:
        left = {key: f"r{number}" for number, key in enumerate(self.roles)}
        told = [replace(one, target=left.get(one.target, one.target) if one.target else None) for one in self.overruled]
        return replace(
            self.own,
            agents=tuple(self.agents.values()),
            mentions=tuple(sorted(self.mentions, key=lambda one: (one.span, one.agent, one.rule))),
            roles=tuple(self.roles.values()),
            attributions=tuple(sorted(self.said.values(), key=lambda one: (one.content, one.id))),
            agreements=tuple(self.agreements),
            overruled=tuple(sorted(told, key=lambda one: one.decision)),
        )

    def _overrule(
        self, one: Correction, target: str | None, former: str = "", *, agent: str | None = None, spans: tuple[r.Span, ...] = ()
    ) -> None:
        self.overruled.append(r.Overruled(target, _ASPECTS[one.change], one.id, former, agent, spans, one.why))

    # ----------------------------------------------------------------------- finding

    def _find_statement(self, one: Correction) -> str:
        things = {**{own.id: own for own in self.own.attributions}, **self.added}
        found = self._find(one, {key: said.content for key, said in things.items()}, lambda key: which_of(self._seen(), things[key]))
        return self._left(one, found, self.said)

    def _find_role(self, one: Correction) -> str:
        things = {f"r{number}": role for number, role in enumerate(self.own.roles)}
        told = {key: which_of(self.own, role) for key, role in things.items()} | self.put_in
        named = [key for key, which in told.items() if which == one.which]
        evidence = {key: (things.get(key) or self.roles[key]).evidence for key in named if key in things or key in self.roles}
        found = self._find(one, evidence, lambda _: one.which) if named else None
        return self._left(one, found or (named[0] if len(named) == 1 else None), self.roles)

    def _find_agent(self, one: Correction) -> str:
        agents = self.own.agents
        first = {agent.id: min(m.span for m in self.own.mentions if m.agent == agent.id) for agent in agents}
        for alike in (
            [a for a in agents if a.name == one.words and first[a.id].start == one.start],
            [a for a in agents if a.name == one.words and a.kind == one.which],
            [a for a in agents if one.words in (a.name, *a.aliases)],
        ):
            if len(alike) == 1:
                return alike[0].id
        raise _Unfit(f"no agent called {one.words!r}")

    def _seen(self) -> r.Extraction:
        return replace(self.own, agents=tuple(self.agents.values()), overruled=(), mentions=tuple(self.mentions))

    def _find(self, one: Correction, spans: dict[str, tuple[r.Span, ...]], which: Callable[[str], str]) -> str | None:
        """By the very words at the very place, by the very words anywhere, by most of the words near there."""
        same = [key for key, pieces in spans.items() if words_of(pieces, self.text) == one.words]
        there = [key for key in same if spans[key][0].start == one.start]
        for alike in (there, [key for key in there if which(key) == one.which], same, [key for key in same if which(key) == one.which]):
            if len(alike) == 1:
                return alike[0]
        if same or (place := self._located(one.words, one.start)) is None:
            return None
        shares = sorted(((_shared(place, pieces), key) for key, pieces in spans.items()), reverse=True)
        if shares and shares[0][0] >= _ALIKE and (len(shares) == 1 or shares[1][0] < shares[0][0]):
            return shares[0][1]
        return None

    def _left[T](self, one: Correction, found: str | None, things: dict[str, T]) -> str:
        if found is None:
            there = self._located(one.words, one.start) is not None
            raise _Unfit(f"no {one.target} rests on these words any more" if there else "these words do not stand in the article any more")
        if found not in things:
            raise _Unfit(f"the {one.target} was taken out by another correction")
        return found

    def _located(self, words: str, start: int) -> tuple[r.Span, ...] | None:
        """Where words stand in the text: each piece nearest to where it is looked for; None if one does not stand there."""
        found: list[r.Span] = []
        for piece in words.split(PIECES):
            place = self._nearest(piece, found[-1].end if found else start)
            if place is None or (found and place.start < found[-1].end):
                return None
            found.append(place)
        return tuple(found)

    def _nearest(self, words: str, start: int) -> r.Span | None:
        before, after = self.text.rfind(words, 0, start + len(words)), self.text.find(words, start)
        places = [place for place in (before, after) if place >= 0]
        if not words or not places:
            return None
        best = min(places, key=lambda place: (abs(place - start), place))
        return r.Span(best, best + len(words))

    def _named(self, name: str, near: r.Span, kind: r.AgentKind) -> str:
        """The agent of that name or id in the article; a new one where the software had seen none, if the name stands in the text."""
        if (known := self._known(name)) is not None:
            return known
        place = self._nearest(name, near.start)
        if place is None:
            raise _Unfit(f"the name {name!r} does not stand in the article")
        own = f"a{1 + max((int(key[1:]) for key in self.agents), default=0)}"
        self.agents[own] = r.Agent(own, kind, name)
        self.mentions.append(r.Mention(place, r.MentionForm.NAME, own, BY_PERSON, 1.0))
        return own

    def _known(self, name: str) -> str | None:
        """The agent of that name or id that the article has."""
        for alike in (
            [agent.id for agent in self.agents.values() if agent.name == name],
            [agent.id for agent in self.agents.values() if name in agent.aliases],
            self._of_id(name),
        ):
            if len(alike) == 1:
                return alike[0]
            if alike:
                told = "; ".join(map(self._told_apart, alike))
                raise _Unfit(f"{len(alike)} agents of the article are called {name!r}: {told}. Give the id of the one meant instead")
        return None

    def _of_id(self, name: str) -> list[str]:
        """Agents by what `kg show` prints as their id: kind and first mention by name. A correction may change the kind, never the place."""
        found = _AGENT_ID.fullmatch(name)
        start = int(found[1]) if found else -1
        return [key for key in self.agents if self._first(key) == start]

    def _first(self, agent: str) -> int:
        mentions = [one for one in self.mentions if one.agent == agent]
        named = [one for one in mentions if one.form is r.MentionForm.NAME]
        return min(one.span.start for one in named or mentions)

    def _told_apart(self, agent: str) -> str:
        """One of several namesakes: name, posts, id."""
        who = self.agents[agent]
        names = {key: other.name for key, other in self.agents.items()}
        posts = (
            ", ".join(filter(None, (role.title, names.get(role.organisation or "")))) for role in self.own.roles if role.agent == agent
        )
        return ", ".join((who.name, *dict.fromkeys(posts), f"{who.kind}-{self._first(agent)}"))

    # ----------------------------------------------------------------------- changing

    def _statement(self, one: Correction, key: str) -> None:
        said = self.said[key]
        former = ""
        agent: str | None = None
        spans: tuple[r.Span, ...] = ()
        if one.change is Change.REMOVED:
            self._remove(one, key)
            return
        if one.change is Change.SPEAKER:
            speaker = None if one.value == NOBODY else self._named(one.value, (said.source or said.content)[0], r.AgentKind.PERSON)
            changed = replace(said, speaker=speaker)
            agent = said.speaker
        elif one.change is Change.CONTENT:
            changed = self._recut(one, said)
            spans = said.content
        elif one.change is Change.QUOTATION:
            changed = replace(said, kind=r.AttributionKind(one.value))
            former = said.kind.value
        elif one.change is Change.MODE:
            changed = replace(said, mode=r.SpeechMode(one.value))
            former = said.mode.value
        else:
            kinds = tuple(judged for judged in said.judgements if judged.aspect is not r.Aspect.CLAIM_KIND)
            judged = r.Judgement(r.Aspect.CLAIM_KIND, BY_PERSON, 1.0)
            changed = replace(said, claim_kind=r.ClaimKind(one.value), judgements=tuple(sorted((*kinds, judged))))
            former = said.claim_kind.value if said.claim_kind else ""
        if replace(changed, judgements=said.judgements) == said:
            return  # the software says so itself by now
        if one.change is not Change.CLAIM_KIND:
            changed = replace(changed, rule=BY_PERSON, confidence=1.0)
        self.said[key] = changed
        self._overrule(one, key, former, agent=agent, spans=spans)

    def _recut(self, one: Correction, said: r.Attribution) -> r.Attribution:
        content = self._located(one.value, said.content[0].start)
        if content is None:
            raise _Unfit("the right words do not stand in the article in that order")
        inside = [q for q in said.quantities if all(any(span.covers(e) for span in content) for e in q.evidence)]
        judged = tuple(one for one in said.judgements if one.aspect is not r.Aspect.READABLE)
        return replace(said, content=content, quantities=tuple(inside), readable=None, judgements=judged)

    def _remove(self, one: Correction, key: str) -> None:
        said = self.said.pop(key)
        self._overrule(one, None, spans=said.content)
        left = []
        for agreement in self.agreements:
            targets = tuple(target for target in agreement.targets if target != key)
            if agreement.source != key and targets:
                left.append(replace(agreement, targets=targets))
        self.agreements = left
        # A mark on a thing that is not there any more is a mark on its absence.
        self.overruled = [replace(other, target=None) if other.target == key else other for other in self.overruled]

    def _add(self, one: Correction) -> None:
        content = self._located(one.words, one.start)
        if content is None:
            raise _Unfit("these words do not stand in the article any more")
        if any(said.content == content for said in self.own.attributions):
            raise _Unfit("the software finds this statement itself")
        cue = self._nearest(one.which, content[-1].end) if one.which else None
        speaker = None if one.value in {NOBODY, ""} else self._named(one.value, content[-1], r.AgentKind.PERSON)
        key = f"c{1 + max((int(key[1:]) for key in self.said), default=0)}"
        quoted = all(span.of(self.text)[0] in _OPENING for span in content)
        kind = r.AttributionKind.DIRECT if quoted else r.AttributionKind.INDIRECT
        cues = (cue,) if cue and not any(cue.overlaps(span) for span in content) else ()
        self.said[key] = self.added[key] = r.Attribution(key, kind, (), cues, content, speaker, None, r.SpeechMode.SPEECH, BY_PERSON, 1.0)
        self._overrule(one, key)

    def _add_role(self, one: Correction) -> None:
        evidence = self._located(one.words, one.start)
        if evidence is None:
            raise _Unfit("these words do not stand in the article any more")
        holder, title = one.post
        where = one.value if one.value not in {NOBODY, ""} else None
        known = {name: self._known(name) for name in (holder, where) if name}
        for name, agent in known.items():  # before an agent is made of the other
            if agent is None and self._nearest(name, 0) is None:
                raise _Unfit(f"the name {name!r} does not stand in the article")
        same = (known[holder], "" if title == NOBODY else title.casefold(), known[where] if where else None)
        if (where is None or same[2]) and same in {
            (role.agent, (role.title or "").casefold(), role.organisation) for role in self.own.roles
        }:
            raise _Unfit("the software finds this role itself")
        who = self._named(holder, evidence[0], r.AgentKind.PERSON)
        body = self._named(where, evidence[0], r.AgentKind.ORGANISATION) if where else None
        key = f"p{len(self.put_in)}"
        self.roles[key] = r.Role(who, None if title == NOBODY else title, body, False, evidence, BY_PERSON, 1.0)
        self.put_in[key] = one.which
        self._overrule(one, key)

    def _role(self, one: Correction, key: str) -> None:
        role = self.roles[key]
        former = ""
        agent: str | None = None
        try:
            if one.change is Change.REMOVED:
                del self.roles[key]
                self.overruled = [replace(other, target=None) if other.target == key else other for other in self.overruled]
                self._overrule(one, None, spans=role.evidence)
                return
            if one.change is Change.HOLDER:
                changed = replace(role, agent=self._named(one.value, role.evidence[0], r.AgentKind.PERSON))
                agent = role.agent
            elif one.change is Change.ORGANISATION:
                body = None if one.value == NOBODY else self._named(one.value, role.evidence[0], r.AgentKind.ORGANISATION)
                changed = replace(role, organisation=body)
                agent = role.organisation
            elif one.change is Change.TITLE:
                changed = replace(role, title=None if one.value == NOBODY else one.value)
                former = role.title or ""
            else:
                changed = replace(role, former=one.value == "true")
                former = "true" if role.former else "false"
        except ValueError as error:
            raise _Unfit(str(error)) from error
        if changed == role:
            return
        self.roles[key] = replace(changed, rule=BY_PERSON, confidence=1.0)
        self._overrule(one, key, former, agent=agent)

    def _agent(self, one: Correction, key: str) -> None:
        agent = self.agents[key]
        kind = r.AgentKind(one.value)
        if agent.kind is not kind:
            self.agents[key] = replace(agent, kind=kind)
            self._overrule(one, key, agent.kind.value)


def _shared(one: Sequence[r.Span], other: Sequence[r.Span]) -> float:
    """Characters in both as a share of those in either."""
    a, b = ({place for span in spans for place in range(span.start, span.end)} for spans in (one, other))
    return len(a & b) / len(a | b)
