"""The extraction format: `Extraction` to JSON and back. One article a line; see docs/extraction-format.md."""

import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from kg import records as r
from kg.errors import BadRecord

__all__ = ["from_json", "to_json"]

type Json = dict[str, Any]


def to_json(extraction: r.Extraction) -> str:
    """The extraction as one line of JSON without a newline; the same extraction gives the same bytes.

    Non-ASCII characters stand as they are, except line and paragraph separators, so that a line stays a line.
    """
    article = extraction.article
    data = {
        "id": article.id,
        "source_name": article.source_name,
        "sha256": article.sha256,
        "title": article.title,
        "url": article.url,
        "publisher": article.publisher,
        "published": article.published,
        "authors": list(article.authors),
        "text": article.text,
        "regions": [{"start": g.span.start, "end": g.span.end, "kind": g.kind} for g in article.regions],
        "given_id": article.given_id,
        "model": _model(extraction.model),
        "agents": [
            {"id": a.id, "kind": a.kind, "name": a.name, "aliases": list(a.aliases), "identifier": a.identifier} for a in extraction.agents
        ],
        "mentions": [
            {"start": m.span.start, "end": m.span.end, "form": m.form, "agent": m.agent, "rule": m.rule, "confidence": m.confidence}
            for m in extraction.mentions
        ],
        "roles": [
            {
                "agent": role.agent,
                "title": role.title,
                "organisation": role.organisation,
                "former": role.former,
                "evidence": _pairs(role.evidence),
                "rule": role.rule,
                "confidence": role.confidence,
            }
            for role in extraction.roles
        ],
        "attributions": [_attribution(a) for a in extraction.attributions],
        "part_of": [
            {"organisation": p.organisation, "within": p.within, "evidence": _pairs(p.evidence), "rule": p.rule, "confidence": p.confidence}
            for p in extraction.part_of
        ],
        "agreements": [
            {
                "from": g.source,
                "to": list(g.targets),
                "relation": g.relation,
                "basis": g.basis,
                "evidence": _pairs(g.evidence),
                "rule": g.rule,
                "confidence": g.confidence,
            }
            for g in extraction.agreements
        ],
        "quantities": [_quantity(q) for q in extraction.quantities],
    }
    line = json.dumps(data, ensure_ascii=False, allow_nan=False)
    return line.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").replace("\x85", "\\u0085")


def from_json(line: str, *, where: str | None = None) -> r.Extraction:
    """The extraction that `to_json` wrote.

    Raises:
        BadRecord: if the line is no JSON, lacks a key, or breaks what the records promise.
    """
    try:
        data = json.loads(line)
        article = r.Article(
            id=data["id"],
            text=data["text"],
            source_name=data["source_name"],
            title=data["title"],
            url=data["url"],
            publisher=data["publisher"],
            published=data["published"],
            authors=tuple(data["authors"]),
            regions=tuple(r.Region(r.Span(g["start"], g["end"]), r.RegionKind(g["kind"])) for g in data["regions"]),
            given_id=data.get("given_id", False),
        )
        return r.Extraction(
            article=article,
            model=r.ModelVersions(**data["model"]),
            agents=tuple(
                r.Agent(a["id"], r.AgentKind(a["kind"]), a["name"], tuple(a["aliases"]), a.get("identifier")) for a in data["agents"]
            ),
            mentions=tuple(
                r.Mention(r.Span(m["start"], m["end"]), r.MentionForm(m["form"]), m["agent"], m["rule"], m["confidence"])
                for m in data["mentions"]
            ),
            roles=tuple(
                r.Role(o["agent"], o["title"], o["organisation"], o["former"], _spans(o["evidence"]), o["rule"], o["confidence"])
                for o in data["roles"]
            ),
            attributions=tuple(_read_attribution(a) for a in data["attributions"]),
            part_of=tuple(
                r.PartOf(p["organisation"], p["within"], _spans(p["evidence"]), p["rule"], p["confidence"]) for p in data["part_of"]
            ),
            agreements=tuple(
                r.Agreement(
                    g["from"],
                    tuple(g["to"]),
                    r.AgreementRelation(g["relation"]),
                    r.AgreementBasis(g["basis"]),
                    _spans(g["evidence"]),
                    g["rule"],
                    g["confidence"],
                )
                for g in data["agreements"]
            ),
            quantities=tuple(_read_quantity(q) for q in data.get("quantities", ())),
        )
    except (KeyError, TypeError, ValueError, AttributeError, ArithmeticError) as error:
        fault = f"lacks the key {error}" if isinstance(error, KeyError) else str(error)
        raise BadRecord(f"no extraction: {fault}", where=where, remedy="Write it with `kg extract`.") from error


