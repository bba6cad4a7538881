"""Dates as people read them: in their language, in the college's zone, never as a bare number."""

from dataclasses import dataclass
from datetime import date, datetime

from handlers.texts import Catalogue
from workflow.dates import spell, spell_en, spell_short, spell_short_en
from workflow.workdays import Calendar


@dataclass(frozen=True, slots=True)
class Dates:
    """Spells dates for one reader at one moment."""

    say: Catalogue
    calendar: Calendar
    now: datetime

    @property
    def today(self) -> date:
        """The college's date."""
        return self.calendar.day(self.now)

    def full(self, at: datetime) -> str:
        """With year and weekday, as an echo that leaves no doubt."""
        return (spell_en if self.say.language == "en" else spell)(self.calendar.day(at))

    def short(self, at: datetime) -> str:
        """Day and month; the year only when it is another one."""
        short = spell_short_en if self.say.language == "en" else spell_short
        return short(self.calendar.day(at), self.today)

    def clock(self, at: datetime) -> str:
        """Day, month and time of day."""
        return f"{self.short(at)} {at.astimezone(self.calendar.tz):%H:%M}"

    def workdays_left(self, at: datetime) -> int:
        """Workdays from today to the day of `at`; negative when it is past."""
        return self.calendar.workdays_between(self.today, self.calendar.day(at))
