"""Who looks, in which language, at which page: what every answer of the board begins with."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final, TypeVar
from urllib.parse import urlsplit

from aiohttp import web

from handlers import texts
from handlers.pages import frame
from handlers.pages.frame import Place
from handlers.reader import Reader, reader
from services import accessing, web_links
from services.policy import Policy
from services.work import Said, Work
from storage.people import Person
from storage.store import Store, Tx
from workflow.topic import TopicId

T = TypeVar("T")
SESSION: Final = "lingti_session"
LANGUAGE: Final = "lingti_language"
YEAR: Final = 365 * 86_400  # seconds


class Out(Exception):
    """Nobody is in, or no more."""


class Visits:
    """Whoever comes to the board. `policy.web` is its public address."""

    def __init__(self, store: Store, policy: Policy) -> None:
        self.store = store
        self.policy = policy
        where = urlsplit(policy.web)
        self.root = where.path.rstrip("/")
        self._secure = where.scheme == "https"

    async def drawn(self, request: web.Request, look: Callable[[Reader, Place], T]) -> tuple[Person, T]:
        """What somebody who is in sees, of one snapshot. Raises Out, or what looking raised."""
        session, place = request.cookies.get(SESSION, ""), self.place(request)

        def query(tx: Tx) -> tuple[Person, T]:
            person = web_links.who(tx, session)
            if person is None:
                raise Out
            spoken = self.language(request) or person.language
            return person, look(reader(tx, self.policy, replace(person, language=spoken)), place)

        return await self.store.read(query)

    async def note(self, person: Person, topic_id: TopicId | None) -> None:
        """Note, before it is sent, that somebody sees the content of a confidential topic."""
        if topic_id is not None:
            await self.store.run(lambda tx: accessing.note(tx, person.id, topic_id))

    async def done(self, person: Person, act: Callable[[Work], None]) -> None:
        """Do something in somebody's name."""
        await self.store.run(lambda tx: act(Work(tx, self.policy, person, Said(tx.now))))

    def place(self, request: web.Request) -> Place:
        """Where the page stands that is asked for."""
        return Place(self.root, request.path.removeprefix(self.root), request.query)

    def language(self, request: web.Request) -> str:
        """The language chosen in this browser; "" where none was."""
        chosen = request.cookies.get(LANGUAGE, "")
        return chosen if chosen in texts.LANGUAGES else ""

    def outside(
        self, request: web.Request, what: str, status: int, *, inside: bool = False, now: str = ""
    ) -> web.Response:
        """The page outside: the door, or why it is shut. `now` is the title of whoever is in already."""
        say = texts.catalogue(self.language(request) or _preferred(request) or self.policy.language)
        hours = int(self.policy.web_session.total_seconds() // 3600)
        values = {"what": what, "hours": hours, "inside": inside and SESSION in request.cookies, "now": now}
        return html(frame.door(say, self.policy.college, self.place(request), **values), status)

    def remember(self, answer: web.Response, name: str, value: str, seconds: int) -> None:
        """Set a cookie that no script reads and no other site sends along with a form."""
        path, secure = self.root or "/", self._secure
        answer.set_cookie(
            name, value, max_age=seconds, path=path, httponly=True, secure=secure, samesite="Lax"
        )

    def forget(self, answer: web.Response) -> None:
        """Take the session's cookie back."""
        answer.del_cookie(SESSION, path=self.root or "/")


def _preferred(request: web.Request) -> str:
    """The first of our languages a browser asks for, whoever sits at it; "" where it asks for none."""
    wanted = (tag.strip()[:2].lower() for tag in request.headers.get("Accept-Language", "").split(","))
    return next((tag for tag in wanted if tag in texts.LANGUAGES), "")


def html(body: str, status: int = 200) -> web.Response:
    """A page as an answer."""
    return web.Response(text=body, status=status, content_type="text/html", charset="utf-8")
