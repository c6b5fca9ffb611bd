"""Options that commands share, as decorators."""

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from kg.settings import Settings, load_settings

__all__ = ["force_option", "sources_argument", "verbosity_options", "with_settings"]

type _Command = Callable[..., None]

sources_argument = click.argument("sources", metavar="SRC...", nargs=-1, required=True)

force_option = click.option("--force", is_flag=True, help="Overwrite the file if it is there.")

_OPTIONS = {
    "store": click.option(
        "-s", "--store", type=click.Path(path_type=Path), metavar="DIR", help="The store.  [default: kg-store; env: KG_STORE]"
    ),
    "decisions": click.option(
        "--decisions",
        type=click.Path(path_type=Path),
        metavar="DIR",
        help="People's decisions.  [default: STORE-decisions; env: KG_DECISIONS]",
    ),
    "model": click.option("--model", metavar="NAME", help="spaCy pipeline, by name or path.  [default: en_core_web_md; env: KG_MODEL]"),
    "attribution": click.option(
        "--attribution", metavar="ENGINE", help="What finds who said what: model or rules.  [default: model; env: KG_ATTRIBUTION]"
    ),
    "jobs": click.option(
        "--jobs",
        type=click.IntRange(min=1),
        metavar="N",
        help="Processes that extract, each with a pipeline of its own.  [default: 1; env: KG_JOBS]",
    ),
    "max_chars": click.option(
        "--max-chars", type=click.IntRange(min=1), metavar="N", help="Skip longer texts.  [default: 2000000; env: KG_MAX_CHARS]"
    ),
}
_config = click.option(
    "--config",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    envvar="KG_CONFIG",
    help="Settings as TOML.  [default: kg.toml if it is there; env: KG_CONFIG]",
)


def with_settings(*names: str) -> Callable[[_Command], _Command]:
    """Give a command the options of these settings and `--config`, and `settings=` in their place.

    Flags win over `KG_*` variables, those over the file, that over the defaults.
    """

    def decorate(command: _Command) -> _Command:
        @functools.wraps(command)
        def run(*args: Any, config: Path | None, **values: Any) -> None:
            flags = {name: values.pop(name) for name in names}
            settings: Settings = load_settings(flags, config=config)
            command(*args, settings=settings, **values)

        decorated: _Command = _config(run)
        for name in reversed(names):
            decorated = _OPTIONS[name](decorated)
        return decorated

    return decorate


def verbosity_options(command: _Command) -> _Command:
    """Give a command `-q` and `-v`."""
    command = click.option("-v", "--verbose", is_flag=True, help="Name each article on stderr.")(command)
    return click.option("-q", "--quiet", is_flag=True, help="Nothing on stderr but errors and what was skipped.")(command)
