"""邀请: a person of the roster gets a code to come in by; whoever comes is agreed to, or not."""

from handlers.asking import whom
from handlers.asking.choosing import choose
from handlers.asking.whom import keeper
from handlers.cards import Card, rows
from handlers.registry import button, command
from handlers.turn import Turn
from services import inviting
from services.administering import Act
from storage import facts, people
from storage.people import Account
from workflow.roles import PersonId, Role


@command("invite", Role.OFFICE, Role.ADMIN)
def invite_command(turn: Turn, rest: str) -> None:
    """`邀请 外事副院长`, or a list of those who are not in yet."""
    keeper(turn, Act.INVITE)
    if rest:
        invite(turn, whom.person(turn.tx, rest).id)
        return
    absent = [one for one in people.active(turn.tx) if people.reach(turn.tx, one.id) is None]
    if not absent:
        turn.tell("inviting.everybody")
        return
    choose(turn, turn.say("inviting.whom"), whom.persons(turn, absent), "invite")


@button("invite")
def invite(turn: Turn, person_id: PersonId) -> None:
    """A code and, where the messenger has such a thing, a link."""
    keeper(turn, Act.INVITE)
    code = inviting.invite(turn.work, person_id)
    link = facts.get(turn.tx, inviting.LINK)
    say, until = turn.say, turn.tx.now + turn.policy.invitation
    lines = [say("inviting.code", code=code)]
    if link and link.value:
        lines.append(say("inviting.link", link=f"{link.value}{inviting.plain(code)}"))
    lines += [say("inviting.until", until=turn.dates.clock(until)), say("inviting.once")]
    person = people.get(turn.tx, person_id)
    back = turn.button("person", person_id, label="back")
    turn.edit(Card(say("inviting.title", person=person.title), tuple(lines), rows(back)))


@button("account.confirm")
def confirm(turn: Turn, account_id: int) -> None:
    """It is that person."""
    account = inviting.confirm_account(turn.work, account_id)
    _decided(turn, account, "inviting.confirmed")


@button("account.refuse")
def refuse(turn: Turn, account_id: int) -> None:
    """It is not."""
    account = inviting.refuse_account(turn.work, account_id)
    _decided(turn, account, "inviting.refused")


def _decided(turn: Turn, account: Account, key: str) -> None:
    title = people.get(turn.tx, account.person_id).title
    turn.toast(f"{key}_toast")
    turn.edit(Card(lines=(turn.say(key, person=title),)))
