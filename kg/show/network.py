"""The graph as a networkx graph: agents, what they said, their posts, their topics, and who agrees with whom."""

import networkx as nx

from kg.graph import iris
from kg.graph.overruled import any_overruled, overruled_in
from kg.graph.reading import find_article
from kg.graph.store import Store
from kg.graph.vocab import EO
from kg.show.facts import Facts, facts_of
from kg.show.reader import Reader, Shared

__all__ = ["to_networkx"]


def to_networkx(store: Store, *, attitudes: bool = False, article: str | None = None) -> "nx.MultiDiGraph[str]":
    """The agents and statements of the articles in `store`, as a directed multigraph keyed by IRI.

    Articles come by date, then IRI; in each, agents in the order of their first mention, then statements in text order, each with the topics
    that no earlier one has; edges in a fixed order too. The same store gives the same graph in the same order. Agents of several articles
    that denote one entity are one node, whose IRI is the entity's; the others are nodes of their own.

    Args:
        store: an open store; it is only read.
        attitudes: also take attributions of mode attitude ("backed the plan"), which make no claim. Their node is the attribution.
        article: the one article to take, by its IRI; None for all.

    Raises:
        NotInStore: if there is no such article.

    The graph's own attribute `removed` is a list of what people took out of articles because it is no statement or role: of each a dict of its
    `words` and the article it stood in, `article` and the other attributes of that name that a claim has.

    Node attributes, `str` unless said; what is unknown is empty. Every node has `kind`, `label` (short) and `name` (whole).

    - `kind` is `person`, `organisation`, `place`, `work`, `group`, `unnamed`, `topic` or `claim`.
    - An agent has `aliases` (sorted list of `str`: other names), `roles` (list of dict like the attributes of a `role` edge: posts without an
      organisation), `articles` and `agents` (lists of IRIs: where it is named, and the articles' agents it stands for), `article` (the
      first of them) and `same_as` (list of IRIs of other people's knowledge bases).
    - A topic has `aliases` and `broader` (lists of `str` and IRIs).
    - A claim has `text` (its words, pieces joined by `[...]`), `before` and `after` (the rest of its paragraph), `segments` (list of
      `[words, role]` with role `source`, `cue`, `content` or nothing; joined they are the paragraph), `quotation_type` (`direct`, `indirect`,
      `mixed`), `mode` (`speech`, `thought`, `attitude`), `said` (`asserted`, `negated`, `hypothetical`), `cue`, `rule`, `confidence` (`float`, 0 to 1),
      `speaker_words` and `speaker_rule` (the words in its source that name the speaker, and how it is known whom they mean),
      `quantities` (list of `str` for people to read), `start` and `end` (`int`: first and last code point of the content, half-open),
      `attribution` (IRI), `article` (IRI), and of its article `article_title`, `article_url`, `article_publisher`, `article_date`,
      `article_source` (the file or feed).
    - What a claim is, as far as it was worked out: `claim_kind` (`fact`, `prediction`, `evaluation`, `recommendation`), `modality` (the modal
      verb), `certainty` (`certain`, `probable`, `possible`, `doubtful`), `polarity` (`positive`, `negative`), `tense` (`past`, `present`, `future`),
      `cue_stance` (`neutral`, `assertive`, `supportive`, `distancing`), `said_on` and `valid` (ISO 8601), `readable` (the claim so that it stands alone),
      and `judgements` (sorted list of `[field, rule, confidence]`: how those were decided).
    - `corrections` (list of `str`) of a claim, a role or an agent: what a person decided of it, and what the software had found; mostly empty.

    Edges; the key is the kind, and from the second of a kind between two nodes on the kind and a number (`role 2`). Each has `kind`:

    - `said`: agent to claim. A claim without a known speaker has none.
    - `about`: claim to topic.
    - `role`: person to organisation, with `title` (may be empty), `former` (`bool`), `evidence`, `rule`, `confidence` (`float`),
      `corrections`, and the `article` that prints it with its `date`.
    - `part_of`: organisation to organisation, with `evidence`, `rule`, `confidence`.
    - `agrees`, `disagrees`: claim to claim, with `basis` (`stated`, `inferred`), `evidence`, `rule`, `confidence`.

    Known limits: 1. of a paragraph longer than some 1,200 characters only the part around the statement is given, marked by `…`;
    2. a stance towards an attitude is left out unless `attitudes` is true.

    >>> from kg.graph.store import open_store
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder, open_store(folder, write=True, create=True) as store:
    ...     len(to_networkx(store))
    0
    """
    only = None if article is None else find_article(store, article)
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(removed=[])
    shared = _shared(store)
    reader = None
    for info in sorted(store.articles(), key=lambda info: (info.published or "", info.iri)):
        if only in (None, info.iri):
            reader = Reader(graph, info, store.quads(info.iri), shared, attitudes=attitudes)
            reader.read()
    if reader is not None:
        reader.stances(shared.identity)
    return graph


def _shared(store: Store) -> Shared:
    def read(name: str) -> Facts:
        return facts_of(store.quads(iris.graph_iri(store.base, name)))

    identity = read("identity")
    overruled: dict[str, list[str]] = {}
    removed: dict[str, list[str]] = {}
    for info in store.articles() if any_overruled(store) else ():
        for one in overruled_in(store, info.iri):
            (removed if one.removed else overruled).setdefault(one.about, []).append(one.words)
    denotes = dict(identity.with_property(EO.denotes))
    return Shared(read("concepts"), read("entities"), identity, denotes, overruled=overruled, removed=removed)
