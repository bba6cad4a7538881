"""When the days off change: dates are counted anew, and a year nobody knows yet is said aloud in time."""

from datetime import date, timedelta
from typing import Final

from services import anchoring
from services.policy import Policy
from storage import facts, measures, notices, people, topics
from storage.store import Tx
from workflow.ladder_item import Subject
from workflow.measure import WORKING, MeasureState
from workflow.roles import PersonId, Role
from workflow.topic import OPEN

KNOWN: Final = "calendar"
WARNING: Final = timedelta(days=60)


def recompute(tx: Tx, policy: Policy) -> int | None:
    """Look again at every open item when the calendar is not the one they were planned by.

    Returns how many items were planned anew, None when the calendar is the known one. Those in charge of the
    settings hear of it once per calendar.
    """
    version = policy.calendar.version
    known = facts.get(tx, KNOWN)
    if known is not None and known.value == version:
        return None
    facts.put(tx, KNOWN, version)
    open_topics = topics.find(tx, topics.in_states(*OPEN))
    open_measures = measures.find(tx, measures.in_states(*WORKING, MeasureState.REPORTED_DONE))
    anchoring.reschedule(tx, policy.calendar, Subject.TOPIC, open_topics)
    anchoring.reschedule(tx, policy.calendar, Subject.MEASURE, open_measures)
    count = len(open_topics) + len(open_measures)
    if known is not None:
        tx.record("calendar", facts={"items": count})
        _tell(tx, "calendar_changed", version, {"items": count})
    return count


def warn(tx: Tx, policy: Policy) -> set[PersonId]:
    """Sixty days before a year whose days off nobody knows, those in charge of the settings are told once."""
    today = policy.calendar.day(tx.now)
    year = (today + WARNING).year
    if policy.calendar.is_known(date(year, 1, 1)):
        return set()
    return _tell(tx, "calendar_unknown", str(year), {"year": year})


def _tell(tx: Tx, kind: str, once: str, data: dict[str, int]) -> set[PersonId]:
    told: set[PersonId] = set()
    for person in {*people.holding(tx, Role.ADMIN), *people.holding(tx, Role.OFFICE)}:
        row = {
            "dedupe": f"{kind}:{once}:{person.id}",
            "kind": kind,
            "person_id": person.id,
            "data": data,
            "single": False,
            "due_at": tx.now,
        }
        if notices.owe(tx, row) is not None:
            told.add(person.id)
    return told
