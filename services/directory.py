"""People and their roles, as the office and the administrator keep them."""

from dataclasses import asdict, dataclass
from typing import Any, Final

from services import menus
from services.administering import Act, note, require
from services.informing import inform
from services.work import Work
from storage import people, people_changes
from storage.people import Person
from storage.rows import of, split
from workflow.errors import Barred, Invalid, Missing, NoRight, Stale
from workflow.roles import PersonId, Role

LONGEST: Final = 64
"""The longest code, title, name or contact, in characters."""
POSTS: Final = ("", "secretary", "president")


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody is. `code` is the roster's own id; `title` how the person is addressed."""

    code: str
    title: str
    name: str = ""
    contact: str = ""
    post: str = ""


def add_person(work: Work, given: Identity, roles: frozenset[Role] = frozenset()) -> Person:
    """Somebody new in the roster."""
    require(work, Act.PEOPLE)
    values = _checked(given)
    if people.by_code(work.tx, given.code) is not None:
        raise Invalid("code_taken", taken=given.code)
    made = people_changes.add_person(work.tx, values)
    facts, texts = split(of("people"), values)
    note(work, "person_added", {"person": made, "set": facts}, texts)
    for role in sorted(roles):
        grant(work, made, role)
    return people.get(work.tx, made)


def change_person(work: Work, person_id: PersonId, given: Identity) -> Person:
    """Correct who somebody is. Nothing is noted when nothing changes."""
    require(work, Act.PEOPLE)
    before = people.get(work.tx, person_id)
    other = people.by_code(work.tx, given.code)
    if other is not None and other.id != person_id:
        raise Invalid("code_taken", taken=given.code)
    known = {"contact": people_changes.contact(work.tx, person_id)}
    values = {
        name: value
        for name, value in _checked(given).items()
        if known.get(name, getattr(before, name, None)) != value
    }
    if values:
        people_changes.set_person(work.tx, person_id, values)
        facts, texts = split(of("people"), values)
        note(work, "person_changed", {"person": person_id, "set": facts}, texts)
    return people.get(work.tx, person_id)


def grant(work: Work, person_id: PersonId, role: Role) -> Person:
    """Give a role. Nobody gives one to oneself, and administrators are made by administrators."""
    _may_decide(work, person_id, role)
    if people_changes.grant(work.tx, person_id, role):
        note(work, "role_granted", {"person": person_id, "role": role})
        menus.owe(work.tx, person_id)
    return people.get(work.tx, person_id)


def revoke(work: Work, person_id: PersonId, role: Role) -> Person:
    """Take a role."""
    _may_decide(work, person_id, role)
    if people_changes.revoke(work.tx, person_id, role):
        note(work, "role_revoked", {"person": person_id, "role": role})
        menus.owe(work.tx, person_id)
    return people.get(work.tx, person_id)


def end_roles(work: Work, person: Person) -> None:
    """Take every role of somebody who leaves; the caller has asked whether the actor may."""
    for role in sorted(person.roles):
        if people_changes.revoke(work.tx, person.id, role):
            note(work, "role_revoked", {"person": person.id, "role": role})


def give_standing_authority(work: Work, person_id: PersonId, given: bool) -> Person:
    """Whether the office may issue in a chief's name without asking. Only that chief can say so.

    What was given can be taken back even by a chief who may no longer issue.
    """
    if work.actor.id != person_id:
        raise NoRight("only_oneself")
    if given:
        require_issuer(work)
    if people.get(work.tx, person_id).standing_authority == given:
        raise Stale("already_so")
    people_changes.set_person(work.tx, person_id, {"standing_authority": given})
    kind = "authority_given" if given else "authority_taken"
    note(work, kind, {"person": person_id})
    clerks = [clerk.id for clerk in people.holding(work.tx, Role.OFFICE)]
    work.told |= inform(work.tx, work.policy, clerks, kind, work.now.isoformat(), by=person_id)
    return people.get(work.tx, person_id)


def require_issuer(work: Work) -> None:
    """Raise Invalid unless the college lets the actor 点题."""
    if not work.policy.may_issue(work.actor):
        raise Invalid("not_an_issuer", title=work.actor.title)


def _may_decide(work: Work, person_id: PersonId, role: Role) -> None:
    require(work, Act.ADMINS if role is Role.ADMIN else Act.ROLES)
    if person_id == work.actor.id:
        raise Barred("own_role", role=role)
    person = people.get(work.tx, person_id)
    if not person.active:
        raise Invalid("person_left", title=person.title)


def _checked(given: Identity) -> dict[str, Any]:
    values = {name: str(value).strip() for name, value in asdict(given).items()}
    if missing := tuple(name for name in ("code", "title") if not values[name]):
        raise Missing("fields_missing", fields=missing)
    if long := [name for name, value in values.items() if len(value) > LONGEST]:
        raise Invalid("text_too_long", longest=LONGEST, fields=tuple(long))
    if values["post"] not in POSTS:
        raise Invalid("unknown_post", post=given.post)
    return values
