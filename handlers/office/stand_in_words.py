"""Reading who stands in for whom, and from when until when, out of one message."""

import re
from dataclasses import dataclass
from datetime import datetime, time
from functools import cache
from typing import Final

from handlers.asking import whom
from handlers.asking.questions import date_notes, end_of, read_date
from handlers.texts import LANGUAGES, catalogue
from handlers.turn import Turn
from services.administering import Act, may
from storage import people
from storage.people import Person
from workflow.errors import Invalid

_BLANKS: Final = re.compile(r"[\s,，:：]+")


@dataclass(frozen=True, slots=True)
class Term:
    """From the beginning of a day to the end of another; times are aware, UTC."""

    since: datetime
    until: datetime
    notes: tuple[str, ...]


def read_pair(turn: Turn, text: str) -> tuple[Person, Person | None, str]:
    """Principal, deputy if one is named, and what follows. Only the office names a principal.

    Raises NotFound for a name nobody has.
    """
    named: list[Person] = []
    rest = text.strip()
    while rest and len(named) < 2:
        word, *after = _BLANKS.split(rest, maxsplit=1)
        following = after[0] if after else ""
        if word in _linking():
            rest = following
            continue
        found = people.by_title(turn.tx, word.lstrip("@＠"))
        if len(found) != 1:
            break
        named.append(found[0])
        rest = following
    if not named and rest:
        whom.person(turn.tx, _BLANKS.split(rest)[0])
    for_another = len(named) == 2 or (len(named) == 1 and not rest and may(turn.actor, Act.STAND_IN))
    if for_another:
        return named[0], named[1] if len(named) == 2 else None, rest
    return turn.actor, named[0] if named else None, rest


def read_term(turn: Turn, text: str) -> Term | None:
    """Two dates with a word for "until" between them; None when the person was told what was wrong."""
    parts = [part.strip() for part in _between().split(text, maxsplit=1) if part.strip()]
    if len(parts) != 2:
        turn.tell("standing.two_dates", text=text[:40])
        return None
    first = read_date(turn, parts[0])
    last = read_date(turn, parts[1]) if first else None
    if first is None or last is None:
        return None
    since, until = turn.policy.calendar.at(first.day, first.clock or time()), end_of(turn, last)
    if until <= since:
        raise Invalid("absence_backwards", since=since, until=until)
    return Term(since, until, (*date_notes(turn, first), *date_notes(turn, last)))


@cache
def _linking() -> frozenset[str]:
    return frozenset(word for language in LANGUAGES for word in catalogue(language).words("standing.by"))


@cache
def _between() -> re.Pattern[str]:
    words = {word for language in LANGUAGES for word in catalogue(language).words("standing.until")}
    return re.compile("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)))
