"""Figures: value or bounds, unit, change, period, measure; and the numbers that are none. A row a sentence, all invented."""

import pytest
from spacy.tokens import Doc

from kg.extract.quantities import find_quantities, quantities_in
from kg.extract.quantities.bounds import hedge_before, hedge_behind
from kg.extract.quantities.exclusions import is_no_figure
from kg.extract.quantities.numbers import find_numbers
from kg.extract.quantities.units import money_before, unit_behind
from kg.lexicon import load_table
from kg.records import Span


def plain(number):
    return None if number is None else format(number, "f")


def numbers(found):
    return [(plain(q.value), plain(q.low), plain(q.high), q.unit, q.unit_code) for q in found]


# --------------------------------------------------------------------------- without a parse


@pytest.mark.parametrize(
    "before, expected",
    [
        ("more than ", "low"),
        ("at least a ", "low"),
        ("upwards of ", "low"),
        ("exceeded ", "low"),
        ("will top ", "low"),
        ("no fewer than ", "low"),
        ("will not fall below ", "low"),
        ("little more than ", "low"),
        ("up to ", "high"),
        ("no more than ", "high"),
        ("must not exceed ", "high"),
        ("as many as ", "high"),
        ("a maximum of ", "high"),
        ("under ", "high"),
        ("about ", "about"),
        ("close to ", "about"),
        ("closer to ", "about"),
        ("something like ", "about"),
        ("only about ", "about"),
        # none
        ("went up to ", None),  # where it ends
        ("came down to ", None),
        ("below the ", None),  # a comparison
        ("the top ", None),
        ("exactly ", None),
        ("an estimated ", None),  # a hedge on the claim
        ("turnover ", None),  # ends in "over"
        ("", None),
    ],
)
def test_hedge_before(before, expected):
    found = hedge_before(before + "12", len(before))
    assert (found and found.bound.value) == expected


@pytest.mark.parametrize(
    "behind, expected",
    [
        (" or more", "low"),
        ("-plus", "low"),
        ("+", "low"),
        (" at least", "low"),
        (" or fewer", "high"),
        (" at most", "high"),
        (" or so", "about"),
        ("-odd", "about"),
        (" and up to 20", None),
        (" minimum-wage jobs", None),
        (" or 13", None),
    ],
)
def test_hedge_behind(behind, expected):
    found = hedge_behind("12" + behind, 2)
    assert (found and found.bound.value) == expected


@pytest.mark.parametrize(
    "text, name, code",
    [
        ("5 km", "kilometre", "km"),
        ("5km", "kilometre", "km"),
        ("5-kilometer", "kilometre", "km"),
        ("5 square miles", "square mile", "[mi_i]2"),
        ("5 km²", "square kilometre", "km2"),
        ("5 cubic metres a day", "cubic metre per day", "m3/d"),
        ("5 km/h", "kilometre per hour", "km/h"),
        ("5 GWh", "gigawatt hour", "GW.h"),
        ("5 gigawatt-hours", "gigawatt hour", "GW.h"),
        ("5 °C", "degree celsius", "Cel"),
        ("5 degrees Fahrenheit", "degree fahrenheit", "[degF]"),
        ("5 mmol/L", "millimole per litre", "mmol/L"),
        ("5 µg", "microgram", "ug"),
        ("5 Gbit/s", "gigabit per second", "Gbit/s"),
        ("5 petaflops", "petaflops", None),
        ("5 tonnes a hectare", "tonne per hectare", "t/har"),
        ("5 feet", "foot", "[ft_i]"),
        ("5%", "percent", "%"),
        ("5 per cent a year", "percent per year", None),
        ("5 percentage points", "percentage point", None),
        ("5 points", "percentage point", None),
        ("5 basis points", "basis point", None),
        ("5 hours a week", "hour per week", "h/wk"),
        ("5 yuan", "CNY", "CNY"),
        ("5 Hong Kong dollars", "HKD", "HKD"),
        ("5 euros an hour", "EUR per hour", None),
        ("5 cents", "USD", "USD"),
        ("5 million pounds", "GBP", "GBP"),
        ("5 pounds", "pound", "[lb_av]"),
        # none
        ("5 ships", None, None),
        ("5 yard signs", None, None),
        ("5 Hours", None, None),
        ("5-point plan", None, None),
        ("5 won", None, None),
        ("5", None, None),
    ],
)
def test_unit_behind(text, name, code):
    (number,) = find_numbers(text)
    found = unit_behind(text, number.end, number.value, scale=number.scale)
    assert (found and found.name, found and found.code) == (name, code)


