"""The people of the year: each looks at the cards of a chat, presses what they allow, answers what is asked.

Chance is seeded. Nobody reads our database: what a person knows is what the chat shows.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Final

from bot.sandbox import acts
from bot.sandbox.model import Telegram
from bot.sandbox.shapes import Message, Person
from bot.sandbox.world import private
from handlers.texts import catalogue
from workflow.workdays import Calendar

SAY: Final = catalogue("zh")
AT_HAND: Final = 60  # cards a person still looks at
MOST: Final = 3  # things a person begins in a day
REPLY: Final = "report"


@dataclass(frozen=True, slots=True)
class Step:
    """What comes next: a press on the newest card that has the button, or something said."""

    button: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Habit:
    """How likely a button is pressed on a day, and what follows. `{soon}`, `{later}` are dates ahead."""

    chance: float
    then: tuple[Step, ...] = ()


HABITS: Final = {
    "claim": Habit(0.5),
    "decompose": Habit(0.06, (Step(text="修订管理办法并公布；{unit}；{soon}前"), Step("assign"))),
    "receive": Habit(0.5),
    "report": Habit(0.02),
    "report_done": Habit(0.08, (Step(text="办法已印发，台账已建"),)),
    "confirm_done": Habit(0.6),
    "submit": Habit(0.12, (Step("submit"),)),
    "close": Habit(0.4, (Step("close_now"),)),
    "return": Habit(0.06, (Step(text="缺少培训佐证\n{soon}前"), Step("return"))),
    "ask_extension": Habit(0.02, (Step(text="{later} 招标流程较长"),)),
    "grant": Habit(0.6),
    "acknowledge": Habit(0.4),
}
_NAMES: Final = {SAY(f"buttons.{name}"): name for name in HABITS}


@dataclass(slots=True)
class Player:
    """One person in front of one chat."""

    telegram: Telegram
    person: Person
    chance: Random
    unit: str
    todo: list[Step] = field(default_factory=list)
    _begun: int = 0
    _considered: set[tuple[int, str]] = field(default_factory=set)
    _done: set[tuple[int, str]] = field(default_factory=set)

    def wake(self, *todo: Step) -> None:
        """A new day, perhaps with something to do."""
        self._begun = 0
        self._considered.clear()
        self.todo = [*todo]

    def act(self, today: date) -> bool:
        """Do one thing; False when there is nothing to be done."""
        if self.todo:
            self._follow(self.todo.pop(0), today)
            return True
        if self._begun == MOST:
            return False
        for message, label, habit in self._tempting():
            self._begun += 1
            self._done.add((message.id, label))
            self._begin(message, label, habit)
            return True
        return False

    def _tempting(self) -> Iterator[tuple[Message, str, Habit]]:
        """Buttons not yet thought about today that chance would have pressed."""
        for message in self._cards():
            for row in message.rows():
                for button in row:
                    label = button["text"]
                    key = (message.id, label)
                    if label not in _NAMES or key in self._considered or key in self._done:
                        continue
                    self._considered.add(key)
                    habit = HABITS[_NAMES[label]]
                    if self.chance.random() < habit.chance:
                        yield message, label, habit

    def _begin(self, message: Message, label: str, habit: Habit) -> None:
        if _NAMES[label] == REPLY:
            percent = self.chance.randrange(10, 100, 10)
            acts.say(self.telegram, self.person, message.room, f"已完成阶段工作 {percent}%", message.id)
            return
        acts.press(self.telegram, self.person, message, acts.labelled(message, label))
        self.todo = [*habit.then]

    def _follow(self, step: Step, today: date) -> None:
        if step.text:
            room = private(self.telegram.bot.id, self.person.id)
            acts.say(self.telegram, self.person, room, self._filled(step.text, today))
            return
        label = SAY(f"buttons.{step.button}")
        for message in self._cards():
            if message.button(label):
                acts.press(self.telegram, self.person, message, acts.labelled(message, label))
                return
        self.todo.clear()

    def _cards(self) -> list[Message]:
        """The newest cards with buttons, newest first."""
        said = self.telegram.rooms.since(private(self.telegram.bot.id, self.person.id))
        return [message for message in reversed([*said]) if message.markup][:AT_HAND]

    def _filled(self, text: str, today: date) -> str:
        ahead = (self.chance.randint(7, 20), self.chance.randint(40, 70))
        soon, later = (spelled(Calendar().workday_on_or_after(today + timedelta(days))) for days in ahead)
        return text.format(unit=self.unit, soon=soon, later=later)


def spelled(day: date) -> str:
    """A date as people type it, the year with it."""
    return f"{day.year}年{day.month}月{day.day}日"
