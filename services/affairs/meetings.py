"""会议: a meeting is opened, its agenda approved, people are called, it is held, its minutes confirmed.

S1 (联席会议: items are taken in a window, the leader approves the agenda); S2 art. 10, 20, 24. Items of the
agenda are in `meetings_agenda`, decisions in `meetings_decisions`, the clock in `meetings_clock`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from services.affairs import acting
from services.affairs.acting import begin as open_affair
from services.affairs.seating import ASKED
from services.affairs.timing import FIRES
from services.work import Work
from storage import affairs, people
from storage.store import Tx
from workflow.affair import Affair, AffairKind, AffairState, Part
from workflow.affair_table import AffairEvent
from workflow.errors import Invalid
from workflow.meeting import FROM_LEDGER, Sort, present_by_default
from workflow.roles import PersonId, Role

YES: Final = "yes"
LEAVE: Final = "leave"
OBSERVER: Final = "observer"
PRESENT: Final = "present"
CALLED_AT: Final = "called_at"
HELD_AT: Final = "held_at"
AWAY: Final = "no"
"""The answer of a part "present" that was taken back: parts are never deleted."""


@dataclass(frozen=True, slots=True)
class Plan:
    """When and where a meeting is to be. Times are aware; `window` is the last instant of intake."""

    sort: Sort
    at: datetime
    place: str
    chair: PersonId
    window: datetime
    title: str = ""


def sort_of(affair: Affair) -> Sort:
    """What sort of meeting it is."""
    return Sort(affair.facts.get("sort", Sort.JOINT))


def window_of(affair: Affair) -> datetime:
    """When its intake closes; the moment it was opened where nobody said."""
    said = affair.facts.get("window")
    return datetime.fromisoformat(said) if said else affair.opened_at


def begin(work: Work, plan: Plan) -> Affair:
    """Open a meeting and ask for items (S1). Raises the table's refusals, and Invalid for a time past."""
    _to_come(work, plan.at)
    affair = open_affair(
        work,
        AffairKind.MEETING,
        title=plan.title,
        words={"place": plan.place.strip()},
        facts=_facts(plan.sort, plan.at, plan.window),
        person_id=plan.chair,
        due_at=plan.at,
    )
    for leaders, single in ((True, True), (False, False)):
        whom = proposers(work, affair, leaders=leaders)
        acting.tell(work, whom, "meetings.intake", affair, data={"while": affair.state}, single=single)
    return affair


def proposers(work: Work, affair: Affair, *, leaders: bool) -> list[PersonId]:
    """Who hears that items are taken in: the leading body at once, the units' heads with their digest."""
    if sort_of(affair) not in FROM_LEDGER or window_of(affair) <= work.now:
        return []
    first = (Role.CHIEF, Role.LEADER, Role.DISCIPLINE_SECRETARY)
    team = [person.id for role in first for person in people.holding(work.tx, role)]
    if leaders:
        return list(dict.fromkeys(team))
    units = [unit.id for unit in people.all_units(work.tx) if unit.state == "active"]
    heads = [m.person_id for m in people.members_of(work.tx, units) if m.role is Role.UNIT_HEAD]
    return [one for one in dict.fromkeys(heads) if one not in team]


def move(work: Work, affair: Affair, plan: Plan) -> Affair:
    """Another time, place or chair. Whoever was called hears it; a new time wants a new answer."""
    _to_come(work, plan.at)
    later = plan.at != affair.due_at
    values = {
        "due_at": plan.at,
        "person_id": plan.chair,
        "title": plan.title,
        "words": {**affair.words, "place": plan.place.strip()},
        "facts": {**affair.facts, **_facts(plan.sort, plan.at, plan.window)},
    }
    moved = acting.act(work, affair, AffairEvent.EDIT, values)
    invited = affairs.parts(work.tx, affair.id, ASKED)
    if later:
        for part in invited:
            affairs.answer(work.tx, Part(affair.id, part.person_id, ASKED, "", None, ""))
        facts = {"affair": affair.id, "part": ASKED}
        work.tx.record("affair_unanswered", topic_id=affair.topic_id, actor_id=work.actor.id, facts=facts)
    if affair.state is AffairState.CALLED:
        acting.tell(work, [part.person_id for part in invited], "meetings.moved", moved)
    return moved


