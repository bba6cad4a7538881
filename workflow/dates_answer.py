"""What reading a date can yield: a day with its doubts, or a problem. Codes and data, no wording."""

from dataclasses import dataclass
from datetime import date, time
from enum import Enum


class DateNote(Enum):
    """A doubt the dialogue should put to the person before the date counts."""

    PAST = "past"
    """It lies before now."""
    DAY_OFF = "day_off"
    """It falls on a day off."""
    ROLLED = "rolled"
    """Read literally it has passed, so the next year, month or week was assumed."""
    AMBIGUOUS = "ambiguous"
    """The words allow another reading."""


class DateFault(Enum):
    """Why there is no date."""

    IMPOSSIBLE = "impossible"
    """No such day or hour, such as 2月30日 or 25点."""
    NOT_UNDERSTOOD = "not_understood"
    """Not a phrase this grammar knows."""
    HOLIDAY_UNKNOWN = "holiday_unknown"
    """Its days off are not published yet."""


class DateProblem(Exception):
    """`text`, the phrase as written, is no usable date, for the reason in `code`."""

    def __init__(self, code: DateFault, text: str) -> None:
        super().__init__(code.value, text)
        self.code = code
        self.text = text


@dataclass(frozen=True, slots=True)
class When:
    """A local day, and the local time if one was said; a deadline without one lasts to the end of its day.

    `provisional` says that workdays were counted into a year whose days off are unknown.
    """

    day: date
    clock: time | None = None
    provisional: bool = False
    notes: tuple[DateNote, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """A date phrase within a longer text: `text[start:end]`."""

    when: When
    start: int
    end: int
