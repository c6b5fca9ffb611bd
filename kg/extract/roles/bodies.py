"""The organisations behind a post: "of Y", "at consultancy Y", "at the company"."""

from functools import cache

from kg.extract.roles.found import Body, Post
from kg.extract.roles.lists import post_noun, title_words
from kg.extract.roles.scene import Scene
from kg.extract.roles.standing import meant, owner
from kg.extract.words import honorifics, role_nouns
from kg.lexicon.load import load_table

__all__ = ["AT", "bodies_after", "bodies_at", "campaign_of", "campaign_under", "no_body", "of_company"]

AT = frozenset({"at", "of", "for", "with", "in", "from", "on", "to", "by"})
_REACH = 12  # tokens from a preposition to the name it leads to, over its description
_CALLED = frozenset({"called", "named", "known", "as", "based", "owned"})
_LETTERS = frozenset(
    ["phd", "md", "rn", "frs", "mba", "jd", "esq", "cpa", "obe", "mbe", "cbe", "cfa", "llb", "llm", "msc", "bsc", "ba", "ma", "dds", "do"]
)
# Districts that stand for a trade: who works there works for no body of that name.
_WAYS = {
    "": frozenset({"Broadway", "Hollywood"}),
    "Wall": frozenset({"Street"}),
    "Fleet": frozenset({"Street"}),
    "Main": frozenset({"Street"}),
    "Silicon": frozenset({"Valley"}),
    "Madison": frozenset({"Avenue"}),
    "Capitol": frozenset({"Hill"}),
}
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
        if doc[index].lower_ == "in" and trade:  # "a shepherd in Marlow"
            found = tuple(body for body in found if body.end - body.start > 1 or doc[body.start].is_upper or body.start > index + 1)
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
        if doc[i].pos_ == "CCONJ" and (post_noun(doc[i - 1].text) or (i + 1 < len(doc) and doc[i + 1].lower_ in {"a", "an"})):
            break  # "assistant to the president and director of Y", "a lawyer in Norden and a fellow of Y"
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
        name = _name_at(scene, i, described=described or firm or _house(scene, index, i) or _has_article(scene, index, i))
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
        goes_on = goes_on or (token.lower_ == "up" and doc[i - 1].text == "-")  # "start-up"
        if not goes_on and token.lower_ not in _CALLED and token.text not in {",", "“", '"', "-", "’s", "'s", "‘"}:
            break
        if token.text == "," and (i + 1 >= stop or doc[i + 1].pos_ not in {"ADJ", "PROPN"}):
            break
        if token.pos_ == "CCONJ" and i > index and post_noun(doc[i - 1].text) and doc[i - 1].pos_ == "NOUN":
            return None  # "assistant to the president and director of Y"
        if token.pos_ == "CCONJ" and token.lower_ != "both" and scene.capital(i + 1) if i + 1 < len(doc) else False:
            break
        described = described or scene.descriptor(token)
        i += 1
    return meant(scene, index)


def _house(scene: Scene, index: int, place: int) -> bool:
    """As in "a cook at the Marlowe": nobody has a post at the Norden that is a city; what has an article is a house of some kind.

    Nor has anybody a post "at Marlowe", whatever the tagger makes of it, unless everyone knows the place.
    """
    doc = scene.doc
    if place == index and index > 0 and doc[index - 1].lower_ == "at":
        return scene.doubtful_place(index)
    return place == index + 1 and index > 0 and doc[index].lower_ == "the" and doc[index - 1].lower_ == "at" and scene.is_site(place)


