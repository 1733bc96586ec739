"""Points that are changed in the exported workbook move every figure that follows from them (No wrong number, B10).

A real LibreOffice computes the changed workbook; what it comes to is what the programme says of such scores.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from core.briefing.content import BriefingContent
from core.briefing.workbook import workbook_xlsx
from core.model.context import Context, Language
from core.model.scorecard import Status
from core.scoring.computed_item import ComputedItem
from core.scoring.consensus import Rule
from core.scoring.tally import tally
from core.scoring.whatif import margin_sentence
from core.service.base import open_store
from core.service.briefing import evaluation as briefing_report
from core.service.briefing.content import evaluation_of
from core.service.scoring import opening, steps, taking_over
from tests.core.briefing.judged import judged
from tests.core.service.people import LI, PROJECT, WANG, ZHAO, edit, has_submitted, save
from tests.documents.conftest import store
from tests.documents.pages import convert

pytestmark = [pytest.mark.full, pytest.mark.timeout(300)]
SCORES, EXPERTS, WORKINGS = "评分表", "专家打分", "计算底稿"
CHANGES: dict[str, Mapping[str, str]] = {
    "lower": {"C12": "3.5", "A11": "1", "D11": "不适用"},
    "full": {"C12": "6"},
    "open": {"C12": "", "A11": "0.5"},
    "much_lower": {"C12": "0", "B11": "0", "D41": "0"},
}
"""The panel's points: 99.00 as it stands, 1 off C12 (6). By name: what is typed into which item."""


@dataclass(frozen=True)
class Case:
    """A changed workbook as LibreOffice computed it, and what the programme makes of such scores."""

    now: Any
    expected: Any
    evaluation: BriefingContent


@pytest.fixture(scope="module")
def cases(profile: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Case]:
    folder = tmp_path_factory.mktemp("recalculated")
    open_store.build_at(folder / "store.duckdb")
    with store(folder / "store.duckdb"):
        judged(locked=False)
        found = evaluation_of(LI, PROJECT)
    files = []
    for name, change in CHANGES.items():
        files.append(folder / f"{name}.xlsx")
        files[-1].write_bytes(changed(workbook_xlsx(found), change))
    made = {}
    for name, file in zip(CHANGES, convert(profile, files, "xlsx", folder / "again"), strict=True):
        of_it = as_if(found, CHANGES[name])
        expected = load_workbook(io.BytesIO(workbook_xlsx(of_it)), data_only=True)
        made[name] = Case(load_workbook(file, data_only=True), expected, of_it)
    return made


def changed(content: bytes, points: Mapping[str, str]) -> bytes:
    """The workbook with other points in its score table; openpyxl keeps no computed value."""
    book = load_workbook(io.BytesIO(content))
    for row in book[SCORES].iter_rows(min_row=4):
        if row[2].value in points:
            typed = points[row[2].value]
            row[5].value = None if not typed else float(typed) if typed[0].isdigit() else typed
    for row in book[EXPERTS].iter_rows(min_row=4):
        if row[0].value == "C12":
            row[4].value = 2  # 李工, who gave 4
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_if(found: BriefingContent, points: Mapping[str, str]) -> BriefingContent:
    """The evaluation with those points on the panel's sheet."""
    assert found.score is not None
    items = []
    for item in found.score.items:
        typed = points.get(item.indicator.code, None)
        if typed is None:
            items.append(item)
        elif typed == "不适用":
            items.append(ComputedItem(item.indicator, item.event, None, Status.NOT_APPLICABLE))
        else:
            status = Status.CONFIRMED if typed else Status.UNSCORED
            items.append(ComputedItem(item.indicator, item.event, Decimal(typed) if typed else None, status))
    grades = found.score.sheet.grade_scheme
    sums = tally(items, grades)
    margin = margin_sentence(sums, grades)
    return replace(found, score=replace(found.score, items=items, tally=sums, margin=margin))


def shown(sheet: Any, columns: int) -> list[list[Any]]:
    return [[row[n].value or "" for n in range(columns)] for row in sheet.iter_rows(max_col=columns)]


def cover(book: Any) -> dict[str, str]:
    return {row[0].value: row[1].value for row in book["封面"].iter_rows(min_row=2) if row[0].value}


@pytest.mark.parametrize("name", list(CHANGES))
@pytest.mark.parametrize(
    ("sheet", "columns"), [("封面", 2), (SCORES, 8), ("二级指标得分", 7), ("扣分明细", 8), (WORKINGS, 13)]
)
def test_every_figure_that_follows_moves(cases: dict[str, Case], name: str, sheet: str, columns: int) -> None:
    case = cases[name]
    now, expected = shown(case.now[sheet], columns), shown(case.expected[sheet], columns)
    assert len(now) >= len(expected)
    for row, wanted in zip(now, expected, strict=False):
        for cell, value in zip(row, wanted, strict=True):
            assert cell == (pytest.approx(value, abs=1e-9) if isinstance(value, float) else value), (name, wanted)


