"""The processes that share this database. A key is an *epoch*: given once, never again."""

from sqlalchemy import Column, String, Table

from storage.columns import METADATA, Moment, key

processes = Table(
    "processes",
    METADATA,
    key(),
    Column("label", String(120), nullable=False),  # host:pid, for people
    Column("started_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("ended_at", Moment),  # by itself, or by whoever missed it
)
