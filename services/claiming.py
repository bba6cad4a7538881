"""领题: the leader in charge takes a topic on, or says it is not theirs and the issuer decides."""

from services import acting, authorising
from services.affairs.following import after_claim
from services.authorising import authorise
from services.telling import office, responsible, tell, working
from services.work import Work
from storage import people, requests, topics
from storage.requests import Request, RequestId, RequestKind, RequestState
from workflow.errors import Invalid, Missing, NotInThisState, Stale
from workflow.roles import PersonId, Role
from workflow.topic import Topic, TopicId, TopicState
from workflow.transitions import Event


def claim(work: Work, topic_id: TopicId) -> Topic:
    """Take it on. When somebody was faster, the refusal says who."""
    topic = topics.get(work.tx, topic_id)
    _not_taken(work, topic)
    granted = authorise(work, topic, Event.CLAIM)
    owner = granted.place.principal
    values = {"owner_id": owner, "eligible": (), "claimed_at": work.now}
    claimed = acting.on_topic(work, topic, Event.CLAIM, values)
    _settle(work, topic, RequestState.LAPSED)
    tell(work, (i for i in topic.eligible if i != owner), "claimed_by_other", claimed)
    tell(work, working(work, claimed), "claimed", claimed)
    tell(work, (claimed.issuer_id, claimed.drafter_id), "claimed", claimed, single=False)
    return after_claim(work, claimed)


def decline(work: Work, topic_id: TopicId, reason: str) -> Request:
    """提请调整: "not mine", with a reason; the issuer decides."""
    topic = topics.get(work.tx, topic_id)
    authorise(work, topic, Event.DECLINE)
    if not reason.strip():
        raise Missing("reason_missing", event=Event.DECLINE)
    if requests.open_of(work.tx, topic.id, RequestKind.REROUTE):
        raise Stale("already_asked")
    report = acting.say(work, topic, Event.DECLINE, reason)
    request = requests.add(
        work.tx,
        {
            "kind": RequestKind.REROUTE,
            "topic_id": topic.id,
            "asker_id": work.actor.id,
            "report_id": report,
            "anchor": topic.anchor,
        },
    )
    acting.on_topic(
        work, topic, Event.DECLINE, texts={"text": reason}, facts={"report": report, "request": request}
    )
    tell(work, [topic.issuer_id], "declined", topic, request_id=request, report_id=report)
    tell(work, office(work), "declined_office", topic, request_id=request, single=False)
    return requests.get(work.tx, request)


def reroute(work: Work, topic_id: TopicId, new_owner: PersonId) -> Topic:
    """改派: call another leader; an open request for adjustment is thereby granted."""
    topic = topics.get(work.tx, topic_id)
    person = people.get(work.tx, new_owner)
    if not person.active or not may_own(work, person.id):
        raise Invalid("not_a_leader", title=person.title)
    if new_owner == topic.owner_id:
        raise Invalid("same_owner", title=person.title)
    calendar = work.policy.calendar
    last = calendar.add_workdays(calendar.day(work.now), work.policy.claim_workdays)
    before = responsible(topic)
    values = {"owner_id": new_owner, "eligible": (), "claimed_at": None, "claim_by": calendar.end_of(last)}
    moved = acting.on_topic(work, topic, Event.REROUTE, values)
    _settle(work, topic, RequestState.GRANTED)
    tell(work, before, "rerouted", moved)
    tell(work, [new_owner], "issued", moved)
    return moved


def keep(work: Work, request_id: RequestId, reason: str = "") -> Topic:
    """不同意: the topic stays with whom it was given to; a reason is welcome."""
    request = authorising.asked(work, request_id, RequestKind.REROUTE)
    topic = topics.get(work.tx, request.topic_id)
    report = acting.say(work, topic, Event.KEEP, reason) if reason.strip() else None
    facts = {"request": request_id, "report": report}
    acting.on_topic(work, topic, Event.KEEP, facts=facts, texts={"text": reason})
    requests.decide(work.tx, request_id, RequestState.REFUSED, work.actor.id)
    tell(work, [request.asker_id], "kept", topic, request_id=request_id, report_id=report)
    return topic


def may_own(work: Work, person_id: PersonId) -> bool:
    """Whether a person may be made the owner of a topic: a leader, a chief or the discipline secretary."""
    held = people.get(work.tx, person_id).roles
    return bool(held & {Role.LEADER, Role.CHIEF, Role.DISCIPLINE_SECRETARY})


def _not_taken(work: Work, topic: Topic) -> None:
    if topic.state is TopicState.ISSUED or topic.owner_id is None or topic.state is TopicState.DRAFT:
        return
    if topic.open:
        owner = people.get(work.tx, topic.owner_id)
        raise NotInThisState("already_claimed", number=topic.number, title=owner.title)


def _settle(work: Work, topic: Topic, state: RequestState) -> None:
    if request := requests.open_of(work.tx, topic.id, RequestKind.REROUTE):
        requests.decide(work.tx, request.id, state, work.actor.id)
