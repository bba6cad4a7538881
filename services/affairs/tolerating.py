"""容错纠错, 澄清保护 (S2 art. 15, 22): a case attached to a topic, naming which 区分开来 it rests on."""

from typing import Final

from services.affairs import acting, admonishing
from services.seats import owners
from services.work import Work
from storage import affairs, people, topics
from workflow.affair import Affair, AffairKind, AffairState
from workflow.affair_table import AffairEvent
from workflow.errors import Barred, Invalid, Missing, NotInThisState, Stale
from workflow.roles import PersonId, Role
from workflow.topic import Topic, TopicId, TopicState

DISTINCTIONS: Final = (1, 2, 3)
"""The three of art. 15: for want of experience; where nothing was forbidden yet; without intent of gain."""


def check(work: Work, kind: AffairKind, topic: Topic) -> None:
    """Whether such a request can be made now. Raises NotInThisState, Stale."""
    if topic.state in (TopicState.DRAFT, TopicState.CONFIRMING, TopicState.WITHDRAWN):
        raise NotInThisState("plea_not_now", number=topic.number, state=topic.state)
    if any(one.kind is kind for one in admonishing.pleas(work.tx, topic.id)):
        raise Stale("plea_already", number=topic.number)


def begin(work: Work, kind: AffairKind, topic_id: TopicId, reason: str, distinction: int) -> Affair:
    """Ask for it; proposals of an admonition on it wait meanwhile. Raises Missing, Invalid, refusals."""
    topic = topics.get(work.tx, topic_id)
    check(work, kind, topic)
    if not reason.strip():
        raise Missing("reason_missing")
    if distinction not in DISTINCTIONS:
        raise Invalid("no_such_distinction")
    whom = _judges(work, topic)
    affair = acting.begin(
        work,
        kind,
        title="" if topic.confidential else topic.short_title,
        words={"reason": reason.strip()},
        facts={"distinction": distinction},
        topic_id=topic_id,
        person_id=topic.owner_id,
        due_at=admonishing.decision_term(work.tx, work.policy),
    )
    acting.ask(work, affair, whom)
    admonishing.pause(work, topic_id)
    acting.tell(work, whom, "tolerating.asked", affair, data={"while": affair.state})
    return affair


def decide(work: Work, affair: Affair, *, granted: bool, reason: str = "") -> Affair:
    """同意 or 不同意, with a reason if one is given; who asked and who owns the topic are told."""
    event = AffairEvent.GRANT if granted else AffairEvent.REFUSE
    words = {**affair.words, **({"decision": reason.strip()} if reason.strip() else {})}
    decided = acting.act(work, affair, event, {"words": words})
    kind = "granted" if decided.state is AffairState.GRANTED else "refused"
    told = [affair.opened_by, affair.person_id]
    acting.tell(work, told, f"tolerating.{kind}", decided)
    admonishing.resume(work, admonishing.topic_of(affair))
    return decided


def drop(work: Work, affair: Affair) -> Affair:
    """Who asked takes it back; who was to decide is told."""
    dropped = acting.act(work, affair, AffairEvent.DROP)
    asked = [part.person_id for part in affairs.parts(work.tx, affair.id)]
    acting.tell(work, asked, "tolerating.dropped", dropped)
    admonishing.resume(work, admonishing.topic_of(affair))
    return dropped


def _judges(work: Work, topic: Topic) -> list[PersonId]:
    """The discipline secretary, or the chiefs where that seat asks or owns the topic. Raises Barred."""
    own = {work.actor.id, *owners(topic)}
    for role in (Role.DISCIPLINE_SECRETARY, Role.CHIEF):
        if found := [person.id for person in people.holding(work.tx, role) if person.id not in own]:
            return found
    raise Barred("plea_beyond")
