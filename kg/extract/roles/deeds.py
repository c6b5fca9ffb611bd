"""Roles that a verb tells: who founded, leads, works for, joined or studied at an organisation."""

from typing import TYPE_CHECKING

from kg.extract.roles.bodies import bodies_at
from kg.extract.roles.evidence import rests_on
from kg.extract.roles.found import Body, FoundRole
from kg.extract.roles.lists import role_verbs
from kg.extract.roles.people import people_at, subject_of, unreal
from kg.extract.roles.scene import Scene
from kg.extract.roles.standing import owner
from kg.extract.words import organisation_parts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

__all__ = ["find_deeds"]

_SCHOOLS = frozenset(
    {"university", "college", "school", "institute", "academy", "conservatory", "polytechnic", "seminary", "faculty", "gymnasium", "mit"}
)
_DEGREES = frozenset(
    [
        "degree",
        "bachelor",
        "master",
        "doctorate",
        "ph.d.",
        "phd",
        "diploma",
        "b.a.",
        "m.a.",
        "b.s.",
        "m.s.",
        "ba",
        "ma",
        "bs",
        "ms",
        "bsc",
        "msc",
        "mba",
        "m.b.a.",
        "j.d.",
        "jd",
        "llb",
        "scholarship",
        "studies",
        "education",
        "md",
    ]
)
_BODIES_OF = frozenset({"faculty", "staff", "board", "team", "rank", "management", "department", "company", "office"})
# Share of right roles by rule on labelled web sentences, rounded to .05; at most .9 where fewer than ten were seen.
_CONFIDENCE = {
    "founded": 0.95,
    "established": 0.9,
    "led-by": 0.8,
    "leads": 0.9,
    "works-for": 0.85,
    "hired-by": 0.9,
    "studied-at": 0.95,
    "graduated-from": 0.95,
}


def find_deeds(scene: Scene) -> "Iterator[FoundRole]":
    """The roles that verbs tell, in the order of the verbs."""
    doc = scene.doc
    columns = scene.columns
    for index, pos in enumerate(columns.pos):
        if pos != "VERB" and not (pos == "ADJ" and columns.tag[index] in {"VBN", "VBD"}):
            continue
        verb = doc[index]
        for people, title, bodies, rule, former in _told(scene, verb):
            for person in people:
                for body in bodies:
                    if body.agent != person and doc[body.start].lower_ not in {"our", "my", "we"}:
                        start = verb.i - 2 if _lemma(verb) != verb.lemma_.lower() else verb.i
                        evidence = rests_on(scene, start, verb.i + 1, body)
                        yield FoundRole(person, title, body.agent, former, evidence, rule, _CONFIDENCE[rule])


type _Told = tuple[tuple[int, ...], str | None, tuple[Body, ...], str, bool]


def _told(scene: Scene, verb: "Token") -> "Iterator[_Told]":
    lemma = _lemma(verb)
    made, leads = role_verbs("made"), role_verbs("leads")
    founded = lemma in role_verbs("founded") or (lemma == "find" and verb.lower_ == "founded")
    if not (founded or lemma in made or lemma in leads or any(lemma in role_verbs(kind) for kind in _AT_KINDS)) or unreal(verb):
        return
    if verb.dep_ == "pcomp" and verb.head.lower_ in {"against", "without", "of", "about"} and lemma in made:
        return  # "spoke against creating a council"
    passive = _passive(verb)
    if passive is not None and (founded or lemma in made or lemma in leads):
        people = people_at(scene, passive)
        bodies = _bodies_made(scene, verb) if people else ()
        if founded or lemma in made:
            yield people, _founder(verb), bodies, "founded" if founded else "established", False
        elif lemma not in {"join", "leave", "quit", "rejoin"}:
            yield people, None, bodies, "led-by", False
        return
    if founded or lemma in made:
        people = people_at(scene, subject_of(verb))
        people += _together_with(scene, verb) if people else ()
        yield people, _founder(verb), _object(scene, verb, firm=not founded), "founded" if founded else "established", False
    if lemma in leads:
        past = lemma in {"leave", "quit"}
        bodies = _object(scene, verb, firm=True)
        if lemma in {"leave", "quit", "join", "rejoin"}:
            bodies = tuple(body for body in bodies if not _building(scene, body))
        yield _named(scene, verb), None, bodies, "leads", past
    yield from _at(scene, verb, lemma)


