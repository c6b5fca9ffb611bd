"""The organisations of a post: "of Y", "at consultancy Y", "Y's", "Y analyst", "its", "the company's"."""

from kg.extract.roles.found import Body, Post
from kg.extract.roles.lists import post_noun, title_words
from kg.extract.roles.scene import Scene
from kg.extract.roles.standing import meant, of_kind, owner
from kg.extract.words import honorifics, role_nouns

__all__ = ["AT", "bodies_after", "bodies_at", "body_ahead", "of_company"]

AT = frozenset({"at", "of", "for", "with", "in", "from", "on", "to", "by"})
_REACH = 12  # tokens from a preposition to the name it leads to, over its description
_CALLED = frozenset({"called", "named", "known", "as", "based", "owned"})
_LETTERS = frozenset(
    ["phd", "md", "rn", "frs", "mba", "jd", "esq", "cpa", "obe", "mbe", "cbe", "cfa", "llb", "llm", "msc", "bsc", "ba", "ma", "dds", "do"]
)
_PRIZES = frozenset({"nobel", "pulitzer", "oscar", "emmy", "grammy", "olympic"})
_GENERIC = frozenset(
    [
        "board",
        "department",
        "committee",
        "company",
        "school",
        "group",
        "team",
        "council",
        "office",
        "division",
        "ministry",
        "center",
        "centre",
        "faculty",
        "residence",
        "campaign",
        "country",
        "club",
        "bank",
    ]
)


def bodies_after(scene: Scene, post: Post) -> tuple[Body, ...]:
    """The organisations named behind a post, in text order."""
    doc, index = scene.doc, post.end
    stop = scene.closes[post.noun]
    for _ in range(2):  # "professor of law at Y", "director of the board in the Y"
        while index < stop and doc[index].text in {"”", '"', "''"}:
            index += 1
        if (
            index < stop
            and doc[index].text == ","
            and doc[post.noun].lower_ in {"ceo", "chairman", "president", "founder", "director", "dean", "professor", "provost"}
        ):
            body = _name_at(scene, index + 1)  # "Chairman, Northlight Group"
            return (body,) if body is not None else ()
        if index >= stop or doc[index].lower_ not in AT or (doc[index].lower_ == "by"):
            return ()
        found = bodies_at(scene, index + 1, firm=of_company(scene, post))
        trade = role_nouns().get(doc[post.noun].lemma_.lower()) == "occupation"
        if doc[index].lower_ == "from" and trade:  # "a shepherd from Low Marlow": where, unless the name is known for a body's
            found = tuple(body for body in found if body.agent >= 0 or doc[body.start].ent_type_ == "ORG")
        if found:
            return found
        index = _next_preposition(scene, index + 1, stop)
    return ()


def of_company(scene: Scene, post: Post) -> bool:
    """Whether only organisations have such a post: "CEO", "founder", "chief financial officer"."""
    doc = scene.doc
    noun = doc[post.noun].lower_
    return noun in title_words("company") or (noun == "officer" and doc[post.start].lower_ in {"chief", "group", "principal"})


def _next_preposition(scene: Scene, index: int, stop: int) -> int:
    """The next "at", "of" behind a plain or unnamed complement."""
    doc = scene.doc
    for i in range(index, min(stop, index + 8)):
        if doc[i].lower_ in {"at", "of", "for", "with", "in"}:
            return i
        if doc[i].pos_ in {"VERB", "AUX", "PUNCT", "SCONJ"} or scene.person(i) is not None:
            break
    return stop


def bodies_at(scene: Scene, index: int, *, firm: bool = False) -> tuple[Body, ...]:
    """The organisations whose description or name begins at a token, with those coordinated to it.

    With `firm`, what leads to it ("CEO of") can only be said of an organisation, whatever the tagger made of the name.
    """
    first = _described(scene, index, firm=firm)
    if first is None:
        return ()
    found = [first]
    while (more := _coordinated(scene, found[-1])) is not None:
        found.append(more)
    return tuple(found)


def _coordinated(scene: Scene, body: Body) -> Body | None:
    """The organisation joined to another by "and" or in a list."""
    doc, index = scene.doc, body.end
    stop = scene.closes[body.start]
    if index < stop and doc[index].text == "(":  # "(NWA)"
        while index < stop and doc[index].text != ")":
            index += 1
        index += 1
    comma = index < stop and doc[index].text == ","
    index += comma
    joined = index < stop and doc[index].lower_ in {"and", "&"}
    index += joined
    if not (comma or joined) or index >= stop:
        return None
    if doc[index].lower_ in AT:
        index += 1
    while index < stop and doc[index].lower_ in {"the", "both"}:
        index += 1
    if index >= stop or not scene.capital(index) or scene.person(index) is not None or scene.is_place(index):
        return None
    found = _name_at(scene, index)
    if found is None or (comma and not joined and doc[found.start : found.end].root.dep_ not in {"conj", "appos"}):
        return None
    if any(post_noun(token.text) for token in doc[found.end : found.end + 2]) or _begins_clause(scene, found):
        return None
    return found


