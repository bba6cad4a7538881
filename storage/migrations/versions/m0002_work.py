"""What is to be rectified, what was said of it, and what was asked."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Id, Moment

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "ladders",
        sa.Column("id", Id, primary_key=True),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("steps", sa.Text, nullable=False),
        sa.UniqueConstraint("digest"),
    )
    op.create_table(
        "topics",
        sa.Column("id", Id, primary_key=True),
        sa.Column("number", sa.String(16), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("short_title", sa.String(32), nullable=False),
        sa.Column("problem", sa.Text, nullable=False),
        sa.Column("goal", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("category", sa.String(32), nullable=False),
        sa.Column("duty", sa.String(16)),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("cycle", sa.String(16), nullable=False),
        sa.Column("confidential", sa.Boolean, nullable=False),
        sa.Column("verifier", sa.String(32), nullable=False),
        sa.Column("issuer_id", Id, sa.ForeignKey("people.id"), nullable=False),
        sa.Column("drafter_id", Id, sa.ForeignKey("people.id")),
        sa.Column("owner_id", Id, sa.ForeignKey("people.id")),
        sa.Column("deadline", Moment),
        sa.Column("first_deadline", Moment),
        sa.Column("extensions", sa.Integer, nullable=False),
        sa.Column("claim_by", Moment),
        sa.Column("anchor", sa.Integer, nullable=False),
        sa.Column("anchored_at", Moment),
        sa.Column("ladder_id", Id, sa.ForeignKey("ladders.id")),
        sa.Column("next_at", Moment),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("issued_at", Moment),
        sa.Column("claimed_at", Moment),
        sa.Column("submitted_at", Moment),
        sa.Column("closed_at", Moment),
        sa.Column("last_report_at", Moment),
        sa.Column("percent", sa.Integer),
        sa.UniqueConstraint("number"),
    )
    op.create_index("ix_topics_issuer_id", "topics", ["issuer_id"])
    op.create_index("ix_topics_next_at", "topics", ["next_at"])
    op.create_index("ix_topics_owner_id", "topics", ["owner_id"])
    op.create_index("ix_topics_state", "topics", ["state"])
    op.create_table(
        "measures",
        sa.Column("id", Id, primary_key=True),
        sa.Column("topic_id", Id, sa.ForeignKey("topics.id"), nullable=False),
        sa.Column("no", sa.Integer, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("deliverable", sa.Text, nullable=False),
        sa.Column("deadline", Moment, nullable=False),
        sa.Column("first_deadline", Moment, nullable=False),
        sa.Column("extensions", sa.Integer, nullable=False),
        sa.Column("anchor", sa.Integer, nullable=False),
        sa.Column("anchored_at", Moment),
        sa.Column("next_at", Moment),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("received_at", Moment),
        sa.Column("done_at", Moment),
        sa.Column("confirmed_at", Moment),
        sa.Column("last_report_at", Moment),
        sa.Column("percent", sa.Integer),
        sa.UniqueConstraint("topic_id", "no"),
    )
    op.create_index("ix_measures_next_at", "measures", ["next_at"])
    op.create_table(
        "topic_people",
        sa.Column("topic_id", Id, sa.ForeignKey("topics.id"), primary_key=True),
        sa.Column("person_id", Id, sa.ForeignKey("people.id"), primary_key=True),
        sa.Column("part", sa.String(16), primary_key=True),
    )
    op.create_index("ix_topic_people_person_id", "topic_people", ["person_id"])
    op.create_table(
        "topic_units",
        sa.Column("topic_id", Id, sa.ForeignKey("topics.id"), primary_key=True),
        sa.Column("unit_id", Id, sa.ForeignKey("units.id"), primary_key=True),
        sa.Column("part", sa.String(8), primary_key=True),
    )
    op.create_index("ix_topic_units_unit_id", "topic_units", ["unit_id"])
    op.create_table(
        "measure_units",
        sa.Column("measure_id", Id, sa.ForeignKey("measures.id"), primary_key=True),
        sa.Column("unit_id", Id, sa.ForeignKey("units.id"), primary_key=True),
        sa.Column("part", sa.String(8), primary_key=True),
    )
    op.create_index("ix_measure_units_unit_id", "measure_units", ["unit_id"])
    op.create_table(
        "reports",
        sa.Column("id", Id, primary_key=True),
        sa.Column("topic_id", Id, sa.ForeignKey("topics.id"), nullable=False),
        sa.Column("measure_id", Id, sa.ForeignKey("measures.id")),
        sa.Column("event", sa.String(32), nullable=False),
        sa.Column("author_id", Id, sa.ForeignKey("people.id"), nullable=False),
        sa.Column("principal_id", Id, sa.ForeignKey("people.id")),
        sa.Column("entered_for_id", Id, sa.ForeignKey("people.id")),
        sa.Column("entry_source", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("percent", sa.Integer),
        sa.Column("sent_at", Moment, nullable=False),
        sa.Column("recorded_at", Moment, nullable=False),
        sa.Column("chat", sa.String(64), nullable=False),
        sa.Column("message_id", sa.String(64), nullable=False),
        sa.Column("album", sa.String(64), nullable=False),
        sa.Column("supersedes_id", Id, sa.ForeignKey("reports.id")),
        sa.Column("withdrawn_at", Moment),
    )
    op.create_index("ix_reports_message", "reports", ["chat", "message_id"])
    op.create_index("ix_reports_topic_id", "reports", ["topic_id"])
    op.create_table(
        "evidence",
        sa.Column("id", Id, primary_key=True),
        sa.Column("report_id", Id, sa.ForeignKey("reports.id"), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("name", sa.String(255), nullable=False),
        sa.Column("mime", sa.String(127), nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
    )
    op.create_index("ix_evidence_report_id", "evidence", ["report_id"])
    op.create_index("ix_evidence_sha256", "evidence", ["sha256"])
    op.create_table(
        "requests",
        sa.Column("id", Id, primary_key=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("topic_id", Id, sa.ForeignKey("topics.id"), nullable=False),
        sa.Column("measure_id", Id, sa.ForeignKey("measures.id")),
        sa.Column("asker_id", Id, sa.ForeignKey("people.id"), nullable=False),
        sa.Column("report_id", Id, sa.ForeignKey("reports.id")),
        sa.Column("wanted", Moment),
        sa.Column("anchor", sa.Integer, nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("decided_by", Id, sa.ForeignKey("people.id")),
        sa.Column("decided_at", Moment),
    )
    op.create_index("ix_requests_state", "requests", ["state"])
    op.create_index("ix_requests_topic_id", "requests", ["topic_id"])
