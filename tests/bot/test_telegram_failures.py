"""What goes wrong on the way to Telegram, and what delivery is told about it."""

import socket
from pathlib import Path

import pytest

from bot.messengers.base import (
    Conflict,
    Gone,
    MaybeSent,
    MessengerError,
    Moved,
    NotSent,
    Outgoing,
    Refused,
    Throttled,
    Unauthorised,
    Unreachable,
)
from bot.messengers.telegram import Telegram
from bot.messengers.telegram_request import NotWritten, Wire
from handlers.cards import Attachment, Card
from tests.bot.telegram_server import (
    TOKEN,
    Answer,
    ScriptedApi,
    content,
    cut,
    message,
    page,
    raw,
    refusal,
    result,
    telegram_on,
)

CARD = Outgoing(Card(title="催办", lines=("请于明日前反馈",)), key="k1")

SENDING: list[tuple[str, Answer, type[MessengerError]]] = [
    ("a refusal for good", refusal(400, "Bad Request: message text is empty"), Refused),
    ("no such chat", refusal(400, "Bad Request: chat not found"), Unreachable),
    ("no right to speak", refusal(400, "Bad Request: not enough rights to send text messages"), Unreachable),
    ("blocked", refusal(403, "Forbidden: bot was blocked by the user"), Unreachable),
    ("removed", refusal(403, "Forbidden: bot was kicked from the supergroup chat"), Unreachable),
    ("too large", refusal(413, "Request Entity Too Large"), Refused),
    ("too fast, a gateway says", page(429, "<html>slow down</html>"), Throttled),
    ("a bad token", refusal(401, "Unauthorized"), Unauthorised),
    ("a malformed token", refusal(404, "Not Found"), Unauthorised),
    ("a server error", refusal(500, "Internal Server Error"), MaybeSent),
    ("a bad gateway", page(502, "<html>502</html>"), MaybeSent),
    ("a cut connection", cut, MaybeSent),
    ("a success that is none", page(200, "<html>Log in to the Wi-Fi</html>"), MaybeSent),
    ("a success without result", raw(200, {"ok": True}), MaybeSent),
    ("a success that is a list", raw(200, []), MaybeSent),
    ("parameters of no known shape", raw(400, {"ok": False, "parameters": ["?"]}), MaybeSent),
]


@pytest.mark.parametrize(("answer", "meaning"), [row[1:] for row in SENDING], ids=[row[0] for row in SENDING])
async def test_a_failed_send_says_what_it_means(answer: Answer, meaning: type[MessengerError]) -> None:
    api = ScriptedApi()
    async with telegram_on(api) as telegram:
        api.plan("sendMessage", answer)
        with pytest.raises(MessengerError) as failure:
            await telegram.send("7", CARD)
        assert type(failure.value) is meaning
        assert len(api.of("sendMessage")) == 1


async def test_silence_after_writing_may_have_arrived() -> None:
    api = ScriptedApi()
    async with telegram_on(api, read_seconds=0.2) as telegram:
        api.plan("sendMessage", api.never)
        with pytest.raises(MaybeSent):
            await telegram.send("7", CARD)


async def test_throttling_tells_how_long() -> None:
    api = ScriptedApi()
    async with telegram_on(api) as telegram:
        api.plan("sendMessage", refusal(429, "Too Many Requests: retry after 17", retry_after=17))
        with pytest.raises(Throttled) as told:
            await telegram.send("7", CARD)
        api.plan("sendMessage", refusal(429, "Too Many Requests: retry after 4"))
        with pytest.raises(Throttled) as worded:
            await telegram.send("7", CARD)
        assert (told.value.retry_after, worded.value.retry_after) == (17, 4)


