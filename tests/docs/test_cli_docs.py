"""Every command has help, an example and its section; the generated page is up to date."""

import json
import subprocess
import sys

import click
import pytest

from kg.cli.main import cli

COMMANDS = [("kg", cli), *((f"kg {name}", command) for name, command in cli.commands.items())]
NAMES = [name for name, _ in COMMANDS]


def test_the_commands_are_those_we_know_of():
    """Else the tests below would pass over nothing."""
    assert len(cli.commands) >= 11
    assert {"build", "export", "query", "quotes", "view"} <= set(cli.commands)


@pytest.mark.parametrize("name, command", COMMANDS, ids=NAMES)
def test_a_command_has_help_an_example_and_a_section(name, command, root):
    assert command.help
    assert len(command.help.split(".")[0]) > 20, "the first sentence says what it does"
    assert "Example:" in command.help
    assert f"  {name}" in command.help, "the example runs this command"
    assert f"\n## {name}\n" in (root / "docs" / "cli.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name, command", COMMANDS, ids=NAMES)
def test_every_option_is_explained(name, command):
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{name} {parameter.name}"


@pytest.mark.parametrize("name", NAMES)
def test_the_readme_names_every_command(name, root):
    if name != "kg":
        assert f"`{name}" in (root / "README.md").read_text(encoding="utf-8")


def test_the_page_is_up_to_date(root):
    run = subprocess.run([sys.executable, root / "scripts" / "make_cli_docs.py", "--check"], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr


def test_the_example_of_the_format_keeps_the_schema(root):
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads((root / "docs" / "extraction-format.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    page = (root / "docs" / "extraction-format.md").read_text(encoding="utf-8")
    example = json.loads(page.split("```json")[1].split("```")[0])
    jsonschema.Draft202012Validator(schema).validate(example)