def _together_with(scene: Scene, verb: "Token") -> tuple[int, ...]:
    """The others in "founded Y with X", "alongside X and Z"."""
    found: list[int] = []
    for token in verb.subtree:
        if token.i > verb.i and token.lower_ in {"with", "alongside"} and token.dep_ == "prep":
            for child in token.children:
                if child.dep_ == "pobj" and scene.person(child.i) is not None:
                    found.extend(people_at(scene, child))
    return tuple(dict.fromkeys(found))


_AT_KINDS = ("at", "passive", "studies", "graduates", "attends", "degree")


def _lemma(verb: "Token") -> str:
    doc = verb.doc
    if verb.i >= 2 and doc[verb.i - 1].text in {"-", "–"} and doc[verb.i - 2].lower_ == "co" and not doc[verb.i - 2].whitespace_:
        return f"co-{'found' if verb.lower_ == 'founded' else verb.lemma_.lower()}"
    return "found" if verb.lower_ in {"founded", "founding"} else verb.lemma_.lower()


def _founder(verb: "Token") -> str:
    return "co-founder" if _lemma(verb) in {"co-found", "cofound"} else "founder"


def _passive(verb: "Token") -> "Token | None":
    """Who did it, in "founded by X", over "in 1990 by X" parsed elsewhere."""
    if verb.tag_ != "VBN":
        return None
    for child in verb.children:
        if child.lower_ == "by" and child.dep_ in {"agent", "prep"} and child.i > verb.i:
            return next((grand for grand in child.children if grand.dep_ == "pobj"), None)
        if child.dep_ in {"prep", "npadvmod"} and child.i > verb.i:
            for grand in child.subtree:
                if grand.lower_ == "by" and grand.dep_ in {"agent", "prep"}:
                    return next((great for great in grand.children if great.dep_ == "pobj"), None)
    for other in verb.children:  # "founded and led by X"
        if other.dep_ == "conj" and other.tag_ == "VBN" and not any(child.dep_ == "dobj" for child in verb.children):
            return _passive(other)
    return None


def _bodies_made(scene: Scene, verb: "Token") -> tuple[Body, ...]:
    """What was founded or is led, in a passive: the subject, or the noun that the participle describes."""
    target = subject_of(verb)
    for _ in range(4):
        if target is None:
            return ()
        body = scene.body(target.i)
        if body is not None:
            return (body,)
        if target.lower_ in {"it", "which", "that"} and target.pos_ in {"PRON", "DET"}:
            if (
                target.dep_ in {"nsubj", "nsubjpass"}
                and target.head.dep_ == "relcl"
                and (one := scene.body(target.head.head.i)) is not None
            ):
                return (one,)
            found = owner(scene, target)
            return (found,) if found is not None else ()
        if target.dep_ == "attr" and target.head.lemma_ == "be":
            target = subject_of(target.head)
            continue
        if target.dep_ in {"appos", "conj"}:
            target = target.head
            continue
        own = [body for body in bodies_at(scene, target.left_edge.i)[:1] if body.start >= target.left_edge.i]
        if verb.dep_ == "acl" and own and own[0].end <= target.i and not scene.descriptor(target):
            return ()  # "the Northlight talks led by Ada Brandt"
        return tuple(own) if verb.dep_ == "acl" else bodies_at(scene, target.left_edge.i)[:1]
    return ()


def _named(scene: Scene, verb: "Token") -> tuple[int, ...]:
    subject = subject_of(verb)
    return people_at(scene, subject)


def _object(scene: Scene, verb: "Token", *, firm: bool) -> tuple[Body, ...]:
    """The organisation that the verb's object names; with `firm`, only one that the article knows or whose name says what it is."""
    if verb.dep_ == "relcl" and not any(child.dep_ == "dobj" and child.i > verb.i for child in verb.children):
        return _described_by(scene, verb)
    for child in verb.children:
        if child.dep_ in {"dobj", "attr"} and child.i > verb.i:
            found = bodies_at(scene, child.left_edge.i) if not _served(scene, child) else ()
            if found and found[0].end <= child.i and not scene.descriptor(child):
                return ()  # "leads the Northlight field"
            if not found and child.lemma_.lower() in _BODIES_OF:
                of = next((token for token in child.children if token.lower_ in {"of", "at"}), None)
                found = bodies_at(scene, of.i + 1) if of is not None else ()
            if firm:
                found = tuple(body for body in found if _sure(scene, body))
            return found
    return ()


