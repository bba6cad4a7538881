"""Updates nobody understands: kept apart, named, and still confirmed (fault 6)."""

from typing import Any

import pytest

from bot.messengers.base import Malformed
from bot.messengers.telegram_incoming import Account, event_id, lane, offset_after, parse
from tests.bot.telegram_updates import GROUP, PRIVATE, RECEIVED_AT, pressed, said, standing, update

ME = Account(1000001, "Lingti_Bot")


MALFORMED = {
    "not an object": ["update_id", 42],
    "no update_id": {"message": said(text="x")},
    "a textual update_id": {"update_id": "42", "message": said(text="x")},
    "a message that is a text": update("message", "x"),
    "a message that is null": update("message", None),
    "no message_id": update("message", said(text="x", message_id=None)),
    "a textual message_id": update("message", said(text="x", message_id="9")),
    "no chat": update("message", said(text="x", chat=None)),
    "a chat without a type": update("message", said({"id": 7001}, text="x")),
    "a textual chat id": update("message", said({"id": "7001", "type": "private"}, text="x")),
    "a sender that is a number": update("message", {**said(text="x"), "from": 7001}),
    "a fractional date": update("message", said(text="x", date=1.5)),
    "a date beyond all calendars": update("message", said(text="x", date=10**18)),
    "a text that is an object": update("message", said(text={"text": "x"})),
    "photos that are one": update("message", said(photo={"file_id": "s"})),
    "a file without an id": update("message", said(document={"file_name": "x"})),
    "a press by nobody": update("callback_query", {"id": "4711", "data": "k1:0"}),
    "a press without an id": update("callback_query", pressed(id=None)),
    "a numeric token": update("callback_query", pressed(data=7)),
    "a standing without a status": update(
        "my_chat_member", {**standing("left", "member"), "new_chat_member": {}}
    ),
}


@pytest.mark.parametrize("raw", MALFORMED.values(), ids=MALFORMED.keys())
def test_what_cannot_be_understood_is_malformed_and_still_has_an_id_and_a_lane(raw: Any) -> None:
    with pytest.raises(Malformed):
        parse(raw, RECEIVED_AT, ME)
    assert event_id(raw)
    assert lane(raw) in {"", "7001"}


def test_malformed_names_the_place_and_not_the_words() -> None:
    with pytest.raises(Malformed, match=r"^message\.document\.file_id: missing$"):
        parse(update("message", said(document={"file_name": "姓名.xlsx"})), RECEIVED_AT, ME)


def test_event_ids_tell_updates_apart() -> None:
    nameless = [{"message": said(text="x")}, {"message": said(text="y")}, {"update_id": -1}, None, [], True]
    assert event_id({"update_id": 42}) == "42"
    assert len({event_id(raw) for raw in nameless}) == len(nameless)
    assert event_id(nameless[0]) == event_id({"message": said(text="x")})


def test_lanes_are_chats() -> None:
    in_group = {"message_id": 8, "chat": GROUP}
    assert lane(update("message", said(GROUP, text="x"))) == "-1001"
    assert lane(update("callback_query", pressed(message=in_group))) == "-1001"
    assert lane(update("callback_query", pressed(message=None))) == "7001"
    assert lane(update("my_chat_member", standing("left", "member", PRIVATE))) == "7001"


def test_the_offset_is_one_above_the_highest_id() -> None:
    assert offset_after([{"update_id": 5}, {"update_id": 9}, {"update_id": 7}]) == 10
    assert offset_after([{"update_id": 5}, {"update_id": "9"}, "rubbish", {"update_id": True}]) == 6
    assert offset_after([]) is None
    assert offset_after([{}]) is None
    assert offset_after([{"update_id": 2**70}]) is None
