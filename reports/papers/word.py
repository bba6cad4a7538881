"""Fills a Word template with facts: what people typed stays text, whatever it looks like.

The engine behind it is large and seldom needed, so it is loaded with the first paper. A template may be an
office's own: it runs in a sandbox, and a field it asks for that there is not is told by its name.
"""

import re
import zipfile
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

MIME: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
BUILT_IN: Final = Path(__file__).parent / "templates"
SUFFIX: Final = ".docx"
LARGEST: Final = 20_000_000
"""Bytes a template may unpack to."""
_UNFIT: Final = re.compile("[^\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\x7f-\x9f]")
"""What XML cannot hold, and signs the engine would take for the end of a paragraph or page."""
_SPELLING: Final = re.compile(r"(?<=[{%}])_(?=[{%}])")
"""The engine's own way of writing a brace; between braces a sign without width goes before it."""
_APART: Final = "\u200b_"


class TemplateFault(Exception):
    """A template cannot be filled. `code`: unreadable, syntax, field, refused; `detail` names the field."""

    def __init__(self, code: str, file: str, detail: str = "") -> None:
        super().__init__(f"{code}: {file} {detail}")
        self.code, self.file, self.detail = code, file, detail


def chosen(name: str, language: str, own: Path | None) -> list[Path]:
    """Where the template of a paper may lie, the office's own first; the last one always is there."""
    built_in = BUILT_IN / language / f"{name}{SUFFIX}"
    mine = own / built_in.name if own else None
    return [mine, built_in] if mine is not None and mine.is_file() else [built_in]


def write(
    name: str, facts: Any, path: Path, *, language: str, own: Path | None = None
) -> TemplateFault | None:
    """Write a paper from the facts of a dataclass; the fault of the office's own template, where it had one.

    The paper is then made from the one that comes with the house.
    """
    fields = asdict(facts)
    fault = None
    for template in chosen(name, language, own):
        try:
            fill(template, fields, path)
        except TemplateFault as found:
            fault = found
        else:
            return fault
    raise AssertionError(fault)  # the built-in ones are tested with every release


def fill(template: Path, fields: Mapping[str, Any], path: Path) -> None:
    """Fill a template into a new file. Raises TemplateFault."""
    from jinja2 import StrictUndefined, TemplateError, UndefinedError  # noqa: PLC0415
    from jinja2.exceptions import SecurityError  # noqa: PLC0415
    from jinja2.sandbox import ImmutableSandboxedEnvironment  # noqa: PLC0415

    class Unknown(StrictUndefined):
        """A field there is not; its complaint is its name."""

        _undefined_message = property(lambda self: str(self._undefined_name))

    file = template.name
    book = _opened(template)
    try:
        env = ImmutableSandboxedEnvironment(undefined=Unknown, autoescape=True)
        book.render(plain(fields), env, autoescape=True)
        book.save(path)
    except UndefinedError as problem:
        raise TemplateFault("field", file, str(problem)) from problem
    except SecurityError as problem:
        raise TemplateFault("refused", file, str(problem)) from problem
    except TemplateError as problem:
        raise TemplateFault("syntax", file, str(problem)) from problem
    except (ValueError, TypeError, ArithmeticError, SyntaxError, LookupError, AttributeError) as problem:
        raise TemplateFault("unreadable", file) from problem


def plain(value: Any) -> Any:
    """A value whose texts a document can hold: no control signs, nothing the engine has a meaning for."""
    if isinstance(value, str):
        return _SPELLING.sub(_APART, _UNFIT.sub("", value.replace("\r\n", "\n").replace("\t", " ")))
    if isinstance(value, Mapping):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return value


def _opened(template: Path) -> Any:
    """The template, read; its engine is asked only for a file of a sane size."""
    from docx.opc.exceptions import OpcError  # noqa: PLC0415
    from docxtpl import DocxTemplate  # type: ignore[import-untyped]  # noqa: PLC0415

    try:
        with zipfile.ZipFile(template) as archive:
            if sum(part.file_size for part in archive.infolist()) > LARGEST:
                raise TemplateFault("unreadable", template.name)
        book = DocxTemplate(template)
        book.init_docx()
    except (zipfile.BadZipFile, OpcError, KeyError, ValueError, SyntaxError, OSError) as problem:
        raise TemplateFault("unreadable", template.name) from problem
    return book
