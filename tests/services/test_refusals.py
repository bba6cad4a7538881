"""What the use cases refuse, whoever calls them: the conversation asks first, but it is not what protects."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from services import claiming, extending, issuing, leaving, measuring, pressing, progress, verifying
from services.issuing import Draft
from services.measuring import Step
from services.work import EnteredFor, Work
from tests.services.conftest import World
from workflow.errors import WorkflowError
from workflow.measure import Measure
from workflow.topic import Topic

SOON = timedelta(days=10)


@pytest.fixture
def claimed(world: World) -> Topic:
    """A topic its leader works on."""
    topic = world.issued("foreign")
    return world.do("foreign", lambda work: claiming.claim(work, topic.id))


def refused(world: World, who: str, act: Callable[[Work], object], why: str) -> WorkflowError:
    before = len(world.trail())
    with pytest.raises(WorkflowError, match=why) as caught:
        world.do(who, act)
    assert len(world.trail()) == before
    return caught.value


def measure(world: World, topic: Topic) -> Measure:
    step = Step("核对台账", (world.unit("intl"),), world.clock.now() + SOON)
    [made] = world.do("foreign", lambda work: measuring.decompose(work, topic.id, [step]))
    return made


def test_a_draft_needs_an_issuer_a_known_category_and_everything_before_it_is_issued(world: World) -> None:
    leader = world.id("foreign")
    refused(world, "clerk", lambda work: issuing.draft(work, Draft(title="台账")), "issuer_missing")
    refused(world, "clerk", lambda work: issuing.draft(work, Draft(issuer_id=leader)), "not_an_issuer")
    refused(world, "secretary", lambda work: issuing.draft(work, Draft(category="?")), "unknown_category")

    half = world.do("secretary", lambda work: issuing.draft(work, Draft(title="台账")))
    problem = refused(world, "secretary", lambda work: issuing.publish(work, half.id), "fields_missing")
    assert problem.data["fields"] == ("goal", "owner", "deadline")


def test_nobody_is_called_who_left_or_leads_nothing(world: World) -> None:
    deputy, due = world.id("deputy"), world.clock.now() + SOON
    world.do("clerk", lambda work: leaving.leave(work, deputy))

    def drafted(owner: str) -> Topic:
        given = Draft(title="台账", goal="账实一致", owner_id=world.id(owner), deadline=due)
        return world.do("secretary", lambda work: issuing.draft(work, given))

    left, clerk = drafted("deputy"), drafted("clerk")
    refused(world, "secretary", lambda work: issuing.publish(work, left.id), "person_left")
    refused(world, "secretary", lambda work: issuing.publish(work, clerk.id), "not_a_leader")


def test_withdrawing_a_draft_needs_no_reason_and_withdrawing_work_does(world: World) -> None:
    draft = world.do("secretary", lambda work: issuing.draft(work, Draft(title="台账")))
    issued = world.issued("foreign")

    world.do("secretary", lambda work: issuing.withdraw(work, draft.id, ""))
    assert world.told == set()
    refused(world, "secretary", lambda work: issuing.withdraw(work, issued.id, " "), "reason_missing")
    world.do("secretary", lambda work: issuing.withdraw(work, issued.id, "另行部署"))
    assert world.id("foreign") in world.told


def test_not_mine_needs_a_reason_and_is_said_once(world: World) -> None:
    topic = world.issued("foreign")
    refused(world, "foreign", lambda work: claiming.decline(work, topic.id, " "), "reason_missing")
    world.do("foreign", lambda work: claiming.decline(work, topic.id, "不归我分管"))
    refused(world, "foreign", lambda work: claiming.decline(work, topic.id, "再说一次"), "already_asked")


def test_an_extension_needs_a_reason_and_a_day_to_come(world: World, claimed: Topic) -> None:
    assert claimed.deadline
    wanted = claimed.deadline + SOON
    refused(world, "foreign", lambda work: extending.ask(work, claimed.id, wanted, " "), "reason_missing")
    asked = world.do("foreign", lambda work: extending.ask(work, claimed.id, wanted, "等待批复"))

    past = world.clock.now() - SOON
    refused(world, "secretary", lambda work: extending.grant(work, asked.id, past), "deadline_past")


@pytest.mark.parametrize(
    ("text", "units", "days", "why"),
    [
        (" ", 1, 10, "fields_missing"),
        ("核对", 0, 10, "fields_missing"),
        ("核" * 2_001, 1, 10, "text_too_long"),
        ("核对", 1, 0, "deadline_past"),
        ("核对", 1, 400, "after_topic"),
    ],
)
def test_a_measure_says_what_who_and_until_when(
    world: World, claimed: Topic, text: str, units: int, days: int, why: str
) -> None:
    step = Step(text, (world.unit("intl"),) * units, world.clock.now() + timedelta(days=days))
    refused(world, "foreign", lambda work: measuring.decompose(work, claimed.id, [step]), why)


def test_a_report_says_something_and_a_share_is_a_share(world: World, claimed: Topic) -> None:
    refused(world, "foreign", lambda work: progress.report(work, claimed.id, " "), "report_empty")
    refused(world, "foreign", lambda work: progress.report(work, claimed.id, "一半", percent=101), "percent")
    refused(world, "secretary", lambda work: progress.comment(work, claimed.id, ""), "report_empty")


def test_words_entered_for_somebody_have_a_source(world: World, claimed: Topic) -> None:
    head = world.id("intl-head")

    def enter(work: Work, source: str) -> object:
        return progress.report(progress.enter_for(work, EnteredFor(head, source)), claimed.id, "已核对")

    refused(world, "clerk", lambda work: enter(work, " "), "source_missing")
    world.do("clerk", lambda work: enter(work, "电话"))
    assert head in world.told


def test_pushes_and_questions_say_by_when_and_what(world: World, claimed: Topic) -> None:
    now = world.clock.now()
    refused(world, "discipline", lambda work: pressing.nudge(work, claimed.id, now), "deadline_past")
    refused(world, "secretary", lambda work: pressing.inquire(work, claimed.id, " "), "question_missing")
    asked = world.do("secretary", lambda work: pressing.inquire(work, claimed.id, "为何没有进展"))
    refused(world, "foreign", lambda work: pressing.answer(work, asked.id, ""), "report_empty")


def test_nobody_is_pushed_where_nobody_else_owes_anything(world: World) -> None:
    topic = world.issued("foreign", lead_units=())
    world.do("foreign", lambda work: claiming.claim(work, topic.id))
    by = world.clock.now() + SOON
    refused(world, "foreign", lambda work: pressing.nudge(work, topic.id, by), "nobody_to_nudge")


def test_open_measures_want_a_word_before_the_topic_is_handed_in(world: World, claimed: Topic) -> None:
    first = measure(world, claimed)
    problem = refused(world, "foreign", lambda work: verifying.submit(work, claimed.id), "open_measures")
    assert (problem.data["count"], problem.data["nos"]) == (1, [first.no])
    world.do("foreign", lambda work: verifying.submit(work, claimed.id, "随后补齐"))


def test_a_verdict_says_why_and_until_when(world: World, claimed: Topic) -> None:
    now = world.clock.now()
    by = now + SOON
    world.do("foreign", lambda work: verifying.submit(work, claimed.id))
    refused(world, "discipline", lambda work: verifying.send_back(work, claimed.id, [], by), "points_missing")
    refused(
        world,
        "discipline",
        lambda work: verifying.send_back(work, claimed.id, ["缺附件"], now),
        "deadline_past",
    )

    world.do("discipline", lambda work: verifying.close(work, claimed.id))
    refused(world, "discipline", lambda work: verifying.reopen(work, claimed.id, " ", by), "reason_missing")
    refused(
        world, "discipline", lambda work: verifying.reopen(work, claimed.id, "反弹", now), "deadline_past"
    )
