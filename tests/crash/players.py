"""The load: people who set topics, claim them, report with a number of their own, and hand in files.

Each remembers what was asked of the bot, so that afterwards each thing can be looked for, once.
"""

import asyncio
import hashlib
import re
from collections import defaultdict, deque
from collections.abc import Iterator
from datetime import timedelta
from random import Random
from time import monotonic
from typing import Final, NamedTuple

from bot.clock import real_now
from bot.sandbox import acts
from bot.sandbox.cast import CAST
from bot.sandbox.params import Upload
from bot.sandbox.scenario import FIRST_ID
from bot.sandbox.shapes import BotId, ChatId, Message, Person, PersonId, Room
from handlers import texts
from tests.crash.house import Witness
from workflow.workdays import SHANGHAI, Calendar

WORD: Final = texts.catalogue("zh")
ISSUE, CLAIM, CANCEL = (WORD(f"buttons.{name}") for name in ("issue", "claim", "cancel"))
WHICH: Final = WORD("reports.which")
CHIEFS: Final = ("党委书记", "院长")
OWNERS: Final = {
    "外事副院长": "国际处",
    "后勤副院长": "后勤处",
    "科研副院长": "科研处",
    "教学副院长": "教务处",
}
NUMBER: Final = re.compile(r"\d{4}-\d{3,}")
PAUSE: Final = 0.03  # seconds between two acts
WAITING: Final = 12  # updates nobody has fetched: then people wait
MOST_ANSWERS: Final = 3
PATIENCE: Final = 3.0  # seconds until a preview that does not come, or a press without effect, is tried again


class Handed(NamedTuple):
    """A file that was handed in with a numbered report."""

    report: str
    sha256: str


class Question(NamedTuple):
    """A card that asks what a report belongs to; how often it was answered, and when last."""

    card: Message
    answers: int = 0
    answered: float = 0.0