def _begins_clause(scene: Scene, body: Body) -> bool:
    return scene.doc[body.start : body.end].root.dep_ in {"nsubj", "nsubjpass"}


def _described(scene: Scene, index: int, *, firm: bool) -> Body | None:
    """The body at a token, over article and description: "the environmental group Y", "an agency called Y"."""
    doc = scene.doc
    stop = min(scene.closes[index] if index < len(doc) else index, index + _REACH)
    described = False
    i = index
    while i < stop:
        token = doc[i]
        if token.lower_ in {"its", "our", "their", "whose"}:
            return owner(scene, token)
        name = _name_at(scene, i, described=described or firm or _house(scene, index, i))
        if name is not None:
            return name
        if token.ent_type_ == "PERSON" or scene.person(i) is not None:
            person = scene.person(i)
            if person is not None and person[2] < stop and doc[person[2]].tag_ == "POS":
                i = person[2] + 1
                if i < stop and scene.capital(i):
                    continue
            return None
        if scene.is_place(i) and token.pos_ == "PROPN" and i + 1 < stop and not _goes_on(scene, i + 1):
            return None
        goes_on = token.pos_ in {"DET", "ADJ", "NOUN", "PROPN", "ADV", "NUM", "CCONJ", "PRON"} and token.tag_ not in {"PRP", "WP", "WDT"}
        goes_on = goes_on or (token.tag_ in {"VBN", "VBG"} and token.dep_ in {"amod", "compound"})  # "the embattled testing company Y"
        if not goes_on and token.lower_ not in _CALLED and token.text not in {",", "“", '"', "-", "’s", "'s", "‘"}:
            break
        if token.text == "," and (i + 1 >= stop or doc[i + 1].pos_ not in {"ADJ", "PROPN"}):
            break
        if token.pos_ == "CCONJ" and token.lower_ != "both" and scene.capital(i + 1) if i + 1 < len(doc) else False:
            break
        described = described or scene.descriptor(token)
        i += 1
    return meant(scene, index)


def _house(scene: Scene, index: int, place: int) -> bool:
    """As in "a cook at the Marlowe": nobody has a post at the Norden that is a city; what has an article is a house of some kind."""
    doc = scene.doc
    return place == index + 1 and index > 0 and doc[index].lower_ == "the" and doc[index - 1].lower_ == "at" and scene.is_site(place)


def _goes_on(scene: Scene, index: int) -> bool:
    """Whether a place name before this token only modifies: "Los Angeles-based", "the Norden office of"."""
    token = scene.doc[index]
    return token.text in {"-", "–"} or token.pos_ in {"ADJ", "NOUN", "PROPN", "VERB"} or token.tag_ == "POS"


def _name_at(scene: Scene, index: int, *, described: bool = False) -> Body | None:
    """The organisation's name that begins at a token: the cast's, or one that its capitals show."""
    doc = scene.doc
    if index >= len(doc):
        return None
    if doc[index].lower_ == "the" and index + 1 < len(doc):
        index += 1
    if _no_body(scene, index):
        return None
    body = scene.body(index)
    if body is not None:
        if (body.start != index and body.start + 1 != index) or _before_a_titled_name(scene, body.end):
            return None
        if body.end < len(doc) and doc[body.end].pos_ == "PROPN" and _longer(scene, body):
            body = scene.add_body(body.start, scene.name_end(body.end))
        return _innermost(scene, _campaign(scene, body) or body)
    person = scene.person(index)
    if person is not None:
        campaign = _campaign_of(scene, person[1], person[2])
        alone = person[2] - person[1] == 1 and scene.alone(person[0])
        if campaign is not None or not (described and alone):
            return campaign
    token = doc[index]
    if not scene.capital(index) or token.is_stop or post_noun(token.text) or (token.ent_type_ == "PERSON" and not described):
        return None
    end = scene.name_end(index)
    return _innermost(scene, scene.add_body(index, end)) if _names_body(scene, index, end, described=described) else None


def _before_a_titled_name(scene: Scene, index: int) -> bool:
    """As in "spokesman for House Speaker Ada Brandt": the body goes with the title behind it."""
    doc = scene.doc
    titled = index + 1 < len(doc) and scene.capital(index) and post_noun(doc[index].text) is not None
    return titled and scene.person(index + 1) is not None


def _names_body(scene: Scene, start: int, end: int, *, described: bool) -> bool:
    """Whether a run of capitals may name an organisation: no party's label, no post, no place or date alone, no common word."""
    doc, first = scene.doc, scene.doc[start]
    if first.pos_ not in {"PROPN", "NOUN", "ADJ", "X", "NUM"} or post_noun(doc[end - 1].text):
        return False
    if all(token.lower_ in title_words("party") or token.lower_ in {"super", "pac"} for token in doc[start:end]):
        return False
    if scene.is_place(end - 1) and end < len(doc) and doc[end].lower_ in {"based", "-"}:
        return False
    if all(scene.is_place(i) or doc[i].is_punct or doc[i].pos_ == "CCONJ" for i in range(start, end)) and not described:
        return False
    if first.ent_type_ in {"NORP", "DATE", "EVENT", "LANGUAGE"} and (end - start == 1 or doc[end - 1].ent_type_ == first.ent_type_):
        return False
    return first.pos_ == "PROPN" or end - start > 1 or first.ent_type_ in {"ORG", "PRODUCT"}


