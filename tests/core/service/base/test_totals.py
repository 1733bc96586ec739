"""What a recusal or 不适用 does to a person's total is one thing everywhere (No wrong number, B7)."""

from __future__ import annotations

import io
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import load_workbook

from core.model.context import Context
from core.model.paper import PaperChoice
from core.model.scorecard import Sheet
from core.scoring import Refused, Saved
from core.service.briefing import evaluation
from core.service.manage import scorecard_files
from core.service.scoring import meeting, minutes, opening, scorecards, steps, taking_over
from tests.core.service.people import LI, PROJECT, WANG, ZHAO, edit, has_submitted, save

pytestmark = pytest.mark.usefixtures("store_path")
D = Decimal


def columns() -> dict[str, dict[str, Any]]:
    """专家打分: by the first letters of a column's heading, what its rows say by their first cell."""
    sheet = load_workbook(
        io.BytesIO(evaluation.workbook(ZHAO, PROJECT, PaperChoice(names=True)).content), data_only=True
    )["专家打分"]
    heads = [str(cell.value).partition("（")[0] for cell in sheet[3]]
    found: dict[str, dict[str, Any]] = {head: {} for head in heads}
    for row in sheet.iter_rows(min_row=4, values_only=True):
        for head, value in zip(heads, row, strict=False):
            found[head][str(row[0])] = value
    return found


def recused(ctx: Context, *codes: str | None) -> Sheet:
    """Everything scored, A11 (2) one short, D11 (5) 不适用; then out of some: what was scored stays on record."""
    sheet = opening.my_sheet(ctx, PROJECT, "r1")
    save(
        ctx,
        sheet.id,
        *(
            edit(i.code, 0, None, "not_applicable")
            if i.code == "D11"
            else edit(i.code, 0, str(i.weight - (i.code == "A11")), reason="缺一项" if i.code == "A11" else "")
            for i in sheet.scheme.indicators
        ),
    )
    for code in codes:
        steps.recuse(ctx, PROJECT, sheet.id, code, "参与过该项")
    steps.submit(ctx, PROJECT, sheet.id)
    return sheet


def test_no_person_has_two_totals() -> None:
    """李工 88 of the 89 that are left (98.88), 王工 stays out of the whole sheet, 赵工 scores all of it."""
    of_li = recused(LI, "C12")
    of_wang = recused(WANG, None)
    full = has_submitted(ZHAO, {})
    taking_over.take_over(ZHAO, PROJECT, "r1")

    sums = scorecards.scorecard(ZHAO, PROJECT, of_li.id).tally
    assert (sums.total, sums.weight, sums.normalised) == (88, 89, D("98.88"))
    none = scorecards.scorecard(ZHAO, PROJECT, of_wang.id).tally
    assert (none.items, none.total, none.grade) == (0, 0, None)
    assert scorecards.scorecard(ZHAO, PROJECT, full.id).tally.decisive == 100

    lines = minutes.draft_minutes(ZHAO, PROJECT, "r1").splitlines()
    assert "李工：已提交，折算得分98.88分（原始得分88.00/89.00分）；回避C12" in lines
    assert "王工：回避" in lines
    assert "赵工：已提交，100.00分" in lines

    found = columns()
    assert (found["李工"]["C12"], found["李工"]["D11"]) == ("回避", "不适用")
    assert (found["李工"]["合计"], found["李工"]["折算得分"]) == (88, 98.88)
    assert (found["王工"]["合计"], found["王工"]["折算得分"]) == ("—", "—")
    assert (found["赵工"]["合计"], found["赵工"]["折算得分"]) == (100, "—")
    # A11 (1 + 2) / 2 = 1.50, D11 and C12 by 赵工 alone: 99.50. The sheets: (98.88 + 100) / 2 = 99.44.
    assert (found["汇总"]["合计"], found["汇总"]["各表汇总"]) == (99.5, 99.44)
    both = meeting.meeting(ZHAO, PROJECT, "r1").both
    assert str(both) == (
        "逐项取平均分、四舍五入后相加为99.50分；各评分表得分（不适用和回避的按折算）的平均分为99.44分。"
    )
    assert str(both) in lines


def test_an_exported_sheet_shows_what_applies_as_the_screen_does() -> None:
    sheet = recused(LI, "C12", "C32")
    normalised = scorecards.scorecard(LI, PROJECT, sheet.id).tally.normalised
    book = load_workbook(
        io.BytesIO(scorecard_files.export_scorecard(LI, PROJECT, sheet.id).content), data_only=True
    ).active
    last = {row[0]: row for row in book.iter_rows(values_only=True) if row[0] in ("合计", "折算得分", "评价等级")}
    whole = sheet.scheme.indicator("C32")
    assert whole is not None
    left = 89 - whole.weight
    assert [last["折算得分"][4], D(str(last["折算得分"][5]))] == [left, normalised]
    assert normalised == ((left - 1) / left * 100).quantize(D("0.01"))
    assert last["评价等级"][4] == "优"


def test_who_stays_out_of_an_item_is_told_so_and_the_others_are_saved() -> None:
    sheet = opening.my_sheet(LI, PROJECT, "r1")
    steps.recuse(LI, PROJECT, sheet.id, "C12", "参与过该项")
    refused, saved = save(LI, sheet.id, edit("C12", 0, "6"), edit("A11", 0, "2"))
    assert isinstance(refused, Refused)
    assert "您已回避本项" in str(refused.message)
    assert isinstance(saved, Saved)
