"""The evaluation report, read back with the library that reads Word files, against facts typed by hand."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH as SIDE
from docx.oxml.ns import qn
from docx.table import Table
from hypothesis import HealthCheck, given, settings
from lxml import etree
from openpyxl import load_workbook

from core.briefing.content import OpenFinding
from core.briefing.headlines import doubts
from core.briefing.report import report_docx
from core.briefing.report.numbers import numeral
from core.briefing.report.page import ReportPage
from core.briefing.report.template import ours
from core.errors import Message, NotAllowed, UnknownName
from core.figures.figure import BarRow, Bars, ChartAmount
from core.model.measure import Measures
from core.model.paper import PaperChoice
from core.model.project import Facts
from core.model.scorecard import Status
from core.service.base import open_store, project
from core.service.base.file import File
from core.service.briefing import evaluation
from core.service.briefing.content import evaluation_of
from core.service.manage import demo, scorecard_files
from core.service.scoring import opening, scorecards, steps
from core.text import how_computed
from core.text.numbers import points
from tests.core.any_facts import any_facts
from tests.core.briefing.judged import REASON, bare, judged
from tests.core.ingest.filled import workbook
from tests.core.service.people import LI, NOBODY, PROJECT, WANG, agreed, edit, save

pytestmark = pytest.mark.usefixtures("store_path")

CHAPTERS = [
    "基本情况", "绩效评价工作开展情况", "综合评价情况及评价结论", "绩效评价指标分析",
    "主要经验及做法、存在的问题及原因分析", "有关建议", "其他需要说明的问题",
]  # fmt: skip
FIGURE = re.compile(r"(?<![\d.,])\d[\d,]*\.\d\d(?![\d.])")


def opened(content: bytes) -> Any:
    return Document(io.BytesIO(content))


def made(ctx: Any = NOBODY, name: str = PROJECT, round_id: str | None = None) -> Any:
    return opened(evaluation.report(ctx, name, PaperChoice(round_id)).content)


def tables(document: Any) -> dict[str, list[list[str]]]:
    """Rows of texts by caption, without its number; a merged cell is there once in a row."""
    found: dict[str, list[list[str]]] = {}
    caption = ""
    for child in document.element.body:
        if child.tag == qn("w:p"):
            text = "".join(each.text or "" for each in child.iter(qn("w:t")))
            style = child.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
            if style is not None and style.get(qn("w:val")) == "Caption":
                caption = re.sub(r"^(表|Table )\d+ ", "", text)
        elif child.tag == qn("w:tbl"):
            rows = [[_text(cell) for cell in row.tc_lst] for row in Table(child, document)._tbl.tr_lst]
            found[caption] = rows
    return found


def _text(cell: Any) -> str:
    return "".join(each.text or "" for each in cell.iter(qn("w:t")))


def words(document: Any) -> str:
    return "\n".join("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in document.element.body.iter(qn("w:p")))


def blanks(document: Any) -> list[str]:
    """Texts of the highlighted runs."""
    runs = document.element.body.iter(qn("w:r"))
    marked = [run for run in runs if run.find(f"{qn('w:rPr')}/{qn('w:highlight')}") is not None]
    return ["".join(each.text or "" for each in run.iter(qn("w:t"))) for run in marked]


def test_the_outline_is_the_trades_and_its_numbers_are_word_s_own() -> None:
    document = made()
    heads = [p for p in document.paragraphs if p.style.name.startswith("Heading")]
    assert [p.text for p in heads if p.style.name == "Heading 1"] == CHAPTERS
    assert [p.text for p in document.paragraphs if p.style.name == "附件标题"] == [
        "绩效评价指标评分表", "反馈意见采纳情况表", "资料清单", "待填写事项",
    ]  # fmt: skip
    # No number is typed into a heading: the style counts, and says so to the outline.
    for key, form in (("Heading1", "%1、"), ("Heading2", "（%2）"), ("Annex", "附件%1")):
        style = next(s for s in document.styles.element.iter(qn("w:style")) if s.get(qn("w:styleId")) == key)
        numbering = document.part.numbering_part.element
        num = style.find(f".//{qn('w:numId')}").get(qn("w:val"))
        number = next(n for n in numbering.iter(qn("w:num")) if n.get(qn("w:numId")) == num)
        abstract = number.find(qn("w:abstractNumId")).get(qn("w:val"))
        levels = next(a for a in numbering.iter(qn("w:abstractNum")) if a.get(qn("w:abstractNumId")) == abstract).iter(
            qn("w:lvl")
        )
        level = next(each for each in levels if each.find(qn("w:pStyle")).get(qn("w:val")) == key)
        assert level.find(qn("w:lvlText")).get(qn("w:val")) == form
        assert style.find(f".//{qn('w:outlineLvl')}") is not None
    listed = [p.text for p in document.paragraphs if p.style.name in ("toc 1", "toc 2")]
    # Pages come with the next update, which the field asks for; dots lead to them.
    (begun,) = (each for each in document.element.body.iter(qn("w:fldChar")) if each.get(qn("w:dirty")) == "true")
    asked = begun.getparent().getnext().find(qn("w:instrText")).text
    assert asked.split()[0] == "TOC"
    assert "\\n" not in asked
    for level in (1, 2):
        tab = document.styles[f"toc {level}"].element.find(f".//{qn('w:tab')}")
        assert (tab.get(qn("w:val")), tab.get(qn("w:leader"))) == ("right", "dot")
    assert listed[:2] == ["一、基本情况", "（一）项目概况"]
    assert listed[-1] == "附件4 待填写事项"
    assert len(listed) == len(heads) + 4


def test_chinese_numerals() -> None:
    assert [numeral(n) for n in (1, 9, 10, 11, 20, 32, 99)] == ["一", "九", "十", "十一", "二十", "三十二", "九十九"]


def test_the_tables_hold_the_facts() -> None:
    found = tables(made())
    assert found["计划受益范围"][1:] == [
        ["璜土镇", "5", "128", "4,520", "39.00"],
        ["夏港街道", "9", "254", "8,400", "112.38"],
        ["申港街道", "9", "193", "6,542", "77.00"],
        ["利港街道", "5", "205", "6,848", "102.29"],
        ["合计", "28", "780", "26,310", "330.67"],
    ]
    assert found["资金来源：计划与已支付"][1:] == [
        ["专项债", "12,000.00", "8,000.00", "66.67%"],
        ["财政预算资金", "3,000.00", "0.00", "0.00%"],
    ]
    assert [row[1:] for row in found["概算的支付构成"][1:]] == [
        ["2,164.00", "14.43%"], ["2,627.00", "17.51%"], ["1,900.00", "12.67%"], ["1,309.00", "8.73%"],
        ["7,000.00", "46.67%"], ["15,000.00", "100.00%"],
    ]  # fmt: skip
    assert found["各街镇测算执行率（测算值·非批复数）"][1] == ["璜土镇", "83.97%", "122.32%", "87.91%", "80.79%"]
    assert found["各街镇测算执行率（测算值·非批复数）"][4] == ["利港街道", "33.53%", "28.21%", "33.20%", "48.87%"]
    assert found["已支付单位投资"][5] == ["全项目已支付", "3,040.67", "24.19", "10.26", "285.71"]
    assert found["已支付单位投资"][6] == ["全项目计划", "5,701.25", "45.36", "19.23", "535.71"]
    assert [row[1] for row in found["户均支付（全项目平均=1）"][1:]] == ["1.57", "1.03", "0.96", "0.63"]


def test_the_schedule_stands_at_every_planned_time() -> None:
    found = tables(made())["不同计划工期下的进度"]
    by_name = {row[0]: row[1:] for row in found[1:]}
    order = ["2023.06—2025.12", "2023.01—2026.12", "2023.01—2025.12", "2023.06—2026.12"]
    assert sorted(found[0][1:]) == sorted(order)
    at = [found[0][1:].index(each) for each in order]
    assert [by_name["工期已过"][n] for n in at] == ["61.38%", "50.03%", "66.70%", "44.27%"]
    assert [by_name["支付进度比"][n] for n in at] == ["0.869", "1.066", "0.800", "1.205"]
    assert [by_name["月均支付"][n].removesuffix("万元/月") for n in at] == ["421.05", "333.33", "333.33", "421.05"]


def test_every_figure_of_the_report_is_one_that_the_pages_have() -> None:
    document = made()
    found = evaluation_of(NOBODY, PROJECT)
    assert found.score is not None
    at_other_times = [m for _, measures in found.planned_times for m in measures]
    known = " ".join(
        [f"{how_computed.printed(m)} {how_computed.formula(m)}" for m in (*found.figures.all, *at_other_times)]
        + [cell for panel in found.panels.values() for row in panel.rows for cell in row]
        + [str(each) for each in (found.headline, *found.sentences.values(), found.score.margin, found.score.remark)]
        + [str(each.message) for each in doubts(found.checks)]
        + [item.event.reason for item in found.score.items if item.event]
    )
    sums = found.score.tally
    scores = [sums.total, sums.weight, sums.scored_weight - sums.total]
    scores += [value for part in sums.subtotals.values() for value in (part.points, part.weight)]
    parts = [*sums.subtotals.values(), *sums.second.values()]
    scores += [value for part in sums.second.values() for value in (part.points, part.weight)]
    scores += [part.weight - part.points for part in parts]
    rates = [part.points * 100 / part.weight for part in parts] + [Decimal("93.00")]
    for item in found.score.items:
        assert item.points is not None
        scores += [item.indicator.weight, item.points, item.indicator.weight - item.points]
        rates.append(item.points * 100 / item.indicator.weight)
    allowed = set(FIGURE.findall(known)) | {points(each) for each in (*scores, *rates)}
    figures = FIGURE.findall(words(document))
    assert len(figures) > 300
    assert set(figures) <= allowed


def test_the_score_table_has_merged_levels_reasons_and_sums_that_add_up() -> None:
    document = made()
    card = scorecards.scorecard(NOBODY, PROJECT)
    rows = tables(document)["评分表（初评 · 初评工作表）（还原稿·非原表）"]
    items = {row[2]: row for row in rows if re.fullmatch(r"[A-D]\d\d", row[2] if len(row) > 2 else "")}
    assert len(items) == 32
    for item in card.items:
        row = items[item.indicator.code]
        assert item.points is not None
        assert row[3] == item.indicator.l3
        assert row[4:7] == [points(each) for each in (item.indicator.weight, item.points, item.deduction)]
        assert row[8] == (item.event.reason if item.event else "")
    assert sum(Decimal(row[5]) for row in items.values()) == Decimal("93.00")
    subtotals = [row for row in rows if row[1] == "小计"]
    assert [row[2:6] for row in subtotals] == [
        ["15.00", "15.00", "0.00", "100.00%"],
        ["25.00", "24.50", "0.50", "98.00%"],
        ["35.00", "32.50", "2.50", "92.86%"],
        ["25.00", "21.00", "4.00", "84.00%"],
    ]
    assert rows[-2][:5] == ["合计", "100.00", "93.00", "7.00", "93.00%"]
    assert rows[-1] == ["评价等级", "优"]
    tall = next(
        each for each in document.tables if each.rows[0].cells[0].text == "一级指标" and len(each.columns) == 9
    )._tbl
    merges = [cell.vMerge for row in tall.tr_lst for cell in row.tc_lst[:1]]
    assert merges.count("restart") == 4
    assert merges.count("continue") == 32


def test_groups_of_level_2_stand_under_their_level_1() -> None:
    """Of 产出 C12 lost 1.5 and C32 1, of 14 and 8; see the shipped sheet."""
    assert tables(made())["产出二级指标得分（还原稿·非原表）"][1:] == [
        ["产出数量", "14.00", "12.50", "1.50", "89.29%"],
        ["产出质量", "8.00", "8.00", "0.00", "100.00%"],
        ["产出时效", "8.00", "7.00", "1.00", "87.50%"],
        ["产出成本", "5.00", "5.00", "0.00", "100.00%"],
    ]


def test_pages_fonts_heads_and_captions() -> None:
    document = made()
    fonts = list(document.styles.element.iter(qn("w:rFonts")))
    assert len(fonts) > 8
    assert all(each.get(qn("w:eastAsia")) in ("仿宋", "黑体", "楷体", "宋体", "方正小标宋简体") for each in fonts)
    assert document.styles.element.find(f"{qn('w:docDefaults')}//{qn('w:lang')}").get(qn("w:eastAsia")) == "zh-CN"
    for table in document.tables:
        assert [row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in table._tbl.tr_lst[:2]] == [
            True, False,
        ]  # fmt: skip
    captions = [p for p in document.paragraphs if p.style.name == "Caption" and p.text.startswith("表")]
    assert [p.text.split()[0] for p in captions] == [f"表{n}" for n in range(1, len(document.tables) + 1)]
    assert all(" SEQ 表 " in "".join(i.text for i in p._p.iter(qn("w:instrText"))) for p in captions)
    first, last = document.sections
    margins = (first.top_margin, first.bottom_margin, first.left_margin, first.right_margin)
    assert [round(side.mm) for side in margins] == [37, 35, 28, 26]
    assert (round(first.page_width.mm), round(last.page_width.mm)) == (210, 297)
    assert first.different_first_page_header_footer
    for section in document.sections:
        assert " PAGE " in [i.text for i in section.footer._element.iter(qn("w:instrText"))]
        assert re.search(r"还原稿·非原表 · 草稿 · 查验码：[A-Z2-7-]{14}$", section.header.paragraphs[0].text)
        # At the outer side: GB/T 9704.
        feet = [foot.paragraphs[0].style for foot in (section.footer, section.even_page_footer)]
        assert [style.paragraph_format.alignment for style in feet] == [SIDE.RIGHT, SIDE.LEFT]
        assert section.even_page_header.paragraphs[0].text == section.header.paragraphs[0].text
    assert document.settings.odd_and_even_pages_header_footer
    for key, font in (("Title", "方正小标宋简体"), ("Heading 1", "黑体"), ("Heading 2", "楷体")):
        style = document.styles[key]
        assert style.element.find(f".//{qn('w:rFonts')}").get(qn("w:eastAsia")) == font
        assert style.font.bold is None
    names = {style.name for style in document.styles}
    assert {p.style.name for p in document.paragraphs} <= names


def test_charts_are_word_s_own_with_the_measures_in_their_workbooks() -> None:
    content = evaluation.report(NOBODY, PROJECT).content
    m = Measures(project.measures(NOBODY, PROJECT))
    money = [each.numerator for each in m.each("share_of_estimate")] + [m.one("share_of_estimate").numerator]
    time = [m.one("paid_rate", None, "estimate").value, m.one("time_elapsed").value]
    rates = [part.rate for part in scorecards.scorecard(NOBODY, PROJECT).tally.subtotals.values()]
    assert money == [2164, 2627, 1900, 1309, 7000]
    document = opened(content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        for number, wanted in enumerate((money, rates, time), start=1):
            chart = etree.fromstring(archive.read(f"word/charts/chart{number}.xml"))
            plotted = [float(each.text) for each in chart.findall(f".//{qn('c:val')}//{qn('c:v')}")]
            sheet = load_workbook(
                io.BytesIO(archive.read(f"word/embeddings/Microsoft_Excel_Sheet{number}.xlsx"))
            ).active
            embedded = [row[1].value for row in sheet.iter_rows(min_row=2)]
            assert plotted == embedded == [pytest.approx(float(each), rel=1e-14) for each in wanted]
            assert chart.find(f".//{qn('a:ea')}").get("typeface") == "仿宋"
            labels = [each.text for each in chart.findall(f".//{qn('c:cat')}//{qn('c:v')}")]
            assert labels == [row[0].value for row in sheet.iter_rows(min_row=2)]
            assert float(chart.find(f".//{qn('c:min')}").get("val")) == 0
        types = archive.read("[Content_Types].xml").decode()
    assert types.count("drawingml.chart+xml") == 3
    assert not [name for name in names if "thumbnail" in name or "stylesWithEffects" in name]
    assert len(list(document.element.body.iter(qn("c:chart")))) == 3
    pictures = [p.text for p in document.paragraphs if p.style.name == "Caption" and p.text.startswith("图")]
    assert pictures == [
        "图1 概算的支付构成（万元）", "图2 一级指标得分率（还原稿·非原表）（得分÷已评分值）", "图3 支付与工期（比例）",
    ]  # fmt: skip


def test_a_chart_without_a_figure_is_left_out_and_one_below_zero_goes_there() -> None:
    def drawn(*values: Decimal | None) -> Any:
        template = ours()
        document, page = template.document, ReportPage(template, "zh_CN", "来源", date(2024, 12, 31))
        page.chart(
            Bars("图<1>", tuple(BarRow(f"=&{n}", (ChartAmount(v, "万元"),)) for n, v in enumerate(values))), "万元"
        )
        parts = [r.target_part for r in document.part.rels.values() if r.reltype.endswith("/chart")]
        return etree.fromstring(parts[0].blob) if parts else None

    assert drawn(None, None) is None
    below = drawn(Decimal(-1), None, Decimal(2))
    assert below.find(f".//{qn('c:min')}") is None
    assert [each.get("idx") for each in below.findall(f".//{qn('c:val')}//{qn('c:pt')}")] == ["0", "2"]


def test_what_only_people_can_write_is_a_marked_blank() -> None:
    document = made()
    marked = blanks(document)
    assert all(re.fullmatch(r"【待填写：.+】", each) for each in marked)
    assert words(document).count("【待填写") == len(marked)
    assert {"【待填写：立项背景、政策依据和项目目的】", "【待填写：主要经验及做法】", "【待填写：委托单位】"} <= set(
        marked
    )


def test_what_is_to_be_filled_in_is_listed_once_at_the_end() -> None:
    document = made()
    (*_, last) = document.tables
    assert [cell.text for cell in last.rows[0].cells] == ["序号", "所在位置", "待填写"]
    listed = [(row.cells[1].text, row.cells[2].text) for row in last.rows[1:]]
    assert ("封面", "委托单位") in listed
    assert ("（一）项目概况", "立项背景、政策依据和项目目的") in listed
    assert len(listed) == len(set(listed))
    assert {f"【待填写：{what}】" for _, what in listed} == set(blanks(document))


def test_a_judged_and_locked_round_is_no_draft() -> None:
    judged()
    document = made(LI)
    text = words(document)
    assert "评价得分99.00分，评价等级为“优”" in text
    assert re.search(r"改造项目 · 查验码：[A-Z2-7-]{14}$", document.sections[0].header.paragraphs[0].text)
    assert "草稿" not in text
    found = tables(document)
    rows = {row[2]: row for row in found["评分表（初评 · 评审组评分表）"] if len(row) == 9}
    assert rows["C12"][4:7] == ["6.00", "5.00", "1.00"]
    assert rows["C12"][8] == REASON
    opinions = found["反馈意见采纳情况"]
    assert opinions[1][0].startswith("C12")
    assert re.fullmatch(r"申港街道（专家A登记，20[\d: -]{14}）", opinions[1][2])
    assert [opinions[1][n] for n in (1, 3, 4, 5)] == ["台账已补，请核", "部分采纳", "台账缺两个月", "专家B"]
    assert [opinions[2][n] for n in (1, 3, 4, 5)] == ["=样本量过小", "尚未答复", "—", "—"]
    assert found["已收到的资料"][1][1:4] == ["工作资料", "=进度台账.pdf", "专家B"]


def test_what_is_not_handed_in_yet_is_nobody_elses() -> None:
    mine = opening.my_sheet(WANG, PROJECT, "r1")
    save(WANG, mine.id, edit("C12", 0, "1.25", reason="只有我知道"))
    for ctx in (LI, NOBODY):
        text = words(made(ctx))
        assert "王工" not in text
        assert "只有我知道" not in text
    with pytest.raises(NotAllowed, match="还没有提交"):
        evaluation.report(WANG, PROJECT)
    agreed(steps.submit, WANG, PROJECT, mine.id)
    assert "专家A（已提交）" in words(made(LI))


def test_a_blank_round_has_no_total_and_no_grade() -> None:
    opening.open_round(WANG, PROJECT, "复评", "final", "mean")
    document = made()
    text = words(document)
    assert "尚未评分" in text
    assert "“复评”（终评）" in text
    rows = next(rows for caption, rows in tables(document).items() if caption.startswith("评分表（"))
    assert rows[-1] == ["评价等级", "—"]
    assert rows[-2][1:5] == ["100.00", "—", "—", "—"]
    assert "评价等级为" not in text
    assert "评价等级为“优”" in words(made(round_id="r1"))


def test_an_open_sheet_says_what_is_open() -> None:
    save(WANG, "r1/working", edit("C12", 1, None, Status.EVIDENCE_MISSING.value))
    text = words(made())
    assert "评分尚未完成，不定等级" in text
    assert "待补佐证" in text


def test_a_project_without_money_makes_a_report() -> None:
    name = scorecard_files.import_scorecard(WANG, File("临港.xlsx", workbook())).project
    document = made(name=name)
    text = words(document)
    assert "评价得分82.25分，评价等级为“良”" in text
    assert "【待填写：预算安排、资金到位和使用情况】" in blanks(document)
    assert "None" not in text
    assert "nan" not in text.lower()


def test_how_far_the_works_are_stands_in_the_analysis(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Figures of the demo as its four quarterly reports give them."""
    assert "建设进展" not in tables(made())
    demo.make(tmp_path / "demo.duckdb")
    monkeypatch.setenv("RENEWAL_STORE", str(tmp_path / "demo.duckdb"))
    open_store.close()
    found = tables(made(demo.PEOPLE[0], demo.ID))
    open_store.close()
    assert found["建设进展"][0] == ["街镇", "计划小区", "已开工", "已完工", "验收合格率", "满意度"]
    assert found["建设进展"][-1] == ["合计", "20", "20", "14", "92.86%", "91.00%"]
    assert [row[1:] for row in found["各期累计支付"][1:]] == [
        ["900.00", "—"], ["2,700.00", "+1,800.00"], ["4,800.00", "+2,100.00"], ["7,100.00", "+2,300.00"],
    ]  # fmt: skip
    assert [row[-1] for row in found["3个里程碑中2个晚于计划"][1:]] == ["5", "10", "—"]
    # 71/96 of the estimate and two rates below 80 % of three; 80.00 % of the fourth just reaches the limit.
    assert [row[0] for row in found["预警"][1:]] == ["全项目", "松溪街道", "枫林镇", "白鹭镇"]


