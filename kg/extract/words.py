"""Word lists that several stages of the room read, as sets."""

from functools import cache

from kg.lexicon.load import load_table

__all__ = [
    "city_names",
    "honorifics",
    "known_bodies",
    "organisation_descriptors",
    "organisation_parts",
    "place_names",
    "post_nominals",
    "role_nouns",
    "statesmen",
    "work_nouns",
]


@cache
def role_nouns() -> dict[str, str]:
    """Noun of a post or an occupation, lower case, to `post` or `occupation`."""
    return {row["noun"]: row["kind"] for row in load_table("role_nouns")}


@cache
def organisation_descriptors() -> frozenset[str]:
    """Common nouns that say that the name behind them is an organisation's: "consultancy Northlight"."""
    return frozenset(row["word"] for row in load_table("organisation_words") if row["kind"] == "descriptor")


@cache
def organisation_parts() -> frozenset[str]:
    """Words in names that only organisations bear: "University", "Inc."."""
    return frozenset(row["word"] for row in load_table("organisation_words") if row["kind"] == "part")


@cache
def honorifics() -> dict[str, str]:
    """Honorific, as printed, to female, male or any."""
    return {row["word"]: row["gender"] for row in load_table("honorifics")}


@cache
def known_bodies() -> frozenset[str]:
    """Bodies that everyone calls by one name: "YouTube", "UNICEF"."""
    return frozenset(row["name"] for row in load_table("known_bodies", columns=("name", "kind")))


@cache
def post_nominals() -> dict[str, str]:
    """Letters printed behind a name, which are no part of it, to seat, honour, counsel, fellow or degree: "MP", "OBE", "KC", "FRS", "PhD"."""
    return {row["letters"]: row["kind"] for row in load_table("post_nominals", columns=("letters", "kind", "meaning"))}


@cache
def place_names() -> frozenset[str]:
    """Countries, territories, states and provinces, as printed in English: places, whatever a tagger makes of them."""
    return frozenset(row["name"] for row in load_table("place_names", columns=("name", "kind")))


@cache
def city_names() -> frozenset[str]:
    """Cities that news prints without their country: what a tagger takes for a place and is none of them may be a body."""
    return frozenset(row["name"] for row in load_table("city_names", columns=("name",)))


@cache
def statesmen() -> frozenset[str]:
    """Family names of heads of state and government, which news prints without first names."""
    return frozenset(row["name"] for row in load_table("statesmen", columns=("name",)))


@cache
def work_nouns() -> frozenset[str]:
    """Nouns of documents that speak: "the report says"."""
    return frozenset(row["noun"] for row in load_table("work_nouns"))
