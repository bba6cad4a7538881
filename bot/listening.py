"""Listening on a port of this machine, and saying plainly which one is taken."""

import errno
from typing import Final

from aiohttp import web

CLOSING: Final = 10.0  # seconds whoever is being answered has until we close


class Busy(OSError):
    """Somebody else listens on this port."""

    def __init__(self, port: int) -> None:
        super().__init__(errno.EADDRINUSE, f"port {port} is taken")
        self.port = port


async def listen(app: web.Application, host: str, port: int) -> web.AppRunner:
    """Serve an application from now on; the caller cleans the runner up. Raises Busy."""
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=CLOSING)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError as problem:
        await runner.cleanup()
        if problem.errno != errno.EADDRINUSE:
            raise
        raise Busy(port) from None
    return runner
