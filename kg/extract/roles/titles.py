"""Posts: the minimal noun phrase that names one, with its complement, and what stands before it."""

import re
from typing import TYPE_CHECKING

from kg.extract.roles.found import Post
from kg.extract.roles.lists import post_noun, title_words
from kg.extract.roles.scene import Scene
from kg.extract.words import honorifics, organisation_parts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

__all__ = ["SEATS", "find_posts", "title_text"]

SEATS = frozenset({"mp", "msp", "mep"})
"""Posts in a parliament: what stands before one is a party or a place."""

_HYPHENS = frozenset({"-", "–", "‑"})
_ARTS = frozenset(
    {
        "art",
        "arts",
        "film",
        "movie",
        "music",
        "theatre",
        "theater",
        "food",
        "literary",
        "drama",
        "television",
        "tv",
        "book",
        "restaurant",
        "dance",
    }
)
_ONLY_AFTER = {
    "lady": frozenset({"first"}),
    "mate": frozenset({"running"}),
    "witness": frozenset({"expert"}),
    "critic": _ARTS,  # a critic of somebody holds no post
}
_NOT_YET = frozenset({"potential", "possible", "prospective", "aspiring", "next", "would-be", "hypothetical"})
_ORDERED = frozenset({"lady", "minister", "secretary", "deputy", "vice", "lieutenant", "officer", "mate", "sergeant", "assistant"})
_MINISTERS = frozenset({"commissioner", "minister", "secretary", "undersecretary", "rapporteur", "envoy", "representative"})
_RANKING = frozenset({"ranking", "top", "senior", "lead", "leading", "highest-ranking"})
_TEACHERS = frozenset({"professor", "prof.", "lecturer", "instructor", "reader"})
_SAYINGS = frozenset(
    {
        ("honest", "broker"),
        ("role", "player"),
        ("team", "player"),
        ("devil", "advocate"),
        ("power", "broker"),
        ("con", "artist"),
        ("slave", "owner"),
    }
)
_MIGHT_BE = re.compile(r"\b(would|wanna|soon-to)\s?-\s?be\b", re.IGNORECASE)  # "a would-be president", not "the president would be"
_WHOLE_AFTER_CAMPAIGN = frozenset({"manager", "chairman", "chairwoman", "chair", "chief", "head", "director"})


def find_posts(scene: Scene) -> "Iterator[Post]":
    """Every mention of a post, in text order."""
    doc = scene.doc
    for index, text in enumerate(scene.columns.text):
        known = post_noun(text) or _rank(scene, index)
        if known is None:
            continue
        token = doc[index]
        if token.pos_ in {"VERB", "AUX", "ADP", "PRON"} or not _is_noun(scene, token):
            continue
        plural = known[1] and token.tag_ != "NN"
        if known[0] == "chief" and token.i > 1 and doc[token.i - 1].lower_ == "in" and post_noun(doc[token.i - 2].text):
            continue
        if token.i > 0 and (doc[token.i - 1].lower_, known[0]) in _SAYINGS:
            continue
        if known[0] == "fellow" and (token.pos_ == "ADJ" or _shares_lot(scene, index)):
            continue  # "fellow Norlander Ada Brandt"
        wanted = _ONLY_AFTER.get(known[0])
        if wanted is not None and (token.i == 0 or doc[token.i - 1].lower_ not in wanted):
            continue
        if _MIGHT_BE.search(doc[max(0, token.i - 6) : token.i].text):
            continue
        end = _end(scene, token)
        start = token.i if known[0] in SEATS else _start(scene, token)
        left, former = _left(scene, start)
        if any(other.lower_ in _NOT_YET for other in doc[left:start]):
            continue
        if known[0] == "host" and doc[max(0, index - 1) : index + 2].text.lower() == "a host of" and token.right_edge.tag_ == "NNS":
            continue  # "a host of farmers"
        yield Post(token.i, start, end, left, plural, former)


def _rank(scene: Scene, index: int) -> tuple[str, bool] | None:
    """As in "the ranking Republican on the Y": who is first of a party in a body has a post there."""
    lower = scene.columns.lower
    ranked = lower[index] in {"democrat", "republican"} and lower[index - 1] in _RANKING and lower[index + 1 : index + 2] == ["on"]
    return (lower[index], False) if ranked and index > 0 else None


