"""A file is what its content says: real small files under their own and under others' names, and two in one."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from core.ingest.files.kept_kinds import ENDINGS, MOST_BYTES, PICTURES, bare_name, wrong_content
from tests.core.small_files import DOCX, PPTX, PROGRAM, XLSX, old_office, package, pdf, picture

PDF, PNG, JPEG = pdf(), picture("png"), picture("jpeg")
HTML = b"<html><script>alert(1)</script></html>"
ARCHIVE = package("a.txt")
TEXT = "编号,金额\n甲,12.50\n"
OF_A_KIND: dict[str, bytes] = {
    "pdf": PDF, "png": PNG, "jpg": JPEG, "jpeg": JPEG, "docx": DOCX, "xlsx": XLSX, "pptx": PPTX,
    "doc": old_office("WordDocument"), "xls": old_office("Workbook"), "ppt": old_office("PowerPoint Document"),
    "csv": TEXT.encode("utf-8-sig"), "txt": TEXT.encode("gb18030"),
}  # fmt: skip


def why(name: str, content: bytes) -> str:
    found = wrong_content(name, content)
    return "" if found is None else str(found)


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_file_that_is_what_its_name_says_is_taken(ending: str) -> None:
    assert why(f"批复.{ending}", OF_A_KIND[ending]) == ""
    assert why(f"批复.{ending.upper()}", OF_A_KIND[ending]) == ""


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("other", ENDINGS)
def test_no_kind_is_taken_for_another(ending: str, other: str) -> None:
    same = {ending, other} <= {"jpg", "jpeg"} or {ending, other} <= {"csv", "txt"} or ending == other
    assert (why(f"a.{ending}", OF_A_KIND[other]) == "") == same


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.exe", PROGRAM, "类型不能作为佐证"),
        ("a", PDF, "类型不能作为佐证"),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "类型不能作为佐证"),
        ("a.pdf", b"", "是空的"),
        ("a.pdf", PDF + bytes(MOST_BYTES), "超过20MB"),
        ("a.pdf", PROGRAM, "可执行程序"),
        ("a.txt", PROGRAM, "可执行程序"),
        ("a.png", b"\x7fELF\x02\x01\x01", "可执行程序"),
        ("a.txt", b"#!/bin/sh\nrm -rf /\n", "可执行程序"),
        ("a.pdf", HTML, "网页或脚本"),
        ("a.png", b"\xef\xbb\xbf \n<!DOCTYPE html><p>x", "网页或脚本"),
        ("a.jpg", b"<?xml version='1.0'?><svg onload='alert(1)'/>", "网页或脚本"),
        ("a.txt", b"text, then\n" + b" " * 2000 + b"<SCRIPT src=x>", "网页或脚本"),
        ("a.xls", b"<html><table><tr><td>1</td></tr></table>", "网页或脚本"),
        ("a.pdf", b"%PDF-1.7\n" + HTML, "网页或脚本"),
        ("a.pdf", b"GIF89a" + PDF, "夹带"),
        ("a.pdf", b"\r\n" + PDF, "夹带"),
        ("a.pdf", PDF + HTML, "网页或脚本"),
        ("a.pdf", PDF + b"\n%" + bytes(1024) + HTML, "夹带"),
        ("a.pdf", PDF + ARCHIVE, "夹带"),
        ("a.pdf", PDF + package("a.txt", comment=b"%%EOF"), "夹带"),
        ("a.jpg", JPEG + ARCHIVE, "夹带"),
        ("a.jpg", JPEG + bytes(1024) + HTML, "夹带"),
        ("a.jpg", JPEG[:20] + PDF, "夹带"),
        ("a.png", PNG + ARCHIVE, "夹带"),
        ("a.png", PNG + HTML, "网页或脚本"),
        ("a.png", PNG + b"x", "夹带"),
        ("a.docx", DOCX + b"x", "夹带"),
        ("a.docx", package("[Content_Types].xml", "word/document.xml", comment=b"MZ"), "夹带"),
        ("a.png", PNG[:60], "打不开"),
        ("a.jpg", b"\xff\xd8\xff\xe0...", "打不开"),
        ("a.docx", package("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "含有宏"),
        ("a.xls", old_office("Workbook", "_VBA_PROJECT"), "含有宏"),
        ("a.xlsx", old_office("EncryptedPackage"), "有密码"),
        ("a.doc", old_office("SummaryInformation"), "内容与文件类型不符"),
        ("a.docx", b"PK\x03\x04", "内容与文件类型不符"),
        ("a.docx", ARCHIVE, "内容与文件类型不符"),
        ("a.pdf", b"MZ", "内容与文件类型不符"),
        ("a.txt", TEXT.encode("utf-16"), "不是UTF-8"),
        ("a.txt", b"a\x00b", "不是UTF-8"),
    ],
)
def test_what_is_something_else_or_two_things_is_refused(name: str, content: bytes, said: str) -> None:
    assert said in why(name, content)
    assert f"《{name}》" in why(name, content)


def test_a_text_may_begin_with_the_letters_of_a_program_and_hold_a_sign_of_less() -> None:
    assert why("a.txt", b"MZ-01, 12 < 13\n") == ""


def test_only_pictures_are_taken_where_a_picture_is_asked_for() -> None:
    assert wrong_content("a.png", PNG, PICTURES) is None
    assert "不是图片" in str(wrong_content("a.pdf", PDF, PICTURES))


def test_a_name_comes_without_its_folders() -> None:
    assert bare_name("C:\\资料\\批复.pdf ") == "批复.pdf"
    assert bare_name("/tmp/批复.pdf") == "批复.pdf"


_STARTS = {
    "pdf": b"%PDF-", "png": b"\x89PNG", "jpg": b"\xff\xd8\xff", "docx": b"PK\x03\x04", "xlsx": b"PK\x03\x04",
    "xls": b"\xd0\xcf\x11\xe0",
}  # fmt: skip


@settings(max_examples=60)
@given(prefix=st.binary(min_size=1, max_size=64), ending=st.sampled_from(sorted(_STARTS)))
def test_whatever_stands_before_a_file_makes_no_file_of_it(prefix: bytes, ending: str) -> None:
    for other, content in OF_A_KIND.items():
        given_ = prefix + content
        assume(not given_.startswith(_STARTS[ending]))
        assert wrong_content(f"a.{ending}", given_) is not None, other
    for other in ("pdf", "png", "jpg", "docx"):
        assert wrong_content("a.txt", prefix + OF_A_KIND[other]) is not None, other


@settings(max_examples=60)
@given(
    content=st.binary(max_size=200), ending=st.sampled_from(ENDINGS), start=st.sampled_from(list(OF_A_KIND.values()))
)
def test_no_content_raises(content: bytes, ending: str, start: bytes) -> None:
    wrong_content(f"a.{ending}", content)
    wrong_content(f"a.{ending}", start[:40] + content)
