"""The smallest bot of python-telegram-bot: it repeats what it hears. `python -m bench.echo URL`."""

import sys
from typing import Any

from telegram import Update
from telegram.ext import Application, MessageHandler, filters


async def _echo(update: Update, _: Any) -> None:
    if update.message and update.message.text:
        await update.message.reply_text(update.message.text)


def main() -> None:
    """Poll the Bot API at the given address until killed."""
    app = Application.builder().token("1:bench").base_url(f"{sys.argv[1]}/bot").build()
    app.add_handler(MessageHandler(filters.TEXT, _echo))
    app.run_polling()


if __name__ == "__main__":
    main()
