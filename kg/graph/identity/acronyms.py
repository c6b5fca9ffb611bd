"""What an acronym alone means: the body that articles define it by, if they define it by one only, or the one that every reader knows."""

from collections import defaultdict
from collections.abc import Callable
from collections.abc import Set as AbstractSet

from kg.graph.identity.links import Links, acronyms, is_full
from kg.graph.identity.names import initials, known_acronym
from kg.graph.identity.records import Meaning

__all__ = ["join_acronyms", "meaning_of", "meanings"]

_SHORT = 3  # letters of an acronym that tells little


def meanings(links: Links) -> Callable[[str], Meaning]:
    """What acronyms mean by all these agents."""
    defined: dict[str, set[str]] = defaultdict(set)
    fitting: dict[str, set[str]] = defaultdict(set)
    there: set[str] = set()
    for place, agent in enumerate(links.agents):
        if agent.kind == "organisation" and is_full(agent):
            there.add(links.keys[place])
            for letters in initials(agent.names[0]):
                fitting[letters].add(links.keys[place])
            for letters in acronyms(agent):
                defined[letters].add(links.keys[place])
    return lambda letters: meaning_of(letters, defined.get(letters, set()), fitting.get(letters, set()), there.__contains__)


def meaning_of(letters: str, defined: AbstractSet[str], fitting: AbstractSet[str], there: Callable[[str], bool]) -> Meaning:
    """What an acronym alone means.

    Args:
        letters: the acronym.
        defined: keys of the bodies that articles define it by.
        fitting: keys of those whose words begin with these letters, whether an article says so or not.
        there: whether any article names a body of that key in full.
    """
    known = known_acronym(letters)
    # Two articles that never spell out an acronym that every reader knows mean the same by it.
    mutual = bool(known) and not defined
    # Three letters fit many a body: where another one is about whose letters they are, a person decides.
    if len(letters) <= _SHORT and fitting - defined and known not in defined:
        return Meaning("", "", mutual)
    if len(defined) == 1:
        return Meaning(min(defined), "acronym-defined", mutual)
    if not defined and known and there(known):
        return Meaning(known, "acronym-known", mutual)
    return Meaning("", "", mutual)


def join_acronyms(links: Links, meaning: Callable[[str], Meaning]) -> None:
    """Agents with an acronym alone join the body that it means."""
    bare: list[tuple[int, str]] = []
    first: dict[str, int] = {}
    for place, agent in enumerate(links.agents):
        if agent.kind == "organisation":
            if is_full(agent):
                first.setdefault(links.keys[place], place)
            else:
                bare += [(place, letters) for letters in acronyms(agent)]
    told = {letters: meaning(letters) for _, letters in bare}
    for place, letters in bare:
        if told[letters].target:
            links.join(first[told[letters].target], place, told[letters].rule)
    known: dict[str, int] = {}
    for place, letters in bare:
        if told[letters].mutual:
            links.join(known.setdefault(letters, place), place, "acronym-known")