def _building(scene: Scene, body: Body) -> bool:
    """Whether the name is rather a place that one comes to and leaves."""
    return any(token.text in {"House", "Congress", "Senate", "Court", "Pentagon"} for token in scene.doc[body.start : body.end])


def _described_by(scene: Scene, verb: "Token") -> tuple[Body, ...]:
    """Y in "Y, a firm (that) she founded", "of Y, which she founded"."""
    head = verb.head
    for _ in range(3):
        body = scene.body(head.i)
        if body is not None:
            return (body,)
        if head.dep_ not in {"appos", "conj", "attr"}:
            break
        head = head.head
    which = any(child.lower_ == "which" and child.dep_ == "dobj" for child in verb.children)
    before = scene.body_before(verb.i) if which or scene.descriptor(verb.head) else None
    return (before,) if before is not None and _near(scene, verb, before) else ()


def _near(scene: Scene, verb: "Token", body: Body) -> bool:
    """Whether a body stands in the verb's own sentence, before it."""
    return scene.opens[verb.i] <= body.start < verb.i


def _served(scene: Scene, head: "Token") -> bool:
    return scene.person(head.i) is not None


def _sure(scene: Scene, body: Body) -> bool:
    words = scene.doc[body.start : body.end]
    return any(token.ent_type_ == "ORG" for token in words) or any(token.text in organisation_parts() for token in words)


def _at(scene: Scene, verb: "Token", lemma: str) -> "Iterator[_Told]":
    """Verbs that take a preposition or a school."""
    for kind, title, rule in (
        ("at", None, "works-for"),
        ("passive", None, "hired-by"),
        ("studies", "student", "studied-at"),
        ("graduates", "graduate", "graduated-from"),
    ):
        allowed = role_verbs(kind).get(lemma)
        if allowed is None or (kind == "passive" and verb.tag_ != "VBN"):
            continue
        people = people_at(scene, subject_of(verb))
        if not people:
            continue
        for child in verb.children:
            if child.dep_ in {"prep", "agent"} and child.lower_ in allowed and child.i + 1 < len(scene.doc):
                bodies = bodies_at(scene, child.i + 1)
                if kind == "studies" and any(one.dep_ == "dobj" for one in verb.children):  # "studies floods at the Northlight Centre"
                    yield (
                        people,
                        None,
                        tuple(body for body in bodies if _sure(scene, body) and not _school(scene, body)),
                        "works-for",
                        False,
                    )
                if kind in {"studies", "graduates"}:
                    bodies = tuple(body for body in bodies if _school(scene, body) or lemma in {"graduate", "enrol", "enroll"})
                elif child.lower_ in {"in", "on", "from", "to", "with"}:
                    bodies = tuple(body for body in bodies if _sure(scene, body))
                yield people, title, bodies, rule, lemma in {"resign", "retire"}
    if lemma in role_verbs("attends"):
        schools = tuple(body for body in _object(scene, verb, firm=False) if _school(scene, body))
        yield people_at(scene, subject_of(verb)) if schools else (), "student", schools, "studied-at", False
    if lemma in role_verbs("degree"):
        yield from _degree(scene, verb)


def _school(scene: Scene, body: Body) -> bool:
    return any(token.lower_ in _SCHOOLS for token in scene.doc[body.start : body.end])


def _degree(scene: Scene, verb: "Token") -> "Iterator[_Told]":
    """As in "received her degree in chemistry from Y and her doctorate from Z"."""
    people = people_at(scene, subject_of(verb))
    if not people:
        return
    edge = verb.right_edge.i
    doc, seen = scene.doc, False
    for token in doc[verb.i + 1 : min(edge + 1, verb.i + 60)]:
        seen = seen or token.lower_.rstrip("'s’") in _DEGREES or token.lemma_.lower() in _DEGREES
        if seen and token.lower_ in {"from", "at"} and token.i < edge:
            bodies = tuple(body for body in bodies_at(scene, token.i + 1) if token.lower_ == "from" or _school(scene, body))
            yield people, "graduate", bodies, "graduated-from", False
