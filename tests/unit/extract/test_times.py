"""When it was said, and what time a claim is about."""

import pytest

from kg.extract.attribution import find_attributions
from kg.extract.dates import Toward
from kg.extract.times import find_said_on, find_times, find_valid, toward_of

pytestmark = pytest.mark.slow

WEDNESDAY = "2025-06-18"

# All people and bodies are invented.
SAID = [
    # text, said on; seen from a Wednesday in June 2025
    ("Ada Brandt said on Monday that the harbour was full.", "2025-06-16"),
    ("Ada Brandt said Monday that the harbour was full.", "2025-06-16"),
    ("The harbour was full, Ada Brandt said Tuesday.", "2025-06-17"),
    ("The harbour was full, Ada Brandt said last week.", "2025-06-09/2025-06-15"),
    ("On Monday, Ada Brandt said that the harbour was full.", "2025-06-16"),
    ("Ada Brandt said in an interview on June 12 that the harbour was full.", "2025-06-12"),
    ("Ada Brandt told reporters on Monday night that the harbour was full.", "2025-06-16"),
    ("Ada Brandt said in August 2023 that the harbour was full.", "2023-08"),
    ("Ada Brandt said earlier this year that the harbour was full.", "2025-01-01/2025-06-18"),
    # the claim's time, or that of another clause
    ("Ada Brandt said the harbour was full on Monday.", None),
    ("Ada Brandt, who took over in May, said that the harbour was full.", None),
    ("Ada Brandt said that the harbour was full.", None),
    # not settled
    ("Ada Brandt said this spring that the harbour was full.", None),
    # not said
    ("Ada Brandt did not say on Monday whether the harbour was full.", None),
]

VALID = [
    # text, what time the claim is about
    ("Ada Brandt said that sales will reach 40 boats by 2027.", "2027"),
    ("Ada Brandt said that sales fell in the third quarter of 2024.", "2024-07-01/2024-09-30"),
    ("Ada Brandt said that the yard will open on Friday.", "2025-06-20"),
    ("Ada Brandt said that the yard opened on Friday.", "2025-06-13"),
    ("Ada Brandt said that the yard would close in August.", "2025-08"),
    ("Ada Brandt said that the yard is expected to close in August.", "2025-08"),
    ("Ada Brandt said that the yard has grown since 1990.", "1990/2025"),
    ("Ada Brandt said that the yard plans to close in January.", "2026-01"),
    # several, or of another clause, or left open by the present tense
    ("Ada Brandt said that the yard opened in 2019 and closed in 2023.", None),
    ("Ada Brandt said that the crane that was bought in 2019 is broken.", None),
    ("Ada Brandt said that the yard closes on Friday.", None),
    ("Ada Brandt said that the yard is empty.", None),
]


def attributions(parse, text):
    doc = parse(text)
    found = find_attributions(doc)
    assert found, "nothing is attributed"
    return doc, found


@pytest.mark.parametrize("text, expected", SAID)
def test_said_on(parse, text, expected):
    doc, found = attributions(parse, text)
    time = find_said_on(doc, found, published=WEDNESDAY)[0]
    assert (time and time.when) == expected


@pytest.mark.parametrize("text, expected", VALID)
def test_valid(parse, text, expected):
    doc, found = attributions(parse, text)
    time = find_valid(doc, found[0].content, published=WEDNESDAY)
    assert (time and time.when) == expected


def test_a_quotation_that_runs_on_was_said_with_what_it_continues(parse):
    doc, found = attributions(parse, "Ada Brandt said on Monday that the yard is full. “It will stay so.”")
    first, second = find_said_on(doc, found, published=WEDNESDAY)
    assert (first.when, first.rule) == ("2025-06-16", "cue-time")
    assert (second.when, second.rule) == ("2025-06-16", "time-runs-on")


def test_nothing_is_taken_from_a_dateline(parse):
    text = "Port Lindon, June 17 - The yard is full, Ada Brandt said."
    doc, found = attributions(parse, text)
    dateline = list(find_times(text, 0, len(text)))
    assert [span.of(text) for span in dateline] == ["June 17"]
    assert find_valid(doc, found[0].content, published=WEDNESDAY, barred=dateline) is None
    assert find_said_on(doc, found, published=WEDNESDAY, barred=dateline)[0] is None


@pytest.mark.parametrize(
    "text, expected",
    [
        ("It may rain in March, she said.", ["in March"]),
        ("They may march on 20 May 2024 or on May 21.", ["on 20 May 2024", "on May 21"]),
        ("From January to March 2024 it rained.", ["From January to March 2024"]),
        ("It rose between 2019 and 2023.", ["between 2019 and 2023"]),
        ("It cost 2024 dollars.", []),
        ("She bought 1,990 boats in 2024.", ["in 2024"]),
        ("The Sunday Gazette wrote it on Sunday.", ["on Sunday"]),
        ("He left two years ago, in the mid-1990s and in early March.", ["two years ago", "in the mid-1990s", "in early March"]),
        ("So far this year and at the end of 2024.", ["So far this year", "at the end of 2024"]),
        ("The second week, the first time, May Brandt.", []),
    ],
)
def test_times_are_found(text, expected):
    assert [span.of(text) for span in find_times(text, 0, len(text))] == expected


@pytest.mark.parametrize(
    "text, verb, expected",
    [
        ("It will rain.", "rain", Toward.FUTURE),
        ("It rained.", "rained", Toward.PAST),
        ("It has rained.", "rained", Toward.PAST),
        ("It would have rained.", "rained", Toward.PAST),
        ("It rains.", "rains", None),
        ("It is raining.", "raining", Toward.FUTURE),
        ("It was raining.", "raining", Toward.PAST),
        ("They plan to leave.", "leave", Toward.FUTURE),
        ("They planned to leave.", "leave", Toward.FUTURE),
        ("They managed to leave.", "leave", Toward.PAST),
    ],
)
def test_which_way_a_verb_looks(parse, text, verb, expected):
    token = next(token for token in parse(text) if token.text == verb)
    assert toward_of(token) is expected
