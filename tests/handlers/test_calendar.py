"""日历: one's own deadlines as all-day events with lasting ids, and nothing a push would not say."""

from datetime import UTC, date, datetime
from typing import Any

from icalendar import Calendar

from services import claiming, extending, measuring, verifying
from services.affairs import acting
from services.measuring import Step
from storage import requests
from tests.handlers.conversation import Conversation
from workflow.affair import AffairKind
from workflow.topic import Topic

OWNER, UNIT, CHIEF, DISCIPLINE = "外事副院长", "国际处处长", "党委书记", "纪委书记"
APRIL = datetime(2026, 4, 10, 15, 59, 59, tzinfo=UTC)
JULY = datetime(2026, 7, 31, 15, 59, 59, tzinfo=UTC)


def in_work(college: Conversation, **more: Any) -> Topic:
    topic = college.issued(**more)
    college.do(OWNER, lambda work: claiming.claim(work, topic.id))
    step = Step("修订办法", (college.unit("国际处"),), APRIL)
    college.do(OWNER, lambda work: measuring.decompose(work, topic.id, [step]))
    return topic


def events(college: Conversation, who: str) -> dict[str, tuple[str, date, int]]:
    """What somebody's file holds, by id."""
    college.say(who, "日历")
    [file] = college.last(who).card.files
    assert (file.name, file.mime) == ("时限2026-03-02.ics", "text/calendar")
    found = Calendar.from_ical(college.files["deadlines.ics"])
    return {str(e.uid): (str(e.summary), e.start, e.sequence) for e in found.events}


def test_an_owner_gets_topics_and_what_is_to_be_claimed(college: Conversation) -> None:
    in_work(college)
    college.issued(short_title="待领", deadline=APRIL)
    found = sorted(events(college, OWNER).values(), key=lambda one: one[1])

    assert [(name, day) for name, day, _ in found] == [
        ("2026-002《待领》领题期限", date(2026, 3, 4)),
        ("2026-002《待领》到期", date(2026, 4, 10)),
        ("2026-001《因公出国内控》到期", date(2026, 6, 30)),
    ]
    first = college.cards(OWNER)[-2]
    assert first.text == "共3项时限，正在生成日历文件，稍候发给您。"


def test_a_unit_gets_its_measures_for_as_long_as_they_are_worked_at(college: Conversation) -> None:
    topic = in_work(college)
    assert [one[:2] for one in events(college, UNIT).values()] == [
        ("2026-001《因公出国内控》措施1到期", date(2026, 4, 10))
    ]
    college.do(OWNER, lambda work: verifying.submit(work, topic.id, "措施已并入"))
    assert "没有您名下的时限" in college.say(UNIT, "日历").text


def test_a_moved_deadline_moves_the_same_event(college: Conversation) -> None:
    topic = in_work(college)
    before = events(college, OWNER)
    college.do(OWNER, lambda work: extending.ask(work, topic.id, JULY, "招标"))
    [asked] = college.ask(lambda tx: requests.of_topic(tx, topic.id))
    college.do(CHIEF, lambda work: extending.grant(work, asked.id))
    after = events(college, OWNER)

    assert before.keys() == after.keys()
    [(old, new)] = [(before[key], after[key]) for key in before]
    assert (old[1], new[1]) == (date(2026, 6, 30), date(2026, 7, 31))
    assert new[2] > old[2], "calendars take the higher sequence"


def test_a_confidential_topic_is_its_number(college: Conversation) -> None:
    in_work(college, confidential=True)
    assert [name for name, *_ in events(college, OWNER).values()] == ["2026-001到期"]
    content = college.files["deadlines.ics"].decode()
    assert "因公" not in content
    assert "修订" not in content


def test_affairs_that_wait_are_in_it(college: Conversation) -> None:
    topic = in_work(college)
    college.do(
        DISCIPLINE,
        lambda work: acting.begin(
            work, AffairKind.COVER, topic_id=topic.id, person_id=college.id(OWNER), due_at=APRIL
        ),
    )
    names = [name for name, day, _ in events(college, OWNER).values() if day == date(2026, 4, 10)]
    assert len(names) == 1
    assert "C2026" in names[0]


def test_nothing_of_others_and_nothing_in_a_group(college: Conversation) -> None:
    in_work(college)
    assert "没有您名下的时限" in college.say("后勤副院长", "日历").text
    assert "没有您名下的时限" in college.say(CHIEF, "日历").text
    assert "私聊" in college.say(OWNER, "日历", group=True).text


def test_a_deputy_gets_the_absent_ones_deadlines_too(college: Conversation) -> None:
    in_work(college)
    college.say(OWNER, "委托 副书记 3月2日 至 3月9日")
    college.press(OWNER, "确认")
    assert any("因公出国内控" in name for name, *_ in events(college, "副书记").values())
