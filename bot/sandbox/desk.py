"""The rest of the control surface: state, clock, faults, groups, further bots, running events."""

import asyncio
from dataclasses import asdict

from aiohttp import web

from bot.sandbox import asked, groups, moments, views
from bot.sandbox.control import Control, settled
from bot.sandbox.errors import SandboxError
from bot.sandbox.model import Telegram
from bot.sandbox.sent import disposition
from bot.sandbox.shapes import ChatId, Group, Json


class Desk:
    """Handlers under /sandbox."""

    def __init__(self, telegram: Telegram, control: Control) -> None:
        self._telegram = telegram
        self._control = control
        self._moving = asyncio.Lock()

    def add_to(self, app: web.Application) -> None:
        """Put the routes into an application."""
        add = app.router
        add.add_get("/sandbox/state", self.state)
        add.add_get("/sandbox/commands", self.commands)
        add.add_get("/sandbox/events", self.events)
        add.add_get("/sandbox/files/{id}", self.file)
        add.add_post("/sandbox/clock", self.clock)
        add.add_post("/sandbox/settle", self.settle)
        add.add_get("/sandbox/faults", self.faults)
        add.add_post("/sandbox/faults", self.fault)
        add.add_delete("/sandbox/faults", self.heal)
        add.add_post("/sandbox/bots", self.bot)
        add.add_post("/sandbox/groups", self.group)
        add.add_post(r"/sandbox/groups/{id:-?\d+}/{act:bot|members|migrate}", self.change_group)

    async def state(self, request: web.Request) -> web.Response:
        """The clock, the seats and the groups at a glance."""
        bot = asked.bot_of(self._telegram, request.query.get("bot"))
        world = self._telegram.world
        people = [views.person(world, each, bot.id) for each in world.registry.people.values()]
        open_groups = [each for each in world.registry.groups.values() if not each.migrated_to]
        return web.json_response(
            {
                "sandbox": True,
                "now": self._now(),
                "running": self._control.running,
                "pending": self._telegram.pending(bot.id),
                "bot": {"id": bot.id, "username": bot.username},
                "people": people,
                "groups": [views.group(each, bot.id) for each in open_groups],
            }
        )

    def _now(self) -> str:
        return views.local(self._control.now())

    async def commands(self, request: web.Request) -> web.Response:
        """The menu a person sees, in their private chat or in `chat`."""
        person = self._telegram.registry.person(asked.whole("person", request.query.get("person")) or 0)
        bot = asked.bot_of(self._telegram, request.query.get("bot"))
        chat = asked.whole("chat", request.query.get("chat")) or person.id
        return web.json_response(self._telegram.menus.seen_by(bot.id, person, chat))

    async def events(self, request: web.Request) -> web.Response:
        """What the ladder did after number `after`."""
        after = asked.whole("after", request.query.get("after")) or 0
        return web.json_response([event(each) for each in self._control.events(after)])

    async def file(self, request: web.Request) -> web.Response:
        """A file of a chat, always as a download."""
        file = self._telegram.depot.find(request.match_info["id"])
        if file is None:
            raise SandboxError(404, "unknown_file", "There is no such file.")
        content = self._telegram.depot.content(file)
        return web.Response(body=content, content_type=file.mime, headers=disposition(file.name))

    async def clock(self, request: web.Request) -> web.Response:
        """Let time pass; answers when everything due on the way has been swept and delivered."""
        body = await asked.body_of(request)
        async with self._moving:
            to = moments.target(self._control.now(), body)
            with self._telegram.bell.collecting("message") as rung:
                await self._control.move(to)
        self._telegram.bell.ring("clock", {"now": self._now()})
        return web.json_response({"now": self._now(), "delivered": len(rung)})

    async def settle(self, request: web.Request) -> web.Response:
        """Wait until our bot has nothing left to do."""
        rested = await settled(self._telegram, self._control, self._telegram.bot.id)
        return web.json_response({"settled": rested, "now": self._now()})

    async def faults(self, request: web.Request) -> web.Response:
        """What is still to go wrong."""
        return web.json_response(self._telegram.faults.listed())

    async def fault(self, request: web.Request) -> web.Response:
        """Let the next calls of a method go wrong."""
        return web.json_response(asdict(self._telegram.faults.add(await asked.body_of(request))))

    async def heal(self, request: web.Request) -> web.Response:
        """Nothing more goes wrong."""
        self._telegram.faults.clear()
        return web.json_response([])

    async def bot(self, request: web.Request) -> web.Response:
        """One more bot, for a foreign client."""
        username = str((await asked.body_of(request)).get("username", ""))
        if not username.lower().endswith("bot") or not username.isidentifier() or len(username) > 32:
            raise SandboxError(
                400, "bad_username", "A bot's username has at most 32 letters, the last three bot."
            )
        bot = self._telegram.add_bot(username)
        return web.json_response({"id": bot.id, "username": bot.username, "token": bot.token})

    async def group(self, request: web.Request) -> web.Response:
        """A new group of people, our bot in it unless told otherwise."""
        body = await asked.body_of(request)
        people = [asked.whole("members", each) or 0 for each in body.get("members", [])]
        if not body.get("title") or not people:
            raise SandboxError(400, "bad_group", "A group needs a title and members.")
        group = self._telegram.add_group(str(body["title"]), people, with_bot=bool(body.get("bot_in", True)))
        return web.json_response(views.group(group, self._telegram.bot.id))

    async def change_group(self, request: web.Request) -> web.Response:
        """The bot comes or goes, a person comes, or the group becomes a supergroup."""
        group = self._telegram.registry.groups.get(ChatId(int(request.match_info["id"])))
        if group is None:
            raise SandboxError(404, "unknown_chat", "There is no such group.")
        body = await asked.body_of(request)
        bot = asked.bot_of(self._telegram, body.get("bot"))
        changed = self._changed(request.match_info["act"], group, body)
        return web.json_response(views.group(changed, bot.id))

    def _changed(self, act: str, group: Group, body: Json) -> Group:
        bot = asked.bot_of(self._telegram, body.get("bot"))
        by = asked.whole("by", body.get("by")) or next(iter(group.members), 0)
        if act == "migrate":
            return groups.migrate(self._telegram, group)
        if act == "members":
            return groups.invite(self._telegram, group, asked.whole("person", body.get("person")) or 0)
        move = groups.join if body.get("in", True) else groups.leave
        return move(self._telegram, group, bot, by)


def event(it: Json) -> Json:
    """One line of the running list, with the short names the page reads: `id`, `kind`, `text`."""
    return {"id": it.get("seq"), "kind": "ladder", "text": it.get("text_zh", "")} | it
