"""Kinds of the files that are kept and given back: a file is what its content says, whatever its name says.

What is two things at once (a PDF behind a web page, a picture with an archive after it) is refused: one program would
show the one, another would run the other.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Collection, Mapping
from typing import cast

from core.errors import Message
from core.ingest.files.kinds import OLE

_OFFICE = "application/vnd.openxmlformats-officedocument."
MEDIA_TYPES: Mapping[str, str] = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "docx": f"{_OFFICE}wordprocessingml.document",
    "xlsx": f"{_OFFICE}spreadsheetml.sheet",
    "pptx": f"{_OFFICE}presentationml.presentation",
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "ppt": "application/vnd.ms-powerpoint",
    "csv": "text/csv",
    "txt": "text/plain",
}
ENDINGS = tuple(MEDIA_TYPES)
"""Endings of the files that are taken."""
PICTURES = ("png", "jpg", "jpeg")
"""Endings of the pictures among them."""
MOST_BYTES = 20 * 1024 * 1024
"""Bytes of a file."""
_MOST_PARTS = 5000
_PARTS = {"docx": "word/", "xlsx": "xl/", "pptx": "ppt/"}
_STREAMS = {"doc": ("WordDocument",), "xls": ("Workbook", "Book"), "ppt": ("PowerPoint Document",)}
_PDF = b"%PDF-"
_LOOKED = 1024
"""Bytes at the beginning in which a reader of PDF looks for its mark, and browsers for a page."""
_PROGRAMS = (
    b"\x7fELF", b"#!", b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf", b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",
)  # fmt: skip
_PAGE = re.compile(rb"<(?:script|iframe|html|svg|!doctype)[\s>]", re.IGNORECASE)
_BEGINS_PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s*<[a-z!?/]", re.IGNORECASE)
# Without <svg, which a large picture may hold by chance.
_PAGE_IN_PICTURE = re.compile(rb"<(?:script|iframe|html|!doctype)[\s>]", re.IGNORECASE)
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufffe\uffff]")

_PROGRAM = Message("内容是可执行程序")
_WEB = Message("内容是网页或脚本（HTML、SVG）")
_MIXED = Message("除了名称所说的文件，还夹带着别的内容")
_MACROS = Message("含有宏")
_LOCKED = Message("有密码，内容无法核对")
_OTHER = Message("内容与文件类型不符")
_NO_LETTERS = Message("不是UTF-8或GB18030编码的文本")


def bare_name(name: str) -> str:
    """The name without folders, as a browser or a person gives it."""
    return name.replace("\\", "/").rpartition("/")[2].strip()


def ending_of(name: str) -> str:
    """The ending of a name, in small letters."""
    return name.rpartition(".")[2].lower()


def wrong_content(name: str, content: bytes, taken: Collection[str] = ENDINGS) -> Message | None:
    """Say why a file is not taken, of those endings that are; None: it is what its name says. Never raises."""
    ending, known = ending_of(name), {"name": name}
    if ending not in taken:
        if taken == PICTURES:
            return Message("《{name}》不是图片，请上传png或jpg。", known)
        return Message("《{name}》的类型不能作为佐证；可用PDF、图片（png、jpg）、Office文档和文本（csv、txt）。", known)
    if not content:
        return Message("《{name}》是空的。", known)
    if len(content) > MOST_BYTES:
        return Message("《{name}》超过20MB，请压缩或拆分后再存。", known)
    why = _foreign(content) or _CHECKS[ending](ending, content)
    if why is not None:
        params = known | {"why": why}
        return Message("《{name}》{why}，未存入。请用原软件打开确认后另存，再上传另存的文件。", params)
    if ending in PICTURES and not _opens(ending, content):
        return Message("《{name}》打不开，可能已损坏。请换一张照片。", known)
    return None


def _foreign(content: bytes) -> Message | None:
    """What is never taken, under any name."""
    # "MZ" alone may begin a text.
    if content.startswith(_PROGRAMS) or (content.startswith(b"MZ") and b"\0" in content[:_LOOKED]):
        return _PROGRAM
    if _BEGINS_PAGE.match(content) or _PAGE.search(content[:_LOOKED]):
        return _WEB
    if not content.startswith(_PDF) and _PDF in content[:_LOOKED]:
        return _MIXED
    return None


def _pdf(_: str, content: bytes) -> Message | None:
    if not content.startswith(_PDF):
        return _OTHER
    end, behind = content.rpartition(b"%%EOF")[1:]
    mixed = _has_archive(content) or (end and behind.strip(b"\0\x1a \t\r\n"))
    return _MIXED if mixed else None


def _png(_: str, content: bytes) -> Message | None:
    if not content.startswith(b"\x89PNG\r\n\x1a\n"):
        return _OTHER
    at = 8
    while at + 12 <= len(content):
        kind = content[at + 4 : at + 8]
        at += 12 + int.from_bytes(content[at : at + 4])
        if kind == b"IEND":
            break
    return _MIXED if len(content) > at else _beside(content)


def _jpeg(_: str, content: bytes) -> Message | None:
    if not content.startswith(b"\xff\xd8\xff"):
        return _OTHER
    # Telephones write more pictures, or a film, behind the first one: that alone is nothing odd.
    return _beside(content)


def _beside(picture: bytes) -> Message | None:
    return _MIXED if _has_archive(picture) or _PAGE_IN_PICTURE.search(picture) else None


def _has_archive(content: bytes) -> bool:
    return zipfile.is_zipfile(io.BytesIO(content))


def _opens(ending: str, content: bytes) -> bool:
    from PIL import Image  # only here: few files are pictures, and the library is large

    try:
        with Image.open(io.BytesIO(content), formats=["PNG" if ending == "png" else "JPEG"]) as found:
            found.draft("RGB", (1, 1))  # the least that JPEG gives: its data are read whichever way
            found.load()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return False
    return True


def _office(ending: str, content: bytes) -> Message | None:
    if content.startswith(OLE):
        return _LOCKED if _has_stream(content, "EncryptedPackage") else _OTHER
    if not content.startswith(b"PK\x03\x04"):
        return _OTHER
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = [name.lower() for name in archive.namelist()]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return _OTHER
    inside = any(name.startswith(_PARTS[ending]) for name in names)
    if "[content_types].xml" not in names or not inside or len(names) > _MOST_PARTS:
        return _OTHER
    if any(name.endswith("vbaproject.bin") for name in names):
        return _MACROS
    # The list of an archive's parts is its end: what follows, also as its comment, is something else.
    return None if content[-22:-18] == b"PK\x05\x06" else _MIXED


def _old_office(ending: str, content: bytes) -> Message | None:
    if not content.startswith(OLE) or not any(_has_stream(content, name) for name in _STREAMS[ending]):
        return _OTHER
    return _MACROS if _has_stream(content, "_VBA_PROJECT") else None


def _has_stream(content: bytes, name: str) -> bool:
    return name.encode("utf-16-le") in content


def _text(_: str, content: bytes) -> Message | None:
    text = _decoded(content)
    if text is None or _NO_TEXT.search(text) or _PDF in content:
        return _NO_LETTERS
    return _WEB if _PAGE.search(content) else None


def _decoded(content: bytes) -> str | None:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


_CHECKS = cast(
    "Mapping[str, Callable[[str, bytes], Message | None]]",
    {
        "pdf": _pdf, "png": _png, "jpg": _jpeg, "jpeg": _jpeg,
        **dict.fromkeys(_PARTS, _office), **dict.fromkeys(_STREAMS, _old_office),
        "csv": _text, "txt": _text,
    },
)  # fmt: skip
"""What each kind asks of the content, by the ending."""
