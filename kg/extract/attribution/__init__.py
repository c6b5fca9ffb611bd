"""Who is said to say what: source, cue and content, linked. Two engines stand behind `find_attributions`."""

from kg.extract.attribution.engine import Engine, find_attributions, load_engine, missing_model
from kg.extract.attribution.found import FoundAttribution

__all__ = ["Engine", "FoundAttribution", "find_attributions", "load_engine", "missing_model"]
