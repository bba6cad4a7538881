"""The clock as a parameter: everything people mean by time is asked of one of these."""

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the time people mean. Leases and back-off stay on real time and do not ask it."""

    def now(self) -> datetime:
        """The present moment, aware, UTC."""
        ...
