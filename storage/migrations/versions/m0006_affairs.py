"""What lies beside topics: meetings, notices, checks; how topics hang together; links to the web page."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Id, Json, Moment

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "affairs",
        sa.Column("id", Id, primary_key=True),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("number", sa.String(24), nullable=False, unique=True),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("topic_id", Id, sa.ForeignKey("topics.id")),
        sa.Column("unit_id", Id, sa.ForeignKey("units.id")),
        sa.Column("person_id", Id, sa.ForeignKey("people.id")),
        sa.Column("parent_id", Id, sa.ForeignKey("affairs.id")),
        sa.Column("opened_by", Id, sa.ForeignKey("people.id")),
        sa.Column("opened_at", Moment, nullable=False),
        sa.Column("due_at", Moment),
        sa.Column("next_at", Moment),
        sa.Column("settled_by", Id, sa.ForeignKey("people.id")),
        sa.Column("settled_at", Moment),
        sa.Column("facts", Json, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("words", Json, nullable=False),
    )
    op.create_index("ix_affairs_topic_id", "affairs", ["topic_id"])
    op.create_index("ix_affairs_person_id", "affairs", ["person_id"])
    op.create_index("ix_affairs_parent_id", "affairs", ["parent_id"])
    op.create_index("ix_affairs_kind_state", "affairs", ["kind", "state"])
    op.create_index("ix_affairs_next_at", "affairs", ["next_at"])
    op.create_table(
        "affair_people",
        sa.Column("affair_id", Id, sa.ForeignKey("affairs.id"), primary_key=True),
        sa.Column("person_id", Id, sa.ForeignKey("people.id"), primary_key=True),
        sa.Column("part", sa.String(16), primary_key=True),
        sa.Column("answer", sa.String(16), nullable=False),
        sa.Column("answered_at", Moment),
        sa.Column("words", sa.Text, nullable=False),
    )
    op.create_index("ix_affair_people_person_id", "affair_people", ["person_id"])
    op.create_table(
        "affair_items",
        sa.Column("id", Id, primary_key=True),
        sa.Column("affair_id", Id, sa.ForeignKey("affairs.id"), nullable=False),
        sa.Column("no", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("topic_id", Id, sa.ForeignKey("topics.id")),
        sa.Column("unit_id", Id, sa.ForeignKey("units.id")),
        sa.Column("person_id", Id, sa.ForeignKey("people.id")),
        sa.Column("facts", Json, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.UniqueConstraint("affair_id", "no"),
    )
    op.create_index("ix_affair_items_topic_id", "affair_items", ["topic_id"])
    _beside()
    op.add_column("notices", sa.Column("affair_id", Id))
    op.create_index("ix_notices_affair_id", "notices", ["affair_id"])


def _beside() -> None:
    op.create_table(
        "topic_links",
        sa.Column("id", Id, primary_key=True),
        sa.Column("topic_id", Id, sa.ForeignKey("topics.id"), nullable=False),
        sa.Column("relation", sa.String(16), nullable=False),
        sa.Column("other_id", Id, sa.ForeignKey("topics.id")),
        sa.Column("affair_id", Id, sa.ForeignKey("affairs.id")),
        sa.Column("at", Moment, nullable=False),
        sa.UniqueConstraint("topic_id", "relation", "other_id", "affair_id"),
    )
    for column in ("topic_id", "other_id", "affair_id"):
        op.create_index(f"ix_topic_links_{column}", "topic_links", [column])
    op.create_table(
        "rests",
        sa.Column("person_id", Id, sa.ForeignKey("people.id"), primary_key=True),
        sa.Column("topic_id", Id, sa.ForeignKey("topics.id"), primary_key=True),
        sa.Column("until", Moment, nullable=False),
    )
    op.create_table(
        "web_links",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("part", sa.String(8), nullable=False),
        sa.Column("person_id", Id, sa.ForeignKey("people.id"), nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("expires_at", Moment, nullable=False),
        sa.Column("used_at", Moment),
    )
    op.create_index("ix_web_links_person_id", "web_links", ["person_id"])
