"""A batch before it is written: what it would bring, or what is wrong with it, cell by cell."""

from datetime import datetime, time

from handlers import names
from handlers.asking.previewing import lines_of
from handlers.batches.draft import Handed, source_word
from handlers.cards import Card
from handlers.office.importing_words import MOST, Preview, lines
from handlers.turn import Turn
from services.affairs.batches import Came
from services.affairs.batches_reading import BatchSheet
from workflow.roles import PersonId


def shown(turn: Turn, one: Handed, sheet: BatchSheet, came: Came) -> Card:
    """The preview."""
    say = turn.say
    title = say(
        "batches.preview", source=source_word(turn, one.source), title=one.title, date=_day(turn, one.on)
    )
    found = Preview(_counts(turn, one, came), came.problems, sheet.ignored)
    hidden = (
        say("batches.hidden", places=say("common.listing").join(sheet.hidden[:MOST])) if sheet.hidden else ""
    )
    more = say("batches.all_problems") if len(came.problems) > MOST else ""
    return Card(title, lines_of(lines(turn, found), hidden, more))


def _counts(turn: Turn, one: Handed, came: Came) -> tuple[str, ...]:
    say = turn.say
    issuer = names.title(turn.tx, PersonId(one.issuer)) if came.topics else ""
    return lines_of(
        say("batches.counts", topics=came.topics, measures=came.measures, units=came.units)
        if came.topics
        else "",
        say("batches.in_name", issuer=issuer) if issuer else "",
        say("batches.duties", count=came.duties) if came.duties else "",
        say("batches.proposed", count=came.proposed) if came.proposed else "",
        say("batches.burdened", count=came.burdened) if came.burdened else "",
    )


def _day(turn: Turn, iso: str) -> str:
    return turn.dates.short(turn.policy.calendar.at(datetime.fromisoformat(iso).date(), time(12)))