@pytest.mark.parametrize(
    "before, code",
    [
        ("$", "USD"),
        ("US$", "USD"),
        ("HK$", "HKD"),
        ("C$ ", "CAD"),
        ("€", "EUR"),
        ("CHF ", "CHF"),
        ("Rs. ", "INR"),
        ("NGN ", "NGN"),
        ("AND ", None),
        ("a ", None),
    ],
)
def test_money_before(before, code):
    found = money_before(f"worth {before}12", 6 + len(before))
    assert (found and found.code) == code


@pytest.mark.parametrize(
    "text",
    [
        "on June 23",
        "on 12 March 1998",
        "from May 3 to 5",
        "on 2026-05-03",
        "at 6 p.m.",
        "at five o'clock",
        "between 10 and 11 a.m.",
        "ring 0555 010 0199",
        "ring (555) 010-0199",
        "at 12 Quay Street",
        "No. 2",
        "number one",
        "the top 10",
        "a 401(k) plan",
        "1. Open the lid",
        "two-way radio",
        "since 9/11",
        "open 24/7",
        "by four to one",
        "aged 34",
        "Ada Brandt, 44, said",
        "zero tolerance",
        "back to square one",
        "the season 2015-16",
        "see https://kelp.example/12",
    ],
)
def test_what_counts_nothing(text):
    assert [text[n.start : n.end] for n in find_numbers(text) if not is_no_figure(text, n)] == []


def test_codes_are_well_formed():
    units = load_table("units", columns=("name", "code", "prefixes", "symbols", "forms"))
    assert all(row["prefixes"] in {"yes", "no"} for row in units)
    assert all(" " not in row["code"] for row in units)
    assert len({row["name"] for row in units}) == len(units)
    currencies = load_table("currencies", columns=("code", "marks", "names"))
    assert all(len(row["code"]) == 3 and row["code"].isupper() and row["names"] for row in currencies)
    assert len({row["code"] for row in currencies}) == len(currencies)


# --------------------------------------------------------------------------- with a parse

