"""The door itself, where no button leads: what cannot be pressed is refused all the same."""

from datetime import timedelta

import pytest

from services import directory, extending, issuing, leaving, measuring, progress
from services.authorising import asked, authorise, open_events
from services.issuing import Draft
from services.measuring import Step
from services.work import EnteredFor
from storage import reports, requests, topics
from storage.requests import RequestKind
from tests.handlers.conversation import Conversation
from workflow.errors import WorkflowError
from workflow.measure import Measure
from workflow.roles import Role
from workflow.topic import Topic
from workflow.transitions import Event

OWNER, OTHER, OFFICE, ISSUER, HEAD = "外事副院长", "副书记", "党办主任", "党委书记", "国际处处长"
ADMIN = "系统管理员"


@pytest.fixture
def topic(college: Conversation) -> Topic:
    issued = college.issued()
    college.press(OWNER, "领题")
    return college.ask(lambda tx: topics.get(tx, issued.id))


@pytest.fixture
def measure(college: Conversation, topic: Topic) -> Measure:
    step = Step("修订办法", (college.unit("国际处"),), college.clock.now() + timedelta(days=30))
    return college.do(OWNER, lambda work: measuring.decompose(work, topic.id, [step]))[0]


def test_a_measure_is_asked_about_under_its_own_topic_only(
    college: Conversation, topic: Topic, measure: Measure
) -> None:
    other = college.issued()
    with pytest.raises(WorkflowError, match="no_such_measure"):
        college.do(OWNER, lambda work: authorise(work, other, Event.VIEW, measure))


def test_the_office_enters_reports_and_nothing_else(college: Conversation, topic: Topic) -> None:
    def decide(event: Event) -> None:
        def act(work: object) -> None:
            work.entered_for = EnteredFor(college.id(OWNER), "电话")  # type: ignore[attr-defined]
            authorise(work, topic, event)  # type: ignore[arg-type]

        college.do(OFFICE, act)

    decide(Event.REPORT)
    with pytest.raises(WorkflowError, match="only_the_office_enters"):
        decide(Event.SUBMIT)


def test_an_aides_own_seat_counts_beside_the_borrowed_one(college: Conversation, topic: Topic) -> None:
    """副书记 is a co-owner and the owner's aide: what aides may not, the co-owner still may."""
    college.say(OFFICE, f"设置代办 {OWNER} {OTHER}")
    college.press(OFFICE, "确认")
    shared = college.issued(co_owners=(college.id(OTHER),))
    college.say(OWNER, f"领题 {shared.number}")
    step = Step("修订办法", (college.unit("国际处"),), college.clock.now() + timedelta(days=30))
    [made] = college.do(OWNER, lambda work: measuring.decompose(work, shared.id, [step]))
    college.do(HEAD, lambda work: measuring.report_done(work, made.id))

    assert college.do(OTHER, lambda work: measuring.confirm(work, made.id)).confirmed_at
    alone = college.do(OTHER, lambda work: open_events(work, topic))
    assert Event.SUBMIT not in alone
    assert Event.DECOMPOSE in alone


def test_a_request_is_answered_as_what_it_is(college: Conversation, topic: Topic) -> None:
    assert topic.deadline
    later = topic.deadline + timedelta(days=30)
    request = college.do(OWNER, lambda work: extending.ask(work, topic.id, later, "等招标"))
    for kind, problem in ((RequestKind.INQUIRY, "no_such_request"), (RequestKind.REROUTE, "no_such_request")):
        with pytest.raises(WorkflowError, match=problem):
            college.do(ISSUER, lambda work, kind=kind: asked(work, request.id, kind))
    with pytest.raises(WorkflowError, match="own_request"):
        college.do(OWNER, lambda work: asked(work, request.id, RequestKind.EXTENSION))
    college.do(ISSUER, lambda work: extending.grant(work, request.id))
    with pytest.raises(WorkflowError, match="already_decided"):
        college.do(ISSUER, lambda work: extending.refuse(work, request.id))
    assert college.ask(lambda tx: requests.get(tx, request.id)).decided_by == college.id(ISSUER)


def test_a_draft_is_not_issued_to_somebody_who_can_no_longer_own_it(college: Conversation) -> None:
    owner = college.id(OWNER)
    given = Draft(
        title="完善制度", goal="闭环", owner_id=owner, deadline=college.clock.now() + timedelta(days=90)
    )
    kept = college.do(ISSUER, lambda work: issuing.draft(work, given))
    college.do(OFFICE, lambda work: directory.revoke(work, owner, Role.LEADER))
    with pytest.raises(WorkflowError, match="not_a_leader"):
        college.do(ISSUER, lambda work: issuing.publish(work, kept.id))


def test_what_was_taken_back_takes_no_more_files_in(college: Conversation, topic: Topic) -> None:
    card = college.last(OWNER)
    college.say(OWNER, "第一批材料", card, ["一.pdf"], album="a")
    college.press(OWNER, "撤回")
    college.say(OWNER, "", files=["二.pdf"], album="a")

    [told] = [r for r in college.ask(lambda tx: reports.of_topic(tx, topic.id)) if r.event == "report"]
    files = college.ask(lambda tx: reports.evidence_of(tx, [told.id]))[told.id]
    assert [file.name for file in files] == ["一.pdf"]


def test_only_words_are_taken_back_never_a_decision(college: Conversation, topic: Topic) -> None:
    assert topic.deadline
    later = topic.deadline + timedelta(days=30)
    request = college.do(OWNER, lambda work: extending.ask(work, topic.id, later, "等招标"))
    with pytest.raises(WorkflowError, match="already_done"):
        college.do(OWNER, lambda work: progress.take_back(work, request.report_id or reports.ReportId(0)))


def test_an_administrator_leaves_by_an_administrators_hand(college: Conversation) -> None:
    admin = college.id(ADMIN)
    with pytest.raises(WorkflowError, match="may_not_administer"):
        college.do(OFFICE, lambda work: leaving.leave(work, admin))
    college.do(ADMIN, lambda work: leaving.leave(work, admin))
