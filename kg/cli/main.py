"""The group `kg`, and what every command shares: errors in one line, exit codes, interrupts, closed pipes."""

import contextlib
import errno
import io
import os
import sys
from collections.abc import Sequence
from importlib.metadata import version
from typing import Any

import click

from kg.cli.backup import backup, import_command
from kg.cli.build import build
from kg.cli.correct import correct
from kg.cli.doctor import doctor
from kg.cli.explain import explain
from kg.cli.export import export
from kg.cli.extract import extract
from kg.cli.identity import identity
from kg.cli.query import query
from kg.cli.quotes import quotes
from kg.cli.remove import remove
from kg.cli.show import show
from kg.cli.stats import stats
from kg.cli.terminal import say
from kg.cli.validate import validate
from kg.cli.view import view
from kg.errors import KgError, ValidationFailed

__all__ = ["cli", "main"]

_INTERRUPTED = 130  # what a shell reports for SIGINT
_CLOSED_PIPE = 141  # and for SIGPIPE: `kg extract ... | head` is no failure to tell anybody about


class _Kg(click.Group):
    """A group that turns each `KgError` into one line on stderr and its exit code."""

    def main(  # type: ignore[override]  # click overloads this on `standalone_mode`; we serve both
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> int:
        _never_fail_to_encode()
        try:
            result = super().main(args, prog_name or "kg", complete_var, standalone_mode=False, **extra)
            code = result if isinstance(result, int) else 0
        except click.UsageError as error:
            command = error.ctx.command_path if error.ctx else "kg"
            say("error", f"{error.format_message()} Try '{command} --help'.")
            code = error.exit_code
        except click.ClickException as error:
            say("error", error.format_message())
            code = error.exit_code
        except click.Abort:
            code = _INTERRUPTED
        except OSError as error:  # while help is printed, before any command is invoked
            code = _told(error)
        if standalone_mode:
            sys.exit(code)
        return code

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  click passes it
        """The commands in the order of their use."""
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; what goes wrong in a way a person can mend is told in one line."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except KgError as error:
            # Only a validation report has lines of its own; a line break in a file name must not look like one.
            first, *more = str(error).splitlines() if isinstance(error, ValidationFailed) else [str(error)]
            say("error", first, more=more)
            ctx.exit(error.exit_code)
        except click.UsageError as error:
            name = ctx.invoked_subcommand
            if error.ctx is None and name is not None and name in self.commands:  # its arguments were no good: its help will tell, not ours
                error.ctx = click.Context(self.commands[name], ctx, name)
            raise
        except KeyboardInterrupt:
            say("error", "interrupted.")
            ctx.exit(_INTERRUPTED)
        except OSError as error:
            ctx.exit(_told(error))
        return result


def _told(error: OSError) -> int:
    """Say what a disk or a reader would not take, and give the exit code."""
    if error.errno != errno.EPIPE:
        place = f"{error.filename}: " if error.filename else ""
        say("error", f"{place}{error.strerror or error}.")
    _close_stdout()
    return _CLOSED_PIPE if error.errno == errno.EPIPE else 1


def _never_fail_to_encode() -> None:
    """Let a terminal that cannot show a character show its escape."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _close_stdout() -> None:
    """Point standard output nowhere, so that the interpreter's last flush does not fail again and print about it."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@click.group(
    "kg",
    cls=_Kg,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 done; 1 nothing could be done; 2 wrong usage; 3 validation failed; 4 done, but some inputs were skipped.",
)
@click.version_option(version("expert-opinion-kg"), prog_name="kg")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """News articles in, an RDF graph of who said what out: in which role, for whom, with which figures.

    \b
    Example:
      kg build article.txt         read an article and add what it says to ./kg-store
      kg query said -p person "Ann Lee"
                                   what she said, as a table
      kg view --open               the whole store as an interactive page
    """
    if os.environ.get("NO_COLOR"):  # click's own styles do not look at it
        ctx.color = False


for _command in (
    build,
    extract,
    query,
    quotes,
    show,
    explain,
    identity,
    correct,
    export,
    validate,
    view,
    stats,
    remove,
    backup,
    import_command,
    doctor,
):
    cli.add_command(_command)


def main() -> None:
    """Run `kg` with the process's arguments, then exit."""
    cli.main()
