"""What comes in and goes out, and who carries it."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Id, Json, Moment

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "processes",
        sa.Column("id", Id, primary_key=True),
        sa.Column("label", sa.String(120), nullable=False),
        sa.Column("started_at", Moment, nullable=False),
        sa.Column("seen_at", Moment, nullable=False),
        sa.Column("ended_at", Moment),
    )
    op.create_table(
        "inbox",
        sa.Column("id", Id, primary_key=True),
        sa.Column("messenger", sa.String(16), nullable=False),
        sa.Column("event_id", sa.String(64), nullable=False),
        sa.Column("lane", sa.String(64), nullable=False),
        sa.Column("raw", sa.Text),
        sa.Column("received_at", Moment, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("error", sa.String(255), nullable=False),
        sa.Column("owner", Id),
        sa.UniqueConstraint("messenger", "event_id"),
    )
    op.create_index("ix_inbox_lane", "inbox", ["lane", "state", "id"])
    op.create_index("ix_inbox_state_id", "inbox", ["state", "id"])
    op.create_table(
        "cards",
        sa.Column("key", sa.String(24), primary_key=True),
        sa.Column("messenger", sa.String(16), nullable=False),
        sa.Column("chat", sa.String(64), nullable=False),
        sa.Column("person_id", Id, sa.ForeignKey("people.id")),
        sa.Column("subject", sa.String(16), nullable=False),
        sa.Column("subject_id", sa.Integer),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("message_id", sa.String(64), nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("superseded_at", Moment),
    )
    op.create_index("ix_cards_message", "cards", ["messenger", "chat", "message_id"])
    op.create_index("ix_cards_person_id", "cards", ["person_id"])
    op.create_table(
        "dialogues",
        sa.Column("person_id", Id, sa.ForeignKey("people.id"), primary_key=True),
        sa.Column("chat", sa.String(64), primary_key=True),
        sa.Column("thread", sa.String(64), primary_key=True),
        sa.Column("name", sa.String(32), nullable=False),
        sa.Column("step", sa.String(32), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("draft", Json, nullable=False),
        sa.Column("updated_at", Moment, nullable=False),
    )
    op.create_table(
        "outbox",
        sa.Column("id", Id, primary_key=True),
        sa.Column("messenger", sa.String(16), nullable=False),
        sa.Column("chat", sa.String(64), nullable=False),
        sa.Column("person_id", Id, sa.ForeignKey("people.id")),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("card_key", sa.String(24), nullable=False),
        sa.Column("target", sa.String(64), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("not_before", Moment, nullable=False),
        sa.Column("retry_at", Moment),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("repeated", sa.Boolean, nullable=False),
        sa.Column("owner", Id),
        sa.Column("lease_until", Moment),
        sa.Column("sent_at", Moment),
        sa.Column("message_id", sa.String(64), nullable=False),
        sa.Column("error", sa.String(255), nullable=False),
    )
    op.create_index("ix_outbox_card_key", "outbox", ["card_key"])
    op.create_index("ix_outbox_chat_state", "outbox", ["chat", "state"])
    op.create_index("ix_outbox_queue", "outbox", ["state", "id", "chat", "not_before"])
    op.create_index("ix_outbox_due", "outbox", ["state", "not_before"])
    op.create_index("ix_outbox_person_id", "outbox", ["person_id"])
    op.create_index("ix_outbox_waiting", "outbox", ["state", "retry_at", "chat"])
    op.create_table(
        "notices",
        sa.Column("id", Id, primary_key=True),
        sa.Column("dedupe", sa.String(160), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("person_id", Id, sa.ForeignKey("people.id"), nullable=False),
        sa.Column("topic_id", Id, sa.ForeignKey("topics.id")),
        sa.Column("measure_id", Id, sa.ForeignKey("measures.id")),
        sa.Column("request_id", Id, sa.ForeignKey("requests.id")),
        sa.Column("report_id", Id, sa.ForeignKey("reports.id")),
        sa.Column("by_id", Id, sa.ForeignKey("people.id")),
        sa.Column("step", sa.String(32), nullable=False),
        sa.Column("level", sa.Integer, nullable=False),
        sa.Column("occurrence", sa.Integer, nullable=False),
        sa.Column("anchor", sa.Integer, nullable=False),
        sa.Column("audience", sa.String(64), nullable=False),
        sa.Column("data", Json, nullable=False),
        sa.Column("single", sa.Boolean, nullable=False),
        sa.Column("wants_ack", sa.Boolean, nullable=False),
        sa.Column("late", sa.Boolean, nullable=False),
        sa.Column("due_at", Moment, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("outbox_id", Id, sa.ForeignKey("outbox.id")),
        sa.Column("sent_at", Moment),
        sa.Column("acknowledged_at", Moment),
        sa.UniqueConstraint("dedupe"),
    )
    op.create_index("ix_notices_measure_id", "notices", ["measure_id"])
    op.create_index("ix_notices_outbox_id", "notices", ["outbox_id"])
    op.create_index("ix_notices_person_state", "notices", ["person_id", "state"])
    op.create_index("ix_notices_topic_id", "notices", ["topic_id"])
