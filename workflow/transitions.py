"""THE table: who may do what, from where, to where.

Read it aloud, line by line: «<event>: a topic that is <from> becomes <to>; only <by> may, never <never>.»
Buttons, commands, documents and the diagram in the docs are all drawn from here, so none can disagree.
`STAY` means that the item keeps its state: something is recorded about it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final

from workflow.errors import Barred, NoRight, NotInThisState
from workflow.measure import MeasureState
from workflow.roles import EXECUTORS, OWNERS, SUPERVISORS, Seat
from workflow.topic import TopicState

State = TopicState | MeasureState


class Event(StrEnum):
    """What a person can do to a topic or a measure."""

    EDIT = "edit"
    PROPOSE = "propose"
    CONFIRM = "confirm"
    ISSUE = "issue"
    AMEND = "amend"
    CLAIM = "claim"
    DECLINE = "decline"
    REROUTE = "reroute"
    KEEP = "keep"
    REASSIGN = "reassign"
    DECOMPOSE = "decompose"
    RECEIVE = "receive"
    REPORT = "report"
    REPORT_DONE = "report_done"
    CONFIRM_DONE = "confirm_done"
    RETURN_DONE = "return_done"
    COMMENT = "comment"
    SUBMIT = "submit"
    RECALL = "recall"
    OPINE = "opine"
    CLOSE = "close"
    RETURN = "return"
    REOPEN = "reopen"
    WITHDRAW = "withdraw"
    ASK_EXTENSION = "ask_extension"
    GRANT_EXTENSION = "grant_extension"
    REFUSE_EXTENSION = "refuse_extension"
    NUDGE = "nudge"
    INQUIRE = "inquire"
    ANSWER = "answer"
    VIEW = "view"


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the table. `to` is None where the item keeps its state."""

    event: Event
    frm: State
    to: State | None
    by: frozenset[Seat]
    never: frozenset[Seat] = frozenset()


@dataclass(frozen=True, slots=True)
class Decision:
    """What the table says: the state to go to, and the seat that made it possible."""

    to: State
    seat: Seat


def _lines(
    event: Event,
    frm: State | Iterable[State],
    to: State | None,
    by: Seat | Iterable[Seat],
    never: Iterable[Seat] = (),
) -> tuple[Rule, ...]:
    states = (frm,) if isinstance(frm, TopicState | MeasureState) else tuple(frm)
    seats = frozenset((by,) if isinstance(by, Seat) else by)
    return tuple(Rule(event, state, to, seats, frozenset(never)) for state in states)


STAY: Final = None
_T, _M, _E, _S = TopicState, MeasureState, Event, Seat
_WORKED: Final = (_T.ISSUED, _T.IN_PROGRESS, _T.SUBMITTED)
_LIVE: Final = (_T.ISSUED, _T.IN_PROGRESS)
_SETTLED: Final = (_T.CLOSED, _T.WITHDRAWN)
_PARTY: Final = frozenset({_S.ISSUER, _S.DRAFTER, _S.ELIGIBLE, _S.VERIFIER}) | OWNERS | EXECUTORS
_ADVISERS: Final = (_S.DISCIPLINE_STAFF, _S.COMMITTEE)
_REOPENERS: Final = (_S.VERIFIER, _S.DISCIPLINE, _S.ISSUER)
_DOERS: Final = OWNERS | EXECUTORS
_PUSHERS: Final = frozenset({_S.DISCIPLINE, _S.DISCIPLINE_STAFF, _S.ISSUER, _S.CHIEF, _S.OFFICE})
_CALLED: Final = (_S.OWNER, _S.ELIGIBLE)
_EVERYONE: Final = _PARTY | SUPERVISORS
_OWED: Final = (_M.ASSIGNED, _M.RECEIVED, _M.RETURNED)

