"""getFile: where a bot may fetch what was sent to it."""

from bot.sandbox.depot import DOWNLOAD_LIMIT, described
from bot.sandbox.errors import bad
from bot.sandbox.methods.table import Call, method


@method("getFile")
def get_file(call: Call) -> object:
    """The path of a file of up to 20 MB."""
    id = call.params.text("file_id")
    if not id:
        raise bad("file_id not specified")
    file = call.telegram.depot.find(id)
    if file is None or not file.serves(call.bot.id):
        raise bad("invalid file_id")
    if file.size > DOWNLOAD_LIMIT:
        raise bad("file is too big")
    return described(file)
