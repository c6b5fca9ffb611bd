"""Who speaks: from the source phrase of an attribution to an agent of the article, or to nobody."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.people.cast import Cast, CastMention
from kg.extract.people.descriptions import bodies_of
from kg.extract.words import organisation_descriptors, post_nominals, role_nouns, work_nouns
from kg.records import AgentKind, MentionForm, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as SpacySpan

    from kg.extract.attribution.found import FoundAttribution
    from kg.extract.people.descriptions import Bodies

__all__ = ["resolve_speakers"]

_RELATIVE = frozenset({"who", "which", "that", "whom"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
_NATIONS = frozenset({"GPE", "NORP", "LOC"})
_RULES = frozenset({"government", "administration", "council", "parliament"})
_UNDER_A_NAME = frozenset({"campaign", "administration"})
# Parts of a number of people: "most said", "61 percent said".
_SHARES = frozenset(
    {
        "percent",
        "%",
        "majority",
        "minority",
        "share",
        "proportion",
        "third",
        "quarter",
        "half",
        "most",
        "none",
        "few",
        "several",
        "both",
        "others",
        "lot",
    }
)
_LONG = 9  # tokens of a complement that is still part of a description
_NEAR = 3  # sentences that a pronoun reaches back over


def resolve_speakers(doc: "Doc", found: "Sequence[FoundAttribution]", cast: Cast) -> tuple[int | None, ...]:
    """The agent of each attribution's source, by position; None where no one can be named with confidence.

    Adds to the cast the pronouns and descriptions it resolves, and the unnamed speakers, groups, places and documents that speak.
    """
    speakers: list[int | None] = [None] * len(found)
    scene = _Scene(doc, cast, _posts(doc, cast), bodies_of(doc, cast))
    order = sorted((k for k, one in enumerate(found) if one.continues is None), key=lambda k: found[k].anchor or 0)
    for k in order:
        anchor = found[k].anchor
        if anchor is not None:
            speakers[k] = _agent(doc[anchor], scene)
    for k, one in enumerate(found):
        if one.continues is not None:
            speakers[k] = speakers[one.continues]
    return tuple(speakers)


@dataclass(frozen=True, slots=True)
class _Scene:
    """What every decision looks at: the parse, the cast, and who in it is said to hold which post."""

    doc: "Doc"
    cast: Cast
    posts: dict[str, set[int]]
    bodies: "Bodies"


def _posts(doc: "Doc", cast: Cast) -> dict[str, set[int]]:
    """Noun of a post or an occupation to the people whom the article calls so: "Ada Brandt, a chemist", "chemist Ada Brandt"."""
    posts: dict[str, set[int]] = {}
    for mention in cast.mentions():
        if mention.form is not MentionForm.NAME or cast.kind(mention.agent) is not AgentKind.PERSON:
            continue
        name = doc[mention.head]
        beside = [child for child in name.children if child.dep_ in {"appos", "compound", "nmod"}]
        if name.dep_ == "appos":
            beside.append(name.head)
        elif name.dep_ == "nsubj" and name.head.lemma_ == "be":
            beside.extend(child for child in name.head.rights if child.dep_ == "attr")
        for noun in beside:
            if noun.lemma_.lower() in role_nouns() and noun.tag_ in {"NN", "NNP"}:
                posts.setdefault(noun.lemma_.lower(), set()).add(mention.agent)
    return posts


def _agent(head: "Token", scene: _Scene) -> int | None:
    cast = scene.cast
    known = cast.at(head.i)
    if known is not None:
        return known
    word = head.lower_
    if word in _RELATIVE and head.tag_ in {"WP", "WDT"}:
        noun = _described_by(head, cast)
        if noun is not None:
            return _agent(noun, scene)
        return _pick(head, _antecedent(head, cast), cast, "relative-pronoun", 0.85)
    if head.pos_ == "PRON":
        if word in {"it", "they"}:
            return _pick(head, _speaker_before(head, scene, word), cast, "pronoun-same-speaker", 0.7)
        return None
    near = (token for token in head.subtree if token.i <= head.i + 6 and _names_head(token, head))
    named = next((agent for token in near if (agent := cast.at(token.i)) is not None), None)
    if named is not None:
        return named
    holder = _holder(head, scene)
    if holder is None:
        holder = _pick_body(head, scene)
    return holder if holder is not None else _described(scene.doc, head, cast)


def _pick_body(head: "Token", scene: _Scene) -> int | None:
    """Whom "the agency" means: the organisation of that kind, if only one is about."""
    if head.pos_ != "NOUN" or head.left_edge.i != head.i - 1 or head.nbor(-1).lower_ not in {"the", "this"}:
        return None
    if any(child.dep_ in {"prep", "acl", "appos"} for child in head.rights):
        return None
    meant = scene.bodies.meant(head)
    if meant is None:
        return None
    agent, rule, confidence = meant
    span = Span(head.nbor(-1).idx, head.idx + len(head))
    tokens = range(head.i - 1, head.i + 1)
    scene.cast.mention(CastMention(span, head.i, agent, MentionForm.DESCRIPTION, rule, confidence), tokens=tokens)
    return agent


def _holder(head: "Token", scene: _Scene) -> int | None:
    """Whom "the chemist" means: the only person whom the article calls a chemist, if no other chemist has been brought in."""
    cast, noun = scene.cast, head.lemma_.lower()
    held = scene.posts.get(noun, set())
    bare = head.left_edge.i == head.i - 1 and head.right_edge.i == head.i and head.nbor(-1).lower_ == "the"
    if len(held) != 1 or not bare or cast.named(AgentKind.UNNAMED, noun) is not None:
        return None
    (agent,) = held
    span = Span(head.nbor(-1).idx, head.idx + len(head))
    cast.mention(CastMention(span, head.i, agent, MentionForm.DESCRIPTION, "description-post", 0.75), tokens=range(head.i - 1, head.i + 1))
    return agent


def _pick(head: "Token", agent: int | None, cast: Cast, rule: str, confidence: float) -> int | None:
    if agent is not None:
        span = Span(head.idx, head.idx + len(head))
        cast.mention(CastMention(span, head.i, agent, MentionForm.PRONOUN, rule, confidence), tokens=range(head.i, head.i + 1))
    return agent


def _names_head(token: "Token", head: "Token") -> bool:
    """Whether the mention at `token` names the head itself: "research firm Northlight", "the chemist, Ada Brandt,"."""
    return token.head == head and token.dep_ in {"appos", "compound", "nmod"} and (token.dep_ == "appos" or token.i > head.i)


def _described_by(pronoun: "Token", cast: Cast) -> "Token | None":
    """The common noun that a relative clause describes, as in "one of two women who said", "a poll that showed", "18 percent who say".

    None where it stands for somebody named: beside the name, after "Brandt is", or where a comma and a name stand between the two.
    """
    verb = pronoun.head
    while verb.dep_ != "relcl" and verb.head != verb:
        verb = verb.head
    noun = verb.head
    if verb.dep_ != "relcl" or noun.pos_ not in {"NOUN", "NUM"} or noun.i > pronoun.i or cast.at(noun.i) is not None:
        return None
    if pronoun.tag_ == "WDT" and noun.lemma_.lower() not in organisation_descriptors() | work_nouns():
        return None  # "exchanges that showed": nobody speaks
    beside = [child for child in noun.children if child.dep_ == "appos" or (child.i > noun.i and child.dep_ in {"compound", "nmod"})]
    if noun.dep_ in {"appos", "attr", "conj"} or any(cast.at(child.i) is not None for child in beside):
        return None
    set_off = pronoun.nbor(-1).text in {",", "—", "–", "-", "(", "--"}
    named = set_off and pronoun.i - 2 > noun.i and cast.at(pronoun.i - 2) is not None
    return None if named else noun


def _antecedent(pronoun: "Token", cast: Cast) -> int | None:
    """What a relative pronoun stands for: the noun its clause hangs on, if it fits, else the last person named before it."""
    verb = pronoun.head
    while verb.dep_ != "relcl" and verb.head != verb:
        verb = verb.head
    person = pronoun.lower_ in {"who", "whom"}
    agent = cast.at(verb.head.i) if verb.dep_ == "relcl" else None
    if agent is not None and person == (cast.kind(agent) is AgentKind.PERSON):
        return agent
    if verb.dep_ == "relcl" and _somebody_else(verb.head, cast):
        return None
    for index in range(pronoun.i - 1, pronoun.sent.start - 1, -1):
        if pronoun.doc[index].pos_ == "VERB" and pronoun.doc[index].dep_ in {"ROOT", "ccomp", "conj"}:
            return None
        agent = cast.at(index)
        if agent is not None and person and cast.kind(agent) is AgentKind.PERSON:
            return agent
    return None


def _somebody_else(noun: "Token", cast: Cast) -> bool:
    """Whether a clause describes somebody whose name the cast does not have: "Marr Dahl, a commissioner who"."""
    name = noun.head if noun.dep_ == "appos" else noun
    return name.pos_ == "PROPN" and cast.at(name.i) is None and name.ent_type_ in {"", "PERSON"} and name.i + 1 < noun.i


def _sentences_back(token: "Token") -> "Iterator[SpacySpan]":
    """The token's sentence and those before it that a pronoun reaches back over, the nearest first."""
    sentence = token.sent
    yield sentence
    for _ in range(_NEAR):
        if sentence.start == 0:
            return
        sentence = token.doc[sentence.start - 1].sent
        yield sentence


