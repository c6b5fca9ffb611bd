"""Write docs/cli.md from what `kg --help` and the help of each command say. With --check, fail if it would change."""

import argparse
import os
import sys
from pathlib import Path

import click

os.environ.pop("COLUMNS", None)  # the help is wrapped alike on every machine

from kg.cli.main import cli

PAGE = Path(__file__).resolve().parent.parent / "docs" / "cli.md"
WIDTH = 100
HEAD = """# Command line

Made from the commands' own help by `scripts/make_cli_docs.py`; change the help, not this page.

Data go to standard output, everything else to standard error. A path of `-` is standard input or output.

Settings come from flags, else variables, else `kg.toml` in the working directory (or the file of `--config`), else defaults:

| flag | variable | key in `kg.toml` | default | what it is |
|---|---|---|---|---|
| `--store` | `KG_STORE` | `store` | `kg-store` | folder of the store |
| `--decisions` | `KG_DECISIONS` | `decisions` | the store's name with `-decisions` | folder of people's decisions |
| | `KG_BASE` | `base` | `urn:kg:` | IRI prefix of what is made from articles; recorded in a store when it is made |
| `--model` | `KG_MODEL` | `model` | | spaCy pipeline by name or path; none is an installed `en_core_web_md`, else the packaged one |
| `--attribution` | `KG_ATTRIBUTION` | `attribution` | `model` | what finds who said what: `model`, or `rules`; the rules serve too where the model is not installed |
| `--max-chars` | `KG_MAX_CHARS` | `max_chars` | `2000000` | longest text read, in characters |

`NO_COLOR` turns colours off, `COLUMNS` sets the width of tables where there is no terminal (else 120).

| exit code | meaning |
|---|---|
| 0 | done; an empty result too, with a note on standard error |
| 1 | nothing could be done |
| 2 | wrong usage: an unknown option, a query that is no SPARQL, an unknown query or parameter |
| 3 | validation failed |
| 4 | done, but some inputs were skipped |
| 130 | interrupted (Ctrl-C) |
| 141 | the reader of the output went away (`kg extract ... \\| head`) |
"""


def page() -> str:
    """The whole page."""
    sections = [HEAD, _section("kg", cli)]
    for name, command in cli.commands.items():
        sections.append(_section(f"kg {name}", command))
        if isinstance(command, click.Group):
            sections += [_section(f"kg {name} {inner}", one) for inner, one in command.commands.items()]
    return "\n".join(sections)


def _section(name: str, command: click.Command) -> str:
    context = command.make_context(name, [], resilient_parsing=True, terminal_width=WIDTH, help_option_names=["-h", "--help"])
    return f"## {name}\n\n```\n{command.get_help(context).rstrip()}\n```\n"


def main() -> int:
    """Write the page, or check it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 if docs/cli.md is not up to date")
    check = parser.parse_args().check
    text = page()
    if check:
        if not PAGE.is_file() or PAGE.read_text(encoding="utf-8") != text:
            print(f"{PAGE.name} is not up to date: run python scripts/make_cli_docs.py", file=sys.stderr)
            return 1
        return 0
    PAGE.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
