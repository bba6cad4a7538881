"""An A4 page as Chinese offices set it: titles, headings, paragraphs, tables, a line to cut along."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from docx import Document
from docx.document import Document as Book
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

PAPER: Final = (Cm(21), Cm(29.7))
WIDE: Final = 15.8  # centimetres between the margins
CENTRE: Final = WD_ALIGN_PARAGRAPH.CENTER
TITLE, BODY, SMALL, CELL, NONE = Pt(22), Pt(16), Pt(10.5), Pt(12), Pt(0)
AIR: Final = Pt(2)
"""Between a cell's text and its border."""
LOW: Final = Cm(0.85)
"""The least height of a row."""
LINE: Final = "＿" * 26
"""A line to write on."""


class Sheet:
    """A document being made; `words` are what is printed on forms, by `form.name`."""

    def __init__(self, words: Mapping[str, Any]) -> None:
        self.words = words
        self.book: Book = Document()
        section = self.book.sections[0]
        section.page_width, section.page_height = PAPER
        section.top_margin = section.bottom_margin = Cm(2.6)
        section.left_margin = section.right_margin = Cm((21 - WIDE) / 2)
        self._style()
        self._run(section.header.paragraphs[0], "{{ college }}", SMALL)
        self._numbered(section.footer.paragraphs[0])

    def title(self, text: str, colour: str = "", size: Any = TITLE) -> None:
        """The name of the paper, centred."""
        paragraph = self._paragraph(CENTRE, after=Pt(8))
        run = self._run(paragraph, text, size, "title")
        run.bold = True
        if colour:
            run.font.color.rgb = RGBColor.from_string(colour)

    def heading(self, text: str) -> None:
        """A heading of a part."""
        paragraph = self._paragraph(before=Pt(6))
        paragraph.paragraph_format.keep_with_next = True
        self._run(paragraph, text, BODY, "head")

    def say(self, text: str, size: Any = BODY, align: Any = None, *, indent: bool = True) -> None:
        """A paragraph, its first line drawn in by two signs."""
        paragraph = self._paragraph(align)
        if indent:
            paragraph.paragraph_format.first_line_indent = size * 2
        self._run(paragraph, text, size)

    def each(self, field: str, hint: str = "", lines: int = 0) -> None:
        """A paragraph for each text of a field; a hint where there is none; lines to write on."""
        self.tag(f"{{%p for line in {field} %}}")
        self.say("{{ line }}")
        self.tag("{%p endfor %}")
        if hint:
            self.tag(f"{{%p if not {field} %}}")
            self.say(f"{{{{ {hint} }}}}", SMALL)
            self.tag("{%p endif %}")
        for _ in range(lines):
            self.say(LINE, indent=False)

    def tag(self, text: str) -> None:
        """A paragraph that is an instruction and vanishes."""
        self._paragraph().add_run(text)

    def cut(self) -> None:
        """Where a receipt is torn off."""
        paragraph = self._paragraph(CENTRE, before=Pt(16), after=Pt(4))
        self._run(paragraph, self.words["cut"], Pt(9))
        line = OxmlElement("w:top")
        for name, value in (("val", "dashed"), ("sz", "8"), ("space", "2"), ("color", "808080")):
            line.set(qn(f"w:{name}"), value)
        border = OxmlElement("w:pBdr")
        border.append(line)
        _after(paragraph._p.get_or_add_pPr(), border)

    def table(self, rows: Iterable[Sequence[str]], widths: Sequence[float]) -> Table:
        """A table of labels and values: in a row of two the value is as wide as all the rest."""
        given = list(rows)
        table = self._grid(len(widths), widths)
        for row in given:
            line = _row(table)
            line.height = LOW
            cells = line.cells
            if len(row) < len(widths):
                cells[1].merge(cells[-1])
            for at, text in enumerate(row):
                self._fill(cells[at], text, label=at == 0 or (at == 2 and len(widths) == 4))
        return table

    def lists(self, head: Sequence[str], rows: str, fields: Sequence[str], widths: Sequence[float]) -> Table:
        """A table with a head that every page repeats and a line for each of `rows`."""
        table = self._grid(len(head), widths)
        for cell, text in zip(_row(table).cells, head, strict=True):
            self._fill(cell, text, label=True, size=SMALL)
        repeated = OxmlElement("w:tblHeader")
        table.rows[0]._tr.get_or_add_trPr().append(repeated)
        _row(table).cells[0].text = f"{{%tr for row in {rows} %}}"
        for cell, field in zip(_row(table).cells, fields, strict=True):
            self._fill(cell, f"{{{{ row.{field} }}}}" if field else "", label=False, size=SMALL)
        _whole(table.rows[2])
        table.rows[0].height = table.rows[2].height = LOW
        _row(table).cells[0].text = "{%tr endfor %}"
        return table

    def _grid(self, columns: int, widths: Sequence[float]) -> Table:
        table: Table = self.book.add_table(rows=0, cols=columns)
        table.style = "Table Grid"
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Cm(width)
        return table

    def _fill(self, cell: _Cell, text: str, *, label: bool, size: Any = CELL) -> None:
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        for at, line in enumerate(text.split("\n")):
            paragraph = cell.paragraphs[0] if at == 0 else cell.add_paragraph()
            paragraph.alignment = CENTRE if label else None
            paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = AIR
            self._run(paragraph, line, size, "head" if label else "body")

    def _paragraph(self, align: Any = None, before: Any = NONE, after: Any = NONE) -> Paragraph:
        paragraph = self.book.add_paragraph()
        paragraph.alignment = align
        paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = before, after
        return paragraph

    def _run(self, paragraph: Paragraph, text: str, size: Any, face: str = "body") -> Run:
        run = paragraph.add_run(text)
        run.font.size = size
        _faced(run.font, run._element.get_or_add_rPr(), self.words[f"font.{face}"])
        return run

    def _style(self) -> None:
        style = self.book.styles["Normal"]
        style.font.size = BODY
        _faced(style.font, style.element.get_or_add_rPr(), self.words["font.body"])

    def _numbered(self, paragraph: Paragraph) -> None:
        paragraph.alignment = CENTRE
        before, after = self.words["page"]
        self._run(paragraph, before, SMALL)
        run = self._run(paragraph, "", SMALL)
        for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
            part = OxmlElement("w:fldChar" if kind else "w:instrText")
            if kind:
                part.set(qn("w:fldCharType"), kind)
            else:
                part.text = text
            run._element.append(part)
        self._run(paragraph, after, SMALL)


def _faced(font: Any, properties: Any, face: str) -> None:
    """The same face for Latin and for Chinese signs, which Word keeps apart."""
    font.name = face
    properties.get_or_add_rFonts().set(qn("w:eastAsia"), face)


def _row(table: Any) -> Any:
    return table.add_row()


def _after(properties: Any, border: Any) -> None:
    """A border where the schema wants it, before what spaces and aligns the paragraph."""
    follow = ("w:shd", "w:spacing", "w:ind", "w:jc")
    known = [child for name in follow for child in properties.findall(qn(name))]
    properties.insert(min((properties.index(child) for child in known), default=len(properties)), border)


def _whole(row: Any) -> None:
    """A row that no page break cuts."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
