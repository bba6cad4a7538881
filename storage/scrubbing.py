"""What was deleted is still in a database's free pages and its log until it is written anew."""

import sqlite3
from contextlib import closing

from sqlalchemy import URL, create_engine, make_url

from storage.engine import BUSY_SECONDS


def scrub(url: str | URL, patience: float = BUSY_SECONDS) -> bool:
    """Write the database anew without what was deleted; False where it stays in use for that many seconds."""
    target = make_url(url)
    if target.get_backend_name() == "sqlite":
        return _scrub_file(str(target.database), patience)
    engine = create_engine(target, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql("VACUUM")
    engine.dispose()
    return True


def _scrub_file(file: str, patience: float) -> bool:
    try:
        with closing(sqlite3.connect(file, timeout=patience, isolation_level=None)) as database:
            database.execute("VACUUM")
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.OperationalError:
        return False
    return True
