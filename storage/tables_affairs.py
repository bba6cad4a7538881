"""Tables of what lies beside topics: affairs with persons and items, links of topics, reminders at rest."""

from sqlalchemy import Column, Index, Integer, String, Table, Text, UniqueConstraint

from storage.columns import METADATA, Json, Moment, key, to

affairs = Table(
    "affairs",
    METADATA,
    key(),
    Column("kind", String(24), nullable=False),
    Column("number", String(24), nullable=False, unique=True),
    Column("state", String(16), nullable=False),
    Column("version", Integer, nullable=False),
    to("topics", "topic_id", null=True, index=True),
    to("units", "unit_id", null=True),
    to("people", "person_id", null=True, index=True),
    to("affairs", "parent_id", null=True, index=True),
    to("people", "opened_by", null=True),
    Column("opened_at", Moment, nullable=False),
    Column("due_at", Moment),
    Column("next_at", Moment),  # when somebody is to be reminded, or a rule to act
    to("people", "settled_by", null=True),
    Column("settled_at", Moment),
    Column("facts", Json, nullable=False),  # ids, dates, numbers, codes; never text
    Column("title", Text, nullable=False),
    Column("words", Json, nullable=False),  # what people wrote, by name
    Index("ix_affairs_kind_state", "kind", "state"),
    Index("ix_affairs_next_at", "next_at"),
)

affair_people = Table(
    "affair_people",
    METADATA,
    to("affairs", "affair_id", primary=True),
    to("people", "person_id", primary=True),
    Column("part", String(16), primary_key=True),
    Column("answer", String(16), nullable=False, default=""),
    Column("answered_at", Moment),
    Column("words", Text, nullable=False, default=""),
    Index("ix_affair_people_person_id", "person_id"),
)

affair_items = Table(
    "affair_items",
    METADATA,
    key(),
    to("affairs", "affair_id"),
    Column("no", Integer, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("state", String(16), nullable=False, default=""),
    to("topics", "topic_id", null=True, index=True),
    to("units", "unit_id", null=True),
    to("people", "person_id", null=True),
    Column("facts", Json, nullable=False),
    Column("words", Text, nullable=False, default=""),
    UniqueConstraint("affair_id", "no"),
)

topic_links = Table(
    "topic_links",
    METADATA,
    key(),
    to("topics", "topic_id", index=True),
    Column("relation", String(16), nullable=False),  # merged_into | split_from | raised_by
    to("topics", "other_id", null=True, index=True),
    to("affairs", "affair_id", null=True, index=True),
    Column("at", Moment, nullable=False),
    UniqueConstraint("topic_id", "relation", "other_id", "affair_id"),
)

rests = Table(
    "rests",
    METADATA,
    to("people", "person_id", primary=True),
    to("topics", "topic_id", primary=True),
    Column("until", Moment, nullable=False),  # reminders rest till then; escalations never do
)

web_links = Table(
    "web_links",
    METADATA,
    Column("digest", String(64), primary_key=True),  # SHA-256 of the secret in the link, or of the session's
    Column("part", String(8), nullable=False),  # link | session
    to("people", "person_id", index=True),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
)