def _speaker_before(pronoun: "Token", scene: _Scene, word: str) -> int | None:
    """The organisation, document or group that spoke last, within the sentences a pronoun reaches back over."""
    fits = {"it": {AgentKind.ORGANISATION, AgentKind.WORK}, "they": {AgentKind.GROUP}}[word]
    *_, first = _sentences_back(pronoun)
    for index in range(pronoun.i - 1, first.start - 1, -1):
        agent = scene.cast.at(index)
        if agent is not None and scene.doc[index].dep_ in {"nsubj", "nsubjpass"}:
            return agent if scene.cast.kind(agent) in fits else None
    return None


def _described(doc: "Doc", head: "Token", cast: Cast) -> int | None:
    """A speaker without a name: an agent of its own, the same one for the same definite description."""
    if head.pos_ not in {"NOUN", "PROPN", "ADJ", "NUM"} or head.lower_ in {"one", "some", "many"}:
        return None
    if head.pos_ == "PROPN" and head.ent_type_ not in {"GPE", "LOC", "NORP", "LAW", "WORK_OF_ART"} and not _members(head):
        return None  # a name that the cast leaves open, such as a surname of two people
    campaign = _campaign(doc, head, cast)
    if campaign is not None:
        return campaign
    government = _government(doc, head, cast)
    if government is not None:
        return government
    kind = _kind(head)
    start, end = _phrase(doc, head)
    name = " ".join(doc[start:end].text.split())
    definite = doc[start].lower_ in _DEFINITE or kind is AgentKind.PLACE
    short = name.partition(" ")[2] if doc[start].lower_ in _DEFINITE | {"a", "an"} else name
    if not short:
        return None
    agent = cast.named(kind, short) if definite else None
    if agent is None:
        agent = cast.add(kind, [short])
    form = MentionForm.NAME if kind is AgentKind.PLACE else MentionForm.DESCRIPTION
    span = Span(doc[start].idx, doc[end - 1].idx + len(doc[end - 1]))
    cast.mention(CastMention(span, head.i, agent, form, f"speaker-{kind}", 0.8), tokens=range(start, end))
    return agent


