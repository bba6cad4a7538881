"""APScheduler, kept small: it only wakes. What is due stands in tables, so no job carries anything."""

import logging
from collections.abc import Awaitable, Callable
from typing import Final

from apscheduler.schedulers.asyncio import AsyncIOScheduler  # type: ignore[import-untyped]

log = logging.getLogger(__name__)

Job = Callable[[], Awaitable[None]]
FOR_EVER: Final = None
DEFAULTS: Final = {"coalesce": True, "max_instances": 1, "misfire_grace_time": FOR_EVER}
"""After a standstill each job runs once. The default grace of one second would drop it instead."""


class Scheduler:
    """Runs each job every so many seconds of real time, never two at once."""

    def __init__(self) -> None:
        self._jobs = AsyncIOScheduler(job_defaults=DEFAULTS)

    def every(self, seconds: float, job: Job) -> None:
        """Add a job. A failing one is reported and runs again."""
        self._jobs.add_job(_reported, "interval", args=[job], seconds=seconds, id=job.__name__)

    def start(self) -> None:
        """Begin to wake."""
        self._jobs.start()

    def stop(self) -> None:
        """Wake nobody any more."""
        if self._jobs.running:
            self._jobs.shutdown(wait=False)


async def _reported(job: Job) -> None:
    try:
        await job()
    except Exception:
        log.exception("a scheduled job failed", extra={"job": job.__name__})
