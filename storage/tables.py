"""All tables in one place to import: the schema as the migrations must leave it."""

from storage import (
    tables_affairs,
    tables_journal,
    tables_messages,
    tables_people,
    tables_processes,
    tables_reminders,
    tables_work,
)
from storage.columns import METADATA

ROOMS = (
    tables_affairs,
    tables_journal,
    tables_messages,
    tables_people,
    tables_processes,
    tables_reminders,
    tables_work,
)
"""Importing a room registers its tables."""

__all__ = ["METADATA", "ROOMS"]
