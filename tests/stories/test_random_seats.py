"""Random seats do random things for months: whatever happens, the rules hold and the record stays whole."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import URL

from services import (
    anchoring,
    auditing,
    claiming,
    extending,
    issuing,
    measuring,
    pressing,
    progress,
    verifying,
)
from services.authorising import open_events
from services.issuing import Draft
from services.work import Said, Work
from storage import journal, measures, replay, requests, topics
from storage.requests import RequestKind
from storage.store import Store, Tx
from tests.databases import Databases
from tests.fakes import HandClock
from tests.handlers.college import MONDAY, PEOPLE, found, policy
from tests.handlers.conversation import REAL, Conversation, _person
from workflow.errors import WorkflowError
from workflow.ladder_due import due
from workflow.ladder_item import Subject
from workflow.measure import Measure
from workflow.topic import Cycle, Kind, Topic
from workflow.transitions import Event

PERSON = st.sampled_from(list(PEOPLE))
UNIT = st.sampled_from(["国际处", "财务处", "后勤处", "审计处"])
WORDS = st.sampled_from(["已完成初稿", "进行中 50%", "等待招标结果", "请抓紧"])
DAYS = st.integers(min_value=-3, max_value=60)
Act = Callable[[Work, Topic, Any], object]

TOPIC_ACTS: dict[Event, Act] = {
    Event.PROPOSE: lambda w, t, d: issuing.propose(w, t.id),
    Event.ISSUE: lambda w, t, d: issuing.issue(w, t.id, Event.ISSUE),
    Event.CONFIRM: lambda w, t, d: issuing.issue(w, t.id, Event.CONFIRM),
    Event.AMEND: lambda w, t, d: issuing.amend(w, t.id),
    Event.CLAIM: lambda w, t, d: claiming.claim(w, t.id),
    Event.DECLINE: lambda w, t, d: claiming.decline(w, t.id, d.words),
    Event.REROUTE: lambda w, t, d: claiming.reroute(w, t.id, d.person),
    Event.REPORT: lambda w, t, d: progress.report(w, t.id, d.words),
    Event.COMMENT: lambda w, t, d: progress.comment(w, t.id, d.words),
    Event.SUBMIT: lambda w, t, d: verifying.submit(w, t.id, d.words),
    Event.RECALL: lambda w, t, d: verifying.recall(w, t.id),
    Event.OPINE: lambda w, t, d: progress.opine(w, t.id, d.words, passed=True),
    Event.CLOSE: lambda w, t, d: verifying.close(w, t.id),
    Event.RETURN: lambda w, t, d: verifying.send_back(w, t.id, [d.words], d.at(w)),
    Event.REOPEN: lambda w, t, d: verifying.reopen(w, t.id, d.words, d.at(w)),
    Event.WITHDRAW: lambda w, t, d: issuing.withdraw(w, t.id, d.words),
    Event.ASK_EXTENSION: lambda w, t, d: extending.ask(w, t.id, d.at(w), d.words),
    Event.NUDGE: lambda w, t, d: pressing.nudge(w, t.id, d.at(w)),
    Event.INQUIRE: lambda w, t, d: pressing.inquire(w, t.id, d.words),
    Event.DECOMPOSE: lambda w, t, d: measuring.decompose(
        w, t.id, [measuring.Step(d.words, (d.unit,), d.at(w))]
    ),
}
MEASURE_ACTS: dict[Event, Callable[[Work, Measure, Any], object]] = {
    Event.RECEIVE: lambda w, m, d: measuring.receive(w, m.id),
    Event.REPORT: lambda w, m, d: progress.report(w, m.topic_id, d.words, measure_id=m.id),
    Event.REPORT_DONE: lambda w, m, d: measuring.report_done(w, m.id, d.words),
    Event.CONFIRM_DONE: lambda w, m, d: measuring.confirm(w, m.id),
    Event.RETURN_DONE: lambda w, m, d: measuring.send_back(w, m.id, d.words),
    Event.WITHDRAW: lambda w, m, d: measuring.withdraw(w, m.id),
    Event.ASK_EXTENSION: lambda w, m, d: extending.ask(w, m.topic_id, d.at(w), d.words, m.id),
}

FORWARD = frozenset(
    {
        Event.CONFIRM,
        Event.CLAIM,
        Event.DECOMPOSE,
        Event.RECEIVE,
        Event.REPORT_DONE,
        Event.CONFIRM_DONE,
        Event.SUBMIT,
        Event.CLOSE,
        Event.REOPEN,
        Event.RETURN,
        Event.ASK_EXTENSION,
    }
)
"""What moves work on."""


class Details:
    """What a random act is done with."""

    def __init__(self, words: str, person: int, unit: int, days: int) -> None:
        self.words, self.person, self.unit, self.days = words, person, unit, days

    def at(self, work: Work) -> Any:
        calendar = work.policy.calendar
        return calendar.end_of(calendar.day(work.now) + timedelta(days=self.days))


class RandomSeats(RuleBasedStateMachine):
    """A college in which anybody may try anything."""

    databases: Databases
    pattern: URL

    @initialize()
    def open(self) -> None:
        self.clock = HandClock(MONDAY)
        self.store = Store(self.databases.copy(self.pattern), self.clock)
        self.college = Conversation(self.store, self.clock, policy())
        self.issue("党委书记", "外事副院长", "国际处", 40, False)

    def teardown(self) -> None:
        if hasattr(self, "store"):
            self.store.close()
            self.databases.drop(self.store.url)

    @rule(who=PERSON, owner=PERSON, unit=UNIT, days=DAYS, standing=st.booleans())
    def issue(self, who: str, owner: str, unit: str, days: int, standing: bool) -> None:
        def act(work: Work) -> object:
            given = Draft(
                title="问题",
                goal="目标",
                issuer_id=self.college.id("党委书记"),
                owner_id=self.college.id(owner),
                lead_units=(self.college.unit(unit),),
                kind=Kind.STANDING if standing else Kind.DATED,
                cycle=Cycle.MONTHLY if standing else Cycle.NONE,
                deadline=Details("", 0, 0, days).at(work),
            )
            return issuing.publish(work, issuing.draft(work, given).id)

        self.attempt(who, act)

    @rule(pick=st.integers(0, 9_999), forward=st.booleans(), data=st.data())
    def somebody_does_what_is_open(self, pick: int, forward: bool, data: Any) -> None:
        """A tried act that the table allows, so that work gets anywhere at all."""
        details = self.details(data)
        open_ = self.college.ask(lambda tx: self.openings(tx, FORWARD if forward else frozenset(Event)))
        if not open_:
            return
        who, event, item = open_[pick % len(open_)]
        if isinstance(item, Measure):
            self.attempt(who, lambda work: MEASURE_ACTS[event](work, item, details))
        else:
            self.attempt(who, lambda work: TOPIC_ACTS[event](work, item, details))

    @rule(who=PERSON, event=st.sampled_from(list(TOPIC_ACTS)), pick=st.integers(0, 9), data=st.data())
    def on_topic(self, who: str, event: Event, pick: int, data: Any) -> None:
        details = self.details(data)

        def act(work: Work) -> None:
            known = topics.find(work.tx)
            topic = known[pick % len(known)]
            allowed = event in open_events(work, topic)
            TOPIC_ACTS[event](work, topic, details)
            assert allowed, f"{who} did {event} to a topic in {topic.state} without a right"

        self.attempt(who, act)

    @rule(who=PERSON, event=st.sampled_from(list(MEASURE_ACTS)), pick=st.integers(0, 9), data=st.data())
    def on_measure(self, who: str, event: Event, pick: int, data: Any) -> None:
        details = self.details(data)

        def act(work: Work) -> None:
            known = [m for t in topics.find(work.tx) for m in measures.of_topic(work.tx, t.id)]
            if not known:
                return
            measure = known[pick % len(known)]
            allowed = event in open_events(work, topics.get(work.tx, measure.topic_id), measure)
            MEASURE_ACTS[event](work, measure, details)
            assert allowed, f"{who} did {event} to a measure in {measure.state} without a right"

        self.attempt(who, act)

    @rule(who=PERSON, granted=st.booleans())
    def decide(self, who: str, granted: bool) -> None:
        def act(work: Work) -> None:
            for request in requests.all_open(work.tx)[:1]:
                if request.kind is RequestKind.INQUIRY:
                    pressing.answer(work, request.id, "已安排")
                elif request.kind is RequestKind.REROUTE:
                    claiming.keep(work, request.id)
                elif granted:
                    extending.grant(work, request.id)
                else:
                    extending.refuse(work, request.id)
                assert request.asker_id != work.actor.id or request.kind is not RequestKind.EXTENSION

        self.attempt(who, act)

    @rule(hours=st.integers(1, 24 * 20))
    def time_passes(self, hours: int) -> None:
        self.college.pass_(hours=hours)

    @precondition(lambda self: hasattr(self, "store"))
    @invariant()
    def the_record_is_whole(self) -> None:
        verdict = self.college.ask(lambda tx: journal.verify(tx.connection))
        assert verdict.bad is None
        assert self.college.ask(replay.differences) == []

    @precondition(lambda self: hasattr(self, "store"))
    @invariant()
    def what_is_due_was_owed_once(self) -> None:
        self.college.settle()
        assert self.college.ask(self.left_over) == []

    @precondition(lambda self: hasattr(self, "store"))
    @invariant()
    def the_auditor_finds_nothing(self) -> None:
        self.college.settle()
        seen = self.college.ask(lambda tx: auditing.look(tx, self.college.policy, auditing.Place(), REAL))
        assert seen.troubles == frozenset()

    def left_over(self, tx: Tx) -> list[object]:
        """Occurrences that are due and that no sweep has recorded."""
        left: list[object] = []
        known = topics.find(tx)
        of_measures = measures.of_topics(tx, [t.id for t in known])
        for subject, found_ in ((Subject.TOPIC, known), (Subject.MEASURE, of_measures)):
            for _, item, ladder in anchoring.items(tx, self.college.policy.calendar, subject, found_):
                left += due(ladder, item, self.college.policy.calendar, tx.now) if ladder else []
        return left

    def openings(self, tx: Tx, wanted: frozenset[Event]) -> list[tuple[str, Event, Topic | Measure]]:
        """Who may do what, of all that can be tried."""
        found: list[tuple[str, Event, Topic | Measure]] = []
        for title in PEOPLE:
            work = Work(tx, self.college.policy, _person(tx, title), Said(tx.now))
            for topic in topics.find(tx):
                events = open_events(work, topic)
                found += [(title, e, topic) for e in events if e in TOPIC_ACTS and e in wanted]
                for measure in measures.of_topic(tx, topic.id):
                    done = open_events(work, topic, measure)
                    found += [(title, e, measure) for e in done if e in MEASURE_ACTS and e in wanted]
        return found

    def details(self, data: Any) -> Details:
        person = self.college.id(data.draw(PERSON))
        return Details(data.draw(WORDS), person, self.college.unit(data.draw(UNIT)), data.draw(DAYS))

    def attempt(self, who: str, act: Callable[[Work], object]) -> None:
        """A refusal is an answer; anything else that goes wrong is a fault."""
        try:
            self.college.do(who, act)
        except WorkflowError:
            return


def test_random_seats_do_random_things(databases: Databases) -> None:
    RandomSeats.databases = databases
    RandomSeats.pattern = found(databases.migrated())
    case = RandomSeats.TestCase
    case.settings = settings(
        max_examples=25,
        stateful_step_count=30,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    case().runTest()
