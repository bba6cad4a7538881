"""Who may sit where.

A role is what a person is in the college; a seat is what that person is on one topic. Rules speak of seats
only, so that a person of several roles is judged by the one that counts here.
"""

from enum import StrEnum
from typing import NewType

PersonId = NewType("PersonId", int)
UnitId = NewType("UnitId", int)


class Role(StrEnum):
    """A person's standing roles (MECHANISM, Units, seats, roles)."""

    CHIEF = "chief"
    OFFICE = "office"
    LEADER = "leader"
    UNIT_HEAD = "unit_head"
    LIAISON = "liaison"
    DISCIPLINE_SECRETARY = "discipline_secretary"
    DISCIPLINE_STAFF = "discipline_staff"
    COMMITTEE_MEMBER = "committee_member"
    ADMIN = "admin"


class Seat(StrEnum):
    """A person's seat on one topic."""

    ISSUER = "issuer"
    DRAFTER = "drafter"
    ELIGIBLE = "eligible"
    OWNER = "owner"
    CO_OWNER = "co_owner"
    LEAD = "lead"
    ASSIST = "assist"
    VERIFIER = "verifier"
    DISCIPLINE = "discipline"
    DISCIPLINE_STAFF = "discipline_staff"
    COMMITTEE = "committee"
    CHIEF = "chief"
    OFFICE = "office"


EXECUTORS = frozenset({Seat.LEAD, Seat.ASSIST})
OWNERS = frozenset({Seat.OWNER, Seat.CO_OWNER})
SUPERVISORS = frozenset({Seat.DISCIPLINE, Seat.DISCIPLINE_STAFF, Seat.COMMITTEE, Seat.CHIEF, Seat.OFFICE})
"""Seats that come with a role and exist on every topic."""

SEAT_OF_ROLE = {
    Role.CHIEF: Seat.CHIEF,
    Role.OFFICE: Seat.OFFICE,
    Role.DISCIPLINE_SECRETARY: Seat.DISCIPLINE,
    Role.DISCIPLINE_STAFF: Seat.DISCIPLINE_STAFF,
    Role.COMMITTEE_MEMBER: Seat.COMMITTEE,
}
