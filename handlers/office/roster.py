"""人员 and 部门: the roster browsed, and the ways from a person or a unit to what can be changed."""

from collections.abc import Iterable

from handlers.asking import whom
from handlers.asking.choosing import Option, choose
from handlers.asking.whom import keeper
from handlers.cards import Button, Card, rows
from handlers.office.roster_cards import person_card, unit_card
from handlers.registry import button, command
from handlers.turn import Turn
from services.administering import Act, may
from services.directory import POSTS
from services.directory_units import CHARGE, LINK, SEATS
from storage import people
from storage.people import Person, Unit
from workflow.roles import PersonId, Role, UnitId


@command("people", Role.OFFICE, Role.ADMIN)
def people_command(turn: Turn, rest: str) -> None:
    """`人员`, or `人员 外事副院长`."""
    keeper(turn, Act.PEOPLE)
    if rest:
        turn.reply(person_card(turn, whom.person(turn.tx, rest).id))
        return
    choose(
        turn,
        turn.say("roster.people"),
        whom.persons(turn, people.active(turn.tx)),
        "person",
        last="person_new",
    )


@command("units", Role.OFFICE, Role.ADMIN)
def units_command(turn: Turn, rest: str) -> None:
    """`部门`, or `部门 国际处`."""
    keeper(turn, Act.UNITS)
    if rest:
        turn.reply(unit_card(turn, whom.unit(turn.tx, rest).id))
        return
    found = whom.units(people.all_units(turn.tx))
    if found:
        choose(turn, turn.say("roster.units"), found, "unit", last="unit_new")
    else:
        turn.reply(Card(lines=(turn.say("roster.no_units"),), buttons=rows(turn.button("unit_new"))))


@button("person")
def person(turn: Turn, person_id: PersonId) -> None:
    """A person's card."""
    turn.edit(person_card(turn, person_id))


@button("unit")
def unit(turn: Turn, unit_id: UnitId) -> None:
    """A unit's card."""
    turn.edit(unit_card(turn, unit_id))


@button("person_roles")
def person_roles(turn: Turn, person_id: PersonId) -> None:
    """What this person is, and may become."""
    give = turn.button("person_role", "grant", person_id, label="give_role")
    take = turn.button("person_role", "revoke", person_id, label="take_role")
    post = turn.button("person_post", person_id)
    _ways(turn, person_id, give, take, post)


@button("person_role")
def person_role(turn: Turn, change: str, person_id: PersonId) -> None:
    """Choose a role to give or take; those of units come and go with the seat."""
    keeper(turn, Act.PEOPLE)
    held = people.get(turn.tx, person_id).roles
    given = frozenset(Role) - held if change == "grant" else held
    if not may(turn.actor, Act.ADMINS):
        given -= {Role.ADMIN}
    found = [
        Option(role.value, turn.say(f"role.{role}")) for role in Role if role in given and role not in SEATS
    ]
    question = turn.say(f"roster.which.{change}", person=people.get(turn.tx, person_id).title)
    choose(turn, question, found, "change_of_role", change, person_id)


@button("person_post")
def person_post(turn: Turn, person_id: PersonId) -> None:
    """Which of the two chiefs somebody is."""
    keeper(turn, Act.PEOPLE)
    found = [Option(post, turn.say(f"roster.post.{post or 'none'}")) for post in POSTS]
    question = turn.say("roster.which.post", person=people.get(turn.tx, person_id).title)
    choose(turn, question, found, "change_of_role", "post", person_id)


@button("person_units")
def person_units(turn: Turn, person_id: PersonId) -> None:
    """Where this person sits."""
    head = turn.button("person_unit", "seat", Role.UNIT_HEAD.value, person_id, label="make_head")
    liaison = turn.button("person_unit", "seat", Role.LIAISON.value, person_id, label="make_liaison")
    unseat = turn.button("person_unit", "unseat", "", person_id, label="leave_unit")
    _ways(turn, person_id, head, liaison, unseat)


@button("person_charge")
def person_charge(turn: Turn, person_id: PersonId) -> None:
    """What this person is in charge of, or linked to."""
    ways = [
        turn.button("person_unit", change, relation, person_id, label=f"{change}_{relation}")
        for relation in (CHARGE, LINK)
        for change in ("in_charge", "relieve")
    ]
    _ways(turn, person_id, *ways)


@button("person_unit")
def person_unit(turn: Turn, change: str, what: str, person_id: PersonId) -> None:
    """Choose the unit this is about."""
    keeper(turn, Act.PEOPLE)
    found = whom.units(_fitting(turn, change, what, person_id))
    question = turn.say(f"roster.which.{change}", person=people.get(turn.tx, person_id).title)
    choose(turn, question, found, "change", change, what, person_id)


@button("unit_seat")
def unit_seat(turn: Turn, role: str, unit_id: UnitId) -> None:
    """Choose who is to be head or liaison."""
    keeper(turn, Act.UNITS)
    question = turn.say(
        "roster.which.sitter", unit=people.unit(turn.tx, unit_id).name, what=turn.say(f"role.{role}")
    )
    likely = _likely_first(turn, unit_id)
    choose(turn, question, whom.persons(turn, likely), "change_of_person", "seat", role, unit_id)


@button("unit_unseat")
def unit_unseat(turn: Turn, unit_id: UnitId) -> None:
    """Choose who is to leave the unit."""
    keeper(turn, Act.UNITS)
    seated = people.many(turn.tx, (m.person_id for m in people.members_of(turn.tx, [unit_id])))
    question = turn.say("roster.which.leaver", unit=people.unit(turn.tx, unit_id).name)
    choose(turn, question, whom.persons(turn, seated.values()), "change_of_person", "unseat", "", unit_id)


@button("unit_charge")
def unit_charge(turn: Turn, unit_id: UnitId) -> None:
    """Choose the leader who is to be in charge."""
    keeper(turn, Act.UNITS)
    leaders = {one.id: one for role in (Role.CHIEF, Role.LEADER) for one in people.holding(turn.tx, role)}
    question = turn.say("roster.which.charger", unit=people.unit(turn.tx, unit_id).name)
    found = whom.persons(turn, leaders.values())
    choose(turn, question, found, "change_of_person", "in_charge", CHARGE, unit_id)


def _likely_first(turn: Turn, unit_id: UnitId) -> list[Person]:
    """Who may come to sit in a unit: those who are in it, then whoever sits nowhere yet, then the others."""
    inside = {m.person_id for m in people.members_of(turn.tx, [unit_id])}
    everywhere = people.members_of(turn.tx, [unit.id for unit in people.all_units(turn.tx)])
    seated = {m.person_id for m in everywhere}
    active = people.active(turn.tx)
    return sorted(active, key=lambda one: (one.id not in inside, one.id in seated, bool(one.post)))


def _fitting(turn: Turn, change: str, what: str, person_id: PersonId) -> Iterable[Unit]:
    seats = {m.unit_id for m in people.units_of(turn.tx, person_id)}
    under = set(people.units_under(turn.tx, person_id, what)) if what in (CHARGE, LINK) else set()
    known = people.all_units(turn.tx)
    kept = {"unseat": seats, "relieve": under}.get(change)
    if kept is not None:
        return [unit for unit in known if unit.id in kept]
    return [unit for unit in known if unit.id not in under]


def _ways(turn: Turn, person_id: PersonId, *ways: Button) -> None:
    card = person_card(turn, person_id)
    turn.edit(Card(card.title, card.lines, rows(*ways, turn.button("person", person_id, label="back"))))
