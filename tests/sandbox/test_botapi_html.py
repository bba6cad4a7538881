"""HTML is read as Telegram reads it: entities in UTF-16 units, refusals with the byte where it went wrong."""

from typing import Any

import pytest

from bot.sandbox.errors import ApiError
from bot.sandbox.texts import formatted
from bot.sandbox.views import marked

READ: list[tuple[str, str, list[dict[str, Any]]]] = [
    ("题 &lt;1&gt; &amp; &#39;&#x41; &copy;", "题 <1> & 'A &copy;", []),
    ("<b>题</b>", "题", [{"offset": 0, "length": 1, "type": "bold"}]),
    ("😀<STRONG>题</strong>", "😀题", [{"offset": 2, "length": 1, "type": "bold"}]),
    (
        "<b>一<i>二</i></b>",
        "一二",
        [{"offset": 0, "length": 2, "type": "bold"}, {"offset": 1, "length": 1, "type": "italic"}],
    ),
    (
        '<a href="https://x.example/?a=1&amp;b=2">链</a>',
        "链",
        [{"offset": 0, "length": 1, "type": "text_link", "url": "https://x.example/?a=1&b=2"}],
    ),
    ('<a href="javascript:alert(1)">链</a>', "链", []),
    ('<span class="tg-spoiler">密</span>', "密", [{"offset": 0, "length": 1, "type": "spoiler"}]),
    (
        '<pre><code class="language-python">x</code></pre>',
        "x",
        [{"offset": 0, "length": 1, "type": "pre", "language": "python"}],
    ),
    (
        "<blockquote expandable>引</blockquote>",
        "引",
        [{"offset": 0, "length": 1, "type": "expandable_blockquote"}],
    ),
    ("  <b> 题 </b>  ", "题", [{"offset": 0, "length": 1, "type": "bold"}]),
    ("<b></b>题", "题", []),
]


@pytest.mark.parametrize(("source", "text", "entities"), READ)
def test_it_is_read(source: str, text: str, entities: list[dict[str, Any]]) -> None:
    content = formatted(source, "HTML")
    assert content.text == text
    assert [dict(each) for each in content.entities] == entities


REFUSED = [
    ("<p>题</p>", 'Unsupported start tag "p" at byte offset 0'),
    ("题<br>", 'Unsupported start tag "br" at byte offset 3'),
    ("<b>题", 'Can\'t find end tag corresponding to start tag "b"'),
    ("题</b>", "Unexpected end tag at byte offset 3"),
    ("<b>题</i>", 'Unmatched end tag at byte offset 6, expected "</b>", found "</i>"'),
    ("<b><i>题</b></i>", 'Unmatched end tag at byte offset 9, expected "</i>", found "</b>"'),
    ("3 <5", "Unclosed start tag at byte offset 2"),
    ("3 < 5", 'Unsupported start tag "" at byte offset 2'),
    ("<b>题</b", "Unclosed end tag at byte offset 6"),
    ("<a href>题</a>", 'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0'),
    ('<a href="x>题</a>', "Unclosed start tag at byte offset 0"),
    ("<span>题</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ("<a href=x:y>题</a>", "Unexpected end of name token at byte offset 8"),
]


@pytest.mark.parametrize(("source", "words"), REFUSED)
def test_it_is_refused(source: str, words: str) -> None:
    with pytest.raises(ApiError) as refusal:
        formatted(source, "HTML")
    assert refusal.value.description == f"Bad Request: can't parse entities: {words}"


def test_markdown_is_refused_plainly() -> None:
    with pytest.raises(ApiError, match="can't parse entities: the sandbox reads HTML only"):
        formatted("*题*", "MarkdownV2")


def test_commands_mentions_and_links_are_found_by_themselves() -> None:
    content = formatted("/start 找 @lingti_bot 见 https://x.example/a。/二 a/b <code>/new</code>", "HTML")
    assert [each["type"] for each in content.entities] == ["bot_command", "mention", "url", "code"]


def test_what_the_page_shows_is_escaped_outside_its_marks() -> None:
    content = formatted("<b>1 &lt; 2</b> <i>&amp;</i> <script>".replace("<script>", "&lt;script&gt;"), "HTML")
    assert marked(content.text, content.entities) == "<b>1 &lt; 2</b> <i>&amp;</i> &lt;script&gt;"