def test_without_a_round_there_is_still_a_report() -> None:
    found = replace(evaluation_of(NOBODY, PROJECT), score=None)
    text = words(opened(report_docx(found)))
    assert "尚未建立评价轮次" in text
    assert "各街镇测算执行率" in text


NOTED = datetime(2025, 1, 2)


def test_problems_and_recommendations_are_numbered_lists() -> None:
    found = replace(
        evaluation_of(NOBODY, PROJECT),
        remedies=(
            OpenFinding(
                True, "问题", "进度<慢>&迟", "报告 四（一）", "整改中", "城建局", Message("2025年3月1日"), NOTED
            ),
            OpenFinding(False, "建议", "加快支付\x00", "", "待整改", "", None, NOTED),
        ),
    )
    document = opened(report_docx(found))
    listed = [p for p in document.paragraphs if p.style.name == "List Number"]
    assert [p.text for p in listed] == [
        "进度<慢>&迟（来源：报告 四（一）；整改状态：整改中；责任单位：城建局；整改期限：2025年3月1日）",
        "加快支付（整改状态：待整改）",
    ]
    numbers = [p._p.pPr.numPr.numId.val for p in listed]
    assert numbers[0] != numbers[1]


def test_names_are_text_and_nothing_points_outside() -> None:
    found = evaluation_of(NOBODY, PROJECT)
    odd = "=1+1 <b>&\x0b\ufffe{0}"
    facts = replace(found.facts, project=replace(found.facts.project, name=odd))
    content = report_docx(replace(found, facts=facts))
    assert "=1+1 <b>&{0}绩效评价报告" in words(opened(content))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        relations = [archive.read(name).decode() for name in archive.namelist() if name.endswith(".rels")]
    assert all('TargetMode="External"' not in each for each in relations)