async def test_a_migrated_group_tells_its_new_id() -> None:
    api = ScriptedApi()
    async with telegram_on(api) as telegram:
        words = "Bad Request: group chat was upgraded to a supergroup chat"
        api.plan("sendMessage", refusal(400, words, migrate_to_chat_id=-1001234567890))
        with pytest.raises(Moved) as moved:
            await telegram.send("-44", CARD)
        assert moved.value.chat == "-1001234567890"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def test_nothing_is_sent_where_nobody_listens() -> None:
    telegram = Telegram(TOKEN, base_url=f"http://127.0.0.1:{free_port()}/bot")
    with pytest.raises(NotSent):
        await telegram.open()
    with pytest.raises(NotSent):
        await telegram.send("7", CARD)


async def test_a_full_pool_sends_nothing() -> None:
    api = ScriptedApi()
    async with api.running() as address:
        wire = Wire(TOKEN, f"{address}/bot", f"{address}/file/bot", connect=0.1, connections=1)
        async with wire:
            api.plan("file", content(b"the only connection is busy", announced=99))
            with pytest.raises(NotWritten):
                async with wire.download("documents/1.pdf"):
                    await wire.post("/getMe")
        assert api.of("getMe") == []


async def test_markup_nobody_understands_goes_as_plain_words() -> None:
    api = ScriptedApi()
    async with telegram_on(api) as telegram:
        words = "Bad Request: can't parse entities: unsupported start tag"
        api.plan("sendMessage", refusal(400, words))
        assert await telegram.send("7", CARD)
        marked, plain = (call.fields for call in api.of("sendMessage"))
        assert (marked["text"], marked["parse_mode"]) == ("<b>催办</b>\n请于明日前反馈", "HTML")
        assert plain["text"] == "催办\n请于明日前反馈"
        assert "parse_mode" not in plain


@pytest.mark.parametrize(
    "words",
    [
        "message to edit not found",
        "message can't be edited",
        "there is no text in the message to edit",
        "MESSAGE_ID_INVALID",
    ],
)
async def test_a_card_that_cannot_be_redrawn_is_gone(words: str) -> None:
    api = ScriptedApi()
    async with telegram_on(api) as telegram:
        api.plan("editMessageText", refusal(400, f"Bad Request: {words}"))
        with pytest.raises(Gone):
            await telegram.edit("7", "101", CARD)


async def test_a_redrawing_that_changes_nothing_is_done() -> None:
    api = ScriptedApi()
    async with telegram_on(api) as telegram:
        api.plan("editMessageText", refusal(400, "Bad Request: message is not modified: it is the same"))
        await telegram.edit("7", "101", CARD)


async def test_what_does_not_fit_one_message_is_not_redrawn_by_halves() -> None:
    api = ScriptedApi()
    async with telegram_on(api) as telegram:
        with pytest.raises(Gone):
            await telegram.edit("7", "101", Outgoing(Card(lines=("很长" * 3000,)), key="k1"))
        with pytest.raises(Gone):
            await telegram.edit("7", "no id", CARD)
        assert api.of("editMessageText") == []


async def test_a_message_already_deleted_is_deleted() -> None:
    api = ScriptedApi()
    async with telegram_on(api) as telegram:
        api.plan("deleteMessage", refusal(400, "Bad Request: message to delete not found"))
        await telegram.delete("7", "101")
        await telegram.delete("7", "never sent")
        api.plan("deleteMessage", refusal(400, "Bad Request: message can't be deleted"))
        with pytest.raises(Refused):
            await telegram.delete("7", "101")


async def test_a_press_too_old_to_answer_is_gone() -> None:
    api = ScriptedApi()
    async with telegram_on(api) as telegram:
        words = "query is too old and response timeout expired or query ID is invalid"
        api.plan("answerCallbackQuery", refusal(400, f"Bad Request: {words}"))
        with pytest.raises(Gone):
            await telegram.answer("4711", "已领题")


