"""改派: the issuer gives a topic to another leader, asked to or not."""

from itertools import chain

from handlers.asking import naming
from handlers.asking.finding import apart, topic_named
from handlers.cards import MOST_BUTTONS, Button, Card, fit, rows
from handlers.registry import button, command
from handlers.topic_card import topic_card
from handlers.turn import Turn
from services import claiming, issuing
from services.authorising import authorise
from storage import people, topics
from storage.people import Person
from workflow.errors import Invalid, NotFound
from workflow.roles import PersonId, Role
from workflow.topic import Topic, TopicId
from workflow.transitions import Event


@command("reroute", Role.CHIEF)
def reroute_command(turn: Turn, rest: str) -> None:
    """`改派 017 @副书记`, or a choice of leaders."""
    number, whom = apart(rest)
    topic = topic_named(turn, number, Event.REROUTE)
    if topic is None:
        return
    authorise(turn.work, topic, Event.REROUTE)
    picked = naming.owners(turn.tx).pick(whom)
    if len(picked.found) == 1 and not picked.unclear:
        reroute_to(turn, topic.id, PersonId(picked.found[0]))
        return
    choice = [i for unclear in picked.unclear for i in unclear.candidates] or picked.found
    if whom and not choice:
        raise _unknown(turn, whom)
    turn.reply(_chooser(turn, topic, 0, tuple(choice)))


@button("topic.reroute")
def choose(turn: Turn, topic_id: TopicId) -> None:
    """Choose a leader."""
    more(turn, topic_id, 0)


@button("reroute.page")
def more(turn: Turn, topic_id: TopicId, page: int) -> None:
    """More leaders."""
    topic = topics.get(turn.tx, topic_id)
    authorise(turn.work, topic, Event.REROUTE)
    turn.edit(_chooser(turn, topic, page))


@button("reroute.to")
def reroute_to(turn: Turn, topic_id: TopicId, person: PersonId) -> None:
    """Call this leader; an open request for adjustment is thereby granted."""
    moved = claiming.reroute(turn.work, topic_id, person)
    title = people.get(turn.tx, person).title
    turn.toast("deciding.rerouted_toast")
    headline = turn.say("deciding.rerouted", number=moved.number, title=title)
    turn.edit(topic_card(turn, moved, headline=headline))


def _chooser(turn: Turn, topic: Topic, page: int, only: tuple[int, ...] = ()) -> Card:
    found = [one for one in _leaders(turn, topic, only) if one.id != topic.owner_id]
    room = MOST_BUTTONS - 1 if len(found) < MOST_BUTTONS else MOST_BUTTONS - 2
    following = page + 1 if (page + 1) * room < len(found) else 0
    more_ = turn.button("reroute.page", topic.id, following, label="more") if len(found) > room else None
    shown = found[page * room : (page + 1) * room]
    buttons = [Button(fit(one.title), "reroute.to", (topic.id, one.id)) for one in shown]
    back = turn.button("topic.view", topic.id, label="back")
    question = turn.say("deciding.reroute_whom", number=topic.number)
    return Card(lines=(question,), buttons=rows(*buttons, more_, back))


def _leaders(turn: Turn, topic: Topic, only: tuple[int, ...]) -> list[Person]:
    """The named ones; else leaders in charge of the lead units, then every other."""
    if only:
        return list(people.many(turn.tx, map(PersonId, only)).values())
    known = people.many(turn.tx, issuing.propose_owners(turn.work, topic.lead_units))
    listed = chain(known.values(), people.holding(turn.tx, Role.LEADER))
    return list({one.id: one for one in listed if one.active}.values())


def _unknown(turn: Turn, whom: str) -> Invalid | NotFound:
    """Somebody of the roster who is no leader, or nobody at all."""
    known = people.by_title(turn.tx, whom.lstrip("@＠"))
    if known:
        return Invalid("not_a_leader", title=known[0].title)
    return NotFound("no_such_leader", word=whom.lstrip("@＠")[:20])
