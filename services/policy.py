"""What the college has set, in the form the use cases need: settings without their file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from pathlib import Path
from typing import Final

from storage.people import Person
from workflow.ladder import Ladder
from workflow.roles import Role
from workflow.transitions import Event
from workflow.workdays import Calendar

TALKERS: Final[Mapping[str, str]] = {
    "chief": "",
    "leader": "chief",
    "discipline_secretary": "chief",
    "staff": "discipline_secretary",
}
"""Who may talk to whom by 干部管理权限 where a college sets nothing (art. 27)."""


@dataclass(frozen=True, slots=True)
class Category:
    """A kind of topic; `verifier` is a role, or `unit:<code>`."""

    code: str
    name: str
    verifier: str


@dataclass(frozen=True, slots=True)
class Policy:
    """Settings the rules and use cases read.

    `freeze_days`, `near_days` and whatever ends in `_workdays` are workdays.
    """

    college: str
    language: str
    calendar: Calendar
    named_dates: Mapping[str, date]
    ladder: Ladder
    categories: Mapping[str, Category]
    issuers: frozenset[str]
    aide_may_not: frozenset[Event]
    gate_words: tuple[str, ...]
    gate_exceptions: tuple[str, ...]
    claim_workdays: int = 2
    undo: timedelta = timedelta(minutes=10)
    vanish: timedelta = timedelta(minutes=5)
    longest_text: int = 2_000
    most_files: int = 20
    remind_at: time = time(9)
    digest_at: time = time(8, 30)
    cap: int = 8
    freeze_days: int = 3
    near_days: int = 5
    rest_days: int = 5
    outage: timedelta = timedelta(minutes=10)
    invitation: timedelta = timedelta(hours=72)
    guesses_per_hour: int = 5
    recheck_months: int = 3
    recheck_share: float = 1.0
    web: str = ""
    web_link: timedelta = timedelta(minutes=10)
    web_session: timedelta = timedelta(hours=8)
    cover_workdays: int = 1
    cover_standing: bool = False
    reply_workdays: int = 3
    admonishers: Mapping[str, str] = field(default_factory=lambda: dict(TALKERS))
    unheeded_steps: int = 3
    tolerance_pauses: bool = True
    trial: bool = field(default=True)
    short: str = ""
    """The word for the college in references; "": its name."""
    templates: Path | None = None
    """The folder of the office's own templates of papers; None: those that come with the house."""
    font: Path | None = None
    """A Chinese font for pictures, or the folder it lies in; None: the machine is searched."""
    kept: Callable[[str], Path] = Path
    """Where the file of a hash lies, for use cases that read what was handed in."""

    def may_issue(self, person: Person) -> bool:
        """Whether the college's profile lets this person 点题 (S1: the secretary; S2: both chiefs)."""
        return Role.CHIEF in person.roles and (not person.post or person.post in self.issuers)
