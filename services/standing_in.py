"""Acting for somebody else: a leader's standing aide, or a deputy for an absence. Both names always show."""

from datetime import datetime
from typing import Final

from services.administering import Act, may, note
from services.informing import inform
from services.work import Work
from storage import people, stand_ins
from storage.people import Person, StandIn
from workflow.errors import Invalid, NoRight, Stale
from workflow.roles import PersonId, Role

AIDE: Final = "aide"
ABSENCE: Final = "absence"
WITH_AIDES: Final = frozenset({Role.CHIEF, Role.LEADER, Role.DISCIPLINE_SECRETARY})


def appoint_aide(work: Work, principal_id: PersonId, deputy_id: PersonId) -> StandIn:
    """A standing aide, until the appointment is ended; the settings say what an aide may not do."""
    principal, _ = _pair(work, principal_id, deputy_id)
    if not principal.roles & WITH_AIDES:
        raise Invalid("not_a_leader", title=principal.title)
    return _enter(work, principal_id, deputy_id, AIDE, work.now, None)


def delegate(
    work: Work, principal_id: PersonId, deputy_id: PersonId, since: datetime, until: datetime
) -> StandIn:
    """A deputy for an absence. Times are aware; from now if `since` has passed."""
    _pair(work, principal_id, deputy_id)
    since = max(since, work.now)
    if until <= since:
        raise Invalid("absence_over", since=since, until=until)
    return _enter(work, principal_id, deputy_id, ABSENCE, since, until)


def end(work: Work, stand_in_id: int) -> StandIn:
    """Over before its time. Either of the two may say so, and the office."""
    found = stand_ins.get(work.tx, stand_in_id)
    if work.actor.id != found.deputy_id:
        require_own(work, found.principal_id)
    close(work, found)
    return found


def close(work: Work, found: StandIn) -> None:
    """End it and tell both; the caller has asked whether the actor may."""
    stand_ins.end(work.tx, found.id)
    note(work, "stand_in_ended", {"stand_in": found.id})
    _tell(work, found, "stand_in_ended")


def _pair(work: Work, principal_id: PersonId, deputy_id: PersonId) -> tuple[Person, Person]:
    require_own(work, principal_id)
    if principal_id == deputy_id:
        raise Invalid("own_deputy")
    principal, deputy = people.get(work.tx, principal_id), people.get(work.tx, deputy_id)
    for person in (principal, deputy):
        if not person.active:
            raise Invalid("person_left", title=person.title)
    return principal, deputy


def require_own(work: Work, principal_id: PersonId) -> None:
    """Raise NoRight unless it is the actor's own seat, or the actor keeps everybody's."""
    if work.actor.id != principal_id and not may(work.actor, Act.STAND_IN):
        raise NoRight("not_your_seat")


def _enter(
    work: Work, principal: PersonId, deputy: PersonId, kind: str, since: datetime, until: datetime | None
) -> StandIn:
    for other in stand_ins.live(work.tx, principal):
        if (other.principal_id, other.deputy_id, other.kind) == (principal, deputy, kind) and _overlap(
            other, since, until
        ):
            raise Stale("already_stands_in")
    made = stand_ins.get(work.tx, stand_ins.add(work.tx, principal, deputy, kind, since, until))
    facts = {
        "stand_in": made.id,
        "kind": kind,
        "principal": principal,
        "deputy": deputy,
        "since": since,
        "until": until,
    }
    note(work, "stand_in", facts)
    _tell(work, made, "stand_in")
    return made


def _overlap(other: StandIn, since: datetime, until: datetime | None) -> bool:
    starts_in_time = until is None or other.since < until
    return starts_in_time and (other.until is None or since < other.until)


def _tell(work: Work, one: StandIn, kind: str) -> None:
    data = {
        "kind": one.kind,
        "principal": one.principal_id,
        "deputy": one.deputy_id,
        "since": one.since.isoformat(),
        "until": one.until.isoformat() if one.until else None,
    }
    both = (one.principal_id, one.deputy_id)
    work.told |= inform(work.tx, work.policy, both, kind, str(one.id), by=work.actor.id, data=data)
