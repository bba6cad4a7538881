"""Makes the built-in templates anew: `python -m reports.papers.templates.make`.

What is printed on a form is read from `handlers/texts/*/forms.toml`; which facts stand where is told here, by
the names of the fields that `reports/papers` fills.
"""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from docx.shared import Cm, Pt

from reports.papers.templates.sheet import CELL, LINE, SMALL, WIDE, Sheet

HERE: Final = Path(__file__).parent
TEXTS: Final = HERE.parents[2] / "handlers" / "texts"
LANGUAGES: Final = ("zh", "en")
COLOURS: Final = {"yellow": "BF9000", "orange": "C55A11", "red": "C00000"}
FOUR: Final = (2.9, 5.0, 2.9, 5.0)
HEADINGS: Final = ("politics", "governing", "integrity", "honesty")
GRADES: Final = ("good", "fairly", "fair", "poor", "blank")


def slip(sheet: Sheet) -> None:
    """督办单, with the receipt to tear off."""
    label = _labels(sheet, "slip")
    sheet.title(label("title"))
    sheet.table(
        [
            (label("matter"), "{{ matter }}"),
            (label("number"), "{{ number }}", label("issued_on"), "{{ issued_on }}"),
            (label("content"), "{{ content }}"),
            *_pairs(label, "issuer", "owners", "co_owners", "attachments", "deadline", "cycle"),
            *_pairs(label, "lead_units", "assist_units", "contact", "phone"),
        ],
        FOUR,
    )
    sheet.cut()
    sheet.title(label("receipt"), size=Pt(16))
    receipt = sheet.table(
        [
            (label("number"), "{{ number }}", label("matter"), "{{ matter }}"),
            (label("done"), ""),
            (label("reason"), ""),
            (label("signed"), "", label("stamp"), sheet.words["seal"]),
        ],
        FOUR,
    )
    _heights(receipt, {1: 4.6, 2: 3.2, 3: 1.6})


def warning(colour: str) -> Callable[[Sheet], None]:
    """One of the three coloured papers."""

    def make(sheet: Sheet) -> None:
        label = _labels(sheet, "warning")
        sheet.title(label(colour), COLOURS[colour])
        table = sheet.table(
            [
                (label("number"), "{{ number }}", label("issued_on"), "{{ issued_on }}"),
                (label("topic"), "{{ topic }}", label("deadline"), "{{ deadline }}"),
                (label("matter"), "{{ matter }}"),
                *_pairs(label, "owners", "lead_units", "late", "reminders"),
                (label("basis"), "{{ basis }}"),
                (label(f"asked_{colour}"), ""),
                (label("contact"), "{{ contact }}"),
            ],
            FOUR,
        )
        _heights(table, {6: 3.4})
        sheet.cut()
        sheet.title(label("receipt"), size=Pt(16))
        receipt = sheet.table(
            [
                (label("number"), "{{ number }}", label("topic"), "{{ topic }}"),
                (label("reason"), ""),
                (label("plan"), ""),
                (label("signed"), "", label("stamp"), sheet.words["seal"]),
            ],
            FOUR,
        )
        _heights(receipt, {1: 3.0, 2: 3.0, 3: 1.6})

    return make


def circular(sheet: Sheet) -> None:
    """督办通报: a period's facts."""
    label = _labels(sheet, "circular")
    sheet.title(label("title"))
    sheet.say("{{ period }}", CELL, indent=False, align=1)
    sheet.heading(label("figures"))
    sheet.say("{{ summary }}")
    table = sheet.table(
        [
            ("", label("count"), label("numbers")),
            *((label(n), f"{{{{ {n}_count }}}}", f"{{{{ {n} }}}}") for n in ("issued", "closed", "in_hand")),
        ],
        (2.4, 2.0, 11.4),
    )
    assert table
    sheet.heading(label("overdue"))
    sheet.tag("{%p if overdue %}")
    fields = ("unit", "number", "matter", "owners", "deadline", "late")
    sheet.lists([label(name) for name in fields], "overdue", fields, (2.4, 2.7, 3.3, 2.3, 3.3, 1.8))
    sheet.say(label("note"), SMALL, indent=False)
    sheet.tag("{%p endif %}")
    sheet.tag("{%p if not overdue %}")
    sheet.say("{{ none_overdue }}")
    sheet.tag("{%p endif %}")
    sheet.say("{{ note }}", SMALL, indent=False)
    sheet.say("{{ office }}", CELL, align=2)
    sheet.say("{{ today }}", CELL, align=2)


