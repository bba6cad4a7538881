"""A year at an invented college, from January to the year-end pack: what `--scenario year` plays."""

from typing import Final

from bot.sandbox.story import Scene
from bot.sandbox.year.autumn import NOVEMBER, OCTOBER, SEPTEMBER
from bot.sandbox.year.december import DECEMBER
from bot.sandbox.year.inspection import APRIL, MAY
from bot.sandbox.year.january import JANUARY
from bot.sandbox.year.spring import FEBRUARY, MARCH
from bot.sandbox.year.summer import JULY, JUNE

YEAR: Final[tuple[Scene, ...]] = (
    *JANUARY,
    *FEBRUARY,
    *MARCH,
    *APRIL,
    *MAY,
    *JUNE,
    *JULY,
    *SEPTEMBER,
    *OCTOBER,
    *NOVEMBER,
    *DECEMBER,
)
"""Every scene, in order."""