def test_the_file_is_named_and_an_unknown_project_is_a_sentence() -> None:
    file = evaluation.report(NOBODY, PROJECT)
    assert file.name == "2023年度申港、夏港区域老小区改造项目_初评_绩效评价报告_20241231.docx"
    with pytest.raises(UnknownName):
        evaluation.report(NOBODY, "nowhere")
    with pytest.raises(UnknownName):
        evaluation.report(NOBODY, PROJECT, PaperChoice("r9"))


def test_asked_in_english_the_report_is_english_but_for_what_people_wrote() -> None:
    ctx = replace(LI, language="en")
    document = made(ctx)
    found = evaluation_of(ctx, PROJECT)
    assert found.score is not None
    typed = [found.facts.project.approval, *(each.source for each in found.remedies)]
    typed += [item.event.reason.rstrip("。") for item in found.score.items if item.event and item.event.reason]
    text = words(document) + "\n".join(p.text for s in document.sections for p in s.header.paragraphs)
    for each in sorted(filter(None, typed), key=len, reverse=True):
        text = text.replace(each, "")
    assert not re.findall(r"[\u3001-\uffef]+", text)
    assert document.core_properties.language == "en-GB"


def test_the_english_report_has_the_figures_of_the_chinese_one_in_millions() -> None:
    document = made(replace(NOBODY, language="en"))
    found = tables(document)
    # FACTS 2: 2,164, 2,627, 1,900, 1,309 and 7,000 of 15,000万元.
    assert [row[1:] for row in found["Payments within the estimate"][1:]] == [
        ["21.64", "14.43%"], ["26.27", "17.51%"], ["19.00", "12.67%"], ["13.09", "8.73%"], ["70.00", "46.67%"],
        ["150.00", "100.00%"],
    ]  # fmt: skip
    assert "The estimate is CNY 150.00 million; CNY 80.00 million had been paid by 31 Dec 2024" in words(document)
    shown = [re.findall(FIGURE, words(each)) for each in (document, made())]
    scores = {each for each in shown[0] if each in shown[1]}
    assert {"93.00", "24.50", "32.50", "21.00"} <= scores
    listed = [p.text for p in document.paragraphs if p.style.name in ("toc 1", "toc 2")]
    assert listed[:2] == ["1. The project", "1.1 Project particulars"]
    assert listed[-1] == "Annex 4 What is to be filled in"
    forms = [each.get(qn("w:val")) for each in document.part.numbering_part.element.iter(qn("w:lvlText"))]
    assert forms[:2] == ["%1.", "%1.%2"]
    assert "Annex %1" in forms


def test_each_language_has_its_code_and_its_file_name() -> None:
    english, chinese = (evaluation.report(replace(NOBODY, language=each), PROJECT) for each in ("en", "zh_CN"))
    assert english.name.endswith("_First_review_Performance_evaluation_report_20241231.docx")
    codes = [re.search(r"[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}", words(opened(f.content))) for f in (english, chinese)]
    assert codes[0]
    assert codes[1]
    assert codes[0][0] != codes[1][0]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(any_facts())
def test_no_project_is_too_odd(facts: Facts) -> None:
    text = words(opened(report_docx(bare(facts))))
    assert "尚未建立评价轮次" in text
    assert "None" not in text
