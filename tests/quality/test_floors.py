"""The extraction scored on labelled text against `floors.json`. Floors only rise: `--update-floors` writes what was gained, never what was lost.

The text lies outside the project: `KG_QUALITY_DATA` names its folder, else `../shared/quality` beside the checkout.
"""

import importlib.util
import json
from pathlib import Path

import pytest

HERE = Path(__file__).parent
FLOORS = HERE / "floors.json"
SCRIPTS = HERE.parents[1] / "scripts"
SLACK = (
    0.01  # parser and tagger round differently on other processors (vector width, eight-bit arithmetic): a decision in hundreds may flip
)


def script(name):
    spec = importlib.util.spec_from_file_location(name, SCRIPTS / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


evaluate = script("evaluate")
calibration = script("calibration")

pytestmark = [pytest.mark.quality, pytest.mark.slow]


@pytest.fixture(scope="module")
def folder():
    found = evaluate.quality_folder()
    if found is None:
        pytest.skip("no labelled text: set KG_QUALITY_DATA or put shared/quality beside the checkout")
    return found


@pytest.fixture(scope="module")
def keep(tmp_path_factory):
    return tmp_path_factory.mktemp("extractions")


@pytest.fixture(scope="module")
def floors():
    return json.loads(FLOORS.read_text(encoding="utf-8"))


def test_every_run_has_a_floor(floors):
    assert sorted(floors) == sorted(evaluate.RUNS)
    assert all(floors[run] for run in floors)


@pytest.mark.parametrize("run", sorted(evaluate.RUNS))
def test_no_figure_falls_below_its_floor(run, folder, floors, keep, request):
    figures = evaluate.figures(folder, run, keep)
    changes = {key: (floor, figures[key]) for key, floor in floors[run].items()}
    lines = [f"{key:28} floor {floor:.3f}  now {now:.3f}  {now - floor:+.3f}" for key, (floor, now) in changes.items()]
    print(f"\n{run}\n" + "\n".join(lines))
    if request.config.getoption("--update-floors"):
        risen = {key: max(floor, int(now * 1000) / 1000) for key, (floor, now) in changes.items()}
        whole = json.loads(FLOORS.read_text(encoding="utf-8")) | {run: risen}
        FLOORS.write_text(json.dumps(whole, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    lost = [line for line, (floor, now) in zip(lines, changes.values(), strict=True) if now < floor - SLACK]
    assert not lost, "\n".join(lost)


def test_confidence_can_be_trusted(folder, keep):
    """Of the default engine: the calibration error, and how often those said to be sure are right."""
    pairs = calibration.judged(folder / "polnear-dev.jsonl", evaluate.output_of(folder, "polnear-dev", keep), folder)
    assert len(pairs) > 1500
    assert calibration.calibration_error(pairs) <= 0.05
    assert calibration.precision_at(pairs)[0] >= 0.88
