"""What follows from a claim: a recurring topic's stages become measures, a campaign ends with its last claim.

Claiming knows nothing of templates and campaigns; whatever gave rise to the topic is found by its links.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from services import measuring
from services.affairs import listing
from services.affairs.acting import act_by_rule
from services.authorising import open_events
from services.measuring import Step
from services.policy import Policy
from services.work import Work
from storage import affairs, measures, notices, people, topics
from storage.store import Tx
from workflow.affair import Affair, AffairKind, AffairState
from workflow.affair_table import AffairEvent
from workflow.roles import PersonId, Role
from workflow.topic import OPEN, Topic, TopicState
from workflow.transitions import Event

RAISED: Final = "raised_by"
STAGE: Final = "stage"
CLAIMED: Final = "campaign.claimed"
_UNSEEN: Final = frozenset({TopicState.DRAFT, TopicState.CONFIRMING})


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a campaign stands: its topics by what became of them, drafts included."""

    claimed: tuple[Topic, ...]
    unclaimed: tuple[Topic, ...]
    drafts: tuple[Topic, ...]
    dropped: tuple[Topic, ...]

    @property
    def total(self) -> int:
        """How many topics were published and not withdrawn."""
        return len(self.claimed) + len(self.unclaimed)

    @property
    def complete(self) -> bool:
        """Whether every topic was published and claimed."""
        return not self.unclaimed and not self.drafts


def after_claim(work: Work, topic: Topic) -> Topic:
    """Do what follows from this claim."""
    for affair in origins(work.tx, topic):
        if affair.kind is AffairKind.TEMPLATE:
            _lay_down(work, topic, affair)
        if affair.kind is AffairKind.CAMPAIGN and not affair.settled:
            work.told |= finished(work.tx, work.policy, affair)
    return topics.get(work.tx, topic.id)


def origins(tx: Tx, topic: Topic) -> list[Affair]:
    """The affairs a topic goes back to."""
    found = [row[3] for row in affairs.links_of(tx, topic.id) if row[1] == RAISED and row[0] == topic.id]
    return [affairs.get(tx, affair) for affair in found if affair is not None]


def progress(tx: Tx, affair: Affair) -> Progress:
    """Where the topics of a campaign stand, by number."""
    found = sorted(topics.by_ids(tx, affair.facts["topics"]), key=lambda topic: topic.number)
    return Progress(
        claimed=tuple(t for t in found if t.claimed_at is not None and t.state is not TopicState.WITHDRAWN),
        unclaimed=tuple(t for t in found if t.state in OPEN and t.claimed_at is None),
        drafts=tuple(t for t in found if t.state in _UNSEEN),
        dropped=tuple(t for t in found if t.state is TopicState.WITHDRAWN),
    )


def finished(tx: Tx, policy: Policy, affair: Affair) -> set[PersonId]:
    """End a campaign whose topics are all claimed, with a version of the lists; who is told of it."""
    if not progress(tx, affair).complete:
        return set()
    values = {"state": AffairState.DONE, "settled_at": tx.now}
    done = act_by_rule(tx, policy, affair, AffairEvent.FINISH, values)
    listing.keep(tx, policy, cause=affair.id)
    held = [person.id for role in (Role.OFFICE, Role.CHIEF) for person in people.holding(tx, role)]
    return owe(tx, done, CLAIMED, held, single=False)


def owe(
    tx: Tx, affair: Affair, kind: str, whom: list[PersonId], *, single: bool = True, **data: int | str | bool
) -> set[PersonId]:
    """Owe a push about an affair that no person's act led to."""
    for person in dict.fromkeys(whom):
        row = {
            "dedupe": f"{kind}:a{affair.id}.{affair.version}:{person}",
            "kind": kind,
            "person_id": person,
            "affair_id": affair.id,
            "data": data,
            "single": single,
            "due_at": tx.now,
        }
        notices.owe(tx, row)
    return {*whom}


def _lay_down(work: Work, topic: Topic, affair: Affair) -> None:
    """The stages of a template, spread over the time there is, for the units that lead.

    An owner who has laid down measures before (a topic claimed anew) keeps them.
    """
    texts = [text for name, text in sorted(affair.words.items()) if name.startswith(STAGE)]
    ready = topic.deadline is not None and topic.deadline > work.now and topic.lead_units
    if not texts or not ready or measures.of_topic(work.tx, topic.id):
        return
    if Event.DECOMPOSE in open_events(work, topic):
        measuring.decompose(work, topic.id, _steps(work, topic, texts))


def _steps(work: Work, topic: Topic, texts: list[str]) -> list[Step]:
    calendar = work.policy.calendar
    start = calendar.day(work.now)
    last = topic.deadline or calendar.end_of(start)
    room = (calendar.day(last) - start).days
    days = [start + timedelta(days=room * no // len(texts)) for no in range(1, len(texts) + 1)]
    ends = [min(calendar.end_of(max(start, calendar.workday_on_or_before(day))), last) for day in days[:-1]]
    return [Step(text, topic.lead_units, at) for text, at in zip(texts, [*ends, last], strict=True)]
