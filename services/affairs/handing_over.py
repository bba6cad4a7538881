"""离任: what is held beside topics goes to the successor; what is about the person stays.

Standing duties, meetings presided, answers owed and recurring topics pass on with the office. A cover notice,
an admonition or an assessment is about what somebody did, and no successor answers for that.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from services.affairs import acting
from services.work import Work
from storage import affairs
from workflow.affair import Affair, AffairKind
from workflow.affair_table import AffairEvent
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
        tuple(affairs.asking(work.tx, person)),
        tuple(one for one in templates if person in (one.facts["issuer"], *one.facts["owners"])),
        tuple(one for one in about if one.kind not in OF_OFFICE),
    )


def hand_over(work: Work, found: Held, person: PersonId, heir: PersonId) -> None:
    """Put the heir in the person's place, everywhere."""
    for affair in found.about:
        _change(work, affair, {"person_id": heir})
    for affair in found.asked:
        owed = [
            p for p in affairs.parts(work.tx, affair.id) if p.person_id == person and p.answered_at is None
        ]
        for part in owed:
            acting.ask(work, affair, [heir], part.part)
    for affair in found.templates:
        _change(work, affair, {"facts": _renamed(affair, person, heir)})


def _renamed(affair: Affair, person: PersonId, heir: PersonId) -> dict[str, Any]:
    facts = affair.facts
    issuer = heir if facts["issuer"] == person else facts["issuer"]
    return {**facts, "issuer": issuer, "owners": _each(facts["owners"], person, heir)}


def _each(ids: Iterable[int], person: PersonId, heir: PersonId) -> list[int]:
    return list(dict.fromkeys(heir if one == person else one for one in ids))


def _change(work: Work, affair: Affair, values: dict[str, Any]) -> None:
    acting.act_by_rule(work.tx, work.policy, affairs.get(work.tx, affair.id), AffairEvent.EDIT, values)
