"""查找: words as short as two characters, within what one may see."""

from services import claiming
from tests.handlers.conversation import Conversation

OWNER, DISCIPLINE, STRANGER = "外事副院长", "纪委书记", "后勤副院长"


def test_two_characters_are_found_anywhere_in_the_topic(college: Conversation) -> None:
    college.issued()
    for words in ("出国", "闭环", "001", "内控 制度"):
        found = college.say(OWNER, f"查找 {words}")
        assert found.text.splitlines() == [
            f"【查找】{words}",
            "1. 2026-001《因公出国内控》 待领题 外事副院长",
        ]
    college.press(OWNER, "1")
    assert "因公出国管理内控制度不完善" in college.last(OWNER).text


def test_nothing_is_found_of_what_one_may_not_see(college: Conversation) -> None:
    college.issued()
    missing = "没有找到含“出国”的议题，或您无权查看。请换个词试试。"
    assert college.say(STRANGER, "查找 出国").text == missing
    assert college.say("系统管理员", "查找 出国").text == missing
    assert "2026-001" in college.say(DISCIPLINE, "查找 出国").text


def test_a_confidential_topic_is_found_by_its_number_alone(college: Conversation) -> None:
    college.issued(confidential=True)
    found = college.say(DISCIPLINE, "查找 出国")
    assert found.text.splitlines()[1] == "1. 2026-001 待领题 外事副院长"
    college.press(DISCIPLINE, "1")
    assert college.last(DISCIPLINE).card.vanish == college.policy.vanish


def test_a_draft_is_found_by_nobody(college: Conversation) -> None:
    college.say("党委书记", "点题")
    assert "没有找到" in college.say(DISCIPLINE, "查找 草稿").text


def test_signs_of_the_query_language_are_plain_signs(college: Conversation) -> None:
    college.issued()
    assert "没有找到" in college.say(OWNER, "查找 %").text
    assert "没有找到" in college.say(OWNER, "查找 _").text


def test_words_may_come_after_the_question(college: Conversation) -> None:
    college.issued()
    assert college.say(OWNER, "/find").text == "请发送要查找的词，如：采购 验收。"
    assert "2026-001" in college.say(OWNER, "出国").text
    assert college.say(OWNER, "find 闭环").labels == ["1"]


def test_many_are_found_page_by_page(college: Conversation) -> None:
    for no in range(1, 8):
        topic = college.issued(short_title=f"第{no}题")
        college.do(OWNER, lambda work, topic=topic: claiming.claim(work, topic.id))
    found = college.say(DISCIPLINE, "查找 出国")
    assert found.text.splitlines()[1].startswith("1. 2026-007《第7题》 整改中")
    college.press(DISCIPLINE, "更多", found)
    assert college.last(DISCIPLINE).labels == ["6", "7", "更多"]
