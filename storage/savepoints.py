"""A savepoint for a few microseconds: every turn has one or two, so they go straight to the driver."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Final

from sqlalchemy.engine import Connection

BEGIN: Final = "SAVEPOINT turn"
KEEP: Final = "RELEASE SAVEPOINT turn"
UNDO: Final = "ROLLBACK TO SAVEPOINT turn"


@contextmanager
def savepoint(connection: Connection) -> Iterator[None]:
    """What the block did is undone when it raises. They nest: each name means the innermost.

    SQLite ends the whole transaction on a full disk, and a connection that broke takes it along; then there
    is nothing left to undo, and the failure itself is told.
    """
    driver = connection.connection.dbapi_connection
    assert driver is not None, "the connection is open"
    with closing(driver.cursor()) as cursor:
        cursor.execute(BEGIN)
        try:
            yield
        except BaseException:
            if not connection.invalidated and getattr(driver, "in_transaction", True):
                cursor.execute(UNDO)
                cursor.execute(KEEP)
            raise
        cursor.execute(KEEP)
