"""What Telegram makes of a text before it stores it: cleaned, trimmed, measured, its commands found."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.sandbox import html_entities, utf16
from bot.sandbox.errors import bad
from bot.sandbox.shapes import Json

MESSAGE_LIMIT = 4096
CAPTION_LIMIT = 1024

_FOUND = (
    ("bot_command", re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/@])")),
    ("mention", re.compile(r"(?<![\w@/])@[A-Za-z][A-Za-z0-9_]{3,31}(?!\w)")),
    ("url", re.compile(r"https?://[^\s<>\"'，。；、]+[^\s<>\"'，。；、.,;:!?)]")),
)
_CONTROLS = dict.fromkeys([*range(0x20), 0x2028, 0x2029], " ") | {ord("\n"): "\n", ord("\r"): None}


@dataclass(frozen=True, slots=True)
class Formatted:
    """A text as stored, with its entities."""

    text: str
    entities: tuple[Mapping[str, Any], ...] = ()


def formatted(source: str, mode: str = "", given: list[Json] | None = None) -> Formatted:
    """Read `source` in a parse mode (`""` or `HTML`) or with entities given by the caller."""
    source = source.translate(_CONTROLS)
    if mode.lower() in {"markdown", "markdownv2"}:
        raise bad("can't parse entities: the sandbox reads HTML only; send parse_mode HTML or none")
    if mode.lower() not in {"", "none", "html"}:
        raise bad("unsupported parse_mode")
    text, entities = html_entities.parse(source) if mode.lower() == "html" else (source, given or [])
    return _trimmed(text, [*entities, *_detected(text, entities)])


def typed(source: str) -> Formatted:
    """What a person typed: no markup, only what Telegram finds by itself."""
    return formatted(source)


def checked(content: Formatted, limit: int, what: str) -> Formatted:
    """The content if it is within `limit` UTF-16 units."""
    if utf16.length(content.text) > limit:
        raise bad(f"{what} is too long")
    return content


def _detected(text: str, taken: list[Json]) -> list[Json]:
    found: list[Json] = []
    for kind, pattern in _FOUND:
        for match in pattern.finditer(text):
            entity = {
                "offset": utf16.offset(text, match.start()),
                "length": utf16.length(match[0]),
                "type": kind,
            }
            if not any(_crosses(entity, other) for other in [*taken, *found] if other["type"] in _OPAQUE):
                found.append(entity)
    return found


_OPAQUE = frozenset({"code", "pre", "text_link", "text_mention", "url", "mention", "bot_command"})


def _crosses(one: Json, other: Json) -> bool:
    return bool(
        one["offset"] < other["offset"] + other["length"] and other["offset"] < one["offset"] + one["length"]
    )


def _trimmed(text: str, entities: list[Json]) -> Formatted:
    """The text without space around it, the entities moved and clipped to match."""
    lead = utf16.length(text) - utf16.length(text.lstrip())
    kept = text.strip()
    end = utf16.length(kept)
    moved = []
    for entity in sorted(entities, key=lambda each: (each["offset"], -each["length"])):
        start = max(entity["offset"] - lead, 0)
        stop = min(entity["offset"] - lead + entity["length"], end)
        if stop > start:
            moved.append({**entity, "offset": start, "length": stop - start})
    return Formatted(kept, tuple(moved))
