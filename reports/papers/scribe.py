"""How papers write: dates in full, titles instead of names, and sentences that end with their records."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Final

from reports.naming import Naming
from reports.words import Words
from services.policy import Policy
from storage.store import Tx
from workflow.topic import Topic

MOST_RECORDS: Final = 60
"""Numbers behind one sentence; what is beyond is counted, and stands in the ledger."""


class Scribe:
    """Writes one paper from one snapshot, in the words handed in."""

    def __init__(self, tx: Tx, policy: Policy, words: Words) -> None:
        self.tx, self.policy, self.words = tx, policy, words
        self.names = Naming(tx, words)
        self.between = words("common.listing")

    @property
    def today(self) -> str:
        """The day it is written."""
        return self.day(self.tx.now)

    def local(self, at: datetime) -> date:
        """The college's date of a moment."""
        return self.policy.calendar.day(at)

    def day(self, at: datetime | date | str | None) -> str:
        """A date in full, as 2026年6月30日; "" for none. A text is a date as facts hold it (ISO)."""
        if not at:
            return ""
        if isinstance(at, str):
            at = datetime.fromisoformat(at)
            at = at if at.tzinfo else at.date()
        day = self.local(at) if isinstance(at, datetime) else at
        return self.words("paper.date", year=day.year, month=day.month, day=day.day)

    def clock(self, at: str | None) -> str:
        """A moment of the facts (ISO) with its time of day."""
        if not at:
            return ""
        moment = datetime.fromisoformat(at)
        local = moment.astimezone(self.policy.calendar.tz) if moment.tzinfo else moment
        return f"{self.day(local.date())} {local:%H:%M}"

    def sentence(self, key: str, records: Iterable[str], **values: Any) -> str:
        """A sentence made from records, ending with their numbers."""
        return self.words(f"paper.{key}", **values) + self.words(
            "paper.records", numbers=self.numbers(records)
        )

    def numbers(self, records: Iterable[str]) -> str:
        """Record numbers, each once, in order."""
        known = sorted(set(records))
        shown = self.between.join(known[:MOST_RECORDS])
        left = len(known) - MOST_RECORDS
        return shown if left <= 0 else self.words("paper.and_more", numbers=shown, count=len(known))

    def matter(self, topic: Topic) -> str:
        """What a topic is about; of a confidential one a paper says the number alone."""
        return self.words("ledger.confidential") if topic.confidential else topic.title

    def called(self, topic: Topic) -> str:
        """A topic within a sentence: its title, or that it is not told."""
        key = "paper.untold" if topic.confidential else "paper.told"
        return self.words(key, title=topic.title, number=topic.number)

    def late(self, topic: Topic) -> int:
        """Workdays past its deadline, at least one once it is past."""
        if topic.deadline is None or not topic.overdue(self.tx.now):
            return 0
        return self.workdays_late(topic.deadline)

    def workdays_late(self, deadline: datetime) -> int:
        """Workdays since a deadline that has passed, at least one."""
        calendar = self.policy.calendar
        return max(1, calendar.workdays_between(calendar.day(deadline), calendar.day(self.tx.now)))
