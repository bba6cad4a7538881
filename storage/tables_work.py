"""Tables of the work: topics, measures, what was said of them, the files that prove it, what was asked."""

from sqlalchemy import Boolean, Column, Index, Integer, String, Table, Text, UniqueConstraint

from storage.columns import METADATA, Moment, key, to

topics = Table(
    "topics",
    METADATA,
    key(),
    Column("number", String(16), nullable=False, unique=True),  # 2026-017; drafts have D-12 until issued
    Column("state", String(16), nullable=False, index=True),
    Column("version", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("short_title", String(32), nullable=False),
    Column("problem", Text, nullable=False),
    Column("goal", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("category", String(32), nullable=False),
    Column("duty", String(16)),
    Column("kind", String(16), nullable=False),
    Column("cycle", String(16), nullable=False),
    Column("confidential", Boolean, nullable=False),
    Column("verifier", String(32), nullable=False),
    to("people", "issuer_id", index=True),
    to("people", "drafter_id", null=True),
    to("people", "owner_id", null=True, index=True),
    Column("deadline", Moment),
    Column("first_deadline", Moment),
    Column("extensions", Integer, nullable=False, default=0),
    Column("claim_by", Moment),
    Column("anchor", Integer, nullable=False, default=0),  # the version reminders are bound to
    Column("anchored_at", Moment),
    to("ladders", "ladder_id", null=True),
    Column("next_at", Moment),
    Column("created_at", Moment, nullable=False),
    Column("issued_at", Moment),
    Column("claimed_at", Moment),
    Column("submitted_at", Moment),
    Column("closed_at", Moment),
    Column("last_report_at", Moment),
    Column("percent", Integer),
    Index("ix_topics_next_at", "next_at"),
)

topic_people = Table(
    "topic_people",
    METADATA,
    to("topics", "topic_id", primary=True),
    to("people", "person_id", primary=True),
    Column("part", String(16), primary_key=True),  # eligible | co_owner
    Index("ix_topic_people_person_id", "person_id"),
)

topic_units = Table(
    "topic_units",
    METADATA,
    to("topics", "topic_id", primary=True),
    to("units", "unit_id", primary=True),
    Column("part", String(8), primary_key=True),  # lead | assist
    Index("ix_topic_units_unit_id", "unit_id"),
)

measures = Table(
    "measures",
    METADATA,
    key(),
    to("topics", "topic_id"),
    Column("no", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("version", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("deliverable", Text, nullable=False),
    Column("deadline", Moment, nullable=False),
    Column("first_deadline", Moment, nullable=False),
    Column("extensions", Integer, nullable=False, default=0),
    Column("anchor", Integer, nullable=False, default=0),
    Column("anchored_at", Moment),
    Column("next_at", Moment),
    Column("created_at", Moment, nullable=False),
    Column("received_at", Moment),
    Column("done_at", Moment),
    Column("confirmed_at", Moment),
    Column("last_report_at", Moment),
    Column("percent", Integer),
    UniqueConstraint("topic_id", "no"),
    Index("ix_measures_next_at", "next_at"),
)

measure_units = Table(
    "measure_units",
    METADATA,
    to("measures", "measure_id", primary=True),
    to("units", "unit_id", primary=True),
    Column("part", String(8), primary_key=True),
    Index("ix_measure_units_unit_id", "unit_id"),
)

ladders = Table(
    "ladders",
    METADATA,
    key(),
    Column("digest", String(64), nullable=False, unique=True),
    Column("steps", Text, nullable=False),  # workflow.ladder_text reads it
)

reports = Table(
    "reports",
    METADATA,
    key(),
    to("topics", "topic_id", index=True),
    to("measures", "measure_id", null=True),
    Column("event", String(32), nullable=False),  # what was done by saying it
    to("people", "author_id"),
    to("people", "principal_id", null=True),  # for whom a deputy or liaison spoke
    to("people", "entered_for_id", null=True),  # 代录: who said it by telephone
    Column("entry_source", Text, nullable=False, default=""),
    Column("text", Text, nullable=False),
    Column("percent", Integer),
    Column("sent_at", Moment, nullable=False),
    Column("recorded_at", Moment, nullable=False),
    Column("chat", String(64), nullable=False, default=""),
    Column("message_id", String(64), nullable=False, default=""),
    Column("album", String(64), nullable=False, default=""),
    to("reports", "supersedes_id", null=True),
    Column("withdrawn_at", Moment),
    Index("ix_reports_message", "chat", "message_id"),
)

evidence = Table(
    "evidence",
    METADATA,
    key(),
    to("reports", "report_id", index=True),
    Column("sha256", String(64), nullable=False, index=True),
    Column("name", String(255), nullable=False),
    Column("mime", String(127), nullable=False),
    Column("size", Integer, nullable=False),
)

requests = Table(
    "requests",
    METADATA,
    key(),
    Column("kind", String(16), nullable=False),  # extension | reroute | inquiry
    Column("state", String(16), nullable=False),  # open | granted | refused | answered | lapsed
    to("topics", "topic_id", index=True),
    to("measures", "measure_id", null=True),
    to("people", "asker_id"),
    to("reports", "report_id", null=True),  # the reason, in the asker's words
    Column("wanted", Moment),
    Column("anchor", Integer, nullable=False),
    Column("created_at", Moment, nullable=False),
    to("people", "decided_by", null=True),
    Column("decided_at", Moment),
    Index("ix_requests_state", "state"),
)
