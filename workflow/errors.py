"""What can be refused, as codes and data.

The rules never speak to people: whoever catches one of these turns its code and data into words
(`handlers/texts`), in the language of the person concerned.
"""

from typing import Any


class WorkflowError(Exception):
    """Something the mechanism does not allow. `code` names it, `data` fills its sentence."""

    def __init__(self, code: str, **data: Any) -> None:
        super().__init__(code)
        self.code = code
        self.data = data

    def __str__(self) -> str:
        return f"{self.code} {self.data}" if self.data else self.code


class NotInThisState(WorkflowError):
    """The event exists, but not from the state the item is in."""


class NoRight(WorkflowError):
    """The event is possible now, but not for this seat."""


class Barred(WorkflowError):
    """The seat would do, were it not for another seat the person holds (verifying one's own)."""


class Missing(WorkflowError):
    """A mandatory field is empty."""


class NotFound(WorkflowError):
    """There is no such item, or not for this person."""


class Stale(WorkflowError):
    """The item has moved on since the person looked at it."""


class Invalid(WorkflowError):
    """What was given cannot be right."""
