"""Turning a refusal's code and data into words, in one place."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from handlers.turn import Turn
from workflow.errors import WorkflowError
from workflow.roles import Seat


def words(turn: Turn, refused: WorkflowError) -> str:
    """The sentence for a refusal: what is wrong, and what to do."""
    if refused.code.startswith(_OF_AFFAIR):
        return turn.say(f"refusals.{refused.code}", **_of_affair(turn, refused.data))
    values = {name: _spelt(turn, name, value) for name, value in refused.data.items()}
    return turn.say(f"refusals.{refused.code}", **values)


def _of_affair(turn: Turn, data: Mapping[str, Any]) -> dict[str, Any]:
    """What the second table refused, in the words of affairs."""
    say, seats = turn.say, data.get("needed", ())
    return {
        "kind": say(f"affairs.kind.{data['kind']}"),
        "event": say(f"affairs.event.{data['event']}"),
        "affair_state": say(f"affairs.state.{data['state']}") if data.get("state") else say("common.none"),
        "needed": say("common.listing").join(say(f"affairs.seat.{seat}") for seat in seats),
    }


def _spelt(turn: Turn, name: str, value: Any) -> Any:
    if isinstance(value, datetime):
        return turn.dates.full(value)
    if name in _CATALOGUED:
        return turn.say(f"{_CATALOGUED[name]}.{value}")
    if name in ("fields", "needed"):
        return _listed(turn, name, value)
    if name in ("nos", "titles"):
        return turn.say("common.listing").join(str(one) for one in value)
    return "—" if value is None else value


def _listed(turn: Turn, name: str, values: Iterable[str]) -> str:
    if name == "fields":
        return turn.say("common.listing").join(turn.say(f"field.{value}") for value in values)
    seats = set(values)
    return turn.say("common.listing").join(turn.say(f"seat.{seat}") for seat in Seat if seat in seats)


_OF_AFFAIR = "affair_"
_CATALOGUED = {"state": "topic_state", "event": "event", "act": "act", "role": "role"}
