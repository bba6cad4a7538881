"""Who writes: one thread that groups the turns that wait into a commit."""

import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, Final, NamedTuple, TypeVar

from sqlalchemy import Engine
from sqlalchemy.engine import Connection

from storage.failpoints import reached
from storage.savepoints import savepoint

T = TypeVar("T")

LARGEST_GROUP: Final = 32


class _Job(NamedTuple):
    work: Callable[[Connection], Any]
    done: "Future[Any]"


class Writer:
    """One thread, one connection. Turns that wait together commit together, a savepoint each."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._queue: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._closed = False
        self._closing = threading.Lock()
        self._thread = threading.Thread(target=self._serve, name="writer", daemon=True)
        self._thread.start()

    def submit(self, work: Callable[[Connection], T]) -> "Future[T]":
        """Queue a turn. The future resolves after the commit that holds it."""
        job = _Job(work, Future())
        with self._closing:  # nothing may be queued behind the end
            if self._closed:
                raise RuntimeError("the store is closed")
            self._queue.put(job)
        return job.done

    def close(self) -> None:
        """Serve what is queued, then stop."""
        with self._closing:
            self._closed = True
            self._queue.put(None)
        self._thread.join()

    def _serve(self) -> None:
        stopping = False
        while not stopping:
            group, stopping = self._next_group()
            if group:
                self._commit(group)

    def _next_group(self) -> tuple[list[_Job], bool]:
        group: list[_Job] = []
        item = self._queue.get()
        while item is not None:
            group.append(item)
            if len(group) == LARGEST_GROUP or self._queue.empty():
                return group, False
            item = self._queue.get()
        return group, True

    def _commit(self, group: list[_Job]) -> None:
        group = [job for job in group if job.done.set_running_or_notify_cancel()]
        try:
            with self._engine.begin() as connection:
                outcomes = [_attempt(connection, job, alone=len(group) == 1) for job in group]
        except BaseException as problem:
            for job in group:
                job.done.set_exception(problem)
            return
        reached("commit.done")
        for job, outcome in zip(group, outcomes, strict=True):
            if isinstance(outcome, _Failed):
                job.done.set_exception(outcome.problem)
            else:
                job.done.set_result(outcome)


class _Failed(NamedTuple):
    problem: Exception


def _attempt(connection: Connection, job: _Job, *, alone: bool) -> Any:
    if alone:  # no savepoint: its failure is the transaction's
        return job.work(connection)
    try:
        with savepoint(connection):
            return job.work(connection)
    except Exception as problem:
        driver = connection.connection.dbapi_connection
        if not getattr(driver, "in_transaction", True):
            raise  # SQLite ends the whole transaction on a full disk; what follows would commit by itself
        return _Failed(problem)
