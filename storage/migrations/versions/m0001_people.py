"""Who there is, where they sit and how they reach us."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Id, Moment

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "counters",
        sa.Column("name", sa.String(32), primary_key=True),
        sa.Column("value", sa.Integer, nullable=False),
    )
    op.create_table(
        "facts",
        sa.Column("name", sa.String(64), primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("at", Moment, nullable=False),
    )
    op.create_table(
        "guesses",
        sa.Column("id", Id, primary_key=True),
        sa.Column("messenger", sa.String(16), nullable=False),
        sa.Column("sender", sa.String(64), nullable=False),
        sa.Column("at", Moment, nullable=False),
    )
    op.create_index("ix_guesses_sender_at", "guesses", ["messenger", "sender", "at"])
    op.create_table(
        "people",
        sa.Column("id", Id, primary_key=True),
        sa.Column("code", sa.String(64), nullable=False),
        sa.Column("title", sa.String(64), nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("contact", sa.String(64), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("digest_at", sa.String(5), nullable=False),
        sa.Column("quiet_from", sa.String(5), nullable=False),
        sa.Column("quiet_to", sa.String(5), nullable=False),
        sa.Column("next_digest_at", Moment),
        sa.Column("unreachable_at", Moment),
        sa.Column("post", sa.String(16), nullable=False),
        sa.Column("standing_authority", sa.Boolean, nullable=False),
        sa.UniqueConstraint("code"),
    )
    op.create_index("ix_people_next_digest_at", "people", ["next_digest_at"])
    op.create_table(
        "units",
        sa.Column("id", Id, primary_key=True),
        sa.Column("code", sa.String(64), nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("discipline", sa.Boolean, nullable=False),
        sa.UniqueConstraint("code"),
    )
    op.create_table(
        "accounts",
        sa.Column("id", Id, primary_key=True),
        sa.Column("messenger", sa.String(16), nullable=False),
        sa.Column("sender", sa.String(64), nullable=False),
        sa.Column("chat", sa.String(64), nullable=False),
        sa.Column("person_id", Id, sa.ForeignKey("people.id"), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("bound_at", Moment, nullable=False),
        sa.Column("confirmed_by", Id, sa.ForeignKey("people.id")),
        sa.UniqueConstraint("messenger", "sender"),
    )
    op.create_index("ix_accounts_person_id", "accounts", ["person_id"])
    op.create_table(
        "groups",
        sa.Column("id", Id, primary_key=True),
        sa.Column("messenger", sa.String(16), nullable=False),
        sa.Column("chat", sa.String(64), nullable=False),
        sa.Column("title", sa.String(128), nullable=False),
        sa.Column("bound_by", Id, sa.ForeignKey("people.id")),
        sa.Column("unit_id", Id, sa.ForeignKey("units.id")),
        sa.Column("state", sa.String(16), nullable=False),
        sa.UniqueConstraint("messenger", "chat"),
    )
    op.create_table(
        "in_charge",
        sa.Column("leader_id", Id, sa.ForeignKey("people.id"), primary_key=True),
        sa.Column("unit_id", Id, sa.ForeignKey("units.id"), primary_key=True),
        sa.Column("relation", sa.String(8), primary_key=True),
    )
    op.create_table(
        "invitations",
        sa.Column("id", Id, primary_key=True),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("person_id", Id, sa.ForeignKey("people.id"), nullable=False),
        sa.Column("invited_by", Id, sa.ForeignKey("people.id")),
        sa.Column("confirm", sa.Boolean, nullable=False),
        sa.Column("expires_at", Moment, nullable=False),
        sa.Column("used_at", Moment),
        sa.UniqueConstraint("digest"),
    )
    op.create_table(
        "members",
        sa.Column("unit_id", Id, sa.ForeignKey("units.id"), primary_key=True),
        sa.Column("person_id", Id, sa.ForeignKey("people.id"), primary_key=True),
        sa.Column("role", sa.String(16), nullable=False),
    )
    op.create_index("ix_members_person_id", "members", ["person_id"])
    op.create_table(
        "roles",
        sa.Column("person_id", Id, sa.ForeignKey("people.id"), primary_key=True),
        sa.Column("role", sa.String(32), primary_key=True),
    )
    op.create_table(
        "stand_ins",
        sa.Column("id", Id, primary_key=True),
        sa.Column("principal_id", Id, sa.ForeignKey("people.id"), nullable=False),
        sa.Column("deputy_id", Id, sa.ForeignKey("people.id"), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("since", Moment, nullable=False),
        sa.Column("until", Moment),
        sa.Column("ended_at", Moment),
    )
    op.create_index("ix_stand_ins_deputy_id", "stand_ins", ["deputy_id"])
    op.create_index("ix_stand_ins_principal_id", "stand_ins", ["principal_id"])
