"""Text on its way into a table of somebody's office program, where a cell that begins like a formula is one.

Whatever a person typed may begin so, by malice or not. An apostrophe in front makes it text again, in .xlsx
and .csv alike, and also when the file is saved once more.
Source: https://owasp.org/www-community/attacks/CSV_Injection
"""

import re
from typing import Final

_FORMULA: Final = re.compile(r"[\s\x00-\x1f\u200b\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20|%]|[\t\r\n]")
_NUMBER: Final = re.compile(r"[+-]?\d+(?:[.,]\d+)*\s?%?")


def defused(text: str) -> str:
    """The text as a cell may hold it; a plain number stays a number."""
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text