def submit(work: Work, affair: Affair) -> Affair:
    """送审: the agenda goes to who presides. Raises Invalid while it is empty."""
    _has_agenda(work, affair)
    given = acting.act(work, affair, AffairEvent.GIVE, {})
    acting.tell(work, [given.person_id], "meetings.agenda", given, data={"while": given.state})
    return given


def approve(work: Work, affair: Affair) -> Affair:
    """同意: the agenda stands; who proposed an item hears what became of it."""
    _has_agenda(work, affair)
    approved = acting.act(work, affair, AffairEvent.APPROVE, {})
    acting.tell(work, keepers(work, approved), "meetings.approved", approved)
    for state, kind in (("", "meetings.listed"), ("dropped", "meetings.unlisted")):
        items = affairs.items(work.tx, affair.id, "agenda")
        by = [PersonId(i.facts["by"]) for i in items if i.state == state and i.facts.get("by")]
        acting.tell(work, [one for one in by if one not in keepers(work, approved)], kind, approved)
    return approved


def send_back(work: Work, affair: Affair, remark: str = "") -> Affair:
    """退回: agenda or minutes go back to whoever keeps them, with a remark."""
    values = {"words": {**affair.words, "remark": remark.strip()}}
    back = acting.act(work, affair, AffairEvent.SEND_BACK, values)
    kind = "meetings.minutes_back" if back.state is AffairState.HELD else "meetings.agenda_back"
    acting.tell(work, keepers(work, back), kind, back)
    return back


def call(work: Work, affair: Affair, asked: Iterable[PersonId], observers: Iterable[PersonId] = ()) -> Affair:
    """邀请: everybody gets one push. Observers sit in (列席). Raises Invalid for nobody or too late."""
    wanted, sitting_in = list(dict.fromkeys(asked)), list(dict.fromkeys(observers))
    everybody = [*wanted, *(one for one in sitting_in if one not in wanted)]
    if not everybody:
        raise Invalid("meeting_nobody_asked")
    if affair.due_at is not None:
        _to_come(work, affair.due_at)
    again = affair.state is AffairState.CALLED
    facts = affair.facts if again else {**affair.facts, CALLED_AT: work.now.isoformat()}
    called = acting.act(work, affair, AffairEvent.EDIT if again else AffairEvent.CALL, {"facts": facts})
    new = acting.ask(work, called, everybody)
    acting.ask(work, called, [one for one in sitting_in if one in new], OBSERVER)
    acting.tell(work, new, "meetings.called", called, data={"while": called.state})
    return called


def reply(work: Work, affair: Affair, said: str, text: str = "") -> Part:
    """参加 or 请假; a leave goes to whoever keeps the meeting."""
    given = acting.answer(work, affair, said, text)
    if said == LEAVE:
        data = {"who": people.get(work.tx, given.person_id).title}
        acting.tell(
            work, keepers(work, affair), "meetings.leave", affair, data=data, mark=f"-{given.person_id}"
        )
    return given


def hold(work: Work, affair: Affair) -> Affair:
    """登记到会: it was held; who presides and everybody who accepted is put down as present."""
    at = affair.due_at
    if at is not None and work.policy.calendar.day(work.now) < work.policy.calendar.day(at):
        raise Invalid("meeting_not_yet", at=at)
    facts = {**affair.facts, HELD_AT: work.now.isoformat()}
    held = acting.act(work, affair, AffairEvent.RECORD, {"facts": facts})
    invited = affairs.parts(work.tx, affair.id, ASKED)
    accepted = [part.person_id for part in invited if part.answer == YES]
    here = present_by_default(accepted, held.person_id)
    acting.ask(work, held, [PersonId(one) for one in here], PRESENT)
    return held


