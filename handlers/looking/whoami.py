"""我是谁: what the college knows of the speaker: title, roles, units, stand-ins, where messages go."""

from handlers import names
from handlers.asking.listing import alone
from handlers.cards import Card, rows
from handlers.registry import command
from handlers.turn import Turn
from storage import people
from storage.people import StandIn
from workflow.roles import PersonId, Role


@command("whoami")
def whoami(turn: Turn, rest: str) -> None:
    """Everything on one card."""
    if not alone(turn):
        return
    tx, say, me = turn.tx, turn.say, turn.actor
    join = say("common.listing").join
    seats = [
        say("whoami.seat", unit=names.units(tx, say, [m.unit_id]), role=say(f"role.{m.role}"))
        for m in people.units_of(tx, me.id)
    ]
    fields = (
        ("roles", join(say(f"role.{role}") for role in sorted(me.roles))),
        ("units", join(seats)),
        (
            "charge",
            names.units(tx, say, people.units_under(tx, me.id)) if people.units_under(tx, me.id) else "",
        ),
        ("link", names.units(tx, say, linked) if (linked := people.units_under(tx, me.id, "link")) else ""),
        ("deputies", join(_stand_in(turn, s, s.deputy_id) for s in people.deputies(tx, me.id))),
        ("principals", join(_stand_in(turn, s, s.principal_id) for s in people.principals(tx, me.id))),
        ("authority", _authority(turn)),
        ("account", say("whoami.unreachable" if me.unreachable_at else "whoami.active")),
        ("language", say("whoami.spoken")),
    )
    lines = tuple(
        say("topics.field", name=say(f"whoami.{name}"), value=value) for name, value in fields if value
    )
    turn.reply(Card(me.title, lines, rows(turn.button("mine"), turn.button("settings"))))


def _authority(turn: Turn) -> str:
    """In whose name the office may issue: one's own, or for the office, others'."""
    if people.get(turn.tx, turn.actor.id).standing_authority:
        return turn.say("whoami.authority_own")
    giving = [one.id for one in people.holding(turn.tx, Role.CHIEF) if one.standing_authority]
    if Role.OFFICE not in turn.actor.roles or not giving:
        return ""
    return turn.say("whoami.authority_others", titles=names.titles(turn.tx, turn.say, giving))


def _stand_in(turn: Turn, standing: StandIn, other: PersonId) -> str:
    """With whom, as what, and until when."""
    title = names.titles(turn.tx, turn.say, [other])
    until = turn.dates.short(standing.until) if standing.until else turn.say("whoami.open_end")
    return turn.say(f"whoami.{standing.kind}", person=title, until=until)
