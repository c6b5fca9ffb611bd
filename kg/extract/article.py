"""All stages of the room in order: parse, attributions, names, pronouns, speakers, roles, figures, topics, agreement; then one `Extraction`."""

import contextlib
import functools
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING

from kg import records as r
from kg.extract.agreements import FoundAgreement, add_bare_stands, drop_unused, find_agreements
from kg.extract.attribution import Engine, FoundAttribution, find_attributions, load_engine
from kg.extract.claims import Facet, find_facets, make_readable
from kg.extract.parse import load_pipeline, parse_article, pipeline_name
from kg.extract.people.cast import Cast
from kg.extract.people.gazetteer import Gazetteer, load_gazetteer
from kg.extract.people.joining import gather
from kg.extract.people.names import find_names
from kg.extract.people.pronouns import resolve_pronouns
from kg.extract.people.speakers import resolve_speakers
from kg.extract.quantities import find_quantities, quantities_in
from kg.extract.roles import FoundPart, FoundRole, find_parts, find_roles
from kg.extract.times import FoundTime, find_said_on, find_valid
from kg.extract.topics import Vocabulary, add_topics_of_figures, find_topics, load_vocabulary
from kg.settings import Settings

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

__all__ = ["current_versions", "extract_article", "extract_articles", "gazetteer_version", "load_extractor"]

_NAMED = frozenset({r.AgentKind.PERSON, r.AgentKind.ORGANISATION, r.AgentKind.PLACE})


def extract_articles(
    articles: Iterable[r.Article], *, settings: Settings | None = None, concepts: Iterable[r.TopicConcept] = ()
) -> Iterator[r.Extraction]:
    """The extraction of each article, in order, one at a time.

    The language pipeline is loaded for the first article, not before: with none to extract, nothing is loaded.

    Args:
        articles: as read.
        settings: which pipeline, engine and list of names.
        concepts: of the user's own vocabulary of topics (`kg.graph.topics.read_vocabulary` reads one).

    Raises:
        ModelError: at the first article, if there is no fit language pipeline.
        SettingsError: at the first article, if the gazetteer of the settings cannot be used.
    """
    extract = None
    for article in articles:
        extract = extract or load_extractor(settings, concepts=concepts)
        yield extract(article)


def load_extractor(settings: Settings | None = None, *, concepts: Iterable[r.TopicConcept] = ()) -> Callable[[r.Article], r.Extraction]:
    """A function that extracts an article, with everything loaded that it needs.

    Raises:
        ModelError: if there is no fit language pipeline.
        SettingsError: if the gazetteer of the settings cannot be used.
    """
    settings = settings or Settings()
    nlp, engine = _loaded(settings.model, settings.attribution)
    gazetteer = load_gazetteer(settings.gazetteer) if settings.gazetteer else None
    vocabulary = load_vocabulary(nlp, concepts)

    def extract(article: r.Article) -> r.Extraction:
        # spaCy keeps every word it ever met, for ever; a zone lets go of those that one article has brought.
        with contextlib.nullcontext() if getattr(nlp.vocab, "in_memory_zone", False) else nlp.memory_zone():
            return extract_article(nlp, article, engine=engine, gazetteer=gazetteer, vocabulary=vocabulary)

    return extract


@functools.lru_cache(maxsize=1)  # whoever builds twice in one process loads once
def _loaded(model: str | None, attribution: str) -> tuple["Language", Engine]:
    return load_pipeline(model), load_engine(attribution)


def current_versions(settings: Settings | None = None) -> r.ModelVersions:
    """What would extract an article now.

    Raises:
        ModelError: if there is no fit language pipeline.
        SettingsError: if the gazetteer of the settings cannot be used.
    """
    settings = settings or Settings()
    return _versions(*_loaded(settings.model, settings.attribution), gazetteer_version(settings))


def gazetteer_version(settings: Settings) -> str:
    """What `ModelVersions.gazetteer` would be of an extraction now; "" without a list of names. No model is loaded for it.

    Raises:
        SettingsError: if the gazetteer of the settings cannot be used.
    """
    return load_gazetteer(settings.gazetteer).version if settings.gazetteer else ""


