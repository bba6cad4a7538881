"""What a person may set for oneself: when the digest comes, in which language, and when to be left alone."""

import re
import unicodedata
from datetime import time
from typing import Any, Final

from services import menus
from services.administering import note
from services.pushing import next_digest
from services.work import Work
from storage import people, people_changes
from storage.people import Person
from workflow.errors import Invalid

LANGUAGES: Final = ("", "zh", "en")
"""The empty one is the college's."""
_CLOCK: Final = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")


def set_digest(work: Work, clock: str) -> Person:
    """The local time of the morning's digest, such as "8:30"; "" for the college's."""
    at = read_clock(clock)
    if at and _within(at, work.actor.quiet_from, work.actor.quiet_to):
        raise Invalid("digest_in_quiet_hours", clock=at)
    return _set(work, {"digest_at": at})


def set_language(work: Work, language: str) -> Person:
    """zh, en, or "" for the college's."""
    if language not in LANGUAGES:
        raise Invalid("language_unknown", language=language, known=LANGUAGES[1:])
    return _set(work, {"language": language})


def set_quiet_hours(work: Work, since: str, until: str) -> Person:
    """Hours of one's own in which nothing comes, "20:00" to "7:30" for instance; two "" for none."""
    first, last = read_clock(since), read_clock(until)
    if bool(first) != bool(last) or (first and first == last):
        raise Invalid("quiet_hours_incomplete")
    if _within(work.actor.digest_at or f"{work.policy.digest_at:%H:%M}", first, last):
        raise Invalid("digest_in_quiet_hours", clock=work.actor.digest_at)
    return _set(work, {"quiet_from": first, "quiet_to": last})


def read_clock(text: str) -> str:
    """A time of day as it is kept, HH:MM; "" stays "". Raises Invalid."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if not plain:
        return ""
    found = _CLOCK.fullmatch(plain)
    if found is None:
        raise Invalid("clock_not_understood", text=text)
    return f"{int(found[1]):02}:{found[2]}"


def _within(clock: str, since: str, until: str) -> bool:
    if not (since and until):
        return False
    at, first, last = (time.fromisoformat(part) for part in (clock, since, until))
    return first <= at < last if first <= last else at >= first or at < last


def _set(work: Work, values: dict[str, Any]) -> Person:
    people_changes.set_person(work.tx, work.actor.id, values)
    note(work, "preferences", {"person": work.actor.id, "set": values})
    changed = people.get(work.tx, work.actor.id)
    if "language" in values:
        menus.owe(work.tx, changed.id)
    if "digest_at" in values and changed.next_digest_at is not None:
        people.schedule_digest(work.tx, changed.id, next_digest(work.policy, changed, work.now))
    return people.get(work.tx, changed.id)
