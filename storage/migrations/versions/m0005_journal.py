"""The trail, which only grows: the database itself refuses to change or drop a row."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Id, Moment

revision = "0005"
down_revision = "0004"

_GUARDS = {
    "sqlite": [
        f"""
        CREATE TRIGGER journal_no_{act.lower()} BEFORE {act} ON journal
        BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END
        """
        for act in ("UPDATE", "DELETE")
    ],
    "postgresql": [
        """
        CREATE FUNCTION journal_only_grows() RETURNS trigger LANGUAGE plpgsql
        AS $$ BEGIN RAISE EXCEPTION 'the journal only grows'; END $$
        """,
        """
        CREATE TRIGGER journal_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON journal
        FOR EACH STATEMENT EXECUTE FUNCTION journal_only_grows()
        """,
    ],
}


def upgrade() -> None:
    op.create_table(
        "journal",
        sa.Column("seq", Id, primary_key=True, autoincrement=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("event", sa.String(32), nullable=False),
        sa.Column("topic_id", Id),
        sa.Column("actor_id", Id),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("hash", sa.LargeBinary(32), nullable=False),
    )
    op.create_index("ix_journal_topic_id_seq", "journal", ["topic_id", "seq"])
    head = op.create_table(
        "journal_head",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("seq", Id, nullable=False),
        sa.Column("hash", sa.LargeBinary(32), nullable=False),
    )
    op.bulk_insert(head, [{"id": 1, "seq": 0, "hash": bytes(32)}])
    op.create_table(
        "salts",
        sa.Column("seq", Id, primary_key=True, autoincrement=False),
        sa.Column("salt", sa.LargeBinary(16), nullable=False),
    )
    for statement in _GUARDS[op.get_bind().dialect.name]:
        op.execute(statement)
