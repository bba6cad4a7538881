"""Corners of the affairs' rooms: secrets that vanish, deputies, people who left, terms that pass unseen."""

from dataclasses import replace
from datetime import datetime, timedelta

from handlers.affair_cards import affair_card
from handlers.reader import reader
from services import accessing, claiming, joining, leaving, progress
from services import acting as actions
from services.affairs import acting, admonishing, covering, meetings_reading, recheck_planning
from services.affairs.meetings import PRESENT
from services.affairs.reminding import waited_for
from services.affairs.seating import ASKED
from services.affairs.timing import FIRES
from services.affairs.waiting import waits_for
from services.work import Said, Work
from storage import affairs, people, people_changes, topics
from storage.store import Tx
from tests.handlers.conversation import Conversation
from workflow.affair import Affair, AffairKind, AffairState
from workflow.roles import PersonId
from workflow.supervision import CoverStep

OFFICE, SECRETARY, CHIEF = "党办主任", "纪委书记", "党委书记"
OWNER, OTHER, THIRD = "外事副院长", "副书记", "后勤副院长"
FRIDAY = datetime.fromisoformat("2026-03-06T17:30:00+08:00")


def asked_for_tolerance(college: Conversation) -> None:
    college.issued(confidential=True)
    college.say(OWNER, "申请容错 001 试点中先行先试")
    college.press(OWNER, "经验不足")


def test_the_reason_of_a_secret_topics_plea_vanishes_wherever_it_is_shown(college: Conversation) -> None:
    asked_for_tolerance(college)
    own = college.last(OWNER)
    assert "理由：试点中先行先试" in own.text
    assert own.card.vanish == college.policy.vanish
    college.press(SECRETARY, "同意", college.pushed(SECRETARY)[-1])
    decided = college.last(SECRETARY)
    assert "理由：试点中先行先试" in decided.text
    assert decided.card.vanish == college.policy.vanish


def test_who_is_shown_a_secret_topics_affair_is_on_the_trail(college: Conversation) -> None:
    asked_for_tolerance(college)
    college.press(SECRETARY, "查看", college.pushed(SECRETARY)[-1])
    seen = college.ask(lambda tx: accessing.of_topic(tx, "2026-001"))
    assert SECRETARY in [one.title for one in seen]


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


def leave(college: Conversation, who: str, heir: str) -> None:
    college.do(OFFICE, lambda work: leaving.leave(work, college.id(who), college.id(heir)))


def parts(college: Conversation, affair: Affair, part: str = ASKED) -> list[PersonId]:
    return [one.person_id for one in college.ask(lambda tx: affairs.parts(tx, affair.id, part))]


def notified(college: Conversation, about: str, *asked: str) -> Affair:
    """A cover notice that these are to answer by Friday."""
    topic = college.issued(about)

    def release(work: Work) -> Affair:
        facts = {"step": "claim", "until": work.now.isoformat()}
        affair = acting.begin_by_rule(
            work.tx,
            work.policy,
            AffairKind.COVER,
            state=AffairState.RELEASED,
            topic_id=topic.id,
            person_id=college.id(about),
            due_at=FRIDAY,
            facts=facts,
        )
        acting.ask(work, affair, [college.id(one) for one in asked])
        return affair

    return college.do(OFFICE, release)


def test_nobody_waits_for_the_answer_of_who_has_left(college: Conversation) -> None:
    affair = notified(college, OWNER, OTHER)
    leave(college, OTHER, THIRD)
    assert parts(college, affair) == [college.id(THIRD)]
    college.say(THIRD, "不涉及")
    assert college.ask(lambda tx: affairs.get(tx, affair.id)).state is AffairState.DONE


def test_who_was_asked_already_answers_once(college: Conversation) -> None:
    affair = notified(college, OWNER, OTHER, THIRD)
    college.say(THIRD, "不涉及")
    leave(college, OTHER, THIRD)
    assert parts(college, affair) == [college.id(THIRD)]
    assert college.ask(lambda tx: affairs.asking(tx, college.id(THIRD))) == []


def test_nobody_inherits_a_question_about_oneself(college: Conversation) -> None:
    affair, gone = notified(college, OWNER, OTHER), college.id(OTHER)
    leave(college, OTHER, OWNER)
    assert parts(college, affair) == [gone]


def test_nobody_inherits_having_been_at_a_meeting(college: Conversation) -> None:
    def held(work: Work) -> Affair:
        affair = acting.begin_by_rule(
            work.tx, work.policy, AffairKind.MEETING, state=AffairState.HELD, person_id=college.id(CHIEF)
        )
        acting.ask(work, affair, [college.id(OTHER)])
        acting.ask(work, affair, [college.id(OTHER)], PRESENT)
        return affair

    affair, gone = college.do(OFFICE, held), college.id(OTHER)
    leave(college, OTHER, THIRD)
    assert parts(college, affair) == parts(college, affair, PRESENT) == [gone]


