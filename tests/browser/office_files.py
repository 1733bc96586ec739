"""Files as offices have them, with neither our headings nor our lines about the project."""

from __future__ import annotations

import io
from collections.abc import Sequence

from docx import Document
from openpyxl import Workbook

Row = Sequence[object]

PLAN: Sequence[Row] = (
    ("县（市、区）", "项目数量", "小区数", "楼栋数", "户数", "建筑面积"),
    ("全市小计：", 60, 60, 214, 6000, 60),
    ("东城区", 30, 30, 120, 3000, 30),
    ("西湖县", 20, 20, 70, 2000, 20),
    ("北山市", 10, 10, 24, 1000, 10),
)
"""A city's plan: the total first, no unit for the area, no title and no day."""

LEDGER: Sequence[Row] = (
    ("临江区2022年老旧小区改造项目台账",),
    ("填报单位：临江区住建局", None, None, None, None, None, None, "截至2022年12月底"),
    (
        "序号",
        "街道",
        "小区名称",
        "建成年代",
        "楼栋数（栋）",
        "户数（户）",
        "建筑面积（㎡）",
        "开工时间",
        "形象进度",
        "备注",
    ),
    (1, "桥东街道", "堤防宿舍", "80年代", 2, 48, 4000, "2022.4", "已完工", None),
    (2, None, "物资宿舍", "1985", 3, 92, "8,000", "2022年4月中旬", "收尾阶段", None),
    (3, "桥西街道", "劳动局宿舍", "1992", 4, 130, 10000, 44682, "主体施工", None),
    (4, None, "中学宿舍", "1995", 2, 60, "约5000", "未开工", "未开工", "计划6月开工"),
    ("合计", None, "4个", None, 11, 330, 27000, None, None, None),
)
"""A ledger of communities: no table by street, progress in words, 约."""

SELF_ASSESSMENT: Sequence[Row] = (
    ("项目支出绩效自评表",),
    ("（2022年度）",),
    ("项目名称", None, "老旧小区改造前期委托业务"),
    ("主管部门", None, "219-临江镇人民政府", None, None, "实施单位", None, "219001-临江镇人民政府"),
    ("项目资金\n（万元）", None, None, "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"),
    (None, None, "年度资金总额：", 90, 90, 81, 10, "90.00%", "9"),
    (None, None, "  其中：本年财政拨款", 90, 90, 81, "—", None, "—"),
    (
        "绩效\n指标",
        "一级指标",
        "二级指标",
        "三级指标",
        "年度指标值",
        "实际完成值",
        "分值",
        "得分",
        "偏差原因分析及改进措施",
    ),
    (None, "产出指标（50分）", "数量指标", "委托业务数量", "≥50个", "50", 20, 20, None),
    (None, None, "质量指标", "报告合格率", "100%", "98%", 30, 28, "两份重做"),
    (None, "效益指标（30分）", "社会效益指标", "居民受益", "效果明显", "达成预期指标", 30, 30, None),
    (None, "满意度指标（10分）", "满意度指标", "公众满意度", "≥90%", "95%", 10, 10, None),
    ("总分", None, None, None, None, None, 100, 97, None),
)
"""A 自评表: 10 points for the execution rate above, 90 below; 9 + 20 + 28 + 30 + 10 are 97."""


def sheet(rows: Sequence[Row]) -> bytes:
    """A workbook of one sheet."""
    book = Workbook()
    page = book.active
    assert page is not None
    for row in rows:
        page.append(list(row))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def report() -> bytes:
    """A report with words of its own: 资金下达, 实际使用资金; no planned time and no estimate by street."""
    document = Document()
    for text in (
        "临江区住房和城乡建设局2023年老旧小区改造项目重点绩效评价报告",
        "一、项目基本情况",
        "截止2023年12月31日，财政实际下达并纳入评价的项目资金共计7,000.00万元，项目实际使用资金4,000.00万元，"
        "资金结转3,000.00万元。项目经临发改投〔2022〕88号批复，批复日期2022年11月3日。",
        "单位：万元",
    ):
        document.add_paragraph(text)
    rows = (
        ("序号", "街道", "资金下达", "实际使用资金", "资金结转", "资金使用率"),
        ("1", "桥东街道", "4,000.00", "2,500.00", "1,500.00", "62.50%"),
        ("2", "桥西街道", "3,000.00", "1,500.00", "1,500.00", "50.00%"),
        ("合计", "合计", "7,000.00", "4,000.00", "3,000.00", "57.14%"),
    )
    table = document.add_table(len(rows), len(rows[0]))
    for line, row in zip(table.rows, rows, strict=True):
        for cell, text in zip(line.cells, row, strict=True):
            cell.text = text
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()
