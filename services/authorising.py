"""May this person do this, now? The one door: every act on a topic or a measure comes through here.

Buttons are drawn from it, questions are opened by it, and every change passes it once more inside the
transaction that writes it. What it says is read off THE table (`workflow/transitions.py`); changes of the
directory have a table and a door of their own (`services/administering.py`).
"""

from dataclasses import dataclass
from typing import Final

from services.seats import Place, Places, places
from services.work import Work
from storage import people, requests
from storage.people import Person
from storage.requests import Request, RequestId, RequestKind, RequestState
from workflow.errors import Barred, NoRight, NotFound, Stale
from workflow.measure import Measure
from workflow.roles import Role, Seat
from workflow.topic import Topic, TopicState
from workflow.transitions import Decision, Event, State, allowed_events, decide

AIDE: Final = "aide"
ENTERABLE: Final = frozenset({Event.REPORT})
"""What the office may enter in somebody else's words (代录)."""


@dataclass(frozen=True, slots=True)
class Right:
    """That the actor may: to which state, by which seat, and for whom."""

    to: State
    seat: Seat
    place: Place


def authorise(work: Work, topic: Topic, event: Event, measure: Measure | None = None) -> Right:
    """What the table says of the actor doing this now. Raises the table's refusals."""
    _belongs(topic, measure)
    seats = places(work.tx, work.policy, _speaker(work, event), topic, measure)
    decision = _decide(work, (measure or topic).state, event, seats)
    if event is not Event.VIEW and _at_rest(topic, measure):
        raise NoRight("topic_not_in_progress", event=event, number=topic.number, state=topic.state)
    return Right(decision.to, decision.seat, seats[decision.seat])


def open_events(work: Work, topic: Topic, measure: Measure | None = None) -> tuple[Event, ...]:
    """What the actor may do now: buttons are drawn from this."""
    seats = places(work.tx, work.policy, work.actor, topic, measure)
    resting = _at_rest(topic, measure)
    return tuple(
        event
        for event in allowed_events((measure or topic).state, seats)
        if (event is Event.VIEW or not resting) and _usable(work, event, seats, (measure or topic).state)
    )


def asked(work: Work, request_id: RequestId, kind: RequestKind) -> Request:
    """A request of this kind that is open and somebody else's, so that the actor may be the one to answer.

    Raises NotFound, Stale, Barred. Whether the actor's seat may answer it, `authorise` says.
    """
    request = requests.get(work.tx, request_id)
    if request.kind is not kind:
        raise NotFound("no_such_request")
    if request.state is not RequestState.OPEN:
        raise Stale("already_answered" if kind is RequestKind.INQUIRY else "already_decided")
    if request.asker_id == work.actor.id:
        raise Barred("own_request")
    return request


def _decide(work: Work, state: State, event: Event, seats: Places) -> Decision:
    """A seat that bars the person bars every other one held; a seat only lent must be lent for this."""
    decide(state, event, seats)
    try:
        return decide(state, event, _lent(work, event, seats))
    except NoRight:
        raise NoRight("aide_may_not", event=event) from None


def _usable(work: Work, event: Event, seats: Places, state: State) -> bool:
    return event in allowed_events(state, _lent(work, event, seats))


def _lent(work: Work, event: Event, seats: Places) -> Places:
    """The seats that may be used for this: an aide's not for what the settings keep from aides."""
    if event not in work.policy.aide_may_not:
        return seats
    return {seat: place for seat, place in seats.items() if place.kind != AIDE}


def _belongs(topic: Topic, measure: Measure | None) -> None:
    if measure is not None and measure.topic_id != topic.id:
        raise NotFound("no_such_measure")


def _at_rest(topic: Topic, measure: Measure | None) -> bool:
    """Measures are worked on only while their topic is."""
    return measure is not None and topic.state is not TopicState.IN_PROGRESS


def _speaker(work: Work, event: Event) -> Person:
    """Whose rights count: the actor's, or (代录) those of the person whose words the office enters."""
    if work.entered_for is None:
        return work.actor
    if event not in ENTERABLE or Role.OFFICE not in work.actor.roles:
        raise NoRight("only_the_office_enters")
    return people.get(work.tx, work.entered_for.person_id)
