"""Why each attribution of an extraction is there, as lines for a person."""

from collections.abc import Iterator

from kg.cli.terminal import plain, short
from kg.lexicon.rules import explain_rule
from kg.records import Attribution, Extraction, Mention, Span

__all__ = ["explained", "named_by", "not_named", "rule_words"]

_CUT = 110


def explained(extraction: Extraction) -> Iterator[str]:
    """The lines, an article's heading first, without line ends.

    Each attribution with the words it rests on, their offsets, what found it and how its speaker was named.
    """
    article = extraction.article
    names = {agent.id: agent.name for agent in extraction.agents}
    yield plain(article.title or article.source_name or short(article.id))
    yield f"  {extraction.model.attribution} on {extraction.model.pipeline}"
    for one in extraction.attributions:
        speaker = names.get(one.speaker or "", "nobody named")
        kind = one.mode.value if one.mode.value == "attitude" else f"{one.mode.value}, {one.kind.value}"
        said = "" if one.said.value == "asserted" else f", {one.said.value}"
        yield ""
        yield f"  {one.id}  {plain(speaker)}: {kind}{said}; confidence {one.confidence:.2f}"
        for label, spans in (("who", one.source), ("cue", one.cue), ("what", one.content)):
            for span in spans:
                yield f"      {label:<4}  {_quoted(article.text, span)}"
        yield f"      why   {rule_words(one.rule, explain_rule(one.rule, stage='attribution'))}" + (
            f"; cue word {plain(one.lemma)!r}" if one.lemma else ""
        )
        yield f"      named {_named(extraction, one)}"


def rule_words(rule: str, explanation: str) -> str:
    """A rule with what it looks at.

    >>> rule_words("runs-on", "a quotation right behind a statement")
    'runs-on: a quotation right behind a statement'
    """
    return plain(f"{rule}: {explanation}" if explanation else f"{rule}, a rule without an explanation")


def named_by(words: str, form: str, confidence: float, why: str) -> str:
    """How a speaker comes by the name, where words name it.

    >>> named_by("she", "pronoun", 0.8, "relative-pronoun")
    "by 'she', a pronoun, confidence 0.80: relative-pronoun"
    """
    return f"by {plain(words)!r}, a {form}, confidence {confidence:.2f}: {why}"


def not_named(*, speaker: bool, source: bool) -> str:
    """The same where no words name it.

    Args:
        speaker: whether there is a speaker all the same.
        source: whether there is a source phrase.
    """
    if speaker:
        return "by the source phrase" if source else "as the statement before it, which it continues"
    return "nobody: the source phrase cannot be resolved with confidence" if source else "nobody: there is no source phrase"


def _named(extraction: Extraction, one: Attribution) -> str:
    """How the speaker came by the name."""
    mention = _mention(extraction, one)
    if mention is None:
        return not_named(speaker=one.speaker is not None, source=bool(one.source))
    why = rule_words(mention.rule, explain_rule(mention.rule, stage="mention"))
    return named_by(mention.span.of(extraction.article.text), mention.form.value, mention.confidence, why)


def _mention(extraction: Extraction, one: Attribution) -> Mention | None:
    inside = (m for m in extraction.mentions if m.agent == one.speaker and any(span.overlaps(m.span) for span in one.source))
    return next(inside, None)


def _quoted(text: str, span: Span) -> str:
    words = plain(span.of(text))
    cut = words if len(words) <= _CUT else f"{words[: _CUT // 2]} ... {words[-_CUT // 2 :]}"
    return f"[{span.start}, {span.end})  {cut}"
