"""The ladder's words: what may be written of a step, a trigger, a repeat, an audience."""

import re
from collections.abc import Mapping
from datetime import time
from enum import StrEnum
from typing import Any, Final

from workflow.ladder import Audience, Ladder, Listed, Step, To
from workflow.ladder_course import Repeat, Unit
from workflow.ladder_item import Subject
from workflow.ladder_tables import Key, Keys, flag, hour, name, several, table, whole, word, written, wrong
from workflow.ladder_triggers import (
    After,
    AwaitingVerification,
    Before,
    CycleDue,
    CycleLate,
    ShareLeft,
    Silent,
    Since,
    Trigger,
    Unanswered,
    Unclaimed,
)

_UNIT: Final = {"unit": Key("unit", word(Unit))}
_UNLESS: Final = {"unless_report": Key("unless_report", flag)}


def _n(first: str, least: int) -> dict[str, Key]:
    return {first: Key("n", whole(least), needed=True)}


TRIGGERS: Final[Mapping[type[Any], Keys]] = {
    Before: {**_n("before", 0), **_UNIT, **_UNLESS},
    After: {**_n("after", 1), **_UNIT, **_UNLESS},
    ShareLeft: {"share_left": Key("percent", whole(1, 99), needed=True), **_UNLESS},
    Unclaimed: {**_n("unclaimed", 0), "since": Key("since", word(Since))},
    Silent: {**_n("silent", 1), **_UNIT},
    Unanswered: {
        "unanswered": Key("step", name, needed=True),
        "after": Key("after", whole(1), needed=True),
    },
    AwaitingVerification: _n("awaiting_verification", 1),
    CycleDue: {**_n("cycle_due", 0), **_UNIT},
    CycleLate: {**_n("cycle_late", 1), **_UNIT},
}
"""Each trigger's keys; the first one is the word it is known by."""

_KNOWN_BY: Final = {next(iter(keys)): (kind, keys) for kind, keys in TRIGGERS.items()}


def _trigger(value: object) -> Trigger:
    if not isinstance(value, Mapping):
        raise wrong("wrong_type")
    words = [known for known in _KNOWN_BY if known in value]
    if "unanswered" in words and "after" in words:
        words.remove("after")
    if len(words) != 1:
        raise wrong("not_one_trigger")
    kind, keys = _KNOWN_BY[words[0]]
    read: Trigger = table(keys, kind)(value)
    return read


def _audience(value: object) -> To:
    if isinstance(value, str) and re.fullmatch(r"unit:\S{1,59}", value):
        return Listed(value)
    read: Audience = word(Audience)(value)
    return read


REPEAT: Final[Keys] = {
    "every": Key("every", whole(1), needed=True),
    **_UNIT,
    "most": Key("most", whole(2)),
}

STEP: Final[Keys] = {
    "key": Key("key", name, needed=True),
    "level": Key("level", whole(1, 99), needed=True),
    "on": Key("on", word(Subject), needed=True),
    "when": Key("when", several(_trigger), needed=True),
    "to": Key("to", several(_audience), needed=True),
    "single": Key("single", flag),
    "wants_ack": Key("wants_ack", flag),
    "escalates": Key("escalates", flag),
    "repeat": Key("repeat", table(REPEAT, Repeat)),
    "paper": Key("paper", name),
}

LADDER: Final[Keys] = {
    "at": Key("at", hour),
    "freeze_days": Key("freeze_days", whole(0)),
    "step": Key("steps", several(table(STEP, Step)), needed=True),
}

_KEYS: Final[Mapping[type[Any], Keys]] = {**TRIGGERS, Repeat: REPEAT, Step: STEP, Ladder: LADDER}


def plain(value: Any) -> Any:
    """A part of a ladder as TOML and JSON can hold it."""
    if type(value) in _KEYS:
        return written(value, _KEYS[type(value)], plain)
    if isinstance(value, tuple):
        return [plain(entry) for entry in value]
    if isinstance(value, time):
        return value.isoformat("minutes")
    return str(value) if isinstance(value, StrEnum) else value
