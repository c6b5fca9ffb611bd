"""`kg identity pairs`: names in, decisions out; bad files cost one clear line."""

import pytest

from kg.cli.main import cli


def run(runner, *arguments, code=0, **options):
    result = runner.invoke(cli, [str(argument) for argument in arguments], **options)
    assert result.exit_code == code, result.output
    return result


def test_pairs_are_decided_in_their_order(runner, tmp_path):
    table = "kind\tname_a\tname_b\tsame\nperson\tAda Brandt\tADA BRANDT\t1\norganisation\tNorden\tNorden University\t1\nperson\tBrandt\tOtto Roe\t0\n"
    (tmp_path / "names.tsv").write_text(table, encoding="utf-8")
    out = run(runner, "identity", "pairs", "names.tsv").stdout.splitlines()
    assert out[0] == "kind\tname_a\tname_b\tsame\tsuggested\tscore\treason"
    assert [line.split("\t")[:5] for line in out[1:]] == [
        ["person", "Ada Brandt", "ADA BRANDT", "1", "1"],
        ["organisation", "Norden", "Norden University", "0", "1"],
        ["person", "Brandt", "Otto Roe", "0", "0"],
    ]
    assert run(runner, "identity", "pairs", "-", input=table).stdout.splitlines() == out


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ("name_a\tname_b\nA\tB\n", "names.tsv:2: no pair of names. Give the columns kind"),
        ("kind\tname_a\tname_b\nperson\tA\n", "names.tsv:2: no pair of names"),
        ("kind\tname_a\tname_b\nrobot\tA\tB\n", "names.tsv:2: no pair of names"),
        ("kind\tname_a\tname_b\nperson\tA\t\udcff\n", "names.tsv: cannot be read"),
        ("", "names.tsv: it is empty"),
    ],
)
def test_bad_files(runner, tmp_path, table, told):
    (tmp_path / "names.tsv").write_bytes(table.encode("utf-8", "surrogateescape"))
    result = run(runner, "identity", "pairs", "names.tsv", code=1)
    assert told in result.stderr
    assert result.stdout == ""


def test_no_file(runner):
    assert "none.tsv: no such file" in run(runner, "identity", "pairs", "none.tsv", code=1).stderr
