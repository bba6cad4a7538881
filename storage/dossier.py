"""Every row that is about one person, table by table, for that person to read."""

from typing import Any, Final

from sqlalchemy import ColumnElement, Select, Table, or_, select

from storage.store import Tx
from storage.tables_affairs import affair_people, affairs, web_links
from storage.tables_journal import journal
from storage.tables_messages import notices
from storage.tables_people import accounts, in_charge, invitations, members, stand_ins, units
from storage.tables_work import evidence, reports, requests, topic_people, topics
from workflow.roles import PersonId

_HIDDEN: Final = frozenset({"digest"})


def rows_about(tx: Tx, person: PersonId) -> dict[str, list[dict[str, Any]]]:
    """Accounts, seats, topics, words, questions, pushes and acts; columns by their names."""
    return {name: [row._asdict() for row in tx.execute(query)] for name, query in _queries(person).items()}


def _queries(person: PersonId) -> dict[str, Select[Any]]:
    own = or_(reports.c.author_id == person, reports.c.entered_for_id == person)
    seats = or_(topics.c.issuer_id == person, topics.c.drafter_id == person, topics.c.owner_id == person)
    parts = select(topics.c.number, topic_people.c.part).join(
        topic_people, topic_people.c.topic_id == topics.c.id
    )
    dates = ("issued_at", "claimed_at", "submitted_at", "closed_at", "deadline")
    stood = or_(stand_ins.c.principal_id == person, stand_ins.c.deputy_id == person)
    return {
        "accounts": _of(accounts, accounts.c.person_id == person),
        "invitations": _of(invitations, invitations.c.person_id == person),
        "web_links": _of(web_links, web_links.c.person_id == person),
        "units": _seated(members, members.c.person_id == person, members.c.role),
        "in_charge": _seated(in_charge, in_charge.c.leader_id == person, in_charge.c.relation),
        "stand_ins": _of(stand_ins, stood),
        "topics": select(topics.c.number, topics.c.state, *(topics.c[name] for name in dates)).where(seats),
        "topic_parts": parts.where(topic_people.c.person_id == person),
        "reports": _of(reports, own),
        "files": select(evidence.c.name, evidence.c.mime, evidence.c.size, evidence.c.sha256)
        .join(reports, reports.c.id == evidence.c.report_id)
        .where(own),
        "requests": _of(requests, or_(requests.c.asker_id == person, requests.c.decided_by == person)),
        "affairs": _of(affairs, or_(affairs.c.person_id == person, affairs.c.opened_by == person)),
        "affair_answers": _of(affair_people, affair_people.c.person_id == person),
        "notices": _of(notices, notices.c.person_id == person),
        "acts": select(journal.c.seq, journal.c.at, journal.c.event, journal.c.topic_id).where(
            journal.c.actor_id == person
        ),
    }


def _of(table: Table, where: ColumnElement[bool]) -> Select[Any]:
    return select(*(c for c in table.c if c.name not in _HIDDEN)).where(where)


def _seated(table: Table, where: ColumnElement[bool], part: ColumnElement[str]) -> Select[Any]:
    return select(units.c.name, part).join(table, table.c.unit_id == units.c.id).where(where)
