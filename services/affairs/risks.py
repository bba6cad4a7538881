"""风险(问题): found together, made a topic or set aside with a reason; the finder hears which (art. 10)."""

from collections.abc import Callable
from typing import Final

from services.affairs import acting
from services.work import Work
from storage import affairs, people
from workflow.affair import Affair, AffairId, AffairKind
from workflow.affair_table import AffairEvent
from workflow.errors import Missing
from workflow.roles import PersonId, Role, UnitId
from workflow.topic import Topic

TITLE: Final = 40
"""How much of what was found is its title, in characters."""

Raising = Callable[[Work, Affair, Topic], None]
RAISING: Final[dict[AffairKind, Raising]] = {}
"""What becomes of an affair of a kind when a topic was made of it; a link is kept in any case."""


def raises(kind: AffairKind) -> Callable[[Raising], Raising]:
    """Register what becomes of affairs of a kind when a topic is made of one."""

    def register(run: Raising) -> Raising:
        RAISING[kind] = run
        return run

    return register


def raised(work: Work, affair_id: AffairId, topic: Topic) -> None:
    """A topic was made of an affair: link them, and let the affair know. Raises the table's refusals."""
    affair = affairs.get(work.tx, affair_id)
    affairs.link(work.tx, topic.id, "raised_by", affair_id=affair_id)
    if affair.kind in RAISING:
        RAISING[affair.kind](work, affair, topic)


def report(work: Work, text: str) -> Affair:
    """风险: what was found is reported; the office and the chiefs hear. Raises NoRight, Missing."""
    if not text.strip():
        raise Missing("risk_empty")
    risk = acting.begin(work, AffairKind.RISK, title=titled(text), words={"detail": text.strip()})
    _announce(work, risk)
    return risk


def found_by_check(work: Work, batch: Affair, text: str, unit: UnitId | None) -> Affair:
    """A unit that was asked found the same at home: the answer itself is its right to report it."""
    risk = acting.begin_by_rule(
        work.tx,
        work.policy,
        AffairKind.RISK,
        title=titled(text),
        words={"detail": text.strip()},
        unit_id=unit,
        parent_id=batch.id,
        by=work.actor.id,
    )
    _announce(work, risk)
    return risk


def set_aside(work: Work, risk: Affair, reason: str) -> Affair:
    """Not taken up, with a reason the finder hears. Raises NoRight, Missing."""
    if not reason.strip():
        raise Missing("reason_missing", event=AffairEvent.DROP)
    words = {**risk.words, "reason": reason.strip()}
    dropped = acting.act(work, risk, AffairEvent.DROP, {"words": words})
    acting.tell(work, [risk.opened_by], "risks.dropped", dropped)
    return dropped


@raises(AffairKind.RISK)
def taken(work: Work, risk: Affair, topic: Topic) -> None:
    """A topic was made of it; the finder hears its number."""
    done = acting.act(work, risk, AffairEvent.TAKE, {"topic_id": topic.id})
    acting.tell(work, [risk.opened_by], "risks.taken", done)


def titled(text: str) -> str:
    """What was found, in one line."""
    first = text.strip().splitlines()[0].strip()
    return first if len(first) <= TITLE else f"{first[: TITLE - 1]}…"


def deciders(work: Work) -> list[PersonId]:
    """Who may take a risk up."""
    return [person.id for role in (Role.OFFICE, Role.CHIEF) for person in people.holding(work.tx, role)]


def _announce(work: Work, risk: Affair) -> None:
    office = {person.id for person in people.holding(work.tx, Role.OFFICE)}
    acting.tell(work, office, "risks.raised", risk)
    others = [person for person in deciders(work) if person not in office]
    acting.tell(work, others, "risks.raised", risk, single=False)
