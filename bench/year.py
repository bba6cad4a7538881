"""`year`: a college lives a year in the sandbox, through the whole stack; nothing owed is missed or doubled.

The real App speaks through the real Telegram messenger, over HTTP, to the strict local server; the clock
visits every instant at which something falls due. People press and reply as their cards allow.
"""

from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from time import perf_counter, process_time
from typing import Final

from bench.measure import Report
from bench.year_audit import judge, overlooked
from bench.year_cast import charges, gather
from bench.year_people import Player, Step, spelled
from bot.sandbox.control import settled
from bot.sandbox.run import Opened, Wish, sandbox
from bot.settings import load
from bot.talk import HANDLERS
from storage import topics as ledger
from storage.store import Tx
from workflow.topic import TopicState
from workflow.workdays import SHANGHAI, Calendar

FIRST: Final = date(2026, 1, 5)
SECRETARY: Final = "党委书记"
TURNS: Final = 16  # things one person can do on a day, answers counted
PATIENCE: Final = 120.0  # seconds
SEED: Final = 2026


async def run(folder: Path, *, topics: int = 500, people: int = 60, days: int = 360) -> Report:
    """A year of `days` in which `people` work on `topics`."""
    wish = Wish(folder, _at(FIRST, 8), 0, "empty")
    async with sandbox(load(None, {}), wish, HANDLERS) as it:
        await gather(it, people)
        year = Year(it, topics, days)
        began, worked = perf_counter(), process_time()
        await year.live()
        seconds = perf_counter() - began - year.audited
        return _told(it, year, seconds, process_time() - worked)


class Year:
    """What happens on each workday."""

    def __init__(self, it: Opened, topics: int, days: int) -> None:
        self._it = it
        self._left = topics
        self._days = [
            FIRST + timedelta(day) for day in range(days) if Calendar().is_workday(FIRST + timedelta(day))
        ]
        self._chance = Random(SEED)
        self._units = it.app.store.read_now(charges)
        heads = it.telegram.registry.people
        self._players = [
            Player(it.telegram, person, Random(SEED + person.id), self._unit_of(person.title))
            for person in heads.values()
        ]
        self.overlooked = 0
        self.audited = 0.0
        self.acts = 0

    async def live(self) -> None:
        """Let the year pass, and two days more for what is still owed."""
        for place, day in enumerate(self._days):
            await self._it.play.move(_at(day, 10))
            self._look()
            await self._work(day, self._new_topics(len(self._days) - place, day))
        for after in range(1, 5):
            await self._it.play.move(_at(self._days[-1] + timedelta(after), 12))
        self._look()

    async def _work(self, day: date, issued: list[Step]) -> None:
        for player in self._players:
            player.wake(*(issued if player.person.title == SECRETARY else ()))
        for _ in range(TURNS):
            acted = sum([player.act(day) for player in self._players])
            if not acted:
                return
            self.acts += acted
            if not await settled(self._it.telegram, self._it.play, self._it.telegram.bot.id, PATIENCE):
                raise TimeoutError("the bot does not come to rest")

    def _new_topics(self, days_left: int, day: date) -> list[Step]:
        """This day's share of the topics still to be issued."""
        share = -(-self._left // days_left)
        steps: list[Step] = []
        for number in range(self._left, self._left - share, -1):
            leader, unit = self._chance.choice(self._units)
            until = spelled(Calendar().workday_on_or_after(day + timedelta(self._chance.randint(14, 60))))
            said = f"点题 完善{unit}第{number}项内控制度 @{leader} 目标 制度健全 牵头 {unit} {until}前"
            steps += [Step(text=said), Step("confirm")]
        self._left -= share
        return steps

    def _unit_of(self, title: str) -> str:
        own = [unit for leader, unit in self._units if leader == title]
        return own[0] if own else self._units[0][1]

    def _look(self) -> None:
        """Look for anything overlooked; the time this takes is not the year's."""
        began = perf_counter()
        self.overlooked += self._it.app.store.read_now(lambda tx: overlooked(tx, self._it.app.policy))
        self.audited += perf_counter() - began


def _told(it: Opened, year: Year, seconds: float, worked: float) -> Report:
    verdict = judge(it, year.overlooked)
    closed, extended = it.app.store.read_now(_outcome)
    report = Report(f"year: {year.acts} presses and messages; {closed} topics closed, {extended} extended")
    report.add("the whole year", f"{seconds:.0f} s", "year_seconds", seconds, "<= 120 s")
    report.add("  processor time, both sides of the wire", f"{worked:.0f} s")
    report.add(
        f"of {verdict.owed} reminders and escalations, missed",
        f"{verdict.missed}",
        "year_missed",
        verdict.missed,
        "0",
    )
    report.add("  called off in time by an act", f"{verdict.called_off}")
    report.add("messages twice", f"{verdict.double}", "year_double", verdict.double, "0")
    return report


def _outcome(tx: Tx) -> tuple[int, int]:
    """How many topics were closed by the end, and how many had their deadline moved."""
    known = ledger.find(tx)
    closed = sum(topic.state is TopicState.CLOSED for topic in known)
    return closed, sum(topic.extensions > 0 for topic in known)


def _at(day: date, hour: int) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=SHANGHAI)
