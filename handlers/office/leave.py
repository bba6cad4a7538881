"""停用: somebody leaves office. First what hangs on that person, then who takes it, then the deed."""

from collections.abc import Iterable
from typing import Final

from handlers import names
from handlers.asking import whom
from handlers.asking.choosing import choose
from handlers.asking.whom import keeper
from handlers.cards import Card, rows
from handlers.registry import button, command
from handlers.turn import Turn
from services import leaving
from services.administering import Act
from services.leaving import OpenItems
from storage import people
from workflow.roles import PersonId, Role

NOBODY: Final = PersonId(0)
MOST: Final = 8


@command("leave", Role.OFFICE, Role.ADMIN)
def leave_command(turn: Turn, rest: str) -> None:
    """`停用 外事副院长`."""
    keeper(turn, Act.LEAVE)
    if rest:
        preview(turn, whom.person(turn.tx, rest).id)
        return
    others = [one for one in people.active(turn.tx) if one.id != turn.actor.id]
    choose(turn, turn.say("leaving.who"), whom.persons(turn, others), "leave")


@button("leave")
def preview(turn: Turn, person_id: PersonId) -> None:
    """What would be left behind, before anybody is asked to take it."""
    keeper(turn, Act.LEAVE)
    items = leaving.open_items(turn.work, person_id)
    person = people.get(turn.tx, person_id)
    lines = tuple(_left(turn, items)) or (turn.say("leaving.nothing"),)
    if items.need_heir:
        forward = turn.button("leave_heir", person_id)
    else:
        forward = turn.button("leave_now", person_id, NOBODY, label="leave_now")
    title = turn.say("leaving.title", person=person.title)
    back = turn.button("person", person_id, label="back")
    turn.edit(Card(title=title, lines=lines, buttons=rows(forward, back)))


@button("leave_heir")
def choose_heir(turn: Turn, person_id: PersonId) -> None:
    """Choose the successor; those who hold the same offices come first."""
    keeper(turn, Act.LEAVE)
    person = people.get(turn.tx, person_id)
    others = [one for one in people.active(turn.tx) if one.id != person_id]
    alike = sorted(others, key=lambda one: (-len(one.roles & person.roles), one.id))
    question = turn.say("leaving.heir", person=person.title)
    choose(turn, question, whom.persons(turn, alike), "leave_to", person_id)


@button("leave_to")
def propose(turn: Turn, person_id: PersonId, heir: PersonId) -> None:
    """Both names once more."""
    keeper(turn, Act.LEAVE)
    values = {"person": names.title(turn.tx, person_id), "heir": names.title(turn.tx, heir)}
    yes = turn.button("leave_now", person_id, heir, label="yes")
    back = turn.button("leave", person_id, label="back")
    lines = (turn.say("leaving.ask", **values), turn.say("leaving.final"))
    turn.edit(Card(lines=lines, buttons=rows(yes, back)))


@button("leave_now")
def leave_now(turn: Turn, person_id: PersonId, heir: PersonId) -> None:
    """Hand over and close the account."""
    keeper(turn, Act.LEAVE)
    title = names.title(turn.tx, person_id)
    items = leaving.leave(turn.work, person_id, heir or None)
    line = turn.say("leaving.done", person=title)
    handed = turn.say(
        "leaving.handed",
        heir=names.title(turn.tx, heir) if heir else "",
        topics=len(items.topics),
        seats=len(items.seats),
        units=len(items.in_charge),
    )
    turn.toast("leaving.toast")
    turn.edit(Card(lines=(line, handed) if heir else (line,)))


def _left(turn: Turn, items: OpenItems) -> Iterable[str]:
    """In short; who may not see topics is told how many, never which."""
    say, tx = turn.say, turn.tx
    if items.topics and Role.OFFICE in turn.actor.roles:
        yield say("leaving.topics", count=len(items.topics))
        yield from (
            say("leaving.topic", number=one.number, state=say(f"topic_state.{one.state}"))
            for one in items.topics[:MOST]
        )
    elif items.topics:
        yield say("leaving.topics", count=len(items.topics))
    if items.requests:
        yield say("leaving.requests", count=len(items.requests))
    if items.seats:
        yield say("leaving.seats", units=names.units(tx, say, (one.unit_id for one in items.seats)))
    if items.measures:
        yield say("leaving.measures", count=len(items.measures))
    if items.beside.passes:
        yield say("leaving.affairs", count=len(items.beside.passes))
    if items.beside.stays:
        yield say("leaving.stays", count=len(items.beside.stays))
    if items.in_charge:
        yield say(
            "leaving.in_charge",
            units=names.units(tx, say, dict.fromkeys(unit for unit, _ in items.in_charge)),
        )
