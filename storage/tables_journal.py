"""Tables of the trail: chained rows that hold no name and no free text, and their erasable salts."""

from sqlalchemy import Column, Index, Integer, LargeBinary, String, Table

from storage.columns import METADATA, Id, Moment

journal = Table(
    "journal",
    METADATA,
    Column("seq", Id, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("event", String(32), nullable=False),
    Column("topic_id", Id),
    Column("actor_id", Id),
    Column("body", LargeBinary, nullable=False),  # canonical bytes, exactly what was hashed
    Column("hash", LargeBinary(32), nullable=False),
    Index("ix_journal_topic_id_seq", "topic_id", "seq"),
)

journal_head = Table(
    "journal_head",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("seq", Id, nullable=False),
    Column("hash", LargeBinary(32), nullable=False),
)

salts = Table(
    "salts",
    METADATA,
    Column("seq", Id, primary_key=True, autoincrement=False),
    Column("salt", LargeBinary(16), nullable=False),
)
