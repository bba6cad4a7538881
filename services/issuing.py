"""点题: a chief sets a topic, or the office drafts it in a chief's name and that chief confirms it."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from services import acting, anchoring
from services.authorising import open_events
from services.claiming import may_own
from services.policy import Policy
from services.telling import responsible, tell, working
from services.work import Work
from storage import people, topics
from storage.people import Person
from storage.rows import of, split
from workflow.errors import Invalid, Missing, NoRight
from workflow.roles import PersonId, Role, UnitId
from workflow.topic import Cycle, Duty, Kind, Topic, TopicId, TopicState, missing, short_title
from workflow.transitions import Event

LONGEST_TITLE: Final = 100
"""The longest title, in characters: it stands in every list."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What a person fills in. Times are aware, UTC."""

    title: str = ""
    short_title: str = ""
    problem: str = ""
    goal: str = ""
    source: str = ""
    category: str = ""
    duty: Duty | None = None
    kind: Kind = Kind.DATED
    cycle: Cycle = Cycle.NONE
    confidential: bool = False
    issuer_id: PersonId | None = None
    owner_id: PersonId | None = None
    eligible: tuple[PersonId, ...] = ()
    co_owners: tuple[PersonId, ...] = ()
    lead_units: tuple[UnitId, ...] = ()
    assist_units: tuple[UnitId, ...] = ()
    deadline: datetime | None = None

    def missing(self) -> tuple[str, ...]:
        """Mandatory fields still empty."""
        return missing(self.title, self.goal, bool(self.owner_id or self.eligible), self)


def may_draft(work: Work) -> bool:
    """Whether the actor may set or draft topics at all."""
    return work.policy.may_issue(work.actor) or Role.OFFICE in work.actor.roles


def require_draft(work: Work) -> None:
    """Raise NoRight unless the actor may; a chief's stand-in is told whom to ask."""
    if may_draft(work):
        return
    standing = people.many(work.tx, [s.principal_id for s in people.principals(work.tx, work.actor.id)])
    for principal in standing.values():
        if work.policy.may_issue(principal):
            raise NoRight("aide_may_not_issue", title=principal.title)
    raise NoRight("may_not_issue")


def draft(work: Work, given: Draft) -> Topic:
    """A new topic in draft; the office's drafts are in the name of `issuer_id`."""
    require_draft(work)
    issuer = _issuer(work, given)
    values: dict[str, Any] = {
        **_values(work, given),
        "number": f"D-{topics.next_number(work.tx, 'draft')}",
        "state": TopicState.DRAFT,
        "version": 1,
        "issuer_id": issuer.id,
        "drafter_id": work.actor.id if work.actor.id != issuer.id else None,
        "created_at": work.now,
        "extensions": 0,
        "anchor": 0,
    }
    topic_id = topics.add(work.tx, values)
    facts, texts = split(of("topics"), values)
    work.tx.record("draft", topic_id=topic_id, actor_id=work.actor.id, facts={"set": facts}, texts=texts)
    return topics.get(work.tx, topic_id)


def edit(work: Work, topic_id: TopicId, given: Draft) -> Topic:
    """Change a draft."""
    topic = topics.get(work.tx, topic_id)
    values = _values(work, replace(given, issuer_id=topic.issuer_id))
    changed = {name: value for name, value in values.items() if getattr(topic, name) != value}
    return acting.on_topic(work, topic, Event.EDIT, changed)


def propose(work: Work, topic_id: TopicId, *, quietly: bool = False) -> Topic:
    """Ask the chief in whose name it was drafted to confirm it by one tap.

    `quietly`: who calls this asks for many topics at once.
    """
    asked = _proposed(work, topic_id)
    if not quietly:
        tell(work, [asked.issuer_id], "confirm_wanted", asked)
    return asked


def publish(work: Work, topic_id: TopicId) -> Topic:
    """Issue it now, if the actor may: the chief, a deputy, or the office by standing authority.

    Otherwise it goes to the chief for confirmation.
    """
    topic = topics.get(work.tx, topic_id)
    if topic.state is TopicState.CONFIRMING:
        return issue(work, topic_id, Event.CONFIRM)
    if Event.ISSUE in open_events(work, topic):
        return issue(work, topic_id, Event.ISSUE)
    issuer = people.get(work.tx, topic.issuer_id)
    if issuer.standing_authority and Role.OFFICE in work.actor.roles:
        _proposed(work, topic_id)
        return _in_the_name_of(work, issuer, topic_id)
    return propose(work, topic_id)


def issue(work: Work, topic_id: TopicId, event: Event, *, quietly: bool = False) -> Topic:
    """Issue it, and tell whoever drafted it unless that is told of many at once."""
    issued = _issue(work, topic_id, event)
    if not quietly:
        tell(work, [issued.drafter_id], "issued_for_you", issued)
    return issued


