"""What changed between two versions of the lists: new, closed, withdrawn, deadline moved, owner changed.

A version holds of each topic its state, its deadline (ISO) and its owner, by the topic's id as text.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from workflow.topic import TopicId, TopicState

Standing = Sequence[str | int | None]
"""State, deadline, owner."""
Snapshot = Mapping[str, Standing]
_STATE, _DEADLINE, _OWNER = range(3)
_ENDS: Final = (TopicState.CLOSED, TopicState.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Difference:
    """The topics of which something is different in the later version, in the order of their ids."""

    new: tuple[TopicId, ...] = ()
    closed: tuple[TopicId, ...] = ()
    withdrawn: tuple[TopicId, ...] = ()
    moved: tuple[TopicId, ...] = ()
    reowned: tuple[TopicId, ...] = ()

    def parts(self) -> Mapping[str, tuple[TopicId, ...]]:
        """By what happened, without what did not."""
        named = {name: getattr(self, name) for name in self.__slots__}
        return {name: ids for name, ids in named.items() if ids}


def difference(before: Snapshot, after: Snapshot) -> Difference:
    """What the later of two versions says otherwise than the earlier one."""
    both = [key for key in after if key in before]
    closed, withdrawn = (
        [key for key in after if after[key][_STATE] == end and _state(before, key) != end] for end in _ENDS
    )
    ended = {*closed, *withdrawn}
    return Difference(
        new=_ids(key for key in after if key not in before),
        closed=_ids(closed),
        withdrawn=_ids(withdrawn),
        moved=_ids(key for key in both if key not in ended and _moved(before[key], after[key], _DEADLINE)),
        reowned=_ids(key for key in both if key not in ended and _moved(before[key], after[key], _OWNER)),
    )


def _state(snapshot: Snapshot, key: str) -> str | int | None:
    return snapshot[key][_STATE] if key in snapshot else None


def _moved(before: Standing, after: Standing, place: int) -> bool:
    return before[place] != after[place]


def _ids(keys: Iterable[str]) -> tuple[TopicId, ...]:
    return tuple(TopicId(i) for i in sorted(map(int, keys)))