TABLE = [
    # text, [(value, low, high, unit, unit_code)]
    ("She said the fleet has 12 ships.", [("12", "12", "12", "ship", None)]),
    ("She said output exceeded 7.6 million tons.", [(None, "7600000", None, "ton", None)]),
    ("She said it cost more than $3.2 billion.", [(None, "3200000000", None, "USD", "USD")]),
    ("She said it cost about 5 euros.", [("5", None, None, "EUR", "EUR")]),
    ("She said up to 40 percent of it is gone.", [(None, None, "40", "percent", "%")]),
    ("She said the port holds between 12 and 15 ships.", [(None, "12", "15", "ship", None)]),
    ("She said one or two years are enough.", [(None, "1", "2", "year", "a")]),
    ("She said it will cost $2-3 million.", [(None, "2000000", "3000000", "USD", "USD")]),
    ("She said readings ranged from 31 to 38 degrees Celsius.", [(None, "31", "38", "degree celsius", "Cel")]),
    ("She said the share rose from 5 to 8 percent.", [("5", "5", "5", "percent", "%"), ("8", "8", "8", "percent", "%")]),
    ("She said waits fell from 10 to one or two years.", [("10", "10", "10", "year", "a"), (None, "1", "2", "year", "a")]),
    ("She said it adds one-eighth of 1 percent.", [("0.125", "0.125", "0.125", "percent", "%")]),
    ("She said aid fell by $5 billion over six years.", [("5000000000",) * 3 + ("USD", "USD"), ("6", "6", "6", "year", "a")]),
    ("She said they waited over six years.", [(None, "6", None, "year", "a")]),
    ("She said they have 160 guards, up from 90 last year.", [("160", "160", "160", "guard", None), ("90", "90", "90", "guard", None)]),
    ("She said dozens of ships left.", [(None, "12", None, "ship", None)]),
    ("She said tens of thousands of people left.", [(None, "10000", None, "people", None)]),
    ("She said two dozen ships left.", [("24", "24", "24", "ship", None)]),
    ("She said four of the ten judges left.", [("4", "4", "4", "judge", None), ("10", "10", "10", "judge", None)]),
    ("She said a third of the boats leak.", [("0.3333", "0.3333", "0.3333", "fraction", "1")]),
    ("She said one in five boats leaks.", [("0.2", "0.2", "0.2", "fraction", "1")]),
    ("She said nearly half the boats leak.", [("0.5", None, None, "fraction", "1")]),
    ("She said rents doubled.", [("2", "2", "2", "time", "1")]),
    ("She said rents more than doubled.", [(None, "2", None, "time", "1")]),
    ("She said the yard builds twice as many boats.", [("2", "2", "2", "time", "1")]),
    ("She said the works employ 2,000 paid staff members.", [("2000", "2000", "2000", "member", None)]),
    ("She said the 40-story tower leans.", [("40", "40", "40", "story", None)]),
    ("She said it took four and a half hours.", [("4.5", "4.5", "4.5", "hour", "h")]),
    ("She said it takes 20-plus weeks.", [(None, "20", None, "week", "wk")]),
    ("She said it works down to -40 degrees Celsius.", [(None, "-40", None, "degree celsius", "Cel")]),
    ("She said power costs between £70 and £78 a megawatt-hour.", [(None, "70", "78", "GBP per megawatt hour", None)]),
    ("She said members pay $15 a month.", [("15", "15", "15", "USD per month", None)]),
    ("She said the crew was one cook and two deckhands.", [("1", "1", "1", "cook", None), ("2", "2", "2", "deckhand", None)]),
    ("She said about 2000 people came.", [("2000", None, None, "people", None)]),
    # no quantities
    ("She said it began in 2016.", []),
    ("She said it was the second attempt.", []),
    ("She said it was the second largest port in the world.", []),
    ("She said one of the ships left.", []),
    ("She said it is one of the best.", []),
    ("She said nobody called.", []),
    ("She said they won 3-2.", []),
    ("She said the trial is in phase 2.", []),
    ("She said Flight 218 left from Gate 14.", []),
    ("She said version 2.0.1 of the tool fails.", []),
    ("She said the Kelder 8 probe is lost.", []),
    ("She said the film 13 Hours is long.", []),
    ("She said the 2016 campaign was long.", []),
    ("She said both of them knew it.", []),
    ("She said the two never met.", []),
    ("She said it broke two days ago.", []),
]


@pytest.mark.slow
@pytest.mark.parametrize("text, expected", TABLE)
def test_figures(parse, text, expected):
    assert numbers(find_quantities(parse(text))) == expected


