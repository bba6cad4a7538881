"""What was deleted is still in a database's free pages and its log until it is written anew."""

from sqlalchemy import URL
from sqlalchemy.exc import OperationalError

from storage.engine import open_writer


def scrub(url: str | URL) -> bool:
    """Write the database anew without what was deleted; False where somebody uses it too much for that."""
    engine = open_writer(url)
    try:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM")
            if engine.dialect.name == "sqlite":
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    except OperationalError:
        return False
    finally:
        engine.dispose()
    return True
