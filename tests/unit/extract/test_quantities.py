"""Figures in statements: value or bounds, unit, measure, period, change."""

import pytest

pytestmark = pytest.mark.slow

TABLE = [
    # text, [(value, low, high, unit, unit_code)]
    ("She said the fleet has 12 ships.", [("12", "12", "12", "ship", None)]),
    ("She said output exceeded 7.6 million tons.", [(None, "7600000", None, "ton", None)]),
    ("She said it cost more than $3.2 billion.", [(None, "3200000000", None, "USD", "USD")]),
    ("She said it cost about 5 euros.", [("5", None, None, "EUR", "EUR")]),
    ("She said up to 40 percent of it is gone.", [(None, None, "40", "percent", "%")]),
    ("She said the port holds between 12 and 15 ships.", [(None, "12", "15", "ship", None)]),
    ("She said one or two years are enough.", [(None, "1", "2", "year", "a")]),
    ("She said dozens of ships left.", [(None, "12", None, "ship", None)]),
    ("She said two dozen ships left.", [("24", "24", "24", "ship", None)]),
    # no quantities
    ("She said it began in 2016.", []),
    ("She said it was the second attempt.", []),
    ("She said one of the ships left.", []),
    ("She said nobody called.", []),
]


def figures(extraction):
    def plain(number):
        return None if number is None else format(number, "f")

    return [(plain(q.value), plain(q.low), plain(q.high), q.unit, q.unit_code) for one in extraction.attributions for q in one.quantities]


@pytest.mark.parametrize("text, expected", TABLE)
def test_figures(extract, text, expected):
    assert figures(extract(text)) == expected


def test_measure_and_period(extract):
    extraction = extract("The agency said the size of the market is expected to reach $26 billion in 2031.")
    (figure,) = extraction.attributions[0].quantities
    assert (figure.measure, figure.period) == ("size of the market", "in 2031")


@pytest.mark.parametrize(
    "text, expected",
    [
        ("She said prices rose 3 percent.", True),
        ("She said prices rose by 3 percent.", True),
        ("She said prices rose to 3 percent.", False),
    ],
)
def test_change_against_level(extract, text, expected):
    (figure,) = extract(text).attributions[0].quantities
    assert figure.change is expected


def test_evidence_is_the_number_with_its_hedge_and_unit(extract):
    text = "She said output exceeded 7.6 million tons."
    (figure,) = extract(text).attributions[0].quantities
    assert figure.evidence[0].of(text) == "exceeded 7.6 million tons"
