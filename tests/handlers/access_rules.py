"""What everybody may do, worked out from the table and the town alone: no use case of ours is asked."""

from collections.abc import Iterable
from functools import cache
from typing import Any, Final

from services.administering import MAY, Act
from storage import measures, people, requests, topics
from storage.requests import RequestState
from tests.handlers.access_town import AIDE, DEPUTY, ISSUER, OWNER, Town
from tests.handlers.college import PEOPLE, SEATS
from workflow.measure import Measure
from workflow.roles import Role
from workflow.roles import Seat as S
from workflow.topic import Topic
from workflow.transitions import MEASURE_RULES, TOPIC_RULES, Event

HELD: Final = {
    Role.CHIEF: S.CHIEF,
    Role.OFFICE: S.OFFICE,
    Role.DISCIPLINE_SECRETARY: S.DISCIPLINE,
    Role.DISCIPLINE_STAFF: S.DISCIPLINE_STAFF,
    Role.COMMITTEE_MEMBER: S.COMMITTEE,
}
STANDS_FOR: Final = {AIDE: OWNER, DEPUTY: ISSUER}
KEPT_FROM_AIDES: Final = frozenset(
    {
        Event.CLAIM,
        Event.SUBMIT,
        Event.RECALL,
        Event.CONFIRM_DONE,
        Event.GRANT_EXTENSION,
        Event.REFUSE_EXTENSION,
    }
)


def roles(who: str) -> frozenset[Role]:
    """What somebody is; the two who only stand in are nothing."""
    return frozenset(PEOPLE[who][1]) if who in PEOPLE else frozenset()


def may_act(who: str, *acts: Act) -> bool:
    """Whether one of somebody's roles looks after this part of the directory."""
    return any(roles(who) & MAY[act] for act in acts)


class Rules:
    """The table, read for one town; what is asked twice is remembered, for nothing there changes."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.topic = cache(self._topic)
        self.measure = cache(self._measure)
        self.allowed = cache(self._allowed)

    def views(self, who: str, topic: int) -> bool:
        """Whether the topic exists for somebody."""
        return self.allowed(who, (Event.VIEW,), topic)

    def answers(self, who: str, request_id: int, events: tuple[Event, ...]) -> bool:
        """Whether somebody may answer a request: open, not one's own, and by a seat."""
        request = self.town.college.ask(lambda tx: requests.get(tx, request_id))  # type: ignore[arg-type]
        own = request.asker_id == self.town.college.id(who)
        open_ = request.state is RequestState.OPEN
        return open_ and not own and self.allowed(who, events, request.topic_id, request.measure_id)

    def sees(self, who: str, request_id: int) -> bool:
        """Whether somebody may look at a request: whoever may look at its topic."""
        request = self.town.college.ask(lambda tx: requests.get(tx, request_id))  # type: ignore[arg-type]
        return self.views(who, request.topic_id)

    def _allowed(self, who: str, events: tuple[Event, ...], topic: int, measure: int | None = None) -> bool:
        item = self.topic(topic), self.measure(measure) if measure else None
        return any(self._line(who, event, *item) for event in events)

    def _line(self, who: str, event: Event, topic: Topic, measure: Measure | None) -> bool:
        lines = TOPIC_RULES if measure is None else MEASURE_RULES
        state = (measure or topic).state
        own = self._seats(who, topic, measure)
        lent = self._seats(STANDS_FOR[who], topic, measure) if who in STANDS_FOR else frozenset()
        usable = own if who == AIDE and event in KEPT_FROM_AIDES else own | lent
        if measure is not None and event is not Event.VIEW and topic.state.value != "in_progress":
            return False
        found = [line for line in lines if line.event is event and line.frm is state]
        return any(line.by & usable and not line.never & (own | lent) for line in found)

    def _seats(self, who: str, topic: Topic, measure: Measure | None) -> frozenset[S]:
        me = self.town.college.id(who)
        item: Any = measure or topic
        units = {self.town.college.unit(unit) for unit, person, _ in SEATS if person == who}
        named = (
            (S.ISSUER, me == topic.issuer_id and Role.CHIEF in roles(who)),
            (S.DRAFTER, me == topic.drafter_id),
            (S.OWNER, me == topic.owner_id),
            (S.ELIGIBLE, topic.owner_id is None and me in topic.eligible),
            (S.CO_OWNER, me in topic.co_owners),
            (S.VERIFIER, who in self._verifiers(topic)),
            (S.LEAD, bool(units & set(item.lead_units))),
            (S.ASSIST, bool(units & set(item.assist_units))),
        )
        return frozenset(
            (*(seat for seat, held in named if held), *(HELD[r] for r in roles(who) if r in HELD))
        )

    def _verifiers(self, topic: Topic) -> list[str]:
        """The seat named, but for those whose own work it is; else the chiefs, but for the same."""
        owners = {topic.owner_id, *topic.co_owners}

        def free(role: Role) -> list[str]:
            held: Iterable[str] = (title for title, (_, those) in PEOPLE.items() if role in those)
            return [title for title in held if self.town.college.id(title) not in owners]

        return free(Role(topic.verifier)) or free(Role.CHIEF)

    def _topic(self, topic: int) -> Topic:
        return self.town.college.ask(lambda tx: topics.get(tx, topic))  # type: ignore[arg-type]

    def _measure(self, measure: int) -> Measure:
        return self.town.college.ask(lambda tx: measures.get(tx, measure))  # type: ignore[arg-type]


__all__ = ["KEPT_FROM_AIDES", "Rules", "may_act", "people", "roles"]
