"""Two names from two articles: tables of pairs, one a row."""

import pytest

from kg.graph.identity import compare
from kg.graph.identity.names import initials, is_acronym, organisation_name, person_name


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Ada Brandt", "ADA BRANDT"),
        ("Renée Duval", "Renee Duval"),
        ("Marguerite Osei-Lund", "Marguerite Osei Lund"),
        ("Daniel Roe, Jr.", "Daniel Roe Jr"),
        ("Dr. Ada Brandt", "Ada Brandt"),
        ("Brandt, Ada", "Ada Brandt"),
        ("Saad al-Kaabi", "Saad Al Kaabi"),
        ("Seán O’Neil", "Sean O'Neil"),
    ],
)
def test_people_of_equal_full_names_join(a, b):
    verdict = compare("person", a, b)
    assert verdict.same
    assert verdict == compare("person", b, a)


@pytest.mark.parametrize(
    ("a", "b", "rule"),
    [
        ("Brandt", "Brandt", "bare-surname"),  # a surname alone never joins
        ("Ada Brandt", "Brandt", "bare-surname"),
        ("Ada Brandt", "Ada", "given-name"),
        ("Ada Brandt", "A. Brandt", "initial"),
        ("Ada K. Brandt", "Ada Brandt", "token-subset"),
        ("Ada K. Brandt", "Ada L. Brandt", "middle-name"),
        ("Daniel Roe Jr.", "Daniel Roe", "token-subset"),
        ("Liang Qiwen", "Qiwen Liang", "word-order"),
        ("Bill Roe", "William Roe", "short-form"),
        ("Aleksei Voronetz", "Alexey Voronets", "spelling"),
    ],
)
def test_people_that_are_a_suggestion(a, b, rule):
    verdict = compare("person", a, b)
    assert not verdict.same
    assert verdict.suggested
    assert verdict.rule == rule
    assert verdict == compare("person", b, a)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Daniel Roe Jr.", "Daniel Roe Sr."),  # father and son
        ("Ada Brandt", "Otto Brandt"),
        ("Ada Brandt", "Ada Lindqvist"),
        ("A. Brandt", "Otto Brandt"),
    ],
)
def test_people_that_are_two(a, b):
    assert not compare("person", a, b).suggested


@pytest.mark.parametrize(
    ("a", "b", "rule"),
    [
        ("Norden Bank", "The Norden Bank", "same-name"),
        ("Norden Tools", "Norden Tools, Inc.", "suffix"),
        ("Norden Tools Ltd", "Norden Tools Inc", "suffix"),
        ("Norden", "Norden GmbH", "suffix"),
        ("Delmar & Sons", "Delmar and Sons Ltd", "suffix"),
        ("University of Norden", "Norden University", "suffix"),
        ("Norden Centre for Tides", "Norden Center for Tides", "suffix"),
        ("N.B.T.", "NBT", "acronym-dots"),
        ("NATO", "North Atlantic Treaty Organisation", "acronym-known"),
        ("UC Norden", "University of California at Norden", "acronym-led"),
    ],
)
def test_organisations_of_equal_names_join(a, b, rule):
    verdict = compare("organisation", a, b)
    assert verdict.same
    assert verdict.rule == rule
    assert verdict == compare("organisation", b, a)


@pytest.mark.parametrize(
    ("a", "b", "rule"),
    [
        ("Norden", "norden", "single-word"),
        ("Norden", "Norden University", "token-subset"),
        ("NTB", "Norden Tide Bureau", "acronym-shape"),
        ("Norden Tools", "Norden Tools Asia", "token-subset"),
        ("Kestrinel Optics", "Kestrimel Optics", "spelling"),
    ],
)
def test_organisations_that_are_a_suggestion(a, b, rule):
    verdict = compare("organisation", a, b)
    assert not verdict.same
    assert verdict.suggested
    assert verdict.rule == rule


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Labour Party", "Democratic Labour Party"),
        ("Air Force", "Air Force Academy Association"),
        ("Norden Bank", "Suden Bank"),
        ("Ministry of Health", "Ministry of Housing"),
        ("NTB", "Norden Fish Bureau"),
    ],
)
def test_organisations_that_are_two(a, b):
    assert not compare("organisation", a, b).suggested


@pytest.mark.parametrize(
    ("name", "words", "rank"),
    [
        ("Prof. Dr. Ada Brandt", ("ada", "brandt"), ""),
        ("Ada Brandt III", ("ada", "brandt"), "iii"),
        ("Łukasz Żak", ("lukasz", "zak"), ""),
        ("…", (), ""),
        ("Dr.", ("dr",), ""),
    ],
)
def test_words_of_people(name, words, rank):
    assert (person_name(name).words, person_name(name).rank) == (words, rank)


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("Bureau of Tide Statistics", ("BTS", "BOTS")),
        ("Silicon Tools, Inc.", ("ST", "STI")),
        ("Norden", ()),
        ("", ()),
    ],
)
def test_initials(name, made):
    assert initials(name) == made


@pytest.mark.parametrize("name", ["A", "Norden", "KELD HARBOUR", "", "NORDENTIDES", "3M"])
def test_what_is_no_acronym(name):
    assert not is_acronym(name)


def test_a_name_of_nothing_but_small_words_has_a_key():
    assert organisation_name("The The").key
    assert organisation_name("A&P").key
