"""A Chinese font of this machine: the one that is set, or the best of those in the usual folders.

None is shipped with the house (they are large, and licences differ). Where there is none a picture cannot be
drawn, and whoever asked is told so in words.
"""

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from reports.drawing.sfnt import Face, NotAFont, faces

SIGNS: Final = (
    bytes.fromhex("98869898903e671f7763529e30143015300a300bff0c30025e74670865e5").decode("utf-16-be")
    + "0123456789"
)
"""What a picture cannot do without: 领题逾期督办〔〕《》，。年月日 and digits."""
SUFFIXES: Final = frozenset({".ttf", ".ttc", ".otf", ".otc"})
_KNOWN: Final = (
    r"NotoSans(CJK|SC|CJKsc)",
    r"SourceHanSans",
    r"PingFang",
    r"msyh",
    r"Hiragino ?Sans ?GB",
    r"STHeiti|Heiti",
    r"wqy-",
    r"simhei|Deng",
    r"DroidSansFallback",
    r"NotoSerif(CJK|SC)|SourceHanSerif|simsun|Songti|uming|ukai",
)
_NAMES: Final = tuple(re.compile(name, re.IGNORECASE) for name in _KNOWN)
_SIMPLIFIED: Final = re.compile(r"\b(SC|CN|GB)\b|YaHei")
_LEAST: Final = 500_000  # bytes: no font with the usual Chinese signs is smaller
_DIR: Final = re.compile(r"<dir[^>]*>\s*([^<]+?)\s*</dir>")


class NoFont(Exception):
    """No Chinese font was found; `setting` tells that the one which was set is to blame."""

    def __init__(self, *, setting: bool) -> None:
        super().__init__("no Chinese font")
        self.setting = setting


@dataclass(frozen=True, slots=True)
class Font:
    """What a rasteriser needs: the family's name, and its files (the heavy face's too, if there is one)."""

    family: str
    files: tuple[Path, ...]


def chinese(setting: Path | None = None) -> Font:
    """The font to draw with. `setting` is a file or a folder; without one the machine is searched.

    Found once a process. Raises NoFont, and looks anew the next time.
    """
    return _found(setting)


@cache
def _found(setting: Path | None) -> Font:
    places = [setting] if setting else folders(os.environ)
    for path in _in_order(places):
        try:
            face = _face(path)
        except NotAFont:
            continue
        if face:
            return Font(face.families[0], (path, *_heavier(path, face)))
    raise NoFont(setting=setting is not None)


def folders(env: Mapping[str, str]) -> list[Path]:
    """Where fonts lie: what fontconfig names, and the usual folders of Linux, macOS and Windows."""
    home = Path(env.get("HOME") or env.get("USERPROFILE") or "/")
    data = env.get("XDG_DATA_HOME") or home / ".local/share"
    windows = [Path(env[name]) / tail for name, tail in _WINDOWS if env.get(name)]
    listed = (home / ".fonts", Path(data, "fonts"), *_SHARED, home / "Library/Fonts", *windows)
    return [*dict.fromkeys((*fontconfig(Path("/etc/fonts/fonts.conf"), home), *listed))]


_WINDOWS: Final = (("WINDIR", "Fonts"), ("LOCALAPPDATA", "Microsoft/Windows/Fonts"))
_SHARED: Final = tuple(
    Path(folder)
    for folder in (
        "/usr/share/fonts",
        "/usr/local/share/fonts",
        "/System/Library/Fonts",
        "/Library/Fonts",
        "/System/Library/AssetsV2",  # where newer macOS keeps PingFang
    )
)


def fontconfig(file: Path, home: Path) -> list[Path]:
    """The folders that fontconfig's own file names; none where there is no such file."""
    try:
        text = file.read_text("utf-8", "replace")
    except OSError:
        return []
    named = _DIR.findall(text)
    return [home / name[2:] if name.startswith("~/") else Path(name) for name in named if name[0] in "~/"]


def _in_order(places: Iterable[Path]) -> list[Path]:
    """Font files, those whose name promises most first."""
    paths = dict.fromkeys(path for place in places for path in _files(place))
    return sorted(paths, key=lambda path: (_promise(path), "bold" in path.name.lower(), len(path.name)))


def _files(place: Path) -> Iterator[Path]:
    if place.is_file():
        yield place
        return
    for folder, _, names in os.walk(place):
        for name in sorted(names):
            path = Path(folder, name)
            if path.suffix.lower() in SUFFIXES and path.is_file() and path.stat().st_size >= _LEAST:
                yield path


def _promise(path: Path) -> int:
    return next((no for no, name in enumerate(_NAMES) if name.search(path.name)), len(_NAMES))


def _face(path: Path) -> Face | None:
    """The face of a file that has our signs, simplified forms before the others."""
    able = [face for face in faces(path) if face.families and face.has(SIGNS)]
    return min(able, key=lambda face: not any(map(_SIMPLIFIED.search, face.families)), default=None)


def _heavier(path: Path, face: Face) -> Iterator[Path]:
    """A file beside it with the heavy face of the same family."""
    for other in sorted(path.parent.glob("*")):
        if other == path or other.suffix.lower() not in SUFFIXES or other.name[:4] != path.name[:4]:
            continue
        try:
            found = faces(other)
        except NotAFont:
            continue
        if any(one.bold and set(one.families) & set(face.families) for one in found):
            yield other
            return
