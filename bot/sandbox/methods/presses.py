"""The answer to a pressed button."""

from bot.sandbox import utf16
from bot.sandbox.errors import bad
from bot.sandbox.methods.table import Call, method
from bot.sandbox.presses import Answer

TOAST_LIMIT = 200


@method("answerCallbackQuery")
def answer_callback_query(call: Call) -> object:
    """A toast, an alert, or silence; once, and in time."""
    text = call.params.text("text")
    if utf16.length(text) > TOAST_LIMIT:
        raise bad("MESSAGE_TOO_LONG")
    if not call.params.text("callback_query_id"):
        raise bad("callback_query_id is empty")
    answer = Answer(text or None, call.params.flag("show_alert"), call.params.text("url") or None)
    press = call.telegram.presses.answer(call.bot.id, call.params.text("callback_query_id"), answer)
    toast = {"person": press.person, "message_id": press.message_id, "bot": press.bot}
    call.telegram.bell.ring("toast", toast | {"text": answer.text, "alert": answer.alert})
    return True
