"""How files leave this server: always as downloads, never as pages."""

from urllib.parse import quote


def disposition(name: str) -> dict[str, str]:
    """The header that makes a browser save the file under its own name, whatever alphabet that is in."""
    plain = "".join(
        letter if (letter.isascii() and letter.isalnum()) or letter in "._-" else "_" for letter in name
    )
    return {
        "Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    }
