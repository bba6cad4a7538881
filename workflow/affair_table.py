"""The second table: who may do what to an affair, from where, to where.

Read it aloud like the first: «<event>: a <kind> that is <from> becomes <to>; only <by> may, never <never>.»
`START` is the state of an affair that is not there yet; `STAY` keeps the state.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final

from workflow.affair import AffairKind, AffairState
from workflow.errors import Barred, NoRight, NotInThisState


class AffairSeat(StrEnum):
    """A person's seat in one affair."""

    SUBJECT = "subject"  # whom it is about; of a meeting, who presides
    OPENER = "opener"
    ASKED = "asked"
    OWNER = "owner"  # of the topic it belongs to
    UNIT = "unit"  # heads and liaisons of its unit, or of the topic's units
    VERIFIER = "verifier"  # of the topic it belongs to
    CHIEF = "chief"
    DISCIPLINE = "discipline"
    DISCIPLINE_STAFF = "discipline_staff"
    COMMITTEE = "committee"
    OFFICE = "office"
    LEADER = "leader"
    MEMBER = "member"  # anybody on the roster with a task in some unit


class AffairEvent(StrEnum):
    """What a person can do to an affair."""

    BEGIN = "begin"
    EDIT = "edit"
    ADD = "add"
    APPROVE = "approve"
    SEND_BACK = "send_back"
    CALL = "call"
    ANSWER = "answer"
    RECORD = "record"
    NOTE = "note"
    RELEASE = "release"
    GRANT = "grant"
    REFUSE = "refuse"
    TAKE = "take"
    GIVE = "give"
    FINISH = "finish"
    DROP = "drop"
    ANNUL = "annul"


@dataclass(frozen=True, slots=True)
class AffairRule:
    """One line of the table."""

    kind: AffairKind
    event: AffairEvent
    frm: AffairState | None
    to: AffairState | None
    by: frozenset[AffairSeat]
    never: frozenset[AffairSeat] = frozenset()


@dataclass(frozen=True, slots=True)
class AffairDecision:
    """What the table says: the state to go to, and the seat that made it possible."""

    to: AffairState
    seat: AffairSeat


START: Final = None
STAY: Final = None
_K, _E, _A, _P = AffairKind, AffairEvent, AffairState, AffairSeat
_HEADS: Final = (_P.CHIEF, _P.DISCIPLINE, _P.OFFICE)
_DOERS: Final = (_P.OWNER, _P.UNIT)
_KEEPERS: Final = (_P.DISCIPLINE, _P.OFFICE)
_LISTERS: Final = (_P.OFFICE, _P.CHIEF)
_JUDGES: Final = (_P.ASKED, _P.DISCIPLINE, _P.CHIEF)
_CALLERS: Final = (_P.OFFICE, _P.OPENER)
_CHAIR: Final = (_P.SUBJECT, _P.CHIEF)
_PROPOSERS: Final = (*_HEADS, _P.LEADER, _P.MEMBER, _P.DISCIPLINE_STAFF, _P.COMMITTEE)
_PRESIDING: Final = (*_CHAIR, _P.OFFICE)
_TALKERS: Final = (_P.ASKED, *_KEEPERS)
_CHECKERS: Final = (_P.VERIFIER, _P.DISCIPLINE)
_INSPECTORS: Final = (_P.DISCIPLINE, _P.DISCIPLINE_STAFF, _P.OFFICE)
_CHECKED: Final = (_P.SUBJECT, _P.UNIT)
_SELF: Final = (_P.SUBJECT,)
_ASKERS: Final = (_P.OPENER, _P.SUBJECT)
_AHEAD: Final = (_A.OPEN, _A.APPROVED, _A.CALLED)


def _lines(
    kind: AffairKind | Iterable[AffairKind],
    event: AffairEvent,
    frm: AffairState | Iterable[AffairState] | None,
    to: AffairState | None,
    by: AffairSeat | Iterable[AffairSeat],
    never: Iterable[AffairSeat] = (),
) -> tuple[AffairRule, ...]:
    kinds = (kind,) if isinstance(kind, AffairKind) else tuple(kind)
    states = (frm,) if frm is None or isinstance(frm, AffairState) else tuple(frm)
    seats = frozenset((by,) if isinstance(by, AffairSeat) else by)
    barred = frozenset(never)
    return tuple(AffairRule(k, event, state, to, seats, barred) for k in kinds for state in states)


