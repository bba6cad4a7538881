"""Our tables as ORM classes: the peer works on the same schema."""

from typing import Any

from sqlalchemy.orm import DeclarativeBase

from storage import tables_journal, tables_messages, tables_people, tables_work


class Base(DeclarativeBase):
    """What mapped classes share."""


def _mapped(name: str, table: Any) -> Any:
    return type(name, (Base,), {"__table__": table})


Account = _mapped("Account", tables_people.accounts)
Card = _mapped("Card", tables_messages.cards)
Dialogue = _mapped("Dialogue", tables_messages.dialogues)
Inbox = _mapped("Inbox", tables_messages.inbox)
Journal = _mapped("Journal", tables_journal.journal)
JournalHead = _mapped("JournalHead", tables_journal.journal_head)
Member = _mapped("Member", tables_people.members)
Notice = _mapped("Notice", tables_messages.notices)
Outbox = _mapped("Outbox", tables_messages.outbox)
Person = _mapped("Person", tables_people.people)
Report = _mapped("Report", tables_work.reports)
Role = _mapped("Role", tables_people.roles)
Salt = _mapped("Salt", tables_journal.salts)
StandIn = _mapped("StandIn", tables_people.stand_ins)
Topic = _mapped("Topic", tables_work.topics)
TopicPerson = _mapped("TopicPerson", tables_work.topic_people)
TopicUnit = _mapped("TopicUnit", tables_work.topic_units)
