"""Says which engine finds attributions where it is not the one asked for."""

from kg.cli.terminal import say
from kg.settings import Settings

__all__ = ["note_engine"]


def note_engine(settings: Settings, *, quiet: bool) -> None:
    """Tell on stderr that the rules stand in for the trained model, if they do."""
    from kg.extract.attribution.engine import missing_model

    missing = missing_model() if settings.attribution == "model" else None
    if missing and not quiet:
        say("warning", f"{missing}: the rules find who said what, less well. --attribution rules says so on purpose.")
