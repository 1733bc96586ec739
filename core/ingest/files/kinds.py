"""Files of kinds that are not read, each with the sentence that says how it becomes one that is.

A kind shows in the first bytes and in the names of the parts, never in the file's own name.
"""

from __future__ import annotations

import io
import zipfile

from core.errors import Message

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The first bytes of what Office and WPS wrote before .docx and .xlsx, and of files with a password."""
_STARTS = (
    (
        (b"%PDF",),
        Message(
            "这是PDF文件，其中的表格不能直接读取。请导入原来的.xlsx或.docx；没有的，在WPS中用“PDF转Excel”转换，核对后导入。"
        ),
    ),
    (
        (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM\x00", b"II*\x00", b"MM\x00*"),
        Message("这是图片，其中的数字不能读取。请导入原来的.xlsx或.docx。"),
    ),
    (
        (b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b"),
        Message("这是压缩包。请先解压，再导入其中的.docx、.xlsx或.csv文件。"),
    ),
    ((b"{\\rtf",), Message("这是RTF文件。请用Word或WPS打开，在“文件—另存为”中选.docx，再导入另存的文件。")),
)
_ARCHIVE = Message("这是压缩包。请先解压，再导入其中的.docx、.xlsx或.csv文件。")
_WEB = Message(
    "这是网页（HTML）或XML格式的文件，名称以.xls结尾的也可能是。请用Excel或WPS打开，在“文件—另存为”中选.xlsx，再导入另存的文件。"
)
_OPEN = Message(
    "这是OpenDocument文件（.ods、.odt）。请用Excel、Word或WPS打开，在“文件—另存为”中选.xlsx或.docx，再导入另存的文件。"
)
_NUMBERS = Message("这是苹果的Numbers或Pages文件。请在其中用“文件—导出为”导出.xlsx或.docx，再导入导出的文件。")
_OFD = Message("这是版式文件（.ofd），其中的表格不能直接读取。请导入原来的.xlsx或.docx。")
_LOCKED = Message("文件有密码，无法读取。请取消密码后另存。")
_OLD_WORD = Message("这是旧版文字文件（.doc或.wps）。请用Word或WPS打开，在“文件—另存为”中选.docx，再导入另存的文件。")
_OLD_SLIDES = Message("这是旧版演示文件（.ppt或.dps）。请用PowerPoint或WPS打开，在“文件—另存为”中选.pptx。")
_OLD_EXCEL = Message("这是旧版表格文件（.xls或.et）。请用Excel或WPS打开，在“文件—另存为”中选.xlsx，再导入另存的文件。")
_OLD = (("EncryptedPackage", _LOCKED), ("WordDocument", _OLD_WORD), ("PowerPoint Document", _OLD_SLIDES))
_SHOWN = 4096
"""Bytes of a text in which its marks are looked for."""


def unread_kind(content: bytes) -> Message | None:
    """What to do with a file of a kind that is not read; None: it is no such file. Never raises."""
    if content.startswith(OLE):
        return next((said for stream, said in _OLD if stream.encode("utf-16-le") in content), _OLD_EXCEL)
    if content.startswith(b"PK"):
        return _packed(content)
    if (found := next((said for starts, said in _STARTS if content.startswith(starts)), None)) is not None:
        return found
    start = content[:_SHOWN].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return _WEB if start.startswith((b"<html", b"<!doctype", b"<table", b"<meta", b"<head", b"<?xml")) else None


def _packed(content: bytes) -> Message | None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = {name.lower().replace("\\", "/") for name in archive.namelist()}
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return None  # what it was meant to be nobody can say: its reader calls it damaged
    if "ofd.xml" in names:
        return _OFD
    if "content.xml" in names and "mimetype" in names:
        return _OPEN
    if any(name.endswith(".iwa") for name in names):
        return _NUMBERS
    office = any(name.startswith(("xl/", "word/", "ppt/", "[content_types]", "_rels/")) for name in names)
    return None if office or not names else _ARCHIVE
