"""The IRIs of everything made from articles. They come from content and offsets, never from a counter, the clock or chance.

```
<base>article/<16 hex of the sha256 of the article's key>     the article, and the named graph about it
  #char=10,64                                                 a span: half-open code points (RFC 5147)
  #person-10                                                  an agent: its kind and where its name is first mentioned
  #role-21-researcher · #attribution-71-180 · #claim-71-180 · #quantity-90-101 · #stance-830-860 · #part-88-120
  #correction-3f2a91                                          what a person overruled in it, by the decision's id
  #extraction                                                 all that the software asserts about the article
<base>concept/role/research-director · <base>concept/topic/AI_model · <base>concept/judgement/polarity/negated-verb/0.97
<base>extraction/<16 hex> · <base>software/pipeline/en_core_web_md-3.8.0
<base>provenance · <base>concepts · <base>entities · <base>identity · <base>ontology     the other named graphs
```
"""

import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from functools import lru_cache
from typing import Any

from kg.records import Article, Span

__all__ = [
    "article_iri",
    "concept_iri",
    "concept_label",
    "extraction_iri",
    "fragments",
    "graph_iri",
    "is_article_iri",
    "judgement_iri",
    "keyed_iri",
    "short_hash",
    "software_iri",
    "span_iri",
]

_LONGEST_SLUG = 80  # an IRI is read by people; a longer label keeps its start and gets a hash
_NAMED_GRAPHS = ("concepts", "entities", "identity", "ontology", "provenance")


def article_iri(base: str, article: Article) -> str:
    """The IRI of an article, which names its graph too. Another version of the same article has the same IRI.

    >>> article_iri("urn:kg:", Article(id="7", text="Rain fell.", source_name="a.jsonl", given_id=True))
    'urn:kg:article/808db095642850d5'
    """
    return keyed_iri(base, article.key)


def keyed_iri(base: str, key: str) -> str:
    """The IRI of the article with that key (`Article.key`).

    >>> keyed_iri("urn:kg:", "id:a.jsonl:7")
    'urn:kg:article/808db095642850d5'
    """
    return f"{base}article/{short_hash(key)}"


def is_article_iri(base: str, iri: str) -> bool:
    """Whether an IRI is one that `article_iri` makes, so that the graph it names is an article's."""
    return iri.startswith(f"{base}article/") and "#" not in iri


def span_iri(article: str, span: Span) -> str:
    """The IRI of a span of the article with that IRI.

    >>> span_iri("urn:kg:article/0123456789abcdef", Span(10, 64))
    'urn:kg:article/0123456789abcdef#char=10,64'
    """
    return f"{article}#char={span.start},{span.end}"


def graph_iri(base: str, name: str) -> str:
    """The IRI of a named graph that belongs to no article.

    Raises:
        ValueError: if there is no graph of that name.

    >>> graph_iri("urn:kg:", "provenance")
    'urn:kg:provenance'
    """
    if name not in _NAMED_GRAPHS:
        raise ValueError(f"no graph {name!r}; there are {', '.join(_NAMED_GRAPHS)}")
    return f"{base}{name}"


@lru_cache(maxsize=4096)
def concept_label(label: str) -> str:
    """A label as concepts compare it: NFC, case folded, words parted by single spaces.

    >>> concept_label("Vice-President")
    'vice president'
    """
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", label).casefold())
    return " ".join(_words(folded)) or folded.strip()


def concept_iri(base: str, scheme: str, label: str) -> str:
    """The IRI of a concept of `scheme` ("role"; for topics see `kg.graph.topics`); labels that `concept_label` makes equal share it.

    >>> concept_iri("urn:kg:", "role", "Research Director")
    'urn:kg:concept/role/research-director'
    """
    return f"{base}concept/{scheme}/{_slug(concept_label(label))}"


def judgement_iri(base: str, aspect: str, rule: str, confidence: str) -> str:
    """The IRI of a way of deciding a field, shared by all that is decided in that way.

    >>> judgement_iri("urn:kg:", "claim_kind", "future-modal", "0.92")
    'urn:kg:concept/judgement/claim-kind/future-modal/0.92'
    """
    return f"{base}concept/judgement/{_slug(aspect)}/{_slug(rule)}/{confidence}"


def extraction_iri(base: str, article: Article, versions: Iterable[str]) -> str:
    """The IRI of the run that read this version of the article with software of these versions."""
    return f"{base}extraction/{short_hash('\x1f'.join((article.key, article.version, *versions)))}"


def software_iri(base: str, part: str, version: str) -> str:
    """The IRI of one piece of software: the part it plays, its name and version.

    >>> software_iri("urn:kg:", "pipeline", "en_core_web_md 3.8.0")
    'urn:kg:software/pipeline/en_core_web_md-3.8.0'
    """
    slug = re.sub(r"[^A-Za-z0-9._-]+", "-", version).strip("-")
    if slug != version.replace(" ", "-"):
        slug = f"{slug}-{short_hash(version)}".lstrip("-")
    return f"{base}software/{part}/{slug}"


def fragments[K: Hashable](wanted: Mapping[K, tuple[str, Any]]) -> dict[K, str]:
    """A different fragment for each key, from the fragment it would like and a sortable value that tells rivals apart.

    Only keys that would like the same fragment get a number, after a full stop, which no fragment holds otherwise, in the order of those values, so that no other is renumbered.

    >>> fragments({"a": ("person-10", "Ann"), "b": ("person-10", "Bob"), "c": ("person-40", "Cy")})
    {'a': 'person-10', 'b': 'person-10.2', 'c': 'person-40'}
    """
    rivals: dict[str, list[K]] = defaultdict(list)
    for key, (fragment, _) in wanted.items():
        rivals[fragment].append(key)
    found: dict[K, str] = {}
    for fragment, keys in rivals.items():
        for number, key in enumerate(sorted(keys, key=lambda key: wanted[key][1]), start=1):
            found[key] = fragment if number == 1 else f"{fragment}.{number}"
    return found


@lru_cache(maxsize=4096)  # the same rules and titles come again and again
def _slug(text: str) -> str:
    slug = "-".join(_words(text))
    if not slug or len(slug) > _LONGEST_SLUG:
        slug = f"{slug[:_LONGEST_SLUG]}-{short_hash(text)}".lstrip("-")
    return slug


def _words(text: str) -> list[str]:
    # Letters, digits and combining marks may stand in an IRI, punctuation and symbols may not; nor may the variation
    # selectors of plane 14, which are combining marks too.
    return "".join(char if _in_word(char) else " " for char in text).split()


def _in_word(char: str) -> bool:
    return char.isalnum() or (unicodedata.category(char) in {"Mn", "Mc"} and char < "\U000e0000")


def short_hash(text: str) -> str:
    """Sixteen hex digits that a text is known by."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]