def test_the_cover_says_what_was_worked_out_by_hand(cases: dict[str, Case]) -> None:
    """99 less 1.5, 1 and the 5 of D11: 91.50 of 95, 96.32."""
    lower = cover(cases["lower"].now)
    assert (lower["得分"], lower["评价等级"]) == ("96.32", "优")
    assert lower["等级余量"] == "优（≥90）：再扣超过6.32分降为良；当前96.32分。"
    full = cover(cases["full"].now)
    assert (full["得分"], full["等级余量"]) == ("100.00", "优（≥90）：再扣超过10.00分降为良；当前100.00分。")
    assert cover(cases["open"].now)["评价等级"] == "—"


def test_the_list_of_deductions_orders_itself_anew(cases: dict[str, Case]) -> None:
    lost = [(row[0], row[6]) for row in shown(cases["lower"].now["扣分明细"], 9) if row[0] in ("C12", "A11", "D11")]
    assert lost == [("C12", 2.5), ("A11", 1)]
    sums = next(row for row in shown(cases["lower"].now["扣分明细"], 9) if row[0] == "合计")
    assert sums[6] == 3.5
    words = [row[3] for row in shown(cases["full"].now["扣分明细"], 9)]
    assert "没有扣分的指标。" in words


def test_what_is_made_of_the_experts_points_moves_with_them(cases: dict[str, Case]) -> None:
    """李工 C12 2 instead of 4: with the 6 of 王工 4.00, spread 4; the sheets 100 and 96, their mean 98.00."""
    found = {row[0]: row for row in shown(cases["lower"].now[EXPERTS], 8)}
    assert found["C12"][2:] == [6, 6, 2, 4, 4, 3.5]
    assert found["合计"][2:] == [100, 100, 96, 98, "", 91.5]
    assert found["折算得分"][3:] == ["—", "—", "—", "", 96.32]
    assert found["各表汇总"][5] == 98


def test_each_rule_computed_anew_comes_to_the_same(profile: Path, tmp_path: Path) -> None:
    """Mean, median, trimmed mean and the chief's word, where one stays out of an item and one calls it 不适用."""
    open_store.build_at(tmp_path / "store.duckdb")
    made: dict[Rule, bytes] = {}
    with store(tmp_path / "store.duckdb"):
        has_submitted(WANG, {"C12": "1.01", "D41": "0.5"})
        has_submitted(LI, {"C12": "2.02", "D41": "1.75"})
        own = opening.my_sheet(ZHAO, PROJECT, "r1")
        save(
            ZHAO,
            own.id,
            *(
                edit(i.code, 0, None, "not_applicable") if i.code == "D41" else edit(i.code, 0, str(i.weight))
                for i in own.scheme.indicators
            ),
        )
        steps.recuse(ZHAO, PROJECT, own.id, "C32", "参与过该项")
        steps.submit(ZHAO, PROJECT, own.id)
        taking_over.take_over(WANG, PROJECT, "r1")
        for rule in Rule:
            opening.set_rule(WANG, PROJECT, "r1", rule)
            made[rule] = briefing_report.workbook(WANG, PROJECT).content
    files = [tmp_path / f"{rule.value}.xlsx" for rule in made]
    for file, content in zip(files, made.values(), strict=True):
        load_workbook(io.BytesIO(content)).save(file)
    again = convert(profile, files, "xlsx", tmp_path / "again")
    for (rule, content), file in zip(made.items(), again, strict=True):
        now = shown(load_workbook(file, data_only=True)[EXPERTS], 9)
        wanted = shown(load_workbook(io.BytesIO(content), data_only=True)[EXPERTS], 9)
        for row, expected in zip(now, wanted, strict=True):
            for cell, value in zip(row, expected, strict=True):
                assert cell == (pytest.approx(value, abs=1e-9) if isinstance(value, float) else value), (rule, expected)
    # By hand, C12 (6): 4.99, 3.98 and 6: mean 4.99, median 4.99, trimmed the middle one.
    by_hand = {Rule.MEAN: 4.99, Rule.MEDIAN: 4.99, Rule.TRIMMED_MEAN: 4.99}
    for rule, points in by_hand.items():
        sheet = load_workbook(again[list(made).index(rule)], data_only=True)[EXPERTS]
        assert next(row[6].value for row in sheet.iter_rows() if row[0].value == "C12") == pytest.approx(points)


