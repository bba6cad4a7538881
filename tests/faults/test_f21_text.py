"""Fault 21: text that is too long, or not what it seems. It arrives escaped, in pieces, and readable."""

from handlers.cards import Button, Card, dump
from tests.house import DEAN, House, until

BIDI = "正常\u202e反过来\u2066隔离\u2069完\u200b"
STACK = "a" + "\u0301" * 200
HTML = "<b>粗</b> & <script>alert(1)</script>"
EMOJI = "👨‍👩‍👧‍👦" * 1_500
LIMIT = 4096  # UTF-16 units


async def said(house: House, card: Card) -> list[str]:
    async with house.running() as app:
        house.owe(body=dump(card))
        app.delivery.wake()
        await app.quiet()
    return house.seen_by(DEAN)


async def test_f21_what_is_too_long_comes_in_pieces_at_line_ends(house: House) -> None:
    lines = tuple(f"第{no}行：" + "字" * 90 for no in range(120))
    pieces = await said(house, Card("【长】", lines, ((Button("知悉", "acknowledge", (1,)),),)))

    assert len(pieces) > 2
    assert all(len(piece.encode("utf-16-le")) // 2 <= LIMIT for piece in pieces)
    assert "\n".join(pieces).splitlines() == ["【长】", *lines]


async def test_f21_a_line_longer_than_a_message_is_cut_between_characters(house: House) -> None:
    pieces = await said(house, Card(lines=(EMOJI,)))

    assert all(len(piece.encode("utf-16-le")) // 2 <= LIMIT for piece in pieces)
    assert "".join(pieces).count("👨") == 1_500
    assert not any("\ufffd" in piece for piece in pieces)


async def test_f21_nothing_typed_is_markup_and_nothing_hides(house: House) -> None:
    [text] = await said(house, Card(BIDI, (HTML, STACK)))

    assert text.splitlines()[0] == "正常反过来隔离完"
    assert HTML in text
    assert text.count("\u0301") <= 4


async def test_f21_a_pasted_wall_of_both_is_kept_as_it_was_said(house: House) -> None:
    async with house.running() as app:
        await house.say(BIDI + HTML)
        await until(lambda: house.parrot.heard)
        await app.quiet()

    assert house.parrot.texts() == [BIDI + HTML]
    assert all("\u202e" not in text for text in house.seen_by(DEAN))
