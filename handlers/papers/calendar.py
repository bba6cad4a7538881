"""One's deadlines as an iCalendar file, as they stand when it is made."""

from collections.abc import Sequence
from pathlib import Path

from handlers.cards import Card
from handlers.looking.calendar_file import deadlines
from handlers.printing import Paper, handed_over
from handlers.reader import Reader
from reports import ics


def draw(reader: Reader, args: Sequence[str], folder: Path) -> Paper:
    """The file, with how many days it holds; a line instead when there are none by now."""
    found = deadlines(reader)
    if not found:
        return Paper(Card(lines=(reader.say("calendar.empty"),)), {})
    day = reader.policy.calendar.day
    due = [ics.Due(one.key, one.name, day(one.at), one.moved) for one in found]
    path = folder / "deadlines.ics"
    title = reader.say("calendar.title", college=reader.policy.college)
    ics.write(path, due, reader.policy.college, title, reader.tx.now)
    name = reader.say("calendar.file", today=reader.dates.today.isoformat())
    card = Card(lines=(reader.say("calendar.done", count=len(due)),))
    return handed_over(card, path, name, ics.MIME)
