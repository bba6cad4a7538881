"""Drawing what is pushed, at the moment it is sent: is it still true, for whose eyes, in whose language."""

from handlers import texts
from handlers.cards import Card
from handlers.looking import web
from handlers.pushing.announcements import announcement_card
from handlers.pushing.bundle import bundle_card, still_true
from handlers.pushing.digest import digest_card
from handlers.reader import reader
from services.announcing import ANNOUNCEMENT
from services.inviting import MOVED
from services.policy import Policy
from services.pushing import DIGEST
from storage import notices, people
from storage.outbox import Out
from storage.store import Tx


def render(tx: Tx, policy: Policy, out: Out) -> Card | None:
    """The card of whatever is drawn as late as it is sent; None when nothing of it holds any more."""
    if out.kind == ANNOUNCEMENT:
        return announcement_card(tx, policy, out)
    if out.kind == MOVED:
        return Card(lines=(texts.catalogue(policy.language)("strangers.moved"),))
    person = people.get(tx, out.person_id) if out.person_id is not None else None
    if person is None or not person.active:
        return None
    eyes = reader(tx, policy, person)
    if out.kind == web.LINK:
        return web.link_card(eyes)
    if out.kind == DIGEST:
        return digest_card(eyes, out)
    return bundle_card(eyes, out.id, still_true(eyes, notices.of_outbox(tx, out.id)))
