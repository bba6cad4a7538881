"""Doing something to an affair: decide by the second table, write, journal, remind anew."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from services.affairs.seating import ASKED, Frame, authorise, frame_of
from services.affairs.timing import next_look
from services.policy import Policy
from services.telling import opening
from services.work import Work
from storage import affairs, notices, people, topics
from storage.rows import of, split
from storage.store import Tx
from workflow.affair import SETTLED, Affair, AffairId, AffairItem, AffairKind, AffairState, Part
from workflow.affair_table import START, AffairEvent
from workflow.errors import Invalid, NotFound
from workflow.roles import PersonId, UnitId
from workflow.topic import TopicId

BEGUN: Final = "affair_begin"
LETTERS: Final[Mapping[AffairKind, str]] = {
    AffairKind.RISK: "R",
    AffairKind.DUTY: "D",
    AffairKind.LISTING: "V",
    AffairKind.BATCH: "B",
    AffairKind.MEETING: "M",
    AffairKind.TEMPLATE: "P",
    AffairKind.CAMPAIGN: "Y",
    AffairKind.COVER: "C",
    AffairKind.ADMONITION: "A",
    AffairKind.TOLERANCE: "T",
    AffairKind.CLARIFICATION: "L",
    AffairKind.REGISTER: "G",
    AffairKind.RECHECK: "H",
    AffairKind.ASSESSMENT: "S",
    AffairKind.SELF_CHECK: "Z",
    AffairKind.APPRAISAL: "E",
}
"""What an affair's number begins with: M2026-03 is the year's third meeting."""


def begin(
    work: Work,
    kind: AffairKind,
    *,
    title: str = "",
    words: Mapping[str, str] | None = None,
    facts: Mapping[str, Any] | None = None,
    topic_id: TopicId | None = None,
    unit_id: UnitId | None = None,
    person_id: PersonId | None = None,
    parent_id: AffairId | None = None,
    due_at: datetime | None = None,
) -> Affair:
    """Open an affair. Raises the second table's refusals, and Invalid for words that are too long."""
    frame = Frame(kind, topic_id, unit_id, person_id, work.actor.id)
    decision = authorise(work, frame, START, AffairEvent.BEGIN)
    check_lengths(work.policy, title, *(words or {}).values())
    return begin_by_rule(
        work.tx,
        work.policy,
        kind,
        state=decision.to,
        title=title,
        words=words,
        facts=facts,
        topic_id=topic_id,
        unit_id=unit_id,
        person_id=person_id,
        parent_id=parent_id,
        due_at=due_at,
        by=work.actor.id,
    )


def begin_by_rule(
    tx: Tx,
    policy: Policy,
    kind: AffairKind,
    *,
    state: AffairState = AffairState.OPEN,
    title: str = "",
    words: Mapping[str, str] | None = None,
    facts: Mapping[str, Any] | None = None,
    topic_id: TopicId | None = None,
    unit_id: UnitId | None = None,
    person_id: PersonId | None = None,
    parent_id: AffairId | None = None,
    due_at: datetime | None = None,
    by: PersonId | None = None,
) -> Affair:
    """The same where a rule opens it and nobody's rights are asked (`by` is whose act led to it)."""
    year = policy.calendar.day(tx.now).year
    values: dict[str, Any] = {
        "kind": kind,
        "number": f"{LETTERS[kind]}{year}-{topics.next_number(tx, f'{kind}-{year}'):02d}",
        "state": state,
        "version": 1,
        "topic_id": topic_id,
        "unit_id": unit_id,
        "person_id": person_id,
        "parent_id": parent_id,
        "opened_by": by,
        "opened_at": tx.now,
        "due_at": due_at,
        "facts": dict(facts or {}),
        "title": title.strip(),
        "words": dict(words or {}),
    }
    affair = affairs.get(tx, affairs.add(tx, values))
    _journal(tx, BEGUN, affair, by, values, {})
    return _reminded(tx, policy, affair)


def act(
    work: Work,
    affair: Affair,
    event: AffairEvent,
    values: Mapping[str, Any] | None = None,
    *,
    facts: Mapping[str, Any] | None = None,
) -> Affair:
    """Do an event to an affair. `values` are columns; `facts` go to the journal row alone."""
    decision = authorise(work, frame_of(affair), affair.state, event)
    changes = dict(values or {})
    check_lengths(work.policy, changes.get("title", ""), *changes.get("words", {}).values())
    if decision.to is not affair.state:
        changes["state"] = decision.to
        if decision.to in SETTLED:
            changes |= {"settled_at": work.now, "settled_by": work.actor.id}
    changed = affairs.save(work.tx, affair, changes) if changes else affair
    _journal(
        work.tx, f"affair_{event}", changed, work.actor.id, changes, {"seat": decision.seat, **(facts or {})}
    )
    return _reminded(work.tx, work.policy, changed)


def act_by_rule(
    tx: Tx, policy: Policy, affair: Affair, event: AffairEvent, values: Mapping[str, Any]
) -> Affair:
    """A change that follows from something else and is nobody's act."""
    changed = affairs.save(tx, affair, dict(values))
    _journal(tx, f"affair_{event}", changed, None, values, {})
    return _reminded(tx, policy, changed)


