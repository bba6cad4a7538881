"""What the ladder has done."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Id, Moment

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "firings",
        sa.Column("id", Id, primary_key=True),
        sa.Column("subject", sa.String(8), nullable=False),
        sa.Column("item_id", Id, nullable=False),
        sa.Column("anchor", sa.Integer, nullable=False),
        sa.Column("step", sa.String(32), nullable=False),
        sa.Column("occurrence", sa.Integer, nullable=False),
        sa.Column("level", sa.Integer, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("swept_at", Moment, nullable=False),
        sa.Column("collapsed", sa.Boolean, nullable=False),
        sa.Column("answered_at", Moment),
        sa.UniqueConstraint("subject", "item_id", "anchor", "step", "occurrence"),
    )
