"""Telegram's HTML, read as strictly as Telegram reads it: what it would refuse is refused in its own words.

Source: https://core.telegram.org/bots/api#html-style and the public server's error messages.
"""

import re
from dataclasses import dataclass, field
from typing import Final

from bot.sandbox import utf16
from bot.sandbox.errors import ApiError, bad
from bot.sandbox.shapes import Json

KINDS: Final = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}
NAMED: Final = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-zA-Z]{1,8}));?")
_TOKEN = re.compile(r"[A-Za-z0-9.\-]*")
_LINKS = re.compile(r"(?:https?|tg|mailto|tel|ftp|tonsite):\S+", re.IGNORECASE)


def parse(source: str) -> tuple[str, list[Json]]:
    """The plain text and its entities (offsets in UTF-16 units); raises `can't parse entities: …`."""
    return _Reader(source).read()


@dataclass(slots=True)
class _Open:
    tag: str
    argument: str
    offset: int
    at: int


@dataclass(slots=True)
class _Reader:
    source: str
    at: int = 0
    text: list[str] = field(default_factory=list)
    offset: int = 0
    stack: list[_Open] = field(default_factory=list)
    entities: list[Json] = field(default_factory=list)

    def read(self) -> tuple[str, list[Json]]:
        while self.at < len(self.source):
            if self.source[self.at] != "<":
                self._say(self._character())
            elif self.source.startswith("</", self.at):
                self._close()
            else:
                self._open()
        if self.stack:
            raise self._refuse(f'Can\'t find end tag corresponding to start tag "{self.stack[-1].tag}"')
        self.entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
        return "".join(self.text), self.entities

    def _say(self, text: str) -> None:
        self.text.append(text)
        self.offset += utf16.length(text)

    def _character(self) -> str:
        """One character, or the one a reference stands for; an unknown reference is plain text."""
        if self.source[self.at] == "&" and (found := _REFERENCE.match(self.source, self.at)):
            meant = _referred(found)
            if meant:
                self.at = found.end()
                return meant
        self.at += 1
        return self.source[self.at - 1]

    def _refuse(self, reason: str, at: int | None = None) -> ApiError:
        where = "" if at is None else f" at byte offset {len(self.source[:at].encode())}"
        return bad(f"can't parse entities: {reason}{where}")

    def _peek(self) -> str:
        return self.source[self.at : self.at + 1]

    def _skip_spaces(self) -> None:
        while self._peek().isspace():
            self.at += 1

    def _word(self, stop: str) -> str:
        start = self.at
        while self._peek() and not self._peek().isspace() and self._peek() not in stop:
            self.at += 1
        return self.source[start : self.at]

    def _open(self) -> None:
        begin = self.at
        self.at += 1
        tag = self._word(">").lower()
        if not self._peek():
            raise self._refuse("Unclosed start tag", begin)
        if tag not in KINDS:
            raise self._refuse(f'Unsupported start tag "{tag}"', begin)
        argument = self._attributes(tag, begin)
        if tag == "span" and argument != "tg-spoiler":
            raise self._refuse('Tag "span" must have class "tg-spoiler"', begin)
        self.at += 1
        self.stack.append(_Open(tag, argument, self.offset, len(self.text)))

    def _attributes(self, tag: str, begin: int) -> str:
        """The one attribute that matters to the tag; reads up to its `>`."""
        wanted = {"a": "href", "span": "class", "code": "class", "tg-emoji": "emoji-id"}.get(tag)
        argument = ""
        while True:
            self._skip_spaces()
            if not self._peek():
                raise self._refuse("Unclosed start tag", begin)
            if self._peek() == ">":
                return argument
            name = self._word("=>").lower()
            if tag == "blockquote" and name == "expandable":
                argument = name
                continue
            value = self._value(tag, name, begin)
            if name == wanted:
                argument = value

    def _value(self, tag: str, name: str, begin: int) -> str:
        if not name:
            raise self._refuse(f'Empty attribute name in the tag "{tag}"', begin)
        self._skip_spaces()
        if self._peek() != "=":
            raise self._refuse(
                f'Expected equal sign in declaration of an attribute of the tag "{tag}"', begin
            )
        self.at += 1
        self._skip_spaces()
        quote = self._peek()
        return self._quoted(quote, begin) if quote and quote in "\"'" else self._token()

    def _token(self) -> str:
        start, found = self.at, _TOKEN.match(self.source, self.at)
        self.at = found.end() if found else start
        if self._peek() and not self._peek().isspace() and self._peek() != ">":
            raise self._refuse("Unexpected end of name token", start)
        return self.source[start : self.at].lower()

    def _quoted(self, quote: str, begin: int) -> str:
        self.at += 1
        value = []
        while self._peek() != quote:
            if not self._peek():
                raise self._refuse("Unclosed start tag", begin)
            value.append(self._character())
        self.at += 1
        return "".join(value)

    def _close(self) -> None:
        begin = self.at
        if not self.stack:
            raise self._refuse("Unexpected end tag", begin)
        self.at += 2
        tag = self._word(">").lower()
        self._skip_spaces()
        if self._peek() != ">":
            raise self._refuse("Unclosed end tag", begin)
        self.at += 1
        opened = self.stack.pop()
        if tag and tag != opened.tag:
            where = f"at byte offset {len(self.source[:begin].encode())}"
            raise self._refuse(f'Unmatched end tag {where}, expected "</{opened.tag}>", found "</{tag}>"')
        if self.offset > opened.offset:
            self._finish(opened)

    def _finish(self, opened: _Open) -> None:
        entity: Json = {
            "offset": opened.offset,
            "length": self.offset - opened.offset,
            "type": KINDS[opened.tag],
        }
        if opened.tag == "a" and not _link(entity, opened.argument or "".join(self.text[opened.at :])):
            return
        if opened.tag == "tg-emoji":
            entity["custom_emoji_id"] = opened.argument
        if opened.argument == "expandable":
            entity["type"] = "expandable_blockquote"
        if opened.tag == "pre":
            self._adopt_language(entity)
        if opened.tag == "code" and opened.argument.startswith("language-"):
            entity["language"] = opened.argument.removeprefix("language-")
        self.entities.append(entity)

    def _adopt_language(self, pre: Json) -> None:
        """`<pre><code class="language-x">` is one entity: a pre with a language."""
        inner = self.entities[-1] if self.entities else {}
        if inner.get("type") == "code" and all(inner[key] == pre[key] for key in ("offset", "length")):
            pre["language"] = self.entities.pop().get("language", "")


def _referred(found: re.Match[str]) -> str:
    decimal, hexadecimal, name = found.groups()
    if name:
        return NAMED.get(name.lower(), "")
    code = int(decimal) if decimal else int(hexadecimal, 16)
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else ""


def _link(entity: Json, url: str) -> bool:
    """Give the entity its link; what is no link becomes plain text, as Telegram does."""
    user = re.fullmatch(r"tg://user\?id=(\d+)", url.strip())
    if user:
        entity.update(type="text_mention", user={"id": int(user[1])})
        return True
    if not _LINKS.fullmatch(url.strip()) and not re.fullmatch(r"[\w-]+(\.[\w-]+)+\S*", url.strip()):
        return False
    entity["url"] = url.strip() if _LINKS.fullmatch(url.strip()) else f"http://{url.strip()}"
    return True