def summary(sheet: Sheet) -> None:
    """What was done under one of the three duties in a year (art. 20)."""
    label = _labels(sheet, "summary")
    sheet.title("{{ title }}")
    sheet.say(sheet.words["draft"], SMALL, indent=False)
    for part in ("overall", "closed", "in_hand", "duties"):
        sheet.heading(label(part))
        sheet.each(part, "hint")
    sheet.heading(label("more"))
    for _ in range(4):
        sheet.say(LINE, indent=False)


def own(sheet: Sheet) -> None:
    """A leader's draft under the four headings of art. 21."""
    label = _labels(sheet, "own")
    sheet.title("{{ title }}")
    sheet.say("{{ person }}", CELL, align=1, indent=False)
    sheet.say(sheet.words["draft"], SMALL, indent=False)
    for part in (*HEADINGS, "problems", "measures", "plans"):
        sheet.heading(label(part))
        sheet.each(part, "hint", lines=2)
    sheet.say(label("signed"), CELL, align=2)


def agenda(sheet: Sheet) -> None:
    """会议议程."""
    label = _labels(sheet, "agenda")
    sheet.title(label("title"))
    sheet.table(
        [
            (label("sort"), "{{ sort }}"),
            *_pairs(label, "at", "place"),
            (label("topics"), "{{ topics }}"),
            (label("present"), "{{ present }}"),
            (label("observers"), "{{ observers }}"),
            *_pairs(label, "attachments", "approved"),
        ],
        FOUR,
    )
    sheet.say("", SMALL)
    fields = ("no", "topic", "speaker", "units", "minutes", "papers")
    sheet.lists([label(name) for name in fields], "rows", fields, (1.2, 5.2, 2.8, 2.8, 2.0, 1.8))


def minutes(sheet: Sheet) -> None:
    """会议纪要."""
    label = _labels(sheet, "minutes")
    sheet.title("{{ sort }}")
    sheet.title(label("title"), size=Pt(18))
    sheet.table(
        [
            *_pairs(label, "at", "place", "chair", "scribe"),
            (label("present"), "{{ present }}"),
            (label("observers"), "{{ observers }}"),
            (label("absent"), "{{ absent }}"),
        ],
        FOUR,
    )
    sheet.say("", SMALL)
    fields = ("no", "decided", "owner", "unit", "deadline", "number")
    sheet.lists([label(name) for name in fields], "rows", fields, (1.2, 4.4, 2.2, 2.2, 3.3, 2.5))
    sheet.say("", SMALL)
    sheet.say(label("signed"), CELL, indent=False)


def admonition(sheet: Sheet) -> None:
    """约谈提醒记录: outline and demands stay blank, for handwriting."""
    label = _labels(sheet, "admonition")
    sheet.title(label("title"))
    signs = f"{label('talker_signs')}\n\n{label('person_signs')}"
    table = sheet.table(
        [
            *_pairs(label, "number", "form", "talkers", "person", "unit", "post"),
            (label("sort"), ""),
            (label("cause"), "{{ cause }}"),
            *_pairs(label, "at", "place"),
            (label("scribe"), "", label("follow_up"), "{{ follow_up }}"),
            (label("outline"), ""),
            (label("asked"), ""),
            (label("result"), "{{ result }}"),
            (label("signed"), signs),
        ],
        FOUR,
    )
    _heights(table, {7: 4.4, 8: 3.6, 10: 2.0})