def _campaign(doc: "Doc", head: "Token", cast: Cast) -> int | None:
    """As in "the Brandt campaign": a body under somebody's name; not "Brandt's campaign", which is a description."""
    if head.lower_ not in _UNDER_A_NAME or head.i == 0 or doc[head.i - 1].pos_ != "PROPN" or doc[head.i - 1].dep_ != "compound":
        return None
    start = head.i - 1
    while start > head.sent.start and doc[start - 1].pos_ == "PROPN" and doc[start - 1].head.i <= head.i:
        start -= 1
    name = " ".join(doc[start : head.i + 1].text.split())
    agent = cast.named(AgentKind.ORGANISATION, name)
    if agent is None:
        agent = cast.add(AgentKind.ORGANISATION, [name])
    span = Span(doc[start].idx, head.idx + len(head))
    cast.mention(CastMention(span, head.i, agent, MentionForm.NAME, "speaker-campaign", 0.8), tokens=range(start, head.i + 1))
    return agent


def _government(doc: "Doc", head: "Token", cast: Cast) -> int | None:
    """As in "the Welsh government", "Norden council": a body with a name; "the government" is none, nor is "the last Welsh government"."""
    first, opens = head.i, head.sent.start
    named = _NATIONS | ({"", "ORG"} if head.lower_ == "council" else set())
    while first > opens and doc[first - 1].ent_type_ in named and doc[first - 1].tag_ in {"NNP", "JJ"} and doc[first - 1].text[0].isupper():
        first -= 1
    before = doc[first - 1].lower_ if first > opens and doc[first - 1].is_alpha else "the"
    if head.lower_ not in _RULES or first == head.i or before not in {"the", "both", "and"}:
        return None
    name = " ".join(doc[first : head.i + 1].text.split())
    same = (cast.named(AgentKind.ORGANISATION, one) for one in (name, f"{name.rpartition(' ')[0]} {head.text.title()}"))
    agent = next((one for one in same if one is not None), None)
    if agent is None:
        agent = cast.add(AgentKind.ORGANISATION, [name])
    span = Span(doc[first].idx, head.idx + len(head))
    cast.mention(CastMention(span, head.i, agent, MentionForm.NAME, "speaker-government", 0.85), tokens=range(first, head.i + 1))
    return agent


