"""A year at an invented college, from January to the year-end pack: what `--scenario year` plays."""

from typing import Final

from bot.sandbox.story import Scene
from bot.sandbox.year.january import JANUARY

YEAR: Final[tuple[Scene, ...]] = (*JANUARY,)
"""Every scene, in order."""