@pytest.mark.slow
@pytest.mark.parametrize(
    "text, expected",
    [
        # the size of a change
        ("She said prices rose 3 percent.", True),
        ("She said prices rose by 3 percent.", True),
        ("She said prices are up 3 percent.", True),
        ("She said prices grew at an average of 3 percent a year.", True),
        ("She said the yard will cut 900 jobs.", True),
        ("She said 900 jobs were added.", True),
        ("She said it brings in an additional $9 million.", True),
        ("She said it was a drop of 3 percent.", True),
        ("She said a 3 percent increase is likely.", True),
        ("She said prices doubled.", True),
        ("She said the farm gave 40 percent more milk than last year.", True),
        # a level, a lead, a sum, a tax that is cut
        ("She said prices rose to 3 percent.", False),
        ("She said prices fell from 3 percent.", False),
        ("She said unemployment is 3 percent.", False),
        ("She said Brandt is up 3 points.", False),
        ("She said Brandt leads by 3 points.", False),
        ("She said boats made up a quarter of the losses.", False),
        ("She said they raised $3 million.", False),
        ("She said they lost two friends.", False),
        ("She said they would cut the tax of 35 percent.", False),
        ("She said they would cut the tax rate of 35 percent.", False),
        ("She said there were two cuts.", False),
        ("She said the harbour has twice as many boats.", False),
    ],
)
def test_change_against_level(parse, text, expected):
    (figure,) = find_quantities(parse(text))
    assert figure.change is expected


@pytest.mark.slow
@pytest.mark.parametrize(
    "text, measure, period, when",
    [
        ("She said the size of the market is expected to reach $26 billion in 2031.", "size of the market", "in 2031", "2031"),
        ("She said sales grew 4 percent last year.", "sales", "last year", "2024"),
        ("She said 60 percent of women back the plan.", "women back the plan", None, None),
        ("She said the port took 40 ships from Velden in March.", "ships", "in March", "2025-03"),
        ("She said the fine was a $3 million settlement.", "settlement", None, None),
        ("She said exports rose 4 percent, more than last year.", "exports", None, None),
        # A verb alone tells nothing, nor does who speaks of the figure.
        ("She said patients waited 11 hours last winter.", "patients waited", "last winter", None),
        ("Orla Motors needs to raise 60 million euros next year, she said.", "Orla Motors needs to raise", "next year", "2026"),
        ("She said they would pay $5 million.", None, None, None),
        ("She said Roe leads by 4 points.", "Roe leads", None, None),
        ("Ada Brandt puts the cost of a meal at 4 euros.", "cost of a meal", None, None),
        ("She said her cows gave 22 litres.", "cows", None, None),
        ("She said demand grew at an average of 12 percent.", "demand", None, None),
        ("She said the government has spent 130 million crowns.", "government has spent", None, None),
        ("She said the state holds 30,000 tons of hay.", "hay", None, None),
        ("She sees a harvest of 2 million tons of barley.", "harvest", None, None),
        ("She said demand doubled.", "demand", None, None),
        ("She said the bank cut its fee to 5 percent.", "fee", None, None),
        ("After two decades in Velden, Roe plans to leave.", None, None, None),
        ("Norden seeks $3 million, she said.", "Norden seeks", None, None),
        ("She made donations totaling $2 million.", "donations", None, None),
        ("She said guards paid 50 cents.", "guards paid", None, None),
        # A time of another clause, or of another thing.
        ("They found in May that 40 boats had sunk.", "boats", None, None),
        ("She said on Tuesday donors agreed to raise $3 million.", None, None, None),
        ("She said the old one closed in 2024, while the new one works with a yield of 90 percent.", "yield", None, None),
        ("In 2027 the firm expects to sell 40 boats, she said.", "boats", "In 2027", "2027"),
        ("She said at last month's fair, 40 boats sank.", "boats", None, None),
        ("She said the cellar held twice as much as in 2020.", "cellar", None, None),
    ],
)
def test_measure_and_period(parse, text, measure, period, when):
    (figure,) = find_quantities(parse(text), published="2025-06-20")
    assert (figure.measure, figure.period, figure.when) == (measure, period, when)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "periods"),
    [
        # What a figure is up from, or compared with, is as old as it says; the figure itself is not.
        ("She said the yield reached 71%, up from 48% a year ago.", [None, "a year ago"]),
        ("She said the firm sold 300 boats this year, down sharply from 900 boats last year.", ["this year", "last year"]),
        ("She said it made 40 tonnes in May, compared with 30 tonnes in April.", ["in May", "in April"]),
        ("She said sales were $5 million from 12 customers in 2024.", ["in 2024", "in 2024"]),
    ],
)
def test_the_time_of_what_a_figure_is_compared_with_is_not_its_own(parse, text, periods):
    assert [figure.period for figure in find_quantities(parse(text), published="2025-06-20")] == periods


