"""Trains the attribution tagger that `kg.extract.attribution` runs. `python -m scripts.train_attribution --help` says how.

Training runs in an environment of its own (requirements.txt), with none of the product's dependencies and possibly an older Python. It shares
the modules that cut texts into pieces and decode tags; so the packages above those are entered here without running their `__init__`.
"""

import sys
from pathlib import Path
from types import ModuleType

_ROOT = Path(__file__).resolve().parents[2]

for _name in ("kg", "kg.extract", "kg.extract.attribution"):
    if _name not in sys.modules:
        _package = ModuleType(_name)
        _package.__path__ = [str(_ROOT.joinpath(*_name.split(".")))]
        sys.modules[_name] = _package
