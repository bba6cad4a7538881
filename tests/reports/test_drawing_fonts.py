"""A Chinese font is found wherever a machine keeps one; what is none, or lacks our signs, is passed over."""

import struct
from pathlib import Path

import pytest

from reports.drawing import fonts
from reports.drawing.fonts import SIGNS, NoFont, chinese, folders
from reports.drawing.sfnt import NotAFont, faces

ROOM = bytes(600_000)
"""No Chinese font is small; these are as large as the smallest."""


def names(family: str, *, record: int = 1) -> bytes:
    text = family.encode("utf-16-be")
    header = struct.pack(">HHH", 0, 2, 6 + 24)
    mac = struct.pack(">6H", 1, 0, 0, record, len(text), 0)
    return header + mac + struct.pack(">6H", 3, 1, 0x409, record, len(text), 0) + text


def groups(signs: str) -> bytes:
    """A `cmap` with one subtable of format 12, and one of a format nobody asks for."""
    codes = sorted(map(ord, signs))
    table = struct.pack(">HHIII", 12, 0, 16 + 12 * len(codes), 0, len(codes))
    table += b"".join(struct.pack(">III", code, code, 1) for code in codes)
    head = (
        struct.pack(">HH", 0, 2) + struct.pack(">HHI", 3, 10, 20) + struct.pack(">HHI", 1, 0, 20 + len(table))
    )
    return head + table + struct.pack(">H", 6)


def segments(signs: str) -> bytes:
    """The same of format 4."""
    codes = [*sorted(map(ord, signs)), 0xFFFF]
    half = f">{len(codes)}H"
    parts = struct.pack(">7H", 4, 0, 0, 2 * len(codes), 0, 0, 0)
    parts += struct.pack(half, *codes) + b"\0\0" + struct.pack(half, *codes)
    return struct.pack(">HH", 0, 1) + struct.pack(">HHI", 3, 1, 12) + parts


def face(tables: dict[bytes, bytes], start: int = 0) -> bytes:
    at = start + 12 + 16 * len(tables)
    head, body = b"\0\1\0\0" + struct.pack(">HHHH", len(tables), 0, 0, 0), b""
    for tag, content in tables.items():
        head += tag + struct.pack(">III", 0, at + len(body), len(content))
        body += content
    return head + body


def font(family: str, cmap: bytes, *, weight: int = 400) -> bytes:
    return face({b"cmap": cmap, b"name": names(family), b"OS/2": struct.pack(">HhH", 4, 0, weight)}) + ROOM


def collection(*families: str) -> bytes:
    start = 12 + 4 * len(families)
    made: list[bytes] = []
    offsets = []
    for family in families:
        offsets.append(start + sum(map(len, made)))
        made.append(face({b"cmap": groups(SIGNS), b"name": names(family)}, offsets[-1]))
    return b"ttcf" + struct.pack(f">II{len(families)}I", 0, len(families), *offsets) + b"".join(made) + ROOM


def test_a_font_tells_its_name_and_its_signs(tmp_path: Path) -> None:
    for cmap in (groups(SIGNS), segments(SIGNS)):
        path = tmp_path / "one.ttf"
        path.write_bytes(font("Song One", cmap, weight=700))
        [found] = faces(path)
        assert found.families == ("Song One",)
        assert found.has(SIGNS)
        assert not found.has("龘")
        assert found.bold
    path.write_bytes(face({b"head": b""}))
    [empty] = faces(path)
    assert (empty.families, empty.has("a"), empty.bold) == ((), False, False)


def test_what_is_no_font_is_said_to_be_none(tmp_path: Path) -> None:
    whole = font("Song One", groups(SIGNS))
    for name, content in (
        ("text.ttf", b"hello"),
        ("empty.ttf", b""),
        ("broken.ttf", whole[:40]),
        ("cut.ttc", b"ttcf" + struct.pack(">II", 0, 3)),
    ):
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises(NotAFont):
            faces(path)
    with pytest.raises(NotAFont):
        faces(tmp_path / "absent.ttf")


def test_the_best_font_of_a_folder_is_taken_and_its_heavy_face_with_it(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    for name, content in (
        ("aaa.ttf", font("Latin Only", groups("abc"))),
        ("bad.ttf", b"\0\1\0\0" + ROOM),
        ("wqy-zenhei.ttc", font("WenQuanYi Zen Hei", groups(SIGNS))),
        ("sub/NotoSansCJK-Regular.ttc", collection("Noto Sans CJK JP", "Noto Sans CJK SC")),
        ("sub/NotoSansCJK-Bold.ttc", font("Noto Sans CJK SC", groups(SIGNS), weight=700)),
        ("sub/NotoSansCJK-Black.ttc", b"none" + ROOM),
        ("sub/NotoSansMono.txt", b"words"),
        ("small.ttf", b"\0\1\0\0"),
    ):
        (tmp_path / name).write_bytes(content)
    (tmp_path / "gone.ttf").symlink_to(tmp_path / "nowhere.ttf")
    found = chinese(tmp_path)

    assert found.family == "Noto Sans CJK SC", "simplified forms go before Japanese ones"
    assert [path.name for path in found.files] == ["NotoSansCJK-Regular.ttc", "NotoSansCJK-Bold.ttc"]


def test_a_font_that_is_named_is_taken_whatever_it_is_called(tmp_path: Path) -> None:
    path = tmp_path / "college.ttf"
    path.write_bytes(font("College Hei", segments(SIGNS)))
    assert chinese(path).family == "College Hei"


def test_without_a_font_it_is_told_who_is_to_blame(tmp_path: Path) -> None:
    with pytest.raises(NoFont) as problem:
        chinese(tmp_path)
    assert problem.value.setting
    with pytest.raises(NoFont):
        chinese(tmp_path / "absent")
    (tmp_path / "now.ttf").write_bytes(font("Now Here", groups(SIGNS)))
    assert chinese(tmp_path).family == "Now Here", "it is looked for anew"


def test_every_kind_of_machine_is_searched(tmp_path: Path) -> None:
    linux = folders({"HOME": "/u/li", "XDG_DATA_HOME": "/data"})
    assert {Path("/usr/share/fonts"), Path("/u/li/.fonts"), Path("/data/fonts")} <= {*linux}
    assert {Path("/System/Library/Fonts"), Path("/u/li/Library/Fonts")} <= {*linux}
    windows = folders({"USERPROFILE": "C:/Users/li", "WINDIR": "C:/Windows", "LOCALAPPDATA": "C:/Local"})
    assert {Path("C:/Windows/Fonts"), Path("C:/Local/Microsoft/Windows/Fonts")} <= {*windows}
    assert folders({})

    listed = tmp_path / "fonts.conf"
    listed.write_text('<dir>/opt/fonts</dir><dir prefix="xdg">fonts</dir><dir> ~/.more </dir>', "utf-8")
    named = fonts.fontconfig(listed, Path("/u/li"))
    assert named == [Path("/opt/fonts"), Path("/u/li/.more")]
    assert fonts.fontconfig(tmp_path / "absent", tmp_path) == []
