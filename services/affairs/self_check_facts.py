"""The facts a self-check is pre-filled with: what the ledger says of a unit's or a leader's topics."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from services.seats import owners
from storage import affairs, measures, topics
from storage.self_checks import times
from storage.store import Tx
from workflow.affair import AffairKind
from workflow.measure import SETTLED, Measure
from workflow.roles import PersonId, UnitId
from workflow.topic import OPEN, Topic, TopicId, TopicState
from workflow.transitions import Event

Facts = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Ledger:
    """Every topic issued and not withdrawn, with what the four questions ask of it; read once."""

    tx: Tx
    topics: tuple[Topic, ...]
    steps: Mapping[int, list[Measure]]
    returned: Mapping[TopicId, int]
    nudged: Mapping[TopicId, int]
    covered: Mapping[TopicId, int]

    def of_unit(self, unit: UnitId) -> tuple[Facts, ...]:
        """The facts under the four questions, for a unit: topics it leads or assists, measures of its own."""
        return self._facts(
            lambda one: unit in one.lead_units or unit in one.assist_units,
            lambda one: unit in one.assist_units,
            lambda step: unit in step.lead_units,
        )

    def of_person(self, person: PersonId) -> tuple[Facts, ...]:
        """The same for a leader: topics owned, alone or with others, and all of their measures."""
        return self._facts(
            lambda one: person in owners(one),
            lambda one: person in owners(one) and len(owners(one)) > 1,
            lambda _: True,
        )

    def _facts(
        self,
        theirs: Callable[[Topic], bool],
        shared: Callable[[Topic], bool],
        own: Callable[[Measure], bool],
    ) -> tuple[Facts, ...]:
        now, found = self.tx.now, [one for one in self.topics if theirs(one)]
        steps = [step for one in found for step in self.steps.get(one.id, ()) if own(step)]
        working = [one for one in found if one.state is TopicState.IN_PROGRESS]
        return (
            {
                "topics": len(found),
                "unclaimed": sum(one.state is TopicState.ISSUED for one in found),
                "undivided": sum(not self.steps.get(one.id) for one in working),
            },
            {
                "topics": len(found),
                "closed": sum(one.state is TopicState.CLOSED for one in found),
                "overdue": sum(one.overdue(now) for one in found),
                "returned": sum(self.returned.get(one.id, 0) for one in found),
            },
            {
                "shared": sum(shared(one) for one in found),
                "measures": len(steps),
                "settled": sum(step.state in SETTLED for step in steps),
                "late": sum(step.overdue(now) for step in steps),
            },
            {
                "nudged": sum(self.nudged.get(one.id, 0) for one in found),
                "extended": sum(one.extensions for one in found),
                "covered": sum(self.covered.get(one.id, 0) for one in found),
            },
        )


def ledger(tx: Tx) -> Ledger:
    """Read the ledger."""
    found = topics.find(tx, topics.in_states(*OPEN, TopicState.CLOSED))
    ids = [one.id for one in found]
    steps: dict[int, list[Measure]] = defaultdict(list)
    for step in measures.of_topics(tx, ids):
        steps[step.topic_id].append(step)
    kinds = (AffairKind.COVER, AffairKind.ADMONITION)
    told = affairs.find(tx, affairs.COLUMNS.kind.in_(kinds), affairs.COLUMNS.topic_id.is_not(None))
    return Ledger(
        tx,
        tuple(found),
        steps,
        times(tx, ids, Event.RETURN),
        times(tx, ids, Event.NUDGE),
        Counter(one.topic_id for one in told if one.topic_id),
    )
