"""How a long run is carried through: worker processes, interrupts, and what is told and written down on the way."""

from kg.work.interrupts import Interrupts, interruptible
from kg.work.log import BuildLog, BuildReport, Event, Stored
from kg.work.workers import Made, make_graphs

__all__ = ["BuildLog", "BuildReport", "Event", "Interrupts", "Made", "Stored", "interruptible", "make_graphs"]
