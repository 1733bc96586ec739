"""The blank template: every heading is read back as its field, and what is filled in comes in."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

from openpyxl import Workbook, load_workbook

from core.briefing.blank_sheet import SHEETS, blank_xlsx, hint
from core.briefing.data_sheet import columns
from core.ingest.files.document import read_document
from core.ingest.project_tables.headings import find_sections
from core.ingest.report_text.claims import find_claims, find_stated
from core.model.fields import FIELDS, TABLES
from tests.core.ingest.project_tables.test_facts import NOTHING, facts, reading, said


def book() -> Workbook:
    return load_workbook(io.BytesIO(blank_xlsx()))


def filled(rows: dict[str, list[list[Any]]]) -> bytes:
    made = book()
    for name, lines in rows.items():
        for at, line in enumerate(lines, start=3):
            for column, value in enumerate(line, start=1):
                made[name].cell(at, column).value = value
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def test_every_heading_is_known_and_every_field_of_a_table_is_there() -> None:
    document = read_document("空白.xlsx", blank_xlsx())
    assert (document.problems, document.questions) == ((), ())
    assert find_stated(document.paragraphs, ()) == NOTHING
    assert find_claims(document.paragraphs) == ()
    for table, sheet in zip(SHEETS, document.tables, strict=False):
        (section,) = find_sections(sheet)
        assert section.parts == (table,)
        assert list(section.columns) == [field.id for field in columns(table)]
        assert section.twice == ()


def test_headings_are_locked_cells_are_not_and_each_heading_has_a_note() -> None:
    made = book()
    for table in SHEETS:
        sheet = made[TABLES[table].name]
        assert sheet.protection.sheet
        heading = [cell for cell in sheet[2] if cell.value]
        assert all(cell.protection.locked and cell.comment.text for cell in heading)
        assert len(heading) == len(columns(table))
        column = sheet.column_dimensions["A"]
        assert not column.protection.locked
    assert not made["填写说明"].protection.sheet


def test_lists_and_limits_ask_and_do_not_refuse() -> None:
    rules = {
        (sheet.title, str(rule.sqref)): (rule.type, rule.errorStyle, rule.formula1)
        for sheet in book()
        for rule in sheet.data_validations.dataValidation
    }
    assert rules["资金到位", "A3:A302"][:2] == ("list", "warning")
    assert "专项债,财政预算资金" in rules["资金到位", "A3:A302"][2]
    assert rules["小区明细", "J3:J302"][2] == '"基础类,完善类,提升类"'
    assert rules["受益明细表", "A3:A302"][2] == "'资金明细表'!$A$3:$A$302"
    assert rules["资金明细表", "D3:D302"][:2] == ("decimal", "warning")
    assert rules["受益明细表", "D3:D302"][0] == "whole"
    assert rules["实施进度", "B3:B302"][0] == "decimal"
    assert rules["里程碑", "B3:B302"][0] == "date"


def test_a_note_says_what_belongs_there_and_what_else_it_may_be_called() -> None:
    assert hint(FIELDS["households"]).startswith("户数：整数，不带单位。")
    assert "万元" in hint(FIELDS["paid"])
    assert "累计支付金额" in hint(FIELDS["paid"])
    assert "85%" in hint(FIELDS["physical"])


def test_what_is_filled_in_comes_in_and_sheets_that_were_not_needed_are_told() -> None:
    content = filled(
        {
            "资金明细表": [["甲镇", 100, 30, 20], ["乙镇", 200, 40, 40]],
            "里程碑": [["开工", date(2023, 6, 1), None, None]],
        }
    )
    found = reading("模板.xlsx", content, as_of=date(2024, 12, 31))
    assert [(line.place, line.invested, line.paid) for line in facts(found).spend] == [
        ("甲镇", 30, 20), ("乙镇", 40, 40),
    ]  # fmt: skip
    assert [(each.name, each.planned) for each in facts(found).milestones] == [("开工", date(2023, 6, 1))]
    told = [str(each.sentence()) for each in found.unread]
    assert "《模板.xlsx》工作表“受益明细表”A2：这张表只有表头，没有数据，没有读取。" in told
    assert sum("只有表头" in each for each in told) == len(SHEETS) - 2


def test_a_template_with_nothing_in_it_says_so() -> None:
    told = said(reading("模板.xlsx", blank_xlsx(), as_of=date(2024, 12, 31)))
    assert "《模板.xlsx》工作表“资金明细表”A2：这张表没有数据行。" in told
