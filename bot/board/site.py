"""The board's routes: a page is drawn from a snapshot, for whoever the session belongs to, and sent.

What it shows of a confidential topic is noted in the trail before it leaves. What is not one's own is as if
it did not exist.
"""

import logging
from collections.abc import Callable
from typing import Final

from aiohttp import web
from aiohttp.typedefs import Middleware

from bot.board.door import Door
from bot.board.handing import Handing
from bot.board.headers import Handler, foreign, seal
from bot.board.visit import Out, Visits, html
from bot.listening import listen
from handlers.pages import frame
from handlers.pages.frame import Page, Place
from handlers.pages.ledger import ledger
from handlers.pages.meeting import meeting, meetings
from handlers.pages.mine import mine
from handlers.pages.overview import overview
from handlers.pages.topic import topic_page
from handlers.reader import Reader
from services.policy import Policy
from storage.store import Store
from workflow.errors import WorkflowError

log = logging.getLogger(__name__)

NUMBER: Final = r"{number:[\w-]{1,24}}"
Drawing = Callable[[Reader, Place], Page]


async def serve(store: Store, policy: Policy, host: str, port: int) -> web.AppRunner:
    """Answer from now on; the caller cleans the runner up. Raises Busy when the port is taken."""
    return await listen(mounted(store, policy), host, port)


def mounted(store: Store, policy: Policy) -> web.Application:
    """The board under the path of its address."""
    visits = Visits(store, policy)
    if not visits.root:
        return board(visits)
    outside = web.Application()
    mount(outside, visits)
    return outside


def mount(app: web.Application, visits: Visits) -> None:
    """Put the board into another application, under the path of its address."""

    async def inward(_request: web.Request) -> web.StreamResponse:
        raise web.HTTPFound(f"{visits.root}/")

    app.router.add_get(visits.root, inward)
    app.add_subapp(visits.root, board(visits))


def board(visits: Visits) -> web.Application:
    """The board, its paths beginning at "/"."""
    app = web.Application(middlewares=[_plainly(visits)])
    app.on_response_prepare.append(seal)
    for part in (Door(visits), Handing(visits)):
        part.add_to(app)
    app.router.add_get(r"/assets/{name:[\w.-]+}", _asset)
    for path, drawing in (("/", overview), ("/ledger", ledger), ("/meetings", meetings), ("/mine", mine)):
        app.router.add_get(path, _page(visits, drawing))
    for path, of_number in (("/topics", topic_page), ("/meetings", meeting)):
        app.router.add_get(f"{path}/{NUMBER}", _numbered(visits, of_number))
    return app


def _page(visits: Visits, drawing: Drawing) -> Handler:
    async def answer(request: web.Request) -> web.StreamResponse:
        person, page = await visits.drawn(request, drawing)
        await visits.note(person, page.seen)
        return html(page.body)

    return answer


def _numbered(visits: Visits, drawing: Callable[[Reader, Place, str], Page]) -> Handler:
    async def answer(request: web.Request) -> web.StreamResponse:
        number = request.match_info["number"]
        return await _page(visits, lambda eyes, place: drawing(eyes, place, number))(request)

    return answer


async def _asset(request: web.Request) -> web.StreamResponse:
    name = request.match_info["name"]
    if name not in frame.ASSETS:
        raise web.HTTPNotFound
    return web.Response(body=frame.asset(name), content_type=frame.ASSETS[name], charset="utf-8")


def _plainly(visits: Visits) -> Middleware:
    """Whatever goes wrong is a plain page that tells what to do and nothing else."""

    @web.middleware
    async def plainly(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            if request.method == "POST" and foreign(request):
                return visits.outside(request, "foreign", 403)
            return await handler(request)
        except Out:
            return visits.outside(request, "out", 403)
        except (WorkflowError, web.HTTPNotFound, web.HTTPMethodNotAllowed):
            return visits.outside(request, "lost", 404, inside=True)
        except web.HTTPException:
            raise
        except Exception:
            log.exception("a page could not be drawn")
            return visits.outside(request, "broken", 500)

    return plainly