def _shares_lot(scene: Scene, index: int) -> bool:
    """Whether "fellow" stands bare before a capital: no "senior fellow", no "fellow at"."""
    doc = scene.doc
    modified = index > scene.opens[index] and doc[index - 1].pos_ in {"ADJ", "NOUN", "PROPN"}
    return not modified and index + 1 < len(doc) and scene.capital(index + 1)


def title_text(scene: Scene, post: Post) -> str:
    """The title as printed, hyphens closed up; the noun in the singular."""
    words = scene.doc[post.start : post.end]
    text = " ".join(words.text.split())
    if post.plural:
        noun = scene.doc[post.noun]
        known = post_noun(noun.text)
        single = known[0] if known else noun.text
        single = single.capitalize() if noun.text[0].isupper() else single
        before = words.text[: noun.idx - words.start_char]
        after = words.text[noun.idx - words.start_char + len(noun) :]
        text = " ".join((before + single + after).split())
    return re.sub(r"\s*([-–‑])\s*", r"\1", text)


def _is_noun(scene: Scene, token: "Token") -> bool:
    """Not the modifier of another noun ("president role"), nor the first half of a compound post ("executive director")."""
    doc, follow = scene.doc, token.i + 1
    if follow >= len(doc):
        return True
    after = doc[follow]
    if after.text in _HYPHENS and not after.whitespace_ and not token.whitespace_:
        return follow + 1 < len(doc) and (
            doc[follow + 1].lower_ in {"in", "elect", "designate", "at"} or scene.person(follow + 1) is not None
        )
    if token.whitespace_ == "" and after.text in {"'s", "’s", "'", "’"}:
        return False
    if (
        post_noun(after.text)
        and after.pos_ in {"NOUN", "PROPN", "ADJ"}
        and scene.person(after.i) is None
        and not _own_title(scene, after.i)
    ):
        return False
    if token.dep_ in {"compound", "nmod", "amod", "poss"} and after.pos_ in {"NOUN", "ADJ"} and not scene.capital(after.i):
        return False
    first = token.dep_ in {"compound", "nmod"} and token.lower_ in title_words("part") and scene.person(token.head.i) is None
    if (token.lower_ in title_words("loose") or token.dep_ == "amod" or first) and _modifies_post(token):
        return False  # "a veteran Norden strategist", "the chief Norden adviser", "an assistant managing editor"
    inside = scene.body(token.i)
    return not (inside is not None and inside.end > follow)


def _modifies_post(token: "Token") -> bool:
    """Whether a word goes with a post a few words on, nothing coordinated between."""
    near = 0 < token.head.i - token.i < 5 and post_noun(token.head.text) is not None
    return near and not any(between.dep_ == "cc" for between in token.doc[token.i : token.head.i])


def _own_title(scene: Scene, index: int) -> bool:
    """Whether a title stands between a post and a name: "court analyst Judge Ada Brandt", "Director Adm. Ada Brandt" have two each."""
    doc = scene.doc
    named = index + 1 < len(doc) and scene.person(index + 1)
    if not named or index == 0 or not scene.capital(index) or post_noun(doc[index - 1].text) is None:
        return False
    return not scene.capital(index - 1) or (doc[index].text.endswith(".") and not doc[index - 1].text.endswith("."))


def _start(scene: Scene, noun: "Token") -> int:
    """The first token of the post's name."""
    if noun.text.endswith(".") and noun.lower_ not in {"gov.", "gen.", "col."}:
        return noun.i  # "Recall Sen. Brandt"
    if _own_title(scene, noun.i):
        return noun.i
    doc, start, low = scene.doc, noun.i, not scene.capital(noun.i) or noun.text.isupper()
    loose = title_words("loose") | title_words("past") | title_words("party")
    while start > scene.opens[noun.i]:
        if doc[start - 1].text in _HYPHENS and start - 2 >= scene.opens[noun.i] and not doc[start - 2].whitespace_:
            if doc[start - 2].pos_ == "NUM" and start < noun.i:
                start += 1  # "two-term governor", "five-star general"
                break
            if doc[start - 2].lower_ in loose or scene.is_place(start - 2) or scene.body(start - 2) is not None:
                break
            start -= 2
            continue
        if doc[start - 1].lower_ in loose:
            break
        if _modifies(scene, start - 1, low):
            start -= 1
        elif _coordinated(scene, start - 1, noun) and _modifies(scene, start - 2, low):
            start -= 2
        else:
            break
    while start < noun.i and doc[start].text in _HYPHENS:
        start += 1
    return start


