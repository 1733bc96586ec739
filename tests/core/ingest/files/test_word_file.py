"""Word reports: what people see in them, and files that are not what they say."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from core.ingest.files.document import Document, read_document
from tests.core.ingest.report_file import Cell, W, docx, paragraph, report, table


def sentence(name: str, content: bytes) -> str:
    document = read_document(name, content)
    assert document.tables == ()
    (problem,) = document.problems
    return str(problem.sentence()).removeprefix(f"《{name}》：")


def read(*blocks: str) -> Document:
    document = read_document("a.docx", docx(*blocks))
    assert document.problems == ()
    return document


def test_merged_cells_hold_their_text_once() -> None:
    rows = [
        [Cell("甲", width=2), "乙"],
        [Cell("上", down="restart"), "1", Cell("左", width=1, down="restart")],
        [Cell(down="continue"), "2", Cell(down="continue")],
        ["下", "3", "四"],
    ]
    (found,) = read(table(rows)).tables
    assert found.lines == {
        1: {1: "甲", 3: "乙"},
        2: {1: "上", 2: "1", 3: "左"},
        3: {2: "2"},
        4: {1: "下", 2: "3", 3: "四"},
    }
    assert found.merged == {(1, 2): (1, 1), (3, 1): (2, 1), (3, 3): (2, 3)}
    assert [found.over(row, 1) for row in (1, 2, 3, 4)] == ["甲", "上", "上", "下"]


def test_spaces_stay_in_the_raw_text_only() -> None:
    (found,) = read(table([["a ", "\u3000b"], ["c", ""]])).tables
    assert [found.own(1, 1), found.own(1, 2), found.own(2, 2)] == ["a", "b", ""]
    assert [found.raw(1, 1), found.raw(1, 2), found.raw(2, 1)] == ["a ", "\u3000b", "c"]


def test_paragraphs_know_their_section_and_tables_what_stands_above() -> None:
    document = read_document("a.docx", report(["标题"], ["（二）绩效目标", "1、总目标", "(1)其一", "四、问题", "正文"]))
    assert [(each.section, each.text) for each in document.paragraphs] == [
        ("", "标题"),
        ("一", "一、项目情况"),
        ("一（一）", "（一）项目概况。"),
        ("一（一）5", "5、资金使用情况"),
        ("一（一）5", "2023年度申港、夏港区域老小区改造项目资金明细表"),
        ("一（一）5", "单位：万元"),
        ("一（一）5", "注：支出截至2024年12月31日。"),
        ("一（一）6", "6、改造情况"),
        ("一（一）6", "项目受益明细表"),
        ("一（二）", "（二）绩效目标"),
        ("一（二）1", "1、总目标"),
        ("一（二）1(1)", "(1)其一"),
        ("四", "四、问题"),
        ("四", "正文"),
    ]
    money, homes = document.tables
    assert (money.sheet, money.section, money.above[-1]) == ("表1", "一（一）5", "单位：万元")
    assert (homes.sheet, homes.section, homes.above) == (
        "表2",
        "一（一）6",
        ("注：支出截至2024年12月31日。", "6、改造情况", "项目受益明细表"),
    )


def test_a_list_that_begins_again_inside_a_chapter_opens_none() -> None:
    document = read(
        *map(paragraph, ["五、建议", "（一）推进", "一、拆除", "(1)其一", "二、维修", "六、附", "十二、完"])
    )
    sections = [each.section for each in document.paragraphs]
    assert sections == ["五", "五（一）", "五（一）", "五（一）(1)", "五（一）(1)", "六", "十二"]


def test_deleted_text_and_text_boxes_are_not_read_and_inserted_text_is() -> None:
    inner = (
        "<w:p><w:r><w:t>甲</w:t><w:tab/></w:r><w:del><w:r><w:delText>旧</w:delText><w:t>旧</w:t></w:r></w:del>"
        "<w:ins><w:r><w:t>新</w:t><w:br/><w:t>行</w:t></w:r></w:ins>"
        "<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent></w:pict></w:r></w:p>"
    )
    wrapped = f"<w:sdt><w:sdtContent>{inner}{table([['一', '二']])}</w:sdtContent></w:sdt>"
    document = read(wrapped)
    assert [each.text for each in document.paragraphs] == ["甲\t新\n行"]
    assert document.tables[0].lines == {1: {1: "一", 2: "二"}}


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
LINK = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="file:///x" '
    'TargetMode="External"/></Relationships>'
)
LAUGHS = f'<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><w:document {W}><w:body>&b;</w:body></w:document>'

OLD_WORD = "这是旧版文字文件（.doc或.wps）。请用Word或WPS打开，在“文件—另存为”中选.docx，再导入另存的文件。"
OLD_EXCEL = "这是旧版表格文件（.xls或.et）。请用Excel或WPS打开，在“文件—另存为”中选.xlsx，再导入另存的文件。"
PDF = "这是PDF文件，其中的表格不能直接读取。请导入原来的.xlsx或.docx；没有的，在WPS中用“PDF转Excel”转换，核对后导入。"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.docx", b"", "文件是空的。"),
        ("a.doc", OLE + "WordDocument".encode("utf-16-le"), OLD_WORD),
        ("a.xls", OLE, OLD_EXCEL),
        ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "文件有密码，无法读取。请取消密码后另存。"),
        ("a.docm", docx(parts={"word/vbaProject.bin": b"x"}), "文件含有宏（.docm），未读取。请另存为不含宏的.docx。"),
        ("a.xlsm", docx(parts={"xl/vbaProject.bin": b"x"}), "文件含有宏（.docm），未读取。请另存为不含宏的.docx。"),
        (
            "a.docx",
            docx(parts={"word/_rels/document.xml.rels": LINK.format(kind="oleObject")}),
            "文件的一部分内容链接到别的文件，未读取。请在Word中断开链接后另存。",
        ),
        ("a.docx", docx()[:300], "文件已损坏，或者不是.docx文件。请在Word中打开并另存为.docx。"),
        (
            "a.docx",
            lambda: docx(parts={"word/media/zeros.png": bytes(50 * 2**20)}),
            "文件的压缩比异常，未读取。请在Word中另存为.docx后重试。",
        ),
        (
            "a.docx",
            lambda: docx(parts={"word/media/zeros.png": bytes(301 * 2**20)}),
            "文件解压后过大，未读取。请删去图片和多余的内容。",
        ),
        ("a.docx", lambda: bytes(200 * 2**20), "文件超过48MB，未读取。请删去图片和多余的内容。"),
        ("a.xlsx", lambda: bytes(200 * 2**20), "文件超过48MB，未读取。请删去图片和多余的内容。"),
        (
            "a.docx",
            lambda: docx(table([["a"] * 200] * 501), parts={"word/media/a.png": random.Random(1).randbytes(2**20)}),
            "表格超过100,000个单元格，未读取。请删去多余的行列和格式。",
        ),
        ("a.pdf", b"%PDF-1.7", PDF),
    ],
)  # fmt: skip
def test_each_bad_file_has_its_sentence(name: str, content: bytes | Callable[[], bytes], said: str) -> None:
    # The large ones are made when they are wanted: every worker of pytest reads this list.
    assert sentence(name, content() if callable(content) else content) == said


def test_entities_are_not_expanded() -> None:
    broken = docx(document=LAUGHS)
    assert sentence("a.docx", broken) == "文件已损坏，或者不是.docx文件。请在Word中打开并另存为.docx。"


def test_a_link_that_a_reader_may_click_does_no_harm() -> None:
    content = docx(paragraph("甲"), parts={"word/_rels/document.xml.rels": LINK.format(kind="hyperlink")})
    assert [each.text for each in read_document("a.docx", content).paragraphs] == ["甲"]


def test_a_cell_as_wide_as_a_hostile_file_says_stays_small() -> None:
    (found,) = read(table([[Cell("a", width=999_999_999), "b"]])).tables
    assert len(found.merged) < 300
