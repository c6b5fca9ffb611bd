"""Who holds a post: by what stands beside it, and by the parse of its clause."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.roles.bodies import AT, bodies_at
from kg.extract.roles.found import Body, Post
from kg.extract.roles.lists import post_noun, role_verbs
from kg.extract.roles.people import people_at, person_ahead, person_behind, subject_of, unreal
from kg.extract.roles.scene import Scene

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["Holding", "held"]


_POSITIONS = frozenset({"position", "role", "post", "title", "job", "office", "rank", "positions", "posts"})
_WORKS = frozenset(  # what somebody does or has as the holder of a post: "her decisions as director"
    {"decisions", "actions", "work", "record", "time", "tenure", "term", "years", "days", "stint", "career", "experience", "service"}
    | {"performance", "conduct", "duties", "capacity", "reign", "life", "achievements", "accomplishments"}
)
_RAISES = frozenset({"promote", "elevate", "rise"})
_WHEN = frozenset({"until", "since", "then", "now", "formerly", "currently", "previously", "once", "long", "later"})
_LEAD = 6  # tokens before a description in front of a clause
_APART = 20  # tokens between a post and a name that closes its phrase


@dataclass(frozen=True, slots=True)
class Holding:
    """Who holds a post, by which rule; the organisation if the verb names it ("joined Y as"); whether the verb says it is past."""

    people: tuple[int, ...]
    rule: str
    former: bool = False
    bodies: tuple[Body, ...] = ()


def held(scene: Scene, post: Post, reach: int) -> Holding | None:
    """Who holds a post.

    Args:
        scene: the article.
        post: the post.
        reach: the token behind the post's organisations.
    """
    ahead = person_ahead(scene, post.end, titled=not scene.capital(post.noun) and not post.plural)
    if ahead and ahead[0][1] >= post.end and not _within_relative(scene, post, ahead[0]):
        people = tuple(agent for agent, _, _ in ahead) if post.plural else (ahead[0][0],)
        return Holding(people, "title-before-name")
    if post.plural and not ahead and _list_of_names(scene, post):
        return None
    anchor = _anchor(scene.doc[post.noun])
    return (
        _behind_name(scene, post, anchor)
        or _copula(scene, post, anchor)
        or _as_phrase(scene, post, anchor)
        or _made(scene, post, anchor)
        or _position(scene, post, anchor)
        or _before_name(scene, post, anchor, reach)
        or _in_front(scene, post, anchor)
    )


def _within_relative(scene: Scene, post: Post, named: tuple[int, int, int]) -> bool:
    """As in "the judge Brandt was speaking of": the name is the subject of a clause about the judge."""
    head = scene.doc[named[1] : named[2]].root
    verb = head.head
    return head.dep_ in {"nsubj", "nsubjpass"} and verb.dep_ == "relcl" and post.start <= verb.head.i < post.end


def _list_of_names(scene: Scene, post: Post) -> bool:
    """As in "experts including ...": a label of a group, no post of each."""
    doc = scene.doc
    return post.end + 1 < len(doc) and doc[post.end].lower_ in {"including", "like"}


def _anchor(noun: "Token") -> "Token":
    """The noun whose place in the clause counts: over coordination, and "one of the founders"."""
    for _ in range(6):
        if noun.dep_ == "conj" and noun.head.pos_ in {"NOUN", "PROPN"} and noun.head.i < noun.i:
            served = _served(noun)
            noun = noun.head if served is None else served
        elif noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.lower_ in {"one", "some", "two", "three"}:
            noun = noun.head.head
        else:
            break
    return noun


def _served(noun: "Token") -> "Token | None":
    """The post that one without article goes with, over whom that serves: "assistant to the president and director of Y"."""
    other = noun.head
    bare = not any(child.dep_ in {"det", "poss"} for child in noun.children)
    if other.dep_ != "pobj" or other.head.lower_ != "to" or not bare or not any(child.lower_ == "the" for child in other.children):
        return None
    above = other.head.head
    return above if post_noun(above.text) and post_noun(other.text) else None


def _behind_name(scene: Scene, post: Post, anchor: "Token") -> Holding | None:
    """As in "Ada Brandt, a chemist", "Ada Brandt (president)"."""
    doc = scene.doc
    left = post.left
    if anchor.i < left and anchor.lower_ == "one" and left - anchor.i <= 4:
        left = anchor.i
    if post.plural and anchor.dep_ not in {"appos", "conj"}:
        return None
    while left > 0 and (doc[left - 1].lower_ in _WHEN or doc[left - 1].ent_type_ == "DATE"):
        left -= 1  # "Ada Brandt, until March the treasurer of Y,"
    if left > 0 and doc[left - 1].text in {",", "(", "—", "–", "--"}:
        people = person_behind(scene, left, several=post.plural)
        if (len(people) > 1 if post.plural else people) and not _new_clause(scene, post):
            return Holding(people, "apposition", post.former)
    set_off = anchor.i != post.noun or (left > 0 and doc[left - 1].is_punct)
    if anchor.dep_ == "appos" and anchor.head.i < anchor.i and set_off:
        people = people_at(scene, anchor.head, several=post.plural) if scene.person(anchor.head.i) is not None else ()
        if people and (len(people) > 1 or not post.plural) and not (anchor.i != post.noun and _determined(scene, post)):
            return Holding(people, "apposition", post.former)
    return None


def _determined(scene: Scene, post: Post) -> bool:
    """Whether a coordinated post has an article of its own: "..., and a spokesman" may be somebody else."""
    return scene.doc[post.left].lower_ in {"a", "an"} and scene.doc[post.noun].dep_ != "conj"


def _new_clause(scene: Scene, post: Post) -> bool:
    """Whether the phrase after a comma is the subject of a clause of its own: "Ada Brandt agreed, the director said"."""
    noun = scene.doc[post.noun]
    if noun.dep_ not in {"nsubj", "nsubjpass"} or noun.head.i < noun.i:
        return False
    return not any(token.text in {",", ")", "—", "–"} for token in scene.doc[post.end : noun.head.i])


def _copula(scene: Scene, post: Post, anchor: "Token") -> Holding | None:
    """As in "Ada Brandt is a chemist", "became director", and "one candidate is Ada Brandt"."""
    verb = anchor.head
    doc = scene.doc
    if anchor.dep_ in {"attr", "acomp", "oprd", "dobj", "conj"} and verb.lemma_ in role_verbs("to_be"):
        if unreal(verb, future=verb.lemma_ == "become"):
            return None
        people = people_at(scene, subject_of(verb))
        if people:
            return Holding(people, "copula", post.former or _past(verb))
    if anchor.dep_ in {"nsubj", "nsubjpass", "attr"} and verb.lemma_ == "be" and not unreal(verb):
        for child in verb.children:
            if child.dep_ in {"attr", "nsubj"} and child.i > verb.i > anchor.i:
                named = scene.person(child.i)
                if named is not None and (post.plural or child.dep_ == "attr" or doc[post.left].lower_ in {"the", "one", "a"}):
                    return Holding(people_at(scene, child, several=post.plural), "copula-inverted", post.former or _past(verb))
    return None


def _past(verb: "Token") -> bool:
    return verb.lemma_ == "be" and (verb.tag_ == "VBD" or (verb.tag_ == "VBN" and False))


def _as_phrase(scene: Scene, post: Post, anchor: "Token") -> Holding | None:
    """As in "served as", "joined Y as", "was hired as"; and "as a captain, she ...", in front of a clause."""
    preposition = anchor.head
    if anchor.dep_ != "pobj" or preposition.lower_ != "as":
        doc = scene.doc
        before = post.left - 1
        if before < 0 or doc[before].lower_ != "as" or doc[before].dep_ not in {"prep", "mark"}:
            return None
        preposition = doc[before]
    verb = preposition.head
    if anchor.head == verb and anchor.dep_ in {"nsubj", "nsubjpass"}:
        return None  # "as a diplomat put it"
    if scene.person(verb.i) is not None and scene.doc[preposition.i - 1].text == ",":  # "Brandt, as chair of Y, ..."
        return Holding(people_at(scene, verb, several=False), "as-in-front", post.former)
    if verb.pos_ not in {"VERB", "AUX"} or unreal(verb, future=True):
        return None
    bodies = _of_verb(scene, verb)
    lemma = _lemma(verb)
    past = lemma in {"serve", "resign", "retire", "step", "leave"} and verb.tag_ in {"VBD", "VBN"}
    if lemma in role_verbs("as_object"):
        return _object(scene, verb, "appointed-as", bodies)
    subject = subject_of(verb)
    if lemma in role_verbs("as_subject") or _takes_over(verb, lemma):
        people = people_at(scene, subject)
        if lemma in {"succeed", "replace"}:
            people += tuple(agent for child in verb.children if child.dep_ == "dobj" for agent in people_at(scene, child, several=False))
        return Holding(tuple(dict.fromkeys(people)), "served-as", post.former or past, bodies) if people else None
    if subject is not None and preposition.i < verb.i:
        people = people_at(scene, subject)
        return Holding(people, "as-in-front", post.former or verb.tag_ == "VBD") if people else None
    return None


def _takes_over(verb: "Token", lemma: str) -> bool:
    """As in "took over as", "took office as"."""
    return lemma == "take" and any(child.dep_ == "prt" or child.lower_ in {"office", "charge"} for child in verb.children)


def _lemma(verb: "Token") -> str:
    """The lemma, with "co-" before it if it is there."""
    if verb.i >= 2 and verb.doc[verb.i - 1].text in {"-", "–"} and verb.doc[verb.i - 2].lower_ in {"co", "re"}:
        return f"{verb.doc[verb.i - 2].lower_}-{verb.lemma_}"
    return verb.lemma_


def _of_verb(scene: Scene, verb: "Token") -> tuple[Body, ...]:
    """The organisation that the verb of an `as` phrase names: "joined Y as", "worked at Y as", "hired by Y as"."""
    for child in verb.children:
        if child.dep_ == "dobj" and verb.lemma_ in role_verbs("leads"):
            named = scene.person(child.i) is None and child.pos_ == "PROPN"  # "joined Northlight as", whatever the tagger sees in it
            return bodies_at(scene, child.left_edge.i) if named or scene.body(child.i) is not None else ()
        if child.dep_ in {"prep", "agent"} and child.lower_ in AT and child.i + 1 < len(scene.doc):
            found = [grand for grand in child.children if grand.dep_ == "pobj" and scene.body(grand.i) is not None]
            if found:
                return bodies_at(scene, child.i + 1)
    return ()


def _object(scene: Scene, verb: "Token", rule: str, bodies: tuple[Body, ...]) -> Holding | None:
    """The one appointed: the subject of a passive, the object of an active, the noun before a participle."""
    if verb.dep_ == "relcl" and any(child.lower_ == "whom" for child in verb.lefts):  # "Ada Brandt, whom Otto Roe appointed director"
        people = people_at(scene, verb.head, several=False)
    elif any(child.dep_ == "nsubjpass" for child in verb.children) or verb.dep_ == "acl":
        people = people_at(scene, subject_of(verb))
    else:
        if verb.tag_ == "VB" or (verb.tag_ == "VBG" and verb.dep_ == "pcomp"):
            return None  # "opposed to electing Otto Roe as president"
        objects = [child for child in verb.children if child.dep_ in {"dobj", "nsubj"} and child.i > verb.i]
        people = people_at(scene, objects[0]) if objects else ()
        if not people and not objects and verb.tag_ == "VBN":
            people = people_at(scene, subject_of(verb))
    return Holding(people, rule, False, bodies) if people else None


def _made(scene: Scene, post: Post, anchor: "Token") -> Holding | None:
    """As in "was named director", "appointed her president", "promoted to inspector"."""
    verb = anchor.head
    if anchor.dep_ == "pobj" and verb.lower_ == "to" and _lemma(verb.head) in _RAISES and not unreal(verb.head, future=True):
        raised, bodies = verb.head, _of_verb(scene, verb.head)
        if raised.tag_ == "VBN" or any(child.dep_ == "dobj" for child in raised.children):
            return _object(scene, raised, "appointed", bodies)
        people = people_at(scene, subject_of(raised))
        return Holding(people, "appointed", post.former, bodies) if people and raised.lemma_ == "rise" else None
    if (
        anchor.dep_ not in {"oprd", "dobj", "attr", "xcomp", "appos"}
        or _lemma(verb) not in role_verbs("as_object")
        or unreal(verb, future=True)
    ):
        return None
    return _object(scene, verb, "appointed", ())


def _position(scene: Scene, post: Post, anchor: "Token") -> Holding | None:
    """As in "held the position of director", "in her role as director"."""
    preposition = anchor.head
    if (
        anchor.dep_ != "pobj"
        or preposition.lower_ not in {"of", "as"}
        or preposition.head.lower_ not in (_POSITIONS | (_WORKS if preposition.lower_ == "as" else frozenset()))
    ):
        return None
    noun = preposition.head
    own = next((child for child in noun.children if child.dep_ == "poss"), None)
    if own is not None:
        people = people_at(scene, own)
        return Holding(people, "held-position", post.former) if people else None
    verb = noun.head if noun.dep_ in {"dobj", "nsubjpass"} else noun.head.head
    if verb.lemma_ not in {"hold", "take", "assume", "leave", "accept", "fill", "occupy", "promote", "rise", "appoint", "elect"} or unreal(
        verb
    ):
        return None
    people = people_at(scene, subject_of(verb))
    return Holding(people, "held-position", post.former) if people else None


def _before_name(scene: Scene, post: Post, anchor: "Token", reach: int) -> Holding | None:
    """As in "Northlight's director, Ada Brandt," and "the head of the fund that ..., Ada Brandt,"."""
    doc = scene.doc
    lead = doc[post.left - 1].lower_ if post.left > 0 else ""
    if lead in {"for", "as"} and doc[post.left].pos_ != "DET":
        return None
    for end in dict.fromkeys((post.end, reach)):
        if (
            end < len(doc)
            and doc[end].text in {",", "—", "–", ":"}
            and (ahead := person_ahead(scene, end, comma=True, titled=not post.plural))
        ):
            if doc[post.left].lower_ in {"a", "an"} and doc[end].text == ",":
                continue
            if anchor.dep_ == "pobj" and anchor.head.lower_ == "as":
                continue
            if (post.plural and len(ahead) == 1) or not _closed(scene, ahead[-1]):
                continue
            people = tuple(agent for agent, _, _ in ahead) if post.plural else (ahead[0][0],)
            return Holding(people, "apposition-before", post.former)
    if post.end + 1 < len(doc) and doc[post.end].lower_ in {"named", "called"} and (named := scene.person(post.end + 1)) is not None:
        return Holding((named[0],), "apposition-before", post.former)  # "a former clerk named Ada Brandt"
    for child in anchor.children:
        if child.dep_ == "appos" and child.i > post.noun and (named := scene.person(child.i)) is not None:
            if post.plural and post_noun(doc[named[1] - 1].text):
                continue  # "leaders, Mayor Ada Brandt": each has a title of his own
            people = people_at(scene, child) if post.plural else (named[0],)
            return Holding(people, "apposition-before", post.former)
    return _at_the_end(scene, post, anchor)


def _closed(scene: Scene, named: tuple[int, int, int]) -> bool:
    """Whether a name in apposition is closed, not the subject of what follows: "of the director, Ada Brandt said"."""
    doc, end = scene.doc, named[2]
    if end >= len(doc) or doc[end].is_punct or doc[end].is_space or doc[end].lower_ in {"of", "and", "who", "'s", "’s"}:
        return True
    return doc[named[1] : end].root.dep_ == "appos"


def _at_the_end(scene: Scene, post: Post, anchor: "Token") -> Holding | None:
    """As in "the head of the fund that backs it, Ada Brandt, said": a name in commas right before the verb, or with nothing finite between."""
    doc = scene.doc
    if post.plural or not (doc[post.left].pos_ in {"DET", "PRON", "NUM"} or doc[post.left].lower_ in {"one", "his", "her", "its"}):
        return None
    subject = anchor.dep_ in {"nsubj", "nsubjpass"} and anchor.head.i > anchor.i
    stop = anchor.head.i if subject else min(len(doc), post.end + _APART, scene.closes[post.noun])
    for i in range(post.end, min(stop, post.end + 2 * _APART)):
        named = scene.person(i)
        if named is not None and named[1] == i and _after_comma(scene, i):
            closed = named[2] < len(doc) and doc[named[2]].text == ","
            nearly = all(token.pos_ in {"AUX", "ADV", "PUNCT"} for token in doc[named[2] : stop]) if subject else True
            if subject and closed and nearly:
                return Holding((named[0],), "apposition-before", post.former)
            goes_on = closed or (named[2] < len(doc) and doc[named[2]].lower_ in {"of", "."})
            return Holding((named[0],), "apposition-before", post.former) if not subject and goes_on else None
        if not subject and (doc[i].tag_ in {"VBD", "VBZ", "VBP", "MD", "CC"} or named is not None or doc[i].text in {";", "”", ":"}):
            return None
    return None


def _after_comma(scene: Scene, index: int) -> bool:
    """Whether a name stands behind a comma, over a title ("..., Adm. Ada Brandt")."""
    doc = scene.doc
    if post_noun(doc[index - 1].text) and scene.capital(index - 1):
        index -= 1
    return index > 0 and doc[index - 1].text == ","


def _in_front(scene: Scene, post: Post, anchor: "Token") -> Holding | None:
    """As in "Then a student at Y, Ada Brandt ...": a description in front of the clause whose subject it describes."""
    lead = scene.doc[scene.opens[post.noun] : post.left]
    if len(lead) > _LEAD:
        return None
    if any(
        not (token.lower_ in {"then", "once", "now", "formerly", "long", "already", "also"} or token.is_punct or token.is_space)
        for token in lead
    ):
        return None
    above = anchor.head if anchor.dep_ in {"nsubj", "npadvmod", "advcl", "dep", "nmod"} else anchor
    subject = next((child for child in above.children if child.dep_ in {"nsubj", "nsubjpass"} and child.i > post.end), None)
    if subject is None or anchor == subject or post.plural:
        return None
    between = scene.doc[post.end : subject.i]
    if scene.person(subject.i) is None or "," not in {token.text for token in between} or subject.i > above.i:
        return None
    if any(token.tag_ in {"VBD", "VBZ", "VBP", "MD"} or token.text in {"”", '"', "''"} for token in between):
        return None
    past = any(token.lower_ in {"then", "once", "formerly"} for token in lead)
    return Holding(people_at(scene, subject), "description-in-front", post.former or past)