def _coordinated(scene: Scene, index: int, noun: "Token") -> bool:
    """Whether "and" joins two modifiers of a post: "politics and outreach director"."""
    doc = scene.doc
    if doc[index].lower_ not in {"and", "&"} or index - 1 <= scene.opens[index]:
        return False
    first = doc[index - 1]
    joined = any(other.dep_ == "conj" and index < other.i < noun.i for other in first.children)
    return joined and first.dep_ in {"nmod", "compound", "amod"} and first.head == noun and post_noun(first.text) is None


def _modifies(scene: Scene, index: int, low: bool) -> bool:
    """Whether a word belongs to the name of the post whose name begins behind it so far."""
    token, word, follow = scene.doc[index], scene.doc[index].lower_, scene.doc[index + 1].lower_
    known = word in title_words("part") or word in title_words("field")
    if token.is_space or token.is_punct or _stranger(scene, index) or token.tag_ in {"CD", "JJS", "POS", "DT"}:
        return False
    if not known and (token.pos_ not in {"NOUN", "ADJ", "PROPN", "X"} or token.tag_ in {"VBN", "VBD"}):
        return False
    if word in {"first", "second", "third"} and follow not in _ORDERED:
        return False  # "first director" is no post, "first lady" is
    if word == "campaign" and follow not in _WHOLE_AFTER_CAMPAIGN:
        return False
    return not scene.capital(index) or _of_title(scene, index, low)


def _stranger(scene: Scene, index: int) -> bool:
    """Whether a token belongs to somebody's name or to a place."""
    if scene.person(index) is not None or scene.body(index) is not None:
        return not _word_of_title(scene, index)
    return scene.is_place(index) and not _word_of_title(scene, index)


def _word_of_title(scene: Scene, index: int) -> bool:
    doc = scene.doc
    low = doc[index].lower_
    inner = doc[index].ent_iob_ == "I" or (index + 1 < len(doc) and doc[index + 1].ent_iob_ == "I")
    if inner and scene.is_place(index):
        return False  # "New York City mayor"
    return low in title_words("part") or post_noun(low) is not None


def _of_title(scene: Scene, index: int, low: bool) -> bool:
    """Whether a word with a capital before a post is part of its name ("Chief", "Press") and not an organisation's."""
    token = scene.doc[index]
    if token.i == scene.opens[token.i] and token.pos_ != "PROPN":
        return True
    word = token.lower_
    known = word in title_words("part") or word in title_words("field") or post_noun(token.text) is not None
    if low:
        return known and (token.i == scene.opens[token.i] or token.pos_ in {"ADJ", "NOUN"} or scene.capital(index + 1))
    return known or not (token.ent_type_ == "ORG" or token.text in organisation_parts() or token.text in honorifics())


def _left(scene: Scene, start: int) -> tuple[int, bool]:
    """Where the phrase begins, over words of place, party and time, and whether one says that the post is past."""
    doc = scene.doc
    floor = scene.opens[start] if start < len(doc) else start
    left, former = start, False
    past, loose = title_words("past"), title_words("loose") | title_words("party")
    while left > floor:
        token = doc[left - 1]
        word = token.lower_
        body = scene.body(left - 1)
        person = scene.person(left - 1)
        if word in past or word.startswith(("ex-", "then-", "then–")):
            former = True
        elif body is not None and body.start < left:
            left = body.start
            continue
        elif person is not None and person[1] < left:
            if doc[left].tag_ != "POS" and doc[left].pos_ == "PUNCT":
                break
            left = person[1]
            continue
        elif token.tag_ in {"POS", "PRP$"} or token.pos_ == "DET":
            pass
        elif token.pos_ in {"ADJ", "NOUN", "PROPN", "NUM", "X"} or word in loose or token.text in _HYPHENS | {"“", "‘", '"', "``"}:
            if token.pos_ == "NOUN" and doc[left].text in {"“", '"'}:
                break
        else:
            break
        left -= 1
    return left, former


