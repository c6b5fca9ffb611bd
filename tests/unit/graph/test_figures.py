"""Figures as a person would write them."""

import pytest

from kg.graph.figures import figure_words


@pytest.mark.parametrize(
    ("amount", "unit", "measure", "words"),
    [
        ("19", "bus", "buses", "19 buses"),  # the measure says no more than the unit
        ("412", "bus", "buses in service", "412 buses, buses in service"),
        ("1", "bus", "bus", "1 bus"),
        ("730", "people", "people", "730 people"),  # what is a plural already
        ("3", "person", "", "3 people"),
        ("2", "salesperson", "", "2 salespeople"),
        ("2", "fisherman", "", "2 fishermen"),
        ("2", "human", "", "2 humans"),
        ("5", "percentage point", "", "5 percentage points"),
        ("1", "percentage point", "", "1 percentage point"),
        ("60", "mile per hour", "", "60 miles per hour"),
        ("12", "millimetre of mercury", "", "12 millimetres of mercury"),
        ("85", "GBP per megawatt hour", "", "85 GBP per megawatt hour"),  # money has one form
        ("4", "megawatt hour", "", "4 megawatt hours"),
        ("30", "degree celsius", "", "30 degrees celsius"),
        ("197", "exaflops", "", "197 exaflops"),
        ("3", "crisis", "", "3 crises"),
        ("8", "aircraft", "", "8 aircraft"),
        ("2", "clinical trial", "", "2 clinical trials"),
        ("0.3333", "fraction", "the losses", "1/3, the losses"),  # as it was printed, no decimal
        ("about 0.2 to 0.25", "fraction", "", "about 1/5 to 1/4"),
        ("0.1234", "fraction", "", "0.1234"),
    ],
)
def test_a_unit_is_written_as_a_person_would(amount: str, unit: str, measure: str, words: str) -> None:
    assert figure_words(amount, unit=unit, measure=measure) == words
