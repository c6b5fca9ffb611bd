"""The extraction scored on labelled text against `floors.json`. Floors only rise: `--update-floors` writes what was gained, never what was lost.

The text lies outside the project: `KG_QUALITY_DATA` names its folder, else `../shared/quality` beside the checkout.
"""

import importlib.util
import json
from pathlib import Path

import pytest

HERE = Path(__file__).parent
FLOORS = HERE / "floors.json"
SCRIPT = HERE.parents[1] / "scripts" / "evaluate.py"
SLACK = 0.0005  # floors are written with three decimals

spec = importlib.util.spec_from_file_location("evaluate", SCRIPT)
evaluate = importlib.util.module_from_spec(spec)
spec.loader.exec_module(evaluate)

pytestmark = [pytest.mark.quality, pytest.mark.slow]


@pytest.fixture(scope="module")
def folder():
    found = evaluate.quality_folder()
    if found is None:
        pytest.skip("no labelled text: set KG_QUALITY_DATA or put shared/quality beside the checkout")
    return found


@pytest.fixture(scope="module")
def floors():
    return json.loads(FLOORS.read_text(encoding="utf-8"))


def test_every_corpus_has_a_floor(floors):
    assert sorted(floors) == sorted(evaluate.CORPORA)
    assert all(floors[corpus] for corpus in floors)


@pytest.mark.parametrize("corpus", sorted(evaluate.CORPORA))
def test_no_figure_falls_below_its_floor(corpus, folder, floors, tmp_path, request):
    figures = evaluate.figures(folder, corpus, tmp_path / f"{corpus}.jsonl")
    changes = {key: (floor, figures.get(key)) for key, floor in floors[corpus].items()}
    lines = [f"{key:28} floor {floor:.3f}  now {now:.3f}  {now - floor:+.3f}" for key, (floor, now) in changes.items()]
    print(f"\n{corpus}\n" + "\n".join(lines))
    if request.config.getoption("--update-floors"):
        risen = {key: max(floor, int(now * 1000) / 1000) for key, (floor, now) in changes.items()}
        whole = json.loads(FLOORS.read_text(encoding="utf-8")) | {corpus: risen}
        FLOORS.write_text(json.dumps(whole, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    lost = [line for line, (floor, now) in zip(lines, changes.values(), strict=True) if now < floor - SLACK]
    assert not lost, "\n".join(lost)
