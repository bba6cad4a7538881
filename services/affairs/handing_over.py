"""离任: what is held beside topics goes to the successor; what is about the person stays.

Standing duties, meetings presided, answers owed and recurring topics pass on with the office. A cover notice,
an admonition or an assessment is about what somebody did, and no successor answers for that.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from services.affairs import acting
from services.affairs.seating import ASKED
from services.work import Work
from storage import affairs
from workflow.affair import Affair, AffairKind, Part
from workflow.affair_table import AffairEvent, AffairSeat, awaited
from workflow.roles import PersonId

OF_OFFICE: Final = frozenset({AffairKind.DUTY, AffairKind.MEETING})
"""Kinds that are about an office, not about who holds it."""


@dataclass(frozen=True, slots=True)
class Held:
    """What hangs on a person beside topics. `stays` is about the person alone."""

    about: tuple[Affair, ...] = ()
    asked: tuple[Affair, ...] = ()
    templates: tuple[Affair, ...] = ()
    stays: tuple[Affair, ...] = ()

    @property
    def passes(self) -> tuple[Affair, ...]:
        """Everything a successor takes over, each once, oldest first."""
        found = {affair.id: affair for affair in (*self.about, *self.asked, *self.templates)}
        return tuple(found[key] for key in sorted(found))


def held(work: Work, person: PersonId) -> Held:
    """What somebody would leave behind."""
    about = affairs.about(work.tx, person)
    templates = affairs.of_kind(work.tx, AffairKind.TEMPLATE)
    return Held(
        tuple(one for one in about if one.kind in OF_OFFICE),
        tuple(one for one in affairs.asking(work.tx, person) if _owes(work, one, person)),
        tuple(one for one in templates if person in (one.facts["issuer"], *one.facts["owners"])),
        tuple(one for one in about if one.kind not in OF_OFFICE),
    )


def hand_over(work: Work, found: Held, person: PersonId, heir: PersonId) -> None:
    """Put the heir in the person's place, everywhere."""
    for affair in found.about:
        _change(work, affair, {"person_id": heir})
    for affair in found.asked:
        if affair.person_id != heir:  # nobody answers for others about oneself
            _pass_on(work, affair, person, heir)
    for affair in found.templates:
        _change(work, affair, {"facts": _renamed(affair, person, heir)})


def _owes(work: Work, affair: Affair, person: PersonId) -> bool:
    """Whether an answer is waited for: who was at a meeting, or is appraised, owes none."""
    wanted = AffairSeat.ASKED in awaited(affair.kind, affair.state)
    return wanted and any(part.part == ASKED for part in _open_parts(work, affair, person))


def _open_parts(work: Work, affair: Affair, person: PersonId) -> list[Part]:
    found = affairs.parts(work.tx, affair.id)
    return [part for part in found if part.person_id == person and part.answered_at is None]


def _pass_on(work: Work, affair: Affair, person: PersonId, heir: PersonId) -> None:
    """The heir stands in the leaver's place, so that nobody waits for an answer that cannot come."""
    for part in _open_parts(work, affair, person):
        affairs.pass_on(work.tx, part, heir)
        facts = {"affair": affair.id, "part": part.part, "asked": [heir], "instead": person}
        work.tx.record("affair_ask", topic_id=affair.topic_id, actor_id=work.actor.id, facts=facts)


def _renamed(affair: Affair, person: PersonId, heir: PersonId) -> dict[str, Any]:
    facts = affair.facts
    issuer = heir if facts["issuer"] == person else facts["issuer"]
    return {**facts, "issuer": issuer, "owners": _each(facts["owners"], person, heir)}


def _each(ids: Iterable[int], person: PersonId, heir: PersonId) -> list[int]:
    return list(dict.fromkeys(heir if one == person else one for one in ids))


def _change(work: Work, affair: Affair, values: dict[str, Any]) -> None:
    acting.act_by_rule(work.tx, work.policy, affairs.get(work.tx, affair.id), AffairEvent.EDIT, values)
