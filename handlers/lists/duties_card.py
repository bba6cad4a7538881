"""A standing duty on a card and in a line; whoever lays duties down may change and end it."""

from handlers import names
from handlers.affair_cards import choices, drawn
from handlers.asking.previewing import lines_of
from handlers.cards import Card
from handlers.looking.seeing import selves, units_of
from handlers.reader import Reader
from services.affairs.duties import standing
from services.affairs.seating import open_to
from workflow.affair import Affair, AffairKind
from workflow.affair_table import AffairEvent
from workflow.roles import Role

WATCHING = frozenset(
    {Role.CHIEF, Role.OFFICE, Role.DISCIPLINE_SECRETARY, Role.DISCIPLINE_STAFF, Role.COMMITTEE_MEMBER}
)


@drawn(AffairKind.DUTY)
def duty_card(reader: Reader, duty: Affair) -> Card:
    """All of it."""
    say, events = reader.say, open_to(reader.work, duty)
    lines = lines_of(
        say("duties.holder", who=holder(reader, duty)),
        say("duties.kind", kind=say(f"duty.{duty.facts['duty']}")) if duty.facts.get("duty") else "",
        *(
            say(f"duties.{name}", text=duty.words[name])
            for name in ("goal", "steps", "node")
            if name in duty.words
        ),
        say("duties.ended") if duty.settled else "",
    )
    buttons = (
        reader.button("duty.edit", duty.id) if AffairEvent.EDIT in events else None,
        reader.button("duty.end", duty.id) if AffairEvent.FINISH in events else None,
    )
    return Card(say("duties.title", number=duty.number, title=duty.title), lines, choices(reader, buttons))


def duty_line(reader: Reader, duty: Affair) -> str:
    """Whose it is and what."""
    return reader.say("duties.line", who=holder(reader, duty), title=duty.title)


def holder(reader: Reader, duty: Affair) -> str:
    """The position or the unit whose duty it is."""
    if duty.person_id is not None:
        return names.title(reader.tx, duty.person_id)
    return names.units(reader.tx, reader.say, [duty.unit_id] if duty.unit_id else [])


def seen_duties(reader: Reader) -> list[Affair]:
    """Duties in force: all of them for who watches over the whole, else one's own and one's units'."""
    found = standing(reader.tx)
    if reader.actor.roles & WATCHING:
        return found
    people, units = {*selves(reader)}, {*units_of(reader)}
    return [one for one in found if one.person_id in people or one.unit_id in units]
