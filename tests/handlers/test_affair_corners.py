"""Corners of the affairs' rooms: secrets that vanish, deputies, people who left."""

from handlers.affair_cards import affair_card
from handlers.reader import reader
from services import accessing, claiming, joining, progress
from services.affairs import acting, admonishing, meetings_reading
from services.affairs.meetings import PRESENT
from services.affairs.reminding import waited_for
from services.affairs.seating import ASKED
from services.work import Work
from storage import affairs, people, people_changes
from storage.store import Tx
from tests.handlers.affair_noticed import CHIEF, OFFICE, OTHER, OWNER, SECRETARY, THIRD, leave, notified
from tests.handlers.conversation import Conversation
from workflow.affair import Affair, AffairKind, AffairState
from workflow.roles import PersonId


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


def parts(college: Conversation, affair: Affair, part: str = ASKED) -> list[PersonId]:
    return [one.person_id for one in college.ask(lambda tx: affairs.parts(tx, affair.id, part))]


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
