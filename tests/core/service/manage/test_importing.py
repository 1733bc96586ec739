"""Snapshots of a real store: figures corrected, imports withdrawn and released, the file to fill in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from core.errors import InputError, NameNeeded, NotAllowed, UnknownName
from core.ingest.project_tables.correction import FIGURES, corrected, figure_of, value_of
from core.model.context import Actor, Context, Version
from core.model.project import Arrival, BudgetGroup, Community, Delivery, Facts, Milestone
from core.service.base import batches, open_store
from core.service.base.changes import FigureChange, changes
from core.service.base.project import facts, measures
from core.service.manage import importing
from core.store import read, row_digests, snapshots
from core.store.schema import TABLES
from tests.core.lingang import FACTS
from tests.core.service.people import LI, NOBODY, WANG
from tests.core.service.people import PROJECT as LINGANG

D = Decimal
SEED = f"{LINGANG}@2024-12-31"
pytestmark = pytest.mark.usefixtures("store_path")


def states() -> list[tuple[str, str]]:
    return [(each.batch, each.state) for each in batches.snapshots(WANG, LINGANG)]


def paid(ctx: Context = WANG) -> dict[str, Decimal]:
    return {line.place: line.paid for line in facts(ctx, LINGANG).spend}


def quarter(batch: str = f"{LINGANG}@2025-03-31") -> Facts:
    """A quarter later 璜土 has paid 200万元 more."""
    before = facts(WANG, LINGANG)
    first, *others = before.spend
    return replace(
        before,
        batch=batch,
        as_of=date(2025, 3, 31),
        spend=(replace(first, paid=D(2364), paid_raw="2364"), *others),
        deliveries=(Delivery("璜土镇", "表3 第2行", physical=D("0.6"), started=5),),
        arrivals=(Arrival("bond", date(2025, 1, 15), D(9000), "到位表 第2行"),),
        milestones=(Milestone("开工", date(2023, 6, 1), None, "表"), Milestone("竣工", None, None, "表", "璜土镇")),
    )


def test_one_figure_is_put_right() -> None:
    before = facts(WANG, LINGANG)
    batch = batches.correct(WANG, LINGANG, "璜土镇", "paid", "2,163.5", "多录了半万元")
    assert batch == f"{SEED}-2"
    line = facts(WANG, LINGANG).spend[0]
    assert (line.paid, line.paid_raw, line.invested) == (D("2163.5"), "2,163.5", D(2164))
    assert batches.corrections(WANG, LINGANG) == {
        batch: batches.Correction(SEED, "璜土镇", "paid", "2,164.00", "2,163.5", "多录了半万元")
    }
    (total,) = [m for m in measures(WANG, LINGANG) if m.id == "paid_rate" and m.basis == "estimate" and m.place is None]
    # 7999.5 of 15000; the seed's 8000 stays where it was looked at.
    assert total.numerator == D("7999.5")
    assert facts(replace(WANG, version=Version(batch=SEED)), LINGANG) == before
    assert before.as_of == facts(WANG, LINGANG).as_of


def test_what_a_place_reports_of_the_outcome_is_put_right_and_compared() -> None:
    for name, new, shown in (("完工户数", "2,712", "2,712"), ("qualified", "7", "7"), ("变更额", "-2.5", "-2.50")):
        batch = batches.correct(WANG, LINGANG, "璜土镇", name, new, "补报")
        (change,) = batches.compared(WANG, LINGANG, batch)
        assert (change.place, change.before, change.after) == ("璜土镇", "—", shown)
    (row,) = facts(WANG, LINGANG).deliveries
    assert (row.homes_finished, row.qualified, row.variation, row.contract) == (2712, 7, D("-2.5"), None)


def test_a_correction_of_a_correction_goes_with_it() -> None:
    one = batches.correct(WANG, LINGANG, "璜土镇", "已投资", "2165", "录入错误")
    two = batches.correct(WANG, LINGANG, "", "bond_arrived", "9000", "补报")
    assert [plan.arrived for plan in facts(WANG, LINGANG).funding] == [D(9000), None]
    batches.withdraw(LI, LINGANG, one, "看错了")
    assert states() == [(two, "withdrawn"), (one, "withdrawn"), (SEED, "released")]
    assert facts(WANG, LINGANG).batch == SEED
    three = batches.correct(WANG, LINGANG, "璜土镇", "已投资", "2166", "录入错误")
    batches.withdraw(LI, LINGANG, three, "又看错了")
    assert facts(WANG, LINGANG).batch == SEED
    assert [each.reason for each in batches.snapshots(WANG, LINGANG)] == ["又看错了", "看错了", "看错了", ""]


def test_what_a_place_has_not_reported_can_be_reported_and_taken_back() -> None:
    batches.correct(WANG, LINGANG, "璜土镇", "形象进度", "60%", "补报")
    assert [(row.place, row.physical) for row in facts(WANG, LINGANG).deliveries] == [("璜土镇", D("0.6"))]
    batches.correct(WANG, LINGANG, "璜土镇", "physical", " ", "未经核实")
    assert [row.physical for row in facts(WANG, LINGANG).deliveries] == [None]


@pytest.mark.parametrize(
    ("place", "field", "new", "reason", "said"),
    [
        ("山观街道", "paid", "1", "错", "没有“累计支付”这一项"),
        ("", "paid", "1", "错", "“全项目”没有"),
        ("山观街道", "physical", "1", "错", "没有“形象进度”这一项"),
        ("璜土镇", "付款", "1", "错", "没有数据项“付款”。可用：invested、paid"),
        ("璜土镇", "paid", "-1", "错", "“累计支付”：金额不能为负"),
        ("璜土镇", "paid", "待定", "错", "应为金额"),
        ("璜土镇", "paid", "", "错", "不能为空"),
        ("", "bond_planned", "", "错", "不能为空"),
        ("璜土镇", "physical", "120%", "错", "0%到100%之间"),
        ("璜土镇", "physical", "1.2", "错", "0到1之间"),
        ("璜土镇", "started", "半", "错", "整数"),
        ("璜土镇", "paid", "2,164.000", "错", "数值相同"),
        ("璜土镇", "paid", "1", " ", "请填写原因"),
    ],
)
def test_a_correction_that_cannot_be(place: str, field: str, new: str, reason: str, said: str) -> None:
    with pytest.raises((InputError, NotAllowed, UnknownName), match=said):
        batches.correct(WANG, LINGANG, place, field, new, reason)
    assert states() == [(SEED, "released")]


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.id)
def test_every_figure_can_be_put_right(figure: object) -> None:
    one = figure_of(figure.name)  # type: ignore[attr-defined]
    place = "" if one.funding is not None or one.part == "estimate" else "夏港街道"
    fixed = corrected(FACTS, place, one, "1")
    assert value_of(fixed, place, one) == 1
    assert [change.what for change in changes(FACTS, fixed)] == [one.name]


def test_an_approved_amount_by_the_place_that_it_covers() -> None:
    split = replace(
        FACTS, budget_groups=(BudgetGroup("a", D(1), ("璜土镇",), ""), BudgetGroup("b", D(2), ("夏港街道",), ""))
    )
    figure = figure_of("estimate")
    assert value_of(corrected(split, "夏港街道", figure, "3"), "夏港街道", figure) == 3
    with pytest.raises(UnknownName):
        value_of(split, "", figure)


def test_a_project_is_never_left_without_any_import() -> None:  # No wrong number, B11
    corrected_one = batches.correct(WANG, LINGANG, "璜土镇", "paid", "2163.5", "多录")
    with pytest.raises(NotAllowed, match="撤回后本项目就没有数据了"):
        batches.withdraw(LI, LINGANG, SEED, "看错了")
    assert states() == [(corrected_one, "released"), (SEED, "released")]
    later = replace(FACTS, batch=f"{LINGANG}@2025-06-30", as_of=date(2025, 6, 30))
    snapshots.add(open_store.store(), later, WANG.actor)
    batches.withdraw(LI, LINGANG, SEED, "整份填错")
    assert states() == [(later.batch, "released"), (corrected_one, "withdrawn"), (SEED, "withdrawn")]
    with pytest.raises(NotAllowed, match="请先导入正确的数据"):
        batches.withdraw(LI, LINGANG, later.batch, "也错")


def test_an_import_that_waits_does_not_keep_a_project_and_can_be_withdrawn() -> None:  # No wrong number, B11
    waiting = replace(FACTS, batch=f"{LINGANG}@2025-06-30", as_of=date(2025, 6, 30))
    snapshots.add(open_store.store(), waiting, WANG.actor, held=True)
    with pytest.raises(NotAllowed, match="撤回后本项目就没有数据了"):
        batches.withdraw(LI, LINGANG, SEED, "看错了")
    batches.withdraw(LI, LINGANG, waiting.batch, "填错表")
    assert states() == [(waiting.batch, "withdrawn"), (SEED, "released")]


def test_withdrawing_brings_back_the_one_before() -> None:
    first, later = facts(WANG, LINGANG), quarter()
    snapshots.add(open_store.store(), later, WANG.actor)
    assert paid()["璜土镇"] == 2364
    batches.withdraw(LI, LINGANG, later.batch, "填错表")
    assert facts(WANG, LINGANG) == first
    assert read.series(open_store.store(), LINGANG) == (first,)
    assert facts(replace(WANG, version=Version(batch=later.batch)), LINGANG) == later
    newest = batches.snapshots(WANG, LINGANG)[0]
    assert (newest.state, newest.reason, newest.state_by) == ("withdrawn", "填错表", "李工")
    with pytest.raises(InputError, match="已经撤回"):
        batches.withdraw(LI, LINGANG, later.batch, "再来")
    with pytest.raises(NotAllowed, match="请填写原因"):
        batches.withdraw(LI, LINGANG, SEED, "")
    with pytest.raises(UnknownName, match="没有批次"):
        batches.withdraw(LI, LINGANG, "x", "错")
    with pytest.raises(UnknownName, match="没有编号"):
        batches.withdraw(LI, "x", SEED, "错")


def test_an_import_of_a_wrong_day_is_the_same_rows_under_the_right_one() -> None:
    """The corrected 2163.5 comes along; the import and its correction are withdrawn with the one reason."""
    batches.correct(WANG, LINGANG, "璜土镇", "paid", "2163.5", "录入错误")
    before = facts(WANG, LINGANG)
    made = batches.redate(LI, LINGANG, SEED, date(2024, 11, 30), "截止日写错")
    after = facts(WANG, LINGANG)
    assert (after.batch, after.as_of) == (made, date(2024, 11, 30)) == (f"{LINGANG}@2024-11-30", date(2024, 11, 30))
    assert replace(after, batch=before.batch, as_of=before.as_of) == before
    assert dict(states()) == {made: "released", f"{SEED}-2": "withdrawn", SEED: "withdrawn"}
    assert {each.reason for each in batches.snapshots(WANG, LINGANG) if each.state == "withdrawn"} == {"截止日写错"}
    with open_store.store().reading() as session:
        assert row_digests.check(session, TABLES).altered == ()


def test_a_day_that_cannot_be_is_refused_and_nothing_is_written() -> None:
    later = quarter()
    snapshots.add(open_store.store(), later, WANG.actor)
    for day, said in (
        (later.as_of, f"本项目已有截至.*（批次{later.batch}），不能改成同一天"),
        (date(2999, 1, 1), "晚于今天"),
        (None, "请填写改后的截止日"),
        (date(2024, 12, 31), "截止日已经是"),
    ):
        with pytest.raises(InputError, match=said):
            batches.redate(LI, LINGANG, SEED, day, "写错")
    batches.withdraw(LI, LINGANG, later.batch, "填错表")
    with pytest.raises(InputError, match="已经撤回，不能再改截止日"):
        batches.redate(LI, LINGANG, later.batch, date(2025, 1, 1), "写错")
    assert len(states()) == 2


def test_what_waits_still_waits_under_its_new_day() -> None:
    later = quarter()
    snapshots.add(open_store.store(), later, WANG.actor, held=True)
    made = batches.redate(WANG, LINGANG, later.batch, date(2025, 2, 28), "写错")
    assert dict(states()) == {made: "held", later.batch: "withdrawn", SEED: "released"}


def test_somebody_else_releases_what_waits() -> None:
    later = quarter()
    snapshots.add(open_store.store(), later, WANG.actor, held=True)
    assert paid()["璜土镇"] == 2164
    for same in (WANG, Context(Actor("browser-other", "王工")), Context(Actor(WANG.actor.id, "李工"))):
        with pytest.raises(InputError, match="另一人"):
            batches.release(same, LINGANG, later.batch)
    batches.release(LI, LINGANG, later.batch)
    assert paid()["璜土镇"] == 2364
    with pytest.raises(InputError, match="不在待复核状态"):
        batches.release(LI, LINGANG, later.batch)


def test_who_has_no_name_changes_nothing() -> None:
    for act in (
        lambda: batches.withdraw(NOBODY, LINGANG, SEED, "错"),
        lambda: batches.release(NOBODY, LINGANG, SEED),
        lambda: batches.correct(NOBODY, LINGANG, "璜土镇", "paid", "1", "错"),
        lambda: importing.commit(NOBODY, LINGANG, "a.csv", b"1"),
    ):
        with pytest.raises(NameNeeded):
            act()
    assert states() == [(SEED, "released")]


def test_what_differs_is_told_figure_by_figure() -> None:
    before, after = facts(WANG, LINGANG), quarter()
    assert changes(before, after) == (
        FigureChange("数据截至", None, "2024-12-31", "2025-03-31"),
        FigureChange("累计支付", "璜土镇", "2,164.00", "2,364.00"),
        FigureChange("形象进度", "璜土镇", "—", "60.00%"),
        FigureChange("开工小区数", "璜土镇", "—", "5"),
        FigureChange("专项债到位", None, "—", "9,000.00 (2025-01-15)"),
        FigureChange("开工", None, "—", "2023-06-01 / —"),
        FigureChange("竣工", "璜土镇", "—", "— / —"),
    )
    new = {(each.what, each.place): each.after for each in changes(None, before)}
    assert new["概算", "璜土镇、夏港街道、申港街道、利港街道"] == "15,000.00"
    assert new["面积", "利港街道"] == "102.29"
    gone = replace(before, places=before.places[1:], spend=before.spend[1:], renovation=before.renovation[1:])
    assert FigureChange("累计支付", "璜土镇", "2,164.00", "—") in changes(before, gone)


def test_detail_stays_with_a_correction() -> None:
    detail = (Community("璜土镇", "一村", "明细 第2行", 2, paid=D(3)),)
    snapshots.add(open_store.store(), quarter(), WANG.actor, communities=detail)
    batches.correct(WANG, LINGANG, "璜土镇", "paid", "2365", "录入错误")
    assert read.communities(open_store.store(), facts(WANG, LINGANG), None, 0, 9) == detail


def test_which_figures_a_correction_may_name() -> None:
    whole = {each.id: each.value for each in batches.figures(WANG, LINGANG, "")}
    assert whole == {
        "estimate": "15,000.00", "bond_planned": "12,000.00", "bond_paid": "8,000.00", "bond_arrived": "—",
        "budget_planned": "3,000.00", "budget_paid": "0.00", "budget_arrived": "—",
    }  # fmt: skip
    of_place = {each.id: each.value for each in batches.figures(WANG, LINGANG, "璜土镇")}
    assert (of_place["paid"], of_place["households"], of_place["area"]) == ("2,164.00", "4,520", "39.00")
    assert of_place["physical"] == "—"
