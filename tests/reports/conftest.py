"""The college of the conversations, whose ledger is handed in."""

from tests.handlers.conftest import college, founded

__all__ = ["college", "founded"]
