"""Which engine finds attributions: the trained model where it is installed, else the rules."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from typing import TYPE_CHECKING

from kg.extract.attribution.found import FoundAttribution
from kg.extract.attribution.rules import find_by_rules
from kg.extract.quotations import find_quotations
from kg.extract.text import text_of
from kg.records import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from kg.extract.attribution.tagger import AttributionModel

__all__ = ["RULES", "Engine", "find_attributions", "load_engine", "missing_model"]

RULES = "rules 2"
"""Name and version of the rule set; raised when the same article would come out differently."""


@dataclass(frozen=True, slots=True)
class Engine:
    """A loaded engine.

    Attributes:
        version: name and version, as recorded with every extraction.
        model: the trained tagger; None for the rules.
    """

    version: str = RULES
    model: "AttributionModel | None" = None


def missing_model() -> str | None:
    """Why the trained model cannot be used, in a few words; None if it can."""
    from kg.extract.attribution.tagger import MODEL_FILE, SETTINGS_FILE, VOCABULARY_FILE, default_model_folder

    if find_spec("onnxruntime") is None:
        return "onnxruntime is not installed"
    absent = [name for name in (MODEL_FILE, VOCABULARY_FILE, SETTINGS_FILE) if not (default_model_folder() / name).is_file()]
    return f"the attribution model is not installed ({', '.join(absent)} missing)" if absent else None


def load_engine(name: str = "model") -> Engine:
    """The engine of that name, `model` or `rules`; the rules too where the model is not installed (`missing_model` says why)."""
    if name == "rules" or missing_model() is not None:
        return Engine()
    from kg.extract.attribution.tagger import load_attribution_model

    model = load_attribution_model()
    return Engine(version=f"{model.name} {model.version}", model=model)


def find_attributions(
    doc: "Doc", *, engine: Engine | None = None, barred: Sequence[Span] = (), lines: Sequence[Span] = ()
) -> tuple[FoundAttribution, ...]:
    """The attributions of an article, sorted by content.

    Args:
        doc: the parse of the whole article, with the article's own offsets.
        engine: what finds them; None for the rules.
        barred: stretches of text that nothing is taken from (boilerplate).
        lines: datelines and bylines, sorted: what a statement that follows them takes in of them is cut off.
    """
    quotations = find_quotations(text_of(doc))
    if engine is None or engine.model is None:
        return _without(text_of(doc), find_by_rules(doc, quotations, barred=barred), lines)
    from kg.extract.attribution.trained import find_by_model

    return _without(text_of(doc), find_by_model(doc, quotations, engine.model, barred=barred), lines)


def _without(text: str, found: tuple[FoundAttribution, ...], lines: Sequence[Span]) -> tuple[FoundAttribution, ...]:
    """The attributions without what their contents hold of `lines`: "ROME (Reuters) - The river rose, she said" is what she said of the river."""
    if not lines:
        return found
    return tuple(replace(one, content=tuple(_cut(text, one.content, lines)) or one.content) for one in found)


def _cut(text: str, pieces: Sequence[Span], lines: Sequence[Span]) -> Iterator[Span]:
    for piece in pieces:
        start = max((line.end for line in lines if line.start <= piece.start < line.end), default=piece.start)
        end = min((line.start for line in lines if start < line.start < piece.end), default=piece.end)
        words = text[start:end]
        if words.strip():
            yield Span(start + len(words) - len(words.lstrip()), start + len(words.rstrip()))
