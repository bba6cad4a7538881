"""Deadlines as an iCalendar file (RFC 5545): all-day events, whose lasting ids let a second import move them.

Only what a push may say goes in: calendars are synchronised to strangers' servers.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from icalendar import Calendar, Event
from icalendar.enums import CLASS, TRANSP

MIME = "text/calendar"


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline: what it belongs to (`topic-17`), its name, its day, how often it was moved."""

    key: str
    name: str
    day: date
    version: int


def write(path: Path, due: Iterable[Due], college: str, title: str, now: datetime) -> None:
    """Write a new .ics file; ids are the same each time and in no other college."""
    place = sha256(college.encode()).hexdigest()[:12]
    calendar = Calendar.new(prodid="-//Lingti//Lingti//ZH", name=title, method="PUBLISH")
    for one in due:
        event = Event.new(
            uid=f"{one.key}@{place}.lingti",
            summary=one.name,
            start=one.day,
            end=one.day + timedelta(days=1),
            stamp=now,
            sequence=one.version,
            classification=CLASS.PRIVATE,
            transparency=TRANSP.TRANSPARENT,
        )
        calendar.add_component(event)
    path.write_bytes(calendar.to_ical())
