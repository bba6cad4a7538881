"""常规题 (S2 art. 12–14): a template sets its topic anew whenever its day comes round.

The topic is drafted in the name of a chief, who confirms it by one tap; where that chief recorded a standing
authority it is published at once. A day off moves it to the next workday. Days that passed while we were
down are made up for once, and that it is late is said.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from services import acting as topic_acts
from services import issuing
from services.affairs import acting
from services.affairs.following import RAISED, STAGE, owe
from services.affairs.reminding import fires
from services.affairs.timing import FIRES
from services.issuing import Draft
from services.policy import Policy
from services.work import Said, Work
from storage import affairs, people, topics
from storage.people import Person
from storage.store import Tx
from workflow.affair import Affair, AffairKind
from workflow.affair_table import AffairEvent
from workflow.errors import Invalid, Missing, Stale, WorkflowError
from workflow.rhythm import Every, Rhythm
from workflow.roles import PersonId, Role, UnitId
from workflow.topic import Duty, Kind, Topic, TopicState
from workflow.transitions import Event

SET: Final = "recurring.set"
STUCK: Final = "recurring.stuck"
LONGEST_TERM: Final = 366
"""The longest term of a recurring topic, in days."""
_MEMBERS: Final = (Role.CHIEF, Role.LEADER, Role.DISCIPLINE_SECRETARY)


@dataclass(frozen=True, slots=True)
class Template:
    """What is set, and when. `days` is the term from the day it is set; `each`: a topic for every member."""

    sort: str
    given: Draft
    rhythm: Rhythm
    days: int
    each: bool = False
    stages: tuple[str, ...] = ()

    def missing(self) -> tuple[str, ...]:
        """Mandatory fields still empty; a deadline comes with the day."""
        there = {
            "title": self.given.title.strip(),
            "goal": self.given.goal.strip(),
            "owner": self.each or self.given.owner_id or self.given.eligible,
        }
        return tuple(name for name, value in there.items() if not value)


def begin(work: Work, template: Template) -> Affair:
    """Keep a template; its topic is first set on the next day of its rhythm."""
    issuing.require_draft(work)
    issuing.check_lengths(work.policy, template.given)
    if missing := template.missing():
        raise Missing("fields_missing", fields=missing)
    if not 1 <= template.days <= LONGEST_TERM:
        raise Invalid("term_not_possible", longest=LONGEST_TERM)
    given = template.given
    words = {"goal": given.goal, "problem": given.problem, "source": given.source}
    words |= {f"{STAGE}{no}": text for no, text in enumerate(template.stages, 1)}
    facts = {
        **_facts(work, template),
        **_moment(work.policy, template.rhythm, work.policy.calendar.day(work.now)),
    }
    return acting.begin(work, AffairKind.TEMPLATE, title=given.title, words=words, facts=facts)


def pause(work: Work, affair: Affair) -> Affair:
    """It sets nothing until it is resumed. Raises Stale when it rests already."""
    if not running(affair):
        raise Stale("already_so")
    facts = {name: value for name, value in affair.facts.items() if name not in (FIRES, "on")}
    return acting.act(work, affair, AffairEvent.EDIT, {"facts": facts})


def resume(work: Work, affair: Affair) -> Affair:
    """It goes on with the next day of its rhythm; what it rested through is not made up for."""
    if running(affair):
        raise Stale("already_so")
    moment = _moment(work.policy, rhythm_of(affair), work.policy.calendar.day(work.now))
    return acting.act(work, affair, AffairEvent.EDIT, {"facts": {**affair.facts, **moment}})


def end(work: Work, affair: Affair) -> Affair:
    """It sets nothing any more; what it set goes on."""
    return acting.act(work, affair, AffairEvent.FINISH)


def running(affair: Affair) -> bool:
    """Whether it will set its topic again."""
    return FIRES in affair.facts


def rhythm_of(affair: Affair) -> Rhythm:
    """How often it comes round."""
    facts = affair.facts
    return Rhythm(Every(facts["every"]), facts["month"], facts["day"])


def due_after(policy: Policy, rhythm: Rhythm, day: date) -> tuple[date, datetime]:
    """The next day by the rhythm, and the moment it is set: on that day or the next workday."""
    calendar, on = policy.calendar, rhythm.after(day)
    return on, calendar.at(calendar.workday_on_or_after(on), policy.remind_at)


def waiting(tx: Tx, affair: Affair) -> list[Topic]:
    """What it set and nobody has published yet, by number."""
    found = topics.by_ids(tx, affairs.raised_by(tx, affair.id))
    unseen = (TopicState.DRAFT, TopicState.CONFIRMING)
    return sorted((topic for topic in found if topic.state in unseen), key=lambda topic: topic.id)


@fires(AffairKind.TEMPLATE)
def _fire(tx: Tx, policy: Policy, affair: Affair) -> set[PersonId]:
    """Set the topic, or one for every member; then look forward to the next day."""
    due = datetime.fromisoformat(affair.facts[FIRES])
    today = policy.calendar.day(tx.now)
    passed = date.fromisoformat(affair.facts["on"])
    moment = _moment(policy, rhythm_of(affair), max(today, passed))
    changed = acting.act_by_rule(tx, policy, affair, AffairEvent.EDIT, {"facts": {**affair.facts, **moment}})
    affairs.schedule(tx, affair.id, datetime.fromisoformat(moment[FIRES]))
    issuer, clerk = _issuer(tx, policy, affair), _clerk(tx, affair)
    keepers = [person.id for person in people.holding(tx, Role.OFFICE)]
    if issuer is None:
        return owe(tx, changed, STUCK, keepers)
    work = Work(tx, policy, clerk or issuer, Said(tx.now))
    try:
        with tx.attempt():
            made = [_draft(work, changed, issuer, owner) for owner in _owners(work, changed, issuer)]
    except WorkflowError:
        return owe(tx, changed, STUCK, [*keepers, issuer.id])
    late = tx.now - due > policy.outage
    told = [*keepers, *([issuer.id] if late or len(made) > 1 or clerk is None else [])]
    sent = [_sent(work, topic, issuer, quietly=len(made) > 1) for topic in made]
    if all(sent):
        return work.told | owe(tx, changed, SET, told, items=len(made), over=late)
    return work.told | owe(tx, changed, STUCK, [*keepers, issuer.id])


def _draft(work: Work, affair: Affair, issuer: Person, owner: tuple[PersonId, ...]) -> Topic:
    calendar, facts, words = work.policy.calendar, affair.facts, affair.words
    last = calendar.workday_on_or_after(calendar.day(work.now) + timedelta(days=facts["days"]))
    known = facts["category"] in work.policy.categories
    given = Draft(
        title=affair.title,
        problem=words["problem"],
        goal=words["goal"],
        source=words["source"],
        category=facts["category"] if known else "",
        duty=Duty(facts["duty"]) if facts["duty"] else None,
        kind=Kind.DATED,
        issuer_id=issuer.id,
        owner_id=owner[0] if len(owner) == 1 else None,
        eligible=owner if len(owner) > 1 else (),
        lead_units=tuple(map(UnitId, facts["lead"])),
        assist_units=tuple(map(UnitId, facts["assist"])),
        deadline=calendar.end_of(last),
    )
    topic = issuing.draft(work, given)
    affairs.link(work.tx, topic.id, RAISED, affair_id=affair.id)
    work.tx.record("recurring_set", topic_id=topic.id, facts={"template": affair.id})
    return topic


def _sent(work: Work, topic: Topic, issuer: Person, *, quietly: bool) -> bool:
    """Publish it or ask for the one tap; False where it lacks something and stays a draft.

    Several at once are confirmed together, so none of them asks by itself. Where there is no office nobody
    drafted it but the chief, to whom it stays.
    """
    if topic.missing():
        return False
    try:
        with work.tx.attempt():
            if work.actor.id == issuer.id:
                return True
            if quietly and not issuer.standing_authority:
                topic_acts.on_topic(work, topic, Event.PROPOSE)
            else:
                issuing.publish(work, topic.id)
    except WorkflowError:
        return False
    return True


def _owners(work: Work, affair: Affair, issuer: Person) -> list[tuple[PersonId, ...]]:
    """Who is called for each topic: whoever left is replaced by who is in charge of the lead units now."""
    if affair.facts["each"]:
        members = {one.id for role in _MEMBERS for one in people.holding(work.tx, role)}
        return [(member,) for member in sorted(members - {issuer.id})]
    named = [PersonId(one) for one in affair.facts["owners"]]
    here = [one for one in people.many(work.tx, named).values() if one.active]
    if here:
        return [tuple(one.id for one in here)]
    return [tuple(issuing.propose_owners(work, tuple(map(UnitId, affair.facts["lead"]))))]


def _issuer(tx: Tx, policy: Policy, affair: Affair) -> Person | None:
    """In whose name it is set: the chief it was kept for, or else the first who may issue."""
    wanted = people.get(tx, PersonId(affair.facts["issuer"]))
    found = [wanted, *people.holding(tx, Role.CHIEF)]
    return next((one for one in found if one.active and policy.may_issue(one)), None)


def _clerk(tx: Tx, affair: Affair) -> Person | None:
    """Who of the office drafts it: whoever kept the template, or the first there is."""
    office = people.holding(tx, Role.OFFICE)
    return next((one for one in office if one.id == affair.opened_by), next(iter(office), None))


def _facts(work: Work, template: Template) -> dict[str, Any]:
    given, rhythm = template.given, template.rhythm
    issuer = given.issuer_id or work.actor.id
    if not work.policy.may_issue(people.get(work.tx, issuer)):
        raise Missing("issuer_missing")
    return {
        "sort": template.sort,
        "every": rhythm.every,
        "month": rhythm.month,
        "day": rhythm.day,
        "days": template.days,
        "each": template.each,
        "issuer": issuer,
        "owners": [given.owner_id] if given.owner_id else list(given.eligible),
        "lead": list(given.lead_units),
        "assist": list(given.assist_units),
        "category": given.category,
        "duty": given.duty or "",
    }


def _moment(policy: Policy, rhythm: Rhythm, day: date) -> Mapping[str, str]:
    on, at = due_after(policy, rhythm, day)
    return {"on": on.isoformat(), FIRES: at.isoformat()}
