"""The card of a meeting: when and where, its agenda, who comes, what was decided, what may be done."""

from collections.abc import Sequence
from typing import Final

from handlers import names
from handlers.affair_cards import choices, drawn, name_of, worded
from handlers.asking.previewing import lines_of
from handlers.cards import MOST_BUTTONS, Button, Card
from handlers.meetings.words import decision_line, item_line
from handlers.reader import Reader
from services.affairs import meetings_agenda, meetings_decisions
from services.affairs.meetings import AWAY, LEAVE, PRESENT, YES, sort_of, window_of
from services.affairs.seating import ASKED, open_to
from storage import affairs
from workflow.affair import Affair, AffairItem, AffairKind, AffairState, Part
from workflow.affair_table import AffairEvent
from workflow.meeting import Sort

MOST: Final = 12
"""Lines of an agenda or of decisions a card shows; the list of items has the rest."""
_E, _S = AffairEvent, AffairState
_BEGUN: Final = (_S.HELD, _S.GIVEN, _S.DONE)
_KEEPING: Final = frozenset({_E.EDIT, _E.APPROVE, _E.SEND_BACK, _E.NOTE, _E.FINISH, _E.RECORD, _E.DROP})


@drawn(AffairKind.MEETING)
def meeting_card(reader: Reader, affair: Affair) -> Card:
    """The whole meeting, as this reader may see it."""
    may = open_to(reader.work, affair)
    invited = affairs.parts(reader.tx, affair.id, ASKED)
    lines = lines_of(
        _head(reader, affair, may),
        _agenda(reader, affair, may),
        _answers(reader, affair, invited, may),
        _attendance(reader, affair, invited),
        _decisions(reader, affair),
    )
    return Card(name_of(reader, affair), lines, choices(reader, _buttons(reader, affair, may, invited)))


@worded(AffairKind.MEETING)
def when_and_where(reader: Reader, affair: Affair) -> dict[str, str]:
    """What the pushes about a meeting say besides its name."""
    none = reader.say("common.none")
    at = reader.dates.clock(affair.due_at) if affair.due_at else none
    return {"at": at, "place": affair.words.get("place") or none}


def _head(reader: Reader, affair: Affair, may: Sequence[AffairEvent]) -> tuple[str, ...]:
    say = reader.say
    at = affair.due_at
    remark = affair.words.get("remark", "") if {*may} & _KEEPING else ""
    reason = affair.words.get("reason", "") if affair.state is _S.CANCELLED else ""
    return lines_of(
        say("meetings.line.at", at=reader.dates.full(at) + reader.dates.clock(at)[-6:]) if at else "",
        say("meetings.line.place", place=affair.words["place"]) if affair.words.get("place") else "",
        say("meetings.line.chair", chair=names.titles(reader.tx, say, [affair.person_id])),
        say("meetings.line.state", state=say(f"meetings.state.{affair.state}")),
        _window(reader, affair),
        say("meetings.line.remark", text=remark) if remark and affair.state in (_S.OPEN, _S.HELD) else "",
        say("meetings.line.reason", text=reason) if reason else "",
    )


def _window(reader: Reader, affair: Affair) -> str:
    if affair.state is not _S.OPEN:
        return ""
    until = window_of(affair)
    key = "meetings.line.window" if until > reader.tx.now else "meetings.line.window_over"
    return reader.say(key, until=reader.dates.clock(until))


def seen_agenda(reader: Reader, affair: Affair, may: Sequence[AffairEvent]) -> list[tuple[int, AffairItem]]:
    """The agenda, numbered; while it is drawn up, whoever does not keep it sees only the items they gave."""
    if affair.state is _S.CANCELLED:
        return []
    numbered = list(enumerate(meetings_agenda.standing(reader.work, affair), 1))
    if affair.state in (_S.OPEN, _S.WAITING) and not {*may} & _KEEPING:
        return [(no, item) for no, item in numbered if item.facts.get("by") == reader.actor.id]
    return numbered


def _agenda(reader: Reader, affair: Affair, may: Sequence[AffairEvent]) -> tuple[str, ...]:
    numbered = seen_agenda(reader, affair, may)
    if not numbered:
        return ()
    shown = [item_line(reader, no, item) for no, item in numbered[:MOST]]
    left = len(numbered) - MOST
    return lines_of(
        reader.say("meetings.agenda", count=len(numbered)),
        shown,
        reader.say("meetings.and_more", count=left) if left > 0 else "",
    )


def _answers(
    reader: Reader, affair: Affair, invited: Sequence[Part], may: Sequence[AffairEvent]
) -> tuple[str, ...]:
    """Who comes, for those who keep it; one's own answer for everybody asked."""
    if affair.state is not _S.CALLED:
        return ()
    say = reader.say
    own = next((part.answer for part in invited if part.person_id == reader.actor.id), "")
    mine = say("meetings.own_answer", answer=say(f"meetings.answer.{own}")) if own else ""
    if not {*may} & _KEEPING:
        return lines_of(mine)
    coming = [part for part in invited if part.answer == YES]
    leave = [part for part in invited if part.answer == LEAVE]
    silent = [part.person_id for part in invited if not part.answer]
    return lines_of(
        mine,
        say("meetings.coming", yes=len(coming), leave=len(leave), silent=len(silent)),
        [say("meetings.on_leave", who=_who(reader, part)) for part in leave],
        say("meetings.silent", who=names.titles(reader.tx, say, silent)) if silent else "",
    )