def ask(work: Work, affair: Affair, whom: Iterable[PersonId], part: str = ASKED) -> list[PersonId]:
    """Give people a part in it; who had none before."""
    new = [person for person in dict.fromkeys(whom) if affairs.ask(work.tx, affair.id, person, part)]
    if new:
        facts = {"affair": affair.id, "part": part, "asked": new}
        work.tx.record("affair_ask", topic_id=affair.topic_id, actor_id=work.actor.id, facts=facts)
    return new


def answer(work: Work, affair: Affair, said: str, text: str = "", part: str = ASKED) -> Part:
    """The actor's answer, or that of whom the actor stands in for. Raises NotFound where none is owed."""
    authorise(work, frame_of(affair), affair.state, AffairEvent.ANSWER)
    return answer_for(work, affair, answering(work, affair, part), said, text, part)


def answer_for(
    work: Work, affair: Affair, person: PersonId, said: str, text: str = "", part: str = ASKED
) -> Part:
    """Write down a person's answer; whether the actor may has been asked."""
    check_lengths(work.policy, text)
    given = Part(affair.id, person, part, said, work.said.sent_at, text)
    affairs.answer(work.tx, given)
    facts = {
        "affair": affair.id,
        "part": part,
        "person": person,
        "answer": said,
        "sent_at": given.answered_at,
    }
    texts = {"words": text} if text else {}
    work.tx.record(
        "affair_answer", topic_id=affair.topic_id, actor_id=work.actor.id, facts=facts, texts=texts
    )
    return given


def put(
    work: Work,
    affair: Affair,
    kind: str,
    words: str = "",
    *,
    state: str = "",
    topic_id: TopicId | None = None,
    unit_id: UnitId | None = None,
    person_id: PersonId | None = None,
    facts: Mapping[str, Any] | None = None,
) -> AffairItem:
    """Add an item; whether the actor may has been asked (`act` or `authorise`)."""
    check_lengths(work.policy, words)
    no = affairs.next_no(work.tx, affair.id)
    item = AffairItem(affair.id, no, kind, state, topic_id, unit_id, person_id, dict(facts or {}), words)
    affairs.add_item(work.tx, item)
    _journal_item(work, affair, item)
    return item


def change_item(work: Work, affair: Affair, item: AffairItem, **values: Any) -> AffairItem:
    """Change an item; whether the actor may has been asked."""
    changed = replace(item, **values)
    check_lengths(work.policy, changed.words)
    affairs.save_item(work.tx, changed)
    _journal_item(work, affair, changed)
    return changed


def tell(
    work: Work,
    whom: Iterable[PersonId | None],
    kind: str,
    affair: Affair,
    *,
    data: Mapping[str, Any] | None = None,
    single: bool = True,
    wants_ack: bool = False,
    mark: str = "",
) -> None:
    """Owe a push about an affair to each person once, the actor excepted; `a.b` is worded as `a.push.b`.

    `mark` tells apart what is said to the same person of the same version of it.
    """
    wanted = {person for person in whom if person is not None and person != work.actor.id}
    here = [person for person in people.many(work.tx, wanted).values() if person.active]
    for person in here:
        row = {
            "dedupe": f"{kind}:a{affair.id}.{affair.version}{mark}:{person.id}",
            "kind": kind,
            "person_id": person.id,
            "topic_id": affair.topic_id,
            "affair_id": affair.id,
            "by_id": work.actor.id,
            "data": dict(data or {}),
            "single": single,
            "wants_ack": wants_ack,
            "due_at": opening(work, person),
        }
        if notices.owe(work.tx, row) is not None:
            work.told.add(person.id)


def check_lengths(policy: Policy, *texts: str) -> None:
    """Refuse words longer than the college allows. Raises Invalid."""
    for text in texts:
        if len(text) > policy.longest_text:
            raise Invalid("text_too_long", length=len(text), longest=policy.longest_text)


def answering(work: Work, affair: Affair, part: str = ASKED) -> PersonId:
    """Whose part the actor speaks in: the own one, or a principal's. Raises NotFound where there is none."""
    asked = {one.person_id for one in affairs.parts(work.tx, affair.id, part)}
    standing = [s.principal_id for s in people.principals(work.tx, work.actor.id) if s.kind == "absence"]
    for person in (work.actor.id, *standing):
        if person in asked:
            return person
    raise NotFound("not_asked")


def _reminded(tx: Tx, policy: Policy, affair: Affair) -> Affair:
    """Plan the next look. One that is due by now and not yet taken stays due."""
    if (waiting := affairs.looked_at(tx, affair.id)) is None or waiting > tx.now or affair.settled:
        affairs.schedule(tx, affair.id, next_look(policy, affair, tx.now))
    return affair


def _journal(
    tx: Tx,
    event: str,
    affair: Affair,
    actor: PersonId | None,
    changes: Mapping[str, Any],
    facts: Mapping[str, Any],
) -> None:
    plain, words = split(of("affairs"), changes)
    body = {"affair": affair.id, "version": affair.version, "set": plain, **facts}
    tx.record(event, topic_id=affair.topic_id, actor_id=actor, facts=body, texts=words)


def _journal_item(work: Work, affair: Affair, item: AffairItem) -> None:
    facts = {
        "affair": affair.id,
        "item": item.no,
        "kind": item.kind,
        "state": item.state,
        "item_topic": item.topic_id,
        "item_unit": item.unit_id,
        "item_person": item.person_id,
        "facts": dict(item.facts),
    }
    texts = {"words": item.words} if item.words else {}
    work.tx.record("affair_item", topic_id=affair.topic_id, actor_id=work.actor.id, facts=facts, texts=texts)