def self_check(sheet: Sheet) -> None:
    """自查自纠表: four questions (art. 19)."""
    label = _labels(sheet, "self_check")
    sheet.title(label("title"))
    sheet.say("{{ who }}", CELL, indent=False)
    fields = ("no", "question", "own", "checked", "problem", "facts")
    widths = (1.2, 3.4, 1.9, 1.9, 3.6, 3.8)
    sheet.lists([label(name) for name in fields], "rows", fields, widths)
    sheet.say("", SMALL)
    head = [label(name) for name in ("no", "measure", "owner", "deadline")]
    sheet.lists(head, "rows", ("no", "measure", "owner", "deadline"), (1.2, 8.0, 3.2, 3.4))
    sheet.say("", SMALL)
    _heights(sheet.table([(label("unit"), sheet.words["seal"])], (2.9, 12.9)), {0: 1.6})


def appraisal(sheet: Sheet) -> None:
    """评议结果表: a sheet for each seat, in the fixed order."""
    label = _labels(sheet, "appraisal")
    sheet.title(label("title"))
    sheet.tag("{%p for one in counts %}")
    sheet.say("{{ one.mark }}", CELL, indent=False)
    names = ("person", "voters", "present", "issued", "returned", "valid")
    pairs = [
        (label(a), f"{{{{ one.{a} }}}}", label(b), f"{{{{ one.{b} }}}}")
        for a, b in zip(names[::2], names[1::2], strict=True)
    ]
    sheet.table(pairs, FOUR)
    head = [label("heading"), *(f"{label(g)}\n{label('people')}／{label('share')}" for g in GRADES)]
    sheet.lists(head, "one.rows", ("heading", *GRADES), (3.8, 2.4, 2.4, 2.4, 2.4, 2.4))
    sheet.say("", SMALL)
    sheet.tag("{%p endfor %}")
    sheet.say(f"{label('teller')}：{LINE[:8]}", CELL, indent=False)
    sheet.say(label("note"), SMALL, indent=False)


FORMS: Final[dict[str, Callable[[Sheet], None]]] = {
    "slip": slip,
    **{colour: warning(colour) for colour in COLOURS},
    "circular": circular,
    "summary": summary,
    "own": own,
    "agenda": agenda,
    "minutes": minutes,
    "admonition": admonition,
    "self_check": self_check,
    "appraisal": appraisal,
}


def make(folder: Path) -> None:
    """Write every template of every language into a folder."""
    for language in LANGUAGES:
        words = tomllib.loads((TEXTS / language / "forms.toml").read_text("utf-8"))
        (folder / language).mkdir(parents=True, exist_ok=True)
        for name, draw in FORMS.items():
            sheet = Sheet(_flat(words))
            draw(sheet)
            sheet.book.save(str(folder / language / f"{name}.docx"))


def _labels(sheet: Sheet, form: str) -> Callable[[str], str]:
    return lambda name: str(sheet.words[f"{form}.{name}"])


def _pairs(label: Callable[[str], str], *names: str) -> list[tuple[str, ...]]:
    """Two labels and their fields a row."""
    cells = [(label(name), f"{{{{ {name} }}}}") for name in names]
    return [(*left, *right) for left, right in zip(cells[::2], cells[1::2], strict=True)]


def _heights(table: Any, rows: dict[int, float]) -> None:
    """The least height of some rows, in centimetres: room to write in."""
    for at, height in rows.items():
        table.rows[at].height = Cm(height)


def _flat(words: dict[str, Any]) -> dict[str, Any]:
    tables = {name: value for name, value in words.items() if isinstance(value, dict)}
    below = {f"{name}.{key}": value for name, table in tables.items() for key, value in table.items()}
    return {name: value for name, value in words.items() if name not in tables} | below


if __name__ == "__main__":
    assert WIDE
    make(HERE)
