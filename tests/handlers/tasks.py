"""Daily tasks, each played from the card it starts from, with every press and message counted.

A task is told once, with what it may cost; `test_taps` plays them, and the guide's table is held to them.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tests.handlers.conversation import Conversation, Shown

Play = Callable[["Hand"], None]


@dataclass(slots=True)
class Hand:
    """Somebody's hand on the telephone: it presses and it writes, and is counted.

    A press is only possible on a card that stands in this person's chat.
    """

    college: Conversation
    folder: Path
    who: str = ""
    taps: int = 0
    messages: int = 0
    files: int = 0
    seen: list[Shown] = field(default_factory=list)

    def sits(self, who: str) -> "Hand":
        """From here on this person acts."""
        self.who = who
        return self

    def push(self, holding: str) -> Shown:
        """The newest notice that says so: where a task starts."""
        self.college.settle()
        found = reversed(self.college.pushed(self.who))
        return next(one for one in found if one.kind == "notice" and holding in one.text)

    def tap(self, label: str, on: Shown | None = None) -> str:
        """Press a button of a card, the last one that came if none is named; the toast."""
        self.taps += 1
        return self.college.press(self.who, label, on or self.last)

    def write(self, text: str, reply_to: Shown | None = None) -> Shown:
        """Send one message."""
        self.messages += 1
        return self.college.say(self.who, text, reply_to)

    @property
    def last(self) -> Shown:
        """The card that came, or was redrawn, last."""
        return self.college.last(self.who)

    @property
    def spent(self) -> tuple[int, int, int]:
        """Taps, messages, files."""
        return self.taps, self.messages, self.files


@dataclass(frozen=True, slots=True)
class Task:
    """One of WORDING's daily tasks: whose, what it may cost, and how it is played."""

    role: str
    name: str
    taps: int
    messages: int
    files: int
    play: Play

    @property
    def cost(self) -> str:
        """As the guide writes it: 1 文件 1 发 2 点; 0 for what comes by itself."""
        counted = ((self.files, "文件"), (self.messages, "发"), (self.taps, "点"))
        return " ".join(f"{count} {what}" for count, what in counted if count) or "0"


TASKS: Final[list[Task]] = []


def task(role: str, name: str, *, taps: int = 0, messages: int = 0, files: int = 0) -> Callable[[Play], Play]:
    """Tell a task and what it may cost."""

    def register(play: Play) -> Play:
        TASKS.append(Task(role, name, taps, messages, files, play))
        return play

    return register