POLLING: list[tuple[str, Answer, type[MessengerError]]] = [
    ("a bad token", refusal(401, "Unauthorized"), Unauthorised),
    ("a malformed token", refusal(404, "Not Found"), Unauthorised),
    ("a second poller", refusal(409, "Conflict: terminated by other getUpdates request"), Conflict),
    ("too fast", refusal(429, "Too Many Requests: retry after 3", retry_after=3), Throttled),
    ("a server error", refusal(500, "Internal Server Error"), NotSent),
    ("a bad gateway", page(502, "<html>502</html>"), NotSent),
    ("a cut connection", cut, NotSent),
    ("no JSON", page(200, "<html>Log in to the Wi-Fi</html>"), NotSent),
    ("no list", result({"update_id": 1}), NotSent),
]


@pytest.mark.parametrize(("answer", "meaning"), [row[1:] for row in POLLING], ids=[row[0] for row in POLLING])
async def test_a_failed_poll_says_what_it_means(answer: Answer, meaning: type[MessengerError]) -> None:
    api = ScriptedApi()
    async with telegram_on(api) as telegram:
        api.plan("getUpdates", answer)
        with pytest.raises(MessengerError) as failure:
            await telegram.receive(None)
        assert type(failure.value) is meaning


async def test_a_refused_token_leaves_nothing_open() -> None:
    api = ScriptedApi()
    async with api.running() as address:
        api.plan("getMe", refusal(401, "Unauthorized"))
        telegram = Telegram(TOKEN, base_url=f"{address}/bot")
        with pytest.raises(Unauthorised):
            await telegram.open()
        await telegram.open()
        assert telegram.account.username == "Lingti_Bot"
        await telegram.close()


async def test_a_card_that_breaks_off_in_the_middle_may_have_been_sent(tmp_path: Path) -> None:
    report = tmp_path / "report.pdf"
    report.write_bytes(b"%PDF-1.7")
    card = Card(title="佐证", files=(Attachment("ab" * 32, "报告.pdf", "application/pdf"),))
    api = ScriptedApi()
    async with telegram_on(api) as telegram:
        api.plan("sendMessage", result(message(5)))
        api.plan("sendDocument", refusal(429, "Too Many Requests: retry after 9", retry_after=9))
        with pytest.raises(MaybeSent):
            await telegram.send("7", Outgoing(card, key="k1", paths={"ab" * 32: report}))


async def test_a_card_that_cannot_be_sent_whole_is_not_begun(tmp_path: Path) -> None:
    empty = tmp_path / "empty.pdf"
    empty.touch()
    file = Attachment("ab" * 32, "报告.pdf", "application/pdf")
    api = ScriptedApi()
    async with telegram_on(api) as telegram:
        for card, paths in (
            (Card(), {}),
            (Card(title="佐证", files=(file,)), {}),
            (Card(title="佐证", files=(file,)), {file.sha256: empty}),
        ):
            with pytest.raises(Refused):
                await telegram.send("7", Outgoing(card, key="k1", paths=paths))
        assert [call.method for call in api.calls] == ["getMe"]


FETCHING: list[tuple[str, Answer, type[MessengerError]]] = [
    ("a bad token", refusal(401, "Unauthorized"), Unauthorised),
    ("an expired path", refusal(404, "Not Found"), Refused),
    ("a server error", page(500, "oops"), NotSent),
    ("half a file", content(b"half", announced=99), NotSent),
    ("more than was announced", content(b"x" * 5000), Refused),
]


@pytest.mark.parametrize(
    ("answer", "meaning"), [row[1:] for row in FETCHING], ids=[row[0] for row in FETCHING]
)
async def test_a_failed_download_leaves_no_file(
    answer: Answer, meaning: type[MessengerError], tmp_path: Path
) -> None:
    api = ScriptedApi()
    async with telegram_on(api) as telegram:
        found = {"file_id": "f", "file_unique_id": "u", "file_path": "documents/台账 1.xlsx"}
        api.plan("getFile", result(found))
        api.plan("file", answer)
        with pytest.raises(MessengerError) as failure:
            await telegram.fetch("f", tmp_path / "kept", 4999)
        assert type(failure.value) is meaning
        assert api.paths == ["documents/台账 1.xlsx"]
    assert list(tmp_path.iterdir()) == []
