"""Running ledgers as an office keeps them, brought in by somebody."""

from collections.abc import Sequence
from datetime import date

from handlers.texts.sheets import vocabulary
from services.imports import Assumed, read_ledger
from services.imports_applying import Imported, import_ledger
from storage import topics
from tests.services.conftest import World
from tests.services.sheets import Row, xlsx
from workflow.topic import Topic

HEAD = (
    *("序号", "编号", "问题来源", "问题类型", "问题内容", "整改类型", "整改目标", "整改措施", "责任领导"),
    *("牵头单位", "配合单位", "负责人", "完成时限", "延期后时限", "进展情况", "完成状态", "销号日期", "备注"),
)


def row(**given: object) -> Row:
    """One line of the ledger; what is not given is as usual."""
    usual: dict[str, object] = {
        "问题来源": "联席会议",
        "整改目标": "闭环管理",
        "责任领导": "外事副院长",
        "牵头单位": "国际处",
        "完成时限": date(2026, 6, 30),
        "完成状态": "整改中",
    }
    filled = usual | given
    return [filled.get(heading) for heading in HEAD]


def bring(
    world: World, rows: Sequence[Row], who: str = "clerk", *, dry_run: bool = False, **assumed: object
) -> Imported:
    given = {"issuer_id": world.id("secretary"), **assumed}
    sheet = read_ledger(xlsx(("台账", rows)), "台账.xlsx", vocabulary())
    return world.do(
        who,
        lambda work: import_ledger(work, sheet, Assumed(**given), dry_run=dry_run),  # type: ignore[arg-type]
    )


def topic(world: World, number: str) -> Topic:
    return world.ask(lambda tx: topics.by_number(tx, number))


def wrong(done: Imported) -> list[tuple[str, str]]:
    return [(problem.where, problem.code) for problem in done.problems]