# fmt: off
AFFAIR_RULES: Final[tuple[AffairRule, ...]] = (
    # 风险(问题): found together, taken up or set aside (art. 10¶1)
    *_lines(_K.RISK, _E.BEGIN, START, _A.OPEN, (*_HEADS, _P.LEADER)),
    *_lines(_K.RISK, _E.TAKE, _A.OPEN, _A.DONE, _LISTERS),
    *_lines(_K.RISK, _E.DROP, _A.OPEN, _A.CANCELLED, (*_LISTERS, _P.OPENER)),
    # 责任清单: standing duties (art. 24)
    *_lines(_K.DUTY, _E.BEGIN, START, _A.OPEN, _LISTERS),
    *_lines(_K.DUTY, _E.EDIT, _A.OPEN, STAY, _LISTERS),
    *_lines(_K.DUTY, _E.FINISH, _A.OPEN, _A.DONE, _LISTERS),
    # 清单版本 and 反馈批次 (art. 16, 25)
    *_lines(_K.LISTING, _E.BEGIN, START, _A.RECORDED, _HEADS),
    *_lines(_K.BATCH, _E.BEGIN, START, _A.OPEN, _P.OFFICE),
    *_lines(_K.BATCH, _E.CALL, _A.OPEN, _A.CALLED, _P.OFFICE),
    *_lines(_K.BATCH, _E.ANSWER, _A.CALLED, STAY, _P.ASKED),
    *_lines(_K.BATCH, _E.FINISH, (_A.OPEN, _A.CALLED), _A.DONE, _P.OFFICE),
    # 会议: items come in, who presides approves, people are called, decisions noted, minutes confirmed
    *_lines(_K.MEETING, _E.BEGIN, START, _A.OPEN, _HEADS),
    *_lines(_K.MEETING, _E.EDIT, _AHEAD, STAY, _CALLERS),
    *_lines(_K.MEETING, _E.ADD, _A.OPEN, STAY, _PROPOSERS),
    *_lines(_K.MEETING, _E.GIVE, _A.OPEN, _A.WAITING, _CALLERS),
    *_lines(_K.MEETING, _E.APPROVE, (_A.OPEN, _A.WAITING), _A.APPROVED, _CHAIR),
    *_lines(_K.MEETING, _E.SEND_BACK, (_A.WAITING, _A.APPROVED), _A.OPEN, _PRESIDING),
    *_lines(_K.MEETING, _E.CALL, _A.APPROVED, _A.CALLED, _CALLERS),
    *_lines(_K.MEETING, _E.ANSWER, _A.CALLED, STAY, _P.ASKED),
    *_lines(_K.MEETING, _E.RECORD, _A.CALLED, _A.HELD, _CALLERS),
    *_lines(_K.MEETING, _E.NOTE, _A.HELD, STAY, (*_CALLERS, *_CHAIR)),
    *_lines(_K.MEETING, _E.GIVE, _A.HELD, _A.GIVEN, _CALLERS),
    *_lines(_K.MEETING, _E.FINISH, (_A.HELD, _A.GIVEN), _A.DONE, _CHAIR),
    *_lines(_K.MEETING, _E.SEND_BACK, _A.GIVEN, _A.HELD, _PRESIDING),
    *_lines(_K.MEETING, _E.DROP, (*_AHEAD, _A.WAITING), _A.CANCELLED, _PRESIDING),
    # 常规题模板, 年初集中领题 (art. 10¶2, 12–14)
    *_lines((_K.TEMPLATE, _K.CAMPAIGN), _E.BEGIN, START, _A.OPEN, _LISTERS),
    *_lines((_K.TEMPLATE, _K.CAMPAIGN), _E.EDIT, _A.OPEN, STAY, _LISTERS),
    *_lines((_K.TEMPLATE, _K.CAMPAIGN), _E.FINISH, _A.OPEN, _A.DONE, _LISTERS),
    # 补漏补缺: the person hears first and answers, or the term passes (OPEN); only then it goes on (art. 26)
    *_lines(_K.COVER, _E.BEGIN, START, _A.WAITING, _KEEPERS, never=_SELF),
    *_lines(_K.COVER, _E.GIVE, (_A.WAITING, _A.OPEN), _A.GIVEN, _P.SUBJECT),
    *_lines(_K.COVER, _E.GIVE, _A.GIVEN, STAY, _P.SUBJECT),
    *_lines(_K.COVER, _E.RELEASE, (_A.GIVEN, _A.OPEN), _A.RELEASED, _P.OFFICE, never=_SELF),
    *_lines(_K.COVER, _E.ANSWER, _A.RELEASED, STAY, _P.ASKED),
    *_lines(_K.COVER, _E.FINISH, _A.RELEASED, _A.DONE, _P.OFFICE),
    *_lines(_K.COVER, _E.DROP, (_A.WAITING, _A.GIVEN, _A.OPEN), _A.CANCELLED, _KEEPERS, never=_SELF),
    # 约谈提醒: proposed by facts, decided by whoever may talk to that person; dates only (art. 27)
    *_lines(_K.ADMONITION, _E.BEGIN, START, _A.OPEN, _KEEPERS, never=_SELF),
    *_lines(_K.ADMONITION, _E.APPROVE, _A.OPEN, _A.APPROVED, _P.ASKED, never=_SELF),
    *_lines(_K.ADMONITION, _E.DROP, _A.OPEN, _A.CANCELLED, (_P.ASKED, _P.OPENER), never=_SELF),
    *_lines(_K.ADMONITION, _E.DROP, _A.APPROVED, _A.CANCELLED, _P.ASKED, never=_SELF),
    *_lines(_K.ADMONITION, _E.RECORD, _A.APPROVED, _A.RECORDED, _TALKERS, never=_SELF),
    *_lines(_K.ADMONITION, _E.RECORD, _A.RECORDED, STAY, _TALKERS, never=_SELF),
    *_lines(_K.ADMONITION, _E.FINISH, _A.RECORDED, _A.DONE, _TALKERS, never=_SELF),
    # 容错纠错, 澄清保护 (art. 15, 22)
    *_lines((_K.TOLERANCE, _K.CLARIFICATION), _E.BEGIN, START, _A.OPEN, (*_DOERS, _P.LEADER)),
    *_lines((_K.TOLERANCE, _K.CLARIFICATION), _E.GRANT, _A.OPEN, _A.GRANTED, _JUDGES, never=_ASKERS),
    *_lines((_K.TOLERANCE, _K.CLARIFICATION), _E.REFUSE, _A.OPEN, _A.REFUSED, _JUDGES, never=_ASKERS),
    *_lines((_K.TOLERANCE, _K.CLARIFICATION), _E.DROP, _A.OPEN, _A.CANCELLED, _P.OPENER),
    # 登记日期 (art. 15, 17, 18); a mark on a topic is its owner's, too (art. 9)
    *_lines(_K.REGISTER, _E.BEGIN, START, _A.RECORDED, (*_INSPECTORS, _P.CHIEF, _P.OWNER)),
    *_lines(_K.REGISTER, _E.ANNUL, _A.RECORDED, _A.VOID, (_P.OPENER, _P.OFFICE)),
    # 回头看: planned while OPEN, CALLED when its day has come; 巩固 or 反弹
    *_lines(_K.RECHECK, _E.BEGIN, START, _A.OPEN, (*_CHECKERS, _P.OFFICE)),
    *_lines(_K.RECHECK, _E.EDIT, (_A.OPEN, _A.CALLED), STAY, _CHECKERS, never=_DOERS),
    *_lines(_K.RECHECK, _E.GIVE, (_A.OPEN, _A.CALLED), _A.DONE, _CHECKERS, never=_DOERS),
    *_lines(_K.RECHECK, _E.DROP, (_A.OPEN, _A.CALLED), _A.CANCELLED, (*_CHECKERS, _P.OFFICE)),
    # 自评 (art. 24)
    *_lines(_K.ASSESSMENT, _E.BEGIN, START, _A.OPEN, _HEADS),
    *_lines(_K.ASSESSMENT, _E.ADD, _A.OPEN, STAY, _P.SUBJECT),
    *_lines(_K.ASSESSMENT, _E.GIVE, _A.OPEN, _A.GIVEN, _P.SUBJECT),
    *_lines(_K.ASSESSMENT, _E.FINISH, _A.GIVEN, _A.DONE, _HEADS, never=_SELF),
    *_lines(_K.ASSESSMENT, _E.DROP, _A.OPEN, _A.CANCELLED, _HEADS),
    # 自查自纠 (art. 19)
    *_lines(_K.SELF_CHECK, _E.BEGIN, START, _A.OPEN, _KEEPERS),
    *_lines(_K.SELF_CHECK, _E.ADD, _A.OPEN, STAY, _CHECKED),
    *_lines(_K.SELF_CHECK, _E.GIVE, _A.OPEN, _A.GIVEN, _CHECKED),
    *_lines(_K.SELF_CHECK, _E.NOTE, _A.GIVEN, STAY, _INSPECTORS, never=_CHECKED),
    *_lines(_K.SELF_CHECK, _E.FINISH, _A.GIVEN, _A.DONE, _KEEPERS, never=_CHECKED),
    *_lines(_K.SELF_CHECK, _E.DROP, _A.OPEN, _A.CANCELLED, _KEEPERS),
    # 述责述廉评议 (art. 21)
    *_lines(_K.APPRAISAL, _E.BEGIN, START, _A.OPEN, _P.OFFICE),
    *_lines(_K.APPRAISAL, _E.ADD, _A.OPEN, STAY, _P.OFFICE),
    *_lines(_K.APPRAISAL, _E.FINISH, _A.OPEN, _A.DONE, _P.OFFICE),
    *_lines(_K.APPRAISAL, _E.ANNUL, (_A.OPEN, _A.DONE), _A.VOID, _P.OFFICE),
)
# fmt: on

