"""Insert-or-else, once for both databases.

SQLite and PostgreSQL share the words ON CONFLICT, and PostgreSQL's construct compiles on either; SQLite's
own does not. Everybody takes `insert` from here, so this is the one place that relies on it.
"""

from sqlalchemy.dialects.postgresql import insert

__all__ = ["insert"]