@pytest.mark.slow
def test_a_second_figure_for_another_time_takes_unit_and_measure(parse):
    first, second = find_quantities(parse("She said they had 4,200 visitors in June and 3,100 in July."), published="2025-09-01")
    assert (first.measure, first.period) == ("visitors", "in June")
    assert (second.unit, second.measure, second.period) == ("visitor", "visitors", "in July")


@pytest.mark.slow
def test_when_somebody_spoke_is_not_the_period(parse):
    text = "On Monday she said that sales grew 4 percent."
    (figure,) = find_quantities(parse(text), said_on=[Span(0, 9)])
    assert figure.period is None


@pytest.mark.slow
def test_evidence_is_the_number_with_its_hedge_and_unit(parse):
    text = "She said output exceeded 7.6 million tons and took between 12 and 15 days or more."
    assert [q.evidence[0].of(text) for q in find_quantities(parse(text))] == ["exceeded 7.6 million tons", "between 12 and 15 days or more"]


@pytest.mark.slow
def test_figures_go_to_the_claims_they_stand_in_and_the_rest_to_the_article(extract):
    text = "The harbour has 12 cranes. Ada Brandt said it needs 20 cranes."
    extraction = extract(text)
    (claim,) = extraction.attributions
    assert [q.evidence[0].of(text) for q in claim.quantities] == ["20 cranes"]
    assert [q.evidence[0].of(text) for q in extraction.quantities] == ["12 cranes"]


def test_figures_of_a_piece_are_found_by_its_ends(parse):
    text = "It has 12 cranes, 20 boats, 30 rafts."
    found = find_quantities(parse(text))
    assert [q.unit for q in quantities_in(found, [Span(18, 26)])] == ["boat"]
    assert quantities_in(found, [Span(0, 6)]) == ()
    assert quantities_in((), [Span(0, 6)]) == ()


# --------------------------------------------------------------------------- hostile


def test_ten_thousand_numbers_take_linear_work(nlp):
    """A sentence of ten thousand figures: each token is looked at a bounded number of times."""

    class Counted(str):
        """A text that counts how many characters are cut from it."""

        __slots__ = ("cut",)

        def __getitem__(self, key):
            self.cut = getattr(self, "cut", 0) + 1
            return super().__getitem__(key)

    def work(count):
        text = Counted("12 ships, $5 million, 3-2, 0555 010 0199, about 7 percent in 2020 and " * count)
        return len([n for n in find_numbers(text) if not is_no_figure(text, n)]), text.cut

    (few, some), (many, more) = work(100), work(1000)
    assert many == pytest.approx(10 * few, abs=20)
    assert more <= 10.1 * some


@pytest.mark.slow
def test_ten_thousand_numbers_in_one_sentence(nlp):
    words = ["in", "2020", "5", "ships", ","] * 10_000
    doc = Doc(nlp.vocab, words=words, heads=[0] * len(words), deps=["ROOT", *["dep"] * (len(words) - 1)], pos=["X"] * len(words))
    assert len(find_quantities(doc, published="2025-06-20")) == 10_000


@pytest.mark.parametrize(
    "text",
    ["1" * 5000, "1," * 5000, "one " * 5000, "1-" * 5000, "half a " * 2000, "$" * 5000, "more than " * 2000, "1/2" * 2000, "٣ ½ ² ①"],
)
def test_hostile_text_is_read(nlp, text):
    doc = Doc(nlp.vocab, words=[text], spaces=[False])
    doc[0].is_sent_start = True
    for quantity in find_quantities(doc):
        assert quantity.evidence[0].of(text)
