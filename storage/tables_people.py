"""Tables of people: who they are, where they sit, how they reach us, who stands in for whom."""

from sqlalchemy import Boolean, Column, Index, Integer, String, Table, Text, UniqueConstraint

from storage.columns import METADATA, Moment, key, to

people = Table(
    "people",
    METADATA,
    key(),
    Column("code", String(64), nullable=False, unique=True),  # the roster's own id
    Column("title", String(64), nullable=False),  # 职务: how the person is addressed, @外事副院长
    Column("name", String(64), nullable=False, default=""),
    Column("contact", String(64), nullable=False, default=""),
    Column("state", String(16), nullable=False, default="active"),  # active | left | erased
    Column("language", String(8), nullable=False, default=""),  # "" = the college's
    Column("digest_at", String(5), nullable=False, default=""),  # HH:MM local; "" = the college's
    Column("quiet_from", String(5), nullable=False, default=""),
    Column("quiet_to", String(5), nullable=False, default=""),
    Column("next_digest_at", Moment, index=True),
    Column("unreachable_at", Moment),
    Column("post", String(16), nullable=False, default=""),  # secretary | president
    Column("standing_authority", Boolean, nullable=False, default=False),  # the office may issue in this name
)

roles = Table(
    "roles",
    METADATA,
    to("people", "person_id", primary=True),
    Column("role", String(32), primary_key=True),
)

units = Table(
    "units",
    METADATA,
    key(),
    Column("code", String(64), nullable=False, unique=True),
    Column("name", String(64), nullable=False),
    Column("kind", String(16), nullable=False, default="department"),  # department | branch
    Column("state", String(16), nullable=False, default="active"),
    Column("discipline", Boolean, nullable=False, default=False),  # the discipline committee itself (三转)
)

members = Table(
    "members",
    METADATA,
    to("units", "unit_id", primary=True),
    to("people", "person_id", primary=True),
    Column("role", String(16), nullable=False),  # unit_head | liaison
    Index("ix_members_person_id", "person_id"),
)

in_charge = Table(
    "in_charge",
    METADATA,
    to("people", "leader_id", primary=True),
    to("units", "unit_id", primary=True),
    Column("relation", String(8), primary_key=True),  # charge 分管 | link 联系
)

stand_ins = Table(
    "stand_ins",
    METADATA,
    key(),
    to("people", "principal_id", index=True),
    to("people", "deputy_id", index=True),
    Column("kind", String(16), nullable=False),  # aide | absence
    Column("since", Moment, nullable=False),
    Column("until", Moment),
    Column("ended_at", Moment),
)

accounts = Table(
    "accounts",
    METADATA,
    key(),
    Column("messenger", String(16), nullable=False),
    Column("sender", String(64), nullable=False),
    Column("chat", String(64), nullable=False),
    to("people", "person_id", index=True),
    Column("state", String(16), nullable=False),  # pending | active | revoked
    Column("bound_at", Moment, nullable=False),
    to("people", "confirmed_by", null=True),
    UniqueConstraint("messenger", "sender"),
)

invitations = Table(
    "invitations",
    METADATA,
    key(),
    Column("digest", String(64), nullable=False, unique=True),  # the code itself is never stored
    to("people", "person_id"),
    to("people", "invited_by", null=True),
    Column("confirm", Boolean, nullable=False, default=True),  # the office confirms the account
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
)

guesses = Table(
    "guesses",
    METADATA,
    key(),
    Column("messenger", String(16), nullable=False),
    Column("sender", String(64), nullable=False),
    Column("at", Moment, nullable=False),
    Index("ix_guesses_sender_at", "messenger", "sender", "at"),
)

groups = Table(
    "groups",
    METADATA,
    key(),
    Column("messenger", String(16), nullable=False),
    Column("chat", String(64), nullable=False),
    Column("title", String(128), nullable=False, default=""),
    to("people", "bound_by", null=True),
    to("units", "unit_id", null=True),
    Column("state", String(16), nullable=False, default="active"),
    UniqueConstraint("messenger", "chat"),
)

facts = Table(
    "facts",
    METADATA,
    Column("name", String(64), primary_key=True),  # pulse, trial_confirmed, calendar_version …
    Column("value", Text, nullable=False),
    Column("at", Moment, nullable=False),
)

counters = Table(
    "counters",
    METADATA,
    Column("name", String(32), primary_key=True),
    Column("value", Integer, nullable=False),
)
