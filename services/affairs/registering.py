"""登记 (S2 art. 15, 17, 18): that something was done, and when; never what was said."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from services.affairs import acting
from services.work import Work
from storage import affairs
from storage.store import Tx
from workflow.affair import Affair, AffairKind, AffairState
from workflow.affair_table import AffairEvent
from workflow.errors import Invalid, Missing
from workflow.roles import PersonId, UnitId

SORTS: Final = ("opinion", "talk", "major", "meeting")
"""党风廉洁意见回复 (art. 15), 谈话 and 重大事项报告 (art. 17), 民主生活会 and 纪律教育会 (art. 18)."""


def enter(
    work: Work, sort: str, on: date, *, person_id: PersonId | None = None, unit_id: UnitId | None = None
) -> Affair:
    """Enter a date. Raises Invalid for an unknown register or a day to come, and the table's refusals."""
    if sort not in SORTS:
        raise Invalid("no_such_register")
    if on > work.policy.calendar.day(work.now):
        raise Invalid("day_to_come")
    facts = {"sort": sort, "on": on.isoformat()}
    return acting.begin(work, AffairKind.REGISTER, facts=facts, person_id=person_id, unit_id=unit_id)


def annul(work: Work, affair: Affair, reason: str) -> Affair:
    """Strike an entry out, with a reason; it stays readable as struck out. Raises Missing."""
    if not reason.strip():
        raise Missing("reason_missing")
    return acting.act(work, affair, AffairEvent.ANNUL, {"words": {"reason": reason.strip()}})


def of_year(tx: Tx, year: int, sorts: Iterable[str] = SORTS) -> list[Affair]:
    """The entries whose date lies in a year, by date, struck out ones too."""
    wanted = frozenset(sorts)
    found = affairs.of_kind(tx, AffairKind.REGISTER, AffairState.RECORDED, AffairState.VOID)
    kept = [one for one in found if one.facts["sort"] in wanted and _year(one) == year]
    return sorted(kept, key=lambda one: (one.facts["on"], one.id))


def _year(affair: Affair) -> int:
    return date.fromisoformat(affair.facts["on"]).year