def worked_anew(
    profile: Path, folder: Path, payments: Mapping[str, float | None], language: Language
) -> tuple[Any, Any]:
    """The shipped project's workbook with other payments of streets, as LibreOffice works it out."""
    open_store.build_at(folder / "store.duckdb")
    with store(folder / "store.duckdb"):
        content = briefing_report.workbook(Context(WANG.actor, language), PROJECT).content
    book = load_workbook(io.BytesIO(content))
    for row in book.worksheets[-1].iter_rows(min_row=4):
        if row[1].value == "paid" and row[3].value in payments:
            row[4].value = payments[row[3].value]
    book.save(folder / "changed.xlsx")
    again = convert(profile, [folder / "changed.xlsx"], "xlsx", folder / "again")[0]
    return load_workbook(again, data_only=True), load_workbook(io.BytesIO(content), data_only=True)


def test_a_street_s_payment_moves_all_that_follows_from_it(profile: Path, tmp_path: Path) -> None:
    """璜土镇 3,164 instead of 2,164, so 9,000 in all: 19 months at that pace pay 15,000 in 31.667 months; the 32nd is
    January 2026, of which 0.667 × 31 are 21 days.
    """
    book, _ = worked_anew(profile, tmp_path, {"璜土镇": 3164}, "zh_CN")
    found: dict[tuple[Any, ...], Any] = {}
    for row in shown(book[WORKINGS], 13):
        found.setdefault((row[1], row[3], row[9]), row[4])
    whole, town = "全项目", "璜土镇"
    expected = {
        ("paid", whole, "—"): 9000,
        ("paid_rate", whole, "概算"): 0.6,
        ("remaining", whole, "概算"): 6000,
        ("share_of_estimate", town, "概算"): 3164 / 15000,
        ("share_of_estimate", whole, "概算"): 0.4,
        ("pace_index", whole, "概算"): 0.6 * 945 / 580,
        ("pace_gap", whole, "概算"): 60 - 58000 / 945,
        ("schedule_variance", whole, "—"): 9000 - 15000 * 580 / 945,
        ("paid_per_month", whole, "—"): 9000 / 19,
        ("needed_per_month", whole, "—"): 500,
        ("pace_needed", whole, "—"): 500 * 19 / 9000,
        ("finish_forecast", whole, "—"): datetime(2026, 1, 21),
        ("paid_by_finish", whole, "—"): 9000 * 31 / 19,
        ("short_at_finish", whole, "—"): 15000 - 9000 * 31 / 19,
        ("paid_unit_cost", town, "户数"): 7000,
        ("share_paid", town, "—"): 3164 / 9000,
        ("intensity", town, "—"): 3164 / 9000 * 26310 / 4520,
        ("allocated_rate", town, "户数"): 3164 / (15000 * 4520 / 26310),
        # What nobody pays out of that street stays.
        ("share_of_estimate", "利港街道", "概算"): 1309 / 15000,
        ("remaining", whole, "专项债"): 4000,
    }
    assert {key: found[key] for key in expected} == {
        key: pytest.approx(value, abs=1e-9) if isinstance(value, float) else value for key, value in expected.items()
    }


def test_what_rests_on_a_payment_that_is_taken_out_is_undefined(profile: Path, tmp_path: Path) -> None:
    """Neither 0 nor the others alone; without 利港街道 nobody knows what was paid in all."""
    book, _ = worked_anew(profile, tmp_path, {"利港街道": None}, "zh_CN")
    found = {(row[1], row[3], row[9]): row[4] for row in reversed(shown(book[WORKINGS], 13))}
    for id_, basis in (("paid", "—"), ("paid_rate", "概算"), ("remaining", "概算"), ("finish_forecast", "—")):
        assert found[id_, "全项目", basis] == "—", id_
    assert found["share_of_estimate", "利港街道", "概算"] == "—"
    assert found["share_of_estimate", "璜土镇", "概算"] == pytest.approx(2164 / 15000)


def test_the_english_workbook_computed_anew_comes_to_what_it_says(profile: Path, tmp_path: Path) -> None:
    now, said = worked_anew(profile, tmp_path, {}, "en")
    for sheet in said:
        rows = zip(now[sheet.title].iter_rows(), sheet.iter_rows(), strict=True)
        for cell, wanted in ((a, b) for row, other in rows for a, b in zip(row, other, strict=True)):
            value, other = cell.value or "", wanted.value or ""
            assert value == (pytest.approx(other, rel=1e-9) if isinstance(other, float) else other), cell.coordinate
