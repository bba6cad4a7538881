"""What every page stands in: its place on the board, its reader's language, and the templates.

Whatever a template fills in is text and becomes no markup (autoescape); a name it is not given is an error.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from importlib.resources import files
from typing import Any, Final
from urllib.parse import urlencode

from handlers.reader import Reader
from handlers.texts import LANGUAGES, Catalogue, catalogue
from workflow.topic import TopicId

NAV: Final = ("overview", "ledger", "meetings", "mine")
PATHS: Final[Mapping[str, str]] = {"overview": "/"}
"""Where a page of the navigation lies, if not under its name."""
ASSETS: Final[Mapping[str, str]] = {
    "board.css": "text/css",
    "screen.js": "text/javascript",
    "seal.svg": "image/svg+xml",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page stands: `root` is the board's own path ("" at the top), `path` the page's below it."""

    root: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)

    def to(self, path: str, **query: object) -> str:
        """The address of another page of the board; empty values are left out."""
        asked = urlencode({name: value for name, value in query.items() if value not in ("", None, False)})
        return f"{self.root}{path}" + (f"?{asked}" if asked else "")

    @property
    def here(self) -> str:
        """This page's own address below the root, to come back to."""
        asked = urlencode(self.query)
        return f"{self.path}?{asked}" if asked else self.path


@dataclass(frozen=True, slots=True)
class Page:
    """A page, drawn. `seen` is the confidential topic whose content it shows."""

    body: str
    seen: TopicId | None = None


def draw(reader: Reader, place: Place, name: str, **values: Any) -> str:
    """A page of the board for somebody who is in."""
    nav = [(one, place.to(PATHS.get(one, f"/{one}"))) for one in NAV]
    frame = {"nav": nav, "me": reader.actor.title, "as_of": reader.dates.clock(reader.tx.now)}
    return _drawn(reader.say, reader.policy.college, place, name, {**frame, **values})


def door(say: Catalogue, college: str, place: Place, **values: Any) -> str:
    """The page outside: a way in, or why there is none."""
    return _drawn(say, college, place, "door", values)


def asset(name: str) -> bytes:
    """A file the pages need. Raises KeyError for any other."""
    if name not in ASSETS:
        raise KeyError(name)
    return (files(__package__) / name).read_bytes()


def other_language(language: str) -> tuple[str, str]:
    """The language one may change to, and its name in itself."""
    other = next(code for code in LANGUAGES if code != language)
    return other, catalogue(other).words(f"settings.value.{other}")[0]


def _drawn(say: Catalogue, college: str, place: Place, name: str, values: Mapping[str, Any]) -> str:
    common = {
        "say": say,
        "college": college,
        "place": place,
        "page": name,
        "other": other_language(say.language),
    }
    return str(_templates().get_template(f"{name}.html").render({**common, **values}))


@cache
def _templates() -> Any:
    """Loaded when the first page is drawn: most processes draw none."""
    jinja2 = import_module("jinja2")
    return jinja2.Environment(
        loader=jinja2.PackageLoader("handlers.pages"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