def _end(scene: Scene, noun: "Token") -> int:
    """Behind the complement that names the portfolio or the field: "of State", "for policy", "of constitutional law"."""
    doc, stop = scene.doc, scene.closes[noun.i]
    end = noun.i + 1
    if end < stop and doc[end].lower_ in {"emeritus", "emerita"}:
        end += 1
    if end + 1 < stop and doc[end].text in _HYPHENS and doc[end + 1].lower_ in {"elect", "designate"}:
        return end + 2
    for words in (("in", "chief"), ("-", "in", "-", "chief"), ("at", "large"), ("-", "at", "-", "large"), ("of", "staff"), ("elect",)):
        if tuple(token.lower_ for token in doc[end : end + len(words)]) == words:
            return end + len(words)
    if end + 1 < stop and doc[end].lower_ == "in" and noun.lower_ in _TEACHERS and not scene.is_place(end + 1):
        return _field_end(scene, end + 1, stop) or end  # "professor in constitutional law"
    if end + 1 >= stop or doc[end].lower_ not in {"of", "for", "on", "to"}:
        return end
    if doc[end].lower_ == "for" and scene.capital(noun.i) and noun.lower_ in _MINISTERS and (charge := _charge_end(scene, end + 1, stop)):
        return charge
    board = end + 1 + (doc[end + 1].lower_ == "the")
    if board < stop and doc[board].lower_ == "board" and doc[end].lower_ == "of":
        more = board + 2 < stop and doc[board + 1].lower_ == "of" and doc[board + 2].lower_ in {"directors", "trustees", "governors"}
        return board + (3 if more else 1)
    if doc[end].lower_ == "to":
        return _place_end(scene, end + 1) if noun.lower_ in {"ambassador", "envoy", "delegate"} else end
    return _field_end(scene, end + 1, stop) or end


def _charge_end(scene: Scene, index: int, stop: int) -> int | None:
    """Behind what a minister is in charge of, in capitals as the post is: "Commissioner for Refugees"."""
    end = index
    while end < stop and scene.capital(end) and scene.person(end) is None and (scene.cast.at(end) is None or end > index):
        end += 1
    return end if end > index else None


def _place_end(scene: Scene, index: int) -> int:
    doc = scene.doc
    end = index + (doc[index].lower_ == "the")
    if end >= len(doc) or not scene.is_place(end):
        return index - 1
    while end < len(doc) and scene.is_place(end):
        end += 1
    return end


def _field_end(scene: Scene, index: int, stop: int) -> int | None:
    """Behind a field's words; None if what stands there is no field but a body, a person or a described thing."""
    doc, end, fields = scene.doc, index, title_words("field")
    taught = doc[index - 1].lower_ == "of" and doc[index - 2].lower_ in _TEACHERS
    while end < stop:
        token = doc[end]
        if token.lower_ in title_words("part") and end + 1 < stop and doc[end + 1].lower_ in fields and scene.capital(end):
            end += 1  # "of National Intelligence"
        elif (
            (token.lower_ in {"and", "&"} and end > index and end + 1 < stop and doc[end + 1].lower_ in fields)
            or token.lower_ in fields
            or (taught and scene.capital(end) and token.pos_ == "PROPN" and scene.person(end) is None)
        ):
            end += 1
        elif token.pos_ in {"NOUN", "ADJ"} and not scene.capital(end) and token.tag_ != "JJS" and not _stranger(scene, end):
            if scene.descriptor(token) and token.tag_ != "NNS":
                return None
            end += 1
        else:
            break
    if end == index or (doc[end - 1].pos_ == "ADJ" and not scene.capital(end - 1)):
        return None
    if end < stop and scene.person(end) is not None and post_noun(doc[end - 1].text):
        return None  # "members of the family of mayor Ada Brandt"
    if end < stop and ((scene.capital(end) and doc[end].pos_ == "PROPN" and scene.person(end) is None) or doc[end].tag_ == "POS"):
        return None  # "of consultancy Northlight", "of Energy Partners"
    return end
