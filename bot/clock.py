"""Two clocks: the real one, and the sandbox's, which a person moves.

Leases and back-off ask `real_now`, never a Clock: on a moved clock one message would be sent twice.
"""

import json
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path


def real_now() -> datetime:
    """The machine's time, aware, UTC."""
    return datetime.now(UTC)


class SystemClock:
    """The time people mean is the machine's."""

    def now(self) -> datetime:
        """The present moment, aware, UTC."""
        return real_now()


class SandboxClock:
    """Runs from `start`, jumps forward when told, and after a restart goes on where it stopped."""

    def __init__(self, start: datetime, file: Path) -> None:
        self._file = file
        self._at = _kept(file) or start.astimezone(UTC)
        self._since = time.monotonic()

    def now(self) -> datetime:
        """The sandbox's moment, aware, UTC."""
        return self._at + timedelta(seconds=time.monotonic() - self._since)

    def jump(self, to: datetime) -> None:
        """Go forward to a moment; one that has passed changes nothing."""
        self._at, self._since = max(to.astimezone(UTC), self.now()), time.monotonic()
        self.keep()

    def keep(self) -> None:
        """Write the moment down, whole or not at all."""
        part = self._file.with_suffix(".part")
        part.write_text(json.dumps({"now": self.now().isoformat()}), "utf-8")
        part.replace(self._file)


def _kept(file: Path) -> datetime | None:
    try:
        return datetime.fromisoformat(json.loads(file.read_text("utf-8"))["now"])
    except FileNotFoundError:
        return None
