"""Every button, command and open question × everybody: what may be done is what the table says, and no more.

What is expected is worked out in `access_rules` from the table and the town alone. Whatever is refused has
changed nothing: no row of any table that says what is so and no act in the trail; and no word was shown that
is not one's to read.
"""

from collections.abc import Iterable, Iterator
from itertools import cycle, product

import pytest

from handlers.cards import Subject
from handlers.registry import BUTTONS, COMMANDS, DIALOGUES
from handlers.stale import ALWAYS
from storage.store import Store
from tests.databases import Databases
from tests.fakes import HandClock
from tests.handlers.access import Seen, Trial
from tests.handlers.access_beside import BUTTONS_BESIDE, COMMANDS_BESIDE, DIALOGUES_BESIDE
from tests.handlers.access_commands import SAID
from tests.handlers.access_drafts import HARMLESS, PRESSED, SENT, TYPED
from tests.handlers.access_meaning import DIRECTORY, EVERYBODYS, MEASURE, OF_ONE, REQUEST, TOPIC
from tests.handlers.access_rules import Rules, may_act, roles
from tests.handlers.access_town import (
    AIDE,
    ASSIST,
    CO_OWNER,
    DEPUTY,
    EVERYBODY,
    HEAD,
    OFFICE,
    SECRET,
    WORDS,
    build,
)
from tests.handlers.college import MONDAY, found, policy
from tests.handlers.conversation import Conversation
from workflow.measure import MeasureState
from workflow.roles import Role
from workflow.transitions import MEASURE_RULES, TOPIC_RULES, Event

pytestmark = pytest.mark.sqlite("what changes is watched by means of SQLite; the rules are the same")

NOTED = frozenset({"unknown_button", "foreign_button", "stale_button", "seen", "gate"})
"""What may be in the trail although nothing was done: that somebody tried, or looked."""
MOST = 3
"""States of an act in which everybody tries it."""
BY_ROLE = tuple(next(who for who in EVERYBODY if role in roles(who)) for role in Role)
SEATED = (*BY_ROLE, CO_OWNER, ASSIST, AIDE, DEPUTY)
SPECIAL = {"cancel", "chosen", "choose_more", "nudge_all.now", "report.view"}


@pytest.fixture(scope="module")
def trial(databases: Databases) -> Iterator[Trial]:
    store = Store(found(databases.migrated()), HandClock(MONDAY))
    yield Trial(build(Conversation(store, HandClock(MONDAY), policy())))
    store.close()


@pytest.fixture(scope="module")
def rules(trial: Trial) -> Rules:
    return Rules(trial.town)


def nothing_done(seen: Seen) -> bool:
    return not seen.changed and not {*seen.events} - NOTED


def refused(seen: Seen) -> bool:
    return seen.alert and nothing_done(seen)


def test_every_button_command_and_dialogue_has_its_meaning_here() -> None:
    named = [*TOPIC, *MEASURE, *REQUEST, *DIRECTORY, *OF_ONE, *EVERYBODYS, *PRESSED]
    assert sorted({*named, *SPECIAL}) == sorted({*BUTTONS} - BUTTONS_BESIDE)
    assert len(named) == len({*named})
    assert sorted((*TYPED, *HARMLESS)) == sorted({*DIALOGUES} - DIALOGUES_BESIDE)
    assert sorted(SAID) == sorted({*COMMANDS} - COMMANDS_BESIDE)
    assert {*BUTTONS} >= BUTTONS_BESIDE
    assert {*COMMANDS} >= COMMANDS_BESIDE
    assert {*DIALOGUES} >= DIALOGUES_BESIDE
    assert {role for who in BY_ROLE for role in roles(who)} == {*Role}


AGAINST = {"submit_now": {"secret"}}
"""Where the seat would do and something else stands against it: open measures."""


