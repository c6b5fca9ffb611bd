"""Who a token stands for in a role: a person's name, a pronoun, "who", a phrase with a name in apposition."""

from typing import TYPE_CHECKING

from kg.extract.roles.lists import post_noun, role_verbs
from kg.extract.roles.scene import Scene
from kg.extract.words import honorifics
from kg.records import AgentKind

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["people_at", "person_ahead", "person_behind", "subject_of", "unreal"]

_MODALS = frozenset({"would", "could", "might", "may", "should", "can", "must", "shall", "ca", "wo", "'d", "’d"})
_IF = frozenset({"if", "unless", "whether", "lest"})


def people_at(scene: Scene, token: "Token | None", *, several: bool = True) -> tuple[int, ...]:
    """The people a phrase's head stands for; with `several`, those coordinated to it too."""
    if token is None:
        return ()
    heads = [token, *(other for other in token.conjuncts if other.i > token.i)] if several else [token]
    found = [agent for head in heads if (agent := _person(scene, head)) is not None]
    return tuple(dict.fromkeys(found)) if found and _person(scene, heads[0]) is not None else ()


def _person(scene: Scene, token: "Token") -> int | None:
    named = scene.person(token.i)
    if named is not None:
        return named[0]
    known = scene.cast.at(token.i)
    if token.pos_ == "PRON" or token.tag_ in {"PRP", "WP", "WDT"}:
        if known is not None:
            return known if scene.cast.kind(known) in {AgentKind.PERSON, AgentKind.UNNAMED} else None
        if token.lower_ in {"who", "that", "whom"}:
            return _antecedent(scene, token)
        return scene.nobody(token, AgentKind.PERSON) if token.lower_ in {"he", "she", "i"} else None
    for child in token.children:
        if child.dep_ == "appos" and child.i > token.i and (inner := scene.person(child.i)) is not None:
            return inner[0]
    if known is None and token.pos_ == "PROPN" and scene.capital(token.i) and token.ent_type_ in {"", "PERSON"}:
        if post_noun(token.text) or token.dep_ == "compound":
            return None
        start = token.i
        while start > scene.opens[token.i] and _forename(scene, start - 1):
            start -= 1
        return scene.add_person(start, token.i + 1)
    return None


def _forename(scene: Scene, index: int) -> bool:
    """Whether the token before a surname is a forename: a capital, no post, in nobody's name."""
    token = scene.doc[index]
    fits = token.pos_ == "PROPN" and scene.capital(index) and post_noun(token.text) is None and not scene.is_place(index)
    return fits and scene.cast.at(index) is None and token.text not in honorifics()


def _antecedent(scene: Scene, pronoun: "Token") -> int | None:
    verb = pronoun.head
    while verb.dep_ not in {"relcl", "ROOT"} and verb.head != verb:
        verb = verb.head
    if verb.dep_ == "relcl" and verb.head.i < pronoun.i:
        near = _nearest(scene, pronoun, verb)
        if near is not None:
            return near
        head = verb.head
        if head.dep_ == "appos" and scene.person(head.i) is None:  # "Ada Brandt, a chemist who ..."
            head = head.head
        if head.dep_ == "attr" and head.head.lemma_ == "be" and scene.person(head.i) is None:  # "Ada Brandt is a chemist who ..."
            head = subject_of(head.head) or head
        if head.pos_ == "PRON" and head != pronoun:
            return _person(scene, head)
        named = scene.person(head.i)
        if named is not None:
            return named[0]
        if verb.head.lower_ in {"he", "she", "i"}:
            return _person(scene, verb.head)
    if pronoun.lower_ != "who":
        return None
    before = person_behind(scene, pronoun.i)
    return before[0] if before else None


def _nearest(scene: Scene, pronoun: "Token", verb: "Token") -> int | None:
    """The last of people named one after another, where "who" in the singular stands right behind: "Roe and Ada Brandt, who was"."""
    if pronoun.lower_ != "who" or not any(token.tag_ == "VBZ" or token.lower_ == "was" for token in (verb, *verb.lefts)):
        return None
    last = person_behind(scene, pronoun.i)
    joined = len(last) == 1 and any(scene.person(other.i) is not None for other in verb.head.conjuncts if other.i > verb.head.i)
    return last[0] if joined else None


