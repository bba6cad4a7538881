"""Whose words a paper speaks: the caller hands them in, since this room knows no wording of its own."""

from typing import Any, Protocol


class Words(Protocol):
    """A text by its key, its placeholders filled in."""

    def __call__(self, key: str, **values: Any) -> str: ...
