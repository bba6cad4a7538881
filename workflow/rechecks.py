"""When a closed topic is looked at again (回头看), and which ones, where a college looks at a share of them.

The choice falls by the topic's id alone: nobody can steer it, and whoever asks again gets the same answer.
"""

import calendar
from datetime import date
from enum import StrEnum
from hashlib import sha256


class Result(StrEnum):
    """What a recheck finds."""

    FIRM = "firm"  # 巩固
    RELAPSE = "relapse"  # 反弹: the same topic goes on


def planned(closed: date, months: int) -> date:
    """The same day of the month so many months later, or the last day of a shorter one."""
    years, month = divmod(closed.month - 1 + months, 12)
    year = closed.year + years
    return date(year, month + 1, min(closed.day, calendar.monthrange(year, month + 1)[1]))


def picked(topic_id: int, share: float) -> bool:
    """Whether a topic is among the share (0 to 1) that is looked at again."""
    drawn = int.from_bytes(sha256(str(topic_id).encode()).digest()[:8]) / 2**64
    return drawn < share
