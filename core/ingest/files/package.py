"""The parts of a workbook's package: which sheets it has and where, its texts, and how its cells show numbers.

Only what values rest on is read. A style that is broken, a property or a name that no program minds is not looked at.
Strict Open XML differs in the names of its namespaces; they are put back to the usual ones before anybody sees them.
Names of parts are compared as the standard has it: without case, and with either stroke.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from functools import cached_property
from types import TracebackType
from typing import IO, Any, NamedTuple, Self

from defusedxml.ElementTree import fromstring, iterparse

_STRICT = (
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main", b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)
_HEAD = 2**16
"""Bytes of a part in which its namespaces are named."""
_WORKBOOK = "xl/workbook.xml"
_TRUE = ("1", "true", "on")


class Sheet(NamedTuple):
    """A worksheet of the workbook."""

    title: str
    part: str
    visible: bool


class NumberStyle(NamedTuple):
    """The number format of a cell style: its code, "" where the file has none for the number."""

    code: str
    number: int


class Package:
    """A workbook that is open. Reading raises what zipfile and the XML parser raise over a broken one."""

    def __init__(self, file: IO[bytes]) -> None:
        self._archive = zipfile.ZipFile(file)
        self._names = {_key(name): name for name in reversed(self._archive.namelist())}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._archive.close()

    def open(self, part: str) -> Part:
        """A part, from its beginning. Raises KeyError when there is none of that name."""
        name = self._names[_key(part)]
        return Part(self._archive.open(name), self._archive.getinfo(name).file_size)

    def _tree(self, part: str) -> Any:
        with self.open(part) as stream:
            return fromstring(_usual(stream.read()))

    @cached_property
    def workbook(self) -> str:
        """The part that lists the sheets; "" when this is no workbook."""
        if "_rels/.rels" in self._names:
            found = (target for kind, target in self._relations("").values() if kind == "officeDocument")
            if (part := next(found, "")) and _key(part).startswith("xl/"):
                return part
        return _WORKBOOK if _WORKBOOK in self._names else ""

    def _relations(self, part: str) -> Mapping[str, tuple[str, str]]:
        """Id -> the last word of the kind, and the part that it leads to."""
        folder, name = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        if _key(rels) not in self._names:
            return {}
        found = {}
        for each in self._tree(rels):
            target = each.get("Target", "").replace("\\", "/")
            whole = target if target.startswith("/") else posixpath.join(folder, target)
            kind = each.get("Type", "").rpartition("/")[2]
            if each.get("TargetMode") != "External":
                found[each.get("Id", "")] = (kind, posixpath.normpath(whole).lstrip("/"))
        return found

    @cached_property
    def _book(self) -> Any:
        return self._tree(self.workbook)

    @property
    def from_1904(self) -> bool:
        """True when days are counted from 1904, as on old Macintoshes."""
        return any(_local(each) == "workbookPr" and each.get("date1904") in _TRUE for each in self._book)

    def sheets(self) -> Iterator[Sheet]:
        """The worksheets in their order. Raises KeyError for one that is listed and not there."""
        relations = self._relations(self.workbook)
        for sheet in (each for each in self._book.iter() if _local(each) == "sheet"):
            id_ = next((value for key, value in sheet.attrib.items() if key.rpartition("}")[2] == "id"), "")
            kind, part = relations.get(id_, ("", ""))
            if kind == "worksheet":
                if _key(part) not in self._names:
                    raise KeyError(part)
                yield Sheet(sheet.get("name", ""), part, sheet.get("state", "visible") == "visible")

    def texts(self) -> list[str]:
        """The texts that cells name by their number."""
        part = self._of_kind("sharedStrings")
        found = []
        if part:
            with self.open(part) as stream:
                for _, element in iterparse(stream):
                    if _local(element) == "si":
                        found.append(text_of(element).replace("x005F_", ""))
                        element.clear()
        return found

    def number_styles(self) -> list[NumberStyle]:
        """The number formats of the cell styles, in their order."""
        part = self._of_kind("styles")
        if not part:
            return []
        styles = self._tree(part)
        codes = {
            _whole(each.get("numFmtId")): each.get("formatCode", "")
            for group in styles
            if _local(group) == "numFmts"
            for each in group
        }
        numbers = (
            _whole(each.get("numFmtId"))
            for group in styles
            if _local(group) == "cellXfs"
            for each in group
            if _local(each) == "xf"
        )
        return [NumberStyle(codes.get(number, ""), number) for number in numbers]

    def _of_kind(self, kind: str) -> str:
        """The part of the workbook that is of a kind; "" when there is none."""
        parts = (part for each, part in self._relations(self.workbook).values() if each == kind)
        return next((part for part in parts if _key(part) in self._names), "")


class Part:
    """A part that is read bit by bit, with the usual namespaces."""

    def __init__(self, stream: IO[bytes], size: int) -> None:
        self._stream, self._size = stream, size
        self._head = _usual(stream.read(_HEAD))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stream.close()

    @property
    def share(self) -> float:
        """The share of it that has been read, 0..1."""
        return min(self._stream.tell() / self._size, 1) if self._size else 1

    def read(self, most: int = -1) -> bytes:
        """So many bytes, or those of the beginning all at once."""
        if self._head:
            head, self._head = self._head, b""
            return head if most >= 0 else head + self._stream.read()
        return self._stream.read(most)


def text_of(element: Any) -> str:
    """The text of a cell or of a text: its own and that of its runs, without what says how it is pronounced."""
    found = []
    for each in element:
        name = _local(each)
        if name == "t":
            found.append(each.text or "")
        elif name == "r":
            found += [part.text or "" for part in each if _local(part) == "t"]
    return "".join(found)


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _usual(part: bytes) -> bytes:
    if b"purl.oclc.org" in part:
        for strict, usual in _STRICT:
            part = part.replace(strict, usual)
    return part


def _whole(text: str | None) -> int:
    return int(text) if text is not None and text.isascii() and text.isdigit() else 0
