"""扣分项: items without full marks that only take points off, from the file to every total that they go into.

Worked by hand: 8 + 15 + 35 + 25 = 83 of 100, less 2: 81, 良 (from 80). What is taken off is stored without a sign.
"""

from __future__ import annotations

import io
import json
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from openpyxl import load_workbook

from core.model.context import Actor, Context
from core.model.paper import PaperChoice
from core.model.scorecard import Sheet
from core.scoring import Refused, Saved
from core.service.base import open_store
from core.service.base.file import File
from core.service.briefing import evaluation
from core.service.manage import portfolio, scheme_files, scorecard_files, verifying
from core.service.scoring import meeting, opening, scorecard_json, scorecards, steps, taking_over
from tests.core.ingest.score_tables.test_self_assessment import as_csv
from tests.core.service.people import edit

D = Decimal
WANG = Context(Actor("browser-wang", "王工"))
LI = Context(Actor("browser-li00", "李工"))
HEADING = ["一级指标", "二级指标", "三级指标", "分值", "得分"]
ROWS = [
    ["决策", "项目立项", "立项依据", "10", "8"],
    ["过程", "资金管理", "预算执行率", "20", "15"],
    ["产出", "产出数量", "完成率", "40", "35"],
    ["效益", "满意度", "居民满意度", "30", "25"],
    ["扣分项", "信访", "投诉未办结", "-5", "-2"],
]
FILE = File("甲镇.csv", as_csv([HEADING, *ROWS, ["合计", "", "", "100", "81"]]))
OFF = "扣-1"
WORKING = "r1/working"


@pytest.fixture
def project(store_path: Path) -> str:
    return scorecard_files.import_scorecard(WANG, FILE).project


def save(ctx: Context, project: str, sheet: str, *edits: dict[str, object]) -> list[object]:
    answers = scorecards.save(ctx, project, sheet, edits)
    return [answers[str(each["edit_id"])] for each in edits]


def stored(store_path: Path) -> list[tuple[str, D]]:
    """What the file holds of the item, in the order of time."""
    open_store.close()
    with duckdb.connect(str(store_path), read_only=True) as connection:
        asked = "SELECT points FROM score_event WHERE code = ? AND points IS NOT NULL ORDER BY made_at"
        return [points for (points,) in connection.execute(asked, [OFF]).fetchall()]


def test_the_total_of_a_file_is_the_one_that_it_prints(project: str, store_path: Path) -> None:
    card = scorecards.scorecard(WANG, project, WORKING)
    sums = card.tally
    assert (sums.total, sums.weight, sums.grade, sums.margin_down, sums.margin_up) == (81, 100, "良", 1, 9)
    item = card.items[-1]
    assert (item.indicator.weight, item.indicator.least, item.points, item.deduction, item.rate) == (0, -5, -2, 2, None)
    part = sums.subtotals["扣分项"]
    assert (part.points, part.weight, part.rate) == (-2, 0, None)
    content = scorecard_json.as_json(card, WANG)
    assert (content["total"], content["items"][-1]["points"]) == ("81.00", "-2.00")
    (line,) = [each for each in portfolio.portfolio(WANG, portfolio.PortfolioAsked()).lines if each.project == project]
    assert "81.00" in " ".join(line.cells)
    assert verifying.verify(WANG).problems == ()
    assert stored(store_path) == [2]


def test_it_is_changed_within_what_it_may_take_off(project: str, store_path: Path) -> None:
    below, above, beyond = save(
        WANG, project, WORKING,
        edit(OFF, 1, "-3.01", reason="三件投诉"), edit(OFF, 1, "2"), edit(OFF, 1, "-5.01"),
    )  # fmt: skip
    assert isinstance(below, Saved)
    assert below.event.points == D("-3.01")
    assert [str(each.message) for each in (above, beyond) if isinstance(each, Refused)] == [
        f"本项是扣分项，应填0到-5，您输入的是{typed}，未计入，仍按-3.01分计。" for typed in ("2", "-5.01")
    ]
    sums = scorecards.scorecard(WANG, project, WORKING).tally
    assert (sums.total, sums.grade) == (D("79.99"), "中")
    save(WANG, project, WORKING, edit(OFF, 2, "-0", reason="已办结"))
    assert f"{scorecards.scorecard(WANG, project, WORKING).items[-1].points}" == "0.00"
    assert verifying.verify(WANG).problems == ()
    assert stored(store_path) == [2, D("3.01"), 0]


