"""自评 beside a review: 分差 of each item, whose eyes it is for, and that it moves nothing of the review."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest

from core.__main__ import answer
from core.model.panel_events import RoundKind, SelfShown
from core.scoring.round_settings import SET
from core.service.base.file import File
from core.service.manage import scorecard_files
from core.service.scoring import meeting, minutes, opening, rounds, scorecards, setting_up, steps, taking_over
from core.service.scoring.self_assessment import OwnScores, own_scores, self_beside
from tests.core.ingest.score_tables.test_self_assessment import FORM, as_csv
from tests.core.service.people import LI, PANEL, PROJECT, QIAN, WANG, ZHAO, has_submitted, score_all

D = Decimal

pytestmark = pytest.mark.usefixtures("store_path")


def of(own: OwnScores) -> dict[str, tuple[Decimal | None, Decimal | None, Decimal | None]]:
    return {row.code: (row.left, row.right, row.gap) for row in own.rows}


def unit_scores(less: dict[str, str], *, submitted: bool = True) -> None:
    """赵工 scores for the unit, in a round of 自评 (r2)."""
    opening.open_round(WANG, PROJECT, "自评", RoundKind.SELF, "chief")
    sheet = opening.my_sheet(ZHAO, PROJECT, "r2")
    score_all(ZHAO, sheet, less)
    if submitted:
        steps.submit(ZHAO, PROJECT, sheet.id)


def test_the_gap_is_the_review_less_the_units_points_and_moves_nothing() -> None:
    # C12 (6): the experts give 6 and 4, 5.00 on average; the unit gives itself 6, and of D11 (5) 4 only.
    has_submitted(WANG, {})
    has_submitted(LI, {"C12": "2"})
    before = meeting.meeting(LI, PROJECT, "r1")
    assert before.own == ()
    unit_scores({"D11": "1"})
    after = meeting.meeting(LI, PROJECT, "r1")
    (own,) = after.own
    assert (str(own.title), own.sheet.startswith("r2/")) == ("自评 · 赵工的评分表", True)
    assert of(own)["C12"] == (6, 5, -1)
    assert of(own)["D11"] == (4, 5, 1)
    assert [row.code for row in own.rows] == [item.indicator.code for item in after.items]
    assert [(row.code, row.gap) for row in own.differing] == [("C12", -1), ("D11", 1)]
    assert str(own.sentence) == "评审得分与“自评 · 赵工的评分表”有2项不同，评审减自评：C12 −1.00、D11 +1.00。"
    # two experts as before: mean, spread, agenda, agreement and distances do not know of it
    assert replace(after, own=(), items=()) == replace(before, own=(), items=())
    assert [(item.by_rule, item.spread, item.scores) for item in after.items] == [
        (item.by_rule, item.spread, item.scores) for item in before.items
    ]


def test_once_there_is_a_panel_its_points_are_the_review_in_json_and_minutes_too() -> None:
    has_submitted(WANG, {})
    has_submitted(LI, {"C12": "2"})
    unit_scores({"D11": "1"})
    taking_over.take_over(LI, PROJECT, "r1")
    reply = answer(["scorecard", "--project", PROJECT, "--sheet", PANEL, "--json"])
    (own,) = json.loads(reply.out)["self_assessments"]
    by_code = {item["code"]: item for item in own["items"]}
    assert own["title"] == "自评 · 赵工的评分表"
    assert by_code["C12"] == {
        "code": "C12", "l3": by_code["C12"]["l3"], "self": "6.00", "review": "5.00", "gap": "-1.00",
    }  # fmt: skip
    assert by_code["A11"]["gap"] == "0.00"
    assert "有2项不同，评审减自评：C12 −1.00、D11 +1.00。" in minutes.draft_minutes(LI, PROJECT, "r1")
    itself = answer(["scorecard", "--project", PROJECT, "--sheet", own["sheet"], "--json"])
    assert json.loads(itself.out)["self_assessments"] == []


def test_what_is_not_submitted_is_nobodys_and_who_scores_alone_sees_no_other() -> None:
    has_submitted(WANG, {})
    unit_scores({}, submitted=False)
    assert meeting.meeting(LI, PROJECT, "r1").own == ()
    assert meeting.meeting(ZHAO, PROJECT, "r1").own == (), "one's own draft is no 自评 either"
    steps.submit(ZHAO, PROJECT, opening.my_sheet(ZHAO, PROJECT, "r2").id)
    opening.my_sheet(QIAN, PROJECT, "r2")
    assert len(meeting.meeting(LI, PROJECT, "r1").own) == 1
    assert meeting.meeting(QIAN, PROJECT, "r1").own == (), "as 对照: not before the own sheet is submitted"


def test_it_stands_beside_ones_own_sheet_once_that_is_submitted_or_from_the_beginning() -> None:
    unit_scores({"D11": "1"})  # 5 - 1
    own = opening.my_sheet(LI, PROJECT, "r1")
    assert self_beside(LI, PROJECT, own.id) is None, "whoever scores alone is not led by it"
    now = rounds.round_of(WANG, PROJECT, "r1").round
    set_up = {name: getattr(now, name) for name in SET}
    setting_up.change_round(WANG, PROJECT, "r1", **set_up | {"self_shown": SelfShown.AT_ONCE})
    beside = self_beside(LI, PROJECT, own.id)
    assert beside is not None
    assert of(beside)["D11"] == (4, None, None), "nothing is scored on it yet"
    setting_up.change_round(WANG, PROJECT, "r1", **set_up)
    score_all(LI, own, {"D11": "2"})
    assert self_beside(LI, PROJECT, own.id) is None
    steps.submit(LI, PROJECT, own.id)
    beside = self_beside(LI, PROJECT, own.id)
    assert beside is not None
    assert of(beside)["D11"] == (4, 3, -1)
    # What several share stands beside it at once; a round of 自评 has none.
    shared = self_beside(WANG, PROJECT, "r1/working")
    assert shared is not None
    assert shared.sheet == beside.sheet
    assert self_beside(WANG, PROJECT, beside.sheet) is None


def test_sheets_of_two_schemes_meet_by_the_names_of_their_items() -> None:
    first = scorecard_files.import_scorecard(WANG, File("自评表.csv", as_csv(FORM)), PROJECT)
    second = scorecard_files.import_scorecard(WANG, File("第二张.csv", as_csv(FORM)), PROJECT)
    items = [["效益指标", "满意度", "居民满意度", "40", "20"], ["产出指标", "数量指标", "小区数", "40", "15"]]
    review = [["一级指标", "二级指标", "三级指标", "分值", "得分"], *items, ["过程", "管理", "制度", "20", "20"]]
    made = scorecard_files.import_scorecard(WANG, File("复核.csv", as_csv(review)), PROJECT, "r1")
    card = scorecards.scorecard(WANG, PROJECT, made.sheet)
    found = own_scores(WANG, PROJECT, "r1", card.sheet.scheme.id, card.items)
    assert [own.sheet for own in found] == [first.sheet, second.sheet]
    # the form gives 9 of 10 and 20 of 20; the rest is of one side alone
    assert [(row.name, row.left, row.right, row.gap) for row in found[0].rows] == [
        ("居民满意度", 9, 20, 11), ("小区数", 20, 15, -5), ("制度", None, 20, None),
        ("预算执行率", D("7.5"), None, None), ("合格率", 28, None, None), ("居住条件", 30, None, None),
    ]  # fmt: skip
    assert own_scores(WANG, PROJECT, "r2", card.sheet.scheme.id, card.items) == ()
