"""Setting the stage: the college's people with their accounts, and the topics of its first joint meeting.

Everything goes through the use cases, as if an operator had typed it, and only once: a set stage stays.
"""

from datetime import date
from typing import Final

from bot.sandbox.cast import BRANCHES, CAST, DISCIPLINE, UNITS, Seat
from bot.sandbox.shapes import Person as Player
from bot.sandbox.shapes import PersonId as Id
from services import directory, directory_units, inviting, issuing, pushing
from services.administering import operator
from services.directory import Identity
from services.directory_units import UnitIdentity
from services.issuing import Draft
from services.policy import Policy
from services.work import Said, Work
from storage import facts, people
from storage.people import Person
from storage.store import Tx
from workflow.roles import PersonId, Role, UnitId
from workflow.topic import Cycle, Duty, Kind
from workflow.workdays import Calendar

SET: Final = "scenario"
SCENARIOS: Final = ("demo", "empty")
FIRST_ID: Final = 101
MESSENGER: Final = "telegram"
MEETING: Final = "第一次联席会议"
LEAST_WORKDAYS: Final = 10


def set_stage(tx: Tx, policy: Policy, name: str) -> None:
    """Set the scenario's stage, unless one is set already."""
    if facts.get(tx, SET) is not None:
        return
    work = _as(tx, policy, operator(tx))
    units = {unit: _unit(work, unit) for unit in UNITS}
    cast = {seat.title: _person(work, seat, place) for place, seat in enumerate(CAST)}
    for seat in CAST:
        _place(work, seat, cast[seat.title], units)
    if name == "demo":
        _first_meeting(tx, policy, cast, units)
    facts.put(tx, SET, name)


def players(tx: Tx) -> list[Player]:
    """Everybody who has an account in the store, as the sandbox's Telegram is to know them."""
    found = []
    for person in people.active(tx):
        account = people.reach(tx, person.id)
        if account is not None:
            roles = [role.name for role in Role if role in person.roles]
            found.append(Player(Id(int(account.sender)), person.title, tuple(roles), person.language or "zh"))
    return found


def _unit(work: Work, name: str) -> UnitId:
    kind = "branch" if name in BRANCHES else "department"
    return directory_units.add_unit(work, UnitIdentity(name, name, kind, discipline=name == DISCIPLINE)).id


def _person(work: Work, seat: Seat, place: int) -> PersonId:
    given = Identity(f"{place + 1:03}", seat.title, post=seat.post)
    person = directory.add_person(work, given, frozenset(seat.roles))
    sender = str(FIRST_ID + place)
    code = inviting.invite(work, person.id, confirm=False)
    inviting.redeem(work.tx, work.policy, MESSENGER, sender, sender, code)
    return person.id


def _place(work: Work, seat: Seat, person: PersonId, units: dict[str, UnitId]) -> None:
    for unit, role in ((seat.heads, Role.UNIT_HEAD), (seat.liaises, Role.LIAISON)):
        if unit:
            directory_units.seat(work, units[unit], person, role)
    for unit in seat.charge:
        directory_units.put_in_charge(work, person, units[unit])


def _first_meeting(tx: Tx, policy: Policy, cast: dict[str, PersonId], units: dict[str, UnitId]) -> None:
    """Topics 001 to 003, issued by the secretary and waiting to be claimed."""
    today = policy.calendar.day(tx.now)
    work = _as(tx, policy, people.get(tx, cast["党委书记"]))
    for draft in (
        Draft(
            title="因公出国管理内控制度不完善",
            short_title="因公出国内控",
            problem="因公出国（境）申报、经费与证照管理各管一段，没有形成闭环。",
            goal="形成审批、经费、证照闭环管理",
            source=MEETING,
            category="system",
            duty=Duty.MAIN,
            owner_id=cast["外事副院长"],
            lead_units=(units["国际处"],),
            assist_units=(units["财务处"],),
            deadline=policy.calendar.end_of(_next_midyear(today)),
        ),
        Draft(
            title="支部组织生活质量不高",
            short_title="支部组织生活",
            problem="部分支部组织生活流于形式，记录不全。",
            goal="组织生活常态规范、记录齐全",
            source="书记点题",
            category="party",
            duty=Duty.MAIN,
            kind=Kind.STANDING,
            cycle=Cycle.MONTHLY,
            owner_id=cast["副书记"],
            lead_units=(units["组织处"],),
            assist_units=tuple(units[branch] for branch in BRANCHES),
        ),
        Draft(
            title="各监督主体合力不足",
            short_title="监督合力",
            problem="纪检、审计、财务等监督信息不共享，问题移交没有规则。",
            goal="建立会商制度，监督信息共享",
            source=MEETING,
            category="supervision",
            duty=Duty.INTEGRITY,
            owner_id=cast["纪委书记"],
            lead_units=(units["审计处"],),
            deadline=policy.calendar.end_of(_quarter_end(policy.calendar, today)),
        ),
    ):
        issuing.publish(work, issuing.draft(work, draft).id)
    pushing.push(tx, policy, work.told)


def _as(tx: Tx, policy: Policy, actor: Person) -> Work:
    return Work(tx, policy, actor, Said(tx.now))


def _next_midyear(today: date) -> date:
    midyear = date(today.year, 6, 30)
    return midyear if midyear > today else midyear.replace(year=today.year + 1)


def _quarter_end(calendar: Calendar, today: date) -> date:
    """The first end of a quarter that leaves time to work."""
    ends = (date(year, month, day) for year in (today.year, today.year + 1) for month, day in _QUARTERS)
    return next(end for end in ends if calendar.workdays_between(today, end) >= LEAST_WORKDAYS)


_QUARTERS: Final = ((3, 31), (6, 30), (9, 30), (12, 31))
