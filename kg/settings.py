"""One frozen `Settings`, and how it comes to be: defaults < `kg.toml` < `KG_*` variables < flags."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from kg.errors import SettingsError

__all__ = ["DEFAULT_BASE", "Settings", "load_settings"]

DEFAULT_BASE = "urn:kg:"
_PATHS = frozenset({"store", "gazetteer", "decisions", "topics"})
_ENGINES = ("model", "rules")


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run may be told.

    Attributes:
        store: folder of the Oxigraph store.
        base: IRI prefix of everything minted from articles; recorded in the store when it is made.
        model: name or path of a spaCy pipeline; None for the default one.
        attribution: engine that finds attributions: model or rules; the rules serve too where the model is not installed.
        max_chars: longest article read, in code points; longer ones are skipped.
        gazetteer: table (TSV: name, kind, id) of names whose kind is settled; None for none.
        decisions: folder of people's decisions; None for one beside the store, see `decisions_folder`.
        topics: the user's vocabulary of topics, a SKOS file; None for none.
        jobs: processes that extract in a build; 1 for none but the build's own.

    Raises:
        SettingsError: if a value cannot be used.
    """

    store: Path = Path("kg-store")
    base: str = DEFAULT_BASE
    model: str | None = None
    attribution: str = "model"
    max_chars: int = 2_000_000
    gazetteer: Path | None = None
    decisions: Path | None = None
    topics: Path | None = None
    jobs: int = 1

    def __post_init__(self) -> None:
        if self.max_chars < 1:
            raise SettingsError(f"max_chars is {self.max_chars}", remedy="Give a whole number of at least 1.")
        if self.jobs < 1:
            raise SettingsError(f"jobs is {self.jobs}", remedy="Give a whole number of at least 1.")
        if self.attribution not in _ENGINES:
            raise SettingsError(f"no attribution engine {self.attribution!r}", remedy=f"Choose from: {', '.join(_ENGINES)}.")
        if not _is_iri_prefix(self.base):
            raise SettingsError(f"base {self.base!r} is no IRI prefix", remedy="Give one such as urn:kg: or https://example.org/kg/.")

    @property
    def decisions_folder(self) -> Path:
        """Where people's decisions are kept: beside the store, not in it, so that they outlive it and can be put under version control.

        >>> Settings(store=Path("news/kg-store")).decisions_folder.as_posix()
        'news/kg-store-decisions'
        """
        if self.decisions is not None:
            return self.decisions
        store = self.store if self.store.name not in {"", ".."} else self.store.resolve()
        return store.parent / f"{store.name}-decisions"


def load_settings(
    flags: Mapping[str, Any] | None = None,
    *,
    config: Path | None = None,
    environ: Mapping[str, str] | None = None,
) -> Settings:
    """Settings from defaults, a TOML file, the environment and flags; the later wins.

    Args:
        flags: values by field name; None values are as if not given.
        config: the TOML file; None for `kg.toml` in the working directory, which may be absent.
        environ: the environment; None for the process's own.

    Raises:
        SettingsError: if the file is missing though named, is no TOML, holds an unknown key, or a value cannot be used.

    >>> load_settings({"max_chars": 10}, environ={"KG_MODEL": "en_core_web_sm"}).model
    'en_core_web_sm'
    """
    given: dict[str, Any] = {}
    given.update(_from_file(config))
    environ = os.environ if environ is None else environ
    known = [field.name for field in fields(Settings)]
    given.update({name: environ[key] for name in known if environ.get(key := f"KG_{name.upper()}")})
    given.update({name: value for name, value in (flags or {}).items() if value is not None})
    return replace(Settings(), **{name: _typed(name, value) for name, value in given.items()})


def _from_file(config: Path | None) -> dict[str, Any]:
    path = config or Path("kg.toml")
    if config is None and not path.is_file():
        return {}
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(f"cannot be read ({error.strerror})", where=str(path), remedy="Check --config.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"is no TOML ({error})", where=str(path), remedy="Mend the file.") from error
    known = {field.name for field in fields(Settings)}
    unknown = sorted(set(values) - known)
    if unknown:
        remedy = f"Known keys: {', '.join(sorted(known))}."
        raise SettingsError(f"unknown key {', '.join(unknown)}", where=str(path), remedy=remedy)
    return values


def _typed(name: str, value: Any) -> Any:
    try:
        if name in _PATHS:
            return Path(value)
        if name in {"max_chars", "jobs"}:
            if isinstance(value, bool):
                raise ValueError  # noqa: TRY301  TOML's true is an int to Python
            return int(value)
    except (TypeError, ValueError):
        raise SettingsError(f"{name} is {value!r}", remedy="Give a path." if name in _PATHS else "Give a whole number.") from None
    if not isinstance(value, str):
        raise SettingsError(f"{name} is {value!r}", remedy="Give a string.")
    return value


def _is_iri_prefix(base: str) -> bool:
    scheme, colon, _ = base.partition(":")
    bad = set('<>"{}|\\^`') | {chr(code) for code in range(33)}
    return (
        bool(colon) and scheme.isascii() and scheme[:1].isalpha() and not bad & set(base) and base.endswith((":", "/")) and "#" not in base
    )