def _kind(head: "Token") -> AgentKind:
    if head.ent_type_ in {"GPE", "LOC"}:
        return AgentKind.PLACE
    lemma = head.lemma_.lower()
    if lemma in work_nouns() or head.ent_type_ in {"WORK_OF_ART", "LAW"}:
        return AgentKind.WORK
    if head.pos_ == "NUM" or head.lower_ in _SHARES or any(child.lower_ in {"percent", "%"} for child in head.children):
        return AgentKind.GROUP
    if (
        _members(head)
        or head.tag_ in {"NNS", "NNPS"}
        or head.ent_type_ == "NORP"
        or lemma in {"people", "police", "public", "staff", "majority", "family"}
    ):
        return AgentKind.GROUP
    if lemma in organisation_descriptors() and lemma not in role_nouns():
        return AgentKind.UNNAMED
    return AgentKind.UNNAMED


def _before_clause(prep: "Token") -> int:
    """Where a complement ends before a relative clause: "for Northlight" of "for Northlight, which runs most services"."""
    inside = range(prep.i, prep.right_edge.i + 1)
    clauses = [token.left_edge.i for token in prep.subtree if token.dep_ in {"relcl", "acl", "appos"} and token.i in inside]
    stop = min(clauses, default=inside.stop)
    while stop - 1 > prep.i and (prep.doc[stop - 1].is_punct or prep.doc[stop - 1].is_space):
        stop -= 1
    return stop if stop - 1 > prep.i else inside.stop


def _members(head: "Token") -> bool:
    """As in "MPs", whatever the tagger makes of the capitals."""
    return head.text.endswith("s") and head.text[:-1] in post_nominals()


def _phrase(doc: "Doc", head: "Token") -> tuple[int, int]:
    """The head with what stands before it and short complements behind it ("a spokesman for the ministry"), without clauses."""
    start, end = head.left_edge.i, head.i + 1
    for child in head.rights:
        stop = _before_clause(child)
        if child.dep_ == "prep" and child.i == end and stop - child.i < _LONG:
            end = stop
        else:
            break
    if start + 1 < head.i and doc[start].dep_ in {"advmod", "cc", "mark"} and doc[start + 1].text == ",":
        start += 2  # "Instead, the novice"
    while start < head.i and (doc[start].is_punct or doc[start].is_space or doc[start].dep_ in {"cc", "mark", "preconj"}):
        start += 1
    return start, end
