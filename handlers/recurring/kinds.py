"""The kinds of recurring topics that are offered, with what each proposes; everything can be changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from handlers.asking.naming import spoken
from handlers.texts import Catalogue
from workflow.rhythm import Every
from workflow.topic import Duty

OWN: Final = "own"


@dataclass(frozen=True, slots=True)
class Preset:
    """When it is set and how long it takes, in days; `stages` name its measures."""

    every: Every
    month: int
    day: int
    days: int
    duty: Duty | None = None
    each: bool = False
    stages: int = 0


PRESETS: Final[Mapping[str, Preset]] = {
    "list": Preset(Every.YEARLY, 1, 5, 30, Duty.MAIN),
    "study": Preset(Every.QUARTERLY, 3, 1, 20, Duty.INTEGRITY),
    "self_check": Preset(Every.HALF_YEARLY, 6, 1, 20, Duty.INTEGRITY, each=True),
    "ecology": Preset(Every.YEARLY, 10, 8, 60, Duty.MAIN, stages=4),
    OWN: Preset(Every.YEARLY, 1, 10, 30),
}


def first(sort: str) -> dict[str, Any]:
    """What a kind proposes, as a dialogue's draft."""
    preset = PRESETS[sort]
    return {
        "sort": sort,
        "every": preset.every,
        "month": preset.month,
        "day": preset.day,
        "days": preset.days,
    }


def named(text: str) -> tuple[str, str]:
    """The kind a text begins with, and the rest; without one it is one of one's own."""
    word, *rest = text.split(None, 1) or [""]
    for sort in PRESETS:
        if word in spoken(f"recurring.words.{sort}"):
            return sort, rest[0] if rest else ""
    return OWN, text


def stages(say: Catalogue, sort: str) -> tuple[str, ...]:
    """The names of its stages."""
    return tuple(say(f"recurring.stage.{sort}{no}") for no in range(1, PRESETS[sort].stages + 1))
