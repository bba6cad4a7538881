"""离任: what somebody held goes to a successor, both named in the trail; nothing is left without a holder.

What is open is shown first. The roles themselves do not pass on: a successor has them already, and so is
known to the college in that office.
"""

from dataclasses import dataclass, field
from typing import Any

from services import acting
from services.administering import Act, note, require
from services.affairs import handing_over
from services.affairs.handing_over import Held
from services.directory import end_roles
from services.directory_seats import reassign
from services.directory_units import CHARGE, LINK, put_in_charge, relieve, seat, unseat
from services.informing import inform
from services.standing_in import close
from services.work import Work
from storage import accounts, holdings, measures, notices, people, people_changes, stand_ins, web_links
from storage.people import Membership, Person
from storage.requests import Request
from workflow.errors import Invalid, Missing
from workflow.measure import Measure
from workflow.roles import PersonId, Role, UnitId
from workflow.topic import Topic


@dataclass(frozen=True, slots=True)
class OpenItems:
    """What hangs on a person. `seats` are places in units, `measures` what those units still owe,
    `beside` affairs.
    """

    topics: tuple[Topic, ...]
    requests: tuple[Request, ...]
    seats: tuple[Membership, ...]
    measures: tuple[Measure, ...]
    in_charge: tuple[tuple[UnitId, str], ...]
    beside: Held = field(default_factory=Held)

    @property
    def need_heir(self) -> bool:
        """Whether anything here must not be left without a holder."""
        return bool(self.topics or self.requests or self.seats or self.in_charge or self.beside.passes)


def open_items(work: Work, person_id: PersonId) -> OpenItems:
    """What somebody would leave behind."""
    require(work, Act.LEAVE)
    tx = work.tx
    seats = people.units_of(tx, person_id)
    units = [membership.unit_id for membership in seats]
    owed = measures.find(tx, measures.worked_by(units), measures.owed()) if units else []
    relations = [(unit, kind) for kind in (CHARGE, LINK) for unit in people.units_under(tx, person_id, kind)]
    return OpenItems(
        tuple(holdings.seated(tx, person_id)),
        tuple(holdings.asked(tx, person_id)),
        tuple(seats),
        tuple(owed),
        tuple(relations),
        handing_over.held(work, person_id),
    )


def leave(work: Work, person_id: PersonId, successor_id: PersonId | None = None) -> OpenItems:
    """Somebody leaves office. Returns what was handed over. Raises Missing without a successor for it."""
    items = open_items(work, person_id)
    person = people.get(work.tx, person_id)
    if not person.active:
        raise Invalid("person_left", title=person.title)
    if Role.ADMIN in person.roles:
        require(work, Act.ADMINS)
    if items.need_heir:
        _hand_over(work, person, _heir(work, person, successor_id), items)
    _depart(work, person)
    note(work, "left", {"person": person_id, "successor": successor_id})
    return items


def _heir(work: Work, person: Person, successor_id: PersonId | None) -> Person:
    if successor_id is None:
        raise Missing("successor_missing", title=person.title)
    heir = people.get(work.tx, successor_id)
    if not heir.active or heir.id == person.id:
        raise Invalid("not_a_successor", title=heir.title)
    return heir


def _hand_over(work: Work, person: Person, heir: Person, items: OpenItems) -> None:
    for topic in items.topics:
        _hand_topic(work, topic, person, heir)
    holdings.hand_requests(work.tx, list(items.requests), heir.id)
    for held in items.seats:
        if held.unit_id not in {own.unit_id for own in people.units_of(work.tx, heir.id)}:
            seat(work, held.unit_id, heir.id, held.role)
        unseat(work, held.unit_id, person.id)
    for unit, relation in items.in_charge:
        put_in_charge(work, heir.id, unit, relation)
        relieve(work, person.id, unit, relation)
    handing_over.hand_over(work, items.beside, person.id, heir.id)
    data = {"before": person.id, "after": heir.id, "topics": [topic.id for topic in items.topics]}
    data["requests"] = [request.id for request in items.requests]
    data["measures"] = [measure.id for measure in items.measures]
    data["affairs"] = [affair.id for affair in items.beside.passes]
    note(work, "handed_over", data)
    key = f"{person.id}.{heir.id}"
    work.told |= inform(work.tx, work.policy, [heir.id], "handed_over", key, by=work.actor.id, data=data)


def _hand_topic(work: Work, topic: Topic, person: Person, heir: Person) -> None:
    values = _renamed(topic, person.id, heir.id)
    if "issuer_id" in values and not work.policy.may_issue(heir):
        raise Invalid("not_an_issuer", title=heir.title, number=topic.number)
    if topic.open and values.keys() & {"owner_id", "co_owners", "eligible"}:
        reassign(work, topic, values)
    else:
        acting.touch(work, topic, values)


def _renamed(topic: Topic, old: PersonId, new: PersonId) -> dict[str, Any]:
    """The seats of a topic in which one person takes another's place."""
    values: dict[str, Any] = {
        name: new for name in ("issuer_id", "drafter_id", "owner_id") if getattr(topic, name) == old
    }
    owner = values.get("owner_id", topic.owner_id)
    for name in ("co_owners", "eligible"):
        before: tuple[PersonId, ...] = getattr(topic, name)
        after = dict.fromkeys(new if one == old else one for one in before)
        if after.keys() != dict.fromkeys(before).keys() or owner in after:
            values[name] = tuple(one for one in after if one != owner)
    return values


def _depart(work: Work, person: Person) -> None:
    tx = work.tx
    for stand_in in stand_ins.live(tx, person.id):
        close(work, stand_in)
    for account in accounts.of_person(tx, person.id):
        if account.state != "revoked":
            accounts.set_state(tx, account.id, "revoked")
            note(work, "account_revoked", {"account": account.id, "person": person.id})
    accounts.expire(tx, person.id)
    web_links.end(tx, person.id)
    waiting = [*notices.waiting_singles(tx, person.id), *notices.waiting_digest(tx, person.id, tx.now)]
    notices.void(tx, [notice.id for notice in waiting])
    end_roles(work, person)
    values = {"state": "left", "next_digest_at": None, "standing_authority": False}
    people_changes.set_person(tx, person.id, values)