# fmt: off
TOPIC_RULES: Final[tuple[Rule, ...]] = (
    # 点题: setting a topic
    *_lines(_E.EDIT,             _T.DRAFT,                    STAY,           (_S.ISSUER, _S.DRAFTER)),
    *_lines(_E.PROPOSE,          _T.DRAFT,                    _T.CONFIRMING,  _S.DRAFTER),
    *_lines(_E.ISSUE,            _T.DRAFT,                    _T.ISSUED,      _S.ISSUER),
    *_lines(_E.CONFIRM,          _T.CONFIRMING,               _T.ISSUED,      _S.ISSUER),
    *_lines(_E.AMEND,            _T.CONFIRMING,               _T.DRAFT,       (_S.ISSUER, _S.DRAFTER)),
    # 领题: taking it on, or saying "not mine"
    *_lines(_E.CLAIM,            _T.ISSUED,                   _T.IN_PROGRESS, (_S.OWNER, _S.ELIGIBLE)),
    *_lines(_E.DECLINE,          _T.ISSUED,                   STAY,           (_S.OWNER, _S.ELIGIBLE)),
    *_lines(_E.REROUTE,          _LIVE,                       _T.ISSUED,      _S.ISSUER),
    *_lines(_E.KEEP,             _T.ISSUED,                   STAY,           _S.ISSUER),
    *_lines(_E.REASSIGN,         _WORKED,                     STAY,           _S.OFFICE),
    # 整改: the work
    *_lines(_E.DECOMPOSE,        _T.IN_PROGRESS,              STAY,           OWNERS),
    *_lines(_E.REPORT,           (_T.IN_PROGRESS, _T.SUBMITTED), STAY,        OWNERS | EXECUTORS),
    *_lines(_E.COMMENT,          (*_WORKED, _T.CLOSED),       STAY,           _EVERYONE),
    *_lines(_E.ASK_EXTENSION,    _T.IN_PROGRESS,              STAY,           OWNERS),
    *_lines(_E.GRANT_EXTENSION,  (_T.IN_PROGRESS, _T.SUBMITTED), STAY,        _S.ISSUER, never=OWNERS),
    *_lines(_E.REFUSE_EXTENSION, (_T.IN_PROGRESS, _T.SUBMITTED), STAY,        _S.ISSUER, never=OWNERS),
    # 督办: pushes and questions
    *_lines(_E.NUDGE,            _T.ISSUED,                   STAY,           _PUSHERS, never=_CALLED),
    *_lines(_E.NUDGE,            _T.IN_PROGRESS,              STAY,           _PUSHERS | OWNERS),
    *_lines(_E.INQUIRE,          _WORKED,                     STAY,           (_S.CHIEF, _S.ISSUER)),
    *_lines(_E.ANSWER,           _WORKED,                     STAY,           (*OWNERS, _S.ELIGIBLE)),
    # 核验与销号: verified by a seat that neither owns nor executes
    *_lines(_E.SUBMIT,           _T.IN_PROGRESS,              _T.SUBMITTED,   _S.OWNER),
    *_lines(_E.RECALL,           _T.SUBMITTED,                _T.IN_PROGRESS, _S.OWNER),
    *_lines(_E.OPINE,            _T.SUBMITTED,                STAY,           _ADVISERS, never=_DOERS),
    *_lines(_E.CLOSE,            _T.SUBMITTED,                _T.CLOSED,      _S.VERIFIER, never=_DOERS),
    *_lines(_E.RETURN,           _T.SUBMITTED,                _T.IN_PROGRESS, _S.VERIFIER, never=_DOERS),
    *_lines(_E.REOPEN,           _T.CLOSED,                   _T.IN_PROGRESS, _REOPENERS, never=_DOERS),
    # 撤题
    *_lines(_E.WITHDRAW,         (_T.DRAFT, _T.CONFIRMING),   _T.WITHDRAWN,   (_S.ISSUER, _S.DRAFTER)),
    *_lines(_E.WITHDRAW,         _WORKED,                     _T.WITHDRAWN,   _S.ISSUER),
    # 查看
    *_lines(_E.VIEW,             (_T.DRAFT, _T.CONFIRMING),   STAY,           (_S.ISSUER, _S.DRAFTER)),
    *_lines(_E.VIEW,             (*_WORKED, *_SETTLED),       STAY,           _EVERYONE),
)

MEASURE_RULES: Final[tuple[Rule, ...]] = (
    *_lines(_E.RECEIVE,          _M.ASSIGNED,                 _M.RECEIVED,      EXECUTORS),
    *_lines(_E.REPORT,           _M.ASSIGNED,                 _M.RECEIVED,      EXECUTORS),
    *_lines(_E.REPORT,           (_M.RECEIVED, _M.RETURNED, _M.REPORTED_DONE), STAY, EXECUTORS),
    *_lines(_E.REPORT_DONE,      _OWED,                       _M.REPORTED_DONE, _S.LEAD),
    *_lines(_E.CONFIRM_DONE,     _M.REPORTED_DONE,            _M.CONFIRMED,     OWNERS),
    *_lines(_E.RETURN_DONE,      (_M.REPORTED_DONE, _M.CONFIRMED), _M.RETURNED, OWNERS),
    *_lines(_E.ASK_EXTENSION,    _OWED,                       STAY,             EXECUTORS),
    *_lines(_E.GRANT_EXTENSION,  (*_OWED, _M.REPORTED_DONE),  STAY,             OWNERS),
    *_lines(_E.REFUSE_EXTENSION, (*_OWED, _M.REPORTED_DONE),  STAY,             OWNERS),
    *_lines(_E.NUDGE,            _OWED,                       STAY,             _PUSHERS | OWNERS),
    *_lines(_E.WITHDRAW,         (*_OWED, _M.REPORTED_DONE),  _M.WITHDRAWN,     OWNERS),
    *_lines(_E.VIEW,             tuple(_M),                   STAY,             _EVERYONE),
)
# fmt: on


@cache
def _index() -> dict[tuple[type[State], State, Event], Rule]:
    # The type is part of the key: a withdrawn topic and a withdrawn measure are equal as text.
    return {(type(rule.frm), rule.frm, rule.event): rule for rule in (*TOPIC_RULES, *MEASURE_RULES)}


def decide(state: State, event: Event, seats: Iterable[Seat]) -> Decision:
    """What happens when somebody holding `seats` does `event` to an item in `state`.

    Raises NotInThisState when the table has no such line, Barred when another seat forbids it, NoRight when
    no seat allows it.
    """
    rule = _index().get((type(state), state, event))
    if rule is None:
        raise NotInThisState("not_in_this_state", event=event, state=state)
    held = frozenset(seats)
    if not held & rule.by:
        raise NoRight("no_right", event=event, needed=tuple(sorted(rule.by)))
    if held & rule.never:
        raise Barred("own_work", event=event)
    return Decision(rule.to or state, next(seat for seat in Seat if seat in held & rule.by))


def allowed_events(state: State, seats: Iterable[Seat]) -> tuple[Event, ...]:
    """The events open to somebody holding `seats`, in the order of the table: what buttons are drawn from."""
    return _allowed(type(state), state, frozenset(seats))


@cache
def _allowed(kind: type[State], state: State, held: frozenset[Seat]) -> tuple[Event, ...]:
    """Kept by the state's type too, for the reason above."""
    return tuple(
        rule.event
        for rule in _index().values()
        if rule.frm is state and held & rule.by and not held & rule.never
    )
