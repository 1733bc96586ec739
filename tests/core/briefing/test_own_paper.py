"""The report in templates of other offices: in their styles, fonts, colours and sheets; what they lack is said."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm

from core.briefing.report.numbers import HeadingNumbers
from core.briefing.report.template import OURS
from core.briefing.template_file import NoTemplate
from core.model.context import Context
from core.model.paper import PaperChoice
from core.service.base.file import File
from core.service.briefing import evaluation, view_codes
from tests.core.briefing import foreign_papers as papers
from tests.core.briefing.test_own_template import with_part
from tests.core.briefing.test_report import words
from tests.core.service.people import PROJECT, WANG

pytestmark = pytest.mark.usefixtures("store_path")

MADE_IN: dict[str, Callable[[], bytes]] = {
    "office": papers.office, "english": papers.english, "sparse": papers.sparse, "with_text": papers.with_text,
}  # fmt: skip
MARKED = PaperChoice(confidentiality="内部资料", watermark=True)


def made(template: bytes, choice: PaperChoice = MARKED) -> tuple[File, Any]:
    """The report in it, and read back."""
    file = evaluation.report_in(WANG, PROJECT, template, choice)
    return file, Document(io.BytesIO(file.content))


def said(document: Any) -> list[str]:
    """Its lines without the code of the view and the numbers of its headings."""
    return [each for each in words(document).split("\n") if "查验码" not in each]


def used(document: Any, tag: str) -> set[str]:
    return {each.get(qn("w:val")) for each in document.element.body.iter(qn(tag))}


def heading(document: Any, text: str) -> Any:
    """The heading of that text, not its line in the contents."""
    return next(each for each in document.paragraphs if each.text == text and each._p.xpath("./w:bookmarkStart"))


def contents(document: Any) -> list[str]:
    """The lines of the contents."""
    return [each.text for each in document.paragraphs if each.style.name in ("toc 1", "toc 2")]


def rewritten(content: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The file with one part of it changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.namelist():
            new.writestr(each, change(old.read(each)) if each == part else old.read(each))
    return out.getvalue()


def test_the_report_says_what_it_says_in_our_own_template() -> None:
    ours = Document(io.BytesIO(evaluation.report(WANG, PROJECT, MARKED).content))
    body = {each.text for each in ours.paragraphs if each.style.style_id == "BodyText"}
    for name, make in MADE_IN.items():
        _, document = made(make())
        assert body <= {each.text for each in document.paragraphs}, name
        assert [[cell.text for cell in each._cells[:8]] for each in document.tables[:-2]] == [
            [cell.text for cell in each._cells[:8]] for each in ours.tables[:-2]
        ], name
        assert len(document.tables) == len(ours.tables), name
        assert len(document.inline_shapes) == len(ours.inline_shapes), name


def test_our_own_file_as_a_template_makes_the_report_as_ever() -> None:
    file, document = made(OURS.read_bytes())
    assert file.said == ()
    ours = Document(io.BytesIO(evaluation.report(WANG, PROJECT, MARKED).content))
    assert said(document) == said(ours)
    for tag in ("w:pStyle", "w:tblStyle"):
        assert used(document, tag) == used(ours, tag)


def test_styles_are_those_of_the_template_and_each_one_that_is_used_is_there() -> None:
    for name, make in MADE_IN.items():
        _, document = made(make())
        there = {each.get(qn("w:styleId")) for each in document.styles.element.iter(qn("w:style"))}
        trees = [document.element, *(rel.target_part.element for rel in document.part.rels.values() if on_pages(rel))]
        for tag in ("w:pStyle", "w:tblStyle", "w:basedOn", "w:next", "w:link"):
            for tree in (*trees, document.styles.element):
                assert {each.get(qn("w:val")) for each in tree.iter(qn(tag))} <= there, (name, tag)
    _, document = made(papers.office())
    assert {"1", "2", "a5"} <= used(document, "w:pStyle")
    assert used(document, "w:tblStyle") == {"a6"}
    assert heading(document, "基本情况").style.name == "标题 1"


def on_pages(rel: Any) -> bool:
    return str(rel.reltype).endswith(("/header", "/footer"))


def test_fonts_and_colours_are_those_of_the_template() -> None:
    """What is lent to it has no font and no colour of ours; charts and the watermark follow it too."""
    for name, make in MADE_IN.items():
        file = made(make())[0]
        with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
            texts = {each: archive.read(each).decode() for each in archive.namelist() if each.endswith(".xml")}
        for each, text in texts.items():
            if each.startswith(("word/styles", "word/document", "word/header", "word/footer", "word/charts")):
                for font in ("仿宋", "方正小标宋", "黑体", "55626E"):
                    assert font not in text, (name, each, font)
        charts = [text for each, text in texts.items() if each.startswith("word/charts/chart")]
        assert charts, name
        assert all(f'typeface="{papers.EAST_ASIAN}"' in text for text in charts), name
        assert all("12436D" not in text and 'schemeClr val="accent1"' in text for text in charts if "accent1" in text)
        assert any('schemeClr val="accent1"' in text for text in charts), name
        assert any(f"font-family:&quot;{papers.EAST_ASIAN}" in text for text in texts.values()), name


def test_headings_count_as_the_template_has_them_or_as_ours_do() -> None:
    _, document = made(papers.office())
    lines = contents(document)
    assert lines[:3] == ["第一章 基本情况", "第一节 项目概况", "第二节 项目绩效目标"]
    assert "附件1 绩效评价指标评分表" in lines
    for make in (papers.english, papers.sparse):
        file, document = made(make())
        lines = contents(document)
        assert lines[:3] == ["一、基本情况", "（一）项目概况", "（二）项目绩效目标"]
        assert "模板的标题样式没有编号，由报告编号。" in map(str, file.said)
        numbers = HeadingNumbers(document.styles.element, document.part.numbering_part.element)
        assert numbers.next(heading(document, "基本情况").style.style_id) == "一、"
        title = next(each for each in document.paragraphs if each.text == "目录")
        assert numbers.next(title.style.style_id) == ""  # it stands on a heading in the library's template


def test_headings_alone_stand_in_the_contents_when_word_makes_them_anew() -> None:
    for name, make in MADE_IN.items():
        _, document = made(make())
        for text, level in (("基本情况", "0"), ("项目概况", "1"), ("资料清单", "0"), ("目录", "9")):
            paragraph = next(each for each in document.paragraphs if each.text == text)
            assert paragraph.style.element.xpath("string(./w:pPr/w:outlineLvl/@w:val)") == level, (name, text)


def test_the_sheet_is_the_last_upright_one_of_the_template_and_tables_fill_it() -> None:
    for make in (papers.office, papers.with_text):
        _, document = made(make())
        upright, sideways = document.sections
        assert [round(each.mm) for each in (upright.page_width, upright.left_margin, upright.top_margin)] == [
            210,
            35,
            40,
        ]
        assert (upright.page_width, upright.page_height) == (sideways.page_height, sideways.page_width)
        widest = max(sum(int(each.get(qn("w:w"))) for each in table._tbl.tblGrid) for table in document.tables[:5])
        assert widest == pytest.approx(140 / 25.4 * 1440, abs=10)


def test_its_letterhead_and_page_numbers_stay_on_every_page() -> None:
    file, document = made(papers.office())
    section = document.sections[0]
    for head in (section.first_page_header, section.header):
        assert len(head._element.xpath(".//pic:pic")) == 1
        assert "某市旧改办公室" in "".join(each.text for each in head.paragraphs)
        assert "内部资料" in [each.text for each in head.paragraphs]
    assert [len(foot._element.xpath(".//w:fldSimple")) for foot in (section.first_page_footer, section.footer)] == [
        1,
        1,
    ]
    assert not [each for each in file.said if "页码" in str(each)]
    drawn = [each.get("id") for head in (section.first_page_header, section.header, document.element.body)
             for each in getattr(head, "_element", head).iter(f"{{{WP}}}docPr")]  # fmt: skip
    assert len(drawn) == len(set(drawn))
    file, document = made(papers.english())
    (field,) = document.sections[0].footer._element.xpath(".//w:instrText")
    assert field.text.strip() == "PAGE"
    assert "模板没有页码，页码加在页脚里。" in map(str, file.said)


WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"


def test_what_a_template_lacks_is_said() -> None:
    assert list(map(str, made(papers.sparse())[0].said)) == [
        "模板没有这些样式：标题、标题1、标题2、题注、目录1、目录2、表格网格。用默认的样式代替，字体用模板的。",
        "模板的标题样式没有编号，由报告编号。",
        "模板没有页码，页码加在页脚里。",
    ]
    assert str(made(papers.with_text())[0].said[0]) == "模板的页眉、页脚中指向别处的内容和页码以外的域未带入。"


def test_nothing_of_somebodys_last_report_is_left() -> None:
    file, document = made(papers.with_text(), PaperChoice())
    assert "网址" in document.sections[0].header.paragraphs[0].text  # the words of a link, and no link
    with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
        names = archive.namelist()
        assert len(names) == len(set(names))
        assert not [each for each in names if "comments" in each or "customXml" in each or "stylesWithEffects" in each]
        for each in names:
            assert papers.SECRET not in archive.read(each).decode("utf-8", "ignore"), each
            assert b'TargetMode="External"' not in archive.read(each), each


def test_each_template_has_its_own_code_and_the_same_one_the_same() -> None:
    def code(content: bytes) -> str:
        text = words(Document(io.BytesIO(content)))
        return text.partition("查验码：")[2][:14]

    office = papers.office()
    given = [made(office)[0].content, made(office)[0].content, made(papers.sparse())[0].content]
    own = evaluation.report(WANG, PROJECT, MARKED).content
    assert code(given[0]) == code(given[1])
    assert len({code(own), code(given[0]), code(given[2])}) == 3
    assert view_codes.opened(WANG, code(given[0])).view.kind == "docx"


def test_an_english_report_stands_in_a_template_too() -> None:
    file = evaluation.report_in(Context(WANG.actor, "en"), PROJECT, papers.english())
    assert contents(Document(io.BytesIO(file.content)))[:2] == ["1. The project", "1.1 Project particulars"]


def narrow() -> bytes:
    def change(document: Any) -> None:
        document.sections[0].left_margin = document.sections[0].right_margin = Mm(60)

    return papers.office(change)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: b"", "不是Word文件（.docx）"),
        (lambda: papers.office()[:9_000], "不是Word文件"),
        (lambda: bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "旧格式（.doc）或有密码"),
        (lambda: with_part("word/vbaProject.bin", papers.office()), "含有宏"),
        (lambda: rewritten(papers.office(), "[Content_Types].xml",
                           lambda text: text.replace(b"document.main+xml", b"template.main+xml")), ".dotx"),
        (lambda: rewritten(papers.office(), "word/document.xml", lambda text: text.replace(b"11906", b"wide")),
         "不是Word"),
        (lambda: b"0" * (20 * 2**20 + 1), "超过20MB"),
        (narrow, "模板的版心只有90毫米，表格放不下（至少110毫米）"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_a_template_is_refused_in_a_sentence(make: Callable[[], bytes], said: str) -> None:
    with pytest.raises(NoTemplate) as found:
        evaluation.report_in(WANG, PROJECT, make())
    assert said in str(found.value.message)


def test_a_heading_that_writes_its_numbers_in_figures_is_read_so() -> None:
    """第一章, 1.1: the lower level asks for Arabic figures whatever the upper one has (isLgl)."""

    def change(document: Any) -> None:
        for level in document.part.numbering_part.element.xpath("./w:abstractNum[@w:abstractNumId='90']")[0][2:]:
            level.find(qn("w:lvlText")).set(qn("w:val"), "%1.%2")
            level.find(qn("w:pStyle")).addnext(parse_xml(f"<w:isLgl {nsdecls('w')}/>"))

    _, document = made(papers.office(change))
    lines = contents(document)
    assert lines[:3] == ["第一章 基本情况", "1.1 项目概况", "1.2 项目绩效目标"]