def _who(reader: Reader, part: Part) -> str:
    title = names.title(reader.tx, part.person_id)
    return reader.say("meetings.why_leave", who=title, reason=part.words) if part.words else title


def _attendance(reader: Reader, affair: Affair, invited: Sequence[Part]) -> tuple[str, ...]:
    if affair.state not in _BEGUN:
        return ()
    say = reader.say
    here = [p.person_id for p in affairs.parts(reader.tx, affair.id, PRESENT) if p.answer != AWAY]
    missing = [p for p in invited if p.person_id not in here]
    leave = [p.person_id for p in missing if p.answer == LEAVE]
    absent = [p.person_id for p in missing if p.answer != LEAVE]
    return lines_of(
        say("meetings.present", count=len(here), who=names.titles(reader.tx, say, here)),
        say("meetings.on_leave", who=names.titles(reader.tx, say, leave)) if leave else "",
        say("meetings.absent", who=names.titles(reader.tx, say, absent)) if absent else "",
    )


def _decisions(reader: Reader, affair: Affair) -> tuple[str, ...]:
    if affair.state not in _BEGUN:
        return ()
    found = meetings_decisions.of(reader.work, affair)
    if not found:
        return (reader.say("meetings.no_decisions"),) if affair.state is _S.HELD else ()
    shown = [decision_line(reader, no, item) for no, item in enumerate(found, 1)][:MOST]
    left = len(found) - MOST
    more = reader.say("meetings.and_more", count=left) if left > 0 else ""
    return lines_of(reader.say("meetings.decisions", count=len(found)), shown, more)


def _buttons(
    reader: Reader, affair: Affair, may: Sequence[AffairEvent], invited: Sequence[Part]
) -> tuple[Button, ...]:
    """What the table opens to this reader, the usual first; as many as a card has room for."""
    wanted = {
        _S.OPEN: _drawing_up,
        _S.WAITING: _deciding,
        _S.APPROVED: _deciding,
        _S.CALLED: _called,
        _S.HELD: _closing,
        _S.GIVEN: _closing,
    }.get(affair.state)
    names_ = wanted(reader, affair, may, invited) if wanted else ()
    analysed = sort_of(affair) is Sort.ANALYSIS and not affair.settled and {*may} & _KEEPING
    shown = (*names_, *(("pack",) if analysed else ()), *(("drop",) if _E.DROP in may else ()))
    return tuple(
        reader.button(f"meeting.{name}", affair.id, label=_LABELS.get(name, f"meeting.{name}"))
        for name in shown[:MOST_BUTTONS]
    )


_LABELS: Final = {"invite": "invite", "open": "view"}


def _drawing_up(
    reader: Reader, affair: Affair, may: Sequence[AffairEvent], invited: Sequence[Part]
) -> tuple[str, ...]:
    order = meetings_agenda.standing(reader.work, affair)
    presides = _E.APPROVE in may and (_E.GIVE not in may or reader.actor.id == affair.person_id)
    onward = ("approve",) if presides else ("submit",) if _E.GIVE in may else ()
    taking = _E.ADD in may and (_E.EDIT in may or reader.tx.now <= window_of(affair))
    return (
        *(("agenda",) if _E.EDIT in may else ()),
        *(("offer",) if taking else ()),
        *(onward if order else ()),
        *(("move",) if _E.EDIT in may else ()),
    )


def _deciding(
    reader: Reader, affair: Affair, may: Sequence[AffairEvent], invited: Sequence[Part]
) -> tuple[str, ...]:
    order = (("approve", _E.APPROVE), ("invite", _E.CALL), ("back", _E.SEND_BACK), ("move", _E.EDIT))
    return tuple(name for name, event in order if event in may)


def _called(
    reader: Reader, affair: Affair, may: Sequence[AffairEvent], invited: Sequence[Part]
) -> tuple[str, ...]:
    own = next((part for part in invited if part.person_id == reader.actor.id), None)
    calendar = reader.policy.calendar
    come = affair.due_at is None or calendar.day(reader.tx.now) >= calendar.day(affair.due_at)
    asked = _E.ANSWER in may
    return (
        *(("yes",) if asked and (own is None or own.answer != YES) else ()),
        *(("leave",) if asked and (own is None or own.answer != LEAVE) else ()),
        *(("hold",) if come and _E.RECORD in may else ()),
        *(("invite", "move") if _E.EDIT in may else ()),
    )


def _closing(
    reader: Reader, affair: Affair, may: Sequence[AffairEvent], invited: Sequence[Part]
) -> tuple[str, ...]:
    chair = reader.actor.id == affair.person_id
    draws = affair.state is _S.HELD and (_E.GIVE in may or (chair and _E.FINISH in may))
    return (
        *(("note",) if _E.NOTE in may else ()),
        *(("minutes",) if draws else ()),
        *(("confirm",) if affair.state is _S.GIVEN and _E.FINISH in may else ()),
        *(("back",) if _E.SEND_BACK in may else ()),
    )