_WAITS: Final[tuple[tuple[AffairKind, AffairState, AffairSeat], ...]] = (
    (_K.BATCH, _A.CALLED, _P.ASKED),
    (_K.MEETING, _A.WAITING, _P.SUBJECT),
    (_K.MEETING, _A.CALLED, _P.ASKED),
    (_K.MEETING, _A.GIVEN, _P.SUBJECT),
    (_K.COVER, _A.WAITING, _P.SUBJECT),
    (_K.COVER, _A.GIVEN, _P.OFFICE),
    (_K.COVER, _A.OPEN, _P.OFFICE),
    (_K.COVER, _A.RELEASED, _P.ASKED),
    (_K.ADMONITION, _A.OPEN, _P.ASKED),
    (_K.ADMONITION, _A.APPROVED, _P.ASKED),
    (_K.ADMONITION, _A.RECORDED, _P.ASKED),
    (_K.TOLERANCE, _A.OPEN, _P.ASKED),
    (_K.CLARIFICATION, _A.OPEN, _P.ASKED),
    (_K.RECHECK, _A.CALLED, _P.VERIFIER),
    (_K.ASSESSMENT, _A.OPEN, _P.SUBJECT),
    (_K.SELF_CHECK, _A.OPEN, _P.SUBJECT),
    (_K.SELF_CHECK, _A.OPEN, _P.UNIT),
)


