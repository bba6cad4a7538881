"""setWebhook and its kin."""

from bot.sandbox.methods.table import Call, method
from bot.sandbox.methods.updates import remember_allowed
from bot.sandbox.updates import BY_WEBHOOK
from bot.sandbox.webhooks import Webhook, checked


@method("setWebhook")
def set_webhook(call: Call) -> object:
    """Post updates to an address on this machine from now on; an empty url takes the webhook away."""
    url = call.params.text("url")
    if not url:
        return delete_webhook(call)
    secret, connections = call.params.text("secret_token"), call.params.number("max_connections", 40)
    webhook = checked(Webhook(call.bot.id, url, secret, min(max(connections, 1), 100)))
    remember_allowed(call)
    _drop_pending(call)
    call.telegram.mail(call.bot.id).interrupt(BY_WEBHOOK)
    call.telegram.webhooks.keep(webhook)
    call.telegram.bell.ring("webhook", {"bot": call.bot.id})
    return True


@method("deleteWebhook")
def delete_webhook(call: Call) -> object:
    """Back to getUpdates."""
    _drop_pending(call)
    call.telegram.webhooks.keep(Webhook(call.bot.id, ""))
    call.telegram.bell.ring("webhook", {"bot": call.bot.id})
    return True


@method("getWebhookInfo")
def get_webhook_info(call: Call) -> object:
    """Where updates go, how many wait, and what went wrong last."""
    bot = call.telegram.registry.bots[call.bot.id]
    body = call.telegram.webhooks.of(bot.id).info(call.telegram.pending(bot.id))
    return body | {"allowed_updates": list(bot.allowed)} if bot.allowed is not None else body


def _drop_pending(call: Call) -> None:
    if call.params.flag("drop_pending_updates"):
        mail = call.telegram.mail(call.bot.id)
        for update in mail.first(len(mail))[-1:]:
            mail.confirm(update["update_id"] + 1)