def _longer(scene: Scene, body: Body) -> bool:
    """Whether the name goes on behind what the tagger saw: "House Majority PAC"; its next word is in no other name."""
    doc, end = scene.doc, body.end
    free = scene.capital(end) and scene.cast.at(end) is None and doc[end].ent_type_ in {"", "ORG"}
    return free and not post_noun(doc[end].text) and doc[end].text != "Campaign" and doc[end - 1].whitespace_ == " "


def _no_body(scene: Scene, index: int) -> bool:
    """Whether a word with a capital names nothing by itself: "Mr.", "PhD", and a lone "Board" or "Department"."""
    doc, word = scene.doc, scene.doc[index].text
    if word in honorifics() or "@" in word or "/" in word or word.lower().replace(".", "") in _LETTERS | _PRIZES:
        return True
    alone = index + 1 >= len(doc) or not (scene.capital(index + 1) or doc[index + 1].lower_ in {"of", "for", "&"})
    return alone and doc[index].lower_ in _GENERIC and (index == 0 or not scene.capital(index - 1))


def _innermost(scene: Scene, body: Body) -> Body:
    """Of "Y's Board of Z" the board: what the first one owns, if it has a name of its own."""
    doc = scene.doc
    if body.end + 1 < len(doc) and doc[body.end].tag_ == "POS":
        inner = scene.body(body.end + 1)
        if inner is not None:
            return inner
        if scene.capital(body.end + 1) and doc[body.end + 1].pos_ == "PROPN" and scene.person(body.end + 1) is None:
            end = scene.name_end(body.end + 1)
            if not any(post_noun(token.text) for token in doc[body.end + 1 : end]):
                return scene.add_body(body.end + 1, end)
    return body


def _campaign(scene: Scene, body: Body) -> Body | None:
    return _campaign_of(scene, body.start, body.end)


def _campaign_of(scene: Scene, start: int, end: int) -> Body | None:
    """As in "Roe campaign" is an organisation where somebody has a post in it."""
    doc = scene.doc
    if end < len(doc) and doc[end].text in {"campaign", "Campaign"} and start < end:
        known = scene.body(end)
        return known if known is not None else scene.add_body(start, end + 1)
    return None


def body_ahead(scene: Scene, post: Post) -> Body | None:
    """The organisation before a post: "Y's", "its", "the company's", "Y" as a modifier."""
    doc, index = scene.doc, post.start - 1
    floor = scene.opens[post.noun]
    loose = title_words("loose") | title_words("past") | title_words("party")
    while index >= floor and (
        doc[index].lower_ in loose or (scene.is_place(index) and scene.body(index) is None) or doc[index].text in {"“", '"', "‘", "-", "–"}
    ):
        index -= 1
    if index < floor:
        return None
    token = doc[index]
    if token.tag_ == "PRP$" or token.lower_ == "whose":
        return owner(scene, token)
    if token.tag_ == "POS" or token.text in {"'s", "’s"}:
        return _possessor(scene, index)
    return None if _no_body(scene, index) else _modifier(scene, post, index, floor)


def _modifier(scene: Scene, post: Post, index: int, floor: int) -> Body | None:
    """The organisation whose name ends at a token and modifies a post: "Northlight analyst", "Roe campaign spokesman"."""
    doc, token = scene.doc, scene.doc[index]
    body = scene.body(index)
    if body is not None:
        second = body.start - 2 >= floor and doc[body.start - 1].text == "-"
        if second and scene.capital(body.start - 2) and not scene.is_place(body.start - 2):
            body = scene.add_body(body.start - 2, body.end)  # "Arden-Brandt" tagged from its second half
        return _campaign(scene, body) or body
    person = scene.person(index - 1) if token.lower_ == "campaign" and index > floor else None
    if person is not None:
        return _campaign_of(scene, person[1], person[2])
    if scene.person(index) is not None or scene.is_place(index) or not scene.capital(index):
        return None
    if token.ent_type_ == "PERSON" and _personal(scene, post):
        return None  # "Roe adviser", "Roe chief of staff"
    if token.pos_ not in {"PROPN", "NOUN"} or post_noun(token.text) or (index == floor and token.pos_ != "PROPN"):
        return None
    start = index
    while start > floor and scene.capital(start - 1) and doc[start - 1].pos_ == "PROPN" and not _barred(scene, start - 1):
        start -= 1
    return scene.add_body(start, index + 1)


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
        return _campaign_of(scene, person[1] if person is not None else index - 1, index)
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
