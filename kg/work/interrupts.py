"""The first interrupt asks a long run to finish what is in hand, the second one ends it."""

import contextlib
import signal
import threading
from collections.abc import Iterator
from types import FrameType

__all__ = ["Interrupts", "interruptible"]


class Interrupts:
    """Whether somebody wants to stop. While input is awaited an interrupt ends the wait; else the article in hand is finished first."""

    def __init__(self) -> None:
        self.heard = False
        self._waiting = False

    def until[T](self, events: Iterator[T]) -> Iterator[T]:
        """What comes until an interrupt."""
        while not self.heard:
            self._waiting = True
            try:
                event = next(events, None)
            except KeyboardInterrupt:
                self.heard = True
                return
            finally:
                self._waiting = False
            if event is None:
                return
            yield event

    def handle(self, number: int, frame: FrameType | None) -> None:
        """The handler of the signals."""
        del number, frame
        if self.heard or self._waiting:
            self.heard = True
            raise KeyboardInterrupt
        self.heard = True


@contextlib.contextmanager
def interruptible() -> Iterator[Interrupts]:
    """Signals are heard by what this gives, until the block is left."""
    interrupts = Interrupts()
    if threading.current_thread() is not threading.main_thread():
        yield interrupts  # signals are the main thread's; whoever runs us in another has a way of their own
        return
    # Where a shell has switched SIGINT off for a background job, it stays off.
    signals = [one for one in (signal.SIGINT, signal.SIGTERM) if signal.getsignal(one) not in {signal.SIG_IGN, None}]
    before = {one: signal.signal(one, interrupts.handle) for one in signals}
    try:
        yield interrupts
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
