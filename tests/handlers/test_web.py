"""网页: a link of one's own, made as it is sent; it leaves the chat, and what it opened can be ended."""

import re
from dataclasses import replace

import pytest

from services import web_links
from services.web_links import Fate
from storage import outbox
from tests.handlers.college import PEOPLE
from tests.handlers.conversation import GROUP, Conversation

ADDRESS = "https://bot.example.edu/board"


@pytest.fixture
def board(college: Conversation) -> Conversation:
    """The college, with a web board."""
    college.policy = replace(college.policy, web=ADDRESS)
    return college


def link(college: Conversation, who: str, said: str = "网页") -> str:
    found = re.search(rf"{ADDRESS}/enter/([\w-]+)", college.say(who, said).text)
    assert found, college.last(who).text
    return found[1]


def enter(college: Conversation, secret: str) -> str:
    return college.store.run_now(lambda tx: web_links.enter(tx, college.policy, secret))


def inside(college: Conversation, session: str) -> str:
    person = college.ask(lambda tx: web_links.who(tx, session))
    return person.title if person else ""


@pytest.mark.parametrize("who", PEOPLE)
def test_everybody_gets_a_link_of_their_own(board: Conversation, who: str) -> None:
    assert inside(board, enter(board, link(board, who))) == who


@pytest.mark.parametrize("said", ["网页", "看板网页", "/web", "web"])
def test_it_is_asked_for_in_a_word(board: Conversation, said: str) -> None:
    card = board.last("党办主任") if link(board, "党办主任", said) else None
    assert card is not None
    assert "10分钟内有效，只能用一次" in card.text
    assert card.labels == ["退出网页"]


def test_the_link_is_gone_from_the_chat_when_it_opens_no_more(board: Conversation) -> None:
    secret = link(board, "党办主任")
    board.pass_(minutes=10)
    assert board.ask(lambda tx: web_links.look(tx, secret)) is Fate.SPENT
    assert not any(secret in card.text for card in board.cards("党办主任"))


def test_no_row_on_its_way_holds_the_secret(board: Conversation) -> None:
    secret = link(board, "党办主任")
    sent = board.ask(lambda tx: [outbox.get(tx, no) for no in range(1, 20) if _there(tx, no)])
    assert sent
    assert not any(secret in str(out) for out in sent)


def test_in_a_group_nobody_gets_one(board: Conversation) -> None:
    said = board.say("党办主任", "/web", group=True).text
    assert "私聊" in said
    assert not any("/enter/" in card.text for card in [*board.cards(GROUP), *board.cards("党办主任")])


def test_without_a_board_one_is_told_what_there_is_instead(college: Conversation) -> None:
    assert "没有开通网页看板" in college.say("党办主任", "网页").text


def test_one_ends_what_is_open_in_ones_own_name_and_nobody_elses(board: Conversation) -> None:
    session, other = enter(board, link(board, "外事副院长")), enter(board, link(board, "院长"))
    assert board.press("外事副院长", "退出网页") == "已退出，打开的网页不再有效"
    assert (inside(board, session), inside(board, other)) == ("", "院长")
    assert board.press("外事副院长", "退出网页") == "没有打开的网页"


def test_in_english(board: Conversation) -> None:
    board.say("院长", "设置 语言 English")
    assert "opens once" in board.say("院长", "web").text


def test_said_alone_it_leaves_an_open_question_open(board: Conversation) -> None:
    board.say("党办主任", "议题")
    assert link(board, "党办主任")
    assert "没有" in board.say("党办主任", "2026-999").text


def _there(tx: object, no: int) -> bool:
    try:
        outbox.get(tx, no)  # type: ignore[arg-type]
    except Exception:
        return False
    return True
