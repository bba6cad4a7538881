"""What may be asked of the process from outside.

/healthz is for whoever is called at night, /readyz for whoever hands out work, /metrics for Prometheus.
"""

from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.gauges import families
from bot.listening import listen
from bot.metrics import CONTENT_TYPE, exposition
from bot.vitals import Counts, Vitals


async def serve(look: Callable[[], Awaitable[Vitals]], counts: Counts, host: str, port: int) -> web.AppRunner:
    """Answer from now on; the caller cleans the runner up. Raises Busy when the port is taken."""

    async def healthz(_request: web.Request) -> web.Response:
        vitals = await look()
        return web.json_response(vitals.body(), status=200 if vitals.well else 503)

    async def readyz(_request: web.Request) -> web.Response:
        vitals = await look()
        return web.json_response(vitals.body(), status=200 if vitals.ready else 503)

    async def metrics(_request: web.Request) -> web.Response:
        text = exposition(families(await look(), counts))
        return web.Response(body=text.encode(), headers={"Content-Type": CONTENT_TYPE})

    app = web.Application()
    app.router.add_get("/healthz", healthz)
    app.router.add_get("/readyz", readyz)
    app.router.add_get("/metrics", metrics)
    return await listen(app, host, port)
