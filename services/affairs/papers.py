"""Papers of affairs: which there are in which state, and who may have them printed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from services.affairs.seating import frame_of, seats
from services.work import Work
from workflow.affair import Affair, AffairKind, AffairState
from workflow.affair_table import AffairSeat
from workflow.errors import NoRight, NotInThisState

_S, _P = AffairState, AffairSeat
_HEADS: Final = (_P.OFFICE, _P.DISCIPLINE, _P.CHIEF)


@dataclass(frozen=True, slots=True)
class Printing:
    """A paper of an affair: in which states there is one, for which seats, and never for which."""

    name: str
    states: frozenset[AffairState]
    by: frozenset[AffairSeat]
    never: frozenset[AffairSeat] = frozenset()


PAPERS: Final[Mapping[AffairKind, tuple[Printing, ...]]] = {
    AffairKind.MEETING: (
        Printing("minutes", frozenset({_S.HELD, _S.DONE}), frozenset({*_HEADS, _P.SUBJECT, _P.OPENER})),
        Printing(
            "agenda",
            frozenset({_S.OPEN, _S.APPROVED, _S.CALLED, _S.HELD, _S.DONE}),
            frozenset({*_HEADS, _P.SUBJECT, _P.OPENER}),
        ),
    ),
    # the record is drawn for whoever talks; the person concerned signs it at the talk and orders none
    AffairKind.ADMONITION: (
        Printing(
            "admonition",
            frozenset({_S.APPROVED, _S.RECORDED, _S.DONE}),
            frozenset({*_HEADS, _P.ASKED}),
            frozenset({_P.SUBJECT}),
        ),
    ),
    AffairKind.SELF_CHECK: (
        Printing(
            "self_check",
            frozenset({_S.OPEN, _S.GIVEN, _S.DONE}),
            frozenset({*_HEADS, _P.SUBJECT, _P.UNIT}),
        ),
    ),
    # the sheet shows everybody's result; one's own is heard in the chat
    AffairKind.APPRAISAL: (Printing("appraisal", frozenset({_S.OPEN, _S.DONE}), frozenset(_HEADS)),),
}
"""The likeliest first."""


def offered(work: Work, affair: Affair) -> list[str]:
    """The papers of an affair its looker may have now."""
    held = seats(work, frame_of(affair))
    found = (one for one in PAPERS.get(affair.kind, ()) if affair.state in one.states)
    return [one.name for one in found if one.by & held and not one.never & held]


def require(work: Work, affair: Affair, paper: str) -> None:
    """Raise NotInThisState where there is no such paper now, NoRight where the actor may not have it."""
    there = [one for one in PAPERS.get(affair.kind, ()) if one.name == paper]
    if not there or affair.state not in there[0].states:
        raise NotInThisState("no_paper_now", number=affair.number)
    if paper not in offered(work, affair):
        raise NoRight("may_not_order")