def _has_article(scene: Scene, index: int, place: int) -> bool:
    """As in "director of the Marlowe": a lone name with an article is no person's, and that of a body rather than an unknown place's."""
    doc = scene.doc
    if place != index + 1 or index == 0 or doc[index].lower_ != "the" or doc[index - 1].lower_ not in {"of", "for", "at", "with"}:
        return False
    label, word = scene.columns.label, scene.columns.text[place]
    if place + 1 < len(doc) and (scene.capital(place + 1) or doc[place + 1].pos_ in {"NOUN", "ADJ"}):
        return False  # "the Marlowe cricket team"
    return scene.doubtful_place(place) or (label[place] == "PERSON" and not word.endswith("s"))


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
    if no_body(scene, index):
        return None
    body = scene.body(index)
    if body is not None:
        if (body.start != index and body.start + 1 != index) or _before_a_titled_name(scene, body.end):
            return None
        if body.end < len(doc) and doc[body.end].pos_ == "PROPN" and _longer(scene, body):
            body = scene.add_body(body.start, scene.name_end(body.end))
        return _innermost(scene, campaign_under(scene, body) or body)
    person = scene.person(index)
    if person is not None:
        campaign = campaign_of(scene, person[1], person[2])
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
    initials = len(first) > 2 and first.is_upper and not any(glyph.isdigit() for glyph in first.text)  # "N.W.A.", taken for a number
    return first.pos_ == "PROPN" or end - start > 1 or first.ent_type_ in {"ORG", "PRODUCT"} or initials


def _longer(scene: Scene, body: Body) -> bool:
    """Whether the name goes on behind what the tagger saw: "House Majority PAC"; its next word is in no other name."""
    doc, end = scene.doc, body.end
    free = scene.capital(end) and scene.cast.at(end) is None and doc[end].ent_type_ in {"", "ORG"}
    return free and not post_noun(doc[end].text) and doc[end].text != "Campaign" and doc[end - 1].whitespace_ == " "


def no_body(scene: Scene, index: int) -> bool:
    """Whether a word with a capital names nothing by itself: "Mr.", "PhD", and a lone "Board" or "Department"."""
    doc, word = scene.doc, scene.doc[index].text
    if word.isupper() and (word.lower() in title_words("field") or word in _thing_acronyms()):
        follow = doc[index + 1] if index + 1 < len(doc) else None
        return follow is None or not scene.capital(index + 1) or post_noun(follow.text) is not None  # "TV reporter", "AI researcher"
    if word in _WAYS.get(doc[index - 1].text if index else "", ()) or word in _WAYS[""]:
        return True
    if word in honorifics() or "@" in word or "/" in word or word.lower().replace(".", "") in _LETTERS | _PRIZES:
        return True
    alone = index + 1 >= len(doc) or not (scene.capital(index + 1) or doc[index + 1].lower_ in {"of", "for", "&"})
    return alone and doc[index].lower_ in _GENERIC and (index == 0 or not scene.capital(index - 1))


@cache
def _thing_acronyms() -> frozenset[str]:
    return frozenset(row["acronym"] for row in load_table("topic_acronyms"))


def _innermost(scene: Scene, body: Body) -> Body:
    """Of "Y's Board of Z" the board: what the first one owns, if it has a name of its own."""
    doc = scene.doc
    if body.end + 1 < len(doc) and doc[body.end].tag_ == "POS":
        inner = scene.body(body.end + 1)
        if inner is not None:
            return inner
        if scene.capital(body.end + 1) and doc[body.end + 1].pos_ == "PROPN" and scene.person(body.end + 1) is None:
            end = scene.name_end(body.end + 1)
            whole = doc[body.end + 1]
            while whole.ent_type_ == "ORG" and end < len(doc) and doc[end].ent_iob_ == "I" and doc[end].ent_type_ == "ORG":
                end += 1  # "Y's Programme on Floods", as the tagger has it
            if not any(post_noun(token.text) for token in doc[body.end + 1 : end]):
                return scene.add_body(body.end + 1, end)
    return body


def campaign_under(scene: Scene, body: Body) -> Body | None:
    """The campaign of an organisation, if the word stands behind its name."""
    return campaign_of(scene, body.start, body.end)


def campaign_of(scene: Scene, start: int, end: int) -> Body | None:
    """As in "Roe campaign" is an organisation where somebody has a post in it."""
    doc = scene.doc
    if end < len(doc) and doc[end].text in {"campaign", "Campaign"} and start < end:
        known = scene.body(end)
        return known if known is not None else scene.add_body(start, end + 1)
    return None