def test_while_nobody_has_said_it_may_still_take_off_all_that_it_may(project: str) -> None:
    save(WANG, project, WORKING, edit(OFF, 1, None, "unscored"))
    sums = scorecards.scorecard(WANG, project, WORKING).tally
    assert (sums.low, sums.high, sums.grade, sums.complete) == (78, 83, None, False)


def scored(ctx: Context, project: str, off: str) -> Sheet:
    """One's own sheet: full marks and what is taken off, submitted."""
    sheet = opening.my_sheet(ctx, project, "r1")
    marks = [
        edit(each.code, 0, off if each.minus else str(each.weight), reason="投诉") for each in sheet.scheme.indicators
    ]
    save(ctx, project, sheet.id, *marks)
    steps.submit(ctx, project, sheet.id)
    return sheet


def test_a_panel_takes_off_the_mean(project: str) -> None:
    """-2 and -5: -3.50, the total 96.50. The spread is 3 of the 5 that can be taken off."""
    scored(WANG, project, "-2")
    scored(LI, project, "-5")
    taking_over.take_over(WANG, project, "r1")
    card = scorecards.scorecard(WANG, project, "r1/panel")
    assert (card.items[-1].points, card.tally.total, card.tally.grade) == (D("-3.50"), D("96.50"), "优")
    found = meeting.meeting(WANG, project, "r1")
    assert [(row.code, row.spread) for row in found.agenda] == [(OFF, 3)]
    for made in (evaluation.report, evaluation.workbook):
        assert made(WANG, project, PaperChoice("r1")).content
    sheet = load_workbook(io.BytesIO(evaluation.workbook(WANG, project, PaperChoice("r1")).content), data_only=True)[
        "评分表"
    ]
    row = next(row for row in sheet.iter_rows(values_only=True) if row[2] == OFF)
    assert row[4:8] == (0, -3.5, 3.5, "—")


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_an_exported_sheet_and_scheme_come_back(project: str, form: str) -> None:
    card = scorecards.scorecard(WANG, project, WORKING)
    sheet = scorecard_files.export_scorecard(WANG, project, WORKING, form)  # type: ignore[arg-type]
    again = scorecard_files.import_scorecard(WANG, File(f"再来.{form}", sheet.content))
    assert scorecards.scorecard(WANG, again.project, WORKING).tally.total == 81
    scheme = scheme_files.export_scheme(WANG, card.sheet.scheme.id, None, form)  # type: ignore[arg-type]
    told = scheme_files.preview_scheme(WANG, File(f"体系.{form}", scheme.content))
    assert (told.rows[-1].indicator.code, told.rows[-1].indicator.least) == (OFF, -5)
    assert json.loads(card.sheet.scheme.indicators[-1].params_text) == {}


def test_a_file_with_another_limit_is_of_another_scheme(project: str) -> None:
    """-8 fits its own limit of 10, and not the 5 of the scheme that is there."""
    rows = [*ROWS[:-1], [*ROWS[-1][:3], "-10", "-8"]]
    other = scorecard_files.import_scorecard(WANG, File("乙镇.csv", as_csv([HEADING, *rows]))).project
    first, second = (scorecards.scorecard(WANG, each, WORKING).items[-1] for each in (project, other))
    assert [(each.indicator.least, each.points) for each in (first, second)] == [(-5, -2), (-10, -8)]
