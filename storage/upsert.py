"""Insert-or-else, once for both databases.

SQLite and PostgreSQL share the words ON CONFLICT; SQLAlchemy has a construct for each, in a dialect that is
slow to load. SQLite's compiles on PostgreSQL too, once it says that it never names a constraint. Everybody
takes `insert` from here, so this is the one place that relies on it.
"""

from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.dialects.sqlite.dml import OnConflictClause

__all__ = ["insert"]

OnConflictClause.constraint_target = None  # type: ignore[attr-defined]
