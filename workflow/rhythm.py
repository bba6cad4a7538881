"""How often a recurring topic comes round: every year, half-year, quarter or month, on a day of a month."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final


class Every(StrEnum):
    """How often."""

    YEARLY = "yearly"
    HALF_YEARLY = "half_yearly"
    QUARTERLY = "quarterly"
    MONTHLY = "monthly"


MONTHS: Final = {Every.YEARLY: 12, Every.HALF_YEARLY: 6, Every.QUARTERLY: 3, Every.MONTHLY: 1}
"""How many months lie between two occurrences."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Every so often, counted from a month (1 to 12), on a day (1 to 31) of it.

    In a month that is too short its last day is meant.
    """

    every: Every
    month: int
    day: int

    def after(self, day: date) -> date:
        """The first occurrence strictly after a day, days off not yet considered."""
        step = MONTHS[self.every]
        first = 12 * day.year + day.month - 1
        first += (self.month - 1 - first) % step
        here = self._in_month(first)
        return here if here > day else self._in_month(first + step)

    def _in_month(self, months: int) -> date:
        year, month = divmod(months, 12)
        return date(year, month + 1, min(self.day, monthrange(year, month + 1)[1]))
