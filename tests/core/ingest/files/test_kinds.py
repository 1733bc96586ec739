"""A file of a kind that is not read is met with what it is and how it becomes one that is."""

from __future__ import annotations

import io
import zipfile

import pytest

from core.ingest.files.document import read_document
from core.ingest.files.kinds import OLE, unread_kind
from core.ingest.files.table_file import read_tables


def packed(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(name, b"x")
    return stream.getvalue()


def old(stream: str) -> bytes:
    return OLE + bytes(600) + stream.encode("utf-16-le") + bytes(100)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.xls", old("Workbook"), (".xls或.et", "Excel或WPS", "另存为", ".xlsx")),
        ("a.et", old("Workbook"), (".xls或.et", "Excel或WPS", "另存为", ".xlsx")),
        ("a.xlsx", old("Book"), (".xls或.et", "Excel或WPS", "另存为", ".xlsx")),
        ("a.doc", old("WordDocument"), (".doc或.wps", "Word或WPS", ".docx")),
        ("a.wps", old("WordDocument"), (".doc或.wps", "Word或WPS", ".docx")),
        ("a.dps", old("PowerPoint Document"), (".ppt或.dps", ".pptx")),
        ("a.xlsx", old("EncryptedPackage"), ("密码",)),
        ("a.xls", "<html><table><tr><td>街镇</td></tr></table></html>".encode(), ("网页", ".xls", ".xlsx")),
        ("a.xls", "\ufeff<?xml version='1.0'?><Workbook/>".encode(), ("XML", "另存为", ".xlsx")),
        ("a.pdf", b"%PDF-1.7\n", ("PDF", ".xlsx或.docx")),
        ("a.xlsx", b"%PDF-1.7\n", ("PDF", ".xlsx或.docx")),
        ("a.jpg", b"\xff\xd8\xff\xe0", ("图片", ".xlsx")),
        ("a.rar", b"Rar!\x1a\x07", ("压缩包", "解压")),
        ("a.zip", packed("一季度/资金.xlsx", "说明.txt"), ("压缩包", "解压")),
        ("a.ods", packed("mimetype", "content.xml"), ("OpenDocument", ".xlsx")),
        ("a.numbers", packed("Index/Document.iwa"), ("Numbers", "导出", ".xlsx")),
        ("a.ofd", packed("OFD.xml", "Doc_0/Document.xml"), (".ofd",)),
        ("a.rtf", b"{\\rtf1", ("RTF", ".docx")),
    ],
)
def test_each_kind_says_how_it_becomes_one_that_is_read(name: str, content: bytes, words: tuple[str, ...]) -> None:
    (problem,) = read_document(name, content).problems
    assert read_tables(name, content) == ((), (problem,))
    sentence = str(problem.sentence())
    assert [word for word in words if word not in sentence] == []
    assert "损坏" not in sentence


@pytest.mark.parametrize("content", [b"", b"PK", b"PK\x05\x06" + bytes(18), "街镇,户数\n".encode(), b"<", b"\0"])
def test_anything_else_is_left_to_its_reader(content: bytes) -> None:
    assert unread_kind(content) is None
