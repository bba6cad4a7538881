"""Telegram counts text in UTF-16 code units; Python does not. The few places that must agree meet here."""


def length(text: str) -> int:
    """How many UTF-16 code units `text` has: 2 for an emoji, 1 for a Chinese character."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def offset(text: str, index: int) -> int:
    """The UTF-16 offset of the character at Python `index`."""
    return length(text[:index])


def cut(text: str, start: int, size: int) -> str:
    """The part of `text` that `size` units from unit `start` cover."""
    units = text.encode("utf-16-le", "surrogatepass")
    return units[start * 2 : (start + size) * 2].decode("utf-16-le", "replace")