def attend(work: Work, affair: Affair, whom: Iterable[PersonId], *, present: bool) -> Affair:
    """到会 or 缺席: put the record of attendance right."""
    changed = list(dict.fromkeys(whom))
    noted = acting.act(work, affair, AffairEvent.NOTE, facts={"present" if present else "away": changed})
    known = {part.person_id for part in affairs.parts(work.tx, affair.id, PRESENT)}
    if present:
        acting.ask(work, noted, changed, PRESENT)
    for person in changed:
        if person in known:
            acting.answer_for(work, noted, person, "" if present else AWAY, part=PRESENT)
    return noted


def draw_up(work: Work, affair: Affair) -> Affair:
    """生成纪要: the minutes go to who presides; whoever presides oneself has them confirmed at once."""
    if work.actor.id == affair.person_id:
        return finish(work, affair)
    given = acting.act(work, affair, AffairEvent.GIVE, {})
    acting.tell(work, [given.person_id], "meetings.minutes_wanted", given, data={"while": given.state})
    return given


def finish(work: Work, affair: Affair) -> Affair:
    """确认纪要: those who must do something hear it at once, everybody else with the digest."""
    done = acting.act(work, affair, AffairEvent.FINISH, {})
    items = [item for item in affairs.items(work.tx, affair.id, "decision") if item.state != "dropped"]
    doing = {item.person_id for item in items if item.person_id}
    units = [item.unit_id for item in items if item.unit_id]
    doing |= {m.person_id for m in people.members_of(work.tx, units) if m.role is Role.UNIT_HEAD}
    acting.tell(work, sorted(doing), "meetings.decided", done)
    asked = [part.person_id for part in affairs.parts(work.tx, affair.id, ASKED)]
    others = [one for one in (*asked, *keepers(work, done)) if one not in doing]
    acting.tell(work, others, "meetings.minutes", done, single=False)
    return done


def drop(work: Work, affair: Affair, reason: str = "") -> Affair:
    """取消会议: everybody who was called, or gave an item, hears it."""
    values = {"words": {**affair.words, "reason": reason.strip()}}
    gone = acting.act(work, affair, AffairEvent.DROP, values)
    acting.tell(work, concerned_by(work, affair), "meetings.cancelled", gone)
    return gone


def concerned_by(work: Work, affair: Affair) -> list[PersonId]:
    """Who must hear that it is not to be: those called, who gave an item, who presides, who keeps it."""
    asked = [part.person_id for part in affairs.parts(work.tx, affair.id, ASKED)]
    gave = [item.facts.get("by") for item in affairs.items(work.tx, affair.id, "agenda")]
    given = [PersonId(one) for one in gave if one]
    chair = [affair.person_id] if affair.person_id else []
    return list(dict.fromkeys((*asked, *given, *chair, *keepers(work, affair))))


def keepers(work: Work, affair: Affair) -> list[PersonId]:
    """Who keeps the meeting: the office, and whoever opened it."""
    return keepers_of(work.tx, affair)


def keepers_of(tx: Tx, affair: Affair) -> list[PersonId]:
    """The same where nobody acts."""
    opened = [affair.opened_by] if affair.opened_by else []
    office = [person.id for person in people.holding(tx, Role.OFFICE)]
    return list(dict.fromkeys((*office, *opened)))


def _facts(sort: Sort, at: datetime, window: datetime) -> Mapping[str, Any]:
    said = min(window, at)
    return {"sort": sort, "at": at.isoformat(), "window": said.isoformat(), FIRES: said.isoformat()}


def _to_come(work: Work, at: datetime) -> None:
    if at <= work.now:
        raise Invalid("meeting_past", at=at)


def _has_agenda(work: Work, affair: Affair) -> None:
    if not any(item.state != "dropped" for item in affairs.items(work.tx, affair.id, "agenda")):
        raise Invalid("meeting_no_agenda")
