"""How a process is brought to each named step of `storage.failpoints`, to die there and nowhere else."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from storage import failpoints

RANDOM: Final = "random"


class Way(Enum):
    """What has to happen for a step to be reached."""

    MIGRATING = auto()  # `lingti run` over an empty folder
    SERVING = auto()  # `lingti run` under load
    STOPPING = auto()  # the same, told to stop
    KEEPING = auto()  # the day's duties: head and copy
    RANDOM = auto()  # no step: killed from outside at any moment, while it starts or serves


@dataclass(frozen=True, slots=True)
class Step:
    """A step and the way to it.

    It is fatal the first to `most`-th time it is reached, so that a life gets some work done before. A
    `stirred` step comes before any work: now and then a serving life, killed at random, leaves something to
    mend. `due`: a reminder falls due before each life.
    """

    name: str
    way: Way = Way.SERVING
    most: int = 1
    stirred: bool = False
    due: bool = False


PLAN: Final = (
    Step("migrate.stepped", Way.MIGRATING),
    Step("start.awake", stirred=True),
    Step("start.settled", stirred=True),
    Step("intake.received", most=4),
    Step("intake.kept", most=4),
    Step("turn.begun", most=6),
    Step("turn.before_commit", most=6),
    Step("commit.done", most=20),
    Step("turn.committed", most=6),
    Step("file.fetched", most=2),
    Step("file.kept", most=2),
    Step("outbox.claimed", most=6),
    Step("send.before", most=8),
    Step("send.after", most=8),
    Step("send.marked", most=8),
    Step("sweep.owed", stirred=True, due=True),
    Step("sweep.between", stirred=True, due=True),
    Step("keep.signed", Way.KEEPING, stirred=True),
    Step("keep.copied", Way.KEEPING, stirred=True),
    Step("stop.begun", Way.STOPPING),
    Step("stop.drained", Way.STOPPING),
    Step(RANDOM, Way.RANDOM),
)

SENTENCES: Final[Mapping[str, str]] = {**failpoints.STEPS, RANDOM: "any moment, while it starts or serves"}
"""What is and is not done where a process dies, by step."""
