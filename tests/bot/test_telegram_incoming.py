"""Telegram's updates, in our words."""

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.messengers.telegram_incoming import Account, parse
from handlers.incoming import Chat, File, Incoming, Kind, Membership, Press
from tests.bot.telegram_updates import (
    ANONYMOUS,
    GROUP,
    LI,
    RECEIVED_AT,
    SAID_AT,
    SERVICE,
    US,
    pressed,
    said,
    standing,
    update,
)

ME = Account(1000001, "Lingti_Bot")


def understood(kind: str, body: dict[str, Any]) -> Incoming:
    incoming = parse(update(kind, body), RECEIVED_AT, ME)
    assert incoming is not None
    return incoming


def nothing_to_us(kind: str, body: dict[str, Any]) -> bool:
    return parse(update(kind, body), RECEIVED_AT, ME) is None


def test_a_private_word() -> None:
    assert understood("message", said(text="点题")) == Incoming(
        messenger="telegram",
        event_id="42",
        kind=Kind.MESSAGE,
        sender="7001",
        chat=Chat("7001", private=True),
        sent_at=datetime(2026, 3, 2, tzinfo=UTC),
        received_at=RECEIVED_AT,
        text="点题",
        message_id="9",
        language="zh-hans",
    )


@pytest.mark.parametrize(
    ("markup", "token"),
    [
        ({"inline_keyboard": [[{"text": "领题", "callback_data": "k1:0"}]]}, "k1:0"),
        ({"inline_keyboard": [[{"text": "看", "url": "https://example.org"}]]}, ""),
        ({"inline_keyboard": [[]]}, ""),
        ({"inline_keyboard": "?"}, ""),
        (None, ""),
    ],
)
def test_a_reply_brings_a_button_of_the_card_it_replies_to(markup: object, token: str) -> None:
    card = {"message_id": 5, "reply_markup": markup}
    assert understood("message", said(text="进展", reply_to_message=card)).reply_token == token


def test_a_word_in_a_forum_thread_is_no_reply_to_its_first_message() -> None:
    thread = {"is_topic_message": True, "message_thread_id": 3}
    first = understood("message", said(GROUP, text="x", reply_to_message={"message_id": 3}, **thread))
    assert first.chat == Chat("-1001", private=False, thread="3", title="整改工作群")
    assert first.reply_to == ""
    assert (
        understood("message", said(GROUP, text="x", reply_to_message={"message_id": 5}, **thread)).reply_to
        == "5"
    )


def test_a_reply_thread_of_an_ordinary_group_is_no_forum_thread() -> None:
    reply = understood(
        "message", said(GROUP, text="x", message_thread_id=5, reply_to_message={"message_id": 5})
    )
    assert (reply.chat.thread, reply.reply_to) == ("", "5")


