"""A bound group hears the public fields of what goes on, and nothing else, ever."""

from services import claiming, issuing, verifying
from tests.handlers.conversation import GROUP, Conversation

OFFICE = "党办主任"


def heard(college: Conversation) -> list[str]:
    return [card.text for card in college.cards(GROUP) if card.kind == "announcement"]


def bound(college: Conversation, words: str = "绑定") -> str:
    return college.say(OFFICE, words, group=True).text


def test_a_bound_group_hears_issue_claim_and_close(college: Conversation) -> None:
    assert "已绑定" in bound(college)
    topic = college.issued()
    college.do("外事副院长", lambda work: claiming.claim(work, topic.id))
    college.do("外事副院长", lambda work: verifying.submit(work, topic.id))
    college.do("纪委书记", lambda work: verifying.close(work, topic.id))
    assert heard(college)[-1].startswith("【销号】2026-001《因公出国内控》")
    assert len(heard(college)) == 3
    everything = "\n".join(heard(college))
    assert "外事副院长" in everything
    assert "6月30日" in everything
    assert topic.problem not in everything
    assert topic.goal not in everything


def test_withdrawing_is_told_and_stops_what_is_no_longer_true(college: Conversation) -> None:
    bound(college)
    topic = college.issued()
    college.do("党委书记", lambda work: issuing.withdraw(work, topic.id, "并入他项"))
    assert heard(college)[-1] == "【撤题】2026-001《因公出国内控》已撤题。"
    assert "并入他项" not in "\n".join(heard(college))


def test_a_confidential_topic_is_never_announced(college: Conversation) -> None:
    bound(college)
    topic = college.issued(confidential=True)
    college.do("外事副院长", lambda work: claiming.claim(work, topic.id))
    college.pass_(days=1)
    assert heard(college) == []


def test_a_units_group_hears_its_own(college: Conversation) -> None:
    assert "与财务处有关" in bound(college, "/bind 财务处")
    college.issued()
    assert heard(college) == []
    college.issued(lead_units=(college.unit("财务处"),))
    assert len(heard(college)) == 1


def test_an_unbound_group_hears_nothing_more(college: Conversation) -> None:
    bound(college)
    assert "已解绑" in bound(college, "解绑")
    college.issued()
    assert heard(college) == []
    assert "没有绑定" in bound(college, "解绑")


def test_announcements_wait_for_working_hours(college: Conversation) -> None:
    bound(college)
    college.pass_(hours=14)
    college.issued()
    assert heard(college) == []
    college.pass_(hours=14)
    assert len(heard(college)) == 1


def test_only_the_office_binds_and_only_groups(college: Conversation) -> None:
    assert "请在要绑定的群里发送" in college.say(OFFICE, "绑定").text
    assert "没有“绑定群”的权限" in college.say("系统管理员", "/bind", group=True).text
    assert "没有“绑定群”的权限" in college.say("外事副院长", "绑定", group=True).text
    assert "没有名为“火星处”的部门" in bound(college, "绑定 火星处")
