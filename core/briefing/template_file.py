"""A template that somebody brings for a document: looked at before it is opened."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from docx.exceptions import PythonDocxError
from docx.opc.exceptions import OpcError
from pptx.exc import PythonPptxError

from core.errors import Message, RenewalError
from core.ingest.files.kinds import OLE
from core.ingest.files.table_file import BROKEN, FileLimits, packing

MOST_MB = 20
_LIMITS = FileLimits(packed=MOST_MB * 2**20, unpacked=150 * 2**20, xml=40 * 2**20)


class NoTemplate(RenewalError):  # noqa: N818 - it reads as what it is
    """The file cannot be a template: one sentence says why, and what to do."""


@dataclass(frozen=True)
class TemplateKind:
    """A program's templates: what its files are called, and where their main part lies."""

    program: str
    ending: str
    old: str
    macros: tuple[str, ...]
    """Endings of files with macros."""
    blank: str
    """Ending of what the program itself calls a template."""
    main: str
    """Pattern of the main part's name."""


SLIDES = TemplateKind("PowerPoint", ".pptx", ".ppt", (".pptm", ".potm"), ".potx", r"/ppt/presentation\.xml")
PAPER = TemplateKind("Word", ".docx", ".doc", (".docm", ".dotm"), ".dotx", r"/word/document\d*\.xml")


def opened(content: bytes, kind: TemplateKind, read: Callable[[io.BytesIO], Any]) -> Any:
    """Open a template with the library's `read`, if it may be opened. Raises NoTemplate."""
    try:
        wrong = _refused(content, kind)
        if wrong is None:
            return read(io.BytesIO(content))
    except (*BROKEN, PythonPptxError, PythonDocxError, OpcError, zipfile.LargeZipFile):
        wrong = _BROKEN
    raise NoTemplate(Message(wrong.text, {**vars(kind), **wrong.params}))


_BROKEN = Message("模板不是{program}文件（{ending}），或者文件已损坏。请在{program}或WPS中打开并另存为{ending}。")
_PACKING = {
    "locked": Message("模板有密码，无法读取。请取消密码后另存。"),
    "large": Message("模板解压后过大，未读取。请删去图片和无关的内容。"),
    "tight": Message("模板的压缩比异常，未读取。请在{program}或WPS中另存为{ending}后重试。"),
}


def _refused(content: bytes, kind: TemplateKind) -> Message | None:
    if len(content) > _LIMITS.packed:
        return Message("模板超过{most}MB，未读取。请删去图片和无关的内容。", {"most": MOST_MB})
    if content.startswith(OLE):
        return Message("模板是旧格式（{old}）或有密码，无法读取。请取消密码，另存为{ending}。")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        wrong = packing(archive, len(content), _LIMITS)
        if wrong is not None:
            return _PACKING[wrong]
        names = {name.lower().replace("\\", "/") for name in archive.namelist()}
        if any(name.endswith("vbaproject.bin") for name in names):
            return Message("模板含有宏（{macros}），未读取。请另存为不含宏的{ending}。")
        found = _main_type(archive, kind)
    if found.endswith("template.main+xml"):
        return Message("模板是{blank}格式。请在{program}或WPS中打开并另存为{ending}。")
    return None if found else _BROKEN


def _main_type(archive: zipfile.ZipFile, kind: TemplateKind) -> str:
    """The content type of the main part; "" where there is none."""
    types = archive.read("[Content_Types].xml").decode("utf-8", "replace")
    found = re.search(rf'<Override[^>]*"{kind.main}"[^>]*>', types)
    named = re.search(r'ContentType="([^"]*)"', found[0]) if found else None
    return named[1] if named else ""
