"""Terms that pass: unseen by nobody, holding up nobody, and nothing by itself while we were down."""

from dataclasses import replace
from datetime import timedelta

from services import acting as actions
from services.affairs import acting, covering, recheck_planning
from services.affairs.timing import FIRES
from services.affairs.waiting import waits_for
from services.work import Said, Work
from storage import affairs, people, topics
from storage.store import Tx
from tests.handlers.affair_noticed import (
    CHIEF,
    FRIDAY,
    OFFICE,
    OTHER,
    OWNER,
    SECRETARY,
    THIRD,
    leave,
    notified,
)
from tests.handlers.conversation import Conversation
from workflow.affair import Affair, AffairKind, AffairState
from workflow.supervision import CoverStep


def test_what_a_standing_authorisation_releases_is_not_reminded_of_in_the_same_breath(
    college: Conversation,
) -> None:
    college.policy = replace(college.policy, cover_standing=True)
    topic, about = college.issued(), college.id(OWNER)
    college.do(OFFICE, lambda work: covering.begin(work, topic.id, about, CoverStep.CLAIM))
    college.pass_(days=2)
    singles = [shown.text for shown in college.pushed(OTHER) if "今日待办" not in shown.text]
    assert [text[:6] for text in singles] == ["【补漏补缺】"]
    college.pass_(days=2)
    assert "【待办提醒】补漏补缺C2026-01" in "".join(shown.text for shown in college.pushed(OTHER))


def test_a_term_passes_unseen_by_nobody_though_who_was_asked_has_left(college: Conversation) -> None:
    notified(college, OWNER, OTHER)
    leave(college, OTHER, OWNER)
    college.pass_(days=8)
    told = [shown.text for shown in college.pushed(OFFICE) if "【逾期】" in shown.text]
    assert told == ["【逾期】补漏补缺C2026-01应于3月6日前办理，目前无人在岗承办，现报您知悉，请明确承办人。"]


def test_a_term_passes_unseen_by_nobody_though_the_seat_is_empty(college: Conversation) -> None:
    def given(work: Work) -> Affair:
        return acting.begin_by_rule(
            work.tx, work.policy, AffairKind.MEETING, state=AffairState.GIVEN, due_at=FRIDAY
        )

    college.do(OFFICE, given)
    college.pass_(days=8)
    assert any("目前无人在岗承办" in shown.text for shown in college.pushed(OFFICE))


def test_a_term_that_passes_when_all_have_answered_is_reported_to_nobody(college: Conversation) -> None:
    affair = notified(college, OWNER, OTHER)
    college.do(OTHER, lambda work: acting.answer(work, affair, "na"))
    college.pass_(days=8)
    assert not any("【逾期】" in shown.text for shown in college.pushed(OFFICE))


def test_a_units_head_finds_the_rechecks_of_its_topics_and_no_others(college: Conversation) -> None:
    own = college.issued()
    other = college.issued(THIRD, title="采购验收", lead_units=(college.unit("后勤处"),))

    def closed(work: Work) -> None:
        for topic in (own, other):
            actions.touch(work, topics.get(work.tx, topic.id), {"state": "closed", "closed_at": work.now})
            recheck_planning.plan(work, topics.get(work.tx, topic.id))

    college.do(CHIEF, closed)
    assert "2026-001" in college.say("国际处处长", "回头看").text
    assert "2026-002" not in college.last("国际处处长").text
    assert "2026-002" in college.say(OFFICE, "回头看").text
    college.say("国际处处长", "委托 财务处处长 3月2日 至 3月9日")
    college.press("国际处处长", "确认")
    assert "2026-001" in college.say("财务处处长", "回头看").text


def test_what_is_only_planned_is_not_read_to_tell_what_waits(college: Conversation) -> None:
    topic = college.issued()
    planned = college.do(CHIEF, lambda work: recheck_planning.plan(work, topic))
    assert planned is not None

    def waiting(tx: Tx, who: str) -> list[Affair]:
        return waits_for(Work(tx, college.policy, people.get(tx, college.id(who)), Said(tx.now)))

    assert college.ask(lambda tx: waiting(tx, SECRETARY)) == []
    college.store.run_now(lambda tx: recheck_planning.call(tx, college.policy, planned))
    assert [one.id for one in college.ask(lambda tx: waiting(tx, SECRETARY))] == [planned.id]


def recurs(college: Conversation, issuer: int, goal: str = "按计划完成") -> Affair:
    """A template that sets its topic on Tuesday."""
    facts = {
        "sort": "study",
        "every": "monthly",
        "month": 1,
        "day": 3,
        "days": 20,
        "each": False,
        "issuer": issuer,
        "owners": [college.id(OWNER)],
        "lead": [],
        "assist": [],
        "category": "",
        "duty": "",
        "on": "2026-03-03",
        FIRES: "2026-03-03T08:30:00+08:00",
    }
    words = {"goal": goal, "problem": "", "source": ""}

    def begin(work: Work) -> Affair:
        return acting.begin_by_rule(
            work.tx, work.policy, AffairKind.TEMPLATE, title="集体学习", facts=facts, words=words
        )

    return college.do(OFFICE, begin)


def test_an_affair_that_cannot_be_done_holds_up_no_reminder(college: Conversation) -> None:
    affair, nobody = notified(college, OWNER, OTHER), 9_999
    stuck = recurs(college, nobody)
    college.pass_(days=8)
    assert any(affair.number in shown.text for shown in college.pushed(OTHER) if "待办逾期" in shown.text)
    looked = college.ask(lambda tx: affairs.looked_at(tx, stuck.id))
    assert looked is not None
    assert looked > college.clock.now()


def test_a_template_that_has_grown_too_long_is_the_offices_to_mend(college: Conversation) -> None:
    affair = recurs(college, college.id(CHIEF), goal="抓" * 60)
    college.policy = replace(college.policy, longest_text=50)
    college.pass_(days=2)
    assert any(affair.number in shown.text for shown in college.pushed(OFFICE))
    assert college.ask(lambda tx: affairs.raised_by(tx, affair.id)) == []


def test_a_term_that_passed_while_we_were_down_releases_nothing_by_itself(college: Conversation) -> None:
    college.policy = replace(college.policy, cover_standing=True)
    topic, about = college.issued(), college.id(OWNER)
    college.do(OFFICE, lambda work: covering.begin(work, topic.id, about, CoverStep.CLAIM))
    college.clock.advance(timedelta(days=2))
    college.settle()
    (notice,) = college.ask(lambda tx: affairs.of_topic(tx, topic.id))
    assert notice.state is AffairState.OPEN
    assert not any("【补漏补缺】" in shown.text for shown in college.pushed(OTHER))
    assert any(notice.number in shown.text for shown in college.pushed(OFFICE))