class Players:
    """Everybody at once, in one Telegram.

    Chiefs only set topics: with a form open, a reply to a card whose sending is still in doubt would be taken
    as an answer to the form, and asked about.
    """

    def __init__(self, telegram: Witness, chance: Random) -> None:
        self.reports: list[str] = []
        self.files: list[Handed] = []
        self.issued: list[str] = []
        self.claimed: set[str] = set()
        self.resting = False
        self._telegram = telegram
        self._chance = chance
        self._heard = 0
        self._titles = 0
        self._cards: defaultdict[PersonId, deque[int]] = defaultdict(lambda: deque(maxlen=12))
        self._chiefs = {_person(title) for title in CHIEFS}
        self._offers: list[Message] = []
        self._writing: dict[PersonId, tuple[str, float]] = {}
        self._previews: dict[PersonId, Message] = {}
        self._asked: dict[PersonId, Question] = {}

    async def play(self) -> None:
        """Act until cancelled; while `resting`, only answer what the bot asks."""
        choices = (self._issue, self._claim, self._report, self._report, self._report, self._hand_in)
        while True:
            self._listen()
            self._say_which()
            if not self.resting and self._telegram.pending() < WAITING:
                self._chance.choice(choices)()
            await asyncio.sleep(PAUSE)

    @property
    def in_hand(self) -> bool:
        """Whether there are cards to reply to, in more than one chat."""
        self._listen()
        return len(self._cards) > 1

    @property
    def asked(self) -> bool:
        """Whether the bot still waits to hear what something belongs to."""
        self._listen()
        return bool(self._asked)

    def _listen(self) -> None:
        """Look at what has come since the last time."""
        for message in self._telegram.said[self._heard :]:
            person = PersonId(message.room.chat)
            if WHICH in message.text:
                self._asked[person] = Question(message)
            elif len(set(NUMBER.findall(message.text))) == 1 and person not in self._chiefs:
                self._cards[person].append(message.id)
            if message.button(CLAIM):
                self._offers.append(message)
            if message.button(ISSUE):
                self._previews[person] = message
        self._heard = len(self._telegram.said)

    def _issue(self) -> None:
        """A chief writes a topic in one message, and agrees to its preview."""
        chief = _person(self._chance.choice(CHIEFS))
        title, since = self._writing.get(chief, ("", 0.0))
        preview = self._previews.get(chief)
        if title and preview and title in preview.text:
            del self._writing[chief]
            if self._press(preview, ISSUE):
                self.issued.append(title)
        elif monotonic() - since > PATIENCE:
            self._write(chief)

    def _write(self, chief: PersonId) -> None:
        self._titles += 1
        title = f"整改事项T{self._titles:05}"
        owner, unit = self._chance.choice([*OWNERS.items()])
        self._writing[chief] = title, monotonic()
        self._say(chief, f"点题 {title} @{owner} 目标 形成闭环管理 牵头 {unit} {_deadline()}前")

    def _claim(self) -> None:
        """A leader claims a topic, once however often its card came."""
        if not self._offers:
            return
        offer = self._offers.pop(self._chance.randrange(len(self._offers)))
        number = NUMBER.findall(offer.text)[0]
        if number not in self.claimed and self._press(offer, CLAIM):
            self.claimed.add(number)

    def _report(self) -> None:
        """Somebody replies to a card they got."""
        for person, card in self._somebody():
            text = self._next_report()
            self._say(person, text, card)

    def _hand_in(self) -> None:
        """Somebody replies with a file."""
        for person, card in self._somebody():
            text = self._next_report()
            content = f"{text}的佐证".encode()
            self.files.append(Handed(text, hashlib.sha256(content).hexdigest()))
            paper = Upload("佐证.txt", content)
            acts.upload(self._telegram, self._known(person), self._room(person), [paper], text, reply_to=card)

    def _somebody(self) -> Iterator[tuple[PersonId, int]]:
        if self._cards:
            person = self._chance.choice(sorted(self._cards))
            yield person, self._chance.choice(self._cards[person])

    def _next_report(self) -> str:
        self.reports.append(f"办理情况R{len(self.reports):06}")
        return self.reports[-1]

    def _say_which(self) -> None:
        """Answer what a report belongs to, where the bot did not know the card it replied to.

        Not for ever: the question may have come twice, and been answered under its other copy.
        """
        for person, question in [*self._asked.items()]:
            now = self._telegram.rooms.find(question.card.room, question.card.id) or question.card
            labels = [button["text"] for row in now.rows() for button in row if button["text"] != CANCEL]
            if not labels or question.answers == MOST_ANSWERS:
                del self._asked[person]
            elif monotonic() - question.answered > PATIENCE:
                self._press(now, labels[0])
                self._asked[person] = Question(now, question.answers + 1, monotonic())

    def _press(self, message: Message, label: str) -> bool:
        """Press a button of a message as it is now; False when it is gone."""
        now = self._telegram.rooms.find(message.room, message.id)
        button = now.button(label) if now else None
        if now is None or button is None:
            return False
        acts.press(self._telegram, self._known(PersonId(message.room.chat)), now, dict(button))
        return True

    def _say(self, person: PersonId, text: str, reply_to: int | None = None) -> None:
        acts.say(self._telegram, self._known(person), self._room(person), text, reply_to)

    def _known(self, person: PersonId) -> Person:
        return self._telegram.registry.people[person]

    def _room(self, person: PersonId) -> Room:
        return Room(BotId(self._telegram.bot.id), ChatId(person))


def _person(title: str) -> PersonId:
    return PersonId(FIRST_ID + [seat.title for seat in CAST].index(title))


def _deadline() -> str:
    """A workday some weeks from now."""
    day = Calendar(tz=SHANGHAI).next_workday(real_now().astimezone(SHANGHAI).date() + timedelta(days=40))
    return f"{day.year}年{day.month}月{day.day}日"
