"""共同领题: the office says which leaders share a topic; both lists are shown before it counts."""

from handlers import names
from handlers.asking import naming, whom
from handlers.asking.finding import apart, by_number
from handlers.asking.naming import spoken
from handlers.asking.whom import privately
from handlers.cards import Card, rows
from handlers.registry import button, command
from handlers.stamps import about
from handlers.topic_card import topic_card
from handlers.turn import Turn
from services.authorising import authorise
from services.directory_seats import change_seat
from storage import topics
from workflow.errors import Missing
from workflow.roles import PersonId, Role
from workflow.topic import TopicId
from workflow.transitions import Event


@command("co_owners", Role.OFFICE)
def co_owners_command(turn: Turn, rest: str) -> None:
    """`共同领题 017 副书记、后勤副院长`, all of them anew; 无: nobody any more."""
    privately(turn)
    number, said = apart(rest)
    if not number:
        turn.tell("queries.which_number")
        return
    topic = by_number(turn, number)
    authorise(turn.work, topic, Event.REASSIGN)
    wanted = [one for one in _read(turn, said) if one != topic.owner_id]
    say, tx = turn.say, turn.tx
    line = say(
        "roster.co_owners",
        number=topic.number,
        before=names.titles(tx, say, topic.co_owners),
        after=names.titles(tx, say, wanted),
    )
    yes = turn.button("co_owners_now", topic.id, *wanted, label="yes")
    back = turn.button("topic.view", topic.id, label="back")
    turn.reply(Card(lines=(line,), buttons=rows(yes, back), about=about(topic)))


@button("co_owners_now")
def co_owners_now(turn: Turn, topic_id: TopicId, *wanted: PersonId) -> None:
    """Do it."""
    topic = topics.get(turn.tx, topic_id)
    change_seat(turn.work, topic.id, co_owners=wanted)
    turn.toast("roster.done")
    headline = turn.say("roster.reassigned", number=topic.number)
    turn.edit(topic_card(turn, topics.get(turn.tx, topic_id), headline=headline))


def _read(turn: Turn, said: str) -> list[PersonId]:
    """The leaders named, or the one a word means. Raises what is wrong with it."""
    if not said:
        raise Missing("fields_missing", fields=("co_owners",))
    if said in spoken("roster.nobody"):
        return []
    picked = naming.owners(turn.tx).pick(said)
    if picked.unclear or not picked.found:
        return [whom.person(turn.tx, picked.unclear[0].word if picked.unclear else said).id]
    return list(naming.as_people(picked.found))
