"""The gold of the invented newsroom as extractions: what the canned questions are asked of, so that no reader's mistake comes between."""

import json
from collections import defaultdict
from decimal import Decimal

from kg import records as r
from kg.read import read_articles

_SIGHT = {"confidence": 1.0, "rule": "gold"}


def extractions(root):
    """Article id to its extraction, and the gold itself."""
    room = root / "examples" / "newsroom"
    gold = json.loads((room / "gold.json").read_text(encoding="utf-8"))
    with (root / "tests" / "quality" / "labels" / "newsroom-topics.jsonl").open(encoding="utf-8") as lines:
        labels = {row["id"]: row["topics"] for row in map(json.loads, lines)}
    return {article.id: _extraction(article, gold, labels) for article in read_articles([room / "articles.jsonl"])}, gold


def _spans(pieces):
    return tuple(r.Span(piece["start"], piece["end"]) for piece in pieces)


def _extraction(article, gold, labels):
    own = {
        name: [one for one in gold[name] if one["article"] == article.id] for name in ("attributions", "roles", "agreements", "quantities")
    }
    agents, mentions = {}, []
    for entity in gold["entities"]:
        names = entity["names"].get(article.id)
        if names:
            agents[entity["id"]] = r.Agent(entity["id"], r.AgentKind(entity["kind"]), names[0], tuple(sorted(names[1:])))
            at = article.text.index(names[0])
            mentions.append(r.Mention(r.Span(at, at + len(names[0])), r.MentionForm.NAME, entity["id"], **_SIGHT))
    for one in own["attributions"]:
        if not one["speaker"]:
            words, kind = one["speaker_words"], one["speaker_form"]
            key = f"{one['id']}-{kind}"
            agents[key] = r.Agent(key, r.AgentKind(kind), words)
            at = article.text.index(words)
            mentions.append(r.Mention(r.Span(at, at + len(words)), r.MentionForm.DESCRIPTION, key, **_SIGHT))
    quantities = defaultdict(list)
    for one in own["quantities"]:
        numbers = [None if one[name] is None else Decimal(one[name]) for name in ("value", "low", "high")]
        span = r.Span(one["words"]["start"], one["words"]["end"])
        quantities[one["attribution"]].append(
            r.Quantity(
                *numbers,
                one["unit"],
                one["unit_code"],
                one["measure"],
                one["period"],
                bool(one["change"]),
                (span,),
                when=one["period_resolved"],
                **_SIGHT,
            )
        )
    return r.Extraction(
        article=article,
        model=r.ModelVersions("gold", "gold", "gold"),
        agents=tuple(agents.values()),
        mentions=tuple(mentions),
        roles=tuple(
            r.Role(
                one["person"],
                one["title"],
                one["organisation_entity"] if one["organisation_entity"] in agents else None,
                one["former"],
                (_place(article, one["title"] or one["organisation"]),),
                **_SIGHT,
            )
            for one in own["roles"]
            if one["title"] or one["organisation_entity"] in agents
        ),
        attributions=tuple(
            r.Attribution(
                id=one["id"],
                kind=r.AttributionKind(one["kind"] or "indirect"),
                source=(),
                cue=_spans(one["cue"]),
                content=_spans(one["content"]),
                speaker=one["speaker"] or f"{one['id']}-{one['speaker_form']}",
                lemma=None,
                mode=r.SpeechMode(one["mode"]),
                said=r.Said(one["said"]),
                cue_stance=r.CueStance(one["cue_stance"]) if one["cue_stance"] else None,
                claim_kind=r.ClaimKind.PREDICTION
                if one["mode"] != "attitude"
                else None,  # the gold has no kinds: which is a forecast, the year tells
                topics=tuple(r.TopicLabel(label, _spans(one["content"][:1])) for label in labels.get(f"{article.id}-{one['id']}", ())),
                quantities=tuple(quantities[one["id"]]),
                **_SIGHT,
            )
            for one in own["attributions"]
        ),
        agreements=tuple(
            r.Agreement(
                one["from"],
                tuple(one["to"]),
                r.AgreementRelation(one["relation"]),
                r.AgreementBasis.STATED,
                _spans([one["evidence"]]),
                **_SIGHT,
            )
            for one in own["agreements"]
        ),
    )


def _place(article, words):
    at = article.text.index(words)
    return r.Span(at, at + len(words))
