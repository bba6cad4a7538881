"""责任清单: the standing duties of each seat, beside what it claims (S2 art. 24, 责任分解).

A duty belongs to a person or to a unit, under one of the three responsibilities or none; it stands until it
is ended, and whoever holds it hears of it.
"""

from dataclasses import dataclass
from typing import Any

from services.affairs import acting
from services.seats import executors
from services.work import Work
from storage import affairs, people
from storage.store import Tx
from workflow.affair import Affair, AffairKind
from workflow.affair_table import AffairEvent
from workflow.errors import Missing
from workflow.roles import PersonId, UnitId
from workflow.topic import Duty as Responsibility


@dataclass(frozen=True, slots=True)
class Duty:
    """A standing duty as it is worded. One of `person_id` and `unit_id` says whose it is."""

    content: str
    duty: Responsibility | None = None
    person_id: PersonId | None = None
    unit_id: UnitId | None = None
    goal: str = ""
    steps: str = ""
    node: str = ""

    @property
    def words(self) -> dict[str, str]:
        """Its texts beside the content, as the affair keeps them."""
        return {name: text for name in ("goal", "steps", "node") if (text := getattr(self, name).strip())}


def open_duty(work: Work, given: Duty) -> Affair:
    """A new standing duty; whoever holds it is told in the morning. Raises NoRight, Missing, Invalid."""
    _whole(given)
    made = acting.begin(
        work,
        AffairKind.DUTY,
        title=given.content,
        words=given.words,
        facts=_facts(work, given),
        person_id=given.person_id,
        unit_id=given.unit_id,
    )
    acting.tell(work, holders(work.tx, made), "duties.opened", made, single=False)
    return made


def edit(work: Work, duty: Affair, given: Duty) -> Affair:
    """Word it anew; it stays with whom it is. Raises NoRight, Missing, Invalid."""
    _whole(given)
    changes = {"title": given.content.strip(), "words": given.words, "facts": _facts(work, given)}
    changed = acting.act(work, duty, AffairEvent.EDIT, changes)
    acting.tell(work, holders(work.tx, changed), "duties.changed", changed, single=False)
    return changed


def end(work: Work, duty: Affair) -> Affair:
    """It stands no longer."""
    return acting.act(work, duty, AffairEvent.FINISH)


def standing(tx: Tx) -> list[Affair]:
    """Every duty that stands, in the order in which they were laid down."""
    return affairs.of_kind(tx, AffairKind.DUTY)


def held_by(work: Work) -> list[Affair]:
    """The actor's own duties and those of the actor's units."""
    units = {m.unit_id for m in people.units_of(work.tx, work.actor.id)}
    return [one for one in standing(work.tx) if one.person_id == work.actor.id or one.unit_id in units]


def holders(tx: Tx, duty: Affair) -> list[PersonId]:
    """Whose it is: the person, or the heads and liaisons of the unit."""
    if duty.person_id is not None:
        return [duty.person_id]
    return executors(tx, [duty.unit_id] if duty.unit_id is not None else [])


def _facts(work: Work, given: Duty) -> dict[str, Any]:
    year = work.policy.calendar.day(work.now).year
    return {"duty": given.duty.value if given.duty else None, "year": year}


def _whole(given: Duty) -> None:
    if not given.content.strip():
        raise Missing("duty_empty")
    if given.person_id is None and given.unit_id is None:
        raise Missing("duty_of_nobody")
