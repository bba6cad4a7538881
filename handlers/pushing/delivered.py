"""The line of the office's morning that says how many of the day before's reminders arrived."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from handlers.office.delivery import away, period
from handlers.reader import Reader


def delivered(reader: Reader, told: Mapping[str, Any]) -> str:
    """The counts as they were when the day was closed; the command 送达 tells the rest."""
    calendar = reader.policy.calendar
    days = (calendar.day(datetime.fromisoformat(told[name])) for name in ("since", "until"))
    counts = {name: told[name] for name in ("owed", "sent", "missed", "open")}
    key = "delivery_all" if told["sent"] == told["owed"] else "delivery"
    values = {"period": period(reader, *days), "away": away(reader, told["away"]), **counts}
    return reader.say(f"notices.{key}", **values).rstrip()
