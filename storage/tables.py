"""All tables in one place to import: the schema as the migrations must leave it."""

from storage import tables_journal, tables_messages, tables_people, tables_work
from storage.columns import METADATA

__all__ = ["METADATA", "tables_journal", "tables_messages", "tables_people", "tables_work"]
