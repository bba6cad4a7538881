"""What a college sets of gap-filling and admonition (S2 art. 15, 22, 26, 27)."""

from typing import Annotated, Final, Literal

from pydantic import Field

from bot.settings.table import Section

Talker = Literal["", "chief", "discipline_secretary"]
RANKS: Final = ("chief", "leader", "discipline_secretary", "staff")


class Cover(Section):
    """补漏补缺: how long the person concerned may answer, in workdays, and whether silence releases it."""

    workdays: Annotated[int, Field(ge=1, le=10)]
    standing: bool
    reply_workdays: Annotated[int, Field(ge=1, le=30)]


class Admonition(Section):
    """约谈提醒: who may talk to whom; "" is the superior body, and nobody here."""

    chief: Talker
    leader: Talker
    discipline_secretary: Talker
    staff: Talker
    unheeded: Annotated[int, Field(ge=1, le=20)]
    tolerance_pauses: bool

    def table(self) -> dict[str, str]:
        """Rank to the role that talks."""
        return {rank: getattr(self, rank) for rank in RANKS}
