"""Corners of the affairs' rooms: secrets that vanish, deputies, people who left, terms that pass unseen."""

from dataclasses import replace

from services import accessing
from services.affairs import covering
from tests.handlers.conversation import Conversation
from workflow.supervision import CoverStep

OFFICE, SECRETARY, OWNER, OTHER = "党办主任", "纪委书记", "外事副院长", "副书记"


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
