"""`kg doctor`: what is installed, what works, what to do."""

import platform
from importlib.metadata import PackageNotFoundError, version

import click

from kg.cli.options import with_settings
from kg.cli.terminal import counted, plain
from kg.errors import KgError, StoreError, StoreMissing
from kg.settings import Settings

__all__ = ["doctor"]

_PACKAGES = ("spacy", "rdflib", "pyoxigraph", "pyshacl", "networkx", "pyvis", "onnxruntime")
_NEEDS_MENDING = 1


@click.command()
@with_settings("store", "model", "attribution")
@click.pass_context
def doctor(ctx: click.Context, *, settings: Settings) -> None:
    """Say what is installed, what works and what to do.

    It looks at versions, the language pipeline and the store.
    The exit code is 1 if something needs mending; the line says what to do.

    \b
    Example:
      kg doctor
      kg doctor -s demo/store --model en_core_web_sm
    """
    healthy = True
    _line("kg", version("expert-opinion-kg"))
    _line("python", platform.python_version())
    for package in _PACKAGES:
        try:
            _line(package, version(package))
        except PackageNotFoundError:
            _line(package, "is missing. Install expert-opinion-kg again.")
            healthy = False
    for name, look in (("pipeline", _pipeline), ("attribution", _attribution), ("store", _store)):
        try:
            _line(name, look(settings))
        except KgError as error:
            _line(name, str(error))
            healthy = False
    ctx.exit(0 if healthy else _NEEDS_MENDING)


def _line(name: str, state: str) -> None:
    click.echo(f"{name:<12} {plain(state)}")


def _pipeline(settings: Settings) -> str:
    from kg.extract.parse import load_pipeline, pipeline_name

    return pipeline_name(load_pipeline(settings.model))


def _attribution(settings: Settings) -> str:
    from kg.extract.attribution import load_engine, missing_model

    missing = missing_model()
    engine = load_engine(settings.attribution).version
    if missing and settings.attribution == "model":
        return (
            f"{engine}, because {missing}. Install a distribution of expert-opinion-kg that holds the model, or choose --attribution rules."
        )
    return engine


def _store(settings: Settings) -> str:
    from kg.graph.store import open_store

    try:
        with open_store(settings.store) as store:
            return f"{settings.store}: {counted(store.article_count(), 'article')}, {store.size():,} quads, base {store.base}"
    except StoreMissing:
        if settings.store.is_file():
            raise StoreError("a file, and no store", where=str(settings.store), remedy="Name a folder with -s") from None
        return f"{settings.store}: none yet. Make one with: kg build SRC -s {settings.store}"