def _versions(nlp: "Language", engine: Engine | None, gazetteer: str) -> r.ModelVersions:
    own = version("expert-opinion-kg")
    return r.ModelVersions(pipeline=pipeline_name(nlp), attribution=(engine or Engine()).version, kg=own, gazetteer=gazetteer)


def extract_article(
    nlp: "Language",
    article: r.Article,
    *,
    engine: Engine | None = None,
    gazetteer: Gazetteer | None = None,
    vocabulary: Vocabulary | None = None,
) -> r.Extraction:
    """What one article says, by whom. Without an engine, the rules find it; a gazetteer settles what its names are,
    a vocabulary how its topics are called.

    Marked regions (boilerplate, headline and the like) are parsed with the rest, for the offsets' sake, but nothing is taken from boilerplate,
    no agent and no role from a byline or a dateline, and no agent from a headline alone.

    >>> from kg.extract.parse import load_pipeline
    >>> text = "It will rain, said Ada Brandt, a chemist at Northlight Institute."
    >>> found = extract_article(load_pipeline(), r.Article("a", text))
    >>> found.agents[0].name, found.attributions[0].content[0].of(text)
    ('Ada Brandt', 'It will rain')
    """
    doc = parse_article(nlp, article)
    barred = [region.span for region in article.regions if region.kind is r.RegionKind.BOILERPLATE]
    lines = [region.span for region in article.regions if region.kind in {r.RegionKind.BYLINE, r.RegionKind.DATELINE}]
    found = find_attributions(doc, engine=engine, barred=barred, lines=lines)
    found = add_bare_stands(doc, found, barred=[region.span for region in article.regions])
    sources = [one.anchor for one in found if one.anchor is not None]
    barred = [*barred, *lines]
    headlines = [region.span for region in article.regions if region.kind is r.RegionKind.HEADLINE]
    known = gazetteer.names if gazetteer else None
    names = find_names(doc, sources, gazetteer=known, barred=barred, headlines=headlines)
    cast = gather(doc, names, known)
    resolve_pronouns(doc, found, cast)
    speakers = resolve_speakers(doc, found, cast)
    found, speakers, agreements = drop_unused(found, speakers, find_agreements(doc, found, speakers, cast))
    said_on = find_said_on(doc, found, published=article.published, barred=[region.span for region in article.regions])
    quantities = find_quantities(
        doc, published=article.published, barred=(*barred, *lines), said_on=[time.span for time in said_on if time]
    )
    topics = add_topics_of_figures(found, find_topics(doc, found, cast, vocabulary=vocabulary), quantities)
    whole = _Findings(
        found=found,
        speakers=speakers,
        roles=find_roles(doc, cast, barred=barred),
        parts=find_parts(doc, cast),
        agreements=agreements,
        topics=topics,
        said_on=said_on,
        quantities=quantities,
    )
    return _assemble(doc, article, _versions(nlp, engine, gazetteer.version if gazetteer else ""), cast, whole)


# --------------------------------------------------------------------------- one extraction


@dataclass(frozen=True, slots=True)
class _Findings:
    found: tuple[FoundAttribution, ...]
    speakers: tuple[int | None, ...]
    roles: tuple[FoundRole, ...]
    parts: tuple[FoundPart, ...]
    agreements: tuple[FoundAgreement, ...]
    topics: tuple[tuple[r.TopicLabel, ...], ...]
    said_on: tuple[FoundTime | None, ...]
    quantities: tuple[r.Quantity, ...]


