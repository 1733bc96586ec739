"""The scorecard service on a real store: the shipped sheet, saving, conflicts, comparison."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from uuid import uuid4

import pytest

from core.errors import InputError, NameNeeded, UnknownName
from core.model.context import Actor, Context
from core.model.scorecard import Status
from core.scoring import Conflict, Refused, Saved
from core.service.scoring import score_panels, scorecard_json, scorecards

D = Decimal
PROJECT, SHEET = "lingang-2023", "r1/working"
WANG = Context(Actor("browser-wang", "王工"))
LI = Context(Actor("browser-li00", "李工"))

pytestmark = pytest.mark.usefixtures("store_path")


def edit(
    code: str, base: int | str, points: str | None, status: str = "confirmed", reason: str = "", edit_id: str = ""
) -> dict[str, object]:
    return {
        "edit_id": edit_id or str(uuid4()),
        "code": code,
        "base": base,
        "points": points,
        "status": status,
        "reason": reason,
    }


def save(ctx: Context, *edits: dict[str, object]) -> list[object]:
    answers = scorecards.save(ctx, PROJECT, SHEET, edits)
    return [answers[str(e["edit_id"])] for e in edits]


def test_the_shipped_sheet_is_the_reconstruction_of_93() -> None:
    card = scorecards.scorecard(WANG, PROJECT)
    sums = card.tally
    assert (sums.total, sums.grade, sums.margin_down, sums.margin_up) == (D("93.00"), "优", D("3.00"), None)
    assert (sums.items, sums.scored, sums.confirmed) == (32, 32, 0)
    benefit = sums.subtotals["效益"]
    assert (benefit.points, benefit.weight) == (D("21.00"), D(25))
    assert [(n, p.weight) for n, p in sums.subtotals.items()] == [
        ("决策", 15),
        ("过程", 25),
        ("产出", 35),
        ("效益", 25),
    ]
    assert {item.status for item in card.items} == {Status.EXAMPLE}
    assert str(card.banner) == "本表按报告结论93分还原，扣分分布为推测，不是报告原评分表；确认后才作数。"
    assert str(card.claimed) == "报告得分93分（原评分表未附）"


def test_reconstruction_b_has_the_same_total_from_other_points() -> None:
    found = scorecards.compare(WANG, PROJECT, SHEET, "r1/recon-b")
    assert (found.left_total, found.right_total) == (D("93.00"), D("93.00"))
    # scorecard.csv: recon_a against recon_b
    assert [(d.code, d.left, d.right) for d in found.differences] == [
        ("A22", D(2), D("1.33")),
        ("C32", D("5.00"), D("5.21")),
        ("D11", D("4.00"), D("3.86")),
        ("D41", D("5.00"), D("5.60")),
    ]
    assert sum(d.gap or 0 for d in found.differences) == 0


def test_a_saved_change_is_there_with_name_and_the_total_moves() -> None:
    (answer,) = save(WANG, edit("A11", 1, "1.5", reason="缺一项依据"))
    assert isinstance(answer, Saved)
    assert (answer.event.revision, answer.event.points, answer.event.actor_name) == (2, D("1.50"), "王工")
    card = scorecards.scorecard(LI, PROJECT)
    assert (card.tally.total, card.tally.confirmed) == (D("92.50"), 1)


def test_the_same_edit_twice_is_written_once() -> None:
    one = edit("A11", 1, "1.5")
    first, second = save(WANG, one)[0], save(WANG, one)[0]
    assert first == second


def test_an_edit_that_is_stored_is_answered_as_saved_whatever_it_says_it_was_made_from() -> None:
    first = edit("A11", 1, "1", edit_id="e" * 36)
    save(WANG, first)
    save(LI, edit("A11", 2, "2"))
    for base in (1, 2, 3):  # 3 is the newest revision: it would be written, were its edit_id not taken
        (answer,) = save(WANG, first | {"base": base})
        assert isinstance(answer, Saved)
        assert (answer.event.revision, answer.event.points) == (2, D(1))
    (newest,) = (i.event for i in scorecards.scorecard(WANG, PROJECT).items if i.indicator.code == "A11")
    assert newest is not None
    assert (newest.revision, newest.points) == (3, D(2))


def test_successive_edits_of_one_item_arrive_together() -> None:
    first = edit("A11", 1, "1.5")
    second = edit("A11", str(first["edit_id"]), "1")
    answers = save(WANG, first, second)
    assert [a.event.revision for a in answers if isinstance(a, Saved)] == [2, 3]


def test_two_people_from_one_revision_the_second_is_asked() -> None:
    save(WANG, edit("A11", 1, "1.5"))
    (answer,) = save(LI, edit("A11", 1, "1"))
    assert isinstance(answer, Conflict)
    assert answer.theirs is not None
    assert (answer.theirs.actor_name, answer.theirs.points) == ("王工", D("1.50"))
    (mine,) = save(LI, edit("A11", answer.theirs.revision, "1"))
    assert isinstance(mine, Saved)


def test_what_is_refused_is_not_written() -> None:
    (answer,) = save(WANG, edit("C12", 1, "8"))
    assert isinstance(answer, Refused)
    assert str(answer.message) == "本项最高6分，您输入的是8，未计入，仍按4.50分计。"
    assert scorecards.scorecard(WANG, PROJECT).tally.total == D("93.00")


def test_nobody_writes_without_a_name() -> None:
    with pytest.raises(NameNeeded):
        scorecards.save(Context(Actor("browser-anon")), PROJECT, SHEET, [edit("A11", 1, "1")])
    with pytest.raises(NameNeeded):
        scorecards.new_blank_sheet(Context(Actor("browser-anon")), PROJECT, "r1")


def test_an_outbox_beyond_measure_is_refused_whole() -> None:
    with pytest.raises(InputError, match="一次收到1001处修改"):
        scorecards.save(WANG, PROJECT, SHEET, [edit("A11", 1, "1")] * 1001)


def test_garbage_beside_a_good_edit_does_not_hold_it_up() -> None:
    good, bad = edit("A11", 1, "1"), edit("A12", 1, "1") | {"reason": None}
    answers = scorecards.save(WANG, PROJECT, SHEET, [None, bad, good])
    assert isinstance(answers[str(good["edit_id"])], Saved)
    assert isinstance(answers[str(bad["edit_id"])], Refused)


def test_a_blank_sheet_has_nothing_scored_and_no_grade() -> None:
    sheet = scorecards.new_blank_sheet(WANG, PROJECT, "r1")
    card = scorecards.scorecard(WANG, PROJECT, sheet.id)
    assert (card.tally.scored, card.tally.grade, card.tally.low, card.tally.high) == (0, None, D(0), D(100))
    assert card.banner is None
    assert scorecards.new_blank_sheet(WANG, PROJECT, "r1").id != sheet.id


def test_json_is_the_same_scorecard() -> None:
    content = scorecard_json.as_json(scorecards.scorecard(WANG, PROJECT), WANG)
    assert (content["total"], content["grade"], content["margin_down"], content["margin_up"]) == (
        "93.00",
        "优",
        "3.00",
        None,
    )
    assert content["range"] == ["93.00", "93.00"]
    assert content["subtotals"]["效益"] == {"points": "21.00", "weight": "25.00", "rate": "0.840000000000"}
    assert len(content["items"]) == 32
    assert content["items"][0] == {
        "code": "A11", "l1": "决策", "l2": "项目立项", "l3": "立项依据充分性", "weight": "2.00", "points": "2.00",
        "status": "example", "out": None, "reason": "", "revision": 1,
        "suggestion": {
            "state": "waiting", "points": None, "sentence": "缺少数据，待补佐证", "alternatives": [],
            "missing": ["要点勾选"], "range": None,
        },
    }  # fmt: skip
    assert (content["state"], content["sheet"]) == ("draft", "r1/working")


def test_json_has_what_the_rules_suggest_and_what_speaks_against_the_scores() -> None:
    content = scorecard_json.as_json(scorecards.scorecard(WANG, PROJECT), WANG)
    suggestions = {item["code"]: item["suggestion"] for item in content["items"]}
    # FACTS 5: by rule at the default baseline C32 suggests 5.21, and B11 1.60 / 2.00 / 3.00 by the denominator.
    assert (suggestions["C32"]["state"], suggestions["C32"]["points"]) == ("points", "5.21")
    assert [(each["basis"], each["points"]) for each in suggestions["B11"]["alternatives"]] == [
        ("estimate", "1.60"),
        ("bond", "2.00"),
        ("arrived", "3.00"),
    ]
    computed = {code for code, found in suggestions.items() if found["points"] is not None}
    assert computed == {"C32"}
    assert {found["state"] for code, found in suggestions.items() if code not in {"C32", "B11", "B12"}} <= {
        "waiting",
        "judgement",
    }
    assert [(flag["code"], flag["kind"], flag["answered"]) for flag in content["flags"]] == [
        (code, "contradicted", False) for code in ("B11", "C11", "C13", "C21")
    ]


def test_an_unknown_sheet_or_project_is_named() -> None:
    with pytest.raises(UnknownName, match="r9/nobody"):
        scorecards.scorecard(WANG, PROJECT, "r9/nobody")
    with pytest.raises(UnknownName, match="nowhere"):
        scorecards.scorecard(WANG, "nowhere")


def test_the_figures_carry_their_tables(store_path: Path) -> None:
    view = score_panels.figures(WANG, PROJECT)
    # 100 - 93 = 7 points over the items with deductions
    assert sum(D(row[2]) for row in view.deductions.rows) == D("7.00")
    assert ("效益", "21.00", "25.00", "84.00%") in view.rates.rows


# No wrong number, C21: one step back over a paste
def test_what_was_to_be_confirmed_is_so_again_and_nothing_else_becomes_so() -> None:
    before = {item.indicator.code: item.event for item in scorecards.scorecard(WANG, PROJECT).items}
    save(WANG, edit("A11", 1, "1.5", reason="甲"), edit("A12", 1, "1", reason="乙"))
    was = before["A11"]
    assert was is not None
    back, forged = edit("A11", 2, "2.00", "example", was.reason), edit("A12", 2, "1.00", "example", "乙")
    answers = save(WANG, back, forged)
    assert isinstance(answers[0], Saved)
    assert isinstance(answers[1], Refused)
    now = {item.indicator.code: item.event for item in scorecards.scorecard(WANG, PROJECT).items}
    restored, untouched = now["A11"], now["A12"]
    assert restored is not None
    assert untouched is not None
    assert (restored.points, restored.status, restored.revision) == (D("2.00"), Status.EXAMPLE, 3)
    assert (untouched.points, untouched.status, untouched.revision) == (D("1.00"), Status.CONFIRMED, 2)
