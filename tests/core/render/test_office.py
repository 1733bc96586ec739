"""Office's own charts: any marks become bars, and a Word document takes the chart with its workbook."""

from __future__ import annotations

import io
from decimal import Decimal
from typing import Any

import openpyxl
from docx import Document
from lxml import etree
from pptx.oxml.ns import qn

from core.figures import money
from core.figures.figure import BarRow, Bars, ChartAmount
from core.model.measure import Measures
from core.model.project import Facts
from core.render.office import ChartLook, Fonts, as_bars, put_into_word, spoken

LOOK = ChartLook(Fonts("Times New Roman", "仿宋"), 10, 10, 10)


def drawn(bars: Bars) -> tuple[Any, list[list[Any]]]:
    document = Document()
    key = put_into_word(document, bars, LOOK, 1)
    part = document.part.rels[key].target_part
    (workbook,) = (rel.target_part for rel in part.rels.values())
    sheet = openpyxl.load_workbook(io.BytesIO(workbook.blob))["Sheet1"]
    return etree.fromstring(part.blob), [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_parts_of_a_whole_become_bars_in_their_colours(facts: Facts, figures: Measures) -> None:
    bars = as_bars(money.estimate(facts, figures).chart, "万元")
    chart, sheet = drawn(bars)
    assert sheet[1:] == [["璜土镇", 2164], ["夏港街道", 2627], ["申港街道", 1900], ["利港街道", 1309], ["未支付", 7000]]
    fills = [each.get("val") for point in chart.iter(qn("c:dPt")) for each in point.iter(qn("a:srgbClr"))]
    assert fills == ["12436D", "28A197", "801650", "F46A25", "D3D9DF"]
    assert spoken(bars, "zh_CN").startswith("璜土镇：2,164.00；夏港街道：2,627.00")


def test_intervals_become_a_striped_bar_a_key(facts: Facts, figures: Measures) -> None:
    figure = money.street_rates(facts, figures)
    assert figure is not None
    bars = as_bars(figure.chart)
    assert bars.series == ("按户数", "按面积", "按栋数", "按小区数")
    assert [each.text for each in bars.rows[0].amounts] == ["83.97%", "122.32%", "87.91%", "80.79%"]
    chart, _ = drawn(bars)
    assert len(list(chart.iter(qn("c:ser")))) == len(list(chart.iter(qn("a:pattFill")))) == 4


def test_every_text_of_a_chart_names_both_fonts() -> None:
    chart, _ = drawn(Bars("图", (BarRow("甲", (ChartAmount(Decimal(1), "万元"),)),), series=("万元",)))
    texts = list(chart.iter(qn("a:defRPr")))
    assert texts
    assert {text.find(qn("a:ea")).get("typeface") for text in texts} == {"仿宋"}
    assert {text.find(qn("a:latin")).get("typeface") for text in texts} == {"Times New Roman"}
