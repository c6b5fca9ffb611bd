"""Posts, their holders and their organisations put together into roles."""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.extract.roles.affiliations import find_affiliations
from kg.extract.roles.ahead import body_ahead
from kg.extract.roles.bodies import bodies_after, bodies_at
from kg.extract.roles.deeds import find_deeds
from kg.extract.roles.evidence import rests_on
from kg.extract.roles.found import Body, FoundRole, Post
from kg.extract.roles.holders import Holding, held
from kg.extract.roles.lists import post_noun, title_words
from kg.extract.roles.scene import Scene
from kg.extract.roles.titles import SEATS, find_posts, title_text
from kg.extract.words import role_nouns
from kg.records import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["read_roles"]

# Posts that a place, a people or the whole country gives: what follows them is no organisation.
_PUBLIC = frozenset(
    {
        "mp",
        "msp",
        "mep",
        "sen.",
        "rep.",
        "gov.",
        "senator",
        "governor",
        "congressman",
        "congresswoman",
        "mayor",
        "nominee",
        "candidate",
        "king",
        "queen",
        "prince",
        "princess",
        "duchess",
        "archduke",
        "baroness",
        "countess",
    }
)
# Makers of works: "author of Y" names a book.
_MAKERS = frozenset({"author", "co-author", "writer", "composer", "translator", "creator", "novelist", "poet", "illustrator", "singer"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_APART = 14  # tokens between what somebody was and is now
_FIRM_POSTS = frozenset({"president", "vice-president", "editor", "manager", "director", "officer", "chairman", "chief"})
_GAP = 2  # characters between a title and the name behind it
_SEPARATORS = frozenset({",", "and", "&", "/", "also", "later", "then", "currently", "now", "both", "or", "as", "well"})

# Share of right roles by rule on labelled news and web sentences, rounded to .05; at most .9 where fewer than ten were seen.
_CONFIDENCE = {
    "title-before-name": 0.95,
    "apposition": 0.9,
    "apposition-before": 0.9,
    "copula": 0.95,
    "copula-inverted": 0.9,
    "served-as": 0.9,
    "appointed-as": 0.9,
    "appointed": 0.9,
    "held-position": 0.85,
    "as-in-front": 0.85,
    "description-in-front": 0.85,
}


@dataclass(frozen=True, slots=True)
class _Seat:
    """A post with its organisations, before it is known who holds it."""

    post: Post
    ahead: Body | None
    after: tuple[Body, ...]
    reach: int

    @property
    def bodies(self) -> tuple[Body, ...]:
        return self.after or ((self.ahead,) if self.ahead is not None else ())


def read_roles(scene: Scene, *, barred: Sequence[Span] = ()) -> tuple[FoundRole, ...]:
    """All roles of an article, sorted by their words; each person, title and organisation once."""
    found: dict[tuple[int, str, int | None], FoundRole] = {}
    roles = [*_of_posts(scene), *find_deeds(scene), *find_affiliations(scene)]
    roles = [role for role in roles if not any(span.overlaps(other) for span in role.evidence for other in barred)]
    roles = [replace(role, agent=scene.settle(role.agent), organisation=_settled(scene, role)) for role in roles]
    for role in sorted(roles, key=lambda one: (one.evidence, one.title or "")):
        found.setdefault((role.agent, (role.title or "").casefold(), role.organisation), role)
    found = _completed(scene, found)
    return tuple(role for key, role in found.items() if not _told_better(key, found))


def _settled(scene: Scene, role: FoundRole) -> int | None:
    return scene.settle(role.organisation) if role.organisation is not None else None


type _Key = tuple[int, str, int | None]


def _completed(scene: Scene, found: dict[_Key, FoundRole]) -> dict[_Key, FoundRole]:
    """A post of a firm without its organisation has the one that its holder has in the same sentence: "led by CEO Ada Brandt"."""
    places: dict[tuple[int, int], dict[int, FoundRole]] = {}
    sentences = {key: _sentence(scene, role) for key, role in found.items()}
    for key, role in found.items():
        if role.organisation is not None and role.rule not in {"works-for", "studied-at", "graduated-from", "byline", "hired-by"}:
            places.setdefault((role.agent, sentences[key]), {}).setdefault(role.organisation, role)
    whole: dict[_Key, FoundRole] = {}
    for key, role in found.items():
        known = places.get((role.agent, sentences[key]), {})
        [(number, other)] = known.items() if len(known) == 1 else ((None, None),)
        if role.organisation is None and other is not None and ((_of_firm(role) and not other.former) or _flanked(role, other)):
            evidence = tuple(sorted({*role.evidence, *other.evidence}))
            full = replace(role, organisation=number, evidence=evidence if _apart(evidence) else role.evidence)
        else:
            full = role
        whole.setdefault((role.agent, key[1], full.organisation), full)
    return whole


def _sentence(scene: Scene, role: FoundRole) -> int:
    span = scene.doc.char_span(role.evidence[0].start, role.evidence[0].end, alignment_mode="expand")
    return scene.opens[span.start] if span is not None else -1


def _of_firm(role: FoundRole) -> bool:
    words = (role.title or "").lower().split()
    if not words or words[0] == "campaign" or words[-1] == "staff" or (role.former and role.rule == "title-before-name"):
        return False
    firm = words[-1] in title_words("company") or "chief" in words or words[-1] in {"chairman", "chairwoman", "director", "chair"}
    return firm or (words[-1] in {"president", "editor", "manager"} and role.rule != "title-before-name")


def _flanked(role: FoundRole, other: FoundRole) -> bool:
    """Whether a name stands between a title and the organisation it is of: "Justice Brandt of the Norden Court"."""
    close = 0 <= other.evidence[0].start - role.evidence[-1].end <= _GAP
    return role.rule == "title-before-name" and other.rule in {"name-of", "name-at"} and close


def _apart(evidence: tuple[Span, ...]) -> bool:
    return all(a.end <= b.start for a, b in itertools.pairwise(evidence))


def _told_better(key: tuple[int, str, int | None], found: Iterable[tuple[int, str, int | None]]) -> bool:
    """Whether another role says the same and more: the same post with its organisation, or the post for a mere affiliation."""
    agent, title, organisation = key
    if title and organisation is not None:
        return False
    for other in found:
        if other[0] == agent and other != key:
            if title and other[1] == title and other[2] is not None:
                return True
            if not title and other[1] and other[2] == organisation:
                return True
    return False


def _of_posts(scene: Scene) -> "Iterator[FoundRole]":
    seats = [_seat(scene, post) for post in find_posts(scene)]
    for group in _groups(scene, seats):
        holdings = [held(scene, seat.post, seat.reach) for seat in group]
        shared = _shared(scene, group)
        former = group[0].post.former
        last = holdings[-1]
        if last is not None and last.rule == "title-before-name" and len(group) > 1:  # "comedian and actor Ada Brandt"
            tight = all(b.post.left - a.post.end <= 2 for a, b in itertools.pairwise(group))
            holdings = [last if tight and not seat.post.plural else one for seat, one in zip(group, holdings, strict=True)]
        for k, seat in enumerate(group):
            holding = holdings[k] or _passed_on(group, holdings, k)
            if holding is not None:
                yield from _now_at(scene, seat, holding)
                yield from _roles(
                    scene, seat, shared[k] or holding.bodies, replace(holding, former=holding.former or former or seat.post.former)
                )


def _now_at(scene: Scene, seat: _Seat, holding: Holding) -> "Iterator[FoundRole]":
    """As in "a former Y lawyer now at Z": where somebody is who has left a post."""
    doc, index = scene.doc, seat.reach
    index += index + 1 < len(doc) and doc[index].lower_ in {",", "and", "who"}
    index += index + 1 < len(doc) and doc[index].lower_ == "is"
    if index + 1 >= len(doc) or doc[index].lower_ not in {"now", "currently"} or doc[index + 1].lower_ not in {"at", "with"}:
        return
    for body in bodies_at(scene, index + 2)[:1]:
        for person in holding.people:
            if person != body.agent:
                yield FoundRole(person, None, body.agent, False, rests_on(scene, index, index + 2, body), "now-at", 0.85)


def _seat(scene: Scene, post: Post) -> _Seat:
    noun = (post_noun(scene.doc[post.noun].text) or ("", False))[0]
    ahead = body_ahead(scene, post) if noun not in SEATS else None
    follows = scene.doc[post.end].lower_ if post.end < len(scene.doc) else ""
    no_body = noun in _PUBLIC or (noun in _MAKERS and follows == "of")
    after = () if no_body else bodies_after(scene, post)
    return _Seat(post, ahead, after, _over_place(scene, max([post.end, *(body.end for body in after)])))


def _over_place(scene: Scene, index: int) -> int:
    """Behind "in Washington", if that stands at a token."""
    doc = scene.doc
    if index + 1 >= len(doc) or doc[index].lower_ not in {"in", "from"} or not scene.is_place(index + 1):
        return index
    index += 1
    while index < len(doc) and scene.is_place(index):
        index += 1
    return index


def _groups(scene: Scene, seats: list[_Seat]) -> "Iterator[list[_Seat]]":
    """Coordinated posts: "founder, president and head of Y and dean of Z"."""
    group: list[_Seat] = []
    for seat in seats:
        if group and not _joined(scene, group[-1], seat):
            yield group
            group = []
        group.append(seat)
    if group:
        yield group


def _joined(scene: Scene, one: _Seat, other: _Seat) -> bool:
    doc = scene.doc
    start = min(one.reach, other.post.left)
    between = doc[start : other.post.left]
    if _and_now(scene, one, other):
        return True
    if other.post.left < one.post.end or other.post.left - one.reach > 6 or scene.opens[one.post.noun] != scene.opens[other.post.noun]:
        return one.post.noun < other.post.start <= one.post.end + 2 and doc[other.post.start - 1].lower_ in {"and", "/", "&"}
    return len(between) > 0 and all(token.lower_ in _SEPARATORS for token in between)


def _and_now(scene: Scene, one: _Seat, other: _Seat) -> bool:
    """As in "an aide in her first campaign and now director of Y": what is now goes with what was, over words without verb and name."""
    doc, start, stop = scene.doc, one.reach, other.post.left
    while stop > start and doc[stop - 1].lower_ in {"now", "currently", "later", "today"}:
        stop -= 1
    if stop == other.post.left or not 1 < stop - start < _APART or doc[stop - 1].lower_ != "and":
        return False
    return all(doc[k].tag_ not in _FINITE and not doc[k].is_punct and scene.person(k) is None for k in range(start, stop))


def _shared(scene: Scene, group: list[_Seat]) -> list[tuple[Body, ...]]:
    """The organisations of each post of a group, those it shares with its neighbours included."""
    found = [seat.bodies for seat in group]
    for k in range(len(group) - 2, -1, -1):
        noun = (post_noun(scene.doc[group[k].post.noun].text) or ("", False))[0]
        tight = group[k + 1].post.left - group[k].post.end <= 2
        own_article = scene.doc[group[k + 1].post.left].lower_ in {"a", "an", "the"}
        if not found[k] and group[k + 1].after and tight and not own_article and role_nouns().get(noun) == "post":
            found[k] = group[k + 1].after
    for k in range(1, len(group)):
        before = group[k - 1].ahead
        if (
            not found[k]
            and before is not None
            and found[k - 1] == (before,)
            and (_owned(scene, before) or _in_one(scene, group[k - 1], group[k]))
        ):
            found[k] = found[k - 1]
    return found


def _in_one(scene: Scene, one: _Seat, other: _Seat) -> bool:
    """As in "Y Vice President and Managing Editor Ada Brandt": both posts are of firms, and both in capitals."""
    nouns = (one.post.noun, other.post.noun)
    return all(scene.capital(k) and scene.doc[k].lower_ in _FIRM_POSTS for k in nouns) and scene.person(other.post.end) is not None


def _owned(scene: Scene, body: Body) -> bool:
    """Whether the organisation stands before the post as an owner: "Y's president and treasurer"."""
    doc = scene.doc
    return doc[body.start].tag_ == "PRP$" or (body.end < len(doc) and doc[body.end].tag_ == "POS")


def _passed_on(group: list[_Seat], holdings: list[Holding | None], k: int) -> Holding | None:
    """The holder of the post beside it in a group."""
    for other in (*range(k - 1, -1, -1), *range(k + 1, len(group))):
        one: Holding | None = holdings[other]
        if one is None:
            continue
        if group[k].post.plural != group[other].post.plural:
            continue
        if other > k and one.rule not in {"title-before-name", "apposition-before", "copula", "appointed", "served-as", "appointed-as"}:
            continue
        return one
    return None


def _roles(scene: Scene, seat: _Seat, bodies: tuple[Body, ...], holding: Holding) -> "Iterator[FoundRole]":
    post = seat.post
    title = title_text(scene, post)
    confidence = _CONFIDENCE[holding.rule]
    for person in holding.people:
        for body in bodies or (None,):
            if body is not None and body.agent == person:
                continue
            evidence = rests_on(scene, post.start, post.end, body)
            organisation = body.agent if body is not None else None
            yield FoundRole(person, title, organisation, holding.former, evidence, holding.rule, confidence)
