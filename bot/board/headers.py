"""What goes with every answer of the board: nothing is kept, embedded, sniffed or told to another site."""

from collections.abc import Awaitable, Callable
from typing import Final

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
POLICY: Final = (
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
)
SANDBOX: Final = "default-src 'none'; sandbox"
"""For files people handed in: should a browser show one all the same, it may do nothing."""
HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",
}


async def seal(request: web.Request, response: web.StreamResponse) -> None:
    """Put the protecting headers on an answer before it leaves; a file's own policy stays."""
    own = response.headers.get("Content-Security-Policy") == SANDBOX
    response.headers.update(HEADERS)
    if own:
        response.headers["Content-Security-Policy"] = SANDBOX


def foreign(request: web.Request) -> bool:
    """Whether another site makes the browser ask this."""
    return request.headers.get("Sec-Fetch-Site") in ("cross-site", "same-site")
