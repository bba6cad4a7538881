"""A story played by the sandbox itself: who says or presses what, and when, all through the real chats.

Nothing here reaches past the Telegram a person would hold: a step that finds no such card or button stumbles,
and so does one whose answer is not the expected one. How far a story has come is remembered, so that a
sandbox stopped in its middle goes on there.
"""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final

from bot.sandbox import acts
from bot.sandbox.errors import SandboxError
from bot.sandbox.model import Telegram
from bot.sandbox.params import Upload
from bot.sandbox.play import Play
from bot.sandbox.shapes import Message, Person, Room
from bot.sandbox.world import private
from storage import facts
from storage.store import Store, Tx
from workflow.workdays import SHANGHAI

TOLD: Final = "scenario.scene"
AT_HAND: Final = 40
"""Messages somebody still scrolls up to."""
PATIENCE: Final = 30.0  # seconds for an answer to a press


@dataclass(frozen=True, slots=True)
class Step:
    """One act. `on`: words of the card meant, the newest that has them; `expects`: words of what comes back.

    With `text` and `on` it is a reply; with `file` the text is the caption.
    """

    who: str
    text: str = ""
    press: str = ""
    on: str = ""
    file: Callable[[], Upload] | None = None
    expects: str = ""


@dataclass(frozen=True, slots=True)
class Scene:
    """What happens at a moment (local, ISO), under a title for whoever watches."""

    at: str
    title: str
    steps: tuple[Step, ...]

    @property
    def moment(self) -> datetime:
        """When, aware."""
        return datetime.fromisoformat(self.at).replace(tzinfo=SHANGHAI)


class Stumble(Exception):
    """A step that could not be taken, or was not answered as expected."""

    def __init__(self, scene: Scene, step: Step, problem: str) -> None:
        super().__init__(f"{scene.at} {scene.title}: {step.who} {step.press or step.text!r}: {problem}")


def says(who: str, text: str, expects: str = "") -> Step:
    """Somebody writes."""
    return Step(who, text, expects=expects)


def presses(who: str, label: str, on: str = "", expects: str = "") -> Step:
    """Somebody presses the newest button of this label, on a card with these words if any are given."""
    return Step(who, press=label, on=on, expects=expects)


def replies(who: str, on: str, text: str, expects: str = "") -> Step:
    """Somebody replies to the newest card with these words."""
    return Step(who, text, on=on, expects=expects)


def sends(who: str, file: Callable[[], Upload], caption: str = "", on: str = "", expects: str = "") -> Step:
    """Somebody sends a file, made when it is wanted; as a reply where `on` names a card."""
    return Step(who, caption, on=on, file=file, expects=expects)


def _told(tx: Tx) -> tuple[int, int]:
    """How many scenes have been played, and how many steps of the one after them."""
    kept = facts.get(tx, TOLD)
    scene, _, step = kept.value.partition(".") if kept else ("0", "", "0")
    return int(scene), int(step)


class Narrator:
    """Plays scenes, one after the other."""

    def __init__(self, telegram: Telegram, play: Play, store: Store) -> None:
        self._telegram = telegram
        self._play = play
        self._store = store
        self._people = {person.title: person for person in telegram.registry.people.values()}

    async def tell(
        self, scenes: Sequence[Scene], heard: Callable[[int, Scene], None] = lambda no, scene: None
    ) -> None:
        """Play what has not been played yet; `heard` is told of each scene as it begins. Raises Stumble."""
        begun, steps = await self._store.read(_told)
        for no, scene in enumerate(scenes[begun:], begun):
            heard(no, scene)
            if scene.moment > self._play.now():
                await self._play.move(scene.moment)
            for place, step in enumerate(scene.steps[steps:], steps + 1):
                await self._take(scene, step)
                await self._remember(f"{no}.{place}")
            await self._remember(f"{no + 1}.0")
            steps = 0

    async def _remember(self, told: str) -> None:
        await self._store.run(partial(facts.put, name=TOLD, value=told))

    async def _take(self, scene: Scene, step: Step) -> None:
        try:
            before = self._read(step.who)
            refused = await self._do(step)
            await self._heard()
        except (SandboxError, TimeoutError) as problem:
            raise Stumble(scene, step, str(problem) or "nobody answered") from problem
        if refused:
            raise Stumble(scene, step, refused)
        came = [text for no, text in self._read(step.who).items() if before.get(no) != text]
        if step.expects and not any(step.expects in text for text in came):
            raise Stumble(scene, step, f"expected {step.expects!r}, got {came}")

    async def _heard(self) -> None:
        """Return when what was done has been fetched by the bot, and answered. Raises TimeoutError."""
        waiting = self._telegram.mail(self._telegram.bot.id)
        await asyncio.wait_for(waiting.until(empty=True), PATIENCE)
        await self._play.settle()

    async def _do(self, step: Step) -> str:
        """Take a step; what a press was refused with, in an alert, or ""."""
        if step.press:
            return await self._pressed(step)
        person, room = self._person(step.who), self._room(step.who)
        reply = self._card(step).id if step.on else None
        if step.file is None:
            acts.say(self._telegram, person, room, step.text, reply)
        else:
            acts.upload(self._telegram, person, room, [step.file()], step.text, reply_to=reply)
        return ""

    async def _pressed(self, step: Step) -> str:
        message = self._card(step, step.press)
        pressed = acts.press(
            self._telegram, self._person(step.who), message, acts.labelled(message, step.press)
        )
        answer = await self._telegram.presses.answered(pressed, PATIENCE) if pressed else None
        return (answer.text or "") if answer and answer.alert else ""

    def _card(self, step: Step, label: str = "") -> Message:
        for message in self._recent(step.who):
            if message.sender != self._telegram.bot.id or step.on not in message.text:
                continue
            if not label or message.button(label):
                return message
        raise SandboxError(404, "no_such_card", f"no card with {step.on!r} {label!r}")

    def _read(self, who: str) -> dict[int, str]:
        """What the bot has said to somebody, as it stands there now."""
        mine = self._telegram.bot.id
        return {message.id: message.text for message in self._recent(who) if message.sender == mine}

    def _recent(self, who: str, most: int = AT_HAND) -> Iterator[Message]:
        found = list(self._telegram.rooms.since(self._room(who)))
        return reversed(found[-most:])

    def _person(self, who: str) -> Person:
        if who not in self._people:
            raise SandboxError(404, "unknown_person", f"nobody is called {who!r}")
        return self._people[who]

    def _room(self, who: str) -> Room:
        return private(self._telegram.bot.id, self._person(who).id)