def _issue(work: Work, topic_id: TopicId, event: Event) -> Topic:
    """Give it its number, its claim deadline and its ladder, and call the one who is to claim it."""
    topic = _complete(topics.get(work.tx, topic_id))
    _owners_in_office(work, topic)
    calendar = work.policy.calendar
    if topic.deadline is not None and topic.deadline <= work.now:
        raise Invalid("deadline_past", deadline=topic.deadline)
    year = calendar.day(work.now).year
    last = calendar.add_workdays(calendar.day(work.now), work.policy.claim_workdays)
    claim_by = calendar.end_of(last)
    values = {
        "number": f"{year}-{topics.next_number(work.tx, f'topic-{year}'):03d}",
        "issued_at": work.now,
        "first_deadline": topic.deadline,
        "claim_by": min(claim_by, topic.deadline) if topic.deadline else claim_by,
        "ladder_id": anchoring.frozen_ladder(work),
    }
    issued = acting.on_topic(work, topic, event, values)
    tell(work, responsible(issued), "issued", issued)
    return issued


def amend(work: Work, topic_id: TopicId, remark: str = "") -> Topic:
    """Take a proposed topic back into draft, to change it; a remark says how."""
    topic = topics.get(work.tx, topic_id)
    report = acting.say(work, topic, Event.AMEND, remark) if remark.strip() else None
    back = acting.on_topic(work, topic, Event.AMEND, facts={"report": report}, texts={"text": remark})
    tell(work, [back.drafter_id], "amend_wanted", back, report_id=report)
    return back


def withdraw(work: Work, topic_id: TopicId, reason: str) -> Topic:
    """撤题, with a reason once others have seen it."""
    topic = topics.get(work.tx, topic_id)
    report = None
    if topic.open:
        if not reason.strip():
            raise Missing("reason_missing", event=Event.WITHDRAW)
        report = acting.say(work, topic, Event.WITHDRAW, reason)
    gone = acting.on_topic(work, topic, Event.WITHDRAW, facts={"report": report}, texts={"text": reason})
    if topic.open:
        tell(work, (*responsible(topic), *working(work, topic)), "withdrawn", gone, report_id=report)
    return gone


def check_lengths(policy: Policy, given: Draft) -> None:
    """Refuse texts longer than the college allows. Raises Invalid."""
    for text in (given.problem, given.goal, given.source):
        if len(text) > policy.longest_text:
            raise Invalid("text_too_long", length=len(text), longest=policy.longest_text)
    if len(given.title) > LONGEST_TITLE:
        raise Invalid("title_too_long", longest=LONGEST_TITLE)


def propose_owners(work: Work, units: tuple[UnitId, ...]) -> list[PersonId]:
    """Leaders in charge of the lead units, from the 分管 map."""
    found = [leader for unit in units for leader in people.leaders_of(work.tx, unit)]
    return list(dict.fromkeys(found))


def _in_the_name_of(work: Work, issuer: Person, topic_id: TopicId) -> Topic:
    named = replace_actor(work, issuer)
    issued = _issue(named, topic_id, Event.CONFIRM)
    work.tx.record(
        "standing_authority", topic_id=topic_id, actor_id=work.actor.id, facts={"principal": issuer.id}
    )
    tell(work, [issuer.id], "issued_in_your_name", issued)
    return issued


def replace_actor(work: Work, actor: Person) -> Work:
    """The same work in another's name; what it owes is still pushed with this turn."""
    return replace(work, actor=actor)


def _proposed(work: Work, topic_id: TopicId) -> Topic:
    return acting.on_topic(work, _complete(topics.get(work.tx, topic_id)), Event.PROPOSE)


def _issuer(work: Work, given: Draft) -> Person:
    if given.issuer_id is None:
        if work.policy.may_issue(work.actor):
            return work.actor
        raise Missing("issuer_missing")
    issuer = people.get(work.tx, given.issuer_id)
    if not work.policy.may_issue(issuer):
        raise Invalid("not_an_issuer", title=issuer.title)
    return issuer


def _complete(topic: Topic) -> Topic:
    if missing := topic.missing():
        raise Missing("fields_missing", fields=missing)
    return topic


def _owners_in_office(work: Work, topic: Topic) -> None:
    """Between the draft and its issue somebody may have left, or ceased to be a leader."""
    for person in people.many(work.tx, (*responsible(topic), *topic.co_owners)).values():
        if not person.active:
            raise Invalid("person_left", title=person.title)
        if not may_own(work, person.id):
            raise Invalid("not_a_leader", title=person.title)


def _values(work: Work, given: Draft) -> dict[str, Any]:
    category = work.policy.categories.get(given.category)
    if given.category and category is None:
        raise Invalid("unknown_category", category=given.category)
    check_lengths(work.policy, given)
    standing = given.kind is Kind.STANDING
    return {
        "title": given.title.strip(),
        "short_title": short_title(given.short_title.strip() or given.title.strip()),
        "problem": given.problem.strip(),
        "goal": given.goal.strip(),
        "source": given.source.strip(),
        "category": given.category,
        "duty": given.duty,
        "kind": given.kind,
        "cycle": given.cycle,
        "confidential": given.confidential,
        "verifier": category.verifier if category else Role.DISCIPLINE_SECRETARY.value,
        "owner_id": given.owner_id,
        "eligible": given.eligible,
        "co_owners": given.co_owners,
        "lead_units": given.lead_units,
        "assist_units": given.assist_units,
        "deadline": None if standing else given.deadline,
    }
