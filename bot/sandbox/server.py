"""The sandbox as one web application: Bot API, control surface, page. The caller binds it to 127.0.0.1."""

from importlib.resources import files
from typing import Final

from aiohttp import web

from bot.sandbox.api import MAX_BODY, BotApi
from bot.sandbox.control import Control
from bot.sandbox.desk import Desk
from bot.sandbox.middleware import explain, guard, seal
from bot.sandbox.model import Telegram
from bot.sandbox.postman import Postman
from bot.sandbox.seats import Seats
from bot.sandbox.stream import Stream

PAGE: Final = files("bot.sandbox") / "page"
TYPES: Final = {
    "html": "text/html",
    "css": "text/css",
    "js": "text/javascript",
    "svg": "image/svg+xml",
    "png": "image/png",
    "json": "application/json",
    "webmanifest": "application/manifest+json",
}


def routes(telegram: Telegram, control: Control) -> web.Application:
    """Everything the sandbox serves."""
    app = web.Application(client_max_size=MAX_BODY, middlewares=[guard, explain])
    app.on_response_prepare.append(seal)
    for part in (BotApi(telegram), Seats(telegram, control), Desk(telegram, control), Stream(telegram)):
        part.add_to(app)
    app.cleanup_ctx.append(Postman(telegram).at_work)
    app.router.add_get("/", _index)
    app.router.add_get(r"/page/{name:[\w.-]*}", _page)
    app.router.add_get(r"/{name:[\w-]+\.\w+}", _page)
    return app


async def _index(request: web.Request) -> web.Response:
    return _file("index.html")


async def _page(request: web.Request) -> web.Response:
    return _file(request.match_info["name"] or "index.html")


def _file(name: str) -> web.Response:
    """A file of the page, by a name without any path in it."""
    kind, found = TYPES.get(name.rsplit(".", 1)[-1]), PAGE / name
    if kind is None or not found.is_file():
        raise web.HTTPNotFound
    charset = "utf-8" if kind != "image/png" else None
    return web.Response(body=found.read_bytes(), content_type=kind, charset=charset)
