"""Where lives begin: a process that has read the libraries once, and forks.

Reading them is most of what a short life costs. Our own modules are read by each life anew, with its own
environment; what is forked is a process like any other, with its own memory, files and death.
"""

import asyncio
import gc
import importlib
import json
import os
import runpy
import select
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parents[2]
LIBRARIES: Final = (
    "aiohttp.web",
    "apscheduler.schedulers.asyncio",
    "chinese_calendar",
    "cryptography.hazmat.primitives.asymmetric.ed25519",
    "pydantic",
    "sqlalchemy.dialects.sqlite",
    "sqlalchemy.ext.compiler",
    "telegram.ext",
    "typer",
)


class Life:
    """A process of our program, until it ends."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self._ended: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    @property
    def returncode(self) -> int | None:
        """How it ended, as subprocess tells it; None while it lives."""
        return self._ended.result() if self._ended.done() else None

    async def wait(self) -> int:
        """How it ends."""
        return await asyncio.shield(self._ended)

    def kill(self) -> None:
        """SIGKILL, unless it has ended."""
        self._send(signal.SIGKILL)

    def terminate(self) -> None:
        """SIGTERM, unless it has ended."""
        self._send(signal.SIGTERM)

    def end(self, code: int) -> None:
        """It has ended."""
        self._ended.set_result(code)

    def _send(self, number: signal.Signals) -> None:
        if not self._ended.done():
            os.kill(self.pid, number)


class Nursery:
    """The harness's side: asks for lives, hears of their ends."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self._asked: list[asyncio.Future[Life]] = []
        self._lives: dict[int, Life] = {}

    async def born(
        self, command: tuple[str, ...], cwd: Path, log: Path, environment: Mapping[str, str]
    ) -> Life:
        """A process that runs a module with its arguments."""
        asked: asyncio.Future[Life] = asyncio.get_running_loop().create_future()
        self._asked.append(asked)
        wish = {"command": command, "cwd": f"{cwd}", "log": f"{log}", "environment": dict(environment)}
        assert self._process.stdin
        self._process.stdin.write(json.dumps(wish).encode() + b"\n")
        return await asked

    async def listen(self) -> None:
        """Hear what the other side says, until it ends."""
        assert self._process.stdout
        async for line in self._process.stdout:
            pid, code = json.loads(line)
            if code is None:
                self._lives[pid] = Life(pid)
                self._asked.pop(0).set_result(self._lives[pid])
            else:
                self._lives.pop(pid).end(code)


@asynccontextmanager
async def nursery() -> AsyncIterator[Nursery]:
    """A nursery for as long as the block lasts; who still lives then is killed with it."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.crash.nursery"), cwd=ROOT, stdin=PIPE, stdout=PIPE
    )
    side = Nursery(process)
    listening = asyncio.create_task(side.listen())
    try:
        yield side
    finally:
        assert process.stdin
        process.stdin.close()
        await process.wait()
        await listening


def main() -> None:
    """Fork a life for each line read; tell its pid, and later how it ended."""
    for name in LIBRARIES:
        importlib.import_module(name)
    gc.freeze()
    woken, waking = os.pipe()
    os.set_blocking(waking, False)
    signal.set_wakeup_fd(waking)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    living: set[int] = set()
    while True:
        ready, _, _ = select.select([sys.stdin, woken], [], [])
        if woken in ready:
            os.read(woken, 4096)
            _bury(living)
        if sys.stdin in ready:
            line = sys.stdin.readline()
            if not line:
                break
            living.add(_fork(json.loads(line)))
    for pid in living:
        os.kill(pid, signal.SIGKILL)


def _bury(living: set[int]) -> None:
    for pid in [*living]:
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            living.remove(pid)
            _tell(pid, os.waitstatus_to_exitcode(status))


def _fork(wish: Mapping[str, Any]) -> int:
    pid = os.fork()
    if pid:
        _tell(pid, None)
        return pid
    _live(wish)
    raise AssertionError("a life does not come back")


def _live(wish: Mapping[str, Any]) -> None:
    """Become what was wished for; never returns."""
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    log = os.open(wish["log"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for mine, theirs in ((nothing, 0), (log, 1), (log, 2)):
        os.dup2(mine, theirs)
    os.chdir(wish["cwd"])
    os.environ.clear()
    os.environ.update(wish["environment"])
    module, *arguments = wish["command"]
    sys.argv = [module, *arguments]
    try:
        runpy.run_module(module, run_name="__main__", alter_sys=True)
        code: Any = 0
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except BaseException:
        sys.excepthook(*sys.exc_info())
        code = 1
    sys.stderr.flush()
    sys.stdout.flush()
    os._exit(code)


def _tell(pid: int, code: int | None) -> None:
    print(json.dumps([pid, code]), flush=True)


if __name__ == "__main__":
    main()