def _assemble(doc: "Doc", article: r.Article, model: r.ModelVersions, cast: Cast, whole: _Findings) -> r.Extraction:
    """The findings under ids in text order."""
    mentions = cast.mentions()
    ids: dict[int, str] = {}
    for mention in mentions:
        ids.setdefault(mention.agent, f"a{len(ids) + 1}")
    agents = []
    for number, agent_id in ids.items():
        name, *aliases = cast.names(number)
        agents.append(r.Agent(agent_id, cast.kind(number), name, tuple(sorted(aliases)), cast.identifier(number)))
    attribution_ids = [f"c{k + 1}" for k in range(len(whole.found))]
    said = tuple(r.Mention(m.span, m.form, ids[m.agent], m.rule, m.confidence) for m in mentions)
    reading = _Reading(
        article,
        sorted((one for one in said if one.form is r.MentionForm.PRONOUN), key=lambda one: one.span),
        {agent.id: agent.name for agent in agents if agent.kind in _NAMED},
        whole.quantities,
    )
    claimed = {id(one) for found in whole.found for one in quantities_in(whole.quantities, found.content)}
    return r.Extraction(
        article=article,
        model=model,
        agents=tuple(agents),
        mentions=said,
        roles=tuple(
            r.Role(
                ids[role.agent],
                role.title,
                ids[role.organisation] if role.organisation is not None else None,
                role.former,
                role.evidence,
                role.rule,
                role.confidence,
            )
            for role in whole.roles
        ),
        attributions=tuple(
            _attribution(doc, reading, attribution_id, one, ids[speaker] if speaker is not None else None, topics=topics, said_on=said_on)
            for attribution_id, one, speaker, topics, said_on in zip(
                attribution_ids, whole.found, whole.speakers, whole.topics, whole.said_on, strict=True
            )
        ),
        part_of=tuple(r.PartOf(ids[p.organisation], ids[p.within], p.evidence, p.rule, p.confidence) for p in whole.parts),
        agreements=tuple(
            r.Agreement(
                attribution_ids[a.source],
                tuple(attribution_ids[k] for k in a.targets),
                a.relation,
                r.AgreementBasis.STATED,
                a.evidence,
                a.rule,
                a.confidence,
            )
            for a in whole.agreements
        ),
        quantities=tuple(one for one in whole.quantities if id(one) not in claimed),
    )


@dataclass(frozen=True, slots=True)
class _Reading:
    """What reading one claim needs of its article: its pronouns and figures in text order, and the names of agents that have one."""

    article: r.Article
    pronouns: list[r.Mention]
    names: dict[str, str]
    quantities: tuple[r.Quantity, ...]

    def readable(self, one: FoundAttribution) -> Facet | None:
        first, last = one.content[0].start, one.content[-1].end
        low = bisect_left(self.pronouns, first, key=lambda mention: mention.span.start)
        high = bisect_left(self.pronouns, last, key=lambda mention: mention.span.start)
        return make_readable(self.article.text, one.content, self.pronouns[low:high], self.names)


def _attribution(
    doc: "Doc",
    reading: _Reading,
    attribution_id: str,
    one: FoundAttribution,
    speaker: str | None,
    *,
    topics: tuple[r.TopicLabel, ...],
    said_on: FoundTime | None,
) -> r.Attribution:
    article, claims = reading.article, one.mode is not r.SpeechMode.ATTITUDE
    facets = find_facets(doc, one)
    readable = reading.readable(one) if claims else None
    barred = [region.span for region in article.regions]
    valid = find_valid(doc, one.content, published=article.published, barred=barred) if claims else None
    times = ((r.Aspect.SAID_ON, said_on), (r.Aspect.VALID, valid), (r.Aspect.READABLE, readable))
    return r.Attribution(
        id=attribution_id,
        kind=one.kind,
        source=one.source,
        cue=one.cue,
        content=one.content,
        speaker=speaker,
        lemma=one.lemma,
        mode=one.mode,
        rule=one.rule,
        confidence=round(one.confidence, 4),
        said=one.said,
        said_on=said_on.when if said_on else None,
        valid=valid.when if valid else None,
        topics=topics,
        quantities=quantities_in(reading.quantities, one.content),
        polarity=r.Polarity(facets.polarity.value) if facets.polarity else None,
        modality=facets.modality.value if facets.modality else None,
        claim_kind=r.ClaimKind(facets.kind.value) if facets.kind else None,
        cue_stance=r.CueStance(facets.stance.value) if facets.stance else None,
        certainty=r.Certainty(facets.certainty.value) if facets.certainty else None,
        tense=r.Tense(facets.tense.value) if facets.tense else None,
        readable=readable.value if readable else None,
        judgements=tuple(
            sorted((*facets.judgements(), *(r.Judgement(aspect, time.rule, time.confidence) for aspect, time in times if time)))
        ),
    )
