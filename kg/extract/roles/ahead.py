"""The organisation before a post: "Y's", "Y analyst", "its", "the company's"."""

from kg.extract.roles.bodies import campaign_of, campaign_under, no_body, of_company
from kg.extract.roles.found import Body, Post
from kg.extract.roles.lists import post_noun, title_words
from kg.extract.roles.scene import Scene
from kg.extract.roles.standing import of_kind, owner
from kg.extract.words import organisation_parts

__all__ = ["body_ahead"]

_LOCAL = frozenset({"police", "fire", "city", "town", "county", "state", "school", "district", "court", "regional", "bureau", "local"})
_KNOWS = frozenset({"expert", "specialist", "historian", "biographer"})  # a field stands before these rather than a body


def body_ahead(scene: Scene, post: Post) -> Body | None:
    """The organisation before a post: "Y's", "its", "the company's", "Y" as a modifier."""
    doc, index = scene.doc, post.start - 1
    floor = scene.opens[post.noun]
    loose = title_words("loose") | title_words("past") | title_words("party")
    while index >= floor and (
        doc[index].lower_ in loose
        or (scene.is_place(index) and scene.body(index) is None and not _employs(scene, post, index))
        or doc[index].text in {"“", '"', "‘", "-", "–"}
    ):
        index -= 1
    if index < floor:
        return None
    token = doc[index]
    if token.tag_ == "PRP$" or token.lower_ == "whose":
        return owner(scene, token)
    if token.tag_ == "POS" or token.text in {"'s", "’s"}:
        return _possessor(scene, index)
    return None if no_body(scene, index) or _field(scene, post, index) else _modifier(scene, post, index, floor)


def _field(scene: Scene, post: Post, index: int) -> bool:
    """As in "Medicare expert", "Marlowe police chief": one word before such a post is what somebody knows, or where."""
    if _goes_back(scene, index - 1) or scene.columns.text[index] in organisation_parts():
        return False
    local = scene.columns.lower[post.start] in _LOCAL and post.start < post.noun and not scene.columns.text[index].isupper()
    return local or scene.columns.lower[post.noun] in _KNOWS


def _goes_back(scene: Scene, index: int) -> bool:
    """Whether the name goes back to a token."""
    return index >= 0 and scene.capital(index) and scene.doc[index].pos_ == "PROPN"


def _modifier(scene: Scene, post: Post, index: int, floor: int) -> Body | None:
    """The organisation whose name ends at a token and modifies a post: "Northlight analyst", "Roe campaign spokesman"."""
    doc, token = scene.doc, scene.doc[index]
    body = scene.body(index)
    if body is not None:
        second = body.start - 2 >= floor and doc[body.start - 1].text == "-"
        if second and scene.capital(body.start - 2) and not scene.is_place(body.start - 2):
            body = scene.add_body(body.start - 2, body.end)  # "Arden-Brandt" tagged from its second half
        return campaign_under(scene, body) or body
    person = scene.person(index - 1) if token.lower_ == "campaign" and index > floor else None
    if person is not None:
        return campaign_of(scene, person[1], person[2])
    employs = _employs(scene, post, index)
    if scene.person(index) is not None or (scene.is_place(index) and not employs) or not scene.capital(index):
        return None
    if token.ent_type_ == "PERSON" and _personal(scene, post):
        return None  # "Roe adviser", "Roe chief of staff"
    if token.pos_ not in {"PROPN", "NOUN"} or post_noun(token.text) or (index == floor and token.pos_ != "PROPN"):
        return None
    start = index
    while start > floor and scene.capital(start - 1) and doc[start - 1].pos_ == "PROPN" and not _barred(scene, start - 1):
        start -= 1
    return scene.add_body(start, index + 1)


def _employs(scene: Scene, post: Post, index: int) -> bool:
    """As in "Marlowe analyst": what has analysts and is taken for a place that nobody knows is a body."""
    word, title = scene.doc[post.noun].lemma_.lower(), scene.columns.lower[post.start : post.noun]
    if not _LOCAL.isdisjoint(title):
        return False  # "Marlowe police spokesman"
    return scene.doubtful_place(index) and (word in title_words("staff") or of_company(scene, post))


def _personal(scene: Scene, post: Post) -> bool:
    """Whether a post is held with a person as readily as with a body."""
    return scene.doc[post.noun].lemma_.lower() in title_words("personal") or scene.doc[post.end - 1].lower_ == "staff"


def _barred(scene: Scene, index: int) -> bool:
    taken = scene.person(index) is not None or scene.is_place(index)
    return taken or scene.doc[index].lower_ in title_words("party") | title_words("past")


def _possessor(scene: Scene, mark: int) -> Body | None:
    """Who owns, before a possessive mark."""
    doc, index = scene.doc, mark - 1
    if index < 0:
        return None
    body = scene.body(index)
    if body is not None:
        return body
    token = doc[index]
    if scene.person(index) is not None or scene.is_place(index):
        return None
    if token.text == "campaign" and index > scene.opens[index] and scene.capital(index - 1) and not scene.is_place(index - 1):
        person = scene.person(index - 1)  # "the Roe campaign's chairman"
        return campaign_of(scene, person[1] if person is not None else index - 1, index)
    if scene.capital(index) and token.pos_ == "PROPN":
        start = index
        while (
            start > scene.opens[token.i] and scene.capital(start - 1) and doc[start - 1].pos_ == "PROPN" and not _barred(scene, start - 1)
        ):
            start -= 1
        return scene.add_body(start, index + 1)
    if scene.descriptor(token):
        return of_kind(scene, scene.body_before(index), token.lower_)
    return None
