"""Tables of what comes in and goes out. The row is the queue: nothing owed lives in memory."""

from sqlalchemy import Boolean, Column, Index, Integer, String, Table, Text, UniqueConstraint

from storage.columns import METADATA, Id, Json, Moment, key, to

inbox = Table(
    "inbox",
    METADATA,
    key(),
    Column("messenger", String(16), nullable=False),
    Column("event_id", String(64), nullable=False),
    Column("lane", String(64), nullable=False),
    Column("raw", Text),  # blanked in the commit that settles it
    Column("received_at", Moment, nullable=False),
    Column("state", String(16), nullable=False),  # new | done | quarantined
    Column("tries", Integer, nullable=False, default=0),
    Column("error", String(255), nullable=False, default=""),
    Column("owner", Id),  # the epoch that serves it, where there are several; None: free
    UniqueConstraint("messenger", "event_id"),
    Index("ix_inbox_state_id", "state", "id"),
    Index("ix_inbox_lane", "lane", "state", "id"),
)

dialogues = Table(
    "dialogues",
    METADATA,
    to("people", "person_id", primary=True),
    Column("chat", String(64), primary_key=True),
    Column("thread", String(64), primary_key=True),
    Column("name", String(32), nullable=False),
    Column("step", String(32), nullable=False),
    Column("version", Integer, nullable=False),  # of the draft's form: a migration may find old ones
    Column("draft", Json, nullable=False),
    Column("updated_at", Moment, nullable=False),
)

cards = Table(
    "cards",
    METADATA,
    Column("key", String(24), primary_key=True),
    Column("messenger", String(16), nullable=False),
    Column("chat", String(64), nullable=False),
    to("people", "person_id", null=True, index=True),  # None: a group's card
    Column("subject", String(16), nullable=False, default=""),
    Column("subject_id", Integer),
    Column("version", Integer, nullable=False, default=0),
    Column("body", Text, nullable=False),  # the buttons only: labels, verbs, arguments
    Column("message_id", String(64), nullable=False, default=""),
    Column("created_at", Moment, nullable=False),
    Column("superseded_at", Moment),
    Index("ix_cards_message", "messenger", "chat", "message_id"),
)

outbox = Table(
    "outbox",
    METADATA,
    key(),
    Column("messenger", String(16), nullable=False),
    Column("chat", String(64), nullable=False),
    to("people", "person_id", null=True, index=True),
    Column("kind", String(16), nullable=False),  # card | edit | delete | notice | bundle | digest | menu
    Column("body", Text, nullable=False, default=""),  # a card as JSON, where it was drawn in the turn
    Column("card_key", String(24), nullable=False, default=""),
    Column("target", String(64), nullable=False, default=""),  # message to edit, delete or answer
    Column("state", String(16), nullable=False),  # pending | sending | sent | uncertain | held | dead | void
    Column("not_before", Moment, nullable=False),  # on the people's clock
    Column("retry_at", Moment),  # back-off and retry-after, on the real one
    Column("created_at", Moment, nullable=False),
    Column("tries", Integer, nullable=False, default=0),
    Column("repeated", Boolean, nullable=False, default=False),  # sent once more after `uncertain`
    Column("owner", Id),  # the epoch that sends it
    Column("lease_until", Moment),  # on the database's clock
    Column("sent_at", Moment),
    Column("message_id", String(64), nullable=False, default=""),
    Column("error", String(255), nullable=False, default=""),
    Index("ix_outbox_queue", "state", "id", "chat", "not_before"),
    Index("ix_outbox_due", "state", "not_before"),
    Index("ix_outbox_waiting", "state", "retry_at", "chat"),
    Index("ix_outbox_chat_state", "chat", "state"),
    Index("ix_outbox_card_key", "card_key"),
)

notices = Table(
    "notices",
    METADATA,
    key(),
    Column("dedupe", String(160), nullable=False, unique=True),
    Column("kind", String(32), nullable=False),  # a text key: issued, claimed, ladder, vacancy …
    to("people", "person_id"),
    to("topics", "topic_id", null=True, index=True),
    to("measures", "measure_id", null=True, index=True),
    to("requests", "request_id", null=True),
    to("reports", "report_id", null=True),
    to("people", "by_id", null=True),  # whose act it tells of
    Column("step", String(32), nullable=False, default=""),
    Column("level", Integer, nullable=False, default=0),
    Column("occurrence", Integer, nullable=False, default=0),
    Column("anchor", Integer, nullable=False, default=0),
    Column("audience", String(64), nullable=False, default=""),
    Column("data", Json, nullable=False),  # dates, counts and ids; never text
    Column("single", Boolean, nullable=False),
    Column("wants_ack", Boolean, nullable=False, default=False),
    Column("late", Boolean, nullable=False, default=False),
    Column("due_at", Moment, nullable=False),
    Column("state", String(16), nullable=False),  # owed | sent | void | collapsed
    to("outbox", "outbox_id", null=True, index=True),
    Column("sent_at", Moment),
    Column("acknowledged_at", Moment),
    Column("affair_id", Id, index=True),
    Index("ix_notices_person_state", "person_id", "state"),
)
