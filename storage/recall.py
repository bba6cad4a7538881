"""Reading the roster, and the topic a turn is about, once a transaction: each rule asks for them again.

Whoever writes says so with `forget`, and an attempt that is undone forgets too: a turn always sees its own
changes.
"""

from collections.abc import Callable, Hashable
from functools import update_wrapper
from typing import Concatenate, ParamSpec, TypeVar

from storage.store import Tx

P = ParamSpec("P")
T = TypeVar("T")


def recalled(read: Callable[Concatenate[Tx, P], T]) -> Callable[Concatenate[Tx, P], T]:
    """Let a query of hashable arguments be asked once a transaction. Nobody may change what it gives."""

    def once(tx: Tx, /, *args: P.args, **kwargs: P.kwargs) -> T:
        key: Hashable = (once, args, *kwargs.items())
        if key not in tx.recalled:
            tx.recalled[key] = read(tx, *args, **kwargs)
        found: T = tx.recalled[key]
        return found

    update_wrapper(once, read)
    return once


def forget_one(tx: Tx, read: Callable[..., object], *args: Hashable) -> None:
    """One answer no longer holds."""
    tx.recalled.pop((read, args), None)


def forget(tx: Tx) -> None:
    """What may have been recalled is being changed: read it anew."""
    tx.recalled.clear()
