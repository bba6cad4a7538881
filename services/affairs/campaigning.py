"""年初集中领题 (S2 art. 10¶2): what a 专题会议 decided is published in one go and claimed one by one.

The decision is the meeting's: without its reference nothing begins. Drafts that lack something stay behind
and are named with what they lack; every chief publishes by one tap what bears the own name.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from services import issuing
from services.affairs import acting
from services.affairs.following import RAISED, finished
from services.affairs.reminding import fires
from services.affairs.timing import FIRES
from services.authorising import open_events
from services.policy import Policy
from services.work import Work
from storage import affairs, people, topics
from storage.store import Tx
from workflow.affair import Affair, AffairKind
from workflow.affair_table import AffairEvent
from workflow.errors import Invalid, Missing, Stale, WorkflowError
from workflow.roles import PersonId
from workflow.topic import Topic, TopicId, TopicState
from workflow.transitions import Event

WANTED = "campaign.wanted"
DRAFTS = (TopicState.DRAFT, TopicState.CONFIRMING)


@dataclass(frozen=True, slots=True)
class Chosen:
    """Drafts that may be published as they are, and the others with what they lack."""

    ready: tuple[Topic, ...]
    lacking: tuple[tuple[Topic, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Published:
    """What one tap published; what could not be, with the refusal's code; and how many wait for another."""

    done: tuple[Topic, ...]
    failed: tuple[tuple[Topic, str], ...]
    waiting: int


def choose(work: Work, among: Iterable[TopicId] = ()) -> Chosen:
    """The drafts the actor may see (or those named), sorted by whether they lack anything."""
    wanted = set(among)
    found = [t for t in topics.find(work.tx, topics.in_states(*DRAFTS)) if not wanted or t.id in wanted]
    seen = sorted((t for t in found if Event.VIEW in open_events(work, t)), key=lambda topic: topic.id)
    lacks = [(topic, _lacks(work, topic)) for topic in seen]
    return Chosen(
        tuple(topic for topic, missing in lacks if not missing),
        tuple((topic, missing) for topic, missing in lacks if missing),
    )


def begin(
    work: Work, year: int, reference: str, chosen: Sequence[TopicId], meeting: Affair | None = None
) -> Affair:
    """Open the year's campaign with these drafts and ask every chief concerned for the one tap.

    Raises Missing without a meeting's reference or without topics.
    """
    if not reference.strip():
        raise Missing("reference_missing")
    ready = choose(work, chosen).ready if chosen else ()
    if not ready:
        raise Missing("nothing_to_publish")
    calendar = work.policy.calendar
    look = calendar.at(calendar.next_workday(calendar.day(work.now)), work.policy.remind_at)
    affair = acting.begin(
        work,
        AffairKind.CAMPAIGN,
        words={"reference": reference.strip()},
        facts={"year": year, "topics": [topic.id for topic in ready], FIRES: look.isoformat()},
        parent_id=meeting.id if meeting else None,
    )
    for topic in ready:
        affairs.link(work.tx, topic.id, RAISED, affair_id=affair.id)
    others = {topic.issuer_id for topic in ready} - {work.actor.id}
    acting.tell(work, sorted(others), WANTED, affair, data={"items": len(ready)})
    return affair


def own(work: Work, affair: Affair) -> list[Topic]:
    """What of it waits for the actor's tap, by id: drafts in the actor's name, or by standing authority."""
    found = topics.by_ids(work.tx, affair.facts["topics"])
    waiting = [topic for topic in found if topic.state in DRAFTS and publishable(work, topic)]
    return sorted(waiting, key=lambda topic: topic.id)


def publish(work: Work, affair: Affair) -> Published:
    """发布: everything that bears the actor's name, in one go; what cannot be says why. Raises Stale."""
    mine = own(work, affair)
    if not mine:
        raise Stale("already_so")
    done, failed = publish_each(work, mine)
    acting.act(work, affair, AffairEvent.EDIT, facts={"published": [topic.id for topic in done]})
    drafts = topics.find(work.tx, topics.in_states(*DRAFTS))
    left = {topic.id for topic in drafts} & {*affair.facts["topics"]} - {topic.id for topic, _ in failed}
    return Published(tuple(done), tuple(failed), len(left))


def publish_each(work: Work, drafts: Iterable[Topic]) -> tuple[list[Topic], list[tuple[Topic, str]]]:
    """Publish several drafts, each by itself: one that is refused holds up no other."""
    done: list[Topic] = []
    failed: list[tuple[Topic, str]] = []
    for topic in drafts:
        try:
            with work.tx.attempt():
                done.append(issuing.publish(work, topic.id))
        except WorkflowError as refused:
            failed.append((topic, refused.code))
    return done, failed


def publishable(work: Work, topic: Topic) -> bool:
    """Whether the actor's tap publishes a draft at once: the issuer's, or the drafter's with an authority."""
    may = open_events(work, topic)
    if Event.ISSUE in may or Event.CONFIRM in may:
        return True
    return Event.PROPOSE in may and people.get(work.tx, topic.issuer_id).standing_authority


def end(work: Work, affair: Affair) -> Affair:
    """End it although not everything is claimed; what is open goes on by the ladder."""
    return acting.act(work, affair, AffairEvent.FINISH)


@fires(AffairKind.CAMPAIGN)
def _look(tx: Tx, policy: Policy, affair: Affair) -> set[PersonId]:
    """Every workday: is everything claimed? A withdrawn last topic ends it, too."""
    if told := finished(tx, policy, affair):
        return told
    calendar = policy.calendar
    look = calendar.at(calendar.next_workday(calendar.day(tx.now)), policy.remind_at)
    affairs.schedule(tx, affair.id, look)
    return set()


def _lacks(work: Work, topic: Topic) -> tuple[str, ...]:
    """Fields that are empty, and what stands against publishing it today."""
    units = () if topic.lead_units else ("lead_units",)
    past = ("deadline",) if topic.deadline is not None and topic.deadline <= work.now else ()
    return tuple(dict.fromkeys((*topic.missing(), *units, *past)))


def check_year(work: Work, year: int) -> None:
    """A campaign is this year's or the next. Raises Invalid."""
    this = work.policy.calendar.day(work.now).year
    if year not in (this, this + 1):
        raise Invalid("campaign_year", this=this, next=this + 1)
