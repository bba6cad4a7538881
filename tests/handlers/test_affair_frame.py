"""Affairs in chat, whatever their kind: found under 我的, pushed by name, silent where the topic is."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import pytest

from handlers.affair_cards import affair_card, name_of
from handlers.reader import reader
from services.affairs import acting
from services.work import Work
from storage import affairs, people
from storage.people import Person
from storage.store import Tx
from tests.handlers.conversation import Conversation
from workflow.affair import Affair, AffairKind, AffairState
from workflow.affair_table import AffairEvent
from workflow.errors import NotFound

FRIDAY = datetime.fromisoformat("2026-03-06T17:30:00+08:00")


def opened(
    college: Conversation, kind: AffairKind = AffairKind.DUTY, who: str = "党办主任", **more: Any
) -> Affair:
    values: Mapping[str, Any] = {"title": "出国审批", **more}
    return college.do(who, lambda work: acting.begin(work, kind, **values))


def released(college: Conversation, **topic: Any) -> Affair:
    """A notice three leaders are to answer by Friday; its kind's own room is not asked."""
    about = college.issued(**topic)

    def release(work: Work) -> Affair:
        facts = {"step": "report", "until": FRIDAY.isoformat()}
        affair = acting.begin_by_rule(
            work.tx,
            work.policy,
            AffairKind.COVER,
            title="审批",
            topic_id=about.id,
            due_at=FRIDAY,
            facts=facts,
            by=work.actor.id,
        )
        after = acting.act(work, affair, AffairEvent.RELEASE)
        acting.ask(work, after, [college.id("副书记"), college.id("后勤副院长")])
        return after

    return college.do("党办主任", release)


def test_what_waits_for_me_is_among_my_matters_and_in_the_digest(college: Conversation) -> None:
    released(college)
    assert "补漏补缺C2026-01《审批》" in college.say("副书记", "我的").text
    college.pass_to(datetime.fromisoformat("2026-03-03T08:31:00+08:00"))
    digest = college.pushed("副书记")[-1].text
    assert "另有1件事务待您办理：补漏补缺C2026-01《审批》" in digest


def test_a_reminder_names_the_matter_and_the_day(college: Conversation) -> None:
    affair = released(college)
    college.pass_to(datetime.fromisoformat("2026-03-05T09:00:00+08:00"))
    assert college.pushed("副书记")[-1].text == "【待办提醒】补漏补缺C2026-01《审批》请于3月6日前办理。"
    college.do("副书记", lambda work: acting.answer(work, affair, "na"))
    college.pass_to(datetime.fromisoformat("2026-03-09T09:00:00+08:00"))
    late = next(s.text for s in college.pushed("后勤副院长") if "待办逾期" in s.text)
    assert late == "【待办逾期】补漏补缺C2026-01《审批》应于3月6日前办理，尚未收到，请尽快办理。"
    told = [s.text for s in college.pushed("党办主任") if "【逾期】" in s.text]
    assert told == ["【逾期】补漏补缺C2026-01《审批》应于3月6日前由后勤副院长办理，尚未办理，现报您知悉。"]
    assert not any("待办逾期" in s.text for s in college.pushed("副书记"))


def test_of_a_secret_topic_a_push_says_the_number_alone(college: Conversation) -> None:
    released(college, confidential=True)
    college.pass_to(datetime.fromisoformat("2026-03-05T09:00:00+08:00"))
    assert college.pushed("副书记")[-1].text.startswith("【待办提醒】2026-001，")
    assert "《" not in college.say("副书记", "我的").text


def test_a_reminder_that_no_longer_holds_is_not_sent(college: Conversation) -> None:
    affair = released(college)
    at = datetime.fromisoformat("2026-03-05T09:00:00+08:00")
    college.clock.advance(at - college.clock.now())
    college.do("党办主任", lambda work: acting.act(work, affair, AffairEvent.FINISH))
    college.settle()
    assert college.pushed("副书记") == []


def test_whoever_has_no_part_in_it_does_not_see_it(college: Conversation) -> None:
    affair = opened(college)

    def look(tx: Tx, who: str) -> str:
        return affair_card(reader(tx, college.policy, college_person(tx, who)), affair).title

    with pytest.raises(NotFound):
        college.ask(lambda tx: look(tx, "副书记"))


def college_person(tx: Tx, title: str) -> Person:
    return people.by_title(tx, title)[0]


def test_a_matter_is_called_by_its_sort_where_it_has_one(college: Conversation) -> None:
    affair = opened(college, AffairKind.RISK, title="")

    def named(tx: Tx) -> str:
        return name_of(reader(tx, college.policy, college_person(tx, "党办主任")), affair)

    assert college.ask(named) == "风险R2026-01"


def test_its_number_is_taken_for_nothing_else(college: Conversation) -> None:
    opened(college)
    assert college.ask(lambda tx: affairs.by_number(tx, "D2026-01")).state is AffairState.OPEN