def sample(items: Iterable[str], live: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Everybody where the act is possible at all; elsewhere one person after the other."""
    turns = cycle(EVERYBODY)
    for name in items:
        yield from ((name, who) for who in (EVERYBODY if name in live else (next(turns),)))


@pytest.mark.parametrize("verb", TOPIC)
def test_a_topics_buttons(trial: Trial, rules: Rules, verb: str) -> None:
    town, need = trial.town, TOPIC[verb]
    states = {rule.frm for rule in TOPIC_RULES if rule.event in need.events}
    live = {name for name, topic in town.topics.items() if rules.topic(topic).state in states}
    live &= {"draft", "secret"} if need.events == (Event.VIEW,) else live - {"secret"}
    for name, who in sample(town.topics, frozenset(sorted(live)[:MOST])):
        topic = town.topics[name]
        seen = trial.press(who, verb, (topic, *need.more(town)), about=(Subject.TOPIC, topic))
        may = rules.allowed(who, need.events, topic) and name not in AGAINST.get(verb, ())
        assert not seen.alert if may else refused(seen), (name, who, seen)
        assert rules.views(who, topic) or not seen.shows, (name, who, seen)


@pytest.mark.parametrize("verb", MEASURE)
def test_a_measures_buttons(trial: Trial, rules: Rules, verb: str) -> None:
    town, need = trial.town, MEASURE[verb]
    states = {rule.frm for rule in MEASURE_RULES if rule.event in need.events}
    live = {name for name, item in town.measures.items() if rules.measure(item).state in states}
    live &= {"secret"} if need.events == (Event.VIEW,) else live - {"secret", "resting"}
    for name, who in sample(town.measures, frozenset(live)):
        measure = town.measures[name]
        topic = rules.measure(measure).topic_id
        seen = trial.press(who, verb, (measure, *need.more(town)), about=(Subject.MEASURE, measure))
        may = rules.allowed(who, need.events, topic, measure)
        assert not seen.alert if may else refused(seen), (name, who, seen)
        assert rules.views(who, topic) or not seen.shows, (name, who, seen)


@pytest.mark.parametrize("verb", REQUEST)
def test_a_requests_buttons(trial: Trial, rules: Rules, verb: str) -> None:
    town = trial.town
    for need, who in product(REQUEST[verb], EVERYBODY):
        request = town.ids[need.request]
        seen = trial.press(who, verb, (request, *need.more(town)))
        looks = need.events == (Event.VIEW,)
        may = rules.sees(who, request) if looks else rules.answers(who, request, need.events)
        assert not seen.alert if may else refused(seen), (need.request, who, seen)


@pytest.mark.parametrize("verb", ["request.grant", "request.refuse_now", "request.keep"])
def test_a_decision_on_a_request_of_another_kind_is_nobodys(trial: Trial, verb: str) -> None:
    kinds = {"extension", "reroute", "inquiry"} - {need.request for need in REQUEST[verb]}
    for kind, who in product(sorted(kinds), EVERYBODY):
        assert refused(trial.press(who, verb, (trial.town.ids[kind],))), (kind, who)


@pytest.mark.parametrize("verb", DIRECTORY)
def test_the_directorys_buttons(trial: Trial, verb: str) -> None:
    need, town = DIRECTORY[verb], trial.town
    for who in BY_ROLE:
        seen = trial.press(who, verb, need.args(town))
        may = may_act(who, *need.acts) and not need.missing
        assert not seen.alert if may else refused(seen), (who, seen)
    in_group = trial.press(OFFICE, verb, need.args(town), group=True)
    assert verb.startswith("account.") or refused(in_group), in_group


@pytest.mark.parametrize("verb", OF_ONE)
def test_buttons_that_are_one_persons(trial: Trial, verb: str) -> None:
    whose, offices_too, args = OF_ONE[verb]
    for who in (*BY_ROLE, AIDE):
        seen = trial.press(who, verb, args(trial.town))
        may = who in whose or (offices_too and Role.OFFICE in roles(who))
        assert not seen.alert if may else refused(seen) and not seen.shows, (who, seen)


@pytest.mark.parametrize("verb", EVERYBODYS)
def test_everybodys_own_lists_show_only_what_is_theirs(trial: Trial, rules: Rules, verb: str) -> None:
    """A confidential title is on nobody's list; who sits on no topic sees none."""
    for who in (*BY_ROLE, HEAD, AIDE):
        seen = trial.press(who, verb, EVERYBODYS[verb](trial.town))
        assert not seen.alert, (who, seen)
        assert verb in ("settings.set", "export") or nothing_done(seen), (who, seen)
        assert SECRET not in seen.shows, (who, seen)
        theirs = any(rules.views(who, topic) for topic in trial.town.topics.values())
        assert theirs or not seen.shows, (who, seen)


@pytest.mark.parametrize("verb", PRESSED)
def test_buttons_that_go_on_with_something_kept(trial: Trial, rules: Rules, verb: str) -> None:
    """Whoever lost the seat while the question was open has lost the answer too."""
    left = PRESSED[verb]
    for who in SEATED:
        seen = trial.press(who, verb, left.presses(trial.town), dialogue=left.open(trial.town))
        assert not seen.alert if left.may(rules, who) else refused(seen), (who, seen)
        assert left.may(rules, who) or left.sees(rules, who) or not seen.shows, (who, seen)
    assert refused(trial.press(OFFICE, verb, left.presses(trial.town)))


@pytest.mark.parametrize("name", TYPED)
def test_answers_to_something_kept(trial: Trial, rules: Rules, name: str) -> None:
    left = TYPED[name]
    for who in SEATED:
        seen = trial.say(who, left.words, dialogue=left.open(trial.town))
        assert left.may(rules, who) or nothing_done(seen), (who, seen)
        assert left.may(rules, who) or left.sees(rules, who) or not seen.shows, (who, seen)
        assert not left.may(rules, who) or not nothing_done(seen) or seen.dialogue or seen.said, (who, seen)


@pytest.mark.parametrize("name", SAID)
def test_commands(trial: Trial, rules: Rules, name: str) -> None:
    said = SAID[name]
    topic = (trial.town.topics | trial.town.others)[said.about]
    text = f"/{name} {said.text}".replace("{n}", rules.topic(topic).number)
    for who in BY_ROLE:
        seen = trial.say(who, text, group=said.group)
        if said.events:
            no = int(said.text.partition("}-")[2][:1] or 1)
            measure = trial.town.measures[list(MeasureState)[no - 1]]
            on = (topic, measure) if said.about == "measured" else (topic,)
            may = rules.allowed(who, said.events, *on)
        elif said.drafting:
            may = bool(roles(who) & {Role.CHIEF, Role.OFFICE})
        else:
            may = said.everybodys or may_act(who, *said.acts)
        assert may or (nothing_done(seen) and not seen.dialogue), (who, seen)
        assert not said.events or rules.views(who, topic) or not seen.shows, (who, seen)
        assert seen.said, (who, seen)


def test_evidence_and_reports_open_only_for_those_who_may_see_the_topic(trial: Trial, rules: Rules) -> None:
    for who, report in product(EVERYBODY, ("report", "secret_report")):
        topic = trial.town.topics["secret" if report == "secret_report" else "in_progress"]
        seen = trial.press(who, "report.view", (trial.town.ids[report],))
        assert rules.views(who, topic) is (WORDS in seen.shows), (who, seen)
        assert WORDS not in trial.press(who, "report.view", (trial.town.ids[report],), group=True).shows


def test_a_choice_is_the_press_it_stands_for(trial: Trial, rules: Rules) -> None:
    topic = trial.town.topics["in_progress"]
    for who in EVERYBODY:
        chosen = trial.press(who, "chosen", ("topic.withdraw", topic))
        assert not chosen.alert if rules.allowed(who, (Event.WITHDRAW,), topic) else refused(chosen)
        assert refused(trial.press(who, "choose_more", (0,)))
        assert not trial.press(who, "cancel").alert


def test_pushing_all_that_a_list_showed_pushes_what_one_still_may(trial: Trial, rules: Rules) -> None:
    topic = trial.town.topics["in_progress"]
    draft = {"topics": [topic], "measures": [], **SENT, "mark": "m"}
    for who in EVERYBODY:
        seen = trial.press(who, "nudge_all.now", ("m",), dialogue=("nudge_all", "agree", draft))
        assert ("nudge" in seen.events) is rules.allowed(who, (Event.NUDGE,), topic), (who, seen)
        assert refused(trial.press(who, "nudge_all.now", ("m",)))


@pytest.mark.parametrize("token", ["stale", "foreign", "forged", "forwarded"])
@pytest.mark.parametrize("verbs", [sorted(BUTTONS)[start::4] for start in range(4)])
def test_a_card_that_is_not_ones_own_or_no_longer_true_does_nothing(
    trial: Trial, rules: Rules, token: str, verbs: list[str]
) -> None:
    """Every button, on a card that is old, somebody else's, invented, or from another chat."""
    topic = trial.town.topics["draft"]
    people = cycle(BY_ROLE)
    for verb in verbs:
        if token == "stale" and verb in ALWAYS:
            continue
        who = next(people)
        seen = trial.press(who, verb, (topic,), about=(Subject.TOPIC, topic), token=token)
        assert nothing_done(seen), (verb, who, seen)
        assert {*seen.events} & NOTED, (verb, who, seen)
        assert rules.views(who, topic) or not seen.shows, (verb, who, seen)


@pytest.mark.parametrize("verb", TOPIC)
def test_in_a_group_nothing_confidential_is_said(trial: Trial, verb: str) -> None:
    topic = trial.town.topics["secret"]
    for who in ("党委书记", "外事副院长", "纪委书记"):
        seen = trial.press(who, verb, (topic, *TOPIC[verb].more(trial.town)), group=True)
        assert not seen.shows, (who, seen)
