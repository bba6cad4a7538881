"""The smallest bot of python-telegram-bot: it repeats what it hears, and redraws what is pressed.

`python -m bench.echo URL`.
"""

import sys
from typing import Any

from telegram import Update
from telegram.ext import Application, CallbackQueryHandler, MessageHandler, filters


async def _echo(update: Update, _: Any) -> None:
    if update.message and update.message.text:
        await update.message.reply_text(update.message.text)


async def _redraw(update: Update, _: Any) -> None:
    if update.callback_query:
        await update.callback_query.answer()
        await update.callback_query.edit_message_text(f"{update.callback_query.data}")


def main() -> None:
    """Poll the Bot API at the given address until killed."""
    app = Application.builder().token("1:bench").base_url(f"{sys.argv[1]}/bot").build()
    app.add_handler(MessageHandler(filters.TEXT, _echo))
    app.add_handler(CallbackQueryHandler(_redraw))
    app.run_polling()


if __name__ == "__main__":
    main()
