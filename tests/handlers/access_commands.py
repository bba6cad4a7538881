"""What every command means, said once more: which right it takes, and on what."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from services.administering import Act
from workflow.transitions import Event as E


@dataclass(frozen=True, slots=True)
class Said:
    """A command: `{n}` is the number of the item, `about` the item's name in the town.

    Without events it is a right over the directory, of whoever may draft, or everybody's.
    """

    text: str = ""
    events: tuple[E, ...] = ()
    about: str = "in_progress"
    acts: tuple[Act, ...] = ()
    drafting: bool = False
    everybodys: bool = False
    group: bool = False


EVERYBODYS: Final = Said(everybodys=True)
ROSTER: Final = (Act.PEOPLE,)
SAID: Final[Mapping[str, Said]] = {
    "absence": Said("", everybodys=True),
    "aide": Said("", everybodys=True),
    "acknowledge": EVERYBODYS,
    "amend": Said("{n} 目标再具体些", (E.AMEND,), "confirming"),
    "answer": Said("{n} 已经完成", (E.ANSWER,), "inquired"),
    "authorise": Said("", drafting=True),
    "bind": Said("", acts=(Act.GROUPS,), group=True),
    "cancel": EVERYBODYS,
    "claim": Said("{n}", (E.CLAIM,), "issued"),
    "close": Said("{n}", (E.CLOSE,), "submitted"),
    "co_owners": Said("{n} 副书记", (E.REASSIGN,)),
    "confirm": Said("{n}", (E.CONFIRM,), "confirming"),
    "confirm_done": Said("{n}-3", (E.CONFIRM_DONE,), "measured"),
    "decide": Said("{n} 不同意 理由不足", (E.REFUSE_EXTENSION,), "asked"),
    "decline": Said("{n}", (E.DECLINE,), "issued"),
    "decompose": Said("{n} 国际处修订办法，6月10日前", (E.DECOMPOSE,)),
    "delivery": Said("", acts=(Act.DELIVERY,)),
    "done": Said("{n}-2 办好了", (E.REPORT_DONE,), "measured"),
    "enter_for": Said("{n} 国际处处长 电话 已完成清理", acts=(Act.LEDGER,)),
    "export": EVERYBODYS,
    "extend": Said("{n} 7月30日 等待招标", (E.ASK_EXTENSION,)),
    "find": Said("标题", everybodys=True),
    "grant": Said("{n}", (E.GRANT_EXTENSION,), "asked"),
    "help": EVERYBODYS,
    "import": Said("", acts=(Act.ROSTER,)),
    "import_roster": Said("", acts=(Act.ROSTER,)),
    "import_topics": Said("", acts=(Act.LEDGER,)),
    "inquire": Said("{n} 为何没有动静", (E.INQUIRE,)),
    "invite": Said("新来的人", acts=(Act.INVITE,)),
    "leave": Said("新来的人", acts=(Act.LEAVE,)),
    "let_pass": Said("修订信访接待制度", acts=(Act.LEDGER,)),
    "list": EVERYBODYS,
    "measures": Said("{n}", (E.VIEW,)),
    "mine": EVERYBODYS,
    "new": Said("新的议题 目标 改好", drafting=True),
    "nudge": Said("{n} 请报进展", (E.NUDGE,)),
    "nudge_all": Said("", acts=(Act.LEDGER,)),
    "opine": Said("{n} 材料齐全", (E.OPINE,), "submitted"),
    "overdue": EVERYBODYS,
    "people": Said("新来的人", acts=ROSTER),
    "recall": Said("{n}", (E.RECALL,), "submitted"),
    "receive": Said("{n}-1", (E.RECEIVE,), "measured"),
    "refuse": Said("{n} 理由不足", (E.REFUSE_EXTENSION,), "asked"),
    "reopen": Said("{n}", (E.REOPEN,), "closed"),
    "report": Said("{n} 有新的进展", (E.REPORT, E.COMMENT)),
    "reroute": Said("{n} 后勤副院长", (E.REROUTE,)),
    "return": Said("{n}", (E.RETURN,), "submitted"),
    "seat": Said("{n} 后勤副院长", (E.REASSIGN,)),
    "settings": EVERYBODYS,
    "start": EVERYBODYS,
    "submit": Said("{n} 已经完成", (E.SUBMIT,)),
    "topic": Said("{n}", (E.VIEW,)),
    "unbind": Said("", acts=(Act.GROUPS,), group=True),
    "units": Said("国际处", acts=(Act.UNITS,)),
    "unknown": EVERYBODYS,
    "verify": Said("{n}", (E.CLOSE,), "submitted"),
    "whoami": EVERYBODYS,
    "withdraw_authority": Said("", drafting=True),
    "withdraw": Said("{n} 与别的重复", (E.WITHDRAW,)),
}