def test_an_edited_word_counts_from_its_edit() -> None:
    edited = understood("edited_message", said(text="更正", edit_date=SAID_AT + 3600))
    assert (edited.kind, edited.sent_at) == (Kind.EDITED, datetime(2026, 3, 2, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    "more",
    [
        {"from": ANONYMOUS, "sender_chat": GROUP},
        {"from": ANONYMOUS},
        {"from": SERVICE, "is_automatic_forward": True},
        {"from": SERVICE},
        {"from": LI, "sender_chat": {"id": -1005, "type": "channel", "title": "频道"}},
        {"from": {"id": 5, "is_bot": True, "first_name": "other"}},
        {"from": None},
    ],
)
def test_who_speaks_for_a_chat_or_is_a_bot_is_nobody(more: dict[str, Any]) -> None:
    incoming = understood("message", said(GROUP, text="销号", **more))
    assert (incoming.sender, incoming.language) == (None, "")


@pytest.mark.parametrize(
    ("body", "file"),
    [
        (
            {
                "document": {
                    "file_id": "d",
                    "file_name": "台账.xlsx",
                    "mime_type": "text/csv",
                    "file_size": 12,
                }
            },
            File("d", "台账.xlsx", "text/csv", 12),
        ),
        ({"document": {"file_id": "d"}}, File("d", "document", "application/octet-stream", 0)),
        (
            {
                "photo": [
                    {"file_id": name, "width": w, "height": w}
                    for name, w in (("s", 90), ("l", 1280), ("m", 320))
                ]
            },
            File("l", "photo.jpg", "image/jpeg", 0, photo=True),
        ),
        ({"voice": {"file_id": "v", "file_size": 3}}, File("v", "voice.ogg", "audio/ogg", 3)),
        ({"audio": {"file_id": "a"}}, File("a", "audio.mp3", "audio/mpeg", 0)),
        ({"video": {"file_id": "v"}}, File("v", "video.mp4", "video/mp4", 0)),
        ({"video_note": {"file_id": "v"}}, File("v", "video.mp4", "video/mp4", 0)),
        (
            {"animation": {"file_id": "g"}, "document": {"file_id": "g"}},
            File("g", "animation.mp4", "video/mp4", 0),
        ),
        ({"sticker": {"file_id": "s"}}, File("s", "sticker.webp", "image/webp", 0)),
        ({"sticker": {"file_id": "s", "is_video": True}}, File("s", "sticker.webm", "video/webm", 0)),
        (
            {"sticker": {"file_id": "s", "is_animated": True}},
            File("s", "sticker.tgs", "application/x-tgsticker", 0),
        ),
    ],
)
def test_every_kind_of_file_is_told(body: dict[str, Any], file: File) -> None:
    assert understood("message", said(**body)).files == (file,)


def test_a_forwarded_album_with_a_caption() -> None:
    part = said(
        document={"file_id": "d"}, caption="佐证", media_group_id="77", forward_origin={"type": "user"}
    )
    incoming = understood("message", part)
    assert (incoming.text, incoming.album, incoming.forwarded) == ("佐证", "77", True)


def test_a_press() -> None:
    incoming = understood("callback_query", pressed())
    assert (incoming.kind, incoming.press) == (Kind.PRESS, Press("4711", "k1:0"))
    assert (incoming.sender, incoming.message_id, incoming.text) == ("7001", "8", "")
    assert incoming.sent_at == RECEIVED_AT


def test_a_press_on_a_message_out_of_reach() -> None:
    old = understood("callback_query", pressed(message={"message_id": 8, "date": 0, "chat": GROUP}))
    assert (old.chat.id, old.message_id) == ("-1001", "8")
    untold = understood("callback_query", pressed(message=None))
    assert (untold.chat, untold.message_id) == (Chat("7001", private=True), "")


def test_presses_that_are_not_ours() -> None:
    assert nothing_to_us("callback_query", pressed(message=None, inline_message_id="x"))
    assert nothing_to_us("callback_query", pressed(data=None, game_short_name="chess"))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (standing("member", "kicked"), Membership.BLOCKED),
        (standing("kicked", "member"), Membership.UNBLOCKED),
        (standing("left", "member", GROUP), Membership.ADDED),
        (standing("left", "restricted", GROUP, is_member=True), Membership.ADDED),
        (standing("administrator", "kicked", GROUP), Membership.REMOVED),
        (standing("member", "left", GROUP), Membership.REMOVED),
        (standing("member", "restricted", GROUP, is_member=False), Membership.REMOVED),
    ],
)
def test_our_standing_changes(change: dict[str, Any], told: Membership) -> None:
    incoming = understood("my_chat_member", change)
    assert (incoming.kind, incoming.membership, incoming.sender) == (Kind.MEMBERSHIP, told, "7001")


def test_a_promotion_is_no_change_of_membership() -> None:
    assert nothing_to_us("my_chat_member", standing("member", "administrator", GROUP))


def test_a_group_that_moves() -> None:
    moved = understood("message", said(GROUP, migrate_to_chat_id=-1002))
    assert (moved.kind, moved.membership, moved.migrated_to) == (
        Kind.MEMBERSHIP,
        Membership.MIGRATED,
        "-1002",
    )


def test_a_group_we_are_brought_into() -> None:
    assert understood("message", said(GROUP, new_chat_members=[LI, US])).membership is Membership.ADDED
    assert nothing_to_us("message", said(GROUP, new_chat_members=[LI]))


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("/new", "/new"),
        ("/new@Lingti_Bot 完善制度", "/new 完善制度"),
        ("/new@lingti_bot完善制度", "/new完善制度"),
        ("／点题@LINGTI_BOT", "／点题"),
        ("@lingti_bot 我的", "我的"),
        ("@lingti_bot，我的", "我的"),
        ("@lingti_bot2 我的", "@lingti_bot2 我的"),
        ("@lingti_bot", ""),
        ("联系 li@example.org", "联系 li@example.org"),
        ("a\0b\ud83dc", "ab?c"),
    ],
)
def test_our_own_name_is_not_part_of_what_is_said(text: str, heard: str) -> None:
    assert understood("message", said(GROUP, text=text)).text == heard


def test_a_command_for_another_bot_is_nothing_to_us() -> None:
    assert nothing_to_us("message", said(GROUP, text="/new@other_bot 完善制度"))


def test_before_we_know_our_name_nothing_is_taken_for_somebody_elses() -> None:
    incoming = parse(update("message", said(text="/new@lingti_bot")), RECEIVED_AT, Account())
    assert incoming is not None
    assert incoming.text == "/new@lingti_bot"


def test_something_without_words_or_files_is_still_something() -> None:
    assert understood("message", said(location={"latitude": 39.9, "longitude": 116.4})).text == ""


def test_what_nobody_said_is_nothing_to_us() -> None:
    assert nothing_to_us("message", said(GROUP, pinned_message={"message_id": 3}))
    assert nothing_to_us("poll", {"id": "1"})
    assert nothing_to_us("channel_post", said({"id": -1005, "type": "channel"}, text="x"))


def test_one_broken_corner_does_not_cost_the_message() -> None:
    assert understood("message", said(text="x", entities="?", via_bot=[], link_preview_options=7)).text == "x"
