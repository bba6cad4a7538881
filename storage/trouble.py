"""Whose fault a failure is: the database's own, which passes, or that of what was asked of it.

PostgreSQL may restart, fail over, or break off who waits too long. What goes wrong with a file goes wrong
with writing the failure down as well, so nothing is said of files here.
"""

import sqlite3
from typing import Final

from sqlalchemy.exc import DBAPIError, OperationalError, PendingRollbackError

OUT_OF_REACH: Final = (OperationalError,)
"""What is raised where the database cannot be spoken to at all."""


def reason(problem: Exception) -> str:
    """The driver's own words, on one line."""
    told = problem.orig if isinstance(problem, DBAPIError) else problem
    return next(iter(str(told).splitlines()), "")


def passing(problem: Exception) -> bool:
    """Whether the same turn may well succeed once the database is itself again."""
    match problem:
        case PendingRollbackError():
            return True
        case DBAPIError(connection_invalidated=True):
            return True
        case OperationalError():
            return not isinstance(problem.orig, sqlite3.Error)
        case _:
            return False
