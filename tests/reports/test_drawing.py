"""Pictures: nothing is cut, nothing speaks by colour alone, every sign is drawn and not boxed."""

import re
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Final
from xml.etree import ElementTree

import pytest

from handlers.texts import catalogue
from reports.drawing import fonts, svg
from reports.drawing.board import MOST_UNITS, PANELS, Board, chart, picture, sentences
from reports.drawing.fonts import Font
from reports.drawing.raster import png
from reports.drawing.timeline import Course, Mark, Shape
from reports.drawing.timeline import picture as course_picture
from reports.figures import Figures, Month, Period, Stage, StageCount, StateCount, UnitCount, Week
from tests.handlers.college import policy
from workflow.roles import UnitId
from workflow.topic import TopicState

SVG: Final = "{http://www.w3.org/2000/svg}"
NOW: Final = datetime(2026, 11, 22, 1, 30, tzinfo=UTC)
LONG: Final = "马克思主义学院第一教工党支部暨思想政治理论课教学科研部"
BUSY: Final = 9_999
NAMES: Final = ("国际处", LONG, "Office of International Cooperation and Exchange")


def board(most: int, *, language: str = "zh", units: int = 3, admonished: int | None = 1) -> Board:
    """A board whose numbers are at most so large."""
    monday = date(2026, 11, 16)
    figures = Figures(
        at=NOW,
        period=Period(date(2025, 12, 1), date(2026, 11, 22)),
        states=tuple(StateCount(state, most) for state in (*TopicState,)[2:]),
        overdue=most,
        weeks=tuple(
            Week(monday + timedelta(weeks=no), monday + timedelta(weeks=no, days=6), most, most * (no % 2))
            for no in range(8)
        ),
        units=tuple(UnitCount(UnitId(no), NAMES[no % 3], most, most) for no in range(units)),
        stages=tuple(StageCount(s, admonished if s is Stage.ACCOUNTED else most) for s in Stage),
        months=tuple(Month(date(2025 + (11 + n) // 12, (11 + n) % 12 + 1, 1), most, n) for n in range(12)),
    )
    words = catalogue(language)
    return Board(figures, words("board.scope.all"), words, policy())


def lines(drawn: str) -> list[tuple[float, float, float, str]]:
    """Every text: where it begins and ends, its baseline, the words."""
    root = ElementTree.fromstring(drawn)
    found = []

    def walk(node: ElementTree.Element, down: float) -> None:
        shift = re.match(r"translate\(0 ([\d.]+)\)", node.get("transform", ""))
        down += float(shift[1]) if shift else 0
        if node.tag == f"{SVG}text":
            words, x = node.text or "", float(node.get("x", 0))
            wide = svg.width_of(words, float(node.get("font-size", 0)))
            left = x - {"start": 0.0, "middle": wide / 2, "end": wide}[node.get("text-anchor", "start")]
            found.append((left, left + wide, down + float(node.get("y", 0)), words))
        for child in node:
            walk(child, down)

    walk(root, 0)
    return found


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("most", [0, 1, BUSY])
def test_nothing_on_the_board_is_cut_or_written_over(most: int, language: str) -> None:
    drawn = picture(board(most, language=language))
    found = lines(drawn)

    assert all(left >= 0 and right <= svg.WIDTH for left, right, _, _ in found), found
    height = float(ElementTree.fromstring(drawn).get("height", 0))
    assert max(baseline for _, _, baseline, _ in found) < height
    by_line: dict[float, list[tuple[float, float, float, str]]] = {}
    for one in found:
        by_line.setdefault(one[2], []).append(one)
    for on_it in by_line.values():
        for before, after in pairwise(sorted(on_it)):
            assert before[1] <= after[0] + 8, (before, after)


def test_the_board_stays_a_photo_however_many_units_are_late() -> None:
    drawn = picture(board(3, units=120))
    height = float(ElementTree.fromstring(drawn).get("height", 0))
    assert height + svg.WIDTH <= 10_000
    assert f"另有{120 - MOST_UNITS}个部门" in drawn
    said = sentences(board(3, units=120))[2]
    assert said.count("国际处") == 40, "the sentence names them all"


def test_numbers_and_words_stand_beside_every_bar() -> None:
    words = {text for *_, text in lines(picture(board(7)))}
    assert {"待领题", "整改中", "待核验", "已销号", "已撤题", "其中逾期", "7"} <= words
    assert {"问题梳理", "责任分解", "工作联动", "压力传导", "监督考评", "责任追究"} <= words
    assert {"议题7 措施7", "本周", "11月23日起", "12月", "2025", "2026"} <= words


def test_what_a_reader_may_not_know_is_neither_drawn_nor_said() -> None:
    hidden = board(7, admonished=None)
    assert "按权限查看" in picture(hidden)
    assert "责任追究" not in sentences(hidden)[3]


def test_each_panel_can_stand_alone_and_says_itself_in_words() -> None:
    shown = board(2)
    for name, said in zip(PANELS, sentences(shown), strict=True):
        root = ElementTree.fromstring(chart(shown, name))
        assert root.get("role") == "img"
        assert root.findtext(f"{SVG}desc") == said
    assert "逾期：国际处议题2 措施2、" in sentences(shown)[2]
    assert sentences(board(0, units=0))[2] == "目前没有逾期的事项。"


def test_what_people_typed_is_never_markup() -> None:
    mark = Mark(NOW, Shape.REPORT, "11月22日", "<b>&amp;", '"><script>')
    drawn = course_picture(Course("2026-001《<i>》", [], [mark], "此前3条未画"))
    texts = [text for *_, text in lines(drawn)]
    assert {"<b>&amp;", '"><script>', "2026-001《<i>》", "此前3条未画"} <= {*texts}


def test_a_control_sign_somebody_typed_does_not_keep_the_picture_from_being_drawn() -> None:
    mark = Mark(NOW, Shape.REPORT, "11月22日", "已\x00办\x1b结\ufffe")
    drawn = course_picture(Course("2026-001《出\x0b国》", [], [mark], ""))
    texts = [text for *_, text in lines(drawn)]
    assert {"已办结", "2026-001《出国》"} <= {*texts}


def test_text_is_broken_between_words_and_never_before_a_stop() -> None:
    assert svg.wrapped("因公出国管理内控制度不完善》", 50, 650) == ["因公出国管理内控制度不完", "善》"]
    assert svg.wrapped("awaiting verification now", 20, 120, most=2) == ["awaiting", "verifica…"]
    assert svg.cut("国际处", 30, 90) == "国际处"
    assert svg.cut("国际处", 30, 20) == "…"


@pytest.fixture(scope="module")
def font() -> Font:
    try:
        return fonts.chinese()
    except fonts.NoFont:
        pytest.skip("no Chinese font")


def test_chinese_signs_are_drawn_each_in_its_own_shape(font: Font) -> None:
    """A missing glyph would be drawn as nothing, or as the same box for all."""
    from_text = {sign: _png(sign, font) for sign in "领题逾期督办〔〕《》"}
    assert len({*from_text.values()}) == len(from_text)
    assert _png(" ", font) not in from_text.values()
    assert _png("\U00100000", font) not in from_text.values()


def _png(sign: str, font: Font) -> bytes:
    return png(svg.document([svg.Panel(80, svg.text(10, 60, sign, 50))], ""), font)
