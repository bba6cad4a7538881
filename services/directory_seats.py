"""调整席位: the office gives a topic to another leader, before both names."""

from typing import Any

from services import acting
from services.claiming import may_own
from services.telling import responsible, tell, working
from services.work import Work
from storage import people, topics
from workflow.errors import Invalid, Stale
from workflow.roles import PersonId
from workflow.topic import Topic, TopicId, TopicState
from workflow.transitions import Event


def change_seat(
    work: Work,
    topic_id: TopicId,
    owner_id: PersonId | None = None,
    co_owners: tuple[PersonId, ...] | None = None,
) -> Topic:
    """Another owner, other co-owners, or both. A topic not yet claimed gets a claim deadline anew."""
    topic = topics.get(work.tx, topic_id)
    values: dict[str, Any] = {}
    if owner_id is not None and owner_id != topic.owner_id:
        values |= {"owner_id": owner_id, "eligible": (), **_claim_anew(work, topic)}
    if co_owners is not None and {*co_owners} != {*topic.co_owners}:
        values["co_owners"] = tuple(dict.fromkeys(co_owners))
    if not values:
        raise Stale("already_so")
    return reassign(work, topic, values)


def reassign(work: Work, topic: Topic, values: dict[str, Any]) -> Topic:
    """Write new seats of an open topic and tell everybody whose seat it was or is."""
    for person_id in {values.get("owner_id"), *values.get("co_owners", ()), *values.get("eligible", ())}:
        if person_id is not None:
            _may_sit(work, person_id)
    changed = acting.on_topic(work, topic, Event.REASSIGN, values)
    data = {"before": topic.owner_id, "after": changed.owner_id}
    seated = {*responsible(topic), *topic.co_owners, *responsible(changed), *changed.co_owners}
    tell(work, seated, "reassigned", changed, data=data)
    tell(work, [changed.issuer_id, *working(work, changed)], "reassigned", changed, data=data, single=False)
    return changed


def _claim_anew(work: Work, topic: Topic) -> dict[str, Any]:
    if topic.state is not TopicState.ISSUED:
        return {}
    calendar = work.policy.calendar
    last = calendar.add_workdays(calendar.day(work.now), work.policy.claim_workdays)
    return {"claim_by": calendar.end_of(last)}


def _may_sit(work: Work, person_id: PersonId) -> None:
    person = people.get(work.tx, person_id)
    if not person.active:
        raise Invalid("person_left", title=person.title)
    if not may_own(work, person_id):
        raise Invalid("not_a_leader", title=person.title)