def test_a_talk_a_deputy_decides_on_waits_for_whom_the_deputy_stands_in_for(college: Conversation) -> None:
    college.say(CHIEF, f"委托 {OTHER} 3月2日 至 3月9日")
    college.press(CHIEF, "确认")
    topic, about = college.issued(), college.id(OWNER)

    def proposed(work: Work) -> Affair:
        facts = {"reminders": 3, "dates": {}}
        affair = acting.begin(work, AffairKind.ADMONITION, topic_id=topic.id, person_id=about, facts=facts)
        acting.ask(work, affair, [college.id(CHIEF), college.id("院长")])
        return affair

    affair = college.do(SECRETARY, proposed)
    college.do(OTHER, lambda work: admonishing.approve(work, affair))
    approved = college.ask(lambda tx: affairs.get(tx, affair.id))
    assert college.ask(lambda tx: waited_for(tx, approved)) == {college.id(CHIEF)}


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


def test_words_said_of_a_secret_topic_in_an_assessment_vanish(college: Conversation) -> None:
    topic = college.issued(confidential=True)
    college.do(OWNER, lambda work: claiming.claim(work, topic.id))
    college.say(OFFICE, "自评 上半年 6月20日前")
    college.press(OFFICE, "通知")
    college.say(OWNER, "推进中 供应商名单已核对", reply_to=college.say(OWNER, "自评"))
    college.press(OWNER, "清单")
    shown = college.last(OWNER)
    assert "供应商名单已核对" in shown.text
    assert shown.card.vanish == college.policy.vanish
    college.press(OWNER, "1", shown)
    assert "供应商名单已核对" in college.last(OWNER).text
    assert college.last(OWNER).card.vanish == college.policy.vanish


def test_of_a_secret_topic_that_was_merged_its_own_seats_alone_hear(college: Conversation) -> None:
    source = college.issued(confidential=True)
    target = college.issued(THIRD, title="采购验收", lead_units=(college.unit("后勤处"),), confidential=True)
    college.do(OWNER, lambda work: claiming.claim(work, source.id))
    college.do(OWNER, lambda work: progress.report(work, source.id, "名单已核对"))
    college.do(CHIEF, lambda work: joining.merge(work, source.id, target.id))
    assert "名单" not in college.say(THIRD, "时间线 002").text
    assert "名单已核对" in college.say(CHIEF, "时间线 002").text


def test_minutes_name_no_unit_of_a_secret_topic(college: Conversation) -> None:
    topic = college.issued(confidential=True)

    def decided(work: Work) -> Affair:
        affair = acting.begin_by_rule(
            work.tx, work.policy, AffairKind.MEETING, state=AffairState.HELD, person_id=college.id(CHIEF)
        )
        unit = college.unit("国际处")
        acting.put(work, affair, "decision", "抓紧", topic_id=topic.id, unit_id=unit, facts={"act": "note"})
        return affair

    affair = college.do(OFFICE, decided)
    card = college.ask(
        lambda tx: affair_card(reader(tx, college.policy, people.get(tx, affair.person_id)), affair)
    )
    assert "2026-001" in "".join(card.lines)
    assert "国际处" not in "".join(card.lines)
    assert college.ask(lambda tx: meetings_reading.minutes(tx, affair)).decisions[0].unit == ""


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


def test_a_title_two_people_bear_is_asked_about_before_a_count(college: Conversation) -> None:
    two = {"title": OTHER}
    college.store.run_now(lambda tx: people_changes.set_person(tx, people.by_title(tx, THIRD)[0].id, two))
    college.say(OFFICE, "评议 12月28日 教职工代表60人")
    college.press(OFFICE, "安排")
    assert f"“{OTHER}”对应多人" in college.say(OFFICE, f"评议 {OTHER} 实到58").text


def test_who_fell_short_is_named_where_nobody_reads_along_and_nowhere_else(college: Conversation) -> None:
    affair = notified(college, OWNER, SECRETARY, OTHER)
    assert OWNER not in college.say(SECRETARY, "跟进", group=True).text

    def drawn(tx: Tx, *, private: bool) -> str:
        who = people.get(tx, college.id(SECRETARY))
        return "".join(affair_card(reader(tx, college.policy, who, private=private), affair).lines)

    assert OWNER in college.ask(lambda tx: drawn(tx, private=True))
    assert OWNER not in college.ask(lambda tx: drawn(tx, private=False))


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
