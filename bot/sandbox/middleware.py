"""What keeps the sandbox on this machine: local hosts only, its own page only, nothing cached."""

from collections.abc import Awaitable, Callable
from typing import Final
from urllib.parse import urlsplit

from aiohttp import web

from bot.sandbox.errors import SandboxError, refused

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
LOCAL: Final = frozenset({"localhost", "127.0.0.1", "::1"})
BOARD: Final = "/web"
"""Where the web board lies; who may do what there is the board's own business."""
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
    "connect-src 'self'; font-src 'self'; manifest-src 'self'; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse foreign hosts everywhere (DNS rebinding), foreign origins everywhere but at the Bot API."""
    api = request.path.startswith(("/bot", "/file/bot", f"{BOARD}/"))
    if urlsplit(f"//{request.host}").hostname not in LOCAL:
        return web.json_response(refused(403, "the sandbox serves this machine only").body(), status=403)
    if not api and not _own(request):
        foreign = SandboxError(403, "foreign_origin", "Only the sandbox's own page may do this.")
        return web.json_response(foreign.body(), status=403)
    return await handler(request)


def _own(request: web.Request) -> bool:
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.host


async def seal(request: web.Request, response: web.StreamResponse) -> None:
    """Put the protecting headers on every answer, streams included, before it leaves."""
    response.headers.update(HEADERS)


@web.middleware
async def explain(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn a refusal of the control surface into its JSON."""
    try:
        return await handler(request)
    except SandboxError as error:
        return web.json_response(error.body(), status=error.status)
    except web.HTTPRequestEntityTooLarge:
        large = SandboxError(413, "too_large", "The upload is larger than the sandbox takes (60 MB).")
        return web.json_response(large.body(), status=413)