def _model(model: r.ModelVersions) -> Json:
    data = {"pipeline": model.pipeline, "attribution": model.attribution, "kg": model.kg}
    return data | ({"gazetteer": model.gazetteer} if model.gazetteer else {})


def _pairs(spans: Iterable[r.Span]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


def _spans(pairs: Iterable[Iterable[int]]) -> tuple[r.Span, ...]:
    return tuple(r.Span(*pair) for pair in pairs)


def _attribution(a: r.Attribution) -> Json:
    return {
        "id": a.id,
        "kind": a.kind,
        "source": _pairs(a.source),
        "cue": _pairs(a.cue),
        "content": _pairs(a.content),
        "speaker": a.speaker,
        "lemma": a.lemma,
        "mode": a.mode,
        "rule": a.rule,
        "confidence": a.confidence,
        "said": a.said,
        "polarity": a.polarity,
        "modality": a.modality,
        "claim_kind": a.claim_kind,
        "cue_stance": a.cue_stance,
        "said_on": a.said_on,
        "topics": [_topic(t) for t in a.topics],
        "quantities": [_quantity(q) for q in a.quantities],
        "certainty": a.certainty,
        "tense": a.tense,
        "valid": a.valid,
        "readable": a.readable,
        "judgements": [{"aspect": j.aspect, "rule": j.rule, "confidence": j.confidence} for j in a.judgements],
    }


def _read_attribution(a: Json) -> r.Attribution:
    return r.Attribution(
        id=a["id"],
        kind=r.AttributionKind(a["kind"]),
        source=_spans(a["source"]),
        cue=_spans(a["cue"]),
        content=_spans(a["content"]),
        speaker=a["speaker"],
        lemma=a["lemma"],
        mode=r.SpeechMode(a["mode"]),
        rule=a["rule"],
        confidence=a["confidence"],
        said=r.Said(a["said"]),
        polarity=r.Polarity(a["polarity"]) if a["polarity"] else None,
        modality=a["modality"],
        claim_kind=r.ClaimKind(a["claim_kind"]) if a["claim_kind"] else None,
        cue_stance=r.CueStance(a["cue_stance"]) if a["cue_stance"] else None,
        said_on=a["said_on"],
        topics=tuple(_read_topic(t) for t in a["topics"]),
        quantities=tuple(_read_quantity(q) for q in a["quantities"]),
        certainty=r.Certainty(a["certainty"]) if a.get("certainty") else None,
        tense=r.Tense(a["tense"]) if a.get("tense") else None,
        valid=a.get("valid"),
        readable=a.get("readable"),
        judgements=tuple(r.Judgement(r.Aspect(j["aspect"]), j["rule"], j["confidence"]) for j in a.get("judgements", ())),
    )


def _topic(t: r.TopicLabel) -> Json:
    data: Json = {"label": t.label, "evidence": _pairs(t.evidence), "rule": t.rule, "confidence": t.confidence, "broader": list(t.broader)}
    return data | ({"also": list(t.also)} if t.also else {}) | ({"concept": t.concept} if t.concept else {})


def _read_topic(t: Json) -> r.TopicLabel:
    # A list written by hand may give label and evidence alone; the record's own defaults fill the rest.
    optional = {key: t[key] for key in ("rule", "confidence", "concept") if key in t}
    broader, also = tuple(t.get("broader", ())), tuple(t.get("also", ()))
    return r.TopicLabel(t["label"], _spans(t["evidence"]), broader=broader, also=also, **optional)


def _quantity(q: r.Quantity) -> Json:
    return {
        "value": _number(q.value),
        "low": _number(q.low),
        "high": _number(q.high),
        "unit": q.unit,
        "unit_code": q.unit_code,
        "measure": q.measure,
        "period": q.period,
        "change": q.change,
        "evidence": _pairs(q.evidence),
        "rule": q.rule,
        "confidence": q.confidence,
        "when": q.when,
    }


def _read_quantity(q: Json) -> r.Quantity:
    return r.Quantity(
        value=_decimal(q["value"]),
        low=_decimal(q["low"]),
        high=_decimal(q["high"]),
        unit=q["unit"],
        unit_code=q["unit_code"],
        measure=q["measure"],
        period=q["period"],
        change=q["change"],
        evidence=_spans(q["evidence"]),
        rule=q["rule"],
        confidence=q["confidence"],
        when=q.get("when"),
    )


def _number(value: Decimal | None) -> str | None:
    return None if value is None else format(value, "f")


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