def person_behind(scene: Scene, index: int, *, several: bool = False) -> tuple[int, ...]:
    """The people whose name ends right before a token, over a comma, an age, a bracket: "Ada Brandt, 48, (R-Ill.), ..."."""
    doc, i = scene.doc, index - 1
    floor = scene.opens[index] if index < len(doc) else 0
    steps = 0
    while i >= floor and steps < 40:
        token = doc[i]
        if token.text == ")":
            while i > floor and doc[i].text != "(":
                i -= 1
        elif not (
            token.text in {",", "(", "—", "–", "-", "--", "”", '"'}
            or token.is_space
            or token.pos_ == "NUM"
            or token.ent_type_ in {"DATE", "CARDINAL"}
        ):
            break
        i -= 1
        steps += 1
    found: list[int] = []
    while i >= floor and (named := scene.person(i)) is not None:
        found.append(named[0])
        i = named[1] - 1
        if not several or i < floor or doc[i].lower_ not in {",", "and"}:
            break
        i -= 1 + (doc[i].lower_ == "and" and doc[i - 1].text == ",")
    return tuple(reversed(found))


def person_ahead(scene: Scene, index: int, *, comma: bool = False, titled: bool = False) -> tuple[tuple[int, int, int], ...]:
    """(agent, start, end) of the people named from a token on, over quotation marks and honorifics (and titles), with those coordinated."""
    doc, i = scene.doc, index
    over = {",", "—", "–", ":"} if comma else {"”", '"', "''", "’"}
    while i < len(doc) and (doc[i].text in over or doc[i].is_space):
        i += 1
    while i < len(doc) and (doc[i].text in honorifics() or (titled and scene.capital(i) and post_noun(doc[i].text))):
        i += 1
    first = scene.person(i)
    if first is None or (first[1] != i and post_noun(doc[i - 1].text) is None):
        return ()
    found = [first]
    end = first[2]
    while end + 1 < len(doc) and doc[end].text in {",", "and", "&"}:
        step = end + 1 + (doc[end].text == "," and doc[end + 1].lower_ == "and")
        more = scene.person(step)
        if more is None or more[1] != step:
            break
        found.append(more)
        end = more[2]
    return tuple(found)


def subject_of(verb: "Token") -> "Token | None":
    """The token that heads the subject of a verb, over coordination, participles and "to"."""
    for _ in range(6):
        for child in verb.children:
            if child.dep_ in {"nsubj", "nsubjpass"}:
                return child
        for child in verb.children:  # a name right before its verb, parsed as a measure: "Ada Brandt co-founded Y"
            if child.dep_ in {"npadvmod", "dep"} and child.i < verb.i and child.ent_type_ == "PERSON":
                return child
        if verb.dep_ in {"acl", "relcl"}:
            return verb.head if verb.head.i < verb.i else None
        if verb.dep_ in {"conj", "xcomp", "advcl", "pcomp", "aux", "ccomp"}:
            if verb.dep_ == "ccomp" and verb.head.pos_ not in {"VERB", "AUX"}:
                return None
            above = verb.head
            hired = next((child for child in above.rights if child.dep_ == "dobj"), None)
            if verb.dep_ == "xcomp" and hired is not None and above.lemma_ in role_verbs("as_object"):
                return hired  # "hired Ada Brandt to serve as director"
            while verb.dep_ == "pcomp" and above.pos_ in {"ADP", "ADV", "SCONJ"} and above.head != above:
                above = above.head  # "prior to joining Y, she ..."
            if above.pos_ not in {"VERB", "AUX"}:
                return above if verb.dep_ in {"conj", "pcomp"} and above.pos_ in {"PROPN", "PRON"} else None
            verb = above
            continue
        return None
    return None


def _last_of(verb: "Token") -> str:
    """The last token of the clause's sentence, by its punctuation marks."""
    top = verb
    for _ in range(12):
        if top.head == top:
            break
        if top.dep_ in {"relcl", "acl"}:
            return ""  # what a clause tells by the way is not what is asked
        top = top.head
    return next((child.text for child in reversed(list(top.rights)) if child.is_punct and child.text in {"?", ".", "!"}), "")


def unreal(verb: "Token", *, future: bool = False) -> bool:
    """Whether what a verb tells is denied, asked, wished or only possible; `future`: "will" counts as real."""
    low = verb
    for _ in range(4):
        for child in low.children:
            if child.dep_ == "neg" or (
                child.dep_ == "aux" and (child.lower_ in _MODALS or (child.lower_ in {"will", "’ll", "'ll"} and not future))
            ):
                return True
            if child.dep_ in {"mark", "advmod"} and child.lower_ in _IF:
                return True
        if low.dep_ == "xcomp" and low.head.lemma_ not in role_verbs("carries_on") and low.head.lemma_ not in role_verbs("as_object"):
            return low.head.pos_ in {"VERB", "ADJ", "AUX"}
        if low.dep_ not in {"conj", "xcomp"} or low.head.pos_ not in {"VERB", "AUX"}:
            break
        low = low.head
    return _last_of(verb) == "?"
