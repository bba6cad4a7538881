"""The card of a recurring topic: what it sets, when, for whom, and what it set that waits for the one tap."""

from handlers import names
from handlers.affair_cards import choices, drawn
from handlers.asking.previewing import lines_of
from handlers.cards import Card
from handlers.reader import Reader
from services.affairs import recurring
from services.affairs.campaigning import publishable
from services.affairs.following import STAGE
from services.affairs.recurring import Template, due_after, rhythm_of, running, waiting
from services.affairs.seating import open_to
from storage import affairs
from workflow.affair import Affair, AffairKind
from workflow.affair_table import AffairEvent
from workflow.rhythm import Every, Rhythm
from workflow.roles import PersonId, UnitId


@drawn(AffairKind.TEMPLATE)
def template_card(reader: Reader, affair: Affair) -> Card:
    """A template as it is kept."""
    may, there = open_to(reader.work, affair), running(affair)
    ready = [topic for topic in waiting(reader.tx, affair) if publishable(reader.work, topic)]
    edit = AffairEvent.EDIT in may
    buttons = choices(
        reader,
        (
            reader.button("recurring.publish", affair.id, label="publish_all") if ready else None,
            reader.button("recurring.pause", affair.id) if edit and there else None,
            reader.button("recurring.resume", affair.id) if edit and not there else None,
            reader.button("recurring.end", affair.id, label="end") if AffairEvent.FINISH in may else None,
        ),
    )
    title = reader.say("recurring.title", number=affair.number, title=affair.title)
    return Card(
        title, lines_of(_kept(reader, affair), _outlook(reader, affair), _set(reader, affair)), buttons
    )


def template_lines(reader: Reader, template: Template) -> tuple[str, ...]:
    """When a template that is not kept yet would set what."""
    say, calendar = reader.say, reader.policy.calendar
    _, at = due_after(reader.policy, template.rhythm, calendar.day(reader.tx.now))
    return lines_of(
        say("recurring.line.rhythm", rhythm=rhythm_words(reader, template.rhythm)),
        say("recurring.line.term", days=template.days),
        say("recurring.line.each") if template.each else "",
        [say("recurring.line.stage", no=no, text=text) for no, text in enumerate(template.stages, 1)],
        say("recurring.line.next", date=reader.dates.full(at)),
    )


def rhythm_words(reader: Reader, rhythm: Rhythm) -> str:
    """每季度3、6、9、12月1日."""
    step = {Every.YEARLY: 12, Every.HALF_YEARLY: 6, Every.QUARTERLY: 3, Every.MONTHLY: 12}[rhythm.every]
    months = reader.say("common.listing").join(str(month) for month in range(rhythm.month, 13, step))
    return reader.say(f"recurring.rhythm.{rhythm.every}", months=months, day=rhythm.day)


def _kept(reader: Reader, affair: Affair) -> tuple[str, ...]:
    say, tx, facts = reader.say, reader.tx, affair.facts
    fields = {
        "goal": affair.words["goal"],
        "problem": affair.words["problem"],
        "issuer": names.titles(tx, say, [PersonId(facts["issuer"])]),
        "owner": names.titles(tx, say, map(PersonId, facts["owners"])) if facts["owners"] else "",
        "lead_units": names.units(tx, say, map(UnitId, facts["lead"])) if facts["lead"] else "",
        "assist_units": names.units(tx, say, map(UnitId, facts["assist"])) if facts["assist"] else "",
    }
    stages = [text for name, text in sorted(affair.words.items()) if name.startswith(STAGE)]
    return lines_of(
        [
            say("topics.field", name=say(f"field.{name}"), value=value)
            for name, value in fields.items()
            if value
        ],
        say("recurring.line.rhythm", rhythm=rhythm_words(reader, rhythm_of(affair))),
        say("recurring.line.term", days=facts["days"]),
        say("recurring.line.each") if facts["each"] else "",
        [say("recurring.line.stage", no=no, text=text) for no, text in enumerate(stages, 1)],
    )


def _outlook(reader: Reader, affair: Affair) -> str:
    say = reader.say
    if affair.settled:
        return say("recurring.line.ended")
    if not running(affair):
        return say("recurring.line.paused")
    _, at = due_after(reader.policy, rhythm_of(affair), reader.dates.today)
    return say("recurring.line.next", date=reader.dates.full(at))


def _set(reader: Reader, affair: Affair) -> str:
    made = affairs.raised_by(reader.tx, affair.id)
    left = recurring.waiting(reader.tx, affair)
    return reader.say("recurring.line.set", count=len(made), waiting=len(left)) if made else ""
