"""A card as Telegram is given it."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.messengers.base import Outgoing, Rates, Refused
from bot.messengers.telegram_card import LARGEST_PHOTO, keyboard, pages, uploads
from bot.messengers.telegram_text import units
from handlers.cards import Attachment, Button, Card, rows
from tests.bot.telegram_server import ScriptedApi, refusal, telegram_on

CLAIM = Button("领题", "claim", (1,))
DECLINE = Button("提请调整", "decline", (1,))
PDF = Attachment("aa" * 32, "会议纪要.pdf", "application/pdf")
PNG = Attachment("bb" * 32, '现"场\n一.png', "image/png")


@pytest.fixture
def paths(tmp_path: Path) -> dict[str, Path]:
    """The two attachments, on disk."""
    found = {PDF.sha256: tmp_path / "a", PNG.sha256: tmp_path / "b"}
    for path in found.values():
        path.write_bytes(b"content of " + path.name.encode())
    return found


def html(card: Card) -> list[str]:
    return [page.html() for page in pages(card, 4096)]


def test_a_card_reads_title_fields_lines() -> None:
    card = Card(title="题 2026-001", fields=(("期限", "2026年11月30日（周一）"),), lines=("", "请认领。"))
    assert html(card) == ["<b>题 2026-001</b>\n期限：2026年11月30日（周一）\n\n请认领。"]


def test_nothing_typed_becomes_markup() -> None:
    card = Card(title="<b>&", fields=(("a<", "b>\nc"),), lines=("<a href='x'>x</a>", "二\u202e行"))
    assert html(card) == ["<b>&lt;b&gt;&amp;</b>\na&lt;：b&gt; c\n&lt;a href='x'&gt;x&lt;/a&gt;\n二行"]
    assert pages(card, 4096)[0].plain() == "<b>&\na<：b> c\n<a href='x'>x</a>\n二行"


def test_a_long_card_breaks_at_line_ends() -> None:
    lines = tuple(f"{n:03} " + "整改👍" * 10 for n in range(200))
    texts = [page.plain() for page in pages(Card(title="台账", lines=lines), 4096)]
    assert len(texts) == 3
    assert "\n".join(texts) == "\n".join(("台账", *lines))
    assert all(units(text) <= 4096 for text in texts)


def test_markup_and_escapes_do_not_count() -> None:
    assert len(html(Card(title="&" * 2000, lines=("<" * 2095,)))) == 1
    assert len(html(Card(title="&" * 2000, lines=("<" * 2096,)))) == 2


def test_a_line_longer_than_a_message_is_cut_and_stays_bold() -> None:
    first, second = html(Card(title="长" * 5000))
    assert first == "<b>" + "长" * 4096 + "</b>"
    assert second == "<b>" + "长" * 904 + "</b>"


def test_a_card_without_words_has_no_page() -> None:
    assert pages(Card(lines=("", " \u200b")), 4096) == []


def test_buttons_are_counted_row_by_row() -> None:
    card = Card(title="x", buttons=((CLAIM, DECLINE), (Button("\u200b", "help"),)))
    board = keyboard(Outgoing(card, key="k1"))
    assert board is not None
    told = [[(each["text"], each["callback_data"]) for each in row] for row in board["inline_keyboard"]]
    assert told == [[("领题", "k1:0"), ("提请调整", "k1:1")], [("…", "k1:2")]]
    assert card.pressed(1) == DECLINE


def test_a_card_without_buttons_has_no_keyboard() -> None:
    assert keyboard(Outgoing(Card(title="x"), key="k1")) is None


def test_a_key_too_long_for_a_button_is_refused() -> None:
    with pytest.raises(Refused):
        keyboard(Outgoing(Card(buttons=((CLAIM,),)), key="钥" * 21))


def test_a_picture_goes_as_photo_up_to_ten_megabytes(paths: dict[str, Path]) -> None:
    out = Outgoing(Card(files=(PDF, PNG)), key="k1", paths=paths)
    assert [(each.name, each.photo) for each in uploads(out, 2**20)] == [
        ("会议纪要.pdf", False),
        ('现"场 一.png', True),
    ]
    with paths[PNG.sha256].open("wb") as picture:
        picture.truncate(LARGEST_PHOTO + 1)
    assert not uploads(out, 50 * 2**20)[1].photo
    with pytest.raises(Refused):
        uploads(out, LARGEST_PHOTO)


async def test_a_card_with_files_goes_text_first_and_its_id_is_the_one_with_buttons(
    paths: dict[str, Path],
) -> None:
    card = Card(title="核验", lines=("很长" * 2500,), buttons=rows(CLAIM), files=(PDF, PNG))
    api = ScriptedApi()
    async with telegram_on(api) as telegram:
        sent = await telegram.send("7", Outgoing(card, key="k1", reply_to="55", paths=paths))
        me, *calls = api.calls
    assert [me.method, *(call.method for call in calls)] == [
        "getMe",
        "sendMessage",
        "sendMessage",
        "sendDocument",
        "sendPhoto",
    ]
    assert sent == "102"
    assert ["reply_markup" in call.fields for call in calls] == [False, True, False, False]
    assert ["reply_parameters" in call.fields for call in calls] == [True, False, False, False]
    assert '"allow_sending_without_reply": true' in calls[0].fields["reply_parameters"]
    assert calls[2].files == {"document": ("会议纪要.pdf", b"content of a")}
    assert calls[3].files == {"photo": ('现"场 一.png', b"content of b")}


async def test_files_alone_carry_the_buttons(paths: dict[str, Path]) -> None:
    card = Card(buttons=rows(CLAIM), files=(PDF, PDF))
    api = ScriptedApi()
    async with telegram_on(api) as telegram:
        assert await telegram.send("7", Outgoing(card, key="k1", paths=paths)) == "102"
        first, last = api.of("sendDocument")
    assert "reply_markup" not in first.fields
    assert '"callback_data": "k1:0"' in last.fields["reply_markup"]


async def test_a_picture_telegram_does_not_take_goes_as_a_document(paths: dict[str, Path]) -> None:
    api = ScriptedApi()
    async with telegram_on(api) as telegram:
        api.plan("sendPhoto", refusal(400, "Bad Request: PHOTO_INVALID_DIMENSIONS"))
        assert await telegram.send("7", Outgoing(Card(files=(PNG,)), key="k1", paths=paths)) == "101"
        assert api.of("sendDocument")[0].files["document"][1] == b"content of b"


async def test_what_must_vanish_cannot_be_forwarded_and_nothing_is_previewed() -> None:
    api = ScriptedApi()
    async with telegram_on(api) as telegram:
        await telegram.send("7", Outgoing(Card(title="密", vanish=timedelta(days=1)), key="k1"))
        await telegram.send("7", Outgoing(Card(title="明"), key="k2"))
        secret, open_ = (call.fields for call in api.of("sendMessage"))
    assert (secret["protect_content"], open_["protect_content"]) == ("true", "false")
    assert secret["link_preview_options"] == '{"is_disabled": true}'


async def test_a_card_of_several_messages_keeps_the_chats_pace() -> None:
    api = ScriptedApi()
    async with telegram_on(api, rates=Rates(per_chat_second=1000)) as telegram:
        assert await telegram.send("7", Outgoing(Card(lines=("长" * 5000,)), key="k1")) == "102"
