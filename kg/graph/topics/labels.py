"""Labels of topics: the IRI made from one, and the forms in which people may ask for it."""

import unicodedata
from collections.abc import Iterable
from urllib.parse import quote

from kg.graph.iris import concept_label, short_hash

__all__ = ["hidden_labels", "topic_iri", "topic_key", "topic_label"]

_LONGEST = 80  # an IRI is read by people; a longer label keeps its start and gets a hash
_PLAIN = "-.'&"  # may stand in an IRI as they are; a space becomes a low line, all else is percent-encoded


def topic_label(label: str) -> str:
    """A label as the graph keeps it: NFC, words parted by single spaces, case as it is.

    >>> topic_label("AI  model")
    'AI model'
    """
    return " ".join(unicodedata.normalize("NFC", label).split()) or label


def topic_iri(base: str, label: str) -> str:
    """The IRI of a topic. Two labels share it only if `topic_label` makes them equal: it can be read back.

    >>> topic_iri("urn:kg:", "AI model"), topic_iri("urn:kg:", "text-to-video model")
    ('urn:kg:concept/topic/AI_model', 'urn:kg:concept/topic/text-to-video_model')
    """
    kept = topic_label(label)
    name = _name(kept)
    if len(name) > _LONGEST:
        name = f"{_name(kept[:20])}_{short_hash(kept)}"
    return f"{base}concept/topic/{name}"


def topic_key(words: str) -> str:
    """What people type as topics are compared: case folded, words parted by single spaces.

    >>> topic_key("Text-to-Video  models")
    'text to video models'
    """
    return concept_label(words)


def hidden_labels(label: str, also: Iterable[str] = ()) -> tuple[str, ...]:
    """The keys by which a topic is found, singular and plural, those that are its labels already left out; sorted.

    >>> hidden_labels("AI model", ["artificial intelligence model"])
    ('ai model', 'ai models', 'artificial intelligence models')
    """
    shown = [label, *also]
    keys = {topic_key(one) for one in shown}
    return tuple(sorted((keys | {plural(key) for key in keys}) - set(shown)))


def plural(words: str) -> str:
    """The regular plural of the last word.

    >>> plural("sea level"), plural("policy"), plural("tax"), plural("prices")
    ('sea levels', 'policies', 'taxes', 'prices')
    """
    if words.endswith("s") and not words.endswith(("ss", "us", "is")):
        return words
    if words.endswith("y") and words[-2:-1] not in "aeiou":
        return f"{words[:-1]}ies"
    return f"{words}es" if words.endswith(("s", "x", "z", "ch", "sh")) else f"{words}s"


def _name(label: str) -> str:
    return "".join("_" if char == " " else char if char.isalnum() or char in _PLAIN else quote(char, safe="") for char in label)