def awaited(kind: AffairKind, state: AffairState) -> tuple[AffairSeat, ...]:
    """The seats an affair in this state waits for: whom a reminder goes to."""
    return tuple(seat for of, at, seat in _WAITS if (of, at) == (kind, state))


def awaiting(kind: AffairKind) -> tuple[AffairState, ...]:
    """The states in which affairs of a kind wait for somebody."""
    return tuple(dict.fromkeys(at for of, at, _ in _WAITS if of == kind))


def reported_to(kind: AffairKind) -> tuple[AffairSeat, ...]:
    """The seats that hear of a term that passed; the next one where the first itself is late."""
    if kind in (_K.ADMONITION, _K.TOLERANCE, _K.CLARIFICATION, _K.RECHECK):
        return (_P.DISCIPLINE, _P.CHIEF)
    return (_P.OFFICE, _P.DISCIPLINE)


@cache
def _index() -> dict[tuple[AffairKind, AffairState | None, AffairEvent], AffairRule]:
    return {(rule.kind, rule.frm, rule.event): rule for rule in AFFAIR_RULES}


def decide_affair(
    kind: AffairKind, state: AffairState | None, event: AffairEvent, seats: Iterable[AffairSeat]
) -> AffairDecision:
    """What happens when somebody holding `seats` does `event` to an affair of a kind, in a state.

    Raises NotInThisState when the table has no such line, Barred when another seat forbids it, NoRight when
    no seat allows it.
    """
    rule = _index().get((kind, state, event))
    if rule is None:
        raise NotInThisState("affair_not_in_this_state", kind=kind, event=event, state=state)
    held = frozenset(seats)
    if not held & rule.by:
        raise NoRight("affair_no_right", kind=kind, event=event, needed=tuple(sorted(rule.by)))
    if held & rule.never:
        raise Barred("affair_own", kind=kind, event=event)
    seat = next(seat for seat in AffairSeat if seat in held & rule.by)
    return AffairDecision(rule.to or state or AffairState.OPEN, seat)


def affair_events(
    kind: AffairKind, state: AffairState | None, seats: Iterable[AffairSeat]
) -> tuple[AffairEvent, ...]:
    """The events open to somebody holding `seats`, in the order of the table: what buttons are drawn from."""
    held = frozenset(seats)
    return tuple(
        rule.event
        for rule in AFFAIR_RULES
        if (rule.kind, rule.frm) == (kind, state) and held & rule.by and not held & rule.never
    )
