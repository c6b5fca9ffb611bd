"""Topics: the normal form of noun phrases, what is none, and the user's own concepts."""

import pytest

from kg.extract.attribution import FoundAttribution
from kg.extract.people.joining import gather
from kg.extract.people.names import find_names
from kg.extract.topics import find_topics, load_vocabulary
from kg.records import AttributionKind, Said, Span, SpeechMode, TopicConcept


@pytest.fixture(scope="module")
def topics(parse):
    """The topics of a text, or of the part of it behind a bar, read as one claim; with the rule of each."""

    def find(text, vocabulary=None, mode=SpeechMode.SPEECH):
        before, _, claim = text.rpartition("|")
        doc = parse(before + claim)
        span = Span(len(before), len(before + claim))
        one = FoundAttribution((), (), (span,), None, None, mode, AttributionKind.INDIRECT, Said.ASSERTED, "test", 1.0)
        cast = gather(doc, tuple(find_names(doc, [])))
        [found] = find_topics(doc, [one], cast, vocabulary=vocabulary)
        return found

    return find


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Artificial intelligence models need electricity.", ["AI model", "electricity"]),
        ("AI models need electricity.", ["AI model", "electricity"]),  # the same topic
        ("The two new sea walls will hold.", ["sea wall"]),  # article, number and describing words go
        ("The price of copper fell.", ["copper price"]),
        ("The number of measles cases doubled.", ["measles case"]),  # what is counted, not the number
        ("Taxes and wages rose.", ["tax", "wage"]),
        ("First-time buyers waited.", ["first-time buyer"]),
        ("Artificial general intelligence is near.", ["artificial general intelligence"]),  # a describing word inside a name stays
        ("Alzheimer's disease spreads.", ["Alzheimer's disease"]),
        ("The Kellan Treaty bars missiles.", ["Kellan Treaty", "missile"]),
        ("A once-in-a-lifetime tide came.", ["tide"]),
        ("Our media lost readers.", ["media"]),  # no "medium"
        ("It was the best day of the year.", []),
        ("People think that things will change.", []),
        ("She would resign on Friday.", []),
        ("Germany won.", []),  # a place alone is none
        ("Many American people agreed.", []),
    ],
)
def test_topics_in_their_normal_form(topics, text, expected):
    assert [topic.label for topic in topics(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected", "rule"),
    [
        ("The old sea wall is broken. |The wall is too low.", "sea wall", "short-form"),
        ("The sea wall stands by the city wall. |The wall is too low.", "wall", "plain-noun"),  # of two, neither
        ("The sea wall leaks. |A wall is what we need.", "wall", "plain-noun"),  # any wall
        ("The barley harvest fell. |He sees a harvest of 2 million tons.", "barley harvest", "short-form"),  # a figure of the same
        ("Universal basic income (UBI) began. |UBI works.", "universal basic income", "named-thing"),
        ("|The drought goes on.", "drought", "plain-noun"),
        ("|Electric cars are cheap.", "electric car", "classified-noun"),
    ],
)
def test_why(topics, text, expected, rule):
    found = topics(text)
    assert [(topic.label, topic.rule) for topic in found][:1] == [(expected, rule)]
    assert all(0.5 < topic.confidence < 1 for topic in found)


def test_a_claim_has_few_topics_and_their_words(topics):
    text = "Power plants, wind farms, solar panels, heat pumps, gas boilers, batteries and cables will all be dearer than before the war in the north."
    found = topics(text)
    assert [topic.evidence[0].of(text) for topic in found] == ["Power plants", "wind farms", "solar panels", "heat pumps"]


def test_attitudes_have_none(topics):
    assert topics("the wind farms", mode=SpeechMode.ATTITUDE) == ()


def test_other_labels_of_everyday_acronyms(topics):
    [model] = topics("Large language models (LLMs) are large language models.")
    assert (model.label, model.also) == ("large language model", ("LLM",))


# --------------------------------------------------------------------------- the user's own vocabulary

CAR, VEHICLE, POWER = (f"https://example.org/topics/{name}" for name in ("car", "vehicle", "power"))


@pytest.fixture(scope="module")
def vocabulary(nlp):
    return load_vocabulary(
        nlp,
        [
            TopicConcept(CAR, "Electric vehicles", also=("battery car",), hidden=("e-cars",), broader=(VEHICLE,)),
            TopicConcept(VEHICLE, "Vehicles"),
            TopicConcept(POWER, "Power", also=("charge",)),
            TopicConcept("https://example.org/topics/fee", "Fees", also=("charge",)),
        ],
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Each electric vehicle needs a cable.", [("Electric vehicles", CAR), ("cable", None)]),  # first, in its own words, then ours
        ("A battery car will do.", [("Electric vehicles", CAR)]),
        ("E-cars are quiet.", [("Electric vehicles", CAR)]),
        ("The electric vehicle stopped. |The vehicle was new.", [("Vehicles", VEHICLE)]),  # its own words go before what they stand for
        ("Most EVs are dear.", [("Electric vehicles", CAR)]),  # an everyday acronym
        ("Vehicles and power are dear.", [("Vehicles", VEHICLE), ("Power", POWER)]),
        ("The charge is too high.", [("charge", None)]),  # two concepts are called so: neither
        ("The powerful motor vehiclelike thing.", [("powerful motor", None)]),  # no parts of words
    ],
)
def test_concepts_of_a_vocabulary(topics, vocabulary, text, expected):
    found = [(topic.label, topic.concept) for topic in topics(text, vocabulary)]
    assert [one for one in found if one[1]] == [one for one in expected if one[1]]
    if text.startswith("Each"):
        assert found == expected


def test_time_grows_with_the_text(parse):
    """One claim of three thousand nouns: read once, not once a noun."""
    doc = parse("Wind farms and solar panels " * 700 + "fell.")
    one = FoundAttribution(
        (), (), (Span(0, len(doc.text)),), None, None, SpeechMode.SPEECH, AttributionKind.INDIRECT, Said.ASSERTED, "test", 1.0
    )
    [found] = find_topics(doc, [one], gather(doc, ()))
    assert len(found) <= 4


def test_the_price_that_a_figure_tells_is_a_topic_too(topics):
    found = topics("Palm oil will trade at around $200 a ton.")
    assert [(one.label, one.rule) for one in found] == [("palm oil", "classified-noun"), ("palm oil price", "price")]
    assert "palm oil price" not in [one.label for one in topics("Palm oil will sell in the hall.")]


def test_a_longer_name_said_before_is_a_topic_beside_the_shorter(topics):
    found = topics("The wholesale power price fell. |Wholesale prices will rise.")
    assert [(one.label, one.rule) for one in found] == [("wholesale price", "classified-noun"), ("wholesale power price", "partial-form")]


def test_a_figure_without_a_topic_is_of_what_had_such_a_figure_before(extract):
    text = "Ada Brandt said the oil price would average $70 a barrel in 2027. Omar Reyes, a trader, expects about $75 a barrel."
    first, second = extract(text).attributions
    assert [one.label for one in second.topics] == [first.topics[0].label] == ["oil price"]
    assert second.topics[0].rule == "same-unit"
    assert second.claim_kind == "prediction"
