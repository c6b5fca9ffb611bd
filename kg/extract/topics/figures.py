"""Topics of claims that name none but give a figure: "about $71 a barrel" is about what was said to cost so much a barrel before."""

from typing import TYPE_CHECKING

from kg.extract.quantities import quantities_in
from kg.records import SpeechMode, TopicLabel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.extract.attribution.found import FoundAttribution
    from kg.records import Quantity

__all__ = ["add_topics_of_figures"]

_CONFIDENCE = 0.7
_FORECASTS = frozenset({"estimate", "figure", "forecast", "prediction", "projection"})


def add_topics_of_figures(
    found: "Sequence[FoundAttribution]", topics: "Sequence[tuple[TopicLabel, ...]]", quantities: "Sequence[Quantity]"
) -> tuple[tuple[TopicLabel, ...], ...]:
    """The topics, and for each claim without any whose figure is a rate the first of the last claim before it with a figure of that rate.

    Only rates ("USD per barrel") are so rarely of two things in one article that they tell which is meant; an amount of the same money is taken for
    one where the claim calls it a forecast or the like.

    Args:
        found: the attributions, sorted by content.
        topics: of each, by position.
        quantities: the article's figures.
    """
    if not any(one.unit and " per " in one.unit for one in quantities):
        return tuple(topics)
    last: dict[str, TopicLabel] = {}
    told = []
    for one, own in zip(found, topics, strict=True):
        labels = own
        rates = [figure for figure in quantities_in(quantities, one.content) if figure.unit]
        if one.mode is not SpeechMode.ATTITUDE and all(label.label in _FORECASTS for label in labels):
            for figure in rates:
                known = last.get(figure.unit or "") or (last.get(f"{figure.unit} of a forecast") if _of_a_forecast(figure) else None)
                if known is not None:
                    label = TopicLabel(known.label, figure.evidence, "same-unit", _CONFIDENCE, also=known.also, concept=known.concept)
                    labels = (*labels, label)
                    break
        for figure in rates:
            if labels and figure.unit and " per " in figure.unit:
                best = max(labels, key=lambda label: _fit(label, figure))
                last[figure.unit] = last[f"{figure.unit.partition(' per ')[0]} of a forecast"] = best
        told.append(labels)
    return tuple(told)


def _of_a_forecast(figure: "Quantity") -> bool:
    return (figure.measure or "").lower().rpartition(" ")[2] in _FORECASTS


def _fit(label: TopicLabel, figure: "Quantity") -> tuple[bool, bool, int]:
    """How well a topic tells what a figure measures: a price, else one whose last word the measure holds, else the fullest."""
    return (
        label.rule in {"price", "partial-form"},
        label.label.rpartition(" ")[2] in (figure.measure or "").lower(),
        len(label.label.split()),
    )
