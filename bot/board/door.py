"""The way in and out.

Opening a link shows a door and uses nothing up: a robot that makes previews opens links, too. Pressing the
door's button does; the secret in the address says that the press is meant.
"""

from typing import Final

from aiohttp import web

from bot.board.visit import LANGUAGE, SESSION, YEAR, Visits
from handlers import texts
from services import web_links
from services.web_links import Fate
from storage.people import Person
from storage.store import Tx

STATUS: Final = {Fate.OPENS: 200, Fate.SPENT: 410, Fate.UNKNOWN: 403}
LONGEST: Final = 2_000  # characters of an address
LINK: Final = r"/enter/{secret:[\w-]{1,200}}"


class Door:
    """Lets in whoever has a link, and out again."""

    def __init__(self, visits: Visits) -> None:
        self._visits = visits

    def add_to(self, app: web.Application) -> None:
        """Put the routes into an application."""
        app.router.add_get(LINK, self._look)
        app.router.add_post(LINK, self._enter)
        app.router.add_post("/leave", self._leave)
        app.router.add_post("/language", self._language)

    async def _look(self, request: web.Request) -> web.StreamResponse:
        secret = request.match_info["secret"]
        session = request.cookies.get(SESSION, "")

        def looked(tx: Tx) -> tuple[Fate, Person | None]:
            return web_links.look(tx, secret), web_links.who(tx, session)

        fate, person = await self._visits.store.read(looked)
        now = person.title if person else ""
        return self._visits.outside(request, str(fate), STATUS[fate], inside=fate is Fate.SPENT, now=now)

    async def _enter(self, request: web.Request) -> web.StreamResponse:
        visits, secret, before = self._visits, request.match_info["secret"], request.cookies.get(SESSION, "")
        session = await visits.store.run(lambda tx: web_links.enter(tx, visits.policy, secret, before))
        if not session:
            return await self._look(request)
        answer = _to(f"{visits.root}/")
        visits.remember(answer, SESSION, session, int(visits.policy.web_session.total_seconds()))
        return answer

    async def _leave(self, request: web.Request) -> web.StreamResponse:
        session = request.cookies.get(SESSION, "")
        await self._visits.store.run(lambda tx: web_links.leave(tx, session))
        answer = self._visits.outside(request, "left", 200)
        self._visits.forget(answer)
        return answer

    async def _language(self, request: web.Request) -> web.StreamResponse:
        form = await request.post()
        answer = _to(f"{self._visits.root}{_own(str(form.get('back', '')))}")
        chosen = str(form.get("language", ""))
        if chosen in texts.LANGUAGES:
            self._visits.remember(answer, LANGUAGE, chosen, YEAR)
        return answer


def _own(back: str) -> str:
    """The page to come back to: a path of ours, whatever was asked for."""
    own = len(back) <= LONGEST and back.isascii() and back.isprintable() and "\\" not in back
    return back if own and back.startswith("/") and not back.startswith("//") else "/"


def _to(address: str) -> web.Response:
    return web.Response(status=303, headers={"Location": address})
