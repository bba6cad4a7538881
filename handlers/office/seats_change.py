"""调整席位: the office gives a topic to another leader; both names stand on the card before it counts."""

from handlers import names
from handlers.asking import whom
from handlers.asking.choosing import choose
from handlers.asking.finding import by_number, topic_named
from handlers.asking.whom import privately
from handlers.cards import Card, rows
from handlers.registry import button, command
from handlers.topic_card import topic_card
from handlers.turn import Turn
from services.authorising import authorise
from services.claiming import may_own
from services.directory_seats import change_seat
from services.telling import responsible
from storage import people, topics
from workflow.roles import PersonId, Role
from workflow.topic import TopicId
from workflow.transitions import Event


@command("seat", Role.OFFICE)
def seat_command(turn: Turn, rest: str) -> None:
    """`调整席位 017 @副书记`."""
    privately(turn)
    number, _, said = rest.partition(" ")
    if said.strip():
        proposed(turn, by_number(turn, number).id, whom.person(turn.tx, said.strip()).id)
    elif topic := topic_named(turn, rest, Event.REASSIGN):
        reassign(turn, topic.id)


@button("topic.reassign")
def reassign(turn: Turn, topic_id: TopicId) -> None:
    """Choose the leader."""
    privately(turn)
    topic = topics.get(turn.tx, topic_id)
    authorise(turn.work, topic, Event.REASSIGN)
    fitting = [
        one for one in people.active(turn.tx) if one.id != topic.owner_id and may_own(turn.work, one.id)
    ]
    question = turn.say("roster.which.owner", number=topic.number)
    choose(turn, question, whom.persons(turn, fitting), "reassign_to", topic_id)


@button("reassign_to")
def proposed(turn: Turn, topic_id: TopicId, owner: PersonId) -> None:
    """Before and after, and the question."""
    topic = topics.get(turn.tx, topic_id)
    authorise(turn.work, topic, Event.REASSIGN)
    line = turn.say(
        "roster.reassign",
        number=topic.number,
        before=names.titles(turn.tx, turn.say, responsible(topic)),
        after=names.title(turn.tx, owner),
    )
    yes = turn.button("reassign_now", topic_id, owner, label="yes")
    back = turn.button("topic.view", topic_id, label="back")
    turn.edit(Card(lines=(line,), buttons=rows(yes, back)))


@button("reassign_now")
def reassign_now(turn: Turn, topic_id: TopicId, owner: PersonId) -> None:
    """Do it."""
    topic = change_seat(turn.work, topic_id, owner)
    turn.toast("roster.done")
    turn.edit(topic_card(turn, topic, headline=turn.say("roster.reassigned", number=topic.number)))
